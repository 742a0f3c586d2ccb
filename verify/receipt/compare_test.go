package receipt

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// leaves calls do with the path and the place of every value that a receipt holds.
func leaves(path string, v reflect.Value, do func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(path, v.Elem(), do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(path+"."+v.Type().Field(i).Name, v.Field(i), do)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(fmt.Sprintf("%s[%d]", path, i), v.Index(i), do)
		}
	default:
		do(path, v)
	}
}

// full is a receipt in which every field and list holds something.
func full(t testing.TB) *Receipt {
	r := of(t, honest(t))
	r.Dialect, r.Hashes.Signed, r.Hashes.SignedAs = "service", "0x"+strings.Repeat("5", 64), "safeMessageHash"
	r.Findings = append(r.Findings, Finding{"OWNER_ADDED", "critical", "data", true}, Finding{"OWNER_ADDED", "critical", "", false})
	r.Effects = append(r.Effects, "add owner", "add owner")
	r.Totals = append(r.Totals, "1 wei")
	r.Intent.Declared = append(r.Intent.Declared, "add owner")
	return r
}

// TestEveryFieldCounts: whatever is changed in a receipt, Compare says that something
// differs; and what only says where, when and by whom does not split the decision.
func TestEveryFieldCounts(t *testing.T) {
	base := full(t)
	if ds := Compare(base, clone(t, base)); slices.ContainsFunc(ds, func(d Difference) bool { return d.Status != Equal }) {
		t.Fatalf("equal receipts differ: %+v", ds)
	}
	seen := 0
	leaves("", reflect.ValueOf(clone(t, base)), func(path string, _ reflect.Value) {
		seen++
		other := clone(t, base)
		leaves("", reflect.ValueOf(other), func(p string, v reflect.Value) {
			if p == path {
				alter(t, v)
			}
		})
		for _, pair := range [][2]*Receipt{{base, other}, {other, base}} {
			if !slices.ContainsFunc(Compare(pair[0], pair[1]), func(d Difference) bool { return d.Status != Equal }) {
				t.Errorf("%s is changed, and Compare does not say so", path)
			}
		}
	})
	if seen < 60 {
		t.Errorf("%d fields changed", seen)
	}
	lists := 0
	for _, shorten := range []func(r *Receipt){
		func(r *Receipt) { r.Digests = r.Digests[1:] }, func(r *Receipt) { r.Findings = r.Findings[1:] }, func(r *Receipt) { r.Effects = r.Effects[1:] }, func(r *Receipt) { r.Effects = r.Effects[:2] },
		func(r *Receipt) { r.Totals = r.Totals[1:] }, func(r *Receipt) { r.Intent.Declared = nil }, func(r *Receipt) { r.Shown.Lines = r.Shown.Lines[:len(r.Shown.Lines)-1] },
		func(r *Receipt) { r.Shown.Lines = append(r.Shown.Lines, "") }, func(r *Receipt) { r.Journal = nil }, func(r *Receipt) { slices.Reverse(r.Findings) },
		func(r *Receipt) { r.Effects = append(r.Effects, "") },
	} {
		other := clone(t, base)
		shorten(other)
		for _, pair := range [][2]*Receipt{{base, other}, {other, base}} {
			if !slices.ContainsFunc(Compare(pair[0], pair[1]), func(d Difference) bool { return d.Status != Equal }) {
				t.Errorf("list %d is changed, and Compare does not say so", lists)
			}
		}
		lists++
	}
}

// TestEveryByte: whichever byte of a file is changed, it is no receipt any more or
// another one, and Compare says so.
func TestEveryByte(t *testing.T) {
	raw := testdata(t, "pay.receipt.json")
	base, read := mustParse(t, raw), 0
	for i := range raw {
		for _, c := range []byte{raw[i] ^ 1, '0'} {
			b := bytes.Clone(raw)
			if b[i] == c {
				continue
			}
			b[i] = c
			r, err := Parse(b)
			if err != nil {
				continue
			}
			read++
			if !slices.ContainsFunc(Compare(base, r), func(d Difference) bool { return d.Status != Equal }) {
				t.Fatalf("byte %d is %q instead of %q, and nothing differs", i, c, raw[i])
			}
		}
	}
	if read < 50 {
		t.Errorf("%d changed files were read: too few to prove anything", read)
	}
}

func alter(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Uint64:
		v.SetUint(v.Uint() + 1)
	default:
		t.Fatalf("a field of kind %s: teach the test to change it", v.Kind())
	}
}

// second is the receipt of another person about the same proposal.
func second(t testing.TB, change func(*report.Report)) *Receipt {
	rep := honest(t)
	rep.File = "/media/usb/tx.json"
	change(rep)
	r := of(t, rep)
	r.Time, r.Program = "2026-03-01T13:00:00Z", Program{"coldsign", "v1.3.0", "github.com/coldsign/coldsign v1.3.0"}
	r.Journal = &Journal{9, strings.Repeat("ef", 32), "laptop-2"}
	return r
}

func none(*report.Report) {}

