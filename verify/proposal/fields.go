package proposal

import (
	"fmt"
	"sort"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// fieldNames are what FromFields takes: the ten fields of a SafeTx, which Safe
// and chain, the Safe's version and a claimed hash.
var fieldNames = keys("safe", "chain", "version", "to", "value", "data", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce", "safeTxHash")

var fieldForm = txForm{
	value: asText | asHex, gas: asText | asHex, gasPrice: asText | asHex, nonce: asText | asHex,
	operationText: true, emptyData: true, nullAddress: true,
}

// FromFields builds a proposal from fields that a person gave one by one, such
// as flags. Names are those of the contract ("safeTxGas") or flags
// ("safe-tx-gas"); numbers are decimal or 0x texts. to, value, operation, nonce
// and the three gas fields are required; data, gasToken and refundReceiver are
// empty or zero if they are not given. An error is a name that is not known or
// given twice.
func FromFields(fields map[string]string, opt Options) (Result, error) {
	root := &strictjson.Value{Kind: strictjson.Object, Offset: -1}
	names := make([]string, 0, len(fields))
	for n := range fields {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		known, ok := fieldNames.folded[foldKey(n)]
		if !ok {
			return Result{}, fmt.Errorf("%w: there is no field %s", ErrNotProposal, quote(n))
		}
		if root.Has(known) {
			return Result{}, fmt.Errorf("%w: the field %s is given twice", ErrNotProposal, quote(known))
		}
		root.Members = append(root.Members, strictjson.Member{Key: known, Offset: -1, Value: strictjson.Value{Kind: strictjson.String, Text: fields[n], Offset: -1}})
	}
	r := &reader{opt: opt, dialect: "fields"}
	r.scanValue(root, "", false, false)
	return r.result(r.flags(object{r, root, ""})), nil
}

func (r *reader) flags(o object) *Proposal {
	p := &Proposal{Tx: r.safeTx(plainFields(o), fieldForm), Version: o.field("version").text()}
	o.field("safe").safe()
	o.field("chain").chainID(asText | asHex)
	o.claimHash(&p.Claims, "safeTxHash", HashSafeTx)
	return p
}
