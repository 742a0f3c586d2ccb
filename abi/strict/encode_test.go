package strict

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// This file is the encoder of the tests. It follows the enc() of the Contract
// ABI Specification and shares nothing with the decoder; with raw it writes
// whatever bytes a test wants in any place.

// item is an encoded member of a list: static ones go to the head, dynamic ones
// to the tail.
type item struct {
	enc     []byte
	dynamic bool
}

func list(items ...item) []byte {
	head := 0
	for _, it := range items {
		head += 32
		if !it.dynamic {
			head += len(it.enc) - 32
		}
	}
	var heads, tails []byte
	for _, it := range items {
		if !it.dynamic {
			heads = append(heads, it.enc...)
			continue
		}
		heads = append(heads, word(uint64(head+len(tails)))...)
		tails = append(tails, it.enc...)
	}
	return append(heads, tails...)
}

func word(n uint64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 24), n)
}

func padRight(b []byte) []byte {
	return append(bytes.Clone(b), make([]byte, (32-len(b)%32)%32)...)
}

func padLeft(b []byte) []byte { return append(make([]byte, 32-len(b)), b...) }

func num(n uint64) item    { return item{enc: word(n)} }
func raw(s string) item    { return item{enc: unhex(s)} }
func addr(a [20]byte) item { return item{enc: padLeft(a[:])} }
func content(s string) item {
	return item{enc: append(word(uint64(len(s))), padRight([]byte(s))...), dynamic: true}
}
func dyn(items ...item) item { return item{enc: list(items...), dynamic: true} }
func fix(items ...item) item { return item{enc: list(items...)} }
func slice(items ...item) item {
	return item{enc: append(word(uint64(len(items))), list(items...)...), dynamic: true}
}

// calldata returns a selector and the arguments.
func calldata(items ...item) []byte {
	return append([]byte{0xaa, 0xbb, 0xcc, 0xdd}, list(items...)...)
}

// packed returns one entry of a multiSend.
func packed(operation byte, to [20]byte, value uint64, data []byte) []byte {
	entry := append([]byte{operation}, to[:]...)
	entry = append(entry, word(value)...)
	entry = append(entry, word(uint64(len(data)))...)
	return append(entry, data...)
}

// unhex reads hexadecimal with blanks; 0*N and f*N stand for N such bytes.
func unhex(s string) []byte {
	var out []byte
	for _, part := range strings.Fields(strings.TrimPrefix(s, "0x")) {
		if digit, count, ok := strings.Cut(part, "*"); ok {
			n, err := strconv.Atoi(count)
			if err != nil {
				panic(err)
			}
			part = strings.Repeat(digit+digit, n)
		}
		b, err := hex.DecodeString(part)
		if err != nil {
			panic(err)
		}
		out = append(out, b...)
	}
	return out
}

func address(last byte) (a [20]byte) {
	a[0], a[19] = 0x11, last
	return a
}

func knows(declarations ...string) Lookup {
	return func([20]byte, [4]byte) []string { return declarations }
}

var wide = Limits{Calls: 100, Depth: 10, Bytes: 1 << 20}

// decode decodes calldata with the given declarations and fails on an error.
func decode(t testing.TB, data []byte, declarations ...string) *Call {
	t.Helper()
	return decodeAt(t, address(0xee), data, declarations...)
}

func decodeAt(t testing.TB, to [20]byte, data []byte, declarations ...string) *Call {
	t.Helper()
	c, err := Decode(Input{To: to, Data: data}, knows(declarations...), wide)
	if err != nil {
		t.Fatalf("Decode: %v", err)
	}
	return c
}

var dynamicType = regexp.MustCompile(`\[\]|string|bytes([^0-9]|$)`)

// encodeValue encodes a decoded value again.
func encodeValue(v Value) item {
	items := encodeValues(v.Elems)
	it := item{dynamic: dynamicType.MatchString(v.Type)}
	switch {
	case strings.HasSuffix(v.Type, "[]"):
		return slice(items...)
	case strings.HasSuffix(v.Type, "]"), strings.HasPrefix(v.Type, "("):
		it.enc = list(items...)
	case it.dynamic:
		return content(string(v.Bytes))
	case v.Type == "address":
		it.enc = padLeft(v.Bytes)
	default:
		it.enc = padRight(v.Bytes)
	}
	return it
}

func encodeValues(values []Value) []item {
	var items []item
	for _, v := range values {
		items = append(items, encodeValue(v))
	}
	return items
}

// checkRoundTrip demands of every readable call below c that its data is the
// selector, the encoding of its arguments and the suffix, and nothing else. This
// is what makes Data derived from what the transcript shows.
func checkRoundTrip(t testing.TB, c *Call) {
	t.Helper()
	if c.readable() {
		want := append(c.Selector[:], list(encodeValues(c.Args)...)...)
		want = append(want, c.Suffix...)
		if !bytes.Equal(c.Data, want) {
			t.Fatalf("call %q: %s does not encode to its data\ngot  %x\nwant %x", c.Path, c.Function, want, c.Data)
		}
	}
	for _, child := range c.Children {
		checkRoundTrip(t, child)
	}
}

func checkLines(t testing.TB, got []string, want string) {
	t.Helper()
	text := strings.Join(got, "\n")
	want = strings.Trim(want, "\n")
	if text != want {
		t.Errorf("transcript differs\ngot:\n%s\nwant:\n%s", text, want)
	}
}
