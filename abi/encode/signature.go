package encode

import (
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"
)

// Signature returns the canonical signature, types without names:
// transfer(address,uint256).
func (d Declaration) Signature() string {
	var b strings.Builder
	b.WriteString(d.Name)
	writeParams(&b, d.Inputs, 0)
	return b.String()
}

// Selector returns the first four bytes of the Keccak-256 of the signature
// (Contract ABI Specification, "Function Selector").
func (d Declaration) Selector() [4]byte {
	return [4]byte(crypto.Keccak256([]byte(d.Signature()))[:4])
}

// String returns the canonical spelling of the type; a Type that is none is
// written as "invalid", which no contract's signature holds.
func (t Type) String() string {
	var b strings.Builder
	writeType(&b, t, 1)
	return b.String()
}

func writeParams(b *strings.Builder, params []Param, depth int) {
	b.WriteByte('(')
	for i, p := range params {
		if i > 0 {
			b.WriteByte(',')
		}
		writeType(b, p.Type, depth+1)
	}
	b.WriteByte(')')
}

// writeType stops below maxDepth: a Type made by hand may contain itself.
func writeType(b *strings.Builder, t Type, depth int) {
	if depth > maxDepth || t.fault() != "" {
		b.WriteString("invalid")
		return
	}
	switch t.Base {
	case "tuple":
		writeParams(b, t.Components, depth)
	case "array":
		writeType(b, *t.Elem, depth+1)
		b.WriteByte('[')
		if t.Size >= 0 {
			b.WriteString(strconv.Itoa(t.Size))
		}
		b.WriteByte(']')
	case "bytesN":
		b.WriteString("bytes" + strconv.Itoa(t.Size))
	case "uint", "int":
		b.WriteString(t.Base + strconv.Itoa(t.Size))
	default:
		b.WriteString(t.Base)
	}
}
