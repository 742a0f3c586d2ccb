package safe

import (
	"math/big"
	"testing"

	"github.com/holiman/uint256"
)

func TestRefundMost(t *testing.T) {
	u := uint256.NewInt
	huge := new(uint256.Int).SetAllOne()
	for _, tt := range []struct {
		name string
		r    Refund
		want string // "" if unknown
		pays bool
	}{
		{"nothing", Refund{}, "", false},
		{"price zero", Refund{SafeTxGas: u(1), BaseGas: u(1), Price: u(0)}, "0", false},
		{"base gas as a payment", Refund{SafeTxGas: u(0), BaseGas: u(1_000_000_000_000_000_000), Price: u(1)}, "1000000000000040000", true},
		{"gas unknown", Refund{BaseGas: u(1), Price: u(1)}, "", true},
		{"beyond 256 bits", Refund{SafeTxGas: huge, BaseGas: huge, Price: huge}, new(big.Int).Mul(new(big.Int).Add(new(big.Int).Mul(huge.ToBig(), big.NewInt(2)), big.NewInt(40_000)), huge.ToBig()).String(), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if n, ok := tt.r.Most(); ok {
				got = n.String()
			}
			if got != tt.want || tt.r.Pays() != tt.pays {
				t.Errorf("at most %q, pays %t; want %q, %t", got, tt.r.Pays(), tt.want, tt.pays)
			}
		})
	}
}
