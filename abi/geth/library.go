package geth

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// prepare describes parameters to the library. Their declared names stay with
// us: the library makes Go identifiers of them, and refuses or renames those
// that collide.
func prepare(fields []field) (args abi.Arguments, err error) {
	defer func() {
		if r := recover(); r != nil {
			args, err = nil, fmt.Errorf("the library cannot describe %s: %v", typesOf(fields), r)
		}
	}()
	args = make(abi.Arguments, len(fields))
	for i, f := range fields {
		text, components := describe(f.typ)
		t, err := abi.NewType(text, "", components)
		if err != nil {
			return nil, fmt.Errorf("the library cannot describe %s: %w", f.typ.text, err)
		}
		args[i] = abi.Argument{Name: fieldName(i), Type: t}
	}
	return args, nil
}

// describe returns the name of a type in the notation of JSON ABIs, and the
// components of the tuple in it.
//
// A list whose elements are too large to be described is always empty in what
// the guard lets through, and an empty list has one encoding, whatever its
// elements: a list of words stands in for it.
func describe(t *typ) (string, []abi.ArgumentMarshaling) {
	switch t.kind {
	case kindTuple:
		return "tuple", describeFields(t.fields)
	case kindArray:
		text, components := describe(t.elem)
		return text + "[" + strconv.Itoa(t.size) + "]", components
	case kindList:
		if t.elem.least >= tooLarge {
			return "uint256[]", nil
		}
		text, components := describe(t.elem)
		return text + "[]", components
	}
	return t.text, nil
}

func describeFields(fields []field) []abi.ArgumentMarshaling {
	out := make([]abi.ArgumentMarshaling, len(fields))
	for i, f := range fields {
		text, components := describe(f.typ)
		out[i] = abi.ArgumentMarshaling{Name: fieldName(i), Type: text, Components: components}
	}
	return out
}

func fieldName(i int) string { return "F" + strconv.Itoa(i) }

// roundTrip lets the library read the arguments and encode what it read, and
// returns the values and the length of their encoding if the data begins with
// exactly that.
//
// The library is guarded against every panic and every growth that is known. The
// recover is there for the unknown ones: a decoder that dies shows nothing, one
// that answers "not read" refuses.
func roundTrip(args abi.Arguments, data []byte) (values []any, size int, ok bool) {
	defer func() {
		if recover() != nil {
			values, size, ok = nil, 0, false
		}
	}()
	values, err := args.Unpack(data)
	if err != nil {
		return nil, 0, false
	}
	again, err := args.Pack(values...)
	if err != nil || !bytes.HasPrefix(data, again) {
		return nil, 0, false
	}
	return values, len(again), true
}
