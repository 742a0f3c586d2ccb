package report_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// TestParties: accounts that the effects do not say all of are listed, up to a bound that
// is said, and one effect alone needs no list.
func TestParties(t *testing.T) {
	account := func(i int, effects int, notes ...string) report.Party {
		return report.Party{Address: fmt.Sprintf("0x%040x", i), Effects: effects, Notes: notes, New: slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, "new") }), Gets: []report.Total{{Text: fmt.Sprint(i, " ETH")}}, Also: []string{"spends"}}
	}
	many := make([]report.Party, 53)
	for i := range many {
		many[i] = account(i, 2)
	}
	wordy := account(1, 13)
	for range 12 {
		wordy.Also = append(wordy.Also, "spends")
	}
	for _, tt := range []struct {
		name    string
		effects int
		parties []report.Party
		want    []string
		lacks   string
	}{
		{"one effect", 1, []report.Party{account(1, 1, "new")}, nil, "WHO HAS"},
		{"each once", 2, []report.Party{account(1, 1), account(2, 1)}, []string{"2 accounts, each once: see above"}, "ETH"},
		{"one of two twice", 3, []report.Party{account(1, 2), account(2, 1)}, []string{"2 accounts; 1 of them once: see above", "gets 1 ETH", "      spends"}, "gets 2 ETH"},
		{"a note", 2, []report.Party{account(1, 1, "new: x"), account(2, 1)}, []string{"gets 1 ETH", "      new: x"}, "gets 2 ETH"},
		{"a note on one who is known", 2, []report.Party{account(1, 1, "last paid in May"), account(2, 1)}, []string{"each once"}, "May"},
		{"many", 106, many, []string{"53 accounts; 3 of the others are not listed here", "gets 49 ETH"}, "gets 50 ETH"},
		{"many rights of one", 13, []report.Party{wordy}, []string{"AND 3 more as said above"}, "AND 2 more"},
		{"none", 5, nil, nil, "WHO HAS"},
	} {
		r := &report.Report{Command: "check", Parties: tt.parties, Effects: make([]report.Effect, tt.effects)}
		var b bytes.Buffer
		if err := report.Text(&b, r, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, w := range tt.want {
			if !strings.Contains(b.String(), w) {
				t.Errorf("%s: no %q in\n%s", tt.name, w, b.String())
			}
		}
		if strings.Contains(b.String(), tt.lacks) {
			t.Errorf("%s: %q in\n%s", tt.name, tt.lacks, b.String())
		}
	}
}
