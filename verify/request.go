package verify

import (
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/safe"
)

// Mode says which question is asked; it decides which stages must run and
// which verdicts are possible. The zero value is refused.
type Mode uint8

// The modes.
const (
	ModeUnknown Mode = iota
	ModeCheck        // every stage that needs no intent; an intent is taken if given
	ModeVerify       // all stages; the intent is required
	ModeDecode       // the tree; rules run, nothing is verified
	ModeHash         // the hashes; rules run, nothing is verified
	ModeSign         // as verify, and what a signature takes beside: a journal, and owners that are known; only Approve passes it on
)

// verifies reports whether every line of evidence must be there.
func (m Mode) verifies() bool { return m == ModeVerify || m == ModeSign }

// Given is what the signer says by flags. Nil and zero fields were not given.
type Given struct {
	Chain                        *uint256.Int
	Safe                         *common.Address
	Version                      safe.Version
	Nonce                        *uint256.Int
	SafeTxGas, BaseGas, GasPrice *uint256.Int
	GasToken, RefundReceiver     *common.Address

	// What the Safe is today, as the signer knows it; a nil or empty field is not
	// known.
	Owners       []common.Address
	Threshold    *uint256.Int
	CurrentNonce *uint256.Int // the nonce that the next transaction must have
}

// Named is one further input: an address book, a list of addresses.
type Named struct {
	Name string // file name, for the report; untrusted
	Raw  []byte
}

// Request is one payload with everything it is to be judged by. All of it is
// read once, before.
type Request struct {
	Mode       Mode
	File       string // name for the report; untrusted
	Input      []byte
	Dialect    string // forced dialect, or ""
	Given      Given
	Fields     map[string]string // SafeTx fields given as flags instead of a file; Input is then empty
	SafeTxHash *common.Hash      // chooses from a list
	Compare    []common.Hash     // hashes that somebody read elsewhere; one that is none of those shown refuses

	Intent       []byte // nil if there is none
	IntentName   string // file name, for the report
	IntentOrigin string // "--intent" or "sidecar"
	// Open reads a file below the folder of the intent, for what the intent is made
	// of beside itself; nil reads none.
	Open func(name string) ([]byte, error)

	// IntentSignature is the author's armored OpenSSH signature of the intent, or of its
	// list where it includes other files (IntentList); nil if there is none.
	IntentSignature []byte

	// Via names the Safes between this one and the signer, from the owner of this one
	// down to the one that the signer owns; of each the policy says the rest.
	Via []common.Address

	// Signatures were collected apart from the proposal: each input is one signature, or
	// several, in any form in which people bring them (package sigtext). ApprovedBy are
	// owners of whom whoever asks says that they approved the hash on chain, or that they
	// will send the transaction; that is never more than his word.
	Signatures []Named
	ApprovedBy []common.Address

	Policy   *Policy   // the signer's policy; nil if there is none
	Accepted []string  // treasuries whose policy this machine has accepted; asked only without Policy
	Receipts []Receipt // of other people who verified the same transaction

	// WritesReceipt says that a receipt of this run is written: signed, it stands for an
	// approval even if the run was refused for want of other people's receipts.
	WritesReceipt bool

	// Journal is what this machine remembers, open for writing in verify: an approval
	// is written before the report is given. Nil if there is none.
	Journal *journal.Journal
	Now     time.Time // the clock; zero only without policy and journal
	Program string    // version of this program, for journal and receipts

	// ABIs are functions of contracts that the signer declares; nil if there are none.
	ABIs *ABIs

	// Names is a list of names for calls that are unknown; nil if there is none.
	Names *catalogue.Signatures

	// Descriptors are words of others beside ours; nil if there are none.
	Descriptors *Descriptors

	AddressBook *Named  // names that the signer gives to addresses; nil if there is none
	Lists       []Named // further lists of addresses to warn of

	// Kept serves many requests with the same policy, address book and lists; nil reads
	// them for this one alone.
	Kept *Kept

	FailOn string // check: "critical" or "high"; "" is critical (no policy yet)
}
