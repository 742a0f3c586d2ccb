package ledger

import (
	"encoding/binary"
	"slices"
)

// The types of fields (TypeDesc of EIP712 SEND STRUCT DEFINITION, low four bits), and the
// bit that says that a size follows.
const (
	kindUint    byte = 2
	kindAddress byte = 3
	kindBytes   byte = 7
	withSize    byte = 1 << 6
)

// field is one member of a struct with its value. size is that of an integer's type in
// bytes, 0 for a type that has none.
type field struct {
	name       string
	kind, size byte
	value      []byte
}

// typed is one struct with its values; none has arrays or further structs in it.
type typed struct {
	name   string
	fields []field
}

// Parameters of the two EIP712 SEND commands.
const (
	complete  byte = 0x00 // P1: the value ends with this command
	partial   byte = 0x01 // P1: more of it follows
	structure byte = 0x00 // P2: the name of a struct
	member    byte = 0xff // P2: one of its fields
)

// maxValue is the longest value: its length is sent in two bytes.
const maxValue = 1<<16 - 1

// sendTyped returns the commands that define the structs, then those that fill them.
func sendTyped(structs []typed) ([]command, error) {
	var out []command
	for _, s := range structs {
		out = append(out, command{ins: insDefinition, p2: structure, data: []byte(s.name), doing: "sending the type " + s.name})
		for _, f := range s.fields {
			out = append(out, command{ins: insDefinition, p2: member, data: f.define(), doing: "sending the type of " + f.name})
		}
	}
	for _, s := range structs {
		out = append(out, command{ins: insImplementing, p2: structure, data: []byte(s.name), doing: "sending " + s.name})
		for _, f := range s.fields {
			if len(f.value) > maxValue {
				return nil, fail(ErrRequest, "sign by hashes, or export it and sign it with another wallet", "the field %s has %d bytes, and the app takes at most %d", f.name, len(f.value), maxValue)
			}
			out = append(out, f.send()...)
		}
	}
	return out, nil
}

func (f field) define() []byte {
	out := []byte{f.kind}
	if f.size != 0 {
		out = []byte{f.kind | withSize, f.size}
	}
	return append(append(out, byte(len(f.name))), f.name...)
}

// send cuts length and value into commands; only the last is complete.
func (f field) send() []command {
	raw := append(binary.BigEndian.AppendUint16(nil, uint16(len(f.value))), f.value...)
	var out []command
	for part := range slices.Chunk(raw, maxData) {
		out = append(out, command{ins: insImplementing, p1: partial, p2: member, data: part, doing: "sending the field " + f.name})
	}
	out[len(out)-1].p1 = complete
	return out
}
