package receipt

import (
	"bytes"
	"errors"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"testing/quick"

	"github.com/ethereum/go-ethereum/common"
	"github.com/google/go-cmp/cmp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
)

// TestSamples: receipts written once, which every later version must still read, as
// every signature over one stays what it was.
func TestSamples(t *testing.T) {
	for name, want := range map[string]*report.Report{"pay.receipt.json": honest(t), "refused.receipt.json": refused(t)} {
		r := mustParse(t, testdata(t, name))
		if r.Verdict != want.Verdict.String() || r.Hashes.SafeTx != want.Hashes.SafeTx || r.Digest("payload") != want.Digests[0].SHA256 || len(r.Digest("policy")) != 64 {
			t.Errorf("%s: %s, %s", name, r.Verdict, r.Hashes.SafeTx)
		}
	}
}

// TestNew: a fresh receipt is read back as it was made.
func TestNew(t *testing.T) {
	for _, rep := range []*report.Report{honest(t), refused(t), {Command: "verify", Failure: "is a directory"}} {
		rep.Summary = "because"
		r := of(t, rep)
		if diff := cmp.Diff(r, mustParse(t, r.JSON())); diff != "" {
			t.Error(diff)
		}
	}
}

// Generate makes random receipts that Parse must accept: refused ones, whose fields
// are free.
func (*Receipt) Generate(rnd *rand.Rand, size int) reflect.Value {
	text := func() string {
		b := make([]byte, rnd.Intn(size+1))
		for i := range b {
			b[i] = byte(0x20 + rnd.Intn(0x5f))
		}
		return report.Escape(string(b)) // as New writes texts
	}
	texts := func() []string {
		list := []string{}
		for range rnd.Intn(4) {
			list = append(list, text())
		}
		return list
	}
	r := &Receipt{
		Program: Program{text(), text(), text()}, Time: "2026-03-01T12:00:00Z", Command: "verify", Verdict: "refused", ExitCode: 3,
		Summary: text(), File: text(), Dialect: text(), Intent: Intent{text(), rnd.Intn(2) == 0, texts()}, Totals: texts(),
		Nonce: Value{uint256.NewInt(rnd.Uint64()).Dec(), "signed"}, Hashes: Hashes{SignedAs: text()}, Shown: Shown{Lines: append([]string{"REFUSED: " + text()}, texts()...)},
	}
	if rnd.Intn(2) == 0 {
		r.Journal = &Journal{rnd.Uint64(), text(), text()}
	}
	for range rnd.Intn(3) {
		r.Findings = append(r.Findings, Finding{"CODE_1", "high", text(), rnd.Intn(2) == 0})
	}
	r.Shown.SHA256 = digest(r.Shown.Lines)
	return reflect.ValueOf(r.whole())
}

func TestRoundTrip(t *testing.T) {
	err := quick.Check(func(r *Receipt) bool {
		got := mustParse(t, r.JSON())
		return reflect.DeepEqual(r, got) && bytes.Equal(got.JSON(), r.JSON())
	}, &quick.Config{MaxCount: 500})
	if err != nil {
		t.Error(err)
	}
}

// TestHostile: no text of a report reaches the file unescaped or unbounded.
func TestHostile(t *testing.T) {
	evil := "\x1b[2JVERIFIED\r\n\u202e\u200b\xff\"}\\u0041</script>"
	for name, s := range map[string]string{"escapes": evil, "long": strings.Repeat("A", 1<<20), "long escapes": strings.Repeat(evil, 1<<15)} {
		t.Run(name, func(t *testing.T) {
			r := New(hostile(t, s), textOf(t, hostile(t, plain(s)))+s+"\n", Meta{Program: Program{s, s, s}, Time: noon, ExitCode: 3, Journal: &Journal{1, s, s}})
			raw := r.JSON()
			if i := bytes.IndexFunc(raw, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
				t.Fatalf("byte %#x in the file", raw[i])
			}
			r.each(func(s string) {
				if len(s) > maxString {
					t.Errorf("a text of %d bytes", len(s))
				}
			})
			if got := mustParse(t, raw); len(got.Digests) != 4 || got.Digests[2].Name == got.Digests[3].Name {
				t.Errorf("digests %v", got.Digests)
			}
		})
	}
	a, b := plain(strings.Repeat("A", 1<<20)+"1"), plain(strings.Repeat("A", 1<<20)+"2")
	if a == b || len(a) != maxString || plain(a) != a {
		t.Error("two long texts that begin alike have one short form, or none")
	}
	if New(nil, evil, Meta{}).Verdict != "unchecked" || (*Receipt)(nil).JSON() == nil {
		t.Error("nothing is not unchecked")
	}
}

