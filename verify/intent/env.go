package intent

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Env is what is known beside the file: units, names, other files. A nil function
// knows nothing. Each must give the same answer every time.
type Env struct {
	// NativeSymbol returns symbol and decimals of a chain's own currency.
	NativeSymbol func(chain uint64) (symbol string, decimals uint8, ok bool)
	// Token returns what is known of a token contract.
	Token func(chain uint64, token common.Address) (Token, bool)
	// Symbol returns the token that the signer's policy calls by a symbol. No table
	// of others may answer: any token can bear any symbol (decision 15).
	Symbol func(chain uint64, symbol string) (common.Address, bool)
	// Name returns the address that the signer's policy calls by a name.
	Name func(chain uint64, name string) (common.Address, bool)
	// Version returns a Safe's version by the signer's policy.
	Version func(chain uint64, account common.Address) (safe.Version, bool)
	// Library returns the MultiSend that a batch of a Safe goes through where
	// nobody names one.
	Library func(chain uint64, v safe.Version) (common.Address, bool)
	// Around returns the library that the signer's policy puts around the batches of a
	// Safe.
	Around func(chain uint64, account common.Address) (common.Address, bool)
	// Open returns the content of a file below the folder of the intent.
	Open func(name string) ([]byte, error)
	// Proposal reads a proposal file whose hash another Safe shall approve, and
	// judges it. An error is a reason not to approve it.
	Proposal func(raw []byte, chain *uint256.Int, v safe.Version) (Proposal, error)
	// Inexact allows amounts with bounds in place of one number.
	Inexact bool

	depth int    // how many intents this one stands in
	dir   string // folder of this file below that of the outermost, "" for the same
}

// Token is what is known of a token, and who says so.
type Token struct {
	Symbol   string
	Decimals uint8
	Standard effect.Standard // unknown is taken as ERC20
	Source   string          // such as "your policy"; shown beside the amount
}

// Proposal is a transaction of another Safe, read from its own file.
type Proposal struct {
	Safe  common.Address
	Nonce *uint256.Int
	Hash  common.Hash // safeTxHash
	Words []string    // what it does, in plain words
}

// Default is the library around a batch of a Safe for which its intent names none: the
// policy's, else that of the version. Zero is none.
func (e Env) Default(chain *uint256.Int, account common.Address, v safe.Version) common.Address {
	if chain == nil || !chain.IsUint64() {
		return common.Address{}
	}
	if e.Around != nil {
		if a, ok := e.Around(chain.Uint64(), account); ok {
			return a
		}
	}
	if e.Library == nil {
		return common.Address{}
	}
	a, _ := e.Library(chain.Uint64(), v)
	return a
}

func (e Env) native(chain *uint256.Int) unit {
	if e.NativeSymbol == nil || !chain.IsUint64() {
		return unit{}
	}
	return usableUnit(e.NativeSymbol(chain.Uint64()))
}

func (e Env) token(chain *uint256.Int, token common.Address) (t Token, known bool) {
	if e.Token == nil || !chain.IsUint64() {
		return Token{}, false
	}
	t, ok := e.Token(chain.Uint64(), token)
	if !ok || t.Decimals > maxDecimals {
		return Token{}, false
	}
	if !plainSymbol(t.Symbol) {
		t.Symbol = ""
	}
	return t, true
}

// version reads the version of another Safe: from the intent, or from the policy.
func (h header) versionOf(n *at, account common.Address) (safe.Version, string) {
	if n != nil {
		s, err := n.text()
		if err != nil {
			return safe.Version{}, err.Msg
		}
		v, bad := safe.ParseVersion(s)
		if bad != nil {
			return safe.Version{}, bad.Error()
		}
		return v, ""
	}
	if h.env.Version != nil && h.Chain.IsUint64() {
		if v, ok := h.env.Version(h.Chain.Uint64(), account); ok {
			return v, ""
		}
	}
	return safe.Version{}, "the version of the safe " + report.Group(account) + " is not known, and with it how it hashes"
}

// address reads an address, or a name of the signer's policy. What begins as an
// address is never taken for a name.
func (h header) address(n *at) (common.Address, *Error) {
	s, err := n.text()
	if err != nil {
		return common.Address{}, err
	}
	if h.env.Name == nil || !h.Chain.IsUint64() || plainyaml.LooksLikeAddress(s) || strings.ContainsAny(s, ":.") {
		return n.Address()
	}
	a, ok := h.env.Name(h.Chain.Uint64(), s)
	if !ok || a == (common.Address{}) {
		hint := "write the address, or add the name to the policy under this chain"
		if a, isToken := h.bySymbol(s); isToken {
			hint = "this is a token's symbol, which counts under token only; write the address or name that is meant, and where it is the contract itself " + a.Hex()
		}
		return common.Address{}, n.fail(ErrValue, hint, "the policy has no name %s on chain %s", report.Quote(s), h.Chain.Dec())
	}
	h.names[a] = s
	return a, nil
}

// target reads an address or name that must not be zero.
func (h header) target(n *at) (common.Address, *Error) {
	a, err := h.address(n)
	if err == nil && a == (common.Address{}) {
		_, err = n.Target()
	}
	return a, err
}

// token reads the token of an action: an address, a name or a symbol of the policy.
func (h header) tokenAt(n *at) (common.Address, *Error) {
	s, err := n.text()
	if err != nil {
		return common.Address{}, err
	}
	if a, ok := h.bySymbol(s); ok {
		return a, nil
	}
	a, err := h.target(n)
	if err != nil && plainSymbol(s) && !plainyaml.LooksLikeAddress(s) {
		err.Hint = "write the token's address, or add the symbol to the policy under tokens of this chain"
	}
	return a, err
}

func (h header) bySymbol(symbol string) (common.Address, bool) {
	if h.env.Symbol == nil || !h.Chain.IsUint64() || !plainSymbol(symbol) {
		return common.Address{}, false
	}
	a, ok := h.env.Symbol(h.Chain.Uint64(), symbol)
	return a, ok && a != (common.Address{})
}
