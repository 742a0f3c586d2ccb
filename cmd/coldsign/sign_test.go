//go:build unix

package main

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

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
	hash := common.HexToHash(inOnePiece.FindStringSubmatch(pages[strings.LastIndex(pages, "signed hash"):])[1])
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
