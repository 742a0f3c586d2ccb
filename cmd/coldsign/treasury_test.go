package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/policy"
)

// desk is a signer's machine with its folders, at a time.
type desk struct {
	t     *testing.T
	state string
	now   time.Time
	stdin string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Chdir(t.TempDir())
	return &desk{t: t, state: filepath.Join(t.TempDir(), "state"), now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

func (d *desk) run(args ...string) outcome {
	var stdout, stderr bytes.Buffer
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, state: d.state, clock: func() time.Time { return d.now }, verify: verify.Verify}
	code := run(args, strings.NewReader(d.stdin), &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

// want runs a command and demands its exit code and a text in its output.
func (d *desk) want(code int, says string, args ...string) outcome {
	d.t.Helper()
	got := d.run(args...)
	all := strings.Join(strings.Fields(got.stdout+got.stderr), " ")
	if got.code != code || !strings.Contains(all, says) {
		d.t.Fatalf("%v: exit %d, want %d with %q\n%s%s", args, got.code, code, says, got.stdout, got.stderr)
	}
	return got
}

func (d *desk) file(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// elsewhere is another person's machine, with a journal and the policy of this folder,
// and the same files on a stick.
func (d *desk) elsewhere() *desk {
	d.t.Helper()
	other := &desk{t: d.t, state: filepath.Join(d.t.TempDir(), "state"), now: d.now}
	other.trust("coldsign.yaml")
	other.want(exitDone, "", "journal", "init")
	return other
}

// sign signs a file into one beside it, and returns what it signed.
func (d *desk) sign(k ed25519.PrivateKey, namespace, name string) []byte {
	d.t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		d.t.Fatal(err)
	}
	d.file(name+".sig", sshSign(k, namespace, raw))
	return raw
}

// trust accepts a policy as a signer does, with the digest that a colleague read out.
func (d *desk) trust(name string) {
	d.t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		d.t.Fatal(err)
	}
	p, err := policy.Parse(raw)
	if err != nil {
		d.t.Fatal(err)
	}
	d.want(exitDone, "", "policy", "trust", "--digest", p.Digest(), name)
}

const (
	deskSafe = "0x849D52316331967b6fF1198e5E32A0eB168D039d"
	payroll  = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
)

func (d *desk) policy(carol ed25519.PublicKey, chain string) {
	d.file("coldsign.yaml", `coldsign: policy/v1
version: 1
treasury: "Example"
keys: {carol: "`+deskKey(carol)+`"}
approvers: [carol]
chains:
  1:
    names: {payroll: "`+payroll+`"}
    safes: {main-vault: {address: "`+deskSafe+`", version: 1.4.1}}
`+chain)
}

// deskKey writes a key as a .pub file does.
func deskKey(k ed25519.PublicKey) string {
	return "ssh-ed25519 " + base64.StdEncoding.EncodeToString(sshWire("ssh-ed25519", string(k)))
}

func sshWire(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return b
}

// sshSign writes what ssh-keygen -Y sign writes (PROTOCOL.sshsig).
func sshSign(k ed25519.PrivateKey, namespace string, message []byte) string {
	sum := sha512.Sum512(message)
	signed := append([]byte("SSHSIG"), sshWire(namespace, "", "sha512", string(sum[:]))...)
	value := sshWire("ssh-ed25519", string(ed25519.Sign(k, signed)))
	blob := append([]byte("SSHSIG\x00\x00\x00\x01"), sshWire(string(sshWire("ssh-ed25519", string(k.Public().(ed25519.PublicKey)))), namespace, "", "sha512", string(value))...)
	text := base64.StdEncoding.EncodeToString(blob)
	var b strings.Builder
	b.WriteString("-----BEGIN SSH SIGNATURE-----\n")
	for ; len(text) > 70; text = text[70:] {
		b.WriteString(text[:70] + "\n")
	}
	b.WriteString(text + "\n-----END SSH SIGNATURE-----\n")
	return b.String()
}

func (d *desk) intent(name, nonce, amount, more string) {
	d.file(name, "coldsign: intent/v1\nchain: 1\nsafe: main-vault\nnonce: "+nonce+"\n"+more+"actions:\n  - send: {amount: \""+amount+"\", to: payroll}\n")
}

// pay is the proposal as flags.
func pay(nonce, wei string) []string {
	return []string{"--to", payroll, "--value", wei, "--data", "0x", "--operation", "0", "--nonce", nonce}
}

const eth = "000000000000000000"

// TestTreasury is a week at a signer's desk: a policy, a second approver, a journal.
func TestTreasury(t *testing.T) {
	d := newDesk(t)
	carol, secret, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.policy(carol, "    limits: [{asset: ETH, per: {days: 7, amount: \"100\"}}]\n    tiers: [{above: [\"10 ETH\"], require: {approvers: 1}}]\n")
	verify := func(intent string, tx []string, more ...string) []string {
		return append(append([]string{"verify", "--policy", "coldsign.yaml", "--intent", intent}, more...), tx...)
	}
	d.intent("a.yaml", "7", "5 ETH", "")
	d.want(exitRefused, "POLICY_UNTRUSTED", verify("a.yaml", pay("7", "5"+eth))...)
	d.trust("coldsign.yaml")
	d.want(exitRefused, "without a journal nobody can say what was spent of ETH", verify("a.yaml", pay("7", "5"+eth))...)
	d.want(exitDone, "", "journal", "init")

	// A payment below the tier is verified, by names alone, and remembered once.
	d.want(exitDone, `("payroll" in your policy)`, verify("a.yaml", pay("7", "5"+eth))...)
	d.want(exitDone, "VERIFIED", verify("a.yaml", pay("7", "5"+eth))...)

	// "It failed, sign again": another transaction with the same nonce.
	d.now = d.now.Add(time.Hour)
	d.intent("again.yaml", "7", "6 ETH", "")
	d.want(exitRefused, "another transaction with this Safe and nonce was approved on 2026-03-01 12:00:00 on this machine", verify("again.yaml", pay("7", "6"+eth))...)
	hash := journalHash(t, d)
	d.intent("replace.yaml", "7", "6 ETH", "replaces: \""+hash+"\"\n")
	d.want(exitDone, "replaces, as the intent says, another transaction", verify("replace.yaml", pay("7", "6"+eth))...)
	d.intent("wrong.yaml", "7", "7 ETH", "replaces: \""+hash+"\"\n")
	d.want(exitRefused, "NONCE_CONFLICT", verify("wrong.yaml", pay("7", "7"+eth))...)

	// Above the tier a second person must have verified the very same, elsewhere.
	d.intent("big.yaml", "8", "50 ETH", "")
	d.want(exitRefused, "POLICY_APPROVAL", verify("big.yaml", pay("8", "50"+eth))...)
	hers := d.elsewhere()
	hers.want(exitRefused, "POLICY_APPROVAL", verify("big.yaml", pay("8", "50"+eth), "--receipt", "carol.json")...)
	receipt := d.sign(secret, "coldsign-receipt", "carol.json")
	got := d.want(exitDone, `signed receipts of: carol`, verify("big.yaml", pay("8", "50"+eth), "--approval", "carol.json")...)
	if !strings.HasPrefix(got.stdout, "VERIFIED") {
		t.Errorf("%s", got.stdout)
	}
	d.intent("other.yaml", "9", "20 ETH", "")
	d.want(exitRefused, "does not count", verify("other.yaml", pay("9", "20"+eth), "--approval", "carol.json")...)
	d.file("carol.json.sig", sshSign(secret, "file", receipt))
	d.want(exitRefused, "does not count", verify("big.yaml", pay("8", "50"+eth), "--approval", "carol.json")...)

	// The week's limit counts what was approved: 6 for nonce 7, 50 for nonce 8.
	d.intent("nine.yaml", "9", "9 ETH", "")
	d.want(exitDone, "VERIFIED", verify("nine.yaml", pay("9", "9"+eth))...)
	for nonce, amount := range map[string]string{"10": "10", "11": "10", "12": "10"} {
		d.intent("n.yaml", nonce, amount+" ETH", "")
		d.want(exitDone, "VERIFIED", verify("n.yaml", pay(nonce, amount+eth))...)
	}
	d.intent("much.yaml", "13", "6 ETH", "")
	d.want(exitRefused, "POLICY_LIMIT", verify("much.yaml", pay("13", "6"+eth))...)
	d.now = d.now.Add(8 * 24 * time.Hour)
	d.want(exitDone, "VERIFIED", verify("much.yaml", pay("13", "6"+eth))...)

	// A clock that went back makes what was spent look older than it is.
	d.now = d.now.Add(-48 * time.Hour)
	d.intent("back.yaml", "14", "1 ETH", "")
	d.want(exitRefused, "the clock says", verify("back.yaml", pay("14", "1"+eth))...)
	d.want(exitDone, "length 10", "journal", "verify")
}

func journalHash(t *testing.T, d *desk) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(d.state, "journal"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), `"safeTxHash":"`)
	hash, _, _ := strings.Cut(rest, `"`)
	return hash
}

// TestIntentAuthors: a policy can want the intent signed by somebody by name.
func TestIntentAuthors(t *testing.T) {
	d := newDesk(t)
	carol, secret, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.policy(carol, "require: {intent: true, intent-authors: [carol]}\n")
	d.trust("coldsign.yaml")
	d.intent("a.yaml", "7", "5 ETH", "")
	args := append([]string{"verify", "--policy", "coldsign.yaml", "--intent", "a.yaml"}, pay("7", "5"+eth)...)
	d.want(exitRefused, "the policy requires an intent signed by carol", args...)
	raw, err := os.ReadFile("a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	signed := append([]string{"verify", "--intent-signature", "a.sig"}, args[1:]...)
	d.file("a.sig", sshSign(secret, "coldsign-intent", raw))
	d.want(exitDone, `the intent is signed by "carol" of your policy`, signed...)
	d.file("a.sig", sshSign(secret, "coldsign-intent", append(raw, '\n')))
	d.want(exitRefused, "the signature of the intent does not count", signed...)
	_, other, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.file("a.sig", sshSign(other, "coldsign-intent", raw))
	d.want(exitRefused, "the signature of the intent does not count", signed...)
}
