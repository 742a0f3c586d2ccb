package verify

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// run is one request on its way through the stages. Each stage reads what the
// ones before it left here; a nil or zero field is something that is not known.
type run struct {
	req Request
	rep *report.Report

	p            *proposal.Proposal
	candidates   []proposal.Candidate
	places       proposal.Places
	intent       *intent.Intent
	intentFailed bool
	book         *addressbook.Book
	policy       *policy.Policy
	policyABI    ABIs                         // of the files that the policy names
	parent       *run                         // the run whose intent approves this transaction of another Safe; nil for the one that was asked for
	preset       *intent.Intent               // what such a transaction is meant to do
	collections  map[common.Address]bool      // of the intent
	together     map[common.Address]*together // what the run approves, of each Safe; at the top only
	proposals    []*run                       // the same, where the intent names their proposals
	inner        []*run                       // the transactions of other Safes that the intent approves
	evidence     policy.Evidence
	second       *secondReading // without the names that the intent gives to functions, where that is another reading
	stated       *policy.Safe   // what the policy states of this Safe; nil if nothing
	flags        Given          // what the flags alone gave
	allowed      map[string]bool
	lists        []*lists.List

	chain      *uint256.Int
	safe       common.Address
	version    safe.Version
	era        safe.Era
	from       map[string]report.Provenance // of chain, address, version
	tx         *safe.Tx
	fields     map[string]report.Provenance // of the fields of tx
	library    common.Address               // of a batch that was bound
	unbound    bool                         // a batch without a library
	hashes     *safe.Hashes                 // of a message: SafeTx is the hash that is signed instead
	signing    *signing                     // of a message: how that hash comes about
	guessed    int                          // unknown calls that were looked up in the signer's list
	claimed    *common.Hash
	collecting bool   // Collect asks
	own        *tally // of the transaction itself
	tally      *tally // of those whose signatures are collected: the same, or of the innermost Safe of Via
	counts     int    // owners whose signature counts
	signed     map[common.Address]bool
	searched   int // signatures for which another hash was looked for
	others     []candidate
	tree       *abi.Tree
	effects    []effect.Effect
	favoured   []*party // who has something from them
	actors     map[string]common.Address
	matched    bool
	inexact    bool                   // an amount was compared with bounds only
	declares   func(path string) bool // of the matched intent, nil without
	statesHash func(path string) bool // approvals whose transactions the matched intent states
	inside     func(path string) bool // calls of other Safes, as the matched intent says
	alone      func(path string) bool // executions by other Safes that are judged by themselves
	levels     []safe.LevelHashes     // the messages of the Safes between this one and whoever signs
	long       bool                   // a tier of the policy asks for the long confirmation
	longWhere  []string               // where the policy says so
	replaced   []string               // what the journal knows of transactions that this one replaces
	lines      []report.IntentLine
	findings   []report.Finding
	otherwise  []report.Finding // of a reading that the intent does not name; never declared
	accounts   map[common.Address]*account
	tokens     map[common.Address]catalogue.TokenInfo
	named      map[target][]string // functions that the intent names
	grades     map[readAs]string
	chainInfo  *catalogue.Chain
}

// chainID returns the chain as the catalogue counts it, 0 if it is unknown.
func (r *run) chainID() uint64 {
	if r.chain == nil || !r.chain.IsUint64() {
		return 0
	}
	return r.chain.Uint64()
}

func (r *run) readOptions() proposal.Options {
	return proposal.Options{Dialect: r.req.Dialect, SelectNonce: r.req.Given.Nonce, SelectHash: r.req.SafeTxHash, ShortName: shortName}
}

func shortName(name string) (*uint256.Int, bool) {
	id, ok := catalogue.ChainByShortName(name)
	return uint256.NewInt(id), ok
}
