package selftest

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
)

// batchData is a MultiSend of the transfer and of 1 wei to 0x…DeaDBeef, packed by
// another program.
var batchData = common.FromHex("0x8d80ff0a000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000ee00a0b86991c6218b36c1d19d4a2e9eb0ce3606eb4800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000044a9059cbb00000000000000000000000092d0ebaf7eb707f0650f9471e61348f4656c29bc00000000000000000000000000000000000000000000000000000005d21dba000000000000000000000000000000000000deadbeef00000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")

const (
	transferRead = "transfer(address,uint256) decoded to 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 value 0 0x92d0ebaf7eb707f0650f9471e61348f4656c29bc 25000000000"
	batchRead    = "multiSend(bytes) decoded to 0x40A2aCCbd92BCA938b02010E17A5b8929b49130D value 0 opened 238; " + transferRead + "; call empty to 0x00000000000000000000000000000000DeaDBeef value 1"
)

var decoders = check{"decoders", "both read a transfer and a batch line by line in the same way, and what is known; a byte that no encoder writes is seen", func(s subject) error {
	library := common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D") // MultiSendCallOnly 1.3.0
	dirty := bytes.Clone(transferData)
	dirty[4] = 1 // above the recipient: the token ignores it, or takes it for another address
	for _, k := range []struct {
		what  string
		root  abi.Root
		lines int // of the transcripts, on which both agree
		want  string
	}{
		{"a transfer", abi.Root{To: usdc, Data: transferData}, 9, transferRead},
		{"a batch", abi.Root{To: library, Operation: 1, Data: batchData}, 22, batchRead},
		{"a transfer with a dirty address", abi.Root{To: usdc, Data: dirty}, 7, "call noncanonical to 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 value 0"},
	} {
		tree, err := s.decode(k.root, func(to common.Address, selector [4]byte) []string { return catalogue.Lookup(1, to, selector) })
		if err != nil {
			return fmt.Errorf("%s: %w", k.what, err)
		}
		if got := readCalls(tree); got != k.want {
			return fmt.Errorf("%s is read as %q instead of %q", k.what, got, k.want)
		}
		if tree.Lines != k.lines {
			return fmt.Errorf("the decoders agree on %d lines of %s instead of %d", tree.Lines, k.what, k.lines)
		}
	}
	return nil
}}

// readCalls writes the calls of a tree in one line.
func readCalls(t *abi.Tree) string {
	var b bytes.Buffer
	t.Root.Walk(func(c *abi.Call) {
		if c.Parent != nil {
			b.WriteString("; ")
		}
		name := c.Function
		if name == "" {
			name = "call"
		}
		fmt.Fprintf(&b, "%s %s to %s value %s", name, c.Status, c.To.Hex(), c.Value.Dec())
		for _, a := range c.Args {
			b.WriteString(" " + a.Text)
		}
		for _, f := range c.Faults {
			b.WriteString(" fault " + f)
		}
	})
	return b.String()
}
