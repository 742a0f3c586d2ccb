package proposal

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// gateway is TransactionDetails of the Safe Client Gateway
// (GET /v1/chains/{chain}/transactions/{id}). The bytes lie in txData.hexData;
// txInfo and every name are decoration.
type gateway struct{}

var (
	gatewayKeys = keys("safeAddress", "txId", "executedAt", "txStatus", "txInfo", "txData", "detailedExecutionInfo", "txHash", "safeAppInfo", "note")
	txDataKeys  = keys("hexData", "dataDecoded", "to", "value", "operation", "trustedDelegateCallTarget", "addressInfoIndex", "tokenInfoIndex")
	detailKeys  = keys("type", "submittedAt", "nonce", "safeTxGas", "baseGas", "gasPrice", "gasToken", "fee", "payment", "refundReceiver",
		"safeTxHash", "executor", "signers", "confirmationsRequired", "confirmations", "rejectors", "gasTokenInfo", "trusted", "proposer", "proposedByDelegate")
	addressInfoKeys         = keys("value", "name", "logoUri")
	gatewayConfirmationKeys = keys("signer", "signature", "submittedAt")
)

// value may be hex in records that an SDK made.
var gatewayForm = txForm{
	value: asText | asHex | amount | script, gas: asText | asToken | script, gasPrice: asText | amount | script, nonce: asToken | asText | script,
	emptyData: true, nullAddress: true,
}

func (gateway) name() string { return "gateway" }

func (gateway) sniff(in *input) int {
	if hasAll(in.root, "txData", "detailedExecutionInfo") {
		return exactMatch
	}
	return noMatch
}

func (gateway) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	gatewayKeys.checkRoot(o)
	data, exec := o.child("txData"), o.child("detailedExecutionInfo")
	if kind := exec.field("type").text(); exec.v != nil && kind != "MULTISIG" {
		return nil, notProposal("the gateway's record is of the type %s, not MULTISIG: modules and incoming transfers need no signatures of the owners", quote(kind))
	}
	txDataKeys.checkRoot(data)
	detailKeys.checkRoot(exec)
	for _, c := range [...]struct {
		o   object
		set *keySet
	}{{data.child("to"), addressInfoKeys}, {exec.child("refundReceiver"), addressInfoKeys}} {
		c.set.check(c.o)
	}
	p := &Proposal{Tx: r.safeTx(gatewayFields(data, exec), gatewayForm)}
	o.field("safeAddress").safe()
	o.field("txId").transactionID(&p.Claims)
	exec.gatewayClaims(&p.Claims)
	p.Claims.Decoded = data.field("dataDecoded").decoded()
	p.Claims.Executed = gatewayExecuted(o)
	o.checkInfo(p)
	return p, nil
}

func gatewayFields(data, exec object) txFields {
	return txFields{
		to: data.addressInfo("to"), value: data.field("value"), data: data.field("hexData"), operation: data.field("operation"),
		safeTxGas: exec.field("safeTxGas"), baseGas: exec.field("baseGas"), gasPrice: exec.field("gasPrice"),
		gasToken: exec.field("gasToken"), refundReceiver: exec.addressInfo("refundReceiver"), nonce: exec.field("nonce"),
	}
}

// addressInfo is the value of {value, name, logoUri}. The name is chosen by the
// service and never shown as if it were known.
func (o object) addressInfo(key string) field {
	f := o.field(key)
	if f.val.Given() && f.val.Kind == strictjson.Object {
		return o.child(key).field("value")
	}
	return f
}

func (o object) gatewayClaims(c *Claims) {
	o.claimHash(c, "safeTxHash", HashSafeTx)
	o.field("confirmations").confirmations(c, gatewayConfirmation)
	c.Threshold = o.field("confirmationsRequired").optionalNumber(asToken | asText)
	c.Owners = o.field("signers").owners()
	c.Proposer = o.addressInfo("proposer").optionalAddress()
}

func gatewayConfirmation(o object) Confirmation {
	gatewayConfirmationKeys.check(o)
	return o.field("signature").signed(o.addressInfo("signer"), "")
}

func gatewayExecuted(o object) *bool {
	done := o.field("executedAt").val.Given()
	switch o.field("txStatus").text() {
	case "SUCCESS", "FAILED":
		done = true
	case "":
		if !done {
			return nil
		}
	}
	return &done
}

// transactionID reads multisig_<safe>_<safeTxHash>: the record's own id must
// not point to another Safe than its fields.
func (f field) transactionID(c *Claims) {
	rest, ok := strings.CutPrefix(f.text(), "multisig_")
	if !ok {
		return
	}
	safe, hash, _ := strings.Cut(rest, "_")
	if a, p := parsePlainAddress(safe); a != nil && p == nil {
		f.r.saySafe(f.where(), f.at(), a)
	}
	if b, p := parseHex(hash); p == nil && len(b) == common.HashLength {
		c.Hashes = append(c.Hashes, ClaimedHash{Field: f.where(), Kind: HashSafeTx, Hash: common.Hash(b)})
	}
}
