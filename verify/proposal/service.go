package proposal

import "github.com/coldsign/coldsign/verify/proposal/strictjson"

// service is a multisig transaction as the Safe Transaction Service returns it
// (GET /api/v1|v2/multisig-transactions/{safeTxHash}/): v1 writes safeTxGas,
// baseGas and nonce as numbers, v2 as strings; data, gasToken and refundReceiver
// may be null.
type service struct{}

var serviceKeys = keys("safe", "to", "value", "data", "operation", "gasToken", "safeTxGas", "baseGas", "gasPrice", "refundReceiver", "nonce",
	"executionDate", "submissionDate", "modified", "blockNumber", "transactionHash", "safeTxHash", "proposer", "proposedByDelegate",
	"executor", "isExecuted", "isSuccessful", "ethGasPrice", "maxFeePerGas", "maxPriorityFeePerGas", "gasUsed", "fee", "payment", "origin",
	"dataDecoded", "confirmationsRequired", "confirmations", "trusted", "signatures", "transfers", "txType", "chainId", "note")

var confirmationKeys = keys("owner", "submissionDate", "transactionHash", "confirmationType", "signature", "signatureType", "created", "modified")

// The v1 readers of numbers are JavaScript, so a large number token is rounded
// by them.
var serviceForm = txForm{
	value: asText | amount | script, gas: asToken | asText | script, gasPrice: asText | amount | script, nonce: asToken | asText | script,
	emptyData: true, nullAddress: true,
}

func (service) name() string { return "service" }

func (service) sniff(in *input) int {
	v := in.root
	if !looksLikeSafeTx(v) || v.Has("contractTransactionHash") && !v.Has("safeTxHash") {
		return noMatch
	}
	// A hash and a sender alone make a gateway proposal. With what only a record
	// of the service has beside them, both forms match, and neither is chosen:
	// its confirmations must not be hidden by a further key.
	if count(v, "confirmations", "isExecuted", "submissionDate") > 0 || v.Has("safeTxHash") && !v.Has("sender") {
		return exactMatch
	}
	if v.Has("safe") {
		return looseMatch
	}
	return noMatch
}

func (service) read(r *reader, in *input) (*Proposal, error) {
	return r.serviceTx(object{r, in.root, ""}), nil
}

func (r *reader) serviceTx(o object) *Proposal {
	serviceKeys.checkRoot(o)
	p := &Proposal{Tx: r.safeTx(plainFields(o), serviceForm)}
	o.field("safe").safe()
	o.field("chainId").chainID(asToken | asText)
	c := &p.Claims
	o.claimHash(c, "safeTxHash", HashSafeTx)
	o.claimHash(c, "contractTransactionHash", HashSafeTx)
	c.Decoded = o.field("dataDecoded").decoded()
	o.field("confirmations").confirmations(c, serviceConfirmation)
	c.Signatures = o.field("signatures").signature()
	c.Threshold = o.field("confirmationsRequired").optionalNumber(asToken | asText)
	c.Proposer = o.field("proposer").optionalAddress()
	c.Executed = o.field("isExecuted").boolean()
	return p
}

func serviceConfirmation(o object) Confirmation {
	confirmationKeys.check(o)
	return o.field("signature").signed(o.field("owner"), o.field("signatureType").text())
}

// serviceList is a page of the Transaction Service: {count, next, previous,
// results}, or its results alone.
type serviceList struct{}

var pageKeys = keys("count", "next", "previous", "results", "countUniqueNonce")

func (serviceList) name() string { return "service-list" }

func (serviceList) sniff(in *input) int {
	if anyOf(isServiceTx)(in.root) {
		return exactMatch
	}
	return noMatch
}

func listItems(v *strictjson.Value) []strictjson.Value {
	if v.Is(strictjson.Array) {
		return v.Items
	}
	if results := v.Get("results"); results.Is(strictjson.Array) {
		return results.Items
	}
	return nil
}

func isServiceTx(v *strictjson.Value) bool {
	return looksLikeSafeTx(v) && v.Has("safe")
}

func (serviceList) read(r *reader, in *input) (*Proposal, error) {
	path := "results"
	if in.root.Kind == strictjson.Array {
		path = ""
	}
	pageKeys.checkRoot(object{r, in.root, ""})
	items := listItems(in.root)
	if len(items) > maxTransactions {
		r.refuse("INPUT_LIMIT", path, in.root.Offset, "the list holds more than 10000 entries", "give the file of one transaction")
		return nil, nil
	}
	var entries []entry
	for i := range items {
		if v := &items[i]; looksLikeSafeTx(v) {
			o := object{r, v, strictjson.JoinIndex(path, i)}
			executed := o.field("isExecuted").boolean()
			entries = append(entries, entry{o, scalar(v.Get("nonce")), scalar(v.Get("safeTxHash")), scalar(v.Get("to")), executed != nil && *executed})
		} else if form := formOf(v); form != "" {
			r.secondTransaction(strictjson.JoinIndex(path, i), v.Offset, form)
		}
	}
	if others := len(items) - len(entries); others > 0 {
		r.fact("%d entries of the list are no multisig transactions and were left out", others)
	}
	chosen, err := r.pick(entries)
	if chosen == nil {
		return nil, err
	}
	return r.serviceTx(chosen.object), nil
}
