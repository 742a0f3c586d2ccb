package geth

import "testing"

// TestNamed: 0xa9059cbb is transfer, 0x681afa78 begins the hash of one space; the
// hash of nothing, 0xc5d24601…, is what an empty name must not give.
func TestNamed(t *testing.T) {
	for _, kind := range []string{"queueTransaction", "executeTransaction"} {
		for name, selector := range map[string]string{"": "", "transfer(address,uint256)": "a9059cbb", " ": "681afa78"} {
			tail := encodeContent([]byte(name))
			args := join(enc("aaaa", "7", "a0"), numberWord(0xa0+len(tail)), enc("9"), tail, encodeContent(unhex("0102030405")))
			got := decodeArgs(t, args, kind+"(address,uint256,string,bytes,uint256)")
			want := "container " + kind + " 1\n" + callLines("data."+kind, 0, addressA, "7", selector+"0102030405")
			if lines := from(got, "container"); lines != want {
				t.Errorf("%s %q: got\n%s\nwant\n%s", kind, name, lines, want)
			}
			if got.Args[3].Text != "opened 5" {
				t.Errorf("%s %q: the data are %q, want them opened", kind, name, got.Args[3].Text)
			}
		}
	}
}

// TestNamedIsDecoded: what is behind a name is read like any other call.
func TestNamedIsDecoded(t *testing.T) {
	lookup := book{"abcdef01": {"queueTransaction(address,uint256,string,bytes,uint256)"}, "715018a6": {"renounceOwnership()"}}.lookup
	data := join(testSelector[:], enc("aaaa", "0", "a0", "e0", "9", "13", "<72656e6f756e63654f776e6572736869702829", "0"))
	got := mustDecode(t, Input{To: testTarget, Data: data}, lookup)
	if len(got.Children) != 1 || got.Children[0].Function != "renounceOwnership()" || got.Children[0].Status != Decoded {
		t.Errorf("got\n%s\nwant renounceOwnership() decoded", from(got, "container"))
	}
}

func TestNamedProposal(t *testing.T) {
	const decl = "propose(address[],uint256[],string[],bytes[],string)"
	args := enc("a0", "100", "160", "220", "2c0",
		"2", "aaaa", "bbbb", "2", "7", "0", "2", "40", "80", "13", "<72656e6f756e63654f776e6572736869702829", "0",
		"2", "40", "60", "0", "0", "2", "<6869")
	got := decodeArgs(t, args, decl)
	want := "container propose 2\n" + callLines("data.propose[0]", 0, addressA, "7", "715018a6") + "\n" + callLines("data.propose[1]", 0, addressB, "0", "")
	if lines := from(got, "container"); lines != want {
		t.Errorf("got\n%s\nwant\n%s", lines, want)
	}
	for fault, args := range map[string][]byte{
		"fault lengths 1 0 0 0": enc("a0", "e0", "100", "120", "140", "1", "aaaa", "0", "0", "0", "0"),
		"fault lengths 0 1 0 0": enc("a0", "c0", "100", "120", "140", "0", "1", "7", "0", "0", "0"),
		"fault lengths 0 0 1 0": enc("a0", "c0", "e0", "140", "160", "0", "0", "1", "20", "0", "0", "0"),
		"fault lengths 0 0 0 1": enc("a0", "c0", "e0", "100", "160", "0", "0", "0", "1", "20", "0", "0"),
	} {
		got := decodeArgs(t, args, decl)
		if lines := text(linesWith(got, "fault")); lines != fault || len(got.Children) != 0 || !canReencode(got.Args) {
			t.Errorf("%q with %d calls, want %q and nothing opened", lines, len(got.Children), fault)
		}
	}
}
