package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stranger is nobody's address that the policy knows.
const stranger = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"

const oneApprover = "    tiers: [{above: [\"1 ETH\"], require: {approvers: 1}}]\n"

// treasury is a desk that has accepted a policy, and the key of carol in it.
func treasury(t *testing.T, more string) (*desk, ed25519.PrivateKey) {
	t.Helper()
	d := newDesk(t)
	carol, secret, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.policy(carol, more)
	d.trust("coldsign.yaml")
	return d, secret
}

// verifying is the command line about a payment of ether, judged by the policy here.
func verifying(intent, nonce, amount string, more ...string) []string {
	args := append([]string{"verify", "--policy", "coldsign.yaml", "--intent", intent}, more...)
	return append(args, pay(nonce, amount+eth)...)
}

// TestApproverElsewhere: a receipt counts if another machine made it.
func TestApproverElsewhere(t *testing.T) {
	d, secret := treasury(t, oneApprover)
	d.want(exitDone, "", "journal", "init")
	d.intent("a.yaml", "1", "5 ETH", "")
	d.want(exitRefused, "POLICY_APPROVAL", verifying("a.yaml", "1", "5", "--receipt", "mine.json")...)
	d.sign(secret, "coldsign-receipt", "mine.json")
	d.want(exitRefused, "the receipt was made with the journal of this very machine", verifying("a.yaml", "1", "5", "--approval", "mine.json")...)

	bare := &desk{t: t, state: filepath.Join(t.TempDir(), "state"), now: d.now}
	bare.trust("coldsign.yaml")
	bare.want(exitRefused, "POLICY_APPROVAL", verifying("a.yaml", "1", "5", "--receipt", "bare.json")...)
	d.sign(secret, "coldsign-receipt", "bare.json")
	d.want(exitRefused, "the receipt names no journal", verifying("a.yaml", "1", "5", "--approval", "bare.json")...)

	d.elsewhere().want(exitRefused, "POLICY_APPROVAL", verifying("a.yaml", "1", "5", "--receipt", "hers.json")...)
	d.sign(secret, "coldsign-receipt", "hers.json")
	got := d.want(exitDone, "signed receipts of: carol", verifying("a.yaml", "1", "5", "--approval", "hers.json")...)
	if strings.Contains(got.stdout, "other machines") {
		t.Errorf("more is said than is known:\n%s", got.stdout)
	}
	bare.want(exitDone, "whether the receipts come from other machines: this one has no journal", verifying("a.yaml", "1", "5", "--approval", "mine.json")...)
}

// TestApproverWritesHerOwn: two people who decide one thing write two files.
func TestApproverWritesHerOwn(t *testing.T) {
	d, secret := treasury(t, oneApprover)
	d.want(exitDone, "", "journal", "init")
	d.intent("his.yaml", "1", "5 ETH", "")
	d.intent("hers.yaml", "1", "5 ETH", "note: \"as on the phone\"\n")
	d.elsewhere().want(exitRefused, "POLICY_APPROVAL", verifying("hers.yaml", "1", "5", "--receipt", "hers.json")...)
	d.sign(secret, "coldsign-receipt", "hers.json")
	d.want(exitDone, "signed receipts of: carol", verifying("his.yaml", "1", "5", "--approval", "hers.json")...)
	// Other actions are another decision, and another hash.
	d.intent("more.yaml", "1", "6 ETH", "")
	d.want(exitRefused, "the receipt's safeTxHash is", verifying("more.yaml", "1", "6", "--approval", "hers.json")...)
}

