package proposal

import "github.com/coldsign/coldsign/verify/proposal/strictjson"

// input is one file after syntax: a JSON document, or text without surrounding
// blanks. Exactly one is set.
type input struct {
	root *strictjson.Value
	text string
}

// How well a form matches. Of two forms the better match is taken; two that
// match equally well are a refusal.
const (
	noMatch    = iota
	looseMatch // fields that several forms share
	exactMatch // a field that no other form has
)

// A dialect is one form of a proposal. Its sniff looks at the content only; its
// read is called for what it recognised, or for anything if the person forces
// the dialect.
type dialect interface {
	name() string
	sniff(in *input) int
	read(r *reader, in *input) (*Proposal, error)
}

// dialects is the registry. The order means nothing.
var dialects = []dialect{
	service{}, serviceList{}, propose{}, gateway{}, gatewayPropose{}, txBuilder{}, typedData{},
	protocolKit{}, localsafe{}, opTxVerify{}, morpho{}, calldata{}, rawTransaction{}, preimage{},
	serviceMessage{}, gatewayMessage{}, messagePropose{}, safeMessage{}, typedMessage{}, safeOperation{}, userOperation{}, authorization{}, messageText{},
}

// signRequest opens what it carries with the dialects above.
func init() { dialects = append(dialects, signRequest{}) }

// Dialects returns the names of all dialects that Options can force.
func Dialects() []string {
	names := make([]string, len(dialects))
	for i, d := range dialects {
		names[i] = d.name()
	}
	return names
}

// aliases are tools whose form is another tool's.
var aliases = map[string]string{"safe-cli": "tx-builder"}

func dialectByName(name string) dialect {
	if a, ok := aliases[name]; ok {
		name = a
	}
	for _, d := range dialects {
		if d.name() == name {
			return d
		}
	}
	return nil
}

// recognise returns the dialects that match best.
func recognise(in *input) []dialect {
	best, found := noMatch, []dialect(nil)
	for _, d := range dialects {
		m := d.sniff(in)
		if m > best {
			best, found = m, nil
		}
		if m == best && m > noMatch {
			found = append(found, d)
		}
	}
	return found
}

// hasAll reports whether v is an object with all these keys.
func hasAll(v *strictjson.Value, keys ...string) bool {
	for _, k := range keys {
		if !v.Has(k) {
			return false
		}
	}
	return v.Is(strictjson.Object)
}

// count counts how many of these keys v has.
func count(v *strictjson.Value, keys ...string) (n int) {
	for _, k := range keys {
		if v.Has(k) {
			n++
		}
	}
	return n
}

// looksLikeSafeTx reports whether v is an object with most fields of a SafeTx in
// camel case: one that lacks operation must still be recognised, to be refused.
func looksLikeSafeTx(v *strictjson.Value) bool {
	return v.Is(strictjson.Object) && count(v, "to", "value", "operation", "nonce") >= 2 &&
		count(v, "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce") >= 2
}
