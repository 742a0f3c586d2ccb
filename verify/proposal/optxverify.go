package proposal

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// opTxVerify is the JSON of Optimism's op-txverify: snake_case keys and all
// numbers as JSON integers, which its Go reader keeps exactly. nested is the
// transaction of a child Safe that approves the hash of this one.
type opTxVerify struct{}

var (
	opTxVerifyKeys = keys("safe", "safe_version", "chain", "to", "value", "data", "operation", "safe_tx_gas", "base_gas", "gas_price", "gas_token", "refund_receiver", "nonce", "nested", "call")
	opNestedKeys   = keys("safe", "safe_version", "nonce", "data", "operation", "to", "value")
)

var opForm = txForm{
	value: asToken | asText, gas: asToken | asText, gasPrice: asToken | asText, nonce: asToken | asText,
	emptyData: true,
}

func (opTxVerify) name() string { return "op-txverify" }

func (opTxVerify) sniff(in *input) int {
	v := in.root
	if hasAll(v, "safe", "chain") && count(v, "to", "data", "nonce", "operation") >= 2 || v.Is(strictjson.Object) && count(v, "safe_tx_gas", "base_gas", "gas_price", "gas_token", "refund_receiver") >= 2 {
		return exactMatch
	}
	return noMatch
}

func (opTxVerify) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	opTxVerifyKeys.checkRoot(o)
	tx := r.safeTx(txFields{
		to: o.field("to"), value: o.field("value"), data: o.field("data"), operation: o.field("operation"),
		safeTxGas: o.field("safe_tx_gas"), baseGas: o.field("base_gas"), gasPrice: o.field("gas_price"),
		gasToken: o.field("gas_token"), refundReceiver: o.field("refund_receiver"), nonce: o.field("nonce"),
	}, opForm)
	p := &Proposal{Tx: tx, Version: o.field("safe_version").text()}
	o.field("chain").chainID(asToken | asText)
	o.field("safe").safe()
	if n := o.field("nested"); n.val.Given() {
		if n.val.Kind != strictjson.Object {
			n.wrongKind("FIELD_MISSING", "an object")
			r.broken = true
			return p, nil
		}
		p.Claims.Nested = r.nested(o.child("nested"), p)
	}
	return p, nil
}

// nested reads the approving transaction as op-txverify builds it: value 0, and
// gas and refund fields taken from the inner one, because the file has none for
// it. If those are not zero, the outer hash that the tool shows is not the one
// that a child Safe with plain gas fields would sign, so the file is refused.
func (r *reader) nested(o object, inner *Proposal) *Proposal {
	opNestedKeys.checkRoot(o)
	version := o.field("safe_version").text()
	if version == "" {
		version = inner.Version
	}
	o.nestedValue()
	tx := copyTx(inner.Tx)
	tx.To, tx.Value = r.must(o.field("to").address()), new(uint256.Int)
	data, ok := o.field("data").bytes(false)
	r.broken = r.broken || !ok
	tx.Data = data
	tx.Operation = o.field("operation").operation(false)
	tx.Nonce = r.mustNumber(o.field("nonce").number(asToken | asText))
	child := o.field("safe").address()
	r.must(child)
	if r.broken || tx.Operation == safe.OperationUnknown {
		r.broken = true
		return nil
	}
	if tx.SafeTxGas.Sign() != 0 || tx.BaseGas.Sign() != 0 || tx.GasPrice.Sign() != 0 || tx.GasToken != (common.Address{}) || tx.RefundReceiver != (common.Address{}) {
		r.find("FIELD_MISSING", o.path, o.v.Offset, o.path+" has no gas fields of its own, and op-txverify would reuse those of the inner transaction, which are not zero", "check the approving transaction by itself, with its own gas fields")
	}
	r.link(o, &tx, inner)
	return &Proposal{Dialect: r.dialect, Safe: child, Chain: r.chain, Version: version, Tx: &tx}
}

// copyTx copies the numbers too: the two transactions share nothing.
func copyTx(tx *safe.Tx) safe.Tx {
	c := *tx
	for _, n := range []**uint256.Int{&c.Value, &c.SafeTxGas, &c.BaseGas, &c.GasPrice, &c.Nonce} {
		if *n != nil {
			*n = (*n).Clone()
		}
	}
	return c
}

// nestedValue refuses a value that op-txverify would not look at: the approving
// transaction that it hashes always sends nothing.
func (o object) nestedValue() {
	f := o.field("value")
	if n := f.optionalNumber(opForm.value); n != nil && !n.IsZero() || f.val.Given() && n == nil {
		f.bad(&problem{"JSON_UNKNOWN_KEY", "the approving transaction asks for a value, but op-txverify ignores the key and hashes the value 0", "whoever wrote it meant another transaction than the tool checks"})
		o.r.escalate()
	}
}

// approveHash(bytes32) of the Safe contracts.
var approveHashSelector = []byte{0xd4, 0xd9, 0xbd, 0xcd}

// link proves that the outer transaction approves exactly the inner one, which
// op-txverify never compares.
func (r *reader) link(o object, outer *safe.Tx, inner *Proposal) {
	f := o.field("data")
	const hint = "the owners of the child Safe would approve something that this file does not show"
	if len(outer.Data) != 36 || !bytes.Equal(outer.Data[:4], approveHashSelector) || outer.Operation != safe.Call {
		r.find("BLIND_HASH_APPROVAL", f.where(), f.at(), fmt.Sprintf("%s is not a plain call of approveHash with one hash: %d bytes, %s", f.where(), len(outer.Data), outer.Operation), hint)
		return
	}
	if r.safe == nil || outer.To != *r.safe {
		r.find("BLIND_HASH_APPROVAL", o.field("to").where(), o.field("to").at(), fmt.Sprintf("the hash is approved at %s, but the inner transaction belongs to %s", report.Group(outer.To), groupOr(r.safe, "no Safe that the file names")), hint)
		return
	}
	approved := common.Hash(outer.Data[4:])
	known, ok := innerHashes(inner, *r.safe, r.chain)
	if !ok {
		r.find("BLIND_HASH_APPROVAL", f.where(), f.at(), "the hash of the inner transaction cannot be recomputed, because its chain or Safe version is not known", hint)
		return
	}
	for _, h := range known {
		if h == approved {
			return
		}
	}
	r.find("HASH_MISMATCH", f.where(), f.at(), fmt.Sprintf("%s approves %s, but the inner transaction hashes to %s", f.where(), approved.Hex(), known[0].Hex()), hint)
}

// innerHashes recomputes the hash for the version that the file names, or for
// all hash rules if it names none.
func innerHashes(p *Proposal, at common.Address, chain *uint256.Int) (out []common.Hash, ok bool) {
	eras := safe.Eras()
	if p.Version != "" {
		v, err := safe.ParseVersion(p.Version)
		if err != nil {
			return nil, false
		}
		eras = []safe.Era{v.Era()}
	}
	for _, e := range eras {
		if h, err := p.Tx.Hash(safe.Domain{Era: e, ChainID: chain, Safe: at}); err == nil {
			out = append(out, h.SafeTx)
		}
	}
	return out, len(out) > 0
}

func groupOr(a *common.Address, unknown string) string {
	if a == nil {
		return unknown
	}
	return report.Group(*a)
}
