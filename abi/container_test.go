package abi

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"math/rand"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
)

// containerCase is calldata that carries calls.
type containerCase struct {
	name      string
	data      []byte
	functions string // of the calls inside, "-" for one without data
	clean     bool   // no faults
}

// encoded is the calldata of a declaration, or without a name the encoding of
// its arguments alone.
func encoded(t testing.TB, declaration string, values ...any) []byte {
	t.Helper()
	d, err := encode.ParseDeclaration(declaration)
	if err != nil {
		t.Fatal(err)
	}
	data, err := encode.Call(d, values)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(declaration, "arguments(") {
		return data[4:]
	}
	return data
}

func containerCases(t testing.TB) []containerCase {
	a, b, seven, zero := common.Address{19: 0xa}, common.Address{19: 0xb}, big.NewInt(7), new(big.Int)
	transfer := encoded(t, "transfer(address,uint256)", b, seven)
	mode := func(hex string) []byte { return common.RightPadBytes(common.FromHex(hex), 32) }
	execute := func(modeHex string, data []byte) []byte {
		return encoded(t, "execute(bytes32,bytes)", mode(modeHex), data)
	}
	calls := []any{[]any{a, zero, transfer}, []any{b, seven, []byte{}}}
	batch := encoded(t, "arguments((address,uint256,bytes)[])", calls)
	opBatch := encoded(t, "arguments((address,uint256,bytes)[],bytes)", calls, []byte{1, 2, 3})
	batches := encoded(t, "arguments(bytes[])", []any{batch, opBatch})
	single := append(append(a[:len(a):len(a)], make([]byte, 32)...), transfer...)
	entry := func(to common.Address, data []byte) []byte {
		return append(binary.BigEndian.AppendUint32(to[:len(to):len(to)], uint32(len(data))), data...)
	}
	script := append(append([]byte{0, 0, 0, 1}, entry(a, transfer)...), entry(b, nil)...)
	const two = "transfer(address,uint256) -"
	return []containerCase{
		{"single", execute("00", single), "transfer(address,uint256)", true},
		{"delegatecall", execute("ff", append(a[:len(a):len(a)], transfer...)), "transfer(address,uint256)", true},
		{"batch", execute("01", batch), two, true},
		{"batch, try", execute("0101", batch), two, true},
		{"opData", execute("01000000000078210001", opBatch), two, true},
		{"batches", execute("01000000000078210002", batches), two + " " + two, true},
		{"odd mode", execute("0102", batch), two, false},
		{"suffix", execute("01", append(batch[:len(batch):len(batch)], 1)), two, false},
		{"framing", execute("01", batch[1:]), "", false},
		{"batches and a broken one", execute("01000000000078210002", encoded(t, "arguments(bytes[])", []any{batch[1:], batch})), two, false},
		{"single too short", execute("00", single[:51]), "", false},
		{"staticcall", execute("fe", single), "", false},
		{"account in account", execute("00", append(single[:52:52], execute("01", batch)...)), "execute(bytes32,bytes) " + two, true},
		{"timelock", encoded(t, "queueTransaction(address,uint256,string,bytes,uint256)", a, zero, "transfer(address,uint256)", transfer[4:], seven), "transfer(address,uint256)", true},
		{"timelock without name", encoded(t, "queueTransaction(address,uint256,string,bytes,uint256)", a, zero, "", transfer, seven), "transfer(address,uint256)", true},
		{"governor", encoded(t, "propose(address[],uint256[],string[],bytes[],string)", []any{a, b}, []any{zero, seven}, []any{"transfer(address,uint256)", ""}, []any{transfer[4:], []byte{}}, "why"), two, true},
		{"governor, lengths", encoded(t, "propose(address[],uint256[],string[],bytes[],string)", []any{a, b}, []any{zero, seven}, []any{""}, []any{transfer, []byte{}}, "why"), "", false},
		{"actions", encoded(t, "execute(bytes32,(address,uint256,bytes)[],uint256)", mode("07"), calls, seven), two, true},
		{"multicall to others", encoded(t, "multicall(address[],bytes[])", []any{a, b}, []any{transfer, []byte{}}), two, true},
		{"multicall to others, lengths", encoded(t, "multicall(address[],bytes[])", []any{a, b}, []any{transfer}), "", false},
		{"script", encoded(t, "forward(bytes)", script), two, true},
		{"script cut", encoded(t, "forward(bytes)", script[:len(script)-1]), "transfer(address,uint256)", false},
		{"no script", encoded(t, "forward(bytes)", script[1:]), "", false},
	}
}

func TestContainers(t *testing.T) {
	for _, c := range containerCases(t) {
		t.Run(c.name, func(t *testing.T) {
			tree, err := Decode(Root{To: common.Address{9}, Data: c.data}, lookup)
			if err != nil {
				t.Fatal(err)
			}
			var functions []string
			faults := 0
			tree.Root.Walk(func(k *Call) {
				faults += len(k.Faults)
				if k.Parent == nil {
					return
				}
				if k.Status == StatusEmpty {
					k.Function = "-"
				}
				functions = append(functions, k.Function)
			})
			if got := strings.Join(functions, " "); got != c.functions || (faults == 0) != c.clean {
				t.Errorf("calls %q with %d faults, want %q, clean %t", got, faults, c.functions, c.clean)
			}
		})
	}
}

