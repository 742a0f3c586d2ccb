//go:build unix

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

// aliceKey is the first account of every development node; its key is public.
const aliceKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"

// TestReadmeSigning makes the session of the README, with its policy and a person who
// types, and compares what the terminal shows with the block there, line by line; "..."
// stands for lines left out. Which digits are asked for differs from run to run, so that
// those lines are not compared.
func TestReadmeSigning(t *testing.T) {
	d := newLaptop(t)
	key, err := crypto.HexToECDSA(aliceKey)
	if err != nil {
		t.Fatal(err)
	}
	d.write("alice.json", string(keyfiletest.JSON(t, key, passphrase, 1<<13, 1)))
	config := filepath.Join(d.dir, "config", "coldsign")
	if err := os.MkdirAll(config, 0o700); err != nil {
		t.Fatal(err)
	}
	policy := fenced(t, "coldsign: policy/v1")
	d.write("config/coldsign/coldsign.yaml", policy)
	sum := sha256.Sum256([]byte(policy))
	for _, args := range [][]string{
		{"policy", "trust", "--digest", hex.EncodeToString(sum[:]), "config/coldsign/coldsign.yaml"},
		{"intent", "build", "--to", "propose", "--output", "tx.json", "payroll.yaml"},
	} {
		if args[0] == "intent" {
			d.write("payroll.yaml", "coldsign: intent/v1\nchain: 1\nsafe: main-vault\nnonce: 12\nactions:\n  - send: {amount: \"5 ETH\", to: hot-wallet}\n")
		}
		if out, code := d.run(args...); code != exitDone {
			t.Fatalf("%v: %s", args, out)
		}
	}
	block := strings.Split(strings.TrimSpace(fenced(t, "coldsign sign --intent payroll.yaml --key-file")), "\n")
	command, ok := strings.CutPrefix(block[0], "$ coldsign ")
	if !ok {
		t.Fatalf("the first line is %q", block[0])
	}
	s := atTerminal(t, d.program, d.dir, strings.Fields(command)...)
	s.confirm(s.pages())
	s.wait(passPrompt)
	s.type_(passphrase + "\n")
	if code := s.done(); code != exitDone {
		t.Fatalf("exit %d\n%s", code, s.shown())
	}
	t.Logf("\n%s", s.shown())
	rest := "\n" + s.shown()
	for _, line := range block[1:] {
		if strings.TrimSpace(line) == "..." || drawn.MatchString(line) {
			continue
		}
		_, after, found := strings.Cut(rest, "\n"+line+"\n")
		if !found {
			t.Fatalf("the README shows %q, which is not shown there:\n%s", line, s.shown())
		}
		rest = "\n" + after
	}
	if _, err := os.Stat(filepath.Join(d.dir, "signature.json")); err != nil {
		t.Error(err)
	}
}

// drawn are the lines of a question and its answer, which differ each time.
var drawn = regexp.MustCompile(`^(Question [1-4] of 4\. Type: (Domain|Message) hash, group [0-9]+ of 16: the (first )?four digits .*|    .*after 0x\)|> [0-9a-f]{4})$`)
