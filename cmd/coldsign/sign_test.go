//go:build unix

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

const passphrase = "correct horse battery staple"

// laptop is a laptop with a journal, a key file, a proposal and an intent.
type laptop struct {
	t       *testing.T
	dir     string
	program string
	owner   common.Address
}

func newLaptop(t *testing.T) *laptop {
	t.Helper()
	if testing.Short() {
		t.Skip("NOT TESTED with -short: signing at a terminal needs a build of the program")
	}
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	key := keyfiletest.Key(t, "alice")
	d := &laptop{t: t, dir: t.TempDir(), program: program, owner: crypto.PubkeyToAddress(key.PublicKey)}
	d.write("alice.json", string(keyfiletest.JSON(t, key, passphrase, keyfiletest.FastN, keyfiletest.FastP)))
	d.write("pay.json", payment("30000000000000000000000"))
	d.write("note.yaml", "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 71\nactions:\n  - send: {amount: \"30000 ETH\", to: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\"}\n")
	if out, code := d.run("journal", "init"); code != 0 {
		t.Fatalf("journal init: %s", out)
	}
	return d
}

func payment(wei string) string {
	return `{"safe":"0x849D52316331967b6fF1198e5E32A0eB168D039d","to":"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","value":"` + wei + `","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":71}`
}

func (d *laptop) write(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *laptop) read(name string) string {
	d.t.Helper()
	raw, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(raw)
}

