package receipt

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/sshsig"
)

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func carol(t testing.TB) map[string]sshsig.Key {
	t.Helper()
	k, err := sshsig.ParseKey(strings.TrimSpace(string(testdata(t, "carol.pub"))))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]sshsig.Key{"carol": k}
}

// TestCounts: testdata/pay.receipt.json was signed with ssh-keygen.
func TestCounts(t *testing.T) {
	raw, sig, keys := testdata(t, "pay.receipt.json"), testdata(t, "pay.receipt.json.sig"), carol(t)
	want := mustParse(t, raw).Binding()
	if want.Journal != "laptop-1" {
		t.Fatalf("the receipt binds the journal %q", want.Journal)
	}
	want.Journal = "laptop-2"
	tests := []struct {
		name   string
		change func(w *Binding)
		kind   error
		says   string
	}{
		{"as it was", func(*Binding) {}, nil, ""},
		{"another file of the same intent", func(w *Binding) { w.IntentDigest = strings.Repeat("0", 64) }, nil, ""},
		{"the same file, read in other words", func(w *Binding) { w.Declared = []string{"pay"} }, nil, ""},
		{"another intent", func(w *Binding) { w.IntentDigest, w.Declared = strings.Repeat("0", 64), []string{"pay"} }, ErrDiffers, "intent"},
		{"another file, and nothing is known of its actions", func(w *Binding) { w.IntentDigest, w.Declared = strings.Repeat("0", 64), nil }, ErrDiffers, "intent"},
		{"of this machine", func(w *Binding) { w.Journal = "laptop-1" }, ErrHere, "this very machine"},
		{"this machine has no journal", func(w *Binding) { w.Journal = "" }, nil, ""},
		{"another hash", func(w *Binding) { w.SafeTxHash = "0x" + strings.Repeat("0", 64) }, ErrDiffers, "safeTxHash"},
		{"another chain", func(w *Binding) { w.Chain = "10" }, ErrDiffers, "chain"},
		{"another safe", func(w *Binding) { w.Safe = "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3" }, ErrDiffers, "safe"},
		{"another Safe version", func(w *Binding) { w.Version = "1.3.0" }, ErrDiffers, "safe version"},
		{"another policy", func(w *Binding) { w.PolicyDigest = strings.Repeat("0", 64) }, ErrDiffers, "policy"},
		{"another program", func(w *Binding) { w.ProgramVersion = "v1.2.1" }, ErrDiffers, "program version"},
		{"nothing to bind", func(w *Binding) { *w = Binding{} }, ErrBinding, "no safe"},
		{"no policy", func(w *Binding) { w.PolicyDigest = "" }, ErrBinding, "policy"},
		{"no intent", func(w *Binding) { w.IntentDigest, w.Declared = "", nil }, ErrBinding, "intent"},
		{"no program", func(w *Binding) { w.ProgramVersion = "" }, ErrBinding, "program"},
		{"no hash", func(w *Binding) { w.SafeTxHash = "" }, ErrBinding, "safeTxHash"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := want
			tt.change(&w)
			name, err := Counts(raw, sig, keys, w)
			if !errors.Is(err, tt.kind) || (name == "carol") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %q, %v; want %v with %q", name, err, tt.kind, tt.says)
			}
		})
	}
}

// TestCountsRefuses: what is wrong with the file or the signature.
func TestCountsRefuses(t *testing.T) {
	raw, sig, keys := testdata(t, "pay.receipt.json"), testdata(t, "pay.receipt.json.sig"), carol(t)
	want := mustParse(t, raw).Binding()
	want.Journal = "laptop-2"
	refusal := testdata(t, "refused.receipt.json")
	tests := []struct {
		name     string
		raw, sig []byte
		keys     map[string]sshsig.Key
		kind     error
	}{
		{"changed after it was signed", bytes.Replace(raw, []byte("12:00:00Z"), []byte("12:00:01Z"), 1), sig, keys, sshsig.ErrSignature},
		{"signed for another purpose", raw, testdata(t, "pay.file.sig"), keys, sshsig.ErrNamespace},
		{"not signed", raw, nil, keys, sshsig.ErrForm},
		{"no keys", raw, sig, nil, sshsig.ErrSigner},
		{"too large", append(bytes.Clone(raw), make([]byte, MaxSize)...), sig, keys, ErrForm},
		{"a signed refusal", refusal, testdata(t, "refused.receipt.json.sig"), keys, ErrNotVerified},
		{"a signed text that is no receipt", testdata(t, "note.txt"), testdata(t, "note.txt.sig"), keys, ErrForm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if name, err := Counts(tt.raw, tt.sig, tt.keys, want); !errors.Is(err, tt.kind) || name != "" {
				t.Errorf("got %q, %v; want %v", name, err, tt.kind)
			}
		})
	}
}

// TestElsewhere: where this machine has a journal, a receipt that names none does not
// count.
func TestElsewhere(t *testing.T) {
	for _, tt := range []struct {
		here string
		hers *Journal
		kind error
	}{
		{"", nil, nil},
		{"", &Journal{1, "", "a"}, nil},
		{"a", nil, ErrHere},
		{"a", &Journal{1, "", ""}, ErrHere},
		{"a", &Journal{1, "", "a"}, ErrHere},
		{"a", &Journal{9, "", "b"}, nil},
	} {
		if err := (Binding{Journal: tt.here}).elsewhere(&Receipt{Journal: tt.hers}); !errors.Is(err, tt.kind) {
			t.Errorf("here %q, there %v: got %v, want %v", tt.here, tt.hers, err, tt.kind)
		}
	}
}
