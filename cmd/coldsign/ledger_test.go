//go:build unix

package main

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

// fakeLedger answers as the Ethereum app 1.22.0 with blind signing on does to the three
// commands that signing by hashes takes.
type fakeLedger struct {
	key     *ecdsa.PrivateKey
	behaves func(digest []byte) (signed []byte, status uint16) // nil: signs what it is given

	mu      sync.Mutex
	shows   string // the two hashes, as hex
	asked   int
	closed  bool
	answers chan struct{} // closed: the person at the device has pressed the button
}

func (l *fakeLedger) Exchange(apdu []byte) ([]byte, error) {
	ok := func(data []byte) ([]byte, error) { return append(data, 0x90, 0x00), nil }
	switch apdu[1] {
	case 0x06:
		return ok([]byte{0x01, 1, 22, 0})
	case 0x02:
		point := crypto.FromECDSAPub(&l.key.PublicKey)
		text := hex.EncodeToString(crypto.PubkeyToAddress(l.key.PublicKey).Bytes())
		return ok(append(append(append([]byte{65}, point...), 40), text...))
	case 0x0c:
		return l.sign(apdu, ok)
	}
	return []byte{0x6d, 0x00}, nil
}

func (l *fakeLedger) sign(apdu []byte, ok func([]byte) ([]byte, error)) ([]byte, error) {
	domain, message := common.BytesToHash(apdu[len(apdu)-64:len(apdu)-32]), common.BytesToHash(apdu[len(apdu)-32:])
	l.mu.Lock()
	l.shows, l.asked = hex.EncodeToString(domain[:])+hex.EncodeToString(message[:]), l.asked+1
	l.mu.Unlock()
	<-l.answers
	pre := safe.Preimage(domain, message)
	digest := crypto.Keccak256(pre[:])
	if l.behaves != nil {
		var status uint16
		if digest, status = l.behaves(digest); status != 0 {
			return []byte{byte(status >> 8), byte(status)}, nil
		}
	}
	sig, err := crypto.Sign(digest, l.key)
	if err != nil {
		return nil, err
	}
	return ok(append([]byte{sig[64] + 27}, sig[:64]...))
}

func (l *fakeLedger) SetDeadline(time.Time) error { return nil }

func (l *fakeLedger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errors.New("closed twice")
	}
	l.closed = true
	return nil
}

// holder answers from what the device shows, and not from the screen; wrong says so.
type holder struct {
	person
	device *fakeLedger
	wrong  bool
	early  bool // presses the button before the first answer
}

var ofHash = regexp.MustCompile(`Type: (Domain|Message) hash, group ([0-9]+) of 16`)

