package journal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/safe"
)

var (
	start   = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	cold    = common.HexToAddress("0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4")
	other   = common.HexToAddress("0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3")
	signer  = common.HexToAddress("0x1F4EB0a903619ac168b19A82F1a6e2e426522211")
	usdc    = effect.Asset{Standard: effect.ERC20, Token: common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")}
	ether   = effect.Asset{Standard: effect.Native}
	version = safe.Version{Major: 1, Minor: 4, Patch: 1}
	old     = safe.Version{Major: 1, Minor: 1, Patch: 1}
)

const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

func num(n uint64) *uint256.Int { return uint256.NewInt(n) }

// record is an approval of the hash n at nonce n.
func record(n uint64) journal.Record {
	return journal.Record{Time: start.Add(time.Duration(n) * time.Minute), Kind: journal.Approved,
		Chain: num(1), Safe: cold, Version: version, Nonce: num(n), Hash: common.BigToHash(num(n).ToBig()),
		Payload: digest, Policy: digest, Intent: digest, Program: "v1.0.0",
		Outflow: []journal.Outflow{{Asset: ether, Amount: num(1000 + n)}, {Asset: usdc}}}
}

func signed(n uint64) journal.Record {
	r := record(n)
	r.Kind, r.Signer = journal.Signed, signer
	return r
}

func refused(n uint64) journal.Record {
	return journal.Record{Time: start.Add(time.Duration(n) * time.Minute), Kind: journal.Refused, Safe: cold, Nonce: num(n), Reason: "INTENT_MISMATCH", Program: "(devel)"}
}

// fresh makes a journal with the records in a new folder and closes it.
func fresh(t testing.TB, records ...journal.Record) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal")
	j, err := journal.Init(path, start)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		mustAppend(t, j, r)
	}
	mustClose(t, j)
	return path
}

func mustAppend(t testing.TB, j *journal.Journal, r journal.Record) journal.Record {
	t.Helper()
	got, err := j.Append(r)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func mustOpen(t testing.TB, path string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func mustClose(t testing.TB, j *journal.Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func lines(t testing.TB, path string) [][]byte {
	t.Helper()
	all := bytes.SplitAfter(contents(t, path), []byte("\n"))
	return all[:len(all)-1] // behind the last line feed there is nothing
}

func put(t testing.TB, path string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantError checks kind, plain text and hint, and returns the error.
func wantError(t testing.TB, err, kind error) *journal.Error {
	t.Helper()
	var e *journal.Error
	if !errors.As(err, &e) || !errors.Is(err, kind) || e.Kind != kind {
		t.Fatalf("got %v, want the kind %q", err, kind)
	}
	if e.Msg == "" || e.Hint == "" {
		t.Errorf("%v: message %q, hint %q; want both", kind, e.Msg, e.Hint)
	}
	for _, c := range []byte(e.Error() + e.Hint) {
		if c < 0x20 || c > 0x7e {
			t.Errorf("byte %#x in %q", c, e.Error()+e.Hint)
		}
	}
	return e
}