func TestSameDecision(t *testing.T) {
	other := "0x" + strings.Repeat("1", 64)
	swapDigest := func(name string) func(*report.Report) {
		return func(r *report.Report) {
			for i := range r.Digests {
				if r.Digests[i].Name == name {
					r.Digests[i].SHA256 = other[2:]
				}
			}
		}
	}
	tests := []struct {
		name string
		b    *Receipt
		kind error
		says string
	}{
		{"the same, elsewhere, later, by another version", second(t, none), nil, ""},
		{"the same transaction in another form", second(t, func(r *report.Report) { swapDigest("payload")(r); r.Dialect = "gateway" }), nil, ""},
		{"with an address book", second(t, func(r *report.Report) {
			r.Digests = append(r.Digests, report.Digest{Name: "address-book", SHA256: other[2:]})
		}), nil, ""},
		{"another file of the same intent", second(t, swapDigest("intent")), nil, ""},
		{"another intent", second(t, func(r *report.Report) { swapDigest("intent")(r); r.Intent.Lines[0].Declared += " or so" }), ErrDiffers, "intent digest"},
		{"another policy", rewritten(second(t, none), func(r *Receipt) { r.Digests[2].SHA256 = other[2:]; replace(r, strings.Repeat("ab", 32), other[2:]) }), ErrDiffers, "policy digest"},
		{"no policy", rewritten(second(t, none), func(r *Receipt) { r.Digests = r.Digests[:2] }), ErrDiffers, "policy digest"},
		{"another hash", second(t, func(r *report.Report) { r.Hashes.SafeTx = other }), ErrDiffers, "safeTxHash"},
		{"another nonce", second(t, func(r *report.Report) { r.Tx.Nonce = "67" }), ErrDiffers, "nonce"},
		{"another chain", second(t, func(r *report.Report) { r.Safe.Chain = "10" }), ErrDiffers, "chain"},
		{"another Safe", second(t, func(r *report.Report) { r.Safe.Address = "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3" }), ErrDiffers, "safe"},
		{"another version", second(t, func(r *report.Report) { r.Safe.Version = "1.3.0" }), ErrDiffers, "safe version"},
		{"refused", of(t, refused(t)), ErrNotVerified, "receipt B"},
		{"refused for receipts of others only", second(t, func(r *report.Report) {
			r.Verdict, r.Summary = report.Refused, "POLICY_APPROVAL: one receipt is missing"
			r.Findings = append(r.Findings, report.New(codeApproval, "", "one receipt is missing", ""))
		}), nil, ""},
		{"refused for that and more", second(t, func(r *report.Report) {
			r.Verdict, r.Summary = report.Refused, "POLICY_APPROVAL: one receipt is missing (and 1 more)"
			r.Findings = append(r.Findings, report.New(codeApproval, "", "one receipt is missing", ""), report.New("POLICY_LIMIT", "", "above the limit", ""))
		}), ErrNotVerified, "receipt B"},
		{"nothing", nil, ErrNotVerified, "receipt B"},
		{"one that contradicts itself", rewritten(second(t, none), func(r *Receipt) { r.Hashes.SafeTx = other }), ErrNotVerified, "receipt B"},
		{"a copy", of(t, honest(t)), ErrCopy, "one run"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := of(t, honest(t))
			err := SameDecision(a, tt.b)
			if !errors.Is(err, tt.kind) || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("got %v, want %v with %q", err, tt.kind, tt.says)
			}
			ascii(t, err)
			if back := SameDecision(tt.b, a); !errors.Is(back, tt.kind) {
				t.Errorf("the other way round: %v", back)
			}
		})
	}
}

func rewritten(r *Receipt, change func(*Receipt)) *Receipt {
	change(r)
	return r
}

// replace changes the text shown as whoever forges a whole receipt does.
func replace(r *Receipt, old, new string) {
	for i := range r.Shown.Lines {
		r.Shown.Lines[i] = strings.ReplaceAll(r.Shown.Lines[i], old, new)
	}
	r.Shown.SHA256 = digest(r.Shown.Lines)
}

// find returns the rows of a field.
func find(ds []Difference, field string) []Difference {
	var out []Difference
	for _, d := range ds {
		if d.Field == field {
			out = append(out, d)
		}
	}
	return out
}

func TestRows(t *testing.T) {
	a := of(t, honest(t))
	ds := Compare(a, second(t, none))
	if got := find(ds, "text lines"); len(got) != 1 || !strings.Contains(got[0].Note, "name of the file only") {
		t.Errorf("texts that differ in the file's name: %+v", got)
	}
	ds = Compare(a, second(t, func(r *report.Report) { r.NotChecked = append(r.NotChecked, "the weather") }))
	if got := find(ds, "text line"); len(got) != 1 || !strings.Contains(got[0].B, "the weather") || !strings.HasPrefix(got[0].Note, "line ") || got[0].Splits() {
		t.Errorf("texts that differ: %+v", got)
	}
	b := clone(t, a)
	b.Effects = append([]string{"first"}, b.Effects...)
	if got := find(Compare(a, b), "effect 1"); len(got) != 1 || got[0].Status != OnlyB || got[0].B != "first" {
		t.Errorf("an effect before the others: %+v", got)
	}
	for i := range 50 {
		b.Totals = append(b.Totals, fmt.Sprint("total ", i))
	}
	if got := find(Compare(a, b), "totals"); len(got) != 1 || !strings.Contains(got[0].Note, "30 more") {
		t.Errorf("fifty totals more: %+v", got)
	}
	if d := (Difference{Decides: true}); !d.Splits() || d.Status.String() != "unknown" || Status(99).String() != "unknown" {
		t.Error("an unknown status is taken for equal")
	}
	if len(Compare(nil, nil)) == 0 {
		t.Error("nothing compares with nothing in no field")
	}
}

// TestFields: what a person is shown of a receipt holds every text of it.
func TestFields(t *testing.T) {
	r := full(t)
	var all strings.Builder
	for _, f := range r.Fields() {
		if f.Value == "" {
			t.Errorf("%s is empty", f.Name)
		}
		all.WriteString(f.Name + " " + f.Value + "\n")
	}
	text := strings.ToLower(all.String())
	leaves("", reflect.ValueOf(r), func(path string, v reflect.Value) {
		if v.Kind() == reflect.String && !strings.HasPrefix(path, ".Shown.Lines") && !strings.Contains(text, strings.ToLower(v.String())) {
			t.Errorf("%s = %q is not shown", path, v)
		}
	})
}
