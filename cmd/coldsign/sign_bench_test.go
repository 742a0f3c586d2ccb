//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"

	"github.com/ethereum/go-ethereum/crypto"
)

// person reads what is shown and answers as the pages say that the device will.
type person struct {
	t     testing.TB
	shown strings.Builder
	bytes int
}

func (p *person) Show(lines ...string) error {
	for _, l := range lines {
		p.shown.WriteString(l + "\n")
		p.bytes += len(l) + 1
	}
	return nil
}

func (p *person) Line(prompt string) (string, error) {
	if prompt != askPrompt {
		return "", nil
	}
	all := p.shown.String()
	i := strings.LastIndex(all, "Question ")
	if i < 0 {
		return "", io.EOF
	}
	return answerOf(all[:i], all[i:]), nil
}

// answerOf finds the asked digits in the pages.
func answerOf(pages, question string) string {
	flat := strings.Join(strings.Fields(question), " ")
	m := groupAsked.FindStringSubmatch(flat)
	_, rest, _ := strings.Cut(pages[strings.LastIndex(pages, "WILL SHOW"):], m[1])
	n := 0
	for _, c := range m[2] {
		n = 10*n + int(c-'0')
	}
	return inOnePiece.FindStringSubmatch(rest)[1][4*(n-1) : 4*n]
}

func (p *person) Passphrase(_ string, into []byte) (int, error) { return copy(into, passphrase), nil }

func (p *person) Size() (int, int) { return 100, 40 }

func (p *person) Restore() {}

func (p *person) Quiet() func() { return func() {} }

// BenchmarkSign is one whole run of sign in this process, with a key file whose key
// derivation costs nothing: verification, review, confirmation, journal, signature.
func BenchmarkSign(b *testing.B) {
	for _, calls := range []int{1, 1000} {
		b.Run(map[int]string{1: "payment", 1000: "batch of 1000"}[calls], func(b *testing.B) { benchSign(b, calls) })
	}
}

func benchSign(b *testing.B, calls int) {
	b.Chdir(b.TempDir())
	key := keyfiletest.Key(b, "alice")
	owner := crypto.PubkeyToAddress(key.PublicKey)
	head := "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 71\nactions:\n"
	files := map[string]string{"alice.json": string(keyfiletest.JSON(b, key, passphrase, keyfiletest.FastN, keyfiletest.FastP)), "pay.json": payment("1"),
		"note.yaml": head + strings.Repeat("  - send: {amount: \"1 wei\", to: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\"}\n", calls)}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, state: filepath.Join(b.TempDir(), "state"), verify: verify.Verify}
	do := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		code := run(args, strings.NewReader(""), &out, &errs, w)
		return code, out.String() + errs.String()
	}
	if code, out := do("journal", "init"); code != exitDone {
		b.Fatal(out)
	}
	if calls > 1 {
		if err := os.Remove("pay.json"); err != nil {
			b.Fatal(err)
		}
		if code, out := do("intent", "build", "--to", "propose", "--safe-version", "1.3.0", "--output", "pay.json", "note.yaml"); code != exitDone {
			b.Fatal(out)
		}
	}
	b.ReportAllocs()
	shown := 0
	for b.Loop() {
		p := &person{t: b}
		w.console = func() (console, error) { return p, nil }
		code, out := do("sign", "--intent", "note.yaml", "--safe-version", "1.3.0", "--owners", owner.Hex(), "--threshold", "1", "--key-file", "alice.json", "pay.json")
		if code != exitDone {
			b.Fatalf("exit %d\n%s", code, out)
		}
		shown = p.bytes
	}
	b.ReportMetric(float64(shown), "shown-bytes/op")
}
