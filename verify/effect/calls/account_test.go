package calls

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
)

// executed is execute(bytes32,bytes) with a mode that begins so.
func executed(t *testing.T, callType byte, execution []byte) []byte {
	t.Helper()
	mode := make([]byte, 32)
	mode[0] = callType
	return data(t, "execute(bytes32,bytes)", mode, execution)
}

func executionBatch(t *testing.T, to common.Address, inner []byte) []byte {
	t.Helper()
	d, err := encode.ParseDeclaration("arguments((address,uint256,bytes)[])")
	if err != nil {
		t.Fatal(err)
	}
	out, err := encode.Arguments(d.Inputs, []any{[]any{[]any{to, n(0), inner}}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func executionSingle(to common.Address, inner []byte) []byte {
	return append(append(to[:len(to):len(to)], make([]byte, 32)...), inner...)
}

// TestAccounts: a called account acts in its own name, borrowed code in the name
// of its borrower, and a batch may name the account by the zero address.
func TestAccounts(t *testing.T) {
	threshold := data(t, "changeThreshold(uint256)", n(1))
	zero := common.Address{}
	for _, tt := range []struct {
		name   string
		root   abi.Root
		kind   effect.Kind
		actor  common.Address
		target common.Address
	}{
		{"batch", abi.Root{To: target, Data: executed(t, 1, executionBatch(t, a1, threshold))}, effect.ThresholdChanged, target, a1},
		{"zero in a batch", abi.Root{To: target, Data: executed(t, 1, executionBatch(t, zero, threshold))}, effect.ThresholdChanged, target, target},
		{"zero in a batch of the Safe itself", abi.Root{To: theSafe, Data: executed(t, 1, executionBatch(t, zero, threshold))}, effect.ThresholdChanged, theSafe, theSafe},
		{"zero in a batch by borrowed code", abi.Root{Operation: 1, To: target, Data: executed(t, 1, executionBatch(t, zero, threshold))}, effect.ThresholdChanged, theSafe, theSafe},
		{"zero in a single", abi.Root{To: target, Data: executed(t, 0, executionSingle(zero, threshold))}, effect.ThresholdChanged, target, zero},
		{"single", abi.Root{To: target, Data: executed(t, 0, executionSingle(a1, threshold))}, effect.ThresholdChanged, target, a1},
		{"delegatecall", abi.Root{To: target, Data: executed(t, 0xff, append(a1[:len(a1):len(a1)], threshold...))}, effect.DelegateCalled, target, a1},
		{"multicall to others", abi.Root{To: target, Data: data(t, "multicall(address[],bytes[])", []any{a1}, []any{threshold})}, effect.ThresholdChanged, target, a1},
		{"multicall to itself", abi.Root{To: target, Data: data(t, "multicall(bytes[])", []any{threshold})}, effect.ThresholdChanged, theSafe, target},
		{"zero in other tuples", abi.Root{To: target, Data: data(t, "executeBatch((address,uint256,bytes)[])", []any{[]any{zero, n(0), threshold}})}, effect.ThresholdChanged, target, zero},
		{"timelock", abi.Root{To: target, Data: data(t, "queueTransaction(address,uint256,string,bytes,uint256)", a1, n(0), "changeThreshold(uint256)", threshold[4:], n(9))}, effect.ThresholdChanged, target, a1},
		{"script", abi.Root{To: target, Data: data(t, "forward(bytes)", append(append([]byte{0, 0, 0, 1}, a1[:]...), append([]byte{0, 0, 0, byte(len(threshold))}, threshold...)...))}, effect.ThresholdChanged, target, a1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			es := derive(t, tt.root, 1)
			last := es[len(es)-1]
			if len(es) != 2 || last.Kind != tt.kind || last.Actor != tt.actor || last.Target != tt.target || last.Fact {
				t.Errorf("%d effects, the last %s by %s on %s, fact %t; want 2, %s by %s on %s, no fact", len(es), last.Kind, last.Actor, last.Target, last.Fact, tt.kind, tt.actor, tt.target)
			}
		})
	}
}
