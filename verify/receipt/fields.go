package receipt

import (
	"fmt"
	"strconv"
	"strings"
)

// Field is a name and a value for a person, both printable ASCII.
type Field struct{ Name, Value string }

// scalar is a field that stands once in every receipt.
type scalar struct {
	Field, Value string
	decides      bool
}

// scalars lists the fields that stand once. What decides is what was checked and how
// it ended; where, when and by whom may differ.
func (r *Receipt) scalars() []scalar {
	return []scalar{
		{"program", r.Program.Name, false},
		{"program version", r.Program.Version, false},
		{"module", r.Program.Module, false},
		{"time", r.Time, false},
		{"command", r.Command, false},
		{"verdict", r.Verdict, true},
		{"exit code", strconv.Itoa(r.ExitCode), true},
		{"summary", r.Summary, false},
		{"file", r.File, false},
		{"dialect", r.Dialect, false},
		{"safe", r.Safe.Value, true},
		{"safe from", r.Safe.From, false},
		{"chain", r.Chain.Value, true},
		{"chain from", r.Chain.From, false},
		{"safe version", r.Version.Value, true},
		{"version from", r.Version.From, false},
		{"nonce", r.Nonce.Value, true},
		{"nonce from", r.Nonce.From, false},
		{"domain hash", r.Hashes.Domain, true},
		{"message hash", r.Hashes.Message, true},
		{"safeTxHash", r.Hashes.SafeTx, true},
		{"signed hash", r.Hashes.Signed, true},
		{"signed as", r.Hashes.SignedAs, true},
		{"intent from", r.Intent.Origin, false},
		{"intent matches", strconv.FormatBool(r.Intent.Matched), true},
	}
}

// Fields lists what the receipt says, but the text shown, in the order of the file.
// Fields that are unknown are left out.
func (r *Receipt) Fields() []Field {
	r = r.whole()
	var out []Field
	for _, s := range r.scalars() {
		out = append(out, Field{s.Field, s.Value})
	}
	for _, d := range r.Digests {
		out = append(out, Field{d.Name + " digest", d.SHA256})
	}
	out = append(out, r.Journal.fields()...)
	out = numbered(out, "intent action", r.Intent.Declared)
	out = numbered(out, "finding", r.findings())
	out = numbered(out, "effect", r.Effects)
	out = numbered(out, "total", r.Totals)
	out = append(out, Field{"text digest", r.Shown.SHA256})
	known := out[:0]
	for _, f := range out {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

func numbered(out []Field, name string, list []string) []Field {
	for i, s := range list {
		out = append(out, Field{fmt.Sprintf("%s %d", name, i+1), s})
	}
	return out
}

// findings renders each finding in one text; what is untrusted and free stands last,
// so that no two findings have one text.
func (r *Receipt) findings() []string {
	var out []string
	for _, f := range r.Findings {
		s := strings.ToUpper(f.Severity) + " " + f.Code
		if f.Declared {
			s += " (declared)"
		}
		if f.Where != "" {
			s += " at " + f.Where
		}
		out = append(out, s)
	}
	return out
}
