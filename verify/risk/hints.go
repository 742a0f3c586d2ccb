package risk

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// hints contradicts the file's own decode. dataDecoded is what web pages show,
// and nothing binds it to the data (peers.md P2, S2: "Method: deposit" beside
// the data of a transfer). A hint that is silent is no contradiction; one that
// says something false is.
func hints(ctx *Context) {
	if ctx.Claims == nil || ctx.Claims.Decoded == nil {
		return
	}
	if why := contradiction(ctx.Claims.Decoded, ctx.Tree.Root); why != "" {
		ctx.add("DECODED_HINT_MISMATCH", ctx.Claims.Decoded.Where, "the file's own decode of the data is false: "+why,
			"do not trust what the web page showed; read the decoded call below")
	}
}

// contradiction returns in words where the claimed decode differs from the data,
// or "" if it does not.
func contradiction(k *proposal.ClaimedCall, c *abi.Call) string {
	if k.Params == nil { // only a name: its dialect compared what it encodes to
		return innerContradiction(k, c)
	}
	if c.Status == abi.StatusEmpty {
		return fmt.Sprintf("it names the method %s, but there is no data", report.Quote(k.Method))
	}
	sig := claimedSignature(k)
	d, err := encode.ParseDeclaration(sig)
	if err != nil {
		return fmt.Sprintf("it names %s, which is no function", report.Quote(sig))
	}
	if c.Status == abi.StatusShort || d.Selector() != c.Selector {
		return fmt.Sprintf("it names %s (selector 0x%x), but the data calls selector 0x%x", report.Quote(sig), d.Selector(), c.Selector)
	}
	if !c.Status.Readable() {
		if c = readAs(sig, c); c == nil {
			return fmt.Sprintf("the data are not the arguments of %s, which it names", report.Quote(sig))
		}
	}
	if c.Function != d.Signature() {
		return otherName(sig, c)
	}
	for i, p := range k.Params {
		if i < len(c.Args) && !sameValue(p.Value, c.Args[i]) {
			return fmt.Sprintf("argument %d (%s) is %s there, but %s in the data", i, report.Quote(p.Name), report.Quote(p.Value), clip(flat(c.Args[i]), 200))
		}
	}
	return innerContradiction(k, c)
}

// readAs decodes a call that no table knows as the file says it should be read,
// to contradict the values that the file shows. The reading serves for nothing
// else.
func readAs(sig string, c *abi.Call) *abi.Call {
	tree, err := abi.Decode(abi.Root{Operation: c.Operation, To: c.To, Value: c.Value, Data: c.Data}, func(common.Address, [4]byte) []string { return []string{sig} })
	if err != nil || !tree.Root.Status.Readable() {
		return nil
	}
	return tree.Root
}

// otherName judges a claimed function that shares the selector with the one that
// is known. Colliding names are cheap to make: join_tg_invmru_haha_fd06787(address,bool)
// has the selector of transfer (peers.md S3).
func otherName(sig string, c *abi.Call) string {
	return fmt.Sprintf("it names %s, but selector 0x%x is known as %s", report.Quote(sig), c.Selector, c.Function)
}

func claimedSignature(k *proposal.ClaimedCall) string {
	types := make([]string, len(k.Params))
	for i, p := range k.Params {
		types[i] = canonicalType(strings.ReplaceAll(p.Type, " ", ""))
	}
	return k.Method + "(" + strings.Join(types, ",") + ")"
}

// canonicalType writes the short names of Solidity in full, as selectors need it.
func canonicalType(t string) string {
	for short, full := range map[string]string{"uint": "uint256", "int": "int256"} {
		if rest, ok := strings.CutPrefix(t, short); ok && (rest == "" || rest[0] == '[') {
			return full + rest
		}
	}
	return t
}

