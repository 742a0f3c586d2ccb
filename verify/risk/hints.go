package risk

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/proposal"
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

// otherName judges a claimed function that shares the selector with the one that
// is known. Colliding names are cheap to make: join_tg_invmru_haha_fd06787(address,bool)
// has the selector of transfer (peers.md S3).
func otherName(sig string, c *abi.Call) string {
	if !c.Status.Readable() {
		return ""
	}
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

// sameValue compares a claimed argument, written in one of many spellings
// (numbers quoted or not, "True", arrays as JSON), with the decoded one: the
// leaves in order, each in one normal form. What cannot be written in that form
// is compared as text, and so differs.
func sameValue(claimed string, v abi.Value) bool {
	if v.Type == "string" {
		return claimed == string(v.Bytes) || unquote(claimed) == string(v.Bytes)
	}
	if strings.HasPrefix(v.Text, "opened ") {
		return strings.EqualFold(strings.TrimPrefix(claimed, "0x"), hex.EncodeToString(v.Bytes))
	}
	if strings.Contains(v.Type, "string") {
		return true // strings inside arrays: their quoting has too many spellings to compare
	}
	return strings.Join(leavesOfText(claimed), ",") == strings.Join(leaves(v, nil), ",")
}

func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// leaves lists the leaf values of a decoded argument in normal form.
func leaves(v abi.Value, out []string) []string {
	if len(v.Elems) == 0 {
		if strings.HasSuffix(v.Type, "]") {
			return out // an empty array
		}
		return append(out, v.Text)
	}
	for _, e := range v.Elems {
		out = leaves(e, out)
	}
	return out
}

func flat(v abi.Value) string { return strings.Join(leaves(v, nil), ",") }

// leavesOfText splits the text of a claimed value at the signs of JSON arrays.
func leavesOfText(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("[]{},\" \n\t\r'", r) }) {
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
