package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/sshsig"
)

// Receipt is another person's receipt with its signature.
type Receipt struct {
	Named
	Signature []byte // armored OpenSSH signature
}

// IntentNamespace is the namespace in which the author of an intent signs it
// (ssh-keygen -Y sign -n).
const IntentNamespace = "coldsign-intent"

// keys are the named keys of the policy.
func (r *run) keys(names []string) map[string]sshsig.Key {
	out := map[string]sshsig.Key{}
	for _, name := range names {
		if k, ok := r.policy.Keys[name]; ok {
			out[name] = k
		}
	}
	return out
}

// authors names who signed the intent with all that it is made of (IntentList). A
// signature that is given and does not count is said: leaving it out silently would
// hide that it was tried.
func (r *run) authors() []string {
	if r.req.IntentSignature == nil || r.intent == nil {
		return nil
	}
	name, err := sshsig.Verify(r.declaration(), r.req.IntentSignature, IntentNamespace, r.keys(r.policy.Require.IntentAuthors))
	if err != nil {
		r.add("POLICY_REQUIREMENT", "intent", "the signature of the intent does not count: "+err.Error(), r.howToSign())
		return nil
	}
	r.rep.Facts = append(r.rep.Facts, r.signedFiles()+" signed by "+report.Quote(name)+" of your policy")
	return []string{name}
}

// approvers names whose receipts count for this transaction, each person once.
func (r *run) approvers() []string {
	var out []string
	for _, in := range r.req.Receipts {
		name, err := receipt.Counts(in.Raw, in.Signature, r.keys(r.policy.Approvers), r.binding())
		if err != nil {
			r.add("POLICY_APPROVAL", "", fmt.Sprintf("the receipt %s does not count: %v", report.Quote(in.Name), err), receiptHint(err))
			continue
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) > 0 {
		r.rep.Facts = append(r.rep.Facts, "signed receipts of: "+strings.Join(out, ", "))
		if r.req.Journal == nil {
			r.rep.NotChecked = append(r.rep.NotChecked, "whether the receipts come from other machines: this one has no journal to tell it by")
		}
	}
	return out
}

func receiptHint(err error) string {
	var e *receipt.Error
	if errors.As(err, &e) && e.Hint != "" {
		return e.Hint
	}
	return "have it made again for exactly this transaction, intent and policy"
}

// binding is what another person's receipt must be about.
func (r *run) binding() receipt.Binding {
	b := receipt.Binding{Version: r.versionText(), PolicyDigest: r.policy.Digest(), ProgramVersion: r.req.Program}
	if r.chain != nil {
		b.Chain = r.chain.Dec()
	}
	b.Safe = r.safe.Hex()
	if r.hashes != nil {
		b.SafeTxHash = r.hashes.SafeTx.Hex()
	}
	if r.intent != nil {
		b.IntentDigest = digest("intent", r.declaration()).SHA256
	}
	if r.matched {
		b.Declared = receipt.Declared(r.lines)
	}
	if r.req.Journal != nil {
		b.Journal = r.req.Journal.Identity()
	}
	return b
}
