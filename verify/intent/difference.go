package intent

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
)

// uncut is more than any payload that is read can say.
const uncut = 1 << 26

// differentArgument names the first argument in which a declared call and a decoded one
// of the same function differ, with both values: the words of a call can be cut before
// it, and an offset in bytes tells no person which value to compare.
func differentArgument(in *Intent, a Action, c *abi.Call) string {
	function, inputs, args := arguments(a)
	if function == "" || !c.Status.Readable() || c.Function != function || len(c.Args) != len(args) || len(inputs) != len(args) {
		return ""
	}
	for i, t := range inputs {
		want, got := bounded{in: in, limit: uncut}, bounded{in: in, limit: uncut}
		want.declared(t.Type, plainValues(args[i : i+1])[0])
		got.decodedValue(c.Args[i])
		if at := firstDifference([]byte(want.b.String()), []byte(got.b.String())); want.b.String() != got.b.String() {
			return fmt.Sprintf("args[%d]%s is %s, declared %s", i, parameter(c.Args[i].Name), nearby(got.b.String(), at), nearby(want.b.String(), at))
		}
	}
	return ""
}

// arguments returns what an action calls, where it is one function.
func arguments(a Action) (function string, inputs []encode.Param, args []any) {
	switch a := a.(type) {
	case *call:
		return a.function, a.inputs, a.args
	case *delegatecall:
		return a.function, a.inputs, a.args
	case *fixed:
		return a.function, a.inputs, a.args
	}
	return "", nil, nil
}

// parameter is the name of a parameter, where it is one.
func parameter(name string) string {
	if name == "" || strings.IndexFunc(name, func(r rune) bool { return !isWord(r) }) >= 0 {
		return ""
	}
	return " (" + clip(name) + ")"
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