// TestApproverRemembers: who gives an approval out of the house is bound by it at home.
func TestApproverRemembers(t *testing.T) {
	d, secret := treasury(t, oneApprover)
	d.want(exitDone, "", "journal", "init")
	hers := d.elsewhere()
	d.intent("5.yaml", "1", "5 ETH", "")
	d.intent("6.yaml", "1", "6 ETH", "")
	hers.want(exitRefused, "POLICY_APPROVAL", verifying("6.yaml", "1", "6")...) // only looked
	hers.want(exitDone, "length 1", "journal", "verify")
	hers.want(exitRefused, "remembered as approved in the journal", verifying("5.yaml", "1", "5", "--receipt", "5.json")...)
	hers.want(exitDone, "length 2", "journal", "verify")
	hers.want(exitRefused, "NONCE_CONFLICT", verifying("6.yaml", "1", "6", "--receipt", "6.json")...)
	hers.want(exitDone, "length 2", "journal", "verify")
	for _, name := range []string{"5.json", "6.json"} {
		d.sign(secret, "coldsign-receipt", name)
	}
	d.want(exitRefused, "does not count", verifying("6.yaml", "1", "6", "--approval", "6.json")...)
	d.want(exitDone, "signed receipts of: carol", verifying("5.yaml", "1", "5", "--approval", "5.json")...)

	// A run that is refused for anything else approves nothing.
	d.intent("wrong.yaml", "2", "5 ETH", "")
	hers.want(exitRefused, "INTENT_MISMATCH", verifying("wrong.yaml", "2", "7", "--receipt", "wrong.json")...)
	hers.want(exitDone, "length 2", "journal", "verify")
}

// TestPinnedJournal: a policy that names its journal cannot be answered without it.
func TestPinnedJournal(t *testing.T) {
	d, _ := treasury(t, "journal: \"00112233445566778899aabbccddeeff\"\n")
	d.intent("a.yaml", "1", "5 ETH", "")
	d.want(exitRefused, "the policy names the journal 00112233445566778899aabbccddeeff, and no journal was used", verifying("a.yaml", "1", "5")...)
	d.want(exitDone, "", "journal", "init")
	d.want(exitRefused, "POLICY_CONTRADICTION", verifying("a.yaml", "1", "5")...)
}

// TestNoJournal: what is not remembered is said, with and without a policy.
func TestNoJournal(t *testing.T) {
	const says = "earlier signatures: no journal on this machine (coldsign journal init)"
	d, _ := treasury(t, "")
	d.intent("a.yaml", "1", "5 ETH", "")
	d.want(exitDone, says, verifying("a.yaml", "1", "5")...)
	d.want(exitDone, "", "journal", "init")
	if got := d.want(exitDone, "VERIFIED", verifying("a.yaml", "1", "5")...); strings.Contains(got.stdout, "earlier signatures") {
		t.Errorf("a journal was used:\n%s", got.stdout)
	}
}

// plainIntent is an intent without names, which needs no policy.
const plainIntent = "coldsign: intent/v1\nchain: 1\nsafe: \"" + deskSafe + "\"\nnonce: 1\n"

// TestSignatureWithoutPolicy: a signature that nobody can judge is not passed over.
func TestSignatureWithoutPolicy(t *testing.T) {
	d := newDesk(t)
	d.file("i.yaml", plainIntent+"actions:\n  - send: {amount: \"5 ETH\", to: \""+payroll+"\"}\n")
	for _, name := range []string{"bad.sig", "r.json", "r.json.sig"} {
		d.file(name, "anything")
	}
	args := append([]string{"--safe-version", "1.4.1", "--intent", "i.yaml"}, pay("1", "5"+eth)...)
	d.want(exitUnchecked, "a signature of the intent was given, and no policy that says whose signatures count", append([]string{"verify", "--intent-signature", "bad.sig"}, args...)...)
	d.want(exitUnchecked, "a receipt of another person was given, and no policy", append([]string{"verify", "--approval", "r.json"}, args...)...)
	d.want(exitDone, "VERIFIED", append([]string{"verify"}, args...)...)
}

// TestPolicyForgotten: a machine that has accepted a policy does not verify without one.
func TestPolicyForgotten(t *testing.T) {
	d, _ := treasury(t, "")
	d.file("i.yaml", plainIntent+"actions:\n  - send: {amount: \"5 ETH\", to: \""+payroll+"\"}\n")
	args := append([]string{"verify", "--safe-version", "1.4.1", "--intent", "i.yaml"}, pay("1", "5"+eth)...)
	d.want(exitRefused, `POLICY_MISSING: this machine has accepted a policy of "Example", and none was found`, args...)
	d.want(exitDone, "VERIFIED", append([]string{"verify", "--policy", "coldsign.yaml"}, args[1:]...)...)
	record := filepath.Join(d.state, trustName)
	d.file(record, "broken")
	d.want(exitUnchecked, "the record", args...)
	d.want(exitDone, "NO OBJECTION", append([]string{"check"}, args[1:]...)...)
	if err := os.Remove(record); err != nil {
		t.Fatal(err)
	}
	d.want(exitDone, "VERIFIED", args...)
}