func (h *holder) Line(prompt string) (string, error) {
	if prompt != askPrompt {
		return "", nil
	}
	all := strings.Join(strings.Fields(h.shown.String()), " ")
	m := ofHash.FindStringSubmatch(all[strings.LastIndex(all, "Question "):])
	if m == nil {
		return "", io.EOF
	}
	shows := ""
	for range 5000 {
		h.device.mu.Lock()
		shows = h.device.shows
		h.device.mu.Unlock()
		if shows != "" {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if h.early {
		h.press()
	}
	n, err := strconv.Atoi(m[2])
	if err != nil || len(shows) != 128 {
		return "", io.EOF
	}
	if m[1] == "Message" {
		n += 16
	}
	if h.wrong {
		return "zzzz", nil
	}
	return shows[4*(n-1) : 4*n], nil
}

// Show presses the button when it is asked for.
func (h *holder) Show(lines ...string) error {
	if strings.Contains(strings.Join(lines, " "), "approve there.") && strings.Contains(strings.Join(lines, " "), "Confirmed.") {
		h.press()
	}
	return h.person.Show(lines...)
}

func (h *holder) press() {
	h.device.mu.Lock()
	defer h.device.mu.Unlock()
	select {
	case <-h.device.answers:
	default:
		close(h.device.answers)
	}
}

// TestLedger: the device shows the transaction while the person is asked, and what it
// signs leaves only after the person has confirmed and only if it is an owner's over our
// hash.
func TestLedger(t *testing.T) {
	alice := keyfiletest.Key(t, "alice")
	for _, tt := range []struct {
		name    string
		key     string
		behaves func([]byte) ([]byte, uint16)
		wrong   bool
		early   bool
		code    int
		out     string // beginning of standard output
		kinds   string
	}{
		{"honest", "alice", nil, false, false, exitDone, `{"signature":"0x`, "approved, signed"},
		{"pressed before the answers", "alice", nil, false, true, exitDone, `{"signature":"0x`, "approved, signed"},
		{"pressed, and the answers are wrong", "alice", nil, true, true, exitRefused, "REFUSED: CONFIRMATION_FAILED", "refused"},
		{"of nobody", "mallory", nil, false, false, exitRefused, "REFUSED: SIGNER_NOT_OWNER", "refused"},
		{"rejected", "alice", func([]byte) ([]byte, uint16) { return nil, 0x6985 }, false, false, exitRefused, "REFUSED: CONFIRMATION_FAILED: the transaction was rejected", "approved, refused"},
		{"signs something else", "alice", func([]byte) ([]byte, uint16) { return crypto.Keccak256([]byte("evil")), 0 }, false, false, exitUnchecked, "COULD NOT CHECK", "approved"},
		{"is locked", "alice", func([]byte) ([]byte, uint16) { return nil, 0x5515 }, false, false, exitUnchecked, "COULD NOT CHECK", "approved"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range map[string]string{"pay.json": payment("1"), "note.yaml": "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 71\nactions:\n  - send: {amount: \"1 wei\", to: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\"}\n"} {
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			device := &fakeLedger{key: keyfiletest.Key(t, tt.key), behaves: tt.behaves, answers: make(chan struct{})}
			h := &holder{person: person{t: t}, device: device, wrong: tt.wrong, early: tt.early}
			w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, state: filepath.Join(t.TempDir(), "state"), verify: verify.Verify,
				console: func() (console, error) { return h, nil }, ledger: func() (ledgerDevice, error) { return device, nil }}
			do := func(args ...string) (int, string, string) {
				var out, errs bytes.Buffer
				code := run(args, strings.NewReader(""), &out, &errs, w)
				return code, out.String(), errs.String()
			}
			if code, _, errs := do("journal", "init"); code != exitDone {
				t.Fatal(errs)
			}
			code, out, errs := do("sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", crypto.PubkeyToAddress(alice.PublicKey).Hex(), "--threshold", "1", "--ledger", "pay.json")
			h.press()
			if code != tt.code || !strings.HasPrefix(out, tt.out) {
				t.Errorf("exit %d, %.200s\n%s\n%s", code, out, errs, h.shown.String())
			}
			if strings.Contains(out, "signature\":") != (tt.code == exitDone) {
				t.Errorf("standard output %q", out)
			}
			raw, err := os.ReadFile(filepath.Join(w.state, "journal"))
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, m := range regexp.MustCompile(`"kind":"([a-z]+)"`).FindAllStringSubmatch(string(raw), -1) {
				kinds = append(kinds, m[1])
			}
			if got := strings.Join(kinds[1:], ", "); got != tt.kinds {
				t.Errorf("the journal has %s, want %s", got, tt.kinds)
			}
			if device.asked > 1 || !device.closed {
				t.Errorf("the device was asked %d times, closed %v", device.asked, device.closed)
			}
		})
	}
}

// TestLedgerUsage: what cannot be is said before a device is looked for.
func TestLedgerUsage(t *testing.T) {
	for _, args := range [][]string{
		{"--ledger", "--key-file", "k", "a.json"}, {"--ledger", "--device", "trezor", "a.json"}, {"--key-file", "k", "--path", "m/44'/60'/0'/0/0", "a.json"},
		{"--ledger", "--path", "44/60", "a.json"},
	} {
		w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify, ledger: func() (ledgerDevice, error) {
			t.Error("a device was looked for")
			return &fakeLedger{key: keyfiletest.Key(t, "alice"), answers: make(chan struct{})}, nil
		}}
		var out, errs bytes.Buffer
		if code := run(append([]string{"sign"}, args...), strings.NewReader(""), &out, &errs, w); code != exitUsage {
			t.Errorf("%q: exit %d\n%s", args, code, errs.String())
		}
	}
}
