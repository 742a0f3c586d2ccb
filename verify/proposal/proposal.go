// Package proposal reads a Safe multisig proposal in any form that people pass
// around. Its input is hostile bytes. It returns the SafeTx fields exactly as
// the dialect's own tool would understand them, together with everything that
// the file claims about them; it never believes a claim.
//
// Most callers need Parse; FromFields is for fields that were typed as flags.
// Both answer in two ways. An error of kind ErrNotProposal says that the input
// is no proposal, and what it is instead if that can be seen. Everything else
// is a Result: findings for all that is hostile, ambiguous or missing, and the
// Proposal if its fields are exact all the same. A nil Proposal without an error
// is a refusal, whatever the severity of the findings beside it.
//
// What is signed and is no SafeTx (a message, a permit, a user operation, a
// delegation) is a Proposal too, with its Message set, also if it is not exact: an
// attacker prefers it, and it must be called by its name.
//
// The form is recognised by content only, never by a file name. Two forms that
// match equally well are a refusal that names both, and so is a file of one form
// that holds a transaction, or a part of one, where another form keeps it.
package proposal

import (
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// ErrNotProposal is the kind of an input that is no proposal at all, or that no
// dialect recognises: it could not be checked (exit code 1). Input that trips a
// rule of reading or parsing gives findings instead (exit code 3).
var ErrNotProposal = errors.New("not a safe proposal")

// Options say how to read.
type Options struct {
	Dialect     string       // name of a dialect, "" to detect it from the content
	SelectNonce *uint256.Int // of a list: the transaction with this nonce
	SelectHash  *common.Hash // of a list: the transaction with this claimed safeTxHash

	// ShortName gives the chain id of an EIP-3770 short name ("eth" is 1). Without
	// it a prefixed address is refused, because its prefix cannot be checked.
	ShortName func(name string) (chainID *uint256.Int, ok bool)
}

// Proposal is one SafeTx, or another payload to sign, as a file gives it.
type Proposal struct {
	Dialect string

	// Which Safe is meant, as the file says; nil or "" where it does not say.
	Safe    *common.Address
	Chain   *uint256.Int
	Version string

	// Era is the hash rule that the form itself fixes (the domain and the type
	// list of typed data), or unknown. A Version that implies another one
	// contradicts it.
	Era safe.Era

	// Exactly one of the four is set.
	Tx       *safe.Tx         // fields nobody gave are nil or zero kinds
	Batch    []safe.InnerCall // a batch of two or more calls that no library is bound to yet
	HashOnly *[66]byte        // only the pre-image of the hash: unreadable
	Message  *Message         // something else that is signed: a message, a user operation, a delegation

	Claims Claims
	Facts  []string // plain facts worth showing, no finding
}

// Claims is what the file says beside the fields. Nothing of it is believed.
type Claims struct {
	Hashes        []ClaimedHash
	Decoded       *ClaimedCall // the file's own decode of the data
	Confirmations []Confirmation
	Signatures    []byte // the merged blob (execTransaction, executed records); nil if none
	Owners        []common.Address
	Threshold     *uint256.Int
	Proposer      *common.Address
	Executed      *bool
	Nested        *Proposal // op-txverify: the outer transaction that approves this one
	RawTxHash     *common.Hash
}

// ClaimedHash is a hash that the file states.
type ClaimedHash struct {
	Field string // name of the field, also used as Where
	Kind  HashKind
	Hash  common.Hash
}

// HashKind says which hash a claim is about.
type HashKind uint8

// The kinds; zero is unknown.
const (
	HashUnknown HashKind = iota
	HashDomain
	HashMessage
	HashSafeTx
	HashSafeMessage   // what owners sign for a message
	HashSafeOperation // what owners sign for a user operation
)

// ClaimedCall is the file's own decode of one call: dataDecoded of the service
// and the gateway, contractMethod of the Transaction Builder. Of the latter only
// the method is claimed (Params is nil): its values are texts in the builder's
// own notation, which this package has compared with the data already. A call
// without a Method (a batch file as a whole) claims something about Children
// only. A nested decode that is not a batch is one child without fields.
type ClaimedCall struct {
	Where    string
	Method   string
	Params   []ClaimedParam
	Children []ClaimedInner // valueDecoded of multiSend
}

// ClaimedParam is one claimed argument. Value is the text as the file holds it
// (arrays: their JSON text).
type ClaimedParam struct{ Name, Type, Value string }

// ClaimedInner is one claimed entry of a batch; nil where the file is silent.
type ClaimedInner struct {
	To        *common.Address
	Value     *uint256.Int
	Data      []byte
	HasData   bool
	Operation *uint8
	Decoded   *ClaimedCall
}

// Confirmation is one signature that the file files under an owner.
type Confirmation struct {
	Where     string
	Owner     *common.Address // nil if the file names none
	Signature []byte          // nil if the file holds none
	Type      string          // signatureType as claimed
}

// Result is what reading gives: findings in any case, a proposal unless the
// input is refused before its fields are known.
type Result struct {
	Proposal   *Proposal
	Findings   []report.Finding
	Candidates []Candidate // of a list: what could be chosen, or what competes with the chosen one for its nonce
	Places     Places      // where in the file its parts stand
}

// Candidate is one transaction of a list.
type Candidate struct {
	Nonce      string
	SafeTxHash string
	To         string
	Executed   bool
}
