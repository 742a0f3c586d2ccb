package evmtest

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// madeCall is a call that the library made.
type madeCall struct {
	op    byte
	to    common.Address
	value *big.Int
	data  []byte
}

// TestMultiSendIsTheContracts lets a Safe delegatecall the real library with what
// PackMultiSend wrote, and compares the calls that it makes.
func TestMultiSendIsTheContracts(t *testing.T) {
	for _, version := range []string{"1.1.1", "1.2.0", "1.3.0", "1.4.1", "1.5.0"} {
		t.Run(version, func(t *testing.T) {
			r := rand.New(rand.NewPCG(6, 1901))
			w := newWorld(t, uint256.NewInt(1))
			owner := newParty("a")
			library := common.HexToAddress("0x5e4d")
			w.place(library, artifact(t, version, "MultiSend"))
			if version < "1.3.0" { // the constructor's guard value makes direct calls fail, not delegatecalls
				w.db.SetState(library, common.HexToHash("0x89232e6dba5a1949e493f5034fcd46db3c1ee01386363067973d7739bc50b63e"), common.Hash{31: 1})
			} else {
				w.placeImmutable(library, artifact(t, version, "MultiSend"))
			}
			s := w.newSafe(version, common.HexToAddress("0x5afe"), 1, owner.addr)
			w.db.AddBalance(s.at, uint256.NewInt(1<<60), tracing.BalanceChangeUnspecified)
			for range 100 {
				compareCalls(t, s, owner, library, randomCalls(r))
			}
		})
	}
}

// placeImmutable deploys at the address itself, so that address(this) in the code is right.
func (w *world) placeImmutable(at common.Address, init []byte) {
	w.t.Helper()
	w.db.SetCode(at, init, tracing.CodeChangeUnspecified)
	code, err := w.apply(common.HexToAddress("0xdeb10e4"), at, nil)
	if err != nil {
		w.t.Fatalf("init code at %s: %v", at, err)
	}
	w.db.SetCode(at, bytes.Clone(code), tracing.CodeChangeUnspecified)
}

func randomCalls(r *rand.Rand) []safe.InnerCall {
	var calls []safe.InnerCall
	for range r.IntN(6) {
		c := safe.InnerCall{Operation: uint8(r.IntN(2)), To: randomAddress(r), Value: uint256.NewInt(r.Uint64N(1000)), Data: randomBytes(r, r.IntN(100))}
		calls = append(calls, c)
	}
	return calls
}

func compareCalls(t *testing.T, s *account, owner party, library common.Address, calls []safe.InnerCall) {
	t.Helper()
	body, err := safe.PackMultiSend(calls)
	if err != nil {
		t.Fatal(err)
	}
	data := safe.MultiSendCalldata(body)
	if other := call("multiSend(bytes)", body); !bytes.Equal(other, data) {
		t.Fatalf("multiSend is %x, encoded apart %x", data, other)
	}
	tx := &safe.Tx{To: library, Value: new(uint256.Int), Data: data, Operation: safe.DelegateCall,
		SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: new(uint256.Int)}
	exec, err := safe.ExecTransactionCalldata(tx, owned(owner.addr, 1))
	if err != nil {
		t.Fatal(err)
	}
	var made []madeCall
	s.tracer = &tracing.Hooks{OnEnter: func(depth int, typ byte, _, to common.Address, input []byte, _ uint64, value *big.Int) {
		if depth == 2 {
			made = append(made, madeCall{typ, to, value, bytes.Clone(input)})
		}
	}}
	defer func() { s.tracer = nil }()
	if _, err := s.try(owner.addr, s.at, exec); err != nil {
		t.Fatalf("%x: %v", data, err)
	}
	if len(made) != len(calls) {
		t.Fatalf("%x: the library made %d calls, packed were %d", body, len(made), len(calls))
	}
	for i, c := range calls {
		op := byte(vm.CALL)
		if c.Operation == 1 {
			op = byte(vm.DELEGATECALL)
		}
		if made[i].op != op || made[i].to != c.To || !bytes.Equal(made[i].data, c.Data) || c.Operation == 0 && made[i].value.Cmp(c.Value.ToBig()) != 0 {
			t.Fatalf("call %d: made %+v, packed %+v", i, made[i], c)
		}
	}
}
