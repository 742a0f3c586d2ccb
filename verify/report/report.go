package report

// Provenance says where a value comes from (architecture, section 2).
type Provenance string

// The provenances. A claimed value is never used to decide, only to be
// contradicted.
const (
	Signed   Provenance = "signed"   // inside the hash
	Claimed  Provenance = "claimed"  // the file says so
	Given    Provenance = "given"    // the signer's policy, intent or flag
	Beside   Provenance = "beside"   // the intent that lies beside the file says so; whoever wrote the one may have written the other
	Proven   Provenance = "proven"   // a snapshot proves it
	Derived  Provenance = "derived"  // computed from signed bytes
	Inferred Provenance = "inferred" // the only choice that reproduces the claimed hash; never enough to verify or sign
)

// Report is the whole answer about one payload: what every output is made
// from. Texts that came from the file are untrusted and already bounded, but
// not escaped.
type Report struct {
	Command    string // check, verify, decode, hash
	File       string
	ID         string // by which whoever sent the payload in a stream finds the answer; "" without
	Dialect    string
	Verdict    Verdict
	Summary    string // one sentence beside the verdict: why
	Failure    string // why nothing could be checked; only with Unchecked
	Hint       string // what to do about the failure
	Safe       Safe
	Tx         *Tx
	Message    *Message // an off-chain payload in place of a transaction
	Hashes     *Hashes
	Signatures []Signature
	Owners     string // "3 of ? signatures count" and alike
	Tree       []Call
	Effects    []Effect
	Described  []Described // by descriptors that the signer brought
	Totals     []Total
	Parties    []Party // who has something from it, in the order in which they appear
	Findings   []Finding
	NotChecked []string // what could not be judged because nothing was given to compare with
	Facts      []string // plain facts that are no finding
	Marks      []Mark   // plain facts that have a code of the catalogue; they never refuse
	Intent     *Intent
	Journal    *Journal // nil if none was used
	Digests    []Digest

	// Asks is what the long confirmation asks a person to type before a signature,
	// beside the hashes that the device shows; empty where no policy asks for it. No
	// text shows it: who has to type it shall know it.
	Asks []Ask

	// Via are the Safes between this one and the signer; what is signed is the message
	// of the last.
	Via []Nested

	// Signers are those who may sign, in words and by address; filled for sign only.
	Signers []Field
}

// SignedHash is the hash that is signed: the safeTxHash, or for the owners of a nested
// Safe the hash of their message; "" if there is none.
func (r *Report) SignedHash() string {
	if r.Hashes == nil {
		return ""
	}
	if n := len(r.Via); n > 0 {
		return r.Via[n-1].Signed
	}
	return r.Hashes.SafeTx
}

// Nested is one Safe between the Safe of the transaction and the signer: what it is
// asked to agree to, and the hashes that the devices of its owners show.
type Nested struct {
	Address, Says, Version string
	Handler                string // what answers for it
	Wrapped                string // the bytes of its SafeMessage: 66, a pre-image, or 32, a hash
	Domain, Message        string
	Signed                 string // safeMessageHash
	Last                   bool   // its owners sign with keys
}

// Ask is one thing to type: a text as it stands, or digits of an address.
type Ask struct {
	What    string // what is asked for, without saying it
	Text    string // "" if Address is asked for
	Address string // EIP-55
}

// Safe says which Safe is meant, and who says so.
type Safe struct {
	Address, Chain, Version string // "" if unknown; chain in decimal; version or era
	ChainName               string
	Provenance              map[string]Provenance // by field name
	Changes                 []Change              // what the transaction makes of it
}

// Change is one property of the Safe before and after the transaction; "" is not
// known.
type Change struct{ What, Before, After string }

// Mark is a plain fact with the code under which the catalogue explains it. What
// stands on most honest transactions is a mark and no finding: a warning that
// always fires is not read.
type Mark struct{ Code, Where, Text string }

// Tx holds the SafeTx fields in decimal and hex; "" is an unknown field.
type Tx struct {
	To, Value, Data, Operation, SafeTxGas, BaseGas, GasPrice, GasToken, RefundReceiver, Nonce string
	Provenance                                                                                map[string]Provenance
}

// Hashes are 0x-prefixed lower-case hex.
type Hashes struct {
	Domain, Message, SafeTx string
	Claimed                 string // the safeTxHash that the file claims, "" if none
	Execution               string // keccak256 of the raw transaction, if one was given

	// Of an off-chain payload, instead of SafeTx: what would be signed, and what
	// that is called, such as "safeMessageHash".
	Signed, SignedAs string
}

// Message is an off-chain payload: what it is, what it holds, and how what is
// signed follows from that.
type Message struct {
	Kind    string  // text, bytes, typed-data, user-operation, authorization
	Says    string  // what it is, in one sentence
	Content []Field // what it holds, in its order; values are untrusted text
	Steps   []Field // the hashes on the way from the content to what is signed, in order
}

// Signature is one collected signature.
type Signature struct {
	ClaimedOwner string // "" if the file names none
	Type         string // ecdsa, eth_sign, approved-hash, contract, invalid
	Recovered    string // "" where nothing can be recovered offline
	Counts       bool   // recovers to the owner it is filed under
	Note         string

	ClaimedName, RecoveredName string // who is known at the two addresses, or ""
}

// Call is one call of the tree, flattened in order.
type Call struct {
	Path       string
	Depth      int
	Operation  string // CALL, DELEGATECALL or INVALID(n)
	To         string // "" in an unbound batch
	ToName     string // "" if nobody is known there
	Actor      string
	Value      string
	Status     string // package abi: empty, short, unknown, decoded, trailing, noncanonical
	Selector   string
	Function   string
	Grade      string // published, interface, database, given, unknown
	Candidates []string
	Args       []Arg
	Container  string
	Children   int
	Data       string // raw hex where it could not be read
}

// Arg is one argument value; composite values have Elems instead of Value.
type Arg struct {
	Path, Name, Type, Value string
}

// Effect is one effect in plain words.
type Effect struct {
	Kind, Path, Text string
	Fields           []Field // machine-readable, fixed order
	Declared         bool
	Fact             bool
}

// Field is a name with its value.
type Field struct{ Name, Value string }

// Total is what leaves per asset.
type Total struct{ Asset, Amount, Text string }

// Party is a counterparty: one account that is paid, or may spend afterwards.
type Party struct {
	Address string   // EIP-55
	Name    string   // who is known there, or ""
	Gets    []Total  // what leaves the Safe for it, by asset
	Also    []string // what else it has, in the words of the effects: rights, single tokens, what others pay
	Notes   []string // how well the signer's own policy and journal know it
	Effects int      // how many effects favour it
	New     bool     // in no earlier approval of this Safe in the journal
	Unnamed bool     // without a name in the policy that was given
}

// Journal is how far the journal of this machine had come after the run. Whoever
// notes it elsewhere sees a journal that was exchanged or cut.
type Journal struct {
	Length   int
	Head     string // sha256 of its last line
	Identity string
}

// Intent says how the intent compares.
type Intent struct {
	Origin  string
	Matched bool
	Inexact bool         // an amount was compared with bounds only
	Lines   []IntentLine // declared left, decoded right
}

// IntentLine pairs one declared action with one decoded call.
type IntentLine struct {
	Declared, Decoded string
	Equal             bool
	Note              string
}

// Digest is the sha256 of an input.
type Digest struct{ Name, SHA256 string }
