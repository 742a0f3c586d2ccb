package geth

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// fuzzDeclarations are types that differ in how they are laid out.
var fuzzDeclarations = []string{
	"f(address to,uint256 amount)",
	"f(uint8,int24,uint160,bool,bytes4)",
	"f(bytes,string,uint16[])",
	"f((uint8 a,(bytes b,uint8[] c)[] d)[] e,bool g)",
	"f(bytes[2][],string[][1],(int8,bool)[2])",
	"f(uint8[][][][] x)",
	"f(uint8[65535][65535][] x,uint256[65535][65535][65535][65535][] y)",
	"multiSend(bytes)",
	"multicall(bytes[])",
	"aggregate3Value((address,bool,uint256,bytes)[])",
	"executeBatch(address[],uint256[],bytes[])",
	"execute(address,uint256,bytes)",
	"execute(address,bytes)",
	"executeBatch((address,uint256,bytes)[])",
	"propose(address[],uint256[],bytes[],string)",
	"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
	"execute(bytes32,bytes)",
	"queueTransaction(address,uint256,string,bytes,uint256)",
	"propose(address[],uint256[],string[],bytes[],string)",
	"multicall(address[],bytes[])",
	"execute(bytes32,(address,uint256,bytes)[],uint256)",
	"forward(bytes)",
}

// FuzzDecode gives one declaration, from the list or of the fuzzer's making, for
// every selector.
func FuzzDecode(f *testing.F) {
	for i, c := range valueCases {
		f.Add(byte(i), c.decl, c.args)
	}
	for i := range fuzzDeclarations {
		f.Add(byte(i), "", bomb(3, 20))
		f.Add(byte(i), "", nested(3))
		f.Add(byte(i), "", batch(2)[4:])
	}
	for _, c := range accountCases {
		f.Add(byte(0), "execute(bytes32,bytes)", accountArgs(c.mode, c.data))
	}
	for _, c := range scriptCases {
		f.Add(byte(0), "forward(bytes)", join(enc("20"), encodeContent(c.script)))
	}
	f.Add(byte(0), "queueTransaction(address,uint256,string,bytes,uint256)", enc("aaaa", "7", "a0", "e0", "9", "4", "<66282929", "2", "<0102"))
	f.Fuzz(func(t *testing.T, pick byte, decl string, args []byte) {
		if decl == "" {
			decl = fuzzDeclarations[int(pick)%len(fuzzDeclarations)]
		}
		lookup := func(common.Address, [4]byte) []string { return []string{decl} }
		in := Input{Operation: pick, To: testTarget, Data: join(testSelector[:], args)}
		checkTree(t, in, lookup, decl)
	})
}

// FuzzMultiSend is about the packed bytes alone, in both framings.
func FuzzMultiSend(f *testing.F) {
	f.Add(false, unhex(multiSendBody))
	f.Add(true, unhex(oldBody))
	f.Add(false, packedEntry(1, "aaaa", "7", "ff*")[:84])
	f.Add(false, packedEntry(1, "aaaa", "7", "ff*", 1, 2, 3))
	f.Fuzz(func(t *testing.T, old bool, packed []byte) {
		in := Input{Operation: 1, To: testTarget, Data: join(unhex("8d80ff0a"), enc("20"), encodeContent(packed))}
		if old {
			in.To = oldMultiSend
		}
		c := checkTree(t, in, published.lookup, "")
		if c == nil {
			return
		}
		if c.Status != Decoded || c.Container != "multiSend" {
			t.Fatalf("status %q and container %q", c.Status, c.Container)
		}
		again := repack(c.Children, old)
		if len(c.Faults) == 0 && !bytes.Equal(again, packed) {
			t.Errorf("without faults, but the calls pack to\n%x, not\n%x", again, packed)
		}
		if len(c.Faults) > 0 && onlyOperations(c.Faults) != bytes.Equal(again, packed) {
			t.Errorf("faults %q, and the calls pack to\n%x from\n%x", c.Faults, again, packed)
		}
	})
}

func onlyOperations(faults []string) bool {
	for _, f := range faults {
		if !strings.HasPrefix(f, "operation ") {
			return false
		}
	}
	return true
}

func repack(calls []*Call, old bool) []byte {
	var out []byte
	for _, c := range calls {
		if old {
			out = join(out, enc(hexText([]byte{c.Operation}), c.To.Hex()), c.Value[:], enc("80"), encodeContent(c.Data))
			continue
		}
		out = join(out, []byte{c.Operation}, c.To[:], c.Value[:], numberWord(len(c.Data)), c.Data)
	}
	return out
}

// checkTree decodes and asks what holds of every tree. It returns nil if a limit
// was exceeded.
func checkTree(t *testing.T, in Input, lookup Lookup, decl string) *Call {
	lim := Limits{Calls: 200, Depth: 8, Bytes: 1 << 20}
	c, err := Decode(in, lookup, lim)
	var limit *LimitError
	if err != nil {
		if c != nil || !errors.As(err, &limit) {
			t.Fatalf("tree %v, error %v", c, err)
		}
		return nil
	}
	lines := c.Transcript()
	checkPrintable(t, decl, lines)
	words := len(in.Data)/32 + 1
	if most := 40*words + 20*lim.Calls + 2000; len(lines) > most {
		t.Fatalf("%d lines for %d words", len(lines), words)
	}
	calls := 0
	checkCalls(t, c, lim, &calls)
	if calls > lim.Calls {
		t.Fatalf("%d calls, the limit is %d", calls, lim.Calls)
	}
	return c
}

func checkCalls(t *testing.T, c *Call, lim Limits, calls *int) {
	*calls++
	if c.Depth > lim.Depth {
		t.Fatalf("a call at depth %d, the limit is %d", c.Depth, lim.Depth)
	}
	readable := c.Status == Decoded || c.Status == Trailing
	if !readable && (c.Function != "" || c.Args != nil || c.Container != "" || c.Children != nil || c.Suffix != nil) {
		t.Fatalf("a call that is %q has a function", c.Status)
	}
	if readable && (c.Status == Trailing) != (len(c.Suffix) > 0) {
		t.Fatalf("a call that is %q has %d bytes behind", c.Status, len(c.Suffix))
	}
	if readable && canReencode(c.Args) {
		checkReencoding(t, c)
	}
	for _, child := range c.Children {
		if child.Depth != c.Depth+1 {
			t.Fatalf("a call at depth %d in one at %d", child.Depth, c.Depth)
		}
		checkCalls(t, child, lim, calls)
	}
}

// checkReencoding encodes what is shown by the declaration whose signature was
// chosen, and wants all of the data back.
func checkReencoding(t *testing.T, c *Call) {
	_, fields, ok := parseDeclaration(c.Function)
	if !ok {
		t.Fatalf("the chosen signature %q is outside the grammar", c.Function)
	}
	if got := join(c.Selector[:], encodeFields(fields, c.Args), c.Suffix); !bytes.Equal(got, c.Data) {
		t.Fatalf("what is shown encodes to\n%x, the data is\n%x", got, c.Data)
	}
}