// list is what sha256sum prints for the intent and the files that it includes.
func list(t *testing.T, intent string, included ...string) []byte {
	t.Helper()
	out := ""
	for i, name := range append([]string{intent}, included...) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			name = "-"
		}
		out += fmt.Sprintf("%x  %s\n", sha256.Sum256(raw), name)
	}
	return []byte(out)
}

// TestAuthorSignsAll: the author's signature covers every file that the intent is made
// of, and all of them together.
func TestAuthorSignsAll(t *testing.T) {
	d, secret := treasury(t, "require: {intent: true, intent-authors: [carol]}\n")
	payments := func(to string) { d.file("pay.csv", "recipient,token,amount\n"+to+",ETH,5\n") }
	month := func(nonce, to string) []byte {
		d.file("i.yaml", strings.Replace(plainIntent, "nonce: 1", "nonce: "+nonce, 1)+"actions: {csv: pay.csv}\n")
		payments(to)
		return list(t, "i.yaml", "pay.csv")
	}
	verifies := func(to string) []string {
		return []string{"verify", "--policy", "coldsign.yaml", "--intent", "i.yaml", "--intent-signature", "i.sig", "--to", to, "--value", "5" + eth, "--data", "0x", "--operation", "0", "--nonce", "2"}
	}
	const refused = "the signature of the intent does not count"
	// January's list paid somebody else, and carol signed it too.
	d.file("january.sig", sshSign(secret, "coldsign-intent", month("1", stranger)))
	signed := month("2", payroll)
	d.file("i.sig", sshSign(secret, "coldsign-intent", signed))
	got := d.want(exitDone, `the intent and what it includes ("pay.csv") are signed by "carol" of your policy`, verifies(payroll)...)
	if all := fmt.Sprintf("%x", sha256.Sum256(signed)); !strings.Contains(got.stdout, "intent           "+all) {
		t.Errorf("the digest of the intent is not that of the list, %s:\n%s", all, got.stdout)
	}
	payments(stranger)
	d.want(exitRefused, refused, verifies(stranger)...)
	january, err := os.ReadFile("january.sig")
	if err != nil {
		t.Fatal(err)
	}
	d.file("i.sig", string(january))
	d.want(exitRefused, refused, verifies(stranger)...)

	// A signature of the one file says nothing of the other.
	payments(payroll)
	intent, err := os.ReadFile("i.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d.file("i.sig", sshSign(secret, "coldsign-intent", intent))
	d.want(exitRefused, "sign the list of all its files", verifies(payroll)...)
}

// TestReceiptBindsIncluded: whose list of payments is another has another intent, which
// the receipt shows in one digest.
func TestReceiptBindsIncluded(t *testing.T) {
	d, _ := treasury(t, "")
	d.want(exitDone, "", "journal", "init")
	d.file("i.yaml", plainIntent+"actions: {csv: pay.csv}\n")
	digests := map[string]bool{}
	for i, to := range []string{payroll, stranger} {
		d.file("pay.csv", "recipient,token,amount\n"+to+",ETH,5\n")
		name := fmt.Sprintf("%d.json", i)
		args := []string{"verify", "--policy", "coldsign.yaml", "--intent", "i.yaml", "--receipt", name, "--to", to, "--value", "5" + eth, "--data", "0x", "--operation", "0", "--nonce", "1"}
		if got := d.run(args...); (got.code == exitDone) != (i == 0) { // the second one is for the same nonce
			t.Fatalf("exit %d\n%s", got.code, got.stdout)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("%x", sha256.Sum256(list(t, "i.yaml", "pay.csv")))
		if !strings.Contains(string(raw), "\"name\": \"intent\",\n      \"sha256\": \""+want) || !strings.Contains(string(raw), `"name": "intent itself"`) {
			t.Errorf("the receipt does not hold %s:\n%.3000s", want, raw)
		}
		digests[want] = true
		if i > 0 {
			continue
		}
		journal, err := os.ReadFile(filepath.Join(d.state, "journal"))
		if err != nil || !strings.Contains(string(journal), `"intent":"`+want) {
			t.Errorf("the journal does not hold %s: %v", want, err)
		}
	}
	if len(digests) != 2 {
		t.Errorf("%d digests for two intents", len(digests))
	}
}