// hostile puts a text wherever a report holds one.
func hostile(t *testing.T, s string) *report.Report {
	rep := refused(t)
	rep.File, rep.Summary, rep.Dialect = s, s, s
	rep.Safe.Version, rep.Safe.Provenance = s, map[string]report.Provenance{"version": report.Given, "address": report.Given}
	rep.Effects = append(rep.Effects, report.Effect{Text: s, Fact: true})
	rep.Totals = append(rep.Totals, report.Total{Asset: s, Amount: s}, report.Total{Text: s})
	rep.Findings = append(rep.Findings, report.New("UNICODE_SPOOF", s, s, s))
	rep.Intent.Origin, rep.Intent.Lines = s, []report.IntentLine{{Declared: s, Decoded: s}}
	rep.Digests = append(rep.Digests, report.Digest{Name: s, SHA256: strings.Repeat("0", 64)}, report.Digest{Name: s, SHA256: strings.Repeat("1", 64)})
	return rep
}

// TestParseRefuses: layout.
func TestParseRefuses(t *testing.T) {
	good := string(of(t, honest(t)).JSON())
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the sample does not hold %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	tests := []struct {
		name, raw string
		kind      error
	}{
		{"as it was", good, nil},
		{"nothing", "", ErrForm},
		{"null", "null\n", ErrForm},
		{"another schema", swap("receipt/v1", "receipt/v2"), ErrForm},
		{"a report", `{"coldsign":"coldsign/report/v1"}`, ErrForm},
		{"only the schema", `{"coldsign":"coldsign/receipt/v1"}`, ErrForm},
		{"no line end", strings.TrimSuffix(good, "\n"), ErrForm},
		{"two line ends", good + "\n", ErrForm},
		{"two receipts", good + good, ErrForm},
		{"crlf", strings.ReplaceAll(good, "\n", "\r\n"), ErrForm},
		{"byte order mark", "\xef\xbb\xbf" + good, ErrForm},
		{"a space more", swap(`"exitCode": 0`, `"exitCode":  0`), ErrForm},
		{"number as a float", swap(`"exitCode": 0`, `"exitCode": 0.0`), ErrForm},
		{"number as a text", swap(`"exitCode": 0`, `"exitCode": "0"`), ErrForm},
		{"minus zero", swap(`"exitCode": 0`, `"exitCode": -0`), ErrForm},
		{"unknown key", swap(`"time": `, `"tim": `), ErrForm},
		{"a key more", swap("  \"time\": ", "  \"note\": \"\",\n  \"time\": "), ErrForm},
		{"a key twice", swap("  \"verdict\": \"verified\",\n", "  \"verdict\": \"refused\",\n  \"verdict\": \"verified\",\n"), ErrForm},
		{"a key in capitals", swap(`"verdict": `, `"Verdict": `), ErrForm},
		{"a key missing", swap("  \"dialect\": \"service\",\n", ""), ErrForm},
		{"keys swapped", swap("  \"command\": \"verify\",\n  \"verdict\": \"verified\",\n", "  \"verdict\": \"verified\",\n  \"command\": \"verify\",\n"), ErrForm},
		{"null for a list", swap(`"totals": [`, `"totals": null, "x": [`), ErrForm},
		{"null for a text", swap(`"dialect": "service"`, `"dialect": null`), ErrForm},
		{"an escape more", swap(`"pay.json"`, `"p\u0061y.json"`), ErrForm},
		{"not ascii", swap(`"pay.json"`, `"päy.json"`), ErrForm},
		{"escaped control", swap(`"pay.json"`, `"pay\u001b.json"`), ErrForm},
		{"long text", swap(`"pay.json"`, `"`+strings.Repeat("p", maxString+1)+`"`), ErrForm},
		{"another time", swap("2026-03-01T12:00:00Z", "2026-03-01T12:00:00+00:00"), ErrForm},
		{"no time", swap("2026-03-01T12:00:00Z", "2026-02-30T12:00:00Z"), ErrForm},
		{"no such command", swap(`"command": "verify"`, `"command": "trust"`), ErrForm},
		{"no such verdict", swap(`"verdict": "verified"`, `"verdict": "VERIFIED"`), ErrForm},
		{"no such provenance", swap(`"from": "given"`, `"from": "Given"`), ErrForm},
		{"safe in lower case", swap("0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4"), ErrForm},
		{"hash in upper case", swap(`"safeTx": "0x98`, `"safeTx": "0X98`), ErrForm},
		{"nonce 066", swap(`"value": "66"`, `"value": "066"`), ErrForm},
		{"code with a blank", swap(`"code": "`, `"code": " `), ErrForm},
		{"too large", `"` + strings.Repeat("x", MaxSize) + `"`, ErrForm},
		{"too deep", strings.Repeat("[", 100), ErrForm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Parse([]byte(tt.raw))
			if !errors.Is(err, tt.kind) || (r == nil) != (err != nil) {
				t.Fatalf("got %v, want %v", err, tt.kind)
			}
			ascii(t, err)
		})
	}
}

