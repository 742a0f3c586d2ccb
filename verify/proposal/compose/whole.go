package compose

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// whole is an input of which nothing is missing, with its hashes.
type whole struct {
	Input
	era       safe.Era
	operation uint8
	hashes    safe.Hashes
}

// Hashes returns what a device shows for the transaction. The error is an *Error of
// the kind ErrIncomplete.
func (in Input) Hashes() (safe.Hashes, error) {
	w, err := in.whole()
	if err != nil {
		return safe.Hashes{}, err
	}
	return w.hashes, nil
}

func (in Input) whole() (*whole, *Error) {
	const hint = "give every field: a form would fill in a default"
	if name := in.gap(); name != "" {
		return nil, fail(ErrIncomplete, hint, "the transaction has no %s", name)
	}
	if _, err := safe.ParseVersion(in.Version.String()); err != nil {
		return nil, fail(ErrIncomplete, "ask the Safe for VERSION()", "%v", err)
	}
	w := &whole{Input: in, era: in.Version.Era()}
	w.operation, _ = in.Tx.Operation.Wire()
	var err error
	if w.hashes, err = in.Tx.Hash(safe.Domain{Era: w.era, ChainID: in.Chain, Safe: in.Safe}); err != nil {
		return nil, fail(ErrIncomplete, hint, "the transaction has no hash: %v", err)
	}
	return w, nil
}

// gap names what is missing, or "". The hash alone would not tell: below 1.3.0 it
// does not need the chain.
func (in Input) gap() string {
	switch {
	case in.Chain == nil || in.Chain.IsZero():
		return "chain"
	case in.Safe == (common.Address{}):
		return "safe"
	case in.Tx == nil:
		return "fields"
	}
	if _, ok := in.Tx.Operation.Wire(); !ok {
		return "operation"
	}
	for _, f := range in.numbers() {
		if f.n == nil {
			return f.name
		}
	}
	return ""
}

// field is one number of a SafeTx by the contract's name.
type field struct {
	name string
	n    *uint256.Int
}

func (in Input) numbers() []field {
	t := in.Tx
	return []field{{"value", t.Value}, {"safeTxGas", t.SafeTxGas}, {"baseGas", t.BaseGas}, {"gasPrice", t.GasPrice}, {"nonce", t.Nonce}}
}
