package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
)

// The actions of this file change the owners of the Safe itself (OwnerManager.sol).
// The contract keeps owners in a linked list: to take one out, the call names the
// one before it, and for the first one the sentinel.

// sentinel is the head of the linked lists of owners and modules (OwnerManager.sol,
// ModuleManager.sol: SENTINEL_OWNERS, SENTINEL_MODULES).
var sentinel = common.HexToAddress("0x0000000000000000000000000000000000000001")

const first = "first"

// previous reads the entry before another in one of the Safe's lists, or the word
// first.
func (h header) previous(n *at) (common.Address, *Error) {
	s, err := n.text()
	if err != nil {
		return common.Address{}, err
	}
	if s == first {
		return sentinel, nil
	}
	return h.target(n)
}

func (f *flow) previous(a common.Address) *flow {
	if a == sentinel {
		return f.raw("previous", first)
	}
	return f.account("previous", a)
}

// owner reads an account that can be an owner (OwnerManager.sol: not zero, not the
// sentinel, not the Safe itself).
func (h header) owner(n *at) (common.Address, *Error) {
	a, err := h.target(n)
	if err == nil && (a == sentinel || a == h.Safe) {
		err = n.fail(ErrValue, "name a person or another contract", "%s can be no owner of this safe", h.group(a))
	}
	return a, err
}

func (h header) threshold(n *at) (*uint256.Int, *Error) {
	t, err := n.number()
	if err == nil && t.IsZero() {
		err = n.fail(ErrValue, "write how many owners must sign", "the threshold is zero")
	}
	return t, err
}

func parseAddOwner(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"owner", "threshold"}, nil)
	if err != nil {
		return nil, err
	}
	owner, err := h.owner(f["owner"])
	if err != nil {
		return nil, err
	}
	threshold, err := h.threshold(f["threshold"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("add-owner", h.Safe, "addOwnerWithThreshold(address,uint256)", []any{owner, integer(threshold)},
		effect.Effect{Kind: effect.OwnerAdded, Target: h.Safe, From: h.Safe, To: owner, Threshold: threshold}))
	if err != nil {
		return nil, err
	}
	x.words = "add owner " + h.group(owner) + ", and set the threshold to " + threshold.Dec()
	x.yaml = func(in *Intent) string {
		return in.flow().account("owner", owner).number("threshold", threshold).String()
	}
	return x, nil
}

func parseRemoveOwner(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"owner", "previous", "threshold"}, nil)
	if err != nil {
		return nil, err
	}
	owner, err := h.owner(f["owner"])
	if err != nil {
		return nil, err
	}
	previous, err := h.previous(f["previous"])
	if err != nil {
		return nil, err
	}
	threshold, err := h.threshold(f["threshold"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("remove-owner", h.Safe, "removeOwner(address,address,uint256)", []any{previous, owner, integer(threshold)},
		effect.Effect{Kind: effect.OwnerRemoved, Target: h.Safe, From: owner, Threshold: threshold}))
	if err != nil {
		return nil, err
	}
	x.words = "remove owner " + h.group(owner) + ", who stands after " + h.before(previous) + ", and set the threshold to " + threshold.Dec()
	x.addresses = others(previous)
	x.yaml = func(in *Intent) string {
		return in.flow().account("owner", owner).previous(previous).number("threshold", threshold).String()
	}
	return x, nil
}

func parseSwapOwner(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"old", "new", "previous"}, nil)
	if err != nil {
		return nil, err
	}
	old, err := h.owner(f["old"])
	if err != nil {
		return nil, err
	}
	owner, err := h.owner(f["new"])
	if err != nil {
		return nil, err
	}
	previous, err := h.previous(f["previous"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("swap-owner", h.Safe, "swapOwner(address,address,address)", []any{previous, old, owner},
		effect.Effect{Kind: effect.OwnerReplaced, Target: h.Safe, From: old, To: owner}))
	if err != nil {
		return nil, err
	}
	x.words = "replace owner " + h.group(old) + ", who stands after " + h.before(previous) + ", by " + h.group(owner)
	x.addresses = others(previous, owner)
	x.yaml = func(in *Intent) string {
		return in.flow().account("old", old).account("new", owner).previous(previous).String()
	}
	return x, nil
}

func parseChangeThreshold(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"threshold"}, nil)
	if err != nil {
		return nil, err
	}
	threshold, err := h.threshold(f["threshold"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("change-threshold", h.Safe, "changeThreshold(uint256)", []any{integer(threshold)},
		effect.Effect{Kind: effect.ThresholdChanged, Target: h.Safe, From: h.Safe, Threshold: threshold}))
	if err != nil {
		return nil, err
	}
	x.words = "set the threshold to " + threshold.Dec()
	x.yaml = func(in *Intent) string { return in.flow().number("threshold", threshold).String() }
	return x, nil
}

// before says who stands before an entry.
func (h header) before(a common.Address) string {
	if a == sentinel {
		return "nobody (it is the first)"
	}
	return h.group(a)
}

// others lists the addresses that an effect does not name, without the sentinel.
func others(all ...common.Address) []common.Address {
	var out []common.Address
	for _, a := range all {
		if a != sentinel {
			out = append(out, a)
		}
	}
	return out
}
