package safe_test

import (
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

func operation4337(entry, module common.Address) *safe.Operation4337 {
	n := uint256.NewInt
	return &safe.Operation4337{
		Safe: common.HexToAddress("0x1111111111111111111111111111111111111111"), Nonce: n(0), CallData: common.FromHex("0x7bb37428"),
		VerificationGas: n(1), CallGas: n(2), PreVerificationGas: n(3), MaxPriorityFee: n(4), MaxFee: n(5),
		ValidAfter: n(0), ValidUntil: n(0), EntryPoint: entry, Module: module,
	}
}

// The two vectors of the published modules: equal values by name, another order
// of the gas fields.
func TestOperationVectors(t *testing.T) {
	for _, v := range []struct {
		name          string
		entry, module common.Address
		typ, want     string
	}{
		{"0.6", safe.EntryPoint06, safe.Module4337V2, safe.SafeOpType06, "0x58396569eada6532835c6b9ca783b672ae755ade9b4467cd1cbab3927a4b89dd"},
		{"0.7", safe.EntryPoint07, safe.Module4337V3, safe.SafeOpType07, "0x0c59fa54c715479f47a6b8cedb75d5e5d89cf01e31c5f3f3259fe4b4aea12044"},
	} {
		t.Run(v.name, func(t *testing.T) {
			h, err := operation4337(v.entry, v.module).Hash(uint256.NewInt(1))
			if err != nil || h.SafeOperation.Hex() != v.want {
				t.Errorf("got %s, %v, want %s", h.SafeOperation, err, v.want)
			}
			if got := safe.OperationTypeHash(v.entry); got != crypto.Keccak256Hash([]byte(v.typ)) {
				t.Errorf("type hash %s is not that of its string", got)
			}
		})
	}
}

// What is not known is no zero.
func TestOperationUnknown(t *testing.T) {
	entry := operation4337(common.Address{19: 1}, safe.Module4337V3)
	if _, err := entry.Hash(uint256.NewInt(1)); !errors.Is(err, safe.ErrEntryPoint) {
		t.Errorf("unknown entry point: %v", err)
	}
	if _, err := operation4337(safe.EntryPoint07, safe.Module4337V3).Hash(nil); !errors.Is(err, safe.ErrChainUnknown) {
		t.Errorf("no chain: %v", err)
	}
	for name, clear := range map[string]func(*safe.Operation4337){
		"nonce": func(o *safe.Operation4337) { o.Nonce = nil }, "callGas": func(o *safe.Operation4337) { o.CallGas = nil },
		"validUntil": func(o *safe.Operation4337) { o.ValidUntil = nil }, "maxFee": func(o *safe.Operation4337) { o.MaxFee = nil },
	} {
		o := operation4337(safe.EntryPoint07, safe.Module4337V3)
		clear(o)
		if _, err := o.Hash(uint256.NewInt(1)); !errors.Is(err, safe.ErrFieldUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
