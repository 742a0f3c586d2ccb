package proposal

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// protocolKit is the SafeTransaction of Safe's SDK: {data, signatures}; its data
// alone; or the argument of api-kit's proposeTransaction. Neither names the Safe
// (the last one does), the chain or the version.
type protocolKit struct{}

var (
	kitKeys     = keys("data", "signatures", "encodedSignatures")
	kitDataKeys = keys("to", "value", "data", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce")
	kitSigKeys  = keys("signer", "data", "isContractSignature")
	apiKitKeys  = keys("safeAddress", "safeTransactionData", "safeTxHash", "senderAddress", "senderSignature", "origin")
)

var kitForm = txForm{
	value: asText | amount | script, gas: asToken | asText | script, gasPrice: asText | amount | script, nonce: asToken | asText | script,
	emptyData: true,
}

func (protocolKit) name() string { return "protocol-kit" }

func (protocolKit) sniff(in *input) int {
	v := in.root
	switch {
	case looksLikeSafeTx(v.Get("safeTransactionData")):
		return exactMatch
	case isKitTx(v):
		return exactMatch
	case looksLikeSafeTx(v) && count(v, "safe", "safeTxHash", "contractTransactionHash", "chainId", "sender") == 0:
		return looseMatch
	}
	return noMatch
}

// isKitTx reports whether v is {data: {to, …}, signatures}.
func isKitTx(v *strictjson.Value) bool { return looksLikeSafeTx(v.Get("data")) }

func (protocolKit) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	switch {
	case isKitTx(in.root):
		return r.kitTx(o), nil
	case o.child("safeTransactionData").v != nil:
		return r.apiKit(o), nil
	}
	kitDataKeys.checkRoot(o)
	return &Proposal{Tx: r.safeTx(plainFields(o), kitForm)}, nil
}

func (r *reader) kitTx(o object) *Proposal {
	kitKeys.checkRoot(o)
	data := o.child("data")
	kitDataKeys.checkRoot(data)
	p := &Proposal{Tx: r.safeTx(plainFields(data), kitForm)}
	sigs := o.field("signatures")
	if sigs.val.Is(strictjson.Object) {
		sigs.signatureMap(&p.Claims)
		return p
	}
	sigs.confirmations(&p.Claims, kitSignature)
	return p
}

func kitSignature(o object) Confirmation {
	kitSigKeys.check(o)
	return o.field("data").signed(o.field("signer"), o.kitSignatureType())
}

func (o object) kitSignatureType() string {
	if b := o.field("isContractSignature").boolean(); b != nil && *b {
		return "CONTRACT_SIGNATURE"
	}
	return ""
}

// signatureMap reads signatures by owner. The SDK keeps them in a Map, which
// JSON.stringify writes as {}: signatures that were collected are lost then.
func (f field) signatureMap(c *Claims) {
	m := object{f.r, f.val, f.where()}
	if len(f.val.Members) == 0 {
		f.r.fact("%s is an empty object: JSON cannot hold the SDK's map, so signatures that were collected are lost", f.where())
		return
	}
	if n := len(f.val.Members); n > maxConfirmations {
		f.bad(&problem{"INPUT_LIMIT", fmt.Sprintf("found %d entries, the limit is %d", n, maxConfirmations), "no Safe has that many owners"})
		return
	}
	for i := range f.val.Members {
		key := f.val.Members[i].Key
		o := m.child(key)
		if o.v == nil {
			m.field(key).wrongKind("FIELD_MISSING", "a signature object")
			continue
		}
		c.Confirmations = append(c.Confirmations, o.filedUnder(key))
	}
}

// filedUnder reads one signature of the map, whose key is its owner. A signer
// that the entry names beside it must be the same.
func (o object) filedUnder(key string) Confirmation {
	kitSigKeys.check(o)
	sig, signer := o.field("data"), o.field("signer")
	c := Confirmation{Where: sig.where(), Signature: sig.signature(), Type: o.kitSignatureType()}
	owner, p := parsePlainAddress(key)
	if p != nil {
		o.r.find(p.code, o.path, o.v.Offset, o.path+": the key is the owner of the signature: "+p.message, p.hint)
	}
	named := signer.optionalAddress()
	if owner != nil && named != nil && *owner != *named {
		o.r.find("SIGNATURE_NOT_BY_CLAIMED_OWNER", o.path, o.v.Offset, fmt.Sprintf("the signature is filed under %s but names the signer %s", quote(key), report.Group(*named)), "find out whose signature it is")
	}
	if c.Owner = owner; owner == nil {
		c.Owner = named
	}
	return c
}

func (r *reader) apiKit(o object) *Proposal {
	apiKitKeys.checkRoot(o)
	data := o.child("safeTransactionData")
	kitDataKeys.checkRoot(data)
	p := &Proposal{Tx: r.safeTx(plainFields(data), kitForm)}
	o.field("safeAddress").safe()
	o.claimHash(&p.Claims, "safeTxHash", HashSafeTx)
	o.claimOne(&p.Claims, "senderAddress", "senderSignature")
	return p
}

// localsafe is the export of localsafe.eth: {"transactions":[{data, signatures}]},
// formerly {"tx":{data, signatures}}.
type localsafe struct{}

var (
	localsafeKeys    = keys("transactions")
	localsafeOldKeys = keys("tx")
)

func (localsafe) name() string { return "localsafe" }

func (localsafe) sniff(in *input) int {
	if isKitTx(in.root.Get("tx")) || looksLikeSafeTx(in.root.Get("tx")) {
		return exactMatch
	}
	list := in.root.Get("transactions")
	if !list.Is(strictjson.Array) {
		return noMatch
	}
	for i := range list.Items {
		if isKitTx(&list.Items[i]) {
			return exactMatch
		}
	}
	return noMatch
}

func (localsafe) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	if tx := o.child("tx"); tx.v != nil {
		localsafeOldKeys.checkRoot(o)
		if isKitTx(tx.v) {
			return r.kitTx(tx), nil
		}
		kitDataKeys.checkRoot(tx)
		return &Proposal{Tx: r.safeTx(plainFields(tx), kitForm)}, nil
	}
	localsafeKeys.checkRoot(o)
	list := o.field("transactions")
	if len(list.val.Items) > maxTransactions {
		list.bad(&problem{"INPUT_LIMIT", fmt.Sprintf("found %d transactions, the limit is %d", len(list.val.Items), maxTransactions), "give the file of one transaction"})
		return nil, nil
	}
	var entries []entry
	for i := range list.val.Items {
		tx := list.element(i, &list.val.Items[i])
		data := tx.v.Get("data")
		if !data.Is(strictjson.Object) {
			data = tx.v // the fields alone compete for a nonce too
		}
		entries = append(entries, entry{object: tx, nonce: scalar(data.Get("nonce")), to: scalar(data.Get("to"))})
	}
	chosen, err := r.pick(entries)
	if chosen == nil {
		return nil, err
	}
	return r.kitTx(chosen.object), nil
}
