package abi

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// table is a small lookup with one declaration of each kind of type.
var table = []string{
	"transfer(address to,uint256 amount)",
	"multiSend(bytes transactions)",
	"execTransaction(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,bytes signatures)",
	"aggregate3((address target,bool allowFailure,bytes callData)[] calls)",
	"mixed(uint8 a,int8 b,bytes4 c,string d,uint96[] e,(bool f,bytes g)[2] h,int256 i,address[][] j)",
	"upgradeTo(address implementation)",
	"none()",
	"execute(bytes32 mode,bytes executionCalldata)",
	"queueTransaction(address target,uint256 value,string signature,bytes data,uint256 eta)",
	"propose(address[] targets,uint256[] values,string[] signatures,bytes[] calldatas,string description)",
	"execute(bytes32 callId,(address to,uint256 value,bytes data)[] actions,uint256 allowFailureMap)",
	"multicall(address[] targets,bytes[] data)",
	"forward(bytes evmScript)",
}

func lookup(_ common.Address, sel [4]byte) []string {
	var out []string
	for _, d := range table {
		if s, ok := selectorOf(d); ok && s == sel {
			out = append(out, d)
		}
	}
	return out
}

func selectorBytes(t testing.TB, declaration string) []byte {
	t.Helper()
	s, ok := selectorOf(declaration)
	if !ok {
		t.Fatalf("%s does not parse", declaration)
	}
	return s[:]
}

func TestDecodeAgrees(t *testing.T) {
	data := append(selectorBytes(t, table[0]), make([]byte, 64)...)
	data[4+31], data[4+63] = 7, 9
	tree, err := Decode(Root{To: common.Address{1}, Value: uint256.NewInt(3), Data: data}, lookup)
	if err != nil {
		t.Fatal(err)
	}
	c := tree.Root
	if c.Status != StatusDecoded || c.Function != "transfer(address,uint256)" || tree.Calls != 1 || tree.Lines == 0 {
		t.Fatalf("got %v %q, %d calls, %d lines", c.Status, c.Function, tree.Calls, tree.Lines)
	}
	if to, ok := c.Args[0].Address(); !ok || to != (common.Address{19: 7}) || c.Args[0].Name != "to" {
		t.Errorf("argument 0 = %v %q", to, c.Args[0].Name)
	}
	if n, ok := c.Args[1].Uint(); !ok || n.Uint64() != 9 {
		t.Errorf("argument 1 = %v", n)
	}
}

// TestLookupLies: a table that files a declaration under a foreign selector must
// not name the function.
func TestLookupLies(t *testing.T) {
	data := append([]byte{1, 2, 3, 4}, make([]byte, 64)...)
	tree, err := Decode(Root{Data: data}, func(common.Address, [4]byte) []string { return []string{table[0]} })
	if err != nil {
		t.Fatal(err)
	}
	if tree.Root.Status != StatusUnknown || len(tree.Root.Candidates) != 0 {
		t.Errorf("got %v with %v, want unknown without candidates", tree.Root.Status, tree.Root.Candidates)
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name, what string
		data       []byte
	}{
		{"bytes", "bytes", make([]byte, MaxBytes+1)},
		{"calls", "calls", multiSend(t, bytes.Repeat(packed(nil), MaxCalls))},
		{"depth", "depth", nested(t, MaxDepth)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Decode(Root{Data: tt.data}, lookup)
			var limit *LimitError
			if !errors.As(err, &limit) || limit.What != tt.what {
				t.Fatalf("got %v, want a limit on %s", err, tt.what)
			}
		})
	}
	for name, data := range map[string][]byte{"most bytes": make([]byte, MaxBytes), "most calls": multiSend(t, bytes.Repeat(packed(nil), MaxCalls-1)), "deepest": nested(t, MaxDepth-1)} {
		t.Run(name, func(t *testing.T) {
			if _, err := Decode(Root{Data: data}, lookup); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func packed(data []byte) []byte {
	out := make([]byte, 85, 85+len(data))
	out[20] = 1
	binary.BigEndian.PutUint64(out[77:], uint64(len(data)))
	return append(out, data...)
}

func multiSend(t testing.TB, body []byte) []byte {
	out := append(selectorBytes(t, table[1]), make([]byte, 64)...)
	out[4+31] = 32
	binary.BigEndian.PutUint64(out[4+56:], uint64(len(body)))
	out = append(out, body...)
	return append(out, make([]byte, (32-len(body)%32)%32)...)
}

// nested returns calldata of a root that carries calls n levels deep.
func nested(t testing.TB, n int) []byte {
	data := []byte(nil)
	for range n {
		data = multiSend(t, packed(data))
	}
	return data
}

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name string
		s, g []string
		line int
	}{
		{"equal", []string{"a", "b"}, []string{"a", "b"}, 0},
		{"differs", []string{"a", "b"}, []string{"a", "c"}, 2},
		{"strict longer", []string{"a", ""}, []string{"a"}, 2},
		{"geth longer", nil, []string{""}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := compare(tt.s, tt.g)
			var d *DisagreementError
			if tt.line == 0 {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !errors.As(err, &d) || d.Line != tt.line || !errors.Is(err, ErrDisagreement) {
				t.Fatalf("got %v, want a disagreement in line %d", err, tt.line)
			}
		})
	}
}

// FuzzAgreement is the property that the product stands on: on any bytes both
// decoders fail in the same way or say the same, line by line.
func FuzzAgreement(f *testing.F) {
	f.Add(uint8(0), append(selectorBytes(f, table[0]), make([]byte, 64)...))
	f.Add(uint8(1), multiSend(f, append(packed(nil), packed(append(selectorBytes(f, table[0]), make([]byte, 64)...))...)))
	f.Add(uint8(0), append(selectorBytes(f, table[4]), make([]byte, 32*24)...))
	f.Add(uint8(0), nested(f, 5))
	for _, d := range table {
		f.Add(uint8(0), append(selectorBytes(f, d), make([]byte, 32*16)...))
	}
	for _, c := range containerCases(f) {
		f.Add(uint8(0), c.data)
	}
	f.Fuzz(func(t *testing.T, op uint8, data []byte) {
		tree, err := Decode(Root{Operation: op, To: common.Address{9}, Data: data}, lookup)
		var limit *LimitError
		if err != nil && !errors.As(err, &limit) {
			t.Fatal(err)
		}
		if err == nil && tree.Root == nil {
			t.Fatal("neither a tree nor an error")
		}
	})
}
