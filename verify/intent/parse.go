package intent

import (
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// version is the only value of the key coldsign.
const version = "intent/v1"

var (
	requiredKeys = []string{"coldsign", "chain", "safe", "nonce", "actions"}
	optionalKeys = []string{"safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "multisend", "multicall", "replaces", "note"}
)

// Parse reads an intent file (grammar: package comment). The error is an *Error.
func Parse(raw []byte, env Env) (*Intent, error) {
	in, err := parse(raw, env, nil)
	if err != nil {
		return nil, err
	}
	return in, nil
}

// parse reads an intent; all is the one that it stands in, nil for the outermost.
func parse(raw []byte, env Env, all *Intent) (*Intent, *Error) {
	root, err := plainyaml.Load(raw, plainyaml.Limits{What: "intent", MaxSize: MaxSize, MaxDepth: MaxDepth})
	if err != nil {
		var e *Error
		if !errors.As(err, &e) {
			e = &Error{Kind: ErrSyntax, Msg: report.Quote(err.Error())}
		}
		return nil, e
	}
	return (&at{root}).intent(env, all)
}

func (a *at) intent(env Env, all *Intent) (*Intent, *Error) {
	if err := a.Version(version); err != nil {
		return nil, err
	}
	f, err := a.fields(requiredKeys, optionalKeys)
	if err != nil {
		return nil, err
	}
	in := &Intent{grouped: map[common.Address]string{}, names: map[common.Address]string{}}
	if all == nil {
		all = in
	}
	h := header{Intent: in, env: env, all: all}
	if err := f.header(&h); err != nil {
		return nil, err
	}
	if in.Actions, err = f["actions"].actionList(h); err != nil {
		return nil, err
	}
	return in, in.single(f)
}

// single refuses a library around one action, which is a plain call without it, and
// two kinds of it.
func (in *Intent) single(f fields) *Error {
	switch m := f["multisend"]; {
	case m != nil && in.Multicall != nil:
		return m.fail(ErrKey, "remove one of the two", "multisend and multicall both name what is around the actions")
	case m != nil && len(in.Actions) == 1:
		return m.fail(ErrKey, "remove the key: one action is a plain call, without library", "multisend names the library around several actions, and there is one")
	}
	return nil
}

// header reads everything but the actions.
func (f fields) header(h *header) *Error {
	in := h.Intent
	for _, n := range []struct {
		key   string
		field **uint256.Int
	}{{"chain", &in.Chain}, {"nonce", &in.Nonce}, {"safeTxGas", &in.SafeTxGas}, {"baseGas", &in.BaseGas}, {"gasPrice", &in.GasPrice}} {
		*n.field = new(uint256.Int)
		a := f[n.key]
		if a == nil {
			continue
		}
		var err *Error
		if *n.field, err = a.number(); err != nil {
			return err
		}
	}
	if in.Chain.IsZero() {
		return f["chain"].fail(ErrValue, "write the chain id, such as 1 for Ethereum", "the chain is zero")
	}
	h.native = h.env.native(in.Chain)
	if err := f.accounts(*h); err != nil {
		return err
	}
	if err := f.replaces(in); err != nil {
		return err
	}
	return f.note(in)
}

// maxReplaced bounds how many earlier signatures one intent replaces.
const maxReplaced = 16

// replaces reads the safeTxHashes that were signed for this nonce before.
func (f fields) replaces(in *Intent) *Error {
	a := f["replaces"]
	if a == nil {
		return nil
	}
	items := []*at{a}
	if a.IsList() {
		var err *Error
		if items, err = a.items(); err != nil {
			return err
		}
	}
	if len(items) == 0 || len(items) > maxReplaced {
		return a.fail(ErrLimit, "name the hashes that were signed for this nonce", "%d hashes, not 1 to %d", len(items), maxReplaced)
	}
	for _, n := range items {
		b, err := n.Hex("bytes32", 32)
		if err != nil {
			return err
		}
		in.Replaces = append(in.Replaces, common.Hash(b))
	}
	return nil
}

func (f fields) accounts(h header) (err *Error) {
	in := h.Intent
	if in.Safe, err = h.target(f["safe"]); err != nil {
		return err
	}
	if a := f["gasToken"]; a != nil {
		if in.GasToken, err = h.address(a); err != nil {
			return err
		}
	}
	if a := f["refundReceiver"]; a != nil {
		if in.RefundReceiver, err = h.address(a); err != nil {
			return err
		}
	}
	if a := f["multisend"]; a != nil {
		library, err := h.target(a)
		if err != nil {
			return err
		}
		in.MultiSend = &library
	}
	if a := f["multicall"]; a != nil {
		if in.Multicall, err = h.multicall(a); err != nil {
			return err
		}
	}
	return nil
}

func (f fields) note(in *Intent) (err *Error) {
	a := f["note"]
	if a == nil {
		return nil
	}
	if in.Note, err = a.Words(); err != nil {
		return err
	}
	if len(in.Note) > maxNote {
		return a.fail(ErrLimit, "say it in a comment", "the note has %d bytes, more than %d", len(in.Note), maxNote)
	}
	return nil
}