// run runs the program without a terminal.
func (d *laptop) run(args ...string) (string, int) {
	d.t.Helper()
	cmd := exec.Command(d.program, args...)
	cmd.Dir = d.dir
	cmd.Env = []string{"HOME=" + d.dir, "XDG_STATE_HOME=" + filepath.Join(d.dir, "state"), "XDG_CONFIG_HOME=" + filepath.Join(d.dir, "config")}
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		d.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// sign starts sign at a terminal with what every signature here needs.
func (d *laptop) sign(args ...string) *session {
	d.t.Helper()
	return atTerminal(d.t, d.program, d.dir, append([]string{"sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", d.owner.Hex() + ",0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "--threshold", "2"}, args...)...)
}

// signInto is sign with a standard output of its own.
func (d *laptop) signInto(out *os.File, args ...string) *session {
	d.t.Helper()
	return start(d.t, pty.Winsize{Rows: 40, Cols: 100}, out, d.program, d.dir, append([]string{"sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", d.owner.Hex(), "--threshold", "1"}, args...)...)
}

// kinds lists what the journal has, in order.
func (d *laptop) kinds() string {
	d.t.Helper()
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(d.read("state/coldsign/journal")), "\n") {
		var r struct{ Kind, Reason string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			d.t.Fatal(err)
		}
		out = append(out, strings.TrimSuffix(r.Kind+" "+r.Reason, " "))
	}
	return strings.Join(out, ", ")
}

// files lists what lies on the desk.
func (d *laptop) files() string {
	d.t.Helper()
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

const deskFiles = "alice.json note.yaml pay.json state"

// TestSign: an honest payment is shown, confirmed, signed with a key file, and recovers.
func TestSign(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--key-file", "alice.json", "--output", "signature.json", "pay.json")
	pages := s.pages()
	for _, want := range []string{"30000 ETH", "0x88a1 4933 66D4 8225 fc3c EFbd ae9e Bb23 E323 Ade3", "MATCHES", "WHO MAY SIGN", "nonce            71", "NOT CHECKED", "identity"} {
		if !strings.Contains(pages, want) {
			t.Errorf("%q is on no page:\n%s", want, pages)
		}
	}
	s.confirm(pages)
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	s.wait("SIGNED by")
	if code := s.done(); code != 0 {
		t.Fatalf("exit %d\n%s", code, s.shown())
	}
	if strings.Contains(s.shown(), passphrase) {
		t.Error("the passphrase was shown")
	}
	var body struct{ Signature string }
	if err := json.Unmarshal([]byte(d.read("signature.json")), &body); err != nil {
		t.Fatal(err)
	}
	hash := common.HexToHash(inOnePiece.FindStringSubmatch(pages[strings.LastIndex(pages, "safeTxHash"):])[1])
	if who := recovered(t, hash, body.Signature); who != d.owner {
		t.Errorf("the signature recovers to %s, want %s", who, d.owner)
	}
	if info, err := os.Stat(filepath.Join(d.dir, "signature.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got := d.kinds(); got != "init, approved, signed" {
		t.Errorf("the journal has %s", got)
	}
	if s.stdout.Len() > 0 {
		t.Errorf("standard output has %q", s.stdout.String())
	}
	t.Logf("\n%s", s.shown())
}

func recovered(t *testing.T, hash common.Hash, signature string) common.Address {
	t.Helper()
	raw, err := hex.DecodeString(strings.TrimPrefix(signature, "0x"))
	if err != nil || len(raw) != 65 {
		t.Fatalf("signature %q: %v", signature, err)
	}
	raw[64] -= 27
	pub, err := crypto.SigToPub(hash[:], raw)
	if err != nil {
		t.Fatal(err)
	}
	return crypto.PubkeyToAddress(*pub)
}

// TestSignRefusesBeforeTheKey: what does not verify is refused without a key being
// looked at. The key file does not exist, and nobody is told.
func TestSignRefusesBeforeTheKey(t *testing.T) {
	d := newLaptop(t)
	payload, err := os.ReadFile("../../fixtures/incidents/bybit/payload.json")
	if err != nil {
		t.Fatal(err)
	}
	intent, err := os.ReadFile("../../fixtures/incidents/bybit/intent.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d.write("bybit.json", string(payload))
	d.write("bybit.yaml", string(intent))
	s := atTerminal(t, d.program, d.dir, "sign", "--intent", "bybit.yaml", "--safe-version", "1.1.1", "--owners", d.owner.Hex(), "--threshold", "1", "--key-file", "missing.json", "--output", "sig.json", "bybit.json")
	if code := s.done(); code != exitRefused {
		t.Fatalf("exit %d\n%s\n%s", code, s.shown(), s.stdout.String())
	}
	if out := s.stdout.String(); !strings.HasPrefix(out, "REFUSED: DELEGATECALL_UNKNOWN_TARGET") || strings.Contains(out+s.shown(), "missing.json") {
		t.Errorf("standard output %.200s\n%s", out, s.shown())
	}
	if got := d.kinds(); got != "init, refused DELEGATECALL_UNKNOWN_TARGET" {
		t.Errorf("the journal has %s", got)
	}
	if got := d.files(); got != "alice.json bybit.json bybit.yaml note.yaml pay.json state" {
		t.Errorf("files: %s", got)
	}
}

// TestSignWrongTwice: a typing error is asked for again, with other digits; a second one
// refuses, and the journal has it.
func TestSignWrongTwice(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--key-file", "alice.json", "--output", "sig.json", "--receipt", "r.json", "pay.json")
	s.pages()
	s.type_("0000\n")
	if text := s.wait("\n" + askPrompt); !strings.Contains(text, "WRONG") || !strings.Contains(text, "Question 1 of 4") {
		t.Errorf("after one error: %s", text)
	}
	s.type_("ffff\n")
	if code := s.done(); code != exitRefused {
		t.Fatalf("exit %d\n%s", code, s.shown())
	}
	if out := s.stdout.String(); !strings.HasPrefix(out, "REFUSED: CONFIRMATION_FAILED") || strings.Contains(out, "\nVERIFIED") {
		t.Errorf("standard output %.300s", out)
	}
	if got := d.kinds(); got != "init, refused CONFIRMATION_FAILED" {
		t.Errorf("the journal has %s", got)
	}
	if got := d.files(); got != "alice.json note.yaml pay.json r.json state" {
		t.Errorf("files: %s", got)
	}
	if out, code := d.run("receipt", "show", "r.json"); code != 0 || !strings.Contains(out, "CONFIRMATION_FAILED") {
		t.Errorf("the receipt: exit %d, %s", code, out)
	}
}

// TestSignSecondTry: after one error the second round confirms.
func TestSignSecondTry(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--key-file", "alice.json", "--form", "packed", "pay.json")
	pages := s.pages()
	s.type_("0000\n")
	s.confirm(pages[:strings.LastIndex(pages, "Question ")] + s.wait("\n"+askPrompt))
	s.wait(passPrompt)
	s.type_("wrong\n")
	s.wait("wrong passphrase")
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	if code := s.done(); code != exitDone {
		t.Fatalf("exit %d\n%s", code, s.shown())
	}
	if out := s.stdout.String(); len(out) != 2+130+1 || !strings.HasPrefix(out, "0x") {
		t.Errorf("standard output %q", out)
	}
}

// TestSignWrongPassphrase: three wrong ones end it; nothing was signed.
func TestSignWrongPassphrase(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--key-file", "alice.json", "--output", "sig.json", "pay.json")
	s.confirm(s.pages())
	for range 3 {
		s.wait(passPrompt)
		s.type_("guess\n")
	}
	s.wait("was wrong 3 times; nothing was signed")
	if code := s.done(); code != exitUnchecked {
		t.Errorf("exit %d", code)
	}
	if got := d.kinds(); got != "init, approved" {
		t.Errorf("the journal has %s", got)
	}
	if got := d.files(); got != deskFiles || !strings.HasPrefix(s.stdout.String(), "COULD NOT CHECK: the passphrase") {
		t.Errorf("files: %s; standard output %q", got, s.stdout.String())
	}
}

// TestSignWithoutTerminal: standard input from a file, a pipe or nowhere confirms
// nothing, and neither does a terminal of which only one end is there.
func TestSignWithoutTerminal(t *testing.T) {
	d := newLaptop(t)
	args := []string{"sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", d.owner.Hex(), "--threshold", "1", "--key-file", "alice.json", "--output", "sig.json", "pay.json"}
	for _, input := range []string{"", strings.Repeat("\n", 100), "y\nyes\n" + passphrase + "\n"} {
		cmd := exec.Command(d.program, args...)
		cmd.Dir = d.dir
		cmd.Env = []string{"HOME=" + d.dir, "XDG_STATE_HOME=" + filepath.Join(d.dir, "state"), "COLDSIGN_YES=1", "CI=true"}
		cmd.Stdin = strings.NewReader(input)
		out, err := cmd.Output()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if code := cmd.ProcessState.ExitCode(); code != exitRefused || !strings.HasPrefix(string(out), "REFUSED: CONFIRMATION_FAILED: nobody can confirm") {
			t.Errorf("input %q: exit %d, %.200s", input, code, out)
		}
	}
	if got := d.kinds(); got != "init, refused CONFIRMATION_FAILED, refused CONFIRMATION_FAILED, refused CONFIRMATION_FAILED" {
		t.Errorf("the journal has %s", got)
	}
	if got := d.files(); got != deskFiles {
		t.Errorf("files: %s", got)
	}
}

// TestSignStopped: Ctrl-C on each page, at each question and at the passphrase, q, and a
// terminal that is closed leave no file and no signature, and the echo on.
func TestSignStopped(t *testing.T) {
	d := newLaptop(t)
	pages := 0
	for { // how many pages there are
		s := d.sign("--key-file", "alice.json", "--output", "sig.json", "pay.json")
		for i := range pages {
			if part := s.wait(pagePrompt, "\n"+askPrompt); strings.HasSuffix(part, askPrompt) {
				s.stopped(d, ctrlC, i)
				break
			}
			s.type_("\n")
		}
		if part := s.wait(pagePrompt, "\n"+askPrompt); strings.HasSuffix(part, askPrompt) {
			s.stopped(d, ctrlC, pages)
			break
		}
		s.stopped(d, []string{ctrlC, "q\n", ctrlD}[pages%3], pages)
		pages++
	}
	if pages < 6 {
		t.Errorf("%d pages were stopped at, want at least 6", pages)
	}
	s := d.sign("--key-file", "alice.json", "--output", "sig.json", "pay.json")
	s.confirm(s.pages())
	s.wait(passPrompt)
	s.type_("half a pass")
	s.stopped(d, ctrlC, 99)
	if echo(t, s) == false {
		t.Error("the echo stays off")
	}
	s = d.sign("--key-file", "alice.json", "--output", "sig.json", "pay.json")
	s.confirm(s.pages())
	s.wait(passPrompt)
	s.type_(ctrlD)
	if code := s.done(); code == exitDone {
		t.Error("a closed terminal signed")
	}
	if got := d.files(); got != deskFiles {
		t.Errorf("files: %s", got)
	}
	if got := d.kinds(); strings.Contains(got, "signed") {
		t.Errorf("the journal has %s", got)
	}
}

// stopped types what stops and looks at what is left.
func (s *session) stopped(d *laptop, how string, page int) {
	s.t.Helper()
	s.type_(how)
	if code := s.done(); code != exitRefused {
		s.t.Errorf("page %d, %q: exit %d\n%s", page, how, code, s.shown())
	}
	if got := d.files(); got != deskFiles {
		s.t.Errorf("page %d, %q: files: %s", page, how, got)
	}
	if out := s.stdout.String(); strings.Contains(out, "signature") || strings.Contains(s.shown(), "SIGNED by") || how != ctrlC && !strings.HasPrefix(out, "REFUSED: CONFIRMATION_FAILED") {
		s.t.Errorf("page %d, %q: standard output %q", page, how, s.stdout.String())
	}
}

// TestExportImport: what is exported hashes to what was confirmed, the signature that a
// device makes of it is taken in, and any other is refused and remembered.
func TestExportImport(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--device", "ledger", "--export", "request.json", "pay.json")
	pages := s.pages()
	s.confirm(pages)
	s.wait("exported")
	if code := s.done(); code != exitDone {
		t.Fatalf("exit %d\n%s", code, s.shown())
	}
	if flat := strings.Join(strings.Fields(pages), " "); !strings.Contains(flat, "blind signing on") || !strings.Contains(flat, "recipient, amount, operation, nonce and Safe are not on the device") {
		t.Errorf("the pages do not warn of what the device hides:\n%s", pages)
	}
	hash := signedHash(t, d.read("request.json.hashes"))
	if out, _ := d.run("hash", "--safe-version", "1.3.0", "request.json"); !strings.Contains(out, hash.Hex()) {
		t.Errorf("the request has another hash than %s:\n%s", hash.Hex(), out)
	}
	raw, err := crypto.Sign(hash[:], keyfiletest.Key(t, "alice"))
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := crypto.Sign(hash[:], keyfiletest.Key(t, "mallory"))
	if err != nil {
		t.Fatal(err)
	}
	d.write("parity.txt", "0x"+hex.EncodeToString(raw)+"\n") // v is 0 or 1, as many wallets write it
	d.write("stranger.txt", hex.EncodeToString(stranger))
	d.write("garbage.txt", "{\"signature\":null}")

	for _, tt := range []struct {
		file, code string
		exit       int
	}{{"stranger.txt", "SIGNER_NOT_OWNER", exitRefused}, {"garbage.txt", "MALFORMED_SIGNATURE", exitRefused}, {"parity.txt", "", exitDone}} {
		s := d.sign("--device", "ledger", "--import", tt.file, "pay.json")
		s.confirm(s.pages())
		if code := s.done(); code != tt.exit {
			t.Fatalf("%s: exit %d\n%s\n%s", tt.file, code, s.shown(), s.stdout.String())
		}
		if tt.code != "" && !strings.HasPrefix(s.stdout.String(), "REFUSED: "+tt.code) {
			t.Errorf("%s: %.200s", tt.file, s.stdout.String())
		}
		if tt.code == "" && !strings.Contains(s.stdout.String(), hex.EncodeToString(raw[:64])+"1") {
			t.Errorf("the signature was not brought into the form of a Safe: %s", s.stdout.String())
		}
	}
	if got := d.kinds(); got != "init, approved, approved, refused SIGNER_NOT_OWNER, approved, refused MALFORMED_SIGNATURE, approved, signed" {
		t.Errorf("the journal has %s", got)
	}
}

func signedHash(t *testing.T, text string) common.Hash {
	t.Helper()
	_, rest, ok := strings.Cut(text, "signed hash")
	if !ok {
		t.Fatalf("no hash in %s", text)
	}
	return common.HexToHash(strings.Fields(rest)[0])
}

// TestSignUsage: what cannot be is said before anything is read.
func TestSignUsage(t *testing.T) {
	for _, args := range [][]string{
		{}, {"a.json"}, {"--key-file", "k", "a.json", "b.json"}, {"--key-file", "k", "-"}, {"--key-file", "-", "a.json"}, {"--key-file", "k", "--export", "e", "a.json"},
		{"--export", "e", "a.json"}, {"--import", "s", "a.json"}, {"--device", "phone", "--export", "e", "a.json"}, {"--device", "ledger", "--key-file", "k", "a.json"},
		{"--export", "e", "--device", "ledger", "--output", "o", "a.json"}, {"--key-file", "k", "--form", "qr", "a.json"}, {"--key-file", "k", "--yes", "a.json"},
		{"--key-file", "k", "--intent", "-", "a.json"}, {"--key-file", "k", "--policy", "-", "a.json"}, {"--key-file", "k", "--passphrase", "x", "a.json"},
		{"--key-file", "k", "--output", "-", "a.json"}, {"--key-file", "k", "--list", "-", "a.json"}, {"--key-file", "k", "--key-file", "l", "a.json"},
	} {
		got := fake(t, nil, append([]string{"sign"}, args...)...)
		if got.code != exitUsage || got.stdout != "" {
			t.Errorf("%q: exit %d, %s%s", args, got.code, got.stdout, got.stderr)
		}
	}
}

// TestSignOverwritesNothing: an output that is there is seen before anything is asked.
func TestSignOverwritesNothing(t *testing.T) {
	d := newLaptop(t)
	d.write("sig.json", "mine")
	s := d.sign("--key-file", "alice.json", "--output", "sig.json", "pay.json")
	if code := s.done(); code != exitUnchecked || !strings.Contains(s.shown(), "exists already") {
		t.Errorf("exit %d, %s", code, s.shown())
	}
	if got := d.read("sig.json"); got != "mine" {
		t.Errorf("the file has %q", got)
	}
}

// TestSignKeyOfNobody: the key file of somebody who is no owner is refused, whether it
// says so itself or not.
func TestSignKeyOfNobody(t *testing.T) {
	d := newLaptop(t)
	key := keyfiletest.Key(t, "mallory")
	raw := string(keyfiletest.JSON(t, key, passphrase, keyfiletest.FastN, keyfiletest.FastP))
	d.write("m.json", raw)
	s := d.sign("--key-file", "m.json", "pay.json")
	if code := s.done(); code != exitRefused || !strings.HasPrefix(s.stdout.String(), "REFUSED: SIGNER_NOT_OWNER") {
		t.Errorf("exit %d, %s", code, s.stdout.String())
	}
	address := strings.ToLower(crypto.PubkeyToAddress(key.PublicKey).Hex()[2:])
	d.write("n.json", strings.Replace(raw, `"address":"`+address+`",`, "", 1))
	s = d.sign("--key-file", "n.json", "pay.json")
	s.confirm(s.pages())
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	if code := s.done(); code != exitRefused || !strings.HasPrefix(s.stdout.String(), "REFUSED: SIGNER_NOT_OWNER") {
		t.Errorf("exit %d, %s", code, s.stdout.String())
	}
	if got := d.kinds(); strings.Contains(got, "signed") {
		t.Errorf("the journal has %s", got)
	}
}

// TestSignLong: above the policy's tier the amount and the recipient's name are asked for
// too, and hashes alone do not confirm.
func TestSignLong(t *testing.T) {
	for _, tt := range []struct {
		name   string
		long   []string
		signed bool
	}{
		{"as the ticket has them", []string{"30000 ETH", "hot-wallet"}, true},
		{"an amount with a separator", []string{"30,000 ETH", "hot-wallet"}, false},
		{"another name", []string{"30000 ETH", "hot-walet"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newLaptop(t)
			d.policy("      tiers: [{above: [\"100 ETH\"], require: {confirm: long}}]\n")
			s := atTerminal(t, d.program, d.dir, "sign", "--policy", "policy.yaml", "--intent", "note.yaml", "--key-file", "alice.json", "pay.json")
			pages := s.pages()
			if !tt.signed {
				first := tt.long
				s.confirmUntilWrong(pages, first)
				return
			}
			s.confirm(pages, tt.long...)
			s.wait(passPrompt)
			s.type_(passphrase + "\n")
			if code := s.done(); code != exitDone {
				t.Errorf("exit %d\n%s", code, s.shown())
			}
		})
	}
}

// policy writes a policy of the vault and has it accepted; more goes below its chain.
func (d *laptop) policy(more string) {
	d.t.Helper()
	d.write("policy.yaml", "coldsign: policy/v1\nversion: 1\ntreasury: \"Example DAO\"\nchains:\n  1:\n      names: {hot-wallet: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\", alice: \""+d.owner.Hex()+"\", bob: \"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\"}\n      safes:\n        main-vault: {address: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\", version: 1.3.0, owners: [alice, council], threshold: 2}\n        council: {address: \"0x2222222222222222222222222222222222222222\", version: 1.4.1, owners: [bob, alice], threshold: 1, fallback-handler: \"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99\"}\n"+more)
	sum := sha256.Sum256([]byte(d.read("policy.yaml")))
	if out, code := d.run("policy", "trust", "--digest", hex.EncodeToString(sum[:]), "policy.yaml"); code != exitDone {
		d.t.Fatalf("policy trust: %s", out)
	}
}

// TestSignThrough: an owner of the council, which is an owner of the vault, signs the
// council's message, and its hashes are those of the device page.
func TestSignThrough(t *testing.T) {
	d := newLaptop(t)
	d.policy("")
	s := atTerminal(t, d.program, d.dir, "sign", "--policy", "policy.yaml", "--intent", "note.yaml", "--via", "0x2222222222222222222222222222222222222222", "--key-file", "alice.json", "pay.json")
	pages := s.pages()
	flat := strings.Join(strings.Fields(pages), " ")
	for _, want := range []string{"SIGNED THROUGH OTHER SAFES", "CompatibilityFallbackHandler 1.4.1", "its message 66 bytes: 0x1901", "its owners sign this, and their devices show it", "HASHES (not what your device shows)"} {
		if !strings.Contains(flat, want) {
			t.Errorf("%q is on no page:\n%s", want, pages)
		}
	}
	s.confirm(pages)
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	s.wait("SIGNED by")
	if code := s.done(); code != exitDone {
		t.Fatalf("exit %d\n%s", code, s.shown())
	}
	var body struct{ Signature string }
	if err := json.Unmarshal(s.stdout.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	vault := safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: common.HexToAddress("0x849D52316331967b6fF1198e5E32A0eB168D039d")}
	tx := safe.Tx{To: common.HexToAddress("0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"), Value: uint256.MustFromDecimal("30000000000000000000000"), Operation: safe.Call,
		SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: uint256.NewInt(71)}
	h, err := tx.Hash(vault)
	if err != nil {
		t.Fatal(err)
	}
	pre := safe.Preimage(h.Domain, h.Message)
	m, err := safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: common.HexToAddress("0x2222222222222222222222222222222222222222")}.HashMessage(pre[:])
	if err != nil {
		t.Fatal(err)
	}
	if who := recovered(t, m.SafeMessage, body.Signature); who != d.owner {
		t.Errorf("over the council's message the signature recovers to %s, want %s", who, d.owner)
	}
}

// TestSignTypedAhead: what is typed or pasted before a page is shown turns no page and
// answers no question.
func TestSignTypedAhead(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--key-file", "alice.json", "pay.json")
	s.wait(pagePrompt)
	s.type_(strings.Repeat("\n", 40))
	s.wait(pagePrompt)
	time.Sleep(200 * time.Millisecond) // for a page that would be turned by what was pasted
	if n := strings.Count(s.shown(), pagePrompt); n > 4 {
		t.Errorf("%d pages were shown after one page was read and forty lines were pasted", n)
	}
	s.type_(ctrlC)
	if code := s.done(); code != exitRefused {
		t.Errorf("exit %d", code)
	}
}

// TestSignInterrupted: every signal that ends a program leaves nothing behind and the
// echo on, whenever it comes.
func TestSignInterrupted(t *testing.T) {
	d := newLaptop(t)
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT} {
		for _, at := range []string{"", pagePrompt, passPrompt} {
			s := d.sign("--key-file", "alice.json", "--output", "sig.json", "--receipt", "r.json", "pay.json")
			switch at {
			case pagePrompt:
				s.wait(pagePrompt)
			case passPrompt:
				s.confirm(s.pages())
				s.wait(passPrompt)
			default:
				for range 10000 { // until the outputs are begun, which is before anything is shown
					if strings.Contains(d.files(), ".sig.json.") || s.shown() != "" {
						break
					}
					time.Sleep(time.Millisecond)
				}
			}
			if err := s.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if code := s.done(); code != exitRefused || strings.Contains(s.shown(), "goroutine") {
				t.Errorf("%s at %q: exit %d\n%s", sig, at, code, s.shown())
			}
			if got := d.files(); got != deskFiles {
				t.Errorf("%s at %q: files: %s", sig, at, got)
			}
			if !echo(t, s) {
				t.Errorf("%s at %q: the echo stays off", sig, at)
			}
		}
	}
}

// TestSignSwapped: whoever exchanges an output while it is written, or moves its folder,
// does not get his file called ours.
func TestSignSwapped(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--device", "ledger", "--export", "request.json", "pay.json")
	pages := s.pages()
	entries, err := filepath.Glob(filepath.Join(d.dir, ".request.json.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(filepath.Base(e), "hashes") {
			continue
		}
		if err := errors.Join(os.Remove(e), os.WriteFile(e, []byte("{\"evil\":true}"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	s.confirm(pages)
	if code := s.done(); code == exitDone || strings.Contains(s.shown(), "exported:") {
		t.Errorf("exit %d\n%s", code, s.shown())
	}
	if got := d.files(); strings.Contains(got, " request.json") {
		t.Errorf("files: %s", got)
	}
}

// TestSignMovedFolder: a link to the output's folder that is turned elsewhere during the
// review leads nothing elsewhere.
func TestSignMovedFolder(t *testing.T) {
	d := newLaptop(t)
	for _, dir := range []string{"stick", "trap"} {
		if err := os.Mkdir(filepath.Join(d.dir, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(d.dir, "out")
	if err := os.Symlink("stick", link); err != nil {
		t.Fatal(err)
	}
	s := d.sign("--key-file", "alice.json", "--output", "out/sig.json", "pay.json")
	pages := s.pages()
	if err := errors.Join(os.Remove(link), os.Symlink("trap", link)); err != nil {
		t.Fatal(err)
	}
	s.confirm(pages)
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	if code := s.done(); code != exitDone {
		t.Errorf("exit %d\n%s", code, s.shown())
	}
	for dir, want := range map[string]int{"stick": 1, "trap": 0} {
		if all, err := os.ReadDir(filepath.Join(d.dir, dir)); err != nil || len(all) != want {
			t.Errorf("%s has %v, %v", dir, all, err)
		}
	}
}

// TestSignOutputsCollide: two outputs under one name are seen before anything is read,
// and of two that belong together none stays alone.
func TestSignOutputsCollide(t *testing.T) {
	d := newLaptop(t)
	for _, args := range [][]string{
		{"--key-file", "alice.json", "--output", "x.json", "--receipt", "./x.json"},
		{"--key-file", "alice.json", "--output", "x.json", "--receipt", "X.json"},
		{"--device", "ledger", "--export", "e.json", "--receipt", "e.json.hashes"},
	} {
		s := d.sign(append(args, "pay.json")...)
		if code := s.done(); code != exitUsage {
			t.Errorf("%v: exit %d\n%s", args, code, s.shown())
		}
	}
	s := d.sign("--device", "ledger", "--export", "e.json", "pay.json")
	pages := s.pages()
	d.write("e.json.hashes", "mine")
	s.confirm(pages)
	if code := s.done(); code == exitDone {
		t.Error("exported although the hashes could not be written")
	}
	if got := d.files(); got != "alice.json e.json.hashes note.yaml pay.json state" || d.read("e.json.hashes") != "mine" {
		t.Errorf("files: %s", got)
	}
}

// TestSignSmallTerminal: a terminal on which a page is no page is refused; one that grows
// does not bring the hashes back beside the question.
func TestSignSmallTerminal(t *testing.T) {
	d := newLaptop(t)
	for _, size := range []pty.Winsize{{Rows: 2, Cols: 100}, {Rows: 40, Cols: 10}} {
		s := atTerminalOf(t, size, d.program, d.dir, "sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", d.owner.Hex(), "--threshold", "1", "--key-file", "alice.json", "pay.json")
		if code := s.done(); code != exitUnchecked || !strings.Contains(strings.Join(strings.Fields(s.shown()), " "), "a review takes 40 and 12") {
			t.Errorf("%v: exit %d\n%s", size, code, s.shown())
		}
	}
	s := atTerminalOf(t, pty.Winsize{Rows: 24, Cols: 100}, d.program, d.dir, "sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", d.owner.Hex(), "--threshold", "1", "--key-file", "alice.json", "pay.json")
	s.wait(pagePrompt)
	if err := pty.Setsize(s.tty, &pty.Winsize{Rows: 300, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	s.type_("\n")
	pages := s.pages()
	last := pages[strings.LastIndex(pages, pagePrompt):]
	if n := strings.Count(last, "\n"); n < 300 {
		t.Errorf("%d lines stand between the last page and the question on a terminal of 300", n)
	}
	s.type_(ctrlC)
	s.done()
}

// TestSignHungUp: when the terminal hangs up after the signature was made, the signature
// is there, and the exit code says so.
func TestSignHungUp(t *testing.T) {
	d := newLaptop(t)
	d.write("slow.json", string(keyfiletest.JSON(t, keyfiletest.Key(t, "alice"), passphrase, 1<<17, 1)))
	s := d.sign("--key-file", "slow.json", "--output", "sig.json", "pay.json")
	s.confirm(s.pages())
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	s.wait("\n")
	s.type_("\x13") // Ctrl-S, while the key is derived: the terminal takes no more text
	for range 20000 {
		if strings.Contains(d.files(), " sig.json") {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	err := s.cmd.Wait()
	if code := s.cmd.ProcessState.ExitCode(); code != exitDone {
		t.Errorf("exit %d, %v", code, err)
	}
	if got := d.kinds(); got != "init, approved, signed" {
		t.Errorf("the journal has %s", got)
	}
	if strings.Contains(s.shown(), "nothing was signed") {
		t.Error("it says that nothing was signed")
	}
}

// TestSignPipeClosed: a reader that is gone is an error that is said, after the journal
// has the signature.
func TestSignPipeClosed(t *testing.T) {
	d := newLaptop(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s := d.signInto(w, "--key-file", "alice.json", "pay.json")
	if err := errors.Join(w.Close(), r.Close()); err != nil {
		t.Fatal(err)
	}
	s.confirm(s.pages())
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	if code := s.done(); code != exitUnchecked || !strings.Contains(strings.Join(strings.Fields(s.shown()), " "), "is in the journal, and could not be written, so run it again") {
		t.Errorf("exit %d\n%s", code, s.shown())
	}
}

// TestSignJournalGone: a journal that is removed while a person reads stops the
// signature.
func TestSignJournalGone(t *testing.T) {
	d := newLaptop(t)
	s := d.sign("--key-file", "alice.json", "--output", "sig.json", "pay.json")
	s.confirm(s.pages())
	s.wait(passPrompt)
	if err := os.Remove(filepath.Join(d.dir, "state", "coldsign", "journal")); err != nil {
		t.Fatal(err)
	}
	s.type_(passphrase + "\n")
	if code := s.done(); code == exitDone || !strings.Contains(strings.Join(strings.Fields(s.shown()), " "), "not at its place any more") {
		t.Errorf("exit %d\n%s", code, s.shown())
	}
	if got := d.files(); got != deskFiles {
		t.Errorf("files: %s", got)
	}
}

// TestSignForms: the page for people names whose part a signature is, and breaks nothing
// that is copied.
func TestSignForms(t *testing.T) {
	d := newLaptop(t)
	d.policy("")
	for via, want := range map[string]string{"": "As a confirmation of the Safe Transaction Service", "0x2222222222222222222222222222222222222222": "no confirmation of the transaction"} {
		args := []string{"sign", "--policy", "policy.yaml", "--intent", "note.yaml", "--key-file", "alice.json", "--form", "page"}
		if via != "" {
			args = append(args, "--via", via)
		}
		s := atTerminal(t, d.program, d.dir, append(args, "pay.json")...)
		s.confirm(s.pages())
		s.wait(passPrompt)
		s.type_(passphrase + "\n")
		if code := s.done(); code != exitDone {
			t.Fatalf("exit %d\n%s", code, s.shown())
		}
		page := s.stdout.String()
		if !strings.Contains(strings.Join(strings.Fields(page), " "), want) || !regexp.MustCompile(`(?m)^  \{"signature":"0x[0-9a-f]{130}"\}$`).MatchString(page) {
			t.Errorf("via %q: %s", via, page)
		}
	}
}
