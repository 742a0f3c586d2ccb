package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/plainyaml"
)

// version is the only value of the key coldsign.
const version = "intent/v1"

var (
	requiredKeys = []string{"coldsign", "chain", "safe", "nonce", "actions"}
	optionalKeys = []string{"safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "multisend", "note"}
)

// Parse reads an intent file (grammar: package comment). The error is an *Error.
func Parse(raw []byte, env Env) (*Intent, error) {
	root, bad := plainyaml.Load(raw, plainyaml.Limits{What: "intent", MaxSize: MaxSize, MaxDepth: MaxDepth})
	if bad != nil {
		return nil, bad
	}
	in, err := (&at{root}).intent(env)
	if err != nil {
		return nil, err
	}
	return in, nil
}

func (a *at) intent(env Env) (*Intent, *Error) {
	if err := a.Version(version); err != nil {
		return nil, err
	}
	f, err := a.fields(requiredKeys, optionalKeys)
	if err != nil {
		return nil, err
	}
	in := &Intent{grouped: map[common.Address]string{}}
	if err := f.header(in); err != nil {
		return nil, err
	}
	in.Actions, err = f["actions"].actionList(header{in, env, env.native(in.Chain)})
	if err != nil {
		return nil, err
	}
	if m := f["multisend"]; m != nil && len(in.Actions) == 1 {
		return nil, m.fail(ErrKey, "remove the key: one action is a plain call, without library", "multisend names the library around several actions, and there is one")
	}
	return in, nil
}

// header reads everything but the actions.
func (f fields) header(in *Intent) *Error {
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
	if err := f.accounts(in); err != nil {
		return err
	}
	return f.note(in)
}

func (f fields) accounts(in *Intent) (err *Error) {
	if in.Safe, err = f["safe"].target(); err != nil {
		return err
	}
	if a := f["gasToken"]; a != nil {
		if in.GasToken, err = a.address(); err != nil {
			return err
		}
	}
	if a := f["refundReceiver"]; a != nil {
		if in.RefundReceiver, err = a.address(); err != nil {
			return err
		}
	}
	if a := f["multisend"]; a != nil {
		library, err := a.target()
		if err != nil {
			return err
		}
		in.MultiSend = &library
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
