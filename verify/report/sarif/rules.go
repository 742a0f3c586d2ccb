package sarif

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// The rules that are no codes of the catalogue.
const (
	refusedRule   = "REFUSED"
	uncheckedRule = "COULD_NOT_CHECK"
)

// declaredSuffix makes the rule under which declared findings stand. It is one of its own
// because GitHub takes the severity from the rule and not from the result.
const declaredSuffix = "/declared"

// level is how a finding of the severity is shown. A high one that did not refuse, because
// check without a policy only shows it, is a warning.
func level(f report.Finding, refused bool) string {
	switch {
	case f.Severity == report.Notice || f.Declared:
		return "note"
	case f.Severity == report.High && !refused:
		return "warning"
	}
	return "error"
}

// GitHub's code scanning reads this number as critical above 9.0 and high from 7.0.
func securitySeverity(s report.Severity) string {
	switch s {
	case report.Notice:
		return ""
	case report.High:
		return "8.0"
	}
	return "9.5"
}

func (n *node) rule(id string) {
	name, declared := strings.CutSuffix(id, declaredSuffix)
	n.b = append(n.b, '\n')
	n.in("", func() {
		n.str("id", plain(id))
		switch c, ok := report.LookupCode(name); {
		case name == refusedRule:
			n.own("The transaction is refused, for a reason that is no finding.", "What would have to be there is not: the message says what.")
		case name == uncheckedRule:
			n.own("The file could not be checked, and nothing is known of it.", "A file that nobody could check is no file without findings. The message says why, and what to do.")
		case !ok:
			n.own("A finding that the catalogue does not hold.", "It counts as critical.")
		default:
			n.str("name", camel(name))
			n.code(&c, declared)
		}
	})
}

// own describes a rule of this package.
func (n *node) own(short, full string) {
	n.text("shortDescription", short)
	n.text("fullDescription", full)
	n.in("help", func() {
		n.str("text", short+" "+full)
		n.str("markdown", "**"+short+"**\n\n"+full)
	})
	n.in("defaultConfiguration", func() { n.str("level", "error") })
	n.in("properties", func() {
		n.strs("tags", "security")
		n.str("security-severity", securitySeverity(report.Critical))
	})
}

func (n *node) code(c *report.Code, declared bool) {
	short := plain(sentence(c.Meaning))
	if declared {
		short = "Declared by the intent: " + plain(c.Meaning) + "."
	}
	n.text("shortDescription", short)
	n.text("fullDescription", plain(c.Why))
	n.in("help", func() {
		n.str("text", help(c, "", ""))
		n.str("markdown", help(c, "**", "**"))
	})
	shown := report.Finding{Severity: c.Severity, Declared: declared}
	n.in("defaultConfiguration", func() { n.str("level", level(shown, true)) })
	n.in("properties", func() {
		n.strs("tags", append([]string{"security", "stage/" + c.Stage.String(), "scope/" + c.Scope.String()}, c.Techniques...)...)
		if s := securitySeverity(c.Severity); s != "" && !declared {
			n.str("security-severity", s)
		}
		n.str("severity", c.Severity.String())
		n.flag("declarable", c.Declarable)
	})
}

// help is what explain says of the code, in paragraphs.
func help(c *report.Code, before, after string) string {
	var parts []string
	for _, p := range [][2]string{{"What", sentence(c.Meaning)}, {"Why", c.Why}, {"Incident", c.Incident}, {"Evidence", c.Evidence}, {"What to do", c.Do}, {"Declare", c.Declares()}} {
		if p[1] != "" {
			parts = append(parts, before+p[0]+":"+after+" "+plain(p[1]))
		}
	}
	return strings.Join(parts, "\n\n")
}

func sentence(phrase string) string {
	if phrase == "" {
		return ""
	}
	return strings.ToUpper(phrase[:1]) + phrase[1:] + "."
}

// camel writes DELEGATECALL_UNKNOWN_TARGET as DelegatecallUnknownTarget.
func camel(code string) string {
	var b strings.Builder
	for _, word := range strings.Split(code, "_") {
		if word != "" {
			b.WriteString(word[:1] + strings.ToLower(word[1:]))
		}
	}
	return b.String()
}
