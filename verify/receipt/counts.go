package receipt

import (
	"slices"

	"github.com/coldsign/coldsign/verify/sshsig"
)

// Binding is what a second approver's receipt must repeat of the run in hand, and what
// it must not. Empty fields bind nothing and refuse; only IntentDigest and Declared may
// each be empty if the other is not, and Journal if this machine has none.
type Binding struct {
	Safe, Chain, Version string   // below Safe 1.3.0 the hash does not hold the chain
	SafeTxHash           string   // 0x and lower-case hex
	IntentDigest         string   // of the same file with all that it includes, or
	Declared             []string // the same actions, as Receipt.Intent has them
	PolicyDigest         string
	ProgramVersion       string
	Journal              string // identity of this machine's journal: the receipt must have another
}

// Binding returns what a second approver must repeat of this run.
func (r *Receipt) Binding() Binding {
	return Binding{
		Journal: r.Journal.identity(),
		Safe:    r.Safe.Value, Chain: r.Chain.Value, Version: r.Version.Value, SafeTxHash: r.Hashes.SafeTx,
		IntentDigest: r.Digest("intent"), Declared: r.Intent.Declared, PolicyDigest: r.Digest("policy"), ProgramVersion: r.Program.Version,
	}
}

// Counts returns the name of the approver whose signed receipt stands for a second
// verification of the run in hand: the file raw, its signature by one of the keys in
// the namespace coldsign-receipt, a second verification (verified, or refused only
// for receipts of others that are missing), and all that want binds. Where this machine
// has a journal, a receipt that was made with it, or with none, does not count: one
// person at one machine is not two. Errors are of this package or of package sshsig.
func Counts(raw, sig []byte, keys map[string]sshsig.Key, want Binding) (approver string, err error) {
	if err := want.complete(); err != nil {
		return "", err
	}
	if len(raw) > MaxSize {
		return "", fail(ErrForm, "", "the receipt has more than %d bytes", MaxSize)
	}
	// The signature first: nothing of what a stranger wrote is read.
	name, err := sshsig.Verify(raw, sig, Namespace, keys)
	if err != nil {
		return "", err
	}
	r, err := Parse(raw)
	if err != nil {
		return "", err
	}
	if err := r.approves(); err != nil {
		return "", err
	}
	if err := want.elsewhere(r); err != nil {
		return "", err
	}
	if err := want.heldBy(r); err != nil {
		return "", err
	}
	return name, nil
}

// elsewhere demands another journal than this machine's.
func (w Binding) elsewhere(r *Receipt) error {
	const hint = "the approver verifies on another machine, with the journal of that machine (coldsign journal init)"
	switch got := r.Journal.identity(); {
	case w.Journal == "":
		return nil
	case got == "":
		return fail(ErrHere, hint, "the receipt names no journal, so it may come from this very machine")
	case got == w.Journal:
		return fail(ErrHere, hint, "the receipt was made with the journal of this very machine, %s", plain(got))
	}
	return nil
}

func (j *Journal) identity() string {
	if j == nil {
		return ""
	}
	return j.Identity
}

// pair is a value of the run in hand beside that of the receipt.
type pair struct{ field, want, got string }

func (w Binding) pairs(r *Receipt) []pair {
	got := r.Binding()
	return []pair{
		{"safe", w.Safe, got.Safe}, {"chain", w.Chain, got.Chain}, {"safe version", w.Version, got.Version}, {"safeTxHash", w.SafeTxHash, got.SafeTxHash},
		{"policy digest", w.PolicyDigest, got.PolicyDigest}, {"program version", w.ProgramVersion, got.ProgramVersion},
	}
}

func (w Binding) complete() error {
	for _, p := range w.pairs(&Receipt{}) {
		if p.want == "" {
			return fail(ErrBinding, "a second approval repeats a whole verification under a policy", "this run has no %s that a receipt could repeat", p.field)
		}
	}
	if w.IntentDigest == "" && len(w.Declared) == 0 {
		return fail(ErrBinding, "a second approval repeats a whole verification under a policy", "this run has no intent that a receipt could repeat")
	}
	return nil
}

func (w Binding) heldBy(r *Receipt) error {
	for _, p := range w.pairs(r) {
		if p.want != p.got {
			return fail(ErrDiffers, "the second approver checked something else", "the receipt's %s is %q, and here it is %q", p.field, plain(p.got), plain(p.want))
		}
	}
	sameFile := w.IntentDigest != "" && r.Digest("intent") == w.IntentDigest
	if !sameFile && (len(w.Declared) == 0 || !slices.Equal(r.Intent.Declared, w.Declared)) {
		return fail(ErrDiffers, "the second approver had another intent", "the receipt's intent has the digest %q, and here it is %q; nor are its actions the same", r.Digest("intent"), plain(w.IntentDigest))
	}
	return nil
}
