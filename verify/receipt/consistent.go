package receipt

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// noVerdict stands for a name that is no verdict's.
const noVerdict = report.Verified + 1

func (r *Receipt) verdict() report.Verdict {
	for v := report.Unchecked; v < noVerdict; v++ {
		if v.String() == r.Verdict {
			return v
		}
	}
	return noVerdict
}

// consistent refuses a receipt whose fields contradict each other.
func (r *Receipt) consistent() error {
	if err := r.forms(); err != nil {
		return err
	}
	for _, rule := range []func(*Receipt) string{(*Receipt).outcome, (*Receipt).textDigest, (*Receipt).textVerdict, (*Receipt).textShows, (*Receipt).evidence} {
		if why := rule(r); why != "" {
			return fail(ErrContradicts, "it was changed after it was written: ask for it again, or run coldsign verify yourself", "the receipt contradicts itself: %s", why)
		}
	}
	return nil
}

func (r *Receipt) shows() bool { return r.Command == "decode" || r.Command == "hash" }

// outcome: which command ends with which verdict and exit code.
func (r *Receipt) outcome() string {
	v := r.verdict()
	want := v.ExitCode()
	if r.shows() && v == report.Unchecked && r.ExitCode == 0 {
		want = 0
	}
	switch {
	case r.ExitCode != want:
		return "the exit code does not belong to the verdict " + r.Verdict
	case v == report.Verified && r.Command != "verify" && r.Command != "sign", v == report.NoObjection && r.Command != "check":
		return "the command " + r.Command + " cannot end with " + r.Verdict
	}
	return ""
}

func (r *Receipt) textDigest() string {
	if digest(r.Shown.Lines) != r.Shown.SHA256 {
		return "the text shown does not have the digest that stands beside it"
	}
	return ""
}

func (r *Receipt) textVerdict() string {
	word := report.VerdictWord(r.verdict())
	if r.shows() {
		word = "NOT VERIFIED"
	}
	if len(r.Shown.Lines) == 0 || !strings.HasPrefix(r.Shown.Lines[0], word+":") {
		return "the text shown does not begin with " + word
	}
	return ""
}

// textShows: what the fields say stands in the text, and in its place.
func (r *Receipt) textShows() string {
	text := squeeze(strings.Join(r.Shown.Lines, ""))
	for _, l := range r.labelled() {
		if l.Value != "" && !strings.Contains(text, squeeze(l.Name+l.Value)) {
			return l.Value + " does not stand in its place in the text shown"
		}
	}
	for _, e := range r.Effects {
		if len(e) == maxString {
			continue // cut
		}
		at := strings.Index(text, squeeze(e))
		if at < 0 {
			return "the effect " + report.Quote(e) + " does not stand in its place in the text shown"
		}
		text = text[at:] // in order, so that many effects are found in one pass
	}
	return ""
}

// labelled lists values with what stands before them in the text.
func (r *Receipt) labelled() []Field {
	out := []Field{{"address", r.Safe.Value}, {"", r.Hashes.Signed}}
	switch {
	case r.Hashes.SignedAs != "" && r.Hashes.SafeTx == "": // the text shows the steps to the signed hash instead
	case r.Command == "hash": // each in several forms
		out = append(out, Field{"", r.Hashes.Domain}, Field{"", r.Hashes.Message}, Field{"", r.Hashes.SafeTx})
	default:
		out = append(out, Field{"domain hash", r.Hashes.Domain}, Field{"message hash", r.Hashes.Message}, Field{"safeTxHash", r.Hashes.SafeTx})
	}
	for _, d := range r.Digests {
		if len(d.Name) == maxString || strings.HasSuffix(d.Name, "'") {
			d.Name = "" // cut, or the second of its name
		}
		out = append(out, Field{d.Name, d.SHA256})
	}
	return out
}

// squeeze takes out blanks, because the text breaks lines and writes values in groups.
func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

// evidence: verified says with what.
func (r *Receipt) evidence() string {
	if r.verdict() != report.Verified {
		return ""
	}
	if why := r.carried(); why != "" {
		return "verified, and " + why
	}
	for _, f := range r.Findings {
		if f.Severity != report.Notice.String() && f.Severity != report.High.String() && !f.Declared {
			return "verified, with the " + f.Severity + " finding " + f.Code
		}
	}
	return ""
}

// carried says what of the evidence for a decision is missing.
func (r *Receipt) carried() string {
	for _, v := range []string{r.Safe.Value, r.Chain.Value, r.Version.Value, r.Nonce.Value, r.Hashes.Domain, r.Hashes.Message, r.Hashes.SafeTx, r.Digest("intent")} {
		if v == "" {
			return "one of safe, chain, version, nonce, the three hashes and the intent's digest is missing"
		}
	}
	if !r.Intent.Matched || len(r.Intent.Declared) == 0 {
		return "the intent does not match"
	}
	return ""
}
