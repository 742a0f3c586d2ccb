package proposal

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/builder"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// txBuilder is a batch of Safe's Transaction Builder, which safe-cli reads too:
// a list of calls, each with data or with a method and texts for its arguments.
// One call becomes a plain transaction, more become a MultiSend that the builder
// chooses later. Every call is a CALL: the form has no operation.
type txBuilder struct{}

var (
	batchKeys   = keys("version", "chainId", "createdAt", "meta", "transactions", "createdFromSafeAddress", "safeAddress")
	exportKeys  = keys("version", "data") // of a multi-batch export
	metaKeys    = keys("name", "description", "txBuilderVersion", "createdFromSafeAddress", "createdFromOwnerAddress", "checksum", "safeAddress")
	batchTxKeys = keys("to", "value", "data", "contractMethod", "contractInputsValues", "operation")
)

// The builder writes chainId as a string; scripts write a number.
const batchChainForm = asText | asToken

func (txBuilder) name() string { return "tx-builder" }

func (txBuilder) sniff(in *input) int {
	if isBatch(in.root) || len(batchesOf(in.root)) > 0 {
		return exactMatch
	}
	return noMatch
}

// isBatch reports whether v is one batch file: transactions beside something
// that only a batch has, and items that are calls.
func isBatch(v *strictjson.Value) bool {
	list := v.Get("transactions")
	switch {
	case list == nil:
		return false
	case list.Kind == strictjson.Array && len(list.Items) > 0:
		return isBatchTx(&list.Items[0])
	case list.Kind == strictjson.Object || list.Kind == strictjson.String:
		return true
	}
	return count(v, "meta", "chainId", "version", "createdAt") >= 2
}

func isBatchTx(v *strictjson.Value) bool {
	return v.Has("to") && !v.Get("data").Is(strictjson.Object) && !v.Has("transactionType") && !v.Has("transaction")
}

// batchesOf returns the members of a multi-batch export, {"data": {uuid: batch}}.
func batchesOf(v *strictjson.Value) []strictjson.Member {
	data := v.Get("data")
	if !data.Is(strictjson.Object) || len(data.Members) == 0 {
		return nil
	}
	for i := range data.Members {
		if !isBatch(&data.Members[i].Value) {
			return nil
		}
	}
	return data.Members
}

func (txBuilder) read(r *reader, in *input) (*Proposal, error) {
	if isBatch(in.root) {
		return r.batch(object{r, in.root, ""})
	}
	all := batchesOf(in.root)
	if len(all) != 1 {
		return nil, notProposal("the file is an export of %d batches of the Transaction Builder: export the one to be signed alone", len(all))
	}
	exportKeys.checkRoot(object{r, in.root, ""})
	return r.batch(object{r, &all[0].Value, strictjson.JoinKey("data", all[0].Key)})
}

func (r *reader) batch(o object) (*Proposal, error) {
	batchKeys.checkRoot(o)
	meta := o.child("meta")
	metaKeys.check(meta)
	r.batchChain(o.field("chainId"))
	for _, f := range [...]field{meta.field("createdFromSafeAddress"), o.field("createdFromSafeAddress"), o.field("safeAddress"), meta.field("safeAddress")} {
		f.safe()
	}
	r.batchChecksum(o, meta)
	items, ok := o.field("transactions").calls()
	if !ok {
		return nil, nil
	}
	r.places.noteBatch(o.v.Get("transactions"))
	p := new(Proposal)
	claims := &ClaimedCall{Where: o.field("transactions").where()}
	calls := make([]safe.InnerCall, len(items))
	for i := range items {
		tx := o.field("transactions").element(i, &items[i])
		if tx.v == nil {
			r.refuse("FIELD_MISSING", tx.path, items[i].Offset, fmt.Sprintf("%s: found %s, expected an object", tx.path, items[i].Kind), "the file is damaged")
			continue
		}
		calls[i] = r.batchCall(tx)
		claims.Children = append(claims.Children, ClaimedInner{Decoded: tx.claimedMethod()})
	}
	if len(calls) > 1 {
		p.Batch, p.Claims.Decoded = calls, claims
		return p, nil
	}
	p.Tx = &safe.Tx{To: calls[0].To, Value: calls[0].Value, Data: calls[0].Data, Operation: safe.Call}
	if len(claims.Children) == 1 {
		p.Claims.Decoded = claims.Children[0].Decoded
	}
	return p, nil
}

// calls returns the list of transactions, which must not be empty. Real files
// hold it as an object or as a string of JSON; the builder cannot load those.
func (f field) calls() ([]strictjson.Value, bool) {
	if f.absent() {
		f.r.broken = true
		return nil, false
	}
	if f.val.Kind != strictjson.Array {
		f.wrongKind("FIELD_MISSING", "a list of transactions")
		f.r.broken = true
		return nil, false
	}
	n := len(f.val.Items)
	if n == 0 {
		f.bad(&problem{"FIELD_MISSING", "the list of transactions is empty", "there is nothing to sign"})
	}
	if n > maxTransactions {
		f.bad(&problem{"INPUT_LIMIT", fmt.Sprintf("found %d transactions, the limit is %d", n, maxTransactions), "no block takes such a batch"})
	}
	f.r.broken = f.r.broken || n == 0 || n > maxTransactions
	return f.val.Items, n > 0 && n <= maxTransactions
}

func (r *reader) batchChain(f field) {
	if f.val.Is(strictjson.String) && f.val.Text == "" {
		r.fact("%s is empty: the file does not say for which chain it is", f.where())
		return
	}
	if f.val.Is(strictjson.Number) {
		r.fact("%s is a number, and the Transaction Builder will warn about another chain whatever it is", f.where())
	}
	f.chainID(batchChainForm)
}

func (r *reader) batchChecksum(o, meta object) {
	const nothing = "it proves nothing, because anybody can compute it"
	claimed := meta.field("checksum").text()
	if claimed == "" {
		r.fact("the batch has no checksum; %s", nothing)
		return
	}
	sum, err := builder.Checksum(o.v)
	switch {
	case err != nil:
		r.fact("the batch has a checksum that cannot be compared; %s", nothing)
	case sum.Hex() == claimed:
		r.fact("the checksum of the batch is valid; %s", nothing)
	default:
		r.fact("the checksum of the batch is not valid; %s", nothing)
	}
}

// batchCall reads one call as the builder would send it.
func (r *reader) batchCall(o object) safe.InnerCall {
	batchTxKeys.check(o)
	o.ignoredOperation()
	return safe.InnerCall{
		To:    r.must(o.field("to").address()),
		Value: r.mustNumber(o.field("value").number(asText | amount | script)),
		Data:  r.batchData(o),
	}
}

// ignoredOperation reports an operation key. The builder ignores it, so the call
// is a CALL whatever it says; a file that asks for something else means another
// transaction than the one that would be sent.
func (o object) ignoredOperation() {
	f := o.field("operation")
	if f.val == nil {
		return
	}
	if text := scalar(f.val); text == "0" || f.val.Kind == strictjson.Null {
		o.r.unknownKey(f.where(), f.at())
		return
	}
	found := quote(string(f.val.AppendText(nil)))
	f.bad(&problem{"JSON_UNKNOWN_KEY", "the file asks for operation " + found + ", but the Transaction Builder ignores the key and sends a CALL", "whoever wrote it meant another transaction than the builder sends"})
	o.r.escalate()
}
