package strict

import (
	"encoding/binary"
	"strings"
	"testing"
)

// scripted returns one entry of an EVM script.
func scripted(to [20]byte, length uint32, data string) string {
	return string(binary.BigEndian.AppendUint32(to[:], length)) + data
}

func TestScripts(t *testing.T) {
	const spec = "\x00\x00\x00\x01"
	two := spec + scripted(toA, 2, "\x01\x02") + scripted(toB, 0, "")
	calls := "data.forward[0] 0 a 0 0x0102; data.forward[1] 0 b 0 0x"
	for _, row := range []struct {
		name, script, want, fault string
		opened                    bool
	}{
		{"two calls", two, calls, "", true},
		{"nothing", "", "", "", true},
		{"no calls", spec, "", "", true},
		{"short", spec[:3], "", "script 0x000000", false},
		{"other kind", "\x00\x00\x00\x02" + two[4:], "", "script 0x00000002", false},
		{"no script", "\xaa\xbb\xcc\xdd\xee", "", "script 0xaabbccdd", false},
		{"a byte behind", two + "\x00", calls, "framing 54", true},
		{"a header short", two + scripted(toA, 0, "")[:23], calls, "framing 54", true},
		{"data short", spec + scripted(toA, 3, "\x01\x02"), "", "framing 4", true},
		{"length near 2^32", two + scripted(toA, 1<<32-1, "\x01\x02"), calls, "framing 54", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := decode(t, calldata(content(row.script)), "forward(bytes evmScript)")
			if got := children(c); got != row.want {
				t.Errorf("calls\ngot  %s\nwant %s", got, row.want)
			}
			if got := strings.Join(c.Faults, ";"); got != row.fault || c.Container != "forward" {
				t.Errorf("container %q with faults %q, want forward with %q", c.Container, got, row.fault)
			}
			if got := strings.HasPrefix(c.Args[0].Text, openedPrefix); got != row.opened {
				t.Errorf("argument 0 is %q, want opened: %t", c.Args[0].Text, row.opened)
			}
			checkRoundTrip(t, c)
		})
	}
	for _, decl := range []string{"newVote(bytes,string)", "newVote(bytes,string,bool,bool)"} {
		args := []item{content(two), content("why")}
		if strings.Contains(decl, "bool") {
			args = append(args, num(1), num(0))
		}
		c := decode(t, calldata(args...), decl)
		if got, want := children(c), strings.ReplaceAll(calls, "forward", "newVote"); got != want || c.Args[1].Text != `"why"` {
			t.Errorf("%s: calls %s and description %s, want %s", decl, got, c.Args[1].Text, want)
		}
	}
}