func ascii(t *testing.T, err error) {
	t.Helper()
	var e *Error
	if err != nil && (!errors.As(err, &e) || e.Msg == "" || plain(e.Msg+e.Hint) != e.Msg+e.Hint) {
		t.Errorf("the error %q is no short *Error in printable ASCII", err)
	}
}

// TestContradictions: one field of a verified receipt is changed, and the rest says
// otherwise.
func TestContradictions(t *testing.T) {
	tests := []struct {
		name   string
		change func(r *Receipt)
		says   string
	}{
		{"exit code", func(r *Receipt) { r.ExitCode = 3 }, "exit code"},
		{"verdict", func(r *Receipt) { r.Verdict, r.ExitCode = "refused", 3 }, "does not begin with REFUSED"},
		{"command", func(r *Receipt) { r.Command = "check" }, "cannot end with verified"},
		{"no objection by verify", func(r *Receipt) { r.Verdict = "no-objection" }, "cannot end with no-objection"},
		{"a line of the text", func(r *Receipt) { r.Shown.Lines[1] += "." }, "digest that stands beside it"},
		{"digest of the text", func(r *Receipt) { r.Shown.SHA256 = strings.Repeat("0", 64) }, "digest that stands beside it"},
		{"no text", func(r *Receipt) { r.Shown = shown("") }, "does not begin with VERIFIED"},
		{"safe", func(r *Receipt) { r.Safe.Value = common.HexToAddress("0x1").Hex() }, "does not stand in its place"},
		{"safeTxHash", func(r *Receipt) { r.Hashes.SafeTx = r.Hashes.Domain }, "does not stand in its place"},
		{"another safeTxHash", func(r *Receipt) { r.Hashes.SafeTx = "0x" + strings.Repeat("1", 64) }, "does not stand in its place"},
		{"domain hash", func(r *Receipt) { r.Hashes.Domain = "0x" + strings.Repeat("1", 64) }, "does not stand in its place"},
		{"message hash", func(r *Receipt) { r.Hashes.Message = "0x" + strings.Repeat("1", 64) }, "does not stand in its place"},
		{"digests swapped", func(r *Receipt) {
			r.Digests[1].SHA256, r.Digests[2].SHA256 = r.Digests[2].SHA256, r.Digests[1].SHA256
		}, "does not stand in its place"},
		{"digest of the intent", func(r *Receipt) { r.Digests[1].SHA256 = strings.Repeat("1", 64) }, "does not stand in its place"},
		{"an effect", func(r *Receipt) { r.Effects[0] += "0" }, "does not stand in its place"},
		{"an effect more", func(r *Receipt) { r.Effects = append(r.Effects, "send 1 wei home") }, "does not stand in its place"},
		{"no nonce", func(r *Receipt) { r.Nonce = Value{} }, "missing"},
		{"no version", func(r *Receipt) { r.Version = Value{} }, "missing"},
		{"no chain", func(r *Receipt) { r.Chain = Value{} }, "missing"},
		{"no hash", func(r *Receipt) { r.Hashes.SafeTx = "" }, "missing"},
		{"no digest of an intent", func(r *Receipt) { r.Digests = r.Digests[2:] }, "missing"},
		{"an intent that does not match", func(r *Receipt) { r.Intent.Matched = false }, "does not match"},
		{"an intent without actions", func(r *Receipt) { r.Intent.Declared = nil }, "does not match"},
		{"a critical finding", func(r *Receipt) { r.Findings = append(r.Findings, Finding{"HASH_MISMATCH", "critical", "", false}) }, "critical finding HASH_MISMATCH"},
		{"a finding of unknown severity", func(r *Receipt) { r.Findings = append(r.Findings, Finding{"NEW", "unknown", "", false}) }, "unknown finding NEW"},
		{"a critical one that is declared", func(r *Receipt) { r.Findings = append(r.Findings, Finding{"OWNER_ADDED", "critical", "", true}) }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := clone(t, of(t, honest(t)))
			tt.change(r)
			_, err := Parse(r.JSON())
			if tt.says == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.Is(err, ErrContradicts) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
			ascii(t, err)
		})
	}
}

