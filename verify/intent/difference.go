package intent

import (
	"fmt"

	"github.com/coldsign/coldsign/abi"
)

// uncut is more than any payload that is read can say.
const uncut = 1 << 26

// differentArgument names the first argument in which a declared call and a decoded one
// of the same function differ, with both values: the words of a call can be cut before
// it, and an offset in bytes tells no person which value to compare.
func differentArgument(in *Intent, a Action, c *abi.Call) string {
	var declared *call
	switch a := a.(type) {
	case *call:
		declared = a
	case *delegatecall:
		declared = a.call
	default:
		return ""
	}
	if !c.Status.Readable() || c.Function != declared.function || len(c.Args) != len(declared.args) {
		return ""
	}
	for i, t := range declared.inputs {
		want, got := bounded{in: in, limit: uncut}, bounded{in: in, limit: uncut}
		want.declared(t.Type, plainValues(declared.args[i : i+1])[0])
		got.decodedValue(c.Args[i])
		if at := firstDifference([]byte(want.b.String()), []byte(got.b.String())); want.b.String() != got.b.String() {
			return fmt.Sprintf("args[%d] is %s, declared %s", i, nearby(got.b.String(), at), nearby(want.b.String(), at))
		}
	}
	return ""
}

// nearby cuts a text to what stands at a place in it.
func nearby(s string, at int) string {
	const before, most = 60, 200
	head := ""
	if at > most-before {
		head, s = fmt.Sprintf("(from character %d on) ...", at-before), s[at-before:]
	}
	if len(s) > most {
		s = s[:most] + cutMark
	}
	return head + s
}
