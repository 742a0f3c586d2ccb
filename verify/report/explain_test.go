package report_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// TestExplain: every code is explained under the same labels in the same order.
func TestExplain(t *testing.T) {
	for _, c := range report.Codes() {
		text, ok := report.Explain(c.Name)
		if !ok || !strings.HasPrefix(text, c.Name+"\n\nWhat:") {
			t.Errorf("%s: %v, text %.60q", c.Name, ok, text)
			continue
		}
		rest := text
		for _, label := range []string{"What:", "Severity:", "Stage:", "Why:", "Incident:", "Techniques:", "What to do:", "Declare:"} {
			_, after, found := strings.Cut("\n"+rest, "\n"+label+" ")
			if !found {
				t.Errorf("%s: no line %q after the ones before it in\n%s", c.Name, label, text)
				break
			}
			rest = after
		}
		if known := strings.Contains(text, "No real case is known to us."); known != (c.Incident == "") {
			t.Errorf("%s: incident %q, but\n%s", c.Name, c.Incident, text)
		}
		if c.Evidence != "" && !strings.Contains(text, c.Evidence) {
			t.Errorf("%s: no evidence in\n%s", c.Name, text)
		}
	}
	for _, name := range []string{"", "NO_SUCH_CODE", "input_limit", "\x1b[2J"} {
		if text, ok := report.Explain(name); ok || text != "" {
			t.Errorf("%q is explained: %q", name, text)
		}
	}
}

// TestExplainDeclare: what is said about declaring agrees with the verdict.
func TestExplainDeclare(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{"JSON_DUPLICATE_KEY", "It cannot be declared:"},
		{"DELEGATECALL_UNKNOWN_TARGET", "It cannot be declared."},
		{"SELF_CALL", "Nothing to declare:"},
		{"OWNER_ADDED", "`add-owner: {owner: \"<new owner>\", threshold: 2}`"},
	} {
		text, _ := report.Explain(tt.code)
		if _, declare, _ := strings.Cut(text, "Declare: "); !strings.HasPrefix(strings.TrimSpace(declare), tt.want) {
			t.Errorf("%s: declare %q, want %q", tt.code, declare, tt.want)
		}
	}
}

var (
	heading      = regexp.MustCompile(`^#{1,3} [A-Za-z0-9_, -]+$`)
	bullet       = regexp.MustCompile(`^- \*\*[A-Za-z0-9 ]+:?\*\* `)
	continuation = regexp.MustCompile(`^  [^ ]`)
	blockStart   = regexp.MustCompile(`^\s*([-+*>#=|]|[0-9]+[.)])(\s|$)`)
	cells        = regexp.MustCompile(`(^|[^\\])\|`)
)

// TestExplainAllIsMarkdown reads the document line by line: each is empty, a
// heading, a row, an item, or text that no reader takes for anything else.
func TestExplainAllIsMarkdown(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(report.ExplainAll(), "\n"), "\n")
	headings, rows, columns := map[string]int{}, []string{}, 0
	item := false
	for i, l := range lines {
		if report.Escape(l) != l || l != strings.TrimRight(l, " ") {
			t.Errorf("line %d: %q holds other characters, or ends with blanks", i+1, l)
		}
		if len(l) > 100 && !strings.HasPrefix(l, "|") {
			t.Errorf("line %d has %d columns: %q", i+1, len(l), l)
		}
		switch {
		case l == "":
			item = false
		case strings.HasPrefix(l, "#"):
			if !heading.MatchString(l) || i > 0 && lines[i-1] != "" || i+1 < len(lines) && lines[i+1] != "" {
				t.Errorf("line %d: %q is no heading with empty lines around it", i+1, l)
			}
			headings[l]++
		case strings.HasPrefix(l, "|"):
			n := len(cells.FindAllString(l, -1))
			if columns == 0 {
				columns = n
			}
			if n != columns || !strings.HasSuffix(l, "|") {
				t.Errorf("line %d: %d separators, want %d: %q", i+1, n, columns, l)
			}
			rows = append(rows, l)
		case bullet.MatchString(l):
			item = true
		case item:
			if !continuation.MatchString(l) || blockStart.MatchString(l) {
				t.Errorf("line %d: %q does not go on with the item", i+1, l)
			}
		default:
			if strings.HasPrefix(l, " ") || blockStart.MatchString(l) {
				t.Errorf("line %d: %q is no plain text", i+1, l)
			}
		}
	}
	codes := report.Codes()
	if len(rows) != len(codes)+2 || columns != 8 {
		t.Fatalf("%d rows of %d columns, want %d of 7", len(rows), columns-1, len(codes)+2)
	}
	for i, c := range codes {
		if !strings.HasPrefix(rows[i+2], "| "+c.Name+" | "+c.Severity.String()+" | "+c.Stage.String()+" | "+c.Scope.String()+" | ") {
			t.Errorf("row %d is %q, want %s", i+1, rows[i+2], c.Name)
		}
		if n := headings["### "+c.Name]; n != 1 {
			t.Errorf("%s has %d headings", c.Name, n)
		}
	}
	for h, n := range headings {
		if n > 1 {
			t.Errorf("the heading %q stands %d times", h, n)
		}
	}
}

// TestExplainAllIsStable: the document is the same each time.
func TestExplainAllIsStable(t *testing.T) {
	if a, b := report.ExplainAll(), report.ExplainAll(); a != b {
		t.Error("two calls give two documents")
	}
}
