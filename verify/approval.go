package verify

import (
	"fmt"
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

// authors names who signed the intent. A signature that is given and does not count
// is said: leaving it out silently would hide that it was tried.
func (r *run) authors() []string {
	if r.req.IntentSignature == nil || r.req.Intent == nil {
		return nil
	}
	name, err := sshsig.Verify(r.req.Intent, r.req.IntentSignature, IntentNamespace, r.keys(r.policy.Require.IntentAuthors))
	if err != nil {
		r.add("POLICY_REQUIREMENT", "intent", "the signature of the intent does not count: "+err.Error(), "have the author sign the intent as it stands: ssh-keygen -Y sign -n "+IntentNamespace)
		return nil
	}
	r.rep.Facts = append(r.rep.Facts, "the intent is signed by "+report.Quote(name)+" of your policy")
	return []string{name}
}

// approvers names whose receipts count for this transaction, each person once.
func (r *run) approvers() []string {
	var out []string
	for _, in := range r.req.Receipts {
		name, err := receipt.Counts(in.Raw, in.Signature, r.keys(r.policy.Approvers), r.binding())
		if err != nil {
			r.add("POLICY_APPROVAL", "", fmt.Sprintf("the receipt %s does not count: %v", report.Quote(in.Name), err), "have it made again for exactly this transaction, intent and policy")
			continue
		}
		out = append(out, name)
	}
	if len(out) > 0 {
		r.rep.Facts = append(r.rep.Facts, "checked on other machines too, by their signed receipts: "+strings.Join(out, ", "))
	}
	return out
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
	if r.req.Intent != nil {
		b.IntentDigest = digest("intent", r.req.Intent).SHA256
	}
	return b
}
