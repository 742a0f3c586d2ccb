package proposal

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// txForm says how a dialect writes the ten fields of a SafeTx: where each lies
// and in which forms its numbers come.
type txForm struct {
	value, gas, gasPrice, nonce numForm

	operationText bool // "0" and "1" as strings too, because the tool writes them
	emptyData     bool // null, absent and "" are empty data, as documented
	nullAddress   bool // gasToken and refundReceiver: null and absent are the zero address, as documented
}

// txFields are the ten fields where a dialect keeps them.
type txFields struct {
	to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver, nonce field
}

// plainFields is the layout of most dialects: all ten in one object.
func plainFields(o object) txFields {
	return txFields{
		to: o.field("to"), value: o.field("value"), data: o.field("data"), operation: o.field("operation"),
		safeTxGas: o.field("safeTxGas"), baseGas: o.field("baseGas"), gasPrice: o.field("gasPrice"),
		gasToken: o.field("gasToken"), refundReceiver: o.field("refundReceiver"), nonce: o.field("nonce"),
	}
}

// safeTx reads the ten fields. Whatever is missing or not exact makes the reader
// broken; the rest is read all the same, so that a person sees every mistake at
// once.
func (r *reader) safeTx(f txFields, form txForm) *safe.Tx {
	r.places.note(&f)
	tx := new(safe.Tx)
	tx.To = r.must(f.to.address())
	tx.Value = r.mustNumber(f.value.number(form.value))
	data, ok := f.data.bytes(form.emptyData)
	r.broken = r.broken || !ok
	tx.Data = data
	tx.Operation = f.operation.operation(form.operationText)
	r.broken = r.broken || tx.Operation == safe.OperationUnknown
	tx.SafeTxGas = r.mustNumber(f.safeTxGas.number(form.gas))
	tx.BaseGas = r.mustNumber(f.baseGas.number(form.gas))
	tx.GasPrice = r.mustNumber(f.gasPrice.number(form.gasPrice))
	tx.GasToken = r.maybeZero(f.gasToken, form.nullAddress)
	tx.RefundReceiver = r.maybeZero(f.refundReceiver, form.nullAddress)
	tx.Nonce = r.mustNumber(f.nonce.number(form.nonce))
	return tx
}

func (r *reader) must(a *common.Address) common.Address {
	if a == nil {
		r.broken = true
		return common.Address{}
	}
	return *a
}

func (r *reader) mustNumber(n *uint256.Int) *uint256.Int {
	r.broken = r.broken || n == nil
	return n
}

func (r *reader) maybeZero(f field, nullIsZero bool) common.Address {
	if nullIsZero && !f.val.Given() {
		return common.Address{}
	}
	return r.must(f.address())
}

const operationHint = "0 is CALL, 1 is DELEGATECALL; nothing else exists from Safe 1.1.0 on"

// operation reads the operation: the numbers 0 and 1. Readers that cast it to a
// byte take 256 for 0 and 257 for 1 (op-txverify).
func (f field) operation(textOK bool) safe.Operation {
	if f.absent() {
		return safe.OperationUnknown
	}
	switch f.val.Kind {
	case strictjson.Number:
		return f.operationNumber(f.val.Text)
	case strictjson.String:
		if textOK && allDigits(f.val.Text) {
			return f.operationNumber(f.val.Text)
		}
		f.bad(&problem{"NUMBER_OUT_OF_RANGE", "found the string " + quote(f.val.Text) + ", expected the number 0 or 1", operationHint})
	default:
		f.bad(&problem{"NUMBER_OUT_OF_RANGE", "found " + f.val.Kind.String() + ", expected the number 0 or 1", operationHint})
	}
	return safe.OperationUnknown
}

func (f field) operationNumber(tok string) safe.Operation {
	switch tok {
	case "0":
		return safe.Call
	case "1":
		return safe.DelegateCall
	case "2":
		f.bad(&problem{"NUMBER_OUT_OF_RANGE", "found 2, which was CREATE up to Safe 1.0.0 and is not supported", operationHint})
		return safe.OperationUnknown
	}
	n, problems := readToken(tok, asToken)
	for i := range problems {
		f.bad(&problems[i])
	}
	if n != nil {
		f.bad(&problem{"NUMBER_OUT_OF_RANGE", "found " + clip(tok, 80) + ", expected 0 or 1; a reader that keeps one byte would see " + fmt.Sprint(n.Uint64()&0xff), operationHint})
	}
	return safe.OperationUnknown
}

// claimHash adds a hash that the file claims in a field of the object.
func (o object) claimHash(c *Claims, key string, kind HashKind) {
	f := o.field(key)
	if h := f.hash(); h != nil {
		c.Hashes = append(c.Hashes, ClaimedHash{Field: f.where(), Kind: kind, Hash: *h})
	}
}
