package policy

import (
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sshsig"
)

// The bounds of a file.
const (
	MaxSize  = 1 << 20 // bytes
	maxDepth = 16
	maxNames = 20_000 // names, groups and Safes of all chains
	maxChain = 100
	maxRules = 1_000 // entries of one list of a chain
	maxArgs  = 50
	maxAbove = 20
	maxSet   = 500 // owners or modules
	maxKeys  = 100
	maxLists = 100
	maxABIs  = 100 // of a chain

	// maxMembers bounds what groups make of a file: a thousand rules can each name a
	// group of ten thousand.
	maxMembers = 200_000
)

// Policy is a parsed policy; nil knows and states nothing. It does not change and may be used by several
// goroutines. What its methods return must not be changed.
type Policy struct {
	Version     uint64
	Treasury    string
	Journal     string // identity of the journal in lower hex, "" if not stated
	Require     Require
	Inexact     bool // an intent may bound amounts, where no tier applies
	Lists       []List
	Descriptors string                // sha256 of the bundle of ERC-7730 descriptors, lower hex; "" if none is pinned
	Keys        map[string]sshsig.Key // by name
	Approvers   []string              // names of Keys

	digest string
	chains map[uint64]*chain
}

// Require is what every transaction must bring.
type Require struct {
	Intent        bool
	IntentAuthors []string // one of these keys signed the intent; nil: nobody need
	MinSignatures int
	Journal       bool
	Snapshot      bool
	Simulation    bool
	Approvers     int
}

// List is a file that the policy names with its digest: addresses to be warned of.
type List struct {
	File   string // relative, below the folder of the policy, with slashes
	SHA256 string // of its bytes, lower hex
}

// ABI is a file with the functions of one contract.
type ABI struct {
	Address common.Address
	List
}

// Safe is what a policy states of a Safe; nil is not stated.
type Safe struct {
	Chain           uint64
	Name            string
	Address         common.Address
	Version         safe.Version
	Owners          []common.Address // in the order of getOwners()
	Threshold       *uint256.Int
	Modules         []common.Address // empty: there is none
	Guard           *common.Address  // zero: there is none
	ModuleGuard     *common.Address
	FallbackHandler *common.Address
	MultiSend       *common.Address
	OwnerOf         []common.Address // Safes of which this one is an owner
}

// Token is a token that the policy names.
type Token struct {
	Symbol   string
	Address  common.Address
	Decimals uint8 // 0 for ERC-721 and ERC-1155
	Standard effect.Standard
}

// DelegateTarget is code that may be delegatecalled, once its hash is proven.
type DelegateTarget struct {
	To        common.Address
	CodeHash  common.Hash
	Functions []string // declarations, types only
}

// chain is what the policy says of one chain.
type chain struct {
	id       uint64
	native   unit
	names    map[string]common.Address // Safes included
	nameOf   map[common.Address]string
	order    []string            // the names but those of Safes, as in the file
	groups   map[string]*targets // by name
	groupIDs []string
	safes    []*Safe
	safeAt   map[common.Address]*Safe
	tokens   []Token
	tokenAt  map[common.Address]Token
	symbols  map[string]Token
	bare     map[common.Address]uint8 // decimals of tokens that limits name by address
	allow    []rule
	closed   bool // allow is present
	allowAt  index
	deny     []rule
	denyAt   index
	parties  []targets
	partyOf  map[common.Address]int // the first of parties that names it
	delegate []DelegateTarget
	strict   bool // delegatecall is present
	limits   []limit
	tiers    []tier
	abis     []ABI
}

// Digest returns the SHA-256 of the file, in lower hex.
func (p *Policy) Digest() string { return p.digest }

// Chains returns the ids of the chains that the policy knows, in ascending order.
func (p *Policy) Chains() []uint64 { return slices.Sorted(maps.Keys(p.chains)) }

// on returns what is said of a chain, and an empty one that knows nobody.
func (p *Policy) on(id uint64) *chain {
	if p == nil {
		return &chain{id: id}
	}
	if c := p.chains[id]; c != nil {
		return c
	}
	return &chain{id: id}
}

// Resolve returns the address that has this name, or is the Safe of this name, on
// the chain.
func (p *Policy) Resolve(chain uint64, name string) (common.Address, bool) {
	a, ok := p.on(chain).names[name]
	return a, ok
}

