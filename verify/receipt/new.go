package receipt

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/coldsign/coldsign/verify/report"
)

// Meta is what a receipt holds beside the report.
type Meta struct {
	Program  Program
	Time     time.Time
	ExitCode int
	Journal  *Journal // nil if there is none
}

// New makes the receipt of a report and of the text that report.Text made of it, 100
// columns wide and without colour. Whatever they hold, the receipt is printable ASCII.
func New(r *report.Report, text string, m Meta) *Receipt {
	if r == nil {
		r = &report.Report{}
	}
	out := &Receipt{
		Program: Program{plain(m.Program.Name), plain(m.Program.Version), plain(m.Program.Module)},
		Time:    m.Time.UTC().Format(time.RFC3339), Command: plain(r.Command), Verdict: r.Verdict.String(), ExitCode: m.ExitCode,
		Summary: plain(r.Summary), File: plain(r.File), Dialect: plain(r.Dialect),
		Safe: value(r.Safe.Address, r.Safe.Provenance["address"]), Chain: value(r.Safe.Chain, r.Safe.Provenance["chain"]),
		Version: value(r.Safe.Version, r.Safe.Provenance["version"]),
		Shown:   shown(text),
	}
	if r.Tx != nil {
		out.Nonce = value(r.Tx.Nonce, r.Tx.Provenance["nonce"])
	}
	if h := r.Hashes; h != nil {
		out.Hashes = Hashes{plain(h.Domain), plain(h.Message), plain(h.SafeTx), plain(h.Signed), plain(h.SignedAs)}
	}
	if n := len(r.Via); n > 0 {
		out.Hashes.Signed, out.Hashes.SignedAs = plain(r.Via[n-1].Signed), plain("safeMessageHash of "+r.Via[n-1].Address)
	}
	if m.Journal != nil {
		out.Journal = &Journal{m.Journal.Length, plain(m.Journal.Head), plain(m.Journal.Identity)}
	}
	out.Intent = declared(r.Intent)
	out.lists(r)
	return out.whole()
}

func (out *Receipt) lists(r *report.Report) {
	seen := map[string]bool{}
	for _, d := range r.Digests {
		name := plain(d.Name)
		for seen[name] {
			name = plain(name + "'") // as in reports: two of one name would be compared as one
		}
		seen[name] = true
		out.Digests = append(out.Digests, Digest{name, plain(d.SHA256)})
	}
	for _, f := range report.Sorted(r.Findings) {
		out.Findings = append(out.Findings, Finding{plain(f.Code), f.Severity.String(), plain(f.Where), f.Declared})
	}
	for _, e := range r.Effects {
		out.Effects = append(out.Effects, plain(e.Text))
	}
	for _, t := range r.Totals {
		out.Totals = append(out.Totals, plain(totalWords(t)))
	}
}

func totalWords(t report.Total) string {
	if t.Text != "" {
		return t.Text
	}
	return t.Amount + " of " + t.Asset
}

func declared(n *report.Intent) Intent {
	if n == nil {
		return Intent{}
	}
	return Intent{Origin: plain(n.Origin), Matched: n.Matched, Declared: Declared(n.Lines)}
}

// Declared returns the actions that a receipt keeps of an intent's lines. A line
// without anything decoded beside it that is equal all the same is a remark of the
// author.
func Declared(lines []report.IntentLine) []string {
	var out []string
	for _, l := range lines {
		if remark := l.Equal && l.Decoded == ""; l.Declared != "" && !remark {
			out = append(out, plain(l.Declared))
		}
	}
	return out
}

func value(v string, from report.Provenance) Value { return Value{plain(v), plain(string(from))} }

func shown(text string) Shown {
	if text == "" {
		return Shown{SHA256: digest(nil)}
	}
	var s Shown
	for _, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		s.Lines = append(s.Lines, plain(l))
	}
	s.SHA256 = digest(s.Lines)
	return s
}

// digest is the sha256 of the lines, each ended by LF.
func digest(lines []string) string {
	h := sha256.New()
	for _, l := range lines {
		h.Write([]byte(l))
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// maxString bounds one string of a receipt, in bytes.
const maxString = 4096

// plain makes printable ASCII of untrusted text and bounds it. The end says what was
// cut, so that two texts that begin alike do not look the same.
func plain(s string) string {
	if len(s) <= maxString {
		if s = report.Escape(s); len(s) <= maxString {
			return s
		}
	}
	sum := sha256.Sum256([]byte(s))
	end := fmt.Sprintf("... (%d bytes, sha256 %x)", len(s), sum)
	return report.Escape(s[:maxString])[:maxString-len(end)] + end
}
