package strict

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// routerCodes and routerInputs are a program with an entry of each status, and
// with programs in it.
const routerCodes = "\x8b\x05\x22\x06\x04\x10\x21"

func routerInputs() item {
	wrap := list(num(2), num(5))
	v4 := list(content("\x06\x0e\x0a"), slice(content("swap"), content(string(list(addr(toA), addr(toB), num(7)))), content("")))
	sub := list(content("\x0b\x3f"), slice(content(string(wrap)), content("?")))
	return slice(
		content(string(wrap)),
		content(string(list(addr(toA), addr(toB), num(9)))+"\x01"),
		content("what"),
		content("short"),
		content(""),
		content(string(v4)),
		content(string(sub)),
	)
}

const routerDecl = "execute(bytes,bytes[])"

// entries describes a program: path code name status arguments.
func entries(list []*Entry) string {
	var out []string
	for _, e := range list {
		line := fmt.Sprintf("%s %02x %s %s", e.Path, e.Code, e.Name, e.Status)
		for _, a := range e.Args {
			line += " " + a.Text
		}
		out = append(out, line)
		if e.Program != "" {
			out = append(out, e.Program, entries(e.Entries))
		}
	}
	return strings.Join(out, "\n")
}

func TestRouter(t *testing.T) {
	a, b := "0x"+fmt.Sprintf("%x", toA), "0x"+fmt.Sprintf("%x", toB)
	want := `data.universalRouter[0] 8b WRAP_ETH decoded 0x0000000000000000000000000000000000000002 5
data.universalRouter[1] 05 TRANSFER trailing ` + a + ` ` + b + ` 9
data.universalRouter[2] 22 - unknown
data.universalRouter[3] 06 PAY_PORTION noncanonical
data.universalRouter[4] 04 SWEEP noncanonical
data.universalRouter[5] 10 V4_SWAP decoded 0x060e0a [3]
v4Router
data.universalRouter[5].data.v4Router[0] 06 SWAP_EXACT_IN_SINGLE opaque
data.universalRouter[5].data.v4Router[1] 0e TAKE decoded ` + a + ` ` + b + ` 7
data.universalRouter[5].data.v4Router[2] 0a - unknown
data.universalRouter[6] 21 EXECUTE_SUB_PLAN decoded 0x0b3f [2]
universalRouter
data.universalRouter[6].data.universalRouter[0] 0b WRAP_ETH decoded 0x0000000000000000000000000000000000000002 5
data.universalRouter[6].data.universalRouter[1] 3f - unknown`
	for decl, args := range map[string][]item{routerDecl: {content(routerCodes), routerInputs()}, "execute(bytes,bytes[],uint256)": {content(routerCodes), routerInputs(), num(9)}} {
		c := decode(t, calldata(args...), decl)
		if got := entries(c.Entries); c.Program != programRouter || got != want {
			t.Errorf("%s: %s\n%s\nwant\n%s", decl, c.Program, got, want)
		}
		if c.Container != "" || len(c.Children) != 0 {
			t.Errorf("%s: entries of a program are no calls", decl)
		}
		checkRoundTrip(t, c)
	}
}

// TestNoProgram: what only looks like a program stays bytes.
func TestNoProgram(t *testing.T) {
	order := func(handler [20]byte) item { return dyn(addr(handler), num(1), content(string(make([]byte, 320)))) }
	for _, row := range []struct {
		name, decl string
		args       []item
		want       string
	}{
		{"more codes than inputs", routerDecl, []item{content("\x0b\x0b"), slice(content(""))}, ""},
		{"fewer codes than inputs", routerDecl, []item{content(""), slice(content(""))}, ""},
		{"another handler", "create((address,bytes32,bytes),bool)", []item{order(toA), num(1)}, ""},
		{"another function", "create((address,bytes32,bytes),uint8)", []item{order(twapHandler), num(1)}, ""},
		{"TWAP", "create((address,bytes32,bytes),bool)", []item{order(twapHandler), num(1)}, programTWAP},
		{"TWAP with context", "createWithContext((address,bytes32,bytes),address,bytes,bool)", []item{order(twapHandler), addr(toA), content(""), num(1)}, programTWAP},
	} {
		c := decode(t, calldata(row.args...), row.decl)
		if c.Status != statusDecoded || c.Program != row.want {
			t.Errorf("%s: %s, program %q, want %q", row.name, c.Status, c.Program, row.want)
		}
		if got := strings.Contains(rendered(c), " opened "); got != (row.want != "") {
			t.Errorf("%s: bytes opened: %t", row.name, got)
		}
	}
}

// TestProgramLimits: entries count, and so does their nesting.
func TestProgramLimits(t *testing.T) {
	sub := list(content(""), slice())
	for range 5 {
		sub = list(content("\x21"), slice(content(string(sub))))
	}
	data := append([]byte{1, 2, 3, 4}, sub...)
	by := func([20]byte, [4]byte) []string { return []string{routerDecl} }
	for _, row := range []struct {
		lim  Limits
		want string
	}{
		{Limits{Calls: 6, Depth: 6, Bytes: 1 << 20}, ""},
		{Limits{Calls: 5, Depth: 6, Bytes: 1 << 20}, limitCalls},
		{Limits{Calls: 6, Depth: 5, Bytes: 1 << 20}, limitDepth},
	} {
		_, err := Decode(Input{Data: data}, by, row.lim)
		var limit *LimitError
		if errors.As(err, &limit) != (row.want != "") || limit != nil && limit.What != row.want {
			t.Errorf("%+v: got %v, want a limit on %q", row.lim, err, row.want)
		}
	}
}
