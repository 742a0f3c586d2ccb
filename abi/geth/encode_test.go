package geth

import (
	"math/big"
	"strconv"
	"strings"
)

// encodeFields is an encoder of its own, from the values as they are shown to
// bytes, written from the Contract ABI Specification: head(X(1)) … head(X(n))
// tail(X(1)) … tail(X(n)). The tests use it to ask whether what a signer is
// shown is all that the bytes say. It cannot encode opened values.
func encodeFields(fields []field, values []Value) []byte {
	types := make([]*typ, len(fields))
	for i, f := range fields {
		types[i] = f.typ
	}
	return encodeSequence(types, values)
}

func encodeSequence(types []*typ, values []Value) []byte {
	size := 0
	for _, t := range types {
		size += int(t.head) * 32
	}
	var head, tail []byte
	for i, t := range types {
		content := encodeValue(t, values[i])
		if !t.dynamic {
			head = append(head, content...)
			continue
		}
		head = append(head, numberWord(size+len(tail))...)
		tail = append(tail, content...)
	}
	return append(head, tail...)
}

func encodeValue(t *typ, v Value) []byte {
	switch t.kind {
	case kindUint, kindInt:
		return integerWord(v.Text)
	case kindBool:
		return numberWord(map[string]int{"true": 1, "false": 0}[v.Text])
	case kindAddress:
		return enc(v.Text)
	case kindFixedBytes:
		return enc("<" + v.Text)
	case kindBytes:
		return encodeContent(unhex(v.Text))
	case kindString:
		s, err := strconv.Unquote(v.Text)
		if err != nil {
			panic(err)
		}
		return encodeContent([]byte(s))
	case kindList:
		return append(numberWord(len(v.Elems)), encodeElements(t.elem, v.Elems)...)
	case kindArray:
		return encodeElements(t.elem, v.Elems)
	case kindTuple:
		return encodeFields(t.fields, v.Elems)
	}
	panic("no kind")
}

func encodeElements(elem *typ, values []Value) []byte {
	types := make([]*typ, len(values))
	for i := range types {
		types[i] = elem
	}
	return encodeSequence(types, values)
}

func encodeContent(b []byte) []byte {
	return join(numberWord(len(b)), b, make([]byte, (32-len(b)%32)%32))
}

func numberWord(n int) []byte { return integerWord(strconv.Itoa(n)) }

func integerWord(decimal string) []byte {
	n, ok := new(big.Int).SetString(decimal, 10)
	if !ok {
		panic("not a number: " + decimal)
	}
	if n.Sign() < 0 {
		n.Add(n, new(big.Int).Lsh(big.NewInt(1), 256))
	}
	return n.FillBytes(make([]byte, 32))
}

// canReencode reports whether no value was opened.
func canReencode(values []Value) bool {
	for _, v := range values {
		if strings.HasPrefix(v.Text, "opened ") || !canReencode(v.Elems) {
			return false
		}
	}
	return true
}
