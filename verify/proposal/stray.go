package proposal

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// A file can hold two transactions: one where this form keeps it, for the person
// who checks, and another one where another form keeps it, for the tool that
// signs. Each reader takes its own and ignores the rest, so the file is refused
// even if the second one is incomplete.

// strayFields are keys that hold a field of a transaction, and the form that
// reads them from where they stand. The keys are folded.
var strayFields = map[string]string{
	"to": flatForms, "value": flatForms, "data": flatForms, "operation": flatForms,
	"hexdata":        "gateway",
	"contractmethod": "tx-builder", "contractinputsvalues": "tx-builder",
	"calldata": "ERC-4337 user operation",
}

const flatForms = "service, propose or protocol-kit"

// strayContainers are keys that hold whole transactions, or the part of one that
// is signed.
var strayContainers = map[string]string{
	"transactions": "tx-builder or localsafe", "tx": "localsafe",
	"safetransactiondata": "protocol-kit",
	"txdata":              "gateway", "detailedexecutioninfo": "gateway",
	"message": "typed-data", "domain": "typed-data",
	"results": "service-list", "nested": "op-txverify",
	"calls": "EIP-5792", "txs": "Safe Apps SDK", "useroperation": "ERC-4337",
	"params": "JSON-RPC", "transaction": "Foundry", "safetx": "SafeTx",
}

// strayForm names the form of a transaction that an unknown key holds, or "".
func strayForm(m *strictjson.Member) string {
	v := &m.Value
	if !v.Given() || v.Kind == strictjson.String && v.Text == "" {
		return ""
	}
	key := foldKey(m.Key)
	if form, ok := strayFields[key]; ok {
		return form
	}
	if form, ok := strayContainers[key]; ok && holdsMore(v) {
		return form
	}
	return formOf(v)
}

// holdsMore reports a value that can hold fields: an object, a list, and a text
// that is JSON or longer hex than a hash. Real files hold lists as texts.
func holdsMore(v *strictjson.Value) bool {
	switch v.Kind {
	case strictjson.Object, strictjson.Array:
		return true
	case strictjson.String:
		return looksLikeJSON([]byte(v.Text)) || hexBody(v.Text)
	}
	return false
}

// formOf names the form in which a value is a whole proposal by itself, under
// whatever key it stands, or "". Parts under a key that no form has are an
// annotation: no reader looks for them there.
func formOf(v *strictjson.Value) string {
	if v.Kind != strictjson.Object && v.Kind != strictjson.Array {
		return ""
	}
	if found := recognise(&input{root: v}); len(found) > 0 {
		return found[0].name()
	}
	return ""
}

// secondTransaction refuses a key that another form reads.
func (r *reader) secondTransaction(path string, at int, form string) {
	r.refuse("KEY_RESEMBLES_KNOWN", path, at,
		fmt.Sprintf("the file is read in the form %s, which ignores %s, but a reader of the form %s takes a transaction from there", r.dialect, path, form),
		"one file must hold one transaction: ask who made it which of the two is meant, and have it exported again")
}