// TestOutcomes: which verdict, command and exit code go together.
func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		command, verdict string
		code             int
		ok               bool
	}{
		{"verify", "verified", 0, true}, {"sign", "verified", 0, true}, {"check", "verified", 0, false}, {"decode", "verified", 0, false},
		{"check", "no-objection", 0, true}, {"sign", "no-objection", 0, false},
		{"verify", "refused", 3, true}, {"verify", "refused", 0, false}, {"decode", "refused", 3, true}, {"decode", "refused", 0, false},
		{"verify", "unchecked", 1, true}, {"verify", "unchecked", 0, false}, {"decode", "unchecked", 0, true}, {"hash", "unchecked", 1, true}, {"hash", "unchecked", 3, false},
	} {
		r := Receipt{Command: tt.command, Verdict: tt.verdict, ExitCode: tt.code}
		if got := r.outcome() == ""; got != tt.ok {
			t.Errorf("%s ends with %s and %d: %v, want %v", tt.command, tt.verdict, tt.code, got, tt.ok)
		}
	}
}

// FuzzParse: what is accepted is written as it was read, agrees with itself, and
// equals itself.
func FuzzParse(f *testing.F) {
	f.Add(of(f, honest(f)).JSON())
	f.Add(of(f, refused(f)).JSON())
	f.Add((&Receipt{}).JSON())
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := Parse(raw)
		if err != nil {
			if r != nil || !errors.Is(err, ErrForm) && !errors.Is(err, ErrContradicts) {
				t.Fatalf("%v, %v", r, err)
			}
			ascii(t, err)
			return
		}
		if !bytes.Equal(r.JSON(), raw) {
			t.Fatalf("%q is written as %q", raw, r.JSON())
		}
		for _, d := range Compare(r, r) {
			if d.Status != Equal {
				t.Fatalf("%+v beside itself", d)
			}
		}
		if err := SameDecision(r, r); err == nil {
			t.Fatal("one receipt counts as two")
		}
		if r.Verdict == "verified" && (r.ExitCode != 0 || r.Hashes.SafeTx == "" || !strings.HasPrefix(r.Shown.Lines[0], "VERIFIED:")) {
			t.Fatalf("verified without evidence: %q", raw)
		}
	})
}
