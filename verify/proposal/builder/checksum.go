package builder

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// ErrChecksum is the kind of a file that the app can compute no checksum of.
var ErrChecksum = errors.New("no checksum can be computed")

// Checksum is what the app writes to meta.checksum: Keccak-256 over a
// serialisation of the batch without that member and with meta.name null
// (lib/checksum.ts of the app). It is unkeyed, so that a right one proves
// nothing, and many real files carry a wrong one.
func Checksum(root *strictjson.Value) (common.Hash, error) {
	meta := member(root, "meta")
	if meta == nil || meta.Kind != strictjson.Object {
		return common.Hash{}, fmt.Errorf("%w: the batch has no object meta", ErrChecksum)
	}
	text, err := serialise(nil, batchWithoutChecksum(root, meta), 1)
	if err != nil {
		return common.Hash{}, err
	}
	return crypto.Keccak256Hash(text), nil
}

// batchWithoutChecksum copies the two objects that change, and no more.
func batchWithoutChecksum(root, meta *strictjson.Value) *strictjson.Value {
	covered := strictjson.Value{Kind: strictjson.Object}
	for _, m := range meta.Members {
		if m.Key != "checksum" && m.Key != "name" {
			covered.Members = append(covered.Members, m)
		}
	}
	covered.Members = append(covered.Members, strictjson.Member{Key: "name", Value: strictjson.Value{Kind: strictjson.Null}})
	out := strictjson.Value{Kind: strictjson.Object}
	for _, m := range root.Members {
		if m.Key != "meta" {
			out.Members = append(out.Members, m)
		}
	}
	out.Members = append(out.Members, strictjson.Member{Key: "meta", Value: covered})
	return &out
}

// maxFileDepth bounds the nesting of a file; strictjson allows less by default.
const maxFileDepth = 256

// serialise appends the app's text of a value: an array in brackets, an object
// as the JSON array of its sorted keys and then each value with a comma after
// it, anything else as JSON.stringify writes it.
func serialise(out []byte, v *strictjson.Value, depth int) ([]byte, error) {
	if depth > maxFileDepth {
		return nil, fmt.Errorf("%w: values nest more than %d deep", ErrChecksum, maxFileDepth)
	}
	switch v.Kind {
	case strictjson.Array:
		return serialiseArray(out, v, depth)
	case strictjson.Object:
		return serialiseObject(out, v, depth)
	case strictjson.String:
		return appendString(out, v.Text), nil
	case strictjson.Number:
		return appendNumber(out, v.Text), nil
	case strictjson.Bool:
		return strconv.AppendBool(out, v.Bool), nil
	}
	return append(out, "null"...), nil
}

func serialiseArray(out []byte, v *strictjson.Value, depth int) ([]byte, error) {
	out = append(out, '[')
	for i := range v.Items {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = serialise(out, &v.Items[i], depth+1); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

func serialiseObject(out []byte, v *strictjson.Value, depth int) ([]byte, error) {
	members := sortedMembers(v)
	out = append(out, "{["...)
	for i, m := range members {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendString(out, m.Key)
	}
	out = append(out, ']')
	for _, m := range members {
		var err error
		if out, err = serialise(out, &m.Value, depth+1); err != nil {
			return nil, err
		}
		out = append(out, ',')
	}
	return append(out, '}'), nil
}

// sortedMembers orders the members by key as JavaScript sorts texts, by UTF-16
// units: U+1F600 comes before U+FF01. Of a repeated key the last one counts.
func sortedMembers(v *strictjson.Value) []*strictjson.Member {
	last := make(map[string]int, len(v.Members))
	for i, m := range v.Members {
		last[m.Key] = i
	}
	var members []*strictjson.Member
	for i := range v.Members {
		if last[v.Members[i].Key] == i {
			members = append(members, &v.Members[i])
		}
	}
	slices.SortFunc(members, func(a, b *strictjson.Member) int {
		return slices.Compare(utf16.Encode([]rune(a.Key)), utf16.Encode([]rune(b.Key)))
	})
	return members
}

func appendNumber(out []byte, token string) []byte {
	f := parseNumber(token)
	if math.IsInf(f, 0) {
		return append(out, "null"...)
	}
	return append(out, numberText(f)...)
}

var shortEscapes = map[byte]byte{'"': '"', '\\': '\\', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't'}

// appendString is JSON.stringify of a text: no escape for <, >, &, U+2028,
// U+2029 or DEL, where encoding/json writes some.
func appendString(out []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	out = append(out, '"')
	for _, c := range []byte(s) {
		switch short, ok := shortEscapes[c]; {
		case ok:
			out = append(out, '\\', short)
		case c < 0x20:
			out = append(out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
