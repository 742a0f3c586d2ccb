package builder

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// coerce is the encoder of ethers up to the bytes: what a value means for an ABI
// type (src.ts/abi/coders). It returns a value for package encode.
func (e *encoder) coerce(path string, t encode.Type, v js) (any, error) {
	if err := e.take(path); err != nil {
		return nil, err
	}
	switch t.Base {
	case "uint", "int":
		return e.integer(path, t, v)
	case "address":
		return e.address(path, v)
	case "bool":
		return e.boolean(path, v), nil
	case "bytesN", "bytes":
		return bytesOf(path, t, v)
	case "string":
		if v.kind != textKind || v.lone {
			return nil, throws(path, v.describe(), "a text", "the string encoder of ethers throws")
		}
		return v.text, nil
	case "array":
		return e.array(path, t, v)
	case "tuple":
		return e.tuple(path, t, v)
	}
	return nil, notReproduced(path, "the type "+report.Quote(t.String()), "it is unknown here")
}

// maxSafe is the largest integer of which ethers believes a JavaScript number.
const maxSafe = 1<<53 - 1

// integer is getBigInt of ethers and the range check of its number encoder.
func (e *encoder) integer(path string, t encode.Type, v js) (any, error) {
	n, ok := v.bigInt()
	if !ok {
		return nil, throws(path, v.describe(), "an integer (a number up to 2^53-1, or a text)", "the number encoder of ethers throws")
	}
	if !encode.Holds(t, n) {
		low, high := encode.Range(t)
		return nil, throws(path, v.describe(), "an integer of "+low.String()+" to "+high.String()+" for "+t.String(), "the number encoder of ethers throws")
	}
	if v.kind != integerKind && !isPlainInteger(v.text) {
		e.notes.add("%s: %s is read as %s", report.Quote(path), v.describe(), n)
	}
	return n, nil
}

func (v js) bigInt() (*big.Int, bool) {
	switch v.kind {
	case integerKind:
		return v.integer, true
	case numberKind:
		if v.number != math.Trunc(v.number) || math.Abs(v.number) > maxSafe {
			return nil, false
		}
		return big.NewInt(int64(v.number)), true
	case textKind:
		return signedText(v.text)
	}
	return nil, false
}

// signedText is what ethers puts before BigInt: one minus sign may stand before
// anything that BigInt takes, also before 0x10, before +5 and before nothing.
func signedText(s string) (*big.Int, bool) {
	if s == "" {
		return nil, false
	}
	unsigned, negative := strings.CutPrefix(s, "-")
	if !negative || strings.HasPrefix(unsigned, "-") {
		return bigIntText(s)
	}
	n, ok := bigIntText(unsigned)
	if !ok {
		return nil, false
	}
	return n.Neg(n), true
}

// boolean takes anything: inside a tuple the text "false" is true.
func (e *encoder) boolean(path string, v js) bool {
	b := v.truthy()
	plain := v.kind == boolKind || v.kind == numberKind && (v.number == 0 || v.number == 1)
	if v.kind == textKind && b {
		s := strings.ToLower(trim(v.text))
		plain = s == "true" || s == "1"
	}
	if !plain {
		e.notes.add("%s: %s is read as %t", report.Quote(path), v.describe(), b)
	}
	return b
}

// bytesOf is getBytes of ethers: 0x or 0X and an even number of digits.
func bytesOf(path string, t encode.Type, v js) (any, error) {
	if v.kind != textKind || !hasHexPrefix(v.text) {
		return nil, throws(path, v.describe(), "0x and hexadecimal digits", "the bytes encoder of ethers throws")
	}
	data, err := hex.DecodeString(v.text[2:])
	if err != nil {
		return nil, throws(path, v.describe(), "0x and an even number of hexadecimal digits", "the bytes encoder of ethers throws")
	}
	if t.Base == "bytesN" && len(data) != t.Size {
		return nil, throws(path, fmt.Sprintf("%s of %d bytes", v.describe(), len(data)), fmt.Sprintf("%d bytes", t.Size), "the bytes encoder of ethers throws")
	}
	return data, nil
}

func (e *encoder) array(path string, t encode.Type, v js) (any, error) {
	if v.kind != listKind {
		return nil, throws(path, v.describe(), "an array", "the array encoder of ethers throws")
	}
	if t.Size >= 0 && len(v.items) != t.Size {
		return nil, throws(path, v.describe(), fmt.Sprintf("%d elements", t.Size), "the array encoder of ethers throws")
	}
	out := make([]any, len(v.items))
	for i, item := range v.items {
		var err error
		if out[i], err = e.coerce(elementPath(path, i), *t.Elem, item); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (e *encoder) tuple(path string, t encode.Type, v js) (any, error) {
	items := v.items
	switch v.kind {
	case listKind:
	case objectKind:
		var err error
		if items, err = e.byName(path, t, v); err != nil {
			return nil, err
		}
	default:
		return nil, throws(path, v.describe(), "an array or object of the components", "the tuple encoder of ethers throws")
	}
	if len(items) != len(t.Components) {
		return nil, throws(path, v.describe(), fmt.Sprintf("%d components", len(t.Components)), "the tuple encoder of ethers throws")
	}
	out := make([]any, len(items))
	for i, c := range t.Components {
		name := c.Name
		if name == "" {
			name = fmt.Sprint(i)
		}
		var err error
		if out[i], err = e.coerce(path+"."+name, c.Type, items[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// byName puts the members of an object in the order of the components. A
// component that has no member is undefined, which a bool takes for false. (The
// encoder looks for repeated names in an object, and finds there what every
// object inherits, too.)
func (e *encoder) byName(path string, t encode.Type, v js) ([]js, error) {
	members := make(map[string]js, len(v.members))
	for _, m := range v.members {
		if _, again := members[m.key]; again {
			e.notes.add("%s: the member %s occurs more than once: the last one counts", report.Quote(path), report.Quote(m.key))
		}
		members[m.key] = m.value
	}
	names := make(map[string]bool, len(t.Components))
	items := make([]js, len(t.Components))
	for i, c := range t.Components {
		if c.Name == "" || names[c.Name] || prototype[c.Name] {
			return nil, throws(path, v.describe(), "an array, because components have no names, equal ones or reserved ones", "the tuple encoder of ethers throws")
		}
		names[c.Name] = true
		items[i] = members[c.Name]
	}
	for _, m := range v.members {
		if !names[m.key] {
			e.notes.add("%s: the member %s is ignored: the tuple has no such component", report.Quote(path), report.Quote(m.key))
		}
	}
	return items, nil
}
