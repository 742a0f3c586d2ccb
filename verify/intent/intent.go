package intent

import (
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Intent is what a person says that one Safe transaction shall do. Parse is its
// only maker: actions cannot be built elsewhere, so that everything in an Intent
// went through the grammar. The zero Intent means no transaction.
//
// An Intent is not changed after Parse and may be used by several goroutines.
type Intent struct {
	Chain                        *uint256.Int
	Safe                         common.Address
	Nonce                        *uint256.Int
	SafeTxGas, BaseGas, GasPrice *uint256.Int // zero if the file does not name them
	GasToken, RefundReceiver     common.Address
	MultiSend                    *common.Address // the library around a batch; nil: the caller's default
	Multicall                    *Multicall      // the contract around the actions in place of a MultiSend; nil: none
	Note                         string          // untrusted words of the author; shown escaped, compared with nothing
	Actions                      []Action

	Replaces []common.Hash // safeTxHashes with this nonce that were signed before and are meant to be replaced
	Includes []Include     // the other files that it is made of
	used     budget        // over all levels
	csv      string        // the file that the actions come from, "" if they stand in the intent

	grouped map[common.Address]string // report.Group of the addresses of the actions
	names   map[common.Address]string // by which the file calls an address, from the signer's policy
}

// grammarWord reports a word that means something else than an account where an account
// may stand.
func grammarWord(name string) bool { return name == first || name == none || name == own }

// Include is another file that an intent is made of. Its digest belongs to what was
// declared.
type Include struct {
	Name string // as the intent writes it; untrusted
	Raw  []byte
}

// group is report.Group, which hashes, remembered for the actions' addresses, with
// the name by which the file calls the address.
func (i *Intent) group(a common.Address) string {
	if s, ok := i.grouped[a]; ok {
		return s
	}
	s := report.Group(a)
	if name := i.names[a]; name != "" {
		s += " (" + strconv.Quote(name) + ")"
	}
	return s
}

// account is how the canonical form writes an address: as the file does.
func (i *Intent) account(a common.Address) string {
	if name := i.names[a]; name != "" && !grammarWord(name) {
		return strconv.Quote(name)
	}
	return strconv.Quote(a.Hex())
}

func (i *Intent) remember(addresses ...common.Address) {
	for _, a := range addresses {
		i.grouped[a] = i.group(a)
	}
}

// wordsMultiSend is the MultiSend of 0.1.0 and 1.0.0, which takes its entries as
// words (package abi, MultiSend framing). Batches for it are not written.
var wordsMultiSend = common.HexToAddress("0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e")

// Tx returns the SafeTx that the intent means: for one action its plain call,
// for more a delegatecall to the MultiSend library with multiSend(bytes) of all
// calls, packed as from 1.1.0 on. library is used if the intent names none; it
// must be a MultiSend that the caller knows.
func (i *Intent) Tx(library common.Address) (*safe.Tx, error) {
	calls, err := i.calls()
	if err != nil {
		return nil, err
	}
	tx := &safe.Tx{SafeTxGas: i.SafeTxGas, BaseGas: i.BaseGas, GasPrice: i.GasPrice, GasToken: i.GasToken, RefundReceiver: i.RefundReceiver, Nonce: i.Nonce}
	if i.Multicall != nil {
		data, err := i.Multicall.encode(calls)
		if err != nil {
			return nil, err
		}
		tx.To, tx.Value, tx.Data, tx.Operation = i.Multicall.Library, new(uint256.Int), data, safe.DelegateCall
		return tx, nil
	}
	if len(calls) == 1 {
		c := calls[0]
		tx.To, tx.Value, tx.Data, tx.Operation = c.To, c.Value, c.Data, safe.OperationFromWire(c.Operation)
		return tx, nil
	}
	if i.MultiSend != nil {
		library = *i.MultiSend
	}
	if library == (common.Address{}) || library == wordsMultiSend {
		return nil, fmt.Errorf("%w: %d actions, library %s", ErrLibrary, len(calls), report.Group(library))
	}
	body, err := safe.PackMultiSend(calls)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrIncomplete, err)
	}
	tx.To, tx.Value, tx.Data, tx.Operation = library, new(uint256.Int), safe.MultiSendCalldata(body), safe.DelegateCall
	return tx, nil
}

func (i *Intent) calls() ([]safe.InnerCall, error) {
	if why := i.gap(); why != "" {
		return nil, fmt.Errorf("%w: %s", ErrIncomplete, why)
	}
	out := make([]safe.InnerCall, len(i.Actions))
	for k, a := range i.Actions {
		c, err := a.Call(i)
		if err != nil {
			return nil, fmt.Errorf("%w: actions[%d]: %v", ErrIncomplete, k, err)
		}
		out[k] = c
	}
	return out, nil
}

// gap names what is missing for a transaction, or "". Parse leaves no gap.
func (i *Intent) gap() string {
	switch {
	case i == nil:
		return "there is no intent"
	case i.Chain == nil || i.Chain.IsZero():
		return "no chain"
	case i.Safe == (common.Address{}):
		return "no safe"
	case i.Nonce == nil || i.SafeTxGas == nil || i.BaseGas == nil || i.GasPrice == nil:
		return "a number is missing"
	case len(i.Actions) == 0:
		return "no action"
	}
	for k, a := range i.Actions {
		if a == nil {
			return fmt.Sprintf("actions[%d] is empty", k)
		}
	}
	return ""
}
