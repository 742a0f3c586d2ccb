package effect

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// TestApply follows a Safe through changes; what is not known stays unknown.
func TestApply(t *testing.T) {
	a, b, c := common.Address{1}, common.Address{2}, common.Address{3}
	start := State{Owners: []common.Address{a, b}, Threshold: uint256.NewInt(2)}
	for _, tt := range []struct {
		name   string
		start  State
		e      Effect
		owners []common.Address
		need   uint64
	}{
		{"added", start, Effect{Kind: OwnerAdded, To: c, Threshold: uint256.NewInt(1)}, []common.Address{a, b, c}, 1},
		{"added twice", start, Effect{Kind: OwnerAdded, To: b, Threshold: uint256.NewInt(2)}, []common.Address{a, b}, 2},
		{"removed", start, Effect{Kind: OwnerRemoved, From: a, Threshold: uint256.NewInt(1)}, []common.Address{b}, 1},
		{"replaced", start, Effect{Kind: OwnerReplaced, From: a, To: c}, []common.Address{b, c}, 2},
		{"a stranger replaced", start, Effect{Kind: OwnerReplaced, From: c, To: a}, []common.Address{a, b}, 2},
		{"owners unknown", State{Threshold: uint256.NewInt(2)}, Effect{Kind: OwnerAdded, To: c, Threshold: uint256.NewInt(1)}, nil, 1},
		{"another kind", start, Effect{Kind: Transfer, To: c}, []common.Address{a, b}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.start.Apply(tt.e)
			if !slices.Equal(got.Owners, tt.owners) || (got.Owners == nil) != (tt.owners == nil) {
				t.Errorf("owners = %v, want %v", got.Owners, tt.owners)
			}
			if got.Threshold.Uint64() != tt.need {
				t.Errorf("threshold = %s, want %d", got.Threshold, tt.need)
			}
		})
	}
	if len(start.Owners) != 2 || start.Owners[0] != a || start.Owners[1] != b {
		t.Errorf("the state that was given has changed: %v", start.Owners)
	}
}

// TestWordsSayBefore: what an effect replaces is said where it is known.
func TestWordsSayBefore(t *testing.T) {
	old := common.Address{0xee}
	e := Effect{Kind: GuardChanged, Fact: true, Target: common.Address{1}, To: common.Address{2}}
	if got := e.Words(plain{}); strings.Contains(got, "from") {
		t.Errorf("nothing is known of before, but it says %q", got)
	}
	e.Before.Account = &old
	if got := e.Words(plain{}); !strings.Contains(got, " from "+old.Hex()) {
		t.Errorf("the old guard is missing in %q", got)
	}
	e = Effect{Kind: ThresholdChanged, Fact: true, Threshold: uint256.NewInt(1), Before: Before{Threshold: uint256.NewInt(3)}}
	if got := e.Words(plain{}); !strings.Contains(got, "from 3 to 1") {
		t.Errorf("the old threshold is missing in %q", got)
	}
}
