package receipt

import (
	"slices"
	"strings"
	"time"

	"github.com/coldsign/coldsign/verify/eip55"
	"github.com/coldsign/coldsign/verify/report"
)

// each calls do with every string of the receipt.
func (r *Receipt) each(do func(s string)) {
	for _, s := range []string{
		r.Program.Name, r.Program.Version, r.Program.Module, r.Time, r.Command, r.Verdict, r.Summary, r.File, r.Dialect,
		r.Safe.Value, r.Safe.From, r.Chain.Value, r.Chain.From, r.Version.Value, r.Version.From, r.Nonce.Value, r.Nonce.From,
		r.Hashes.Domain, r.Hashes.Message, r.Hashes.SafeTx, r.Hashes.Signed, r.Hashes.SignedAs, r.Intent.Origin, r.Shown.SHA256,
	} {
		do(s)
	}
	for _, list := range [][]string{r.Intent.Declared, r.Effects, r.Totals, r.Shown.Lines} {
		for _, s := range list {
			do(s)
		}
	}
	for _, d := range r.Digests {
		do(d.Name)
		do(d.SHA256)
	}
	for _, f := range r.Findings {
		do(f.Code)
		do(f.Severity)
		do(f.Where)
	}
	if j := r.Journal; j != nil {
		do(j.Head)
		do(j.Identity)
	}
}

// strings refuses texts that New does not write.
func (r *Receipt) strings() (err error) {
	r.each(func(s string) {
		switch {
		case len(s) > maxString:
			err = fail(ErrForm, "", "a text of the receipt has %d bytes, the limit is %d", len(s), maxString)
		case !report.Printable(s):
			err = fail(ErrForm, "", "the text %s of the receipt is not printable ASCII", report.Quote(s))
		}
	})
	return err
}

// form is the rule of one field.
type form struct {
	field string
	ok    bool
}

var (
	commands    = []string{"verify", "sign", "check", "decode", "hash"}
	severities  = []string{report.Critical.String(), report.High.String(), report.Notice.String(), report.SeverityUnknown.String()}
	provenances = []string{"", string(report.Signed), string(report.Claimed), string(report.Given), string(report.Beside), string(report.Proven), string(report.Derived), string(report.Inferred)}
)

// forms checks the form of every field that has one.
func (r *Receipt) forms() error {
	rules := []form{
		{"time", isTime(r.Time)}, {"command", slices.Contains(commands, r.Command)}, {"verdict", r.verdict() < noVerdict},
		{"safe", r.Safe.Value == "" || isAddress(r.Safe.Value)}, {"chain", isNumber(r.Chain.Value)}, {"nonce", isNumber(r.Nonce.Value)},
	}
	for _, v := range []Value{r.Safe, r.Chain, r.Version, r.Nonce} {
		rules = append(rules, form{"from", slices.Contains(provenances, v.From) && (v.Value != "" || v.From == "")})
	}
	for _, h := range []string{r.Hashes.Domain, r.Hashes.Message, r.Hashes.SafeTx, r.Hashes.Signed} {
		rules = append(rules, form{"hashes", h == "" || strings.HasPrefix(h, "0x") && isDigest(h[2:])})
	}
	names := map[string]bool{}
	for _, d := range r.Digests {
		rules = append(rules, form{"digests", isDigest(d.SHA256) && d.Name != "" && !names[d.Name]})
		names[d.Name] = true
	}
	for _, f := range r.Findings {
		rules = append(rules, form{"findings", isCode(f.Code) && slices.Contains(severities, f.Severity)})
	}
	for _, rule := range rules {
		if !rule.ok {
			return fail(ErrForm, "name the file as coldsign verify --receipt wrote it", "%s in the receipt is not of its form", rule.field)
		}
	}
	return nil
}

func isTime(s string) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && t.UTC().Format(time.RFC3339) == s
}

func isAddress(s string) bool {
	a, fault := eip55.Parse(s)
	return fault == nil && a.Hex() == s
}

func isNumber(s string) bool {
	return s == "" || strings.Trim(s, "0123456789") == "" && (s == "0" || s[0] != '0') && len(s) <= 78
}

func isDigest(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

func isCode(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}