func innerContradiction(k *proposal.ClaimedCall, c *abi.Call) string {
	if len(k.Children) == 0 {
		return ""
	}
	if c.Container == "" {
		return fmt.Sprintf("it lists %d inner calls, but this call carries none", len(k.Children))
	}
	if len(k.Children) != len(c.Children) {
		return fmt.Sprintf("it lists %d inner calls, but the data carries %d", len(k.Children), len(c.Children))
	}
	for i, inner := range k.Children {
		real := c.Children[i]
		switch {
		case inner.To != nil && *inner.To != real.To:
			return fmt.Sprintf("inner call %d goes to %s there, but to %s in the data", i, show(*inner.To), show(real.To))
		case inner.Value != nil && !inner.Value.Eq(real.Value):
			return fmt.Sprintf("inner call %d carries %s wei there, but %s in the data", i, inner.Value.Dec(), real.Value.Dec())
		case inner.Operation != nil && *inner.Operation != real.Operation:
			return fmt.Sprintf("inner call %d has operation %d there, but %d in the data", i, *inner.Operation, real.Operation)
		case inner.HasData && string(inner.Data) != string(real.Data):
			return fmt.Sprintf("inner call %d has other data there", i)
		}
		if inner.Decoded == nil {
			continue
		}
		if why := contradiction(inner.Decoded, real); why != "" {
			return fmt.Sprintf("inner call %d: %s", i, why)
		}
	}
	return ""
}

// sameValue compares a claimed argument with the decoded one. Composite values
// are claimed as JSON and compared element by element; single ones are written
// in one of many spellings (quoted or not, "True") and compared in one form.
func sameValue(claimed string, v abi.Value) bool {
	if !composite(v) {
		return sameLeaf(claimed, v)
	}
	doc, err := strictjson.Parse([]byte(claimed), strictjson.Limits{})
	if err != nil {
		return !strings.Contains(v.Type, "string") && slices.Equal(leavesOfText(claimed), leaves(v, nil))
	}
	return sameStructure(doc, v)
}

func composite(v abi.Value) bool {
	return strings.HasSuffix(v.Type, "]") || strings.HasPrefix(v.Type, "(")
}

func sameStructure(claimed *strictjson.Value, v abi.Value) bool {
	if !composite(v) {
		switch claimed.Kind {
		case strictjson.String, strictjson.Number:
			return sameLeaf(claimed.Text, v)
		case strictjson.Bool:
			return sameLeaf(strconv.FormatBool(claimed.Bool), v)
		}
		return false
	}
	switch {
	case claimed.Kind == strictjson.String: // JSON inside a string, one level deeper
		return sameValue(claimed.Text, v)
	case claimed.Kind == strictjson.Object && len(claimed.Members) == len(v.Elems):
		for i := range claimed.Members {
			if !sameStructure(&claimed.Members[i].Value, v.Elems[i]) {
				return false
			}
		}
		return true
	case claimed.Kind != strictjson.Array || len(claimed.Items) != len(v.Elems):
		return false
	}
	for i := range claimed.Items {
		if !sameStructure(&claimed.Items[i], v.Elems[i]) {
			return false
		}
	}
	return true
}

func sameLeaf(claimed string, v abi.Value) bool {
	if v.Type == "string" {
		return claimed == string(v.Bytes) || unquote(claimed) == string(v.Bytes)
	}
	return normal(unquote(strings.TrimSpace(claimed))) == leafText(v)
}

// leafText is the decoded value in the form that normal gives; bytes that were
// opened as calls are written as the bytes they are.
func leafText(v abi.Value) string {
	if strings.HasPrefix(v.Text, "opened ") {
		return "0x" + hex.EncodeToString(v.Bytes)
	}
	return v.Text
}

func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// leaves lists the leaf values of a decoded argument in normal form.
func leaves(v abi.Value, out []string) []string {
	if !composite(v) {
		return append(out, leafText(v))
	}
	for _, e := range v.Elems {
		out = leaves(e, out)
	}
	return out
}

func flat(v abi.Value) string { return strings.Join(leaves(v, nil), ",") }

// leavesOfText splits the text of a claimed list that is no JSON, such as Python
// writes it, at the signs of lists.
func leavesOfText(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("[](){},\" \n\t\r'", r) }) {
		out = append(out, normal(f))
	}
	return out
}

func normal(f string) string {
	switch strings.ToLower(f) {
	case "true":
		return "true"
	case "false":
		return "false"
	}
	if strings.HasPrefix(f, "0x") || strings.HasPrefix(f, "0X") {
		return strings.ToLower(f)
	}
	return f
}
