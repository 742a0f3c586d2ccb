package geth

import (
	"strings"
	"testing"
)

var twoScripted = join(unhex("00000001"), unhex(addressA), unhex("00000005"), unhex("0102030405"), unhex(addressB), unhex("00000000"))

var scriptCases = []struct {
	name   string
	script []byte
	want   string
	whole  bool
}{
	{"two", twoScripted, "forward 2\n" + scriptedCalls, false},
	{"empty", nil, "forward 0", false},
	{"no entries", unhex("00000001"), "forward 0", false},
	{"three bytes", unhex("000000"), "forward 0\nfault script 0x000000", true},
	{"another kind", unhex("0000000200"), "forward 0\nfault script 0x00000002", true},
	{"a byte too many", join(twoScripted, []byte{1}), "forward 2\nfault framing 57\n" + scriptedCalls, false},
	{"header cut", join(twoScripted, unhex(addressA), []byte{0, 0, 0}), "forward 2\nfault framing 57\n" + scriptedCalls, false},
	{"data cut", join(twoScripted, unhex(addressA), []byte{0, 0, 0, 1}), "forward 2\nfault framing 57\n" + scriptedCalls, false},
	{"as long as it gets", join(twoScripted, unhex(addressA), []byte{0xff, 0xff, 0xff, 0xff}, make([]byte, 64)), "forward 2\nfault framing 57\n" + scriptedCalls, false},
}

var scriptedCalls = callLines("data.forward[0]", 0, addressA, "0", "0102030405") + "\n" + callLines("data.forward[1]", 0, addressB, "0", "")

func TestScripts(t *testing.T) {
	for _, c := range scriptCases {
		t.Run(c.name, func(t *testing.T) {
			got := decodeArgs(t, join(enc("20"), encodeContent(c.script)), "forward(bytes)")
			if lines := from(got, "container"); lines != "container "+c.want {
				t.Errorf("got\n%s\nwant\ncontainer %s", lines, c.want)
			}
			if whole := canReencode(got.Args); whole != c.whole {
				t.Errorf("the script is %q, want it whole: %t", got.Args[0].Text, c.whole)
			}
		})
	}
	want := "container newVote 2\n" + strings.ReplaceAll(scriptedCalls, "forward", "newVote")
	for decl, args := range map[string][]byte{
		"newVote(bytes,string)":           join(enc("40", "a0"), encodeContent(twoScripted), enc("0")),
		"newVote(bytes,string,bool,bool)": join(enc("80", "e0", "1", "0"), encodeContent(twoScripted), enc("0")),
	} {
		if got := from(decodeArgs(t, args, decl), "container"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", decl, got, want)
		}
	}
}