// NameOf returns the name of an address on a chain, a Safe's included.
func (p *Policy) NameOf(chain uint64, a common.Address) (string, bool) {
	n, ok := p.on(chain).nameOf[a]
	return n, ok
}

// GroupsOf returns the groups that an address belongs to, in the order of the file.
func (p *Policy) GroupsOf(chain uint64, a common.Address) []string {
	var out []string
	c := p.on(chain)
	for _, name := range c.groupIDs {
		if c.groups[name].has(a) {
			out = append(out, name)
		}
	}
	return out
}

// Group returns the members of a group in the order of the file.
func (p *Policy) Group(chain uint64, name string) ([]common.Address, bool) {
	g, ok := p.on(chain).groups[name]
	if !ok {
		return nil, false
	}
	return g.list, true
}

// Safe returns what is stated of the Safe at an address.
func (p *Policy) Safe(chain uint64, a common.Address) (*Safe, bool) {
	return p.on(chain).safe(a)
}

func (c *chain) safe(a common.Address) (*Safe, bool) {
	s, ok := c.safeAt[a]
	return s, ok
}

// Safes returns all Safes, by chain and in the order of the file.
func (p *Policy) Safes() []*Safe {
	if p == nil {
		return nil
	}
	var out []*Safe
	for _, id := range p.Chains() {
		out = append(out, p.chains[id].safes...)
	}
	return out
}

// Module returns the Safes of a chain that have the address as a module, in the order of
// the file.
func (p *Policy) Module(chain uint64, a common.Address) []common.Address {
	var out []common.Address
	for _, s := range p.on(chain).safes {
		if slices.Contains(s.Modules, a) {
			out = append(out, s.Address)
		}
	}
	return out
}

// Token returns the token at an address.
func (p *Policy) Token(chain uint64, a common.Address) (Token, bool) {
	t, ok := p.on(chain).tokenAt[a]
	return t, ok
}

// TokenBySymbol returns the token with this symbol, exactly so spelt.
func (p *Policy) TokenBySymbol(chain uint64, symbol string) (Token, bool) {
	t, ok := p.on(chain).symbols[symbol]
	return t, ok
}

// Tokens returns the tokens of a chain in the order of the file.
func (p *Policy) Tokens(chain uint64) []Token { return p.on(chain).tokens }

// DelegateTarget returns what is said of code that may be delegatecalled.
func (p *Policy) DelegateTarget(chain uint64, to common.Address) (DelegateTarget, bool) {
	return p.on(chain).delegateTarget(to)
}

func (c *chain) delegateTarget(to common.Address) (DelegateTarget, bool) {
	i := slices.IndexFunc(c.delegate, func(d DelegateTarget) bool { return d.To == to })
	if i < 0 {
		return DelegateTarget{}, false
	}
	return c.delegate[i], true
}

// ABIs returns the ABI files of contracts of a chain, in the order of the file.
func (p *Policy) ABIs(chain uint64) []ABI { return p.on(chain).abis }

// Entries returns the names and the Safes' names as entries of an address book,
// which addressbook.New accepts. Groups and tokens are no entries: that a token is
// known makes nobody a known recipient.
func (p *Policy) Entries() []addressbook.Entry {
	var out []addressbook.Entry
	for _, id := range p.Chains() {
		c := p.chains[id]
		for _, name := range c.order {
			out = append(out, addressbook.Entry{Chain: id, Address: c.names[name], Name: name})
		}
		for _, s := range c.safes {
			out = append(out, addressbook.Entry{Chain: id, Address: s.Address, Name: s.Name})
		}
	}
	return out
}

// AllowsOnly reports whether the chain has allow, so that a call which Judge does not
// forbid is one that a rule allows.
func (p *Policy) AllowsOnly(chain uint64) bool { return p.on(chain).closed }

// Declarations returns the declarations, types only, that rules and delegatecall
// targets give for calls to an address: the treasury vouches for them.
func (p *Policy) Declarations(chain uint64, to common.Address) []string {
	var out []string
	add := func(f string) {
		if f != anyWord && f != sendWord && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	c := p.on(chain)
	for _, r := range c.allow {
		if !r.to.any && r.to.has(to) {
			add(r.function)
		}
	}
	if d, ok := c.delegateTarget(to); ok {
		for _, f := range d.Functions {
			add(f)
		}
	}
	return out
}