// TestMutatedContainers changes the bytes of containers, inside and out: the
// decoders must agree on all.
func TestMutatedContainers(t *testing.T) {
	rounds := 4_000
	if testing.Short() {
		rounds = 400
	}
	r := rand.New(rand.NewSource(2))
	clean, faulty, unreadable := 0, 0, 0
	for _, c := range containerCases(t) {
		for range rounds {
			data := mutate(r, c.data)
			if len(data) >= 4+32 && r.Intn(2) == 0 {
				data = mutate(r, data)
			}
			tree, err := Decode(Root{To: common.Address{9}, Data: data}, lookup)
			switch {
			case err != nil:
				t.Fatalf("%s: %x: %v", c.name, data, err)
			case !tree.Root.Status.Readable():
				unreadable++
			case len(tree.Root.Faults) > 0:
				faulty++
			default:
				clean++
			}
		}
	}
	t.Logf("%d mutated containers: %d without faults, %d with, %d not readable, no disagreement", clean+faulty+unreadable, clean, faulty, unreadable)
	if clean == 0 || faulty == 0 || unreadable == 0 {
		t.Error("the mutations reach only one side")
	}
}

// TestContainerLimits: what is packed most densely is counted before it is built
// up, by both decoders.
func TestContainerLimits(t *testing.T) {
	entries := append([]byte{0, 0, 0, 1}, make([]byte, 24*MaxCalls)...)
	one := encoded(t, "arguments((address,uint256,bytes)[])", []any{[]any{common.Address{1}, new(big.Int), []byte{}}})
	many := make([]any, MaxCalls)
	for i := range many {
		many[i] = one
	}
	mode := common.RightPadBytes(common.FromHex("01000000000078210002"), 32)
	deep := []byte(nil)
	for range MaxDepth {
		deep = encoded(t, "execute(bytes32,bytes)", make([]byte, 32), append(bytes.Clone(make([]byte, 52)), deep...))
	}
	for name, c := range map[string]struct {
		data []byte
		what string
	}{
		"script":  {encoded(t, "forward(bytes)", entries), "calls"},
		"batches": {encoded(t, "execute(bytes32,bytes)", mode, encoded(t, "arguments(bytes[])", many)), "calls"},
		"depth":   {deep, "depth"},
	} {
		_, err := Decode(Root{Data: c.data}, lookup)
		var limit *LimitError
		if !errors.As(err, &limit) || limit.What != c.what {
			t.Errorf("%s: got %v, want a limit on %s", name, err, c.what)
		}
	}
	if _, err := Decode(Root{Data: encoded(t, "forward(bytes)", entries[:len(entries)-24])}, lookup); err != nil {
		t.Errorf("as many calls as there may be: %v", err)
	}
}

// TestOpDataIsConverted: what stands beside the calls reaches the agreed tree.
func TestOpDataIsConverted(t *testing.T) {
	for _, c := range containerCases(t) {
		want := map[string]string{"opData": "0 0x010203", "batches": "1 0x010203"}[c.name]
		tree, err := Decode(Root{Data: c.data}, lookup)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(tree.Root.OpData, ";"); got != want {
			t.Errorf("%s: opData %q, want %q", c.name, got, want)
		}
	}
}

// FuzzContainers is FuzzAgreement from the inside: the arguments of the
// containers that have a form of their own, in calldata that is canonical.
func FuzzContainers(f *testing.F) {
	executions := func(data []byte) (mode, execution []byte) {
		tree, err := Decode(Root{Data: data}, lookup)
		if err != nil {
			f.Fatal(err)
		}
		return tree.Root.Args[0].Bytes, tree.Root.Args[1].Bytes
	}
	for _, c := range containerCases(f) {
		if bytes.HasPrefix(c.data, selectorBytes(f, "execute(bytes32,bytes)")) {
			mode, execution := executions(c.data)
			f.Add(uint8(0), mode, execution)
		}
	}
	f.Add(uint8(1), []byte("transfer(address,uint256)"), make([]byte, 64))
	f.Add(uint8(1), []byte(nil), []byte{1, 2, 3, 4})
	f.Add(uint8(2), []byte("\"\n"), []byte{1, 2, 3, 4})
	f.Add(uint8(3), append([]byte{0, 0, 0, 1}, make([]byte, 48)...), []byte(nil))
	f.Fuzz(func(t *testing.T, pick uint8, a, b []byte) {
		word := common.RightPadBytes(a, 32)[:32]
		name := strings.ToValidUTF8(string(a), "")
		zero := new(big.Int)
		var data []byte
		switch pick % 4 {
		case 0:
			data = encoded(t, "execute(bytes32,bytes)", word, b)
		case 1:
			data = encoded(t, "queueTransaction(address,uint256,string,bytes,uint256)", common.Address{1}, zero, name, b, zero)
		case 2:
			data = encoded(t, "propose(address[],uint256[],string[],bytes[],string)", []any{common.Address{1}}, []any{zero}, []any{name}, []any{b}, "")
		case 3:
			data = encoded(t, "forward(bytes)", a)
		}
		tree, err := Decode(Root{To: common.Address{9}, Data: data}, lookup)
		var limit *LimitError
		if errors.As(err, &limit) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if c := tree.Root; c.Status != StatusDecoded || c.Container == "" {
			t.Fatalf("status %s, container %q, want decoded and one", c.Status, c.Container)
		}
	})
}
