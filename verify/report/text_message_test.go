package report_test

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// A message's hash stands under its own name, its content in its order, and a
// claimed hash beside it is called equal, different or unchecked.
func TestTextOfMessage(t *testing.T) {
	h := func(digit string) string { return "0x" + strings.Repeat(digit, 64) }
	sample := func(signed, claimed string) *report.Report {
		return &report.Report{
			Command: "check", File: "m.json", Verdict: report.Refused, Summary: "x",
			Message: &report.Message{Kind: "text", Says: "this is a text", Content: []report.Field{{Name: "text", Value: `"one"`}, {Value: `"two"`}}, Steps: []report.Field{{Name: "EIP-191 hash of the text", Value: h("a")}}},
			Hashes:  &report.Hashes{Domain: h("b"), Message: h("c"), Signed: signed, SignedAs: "safeMessageHash", Claimed: claimed},
		}
	}
	for _, tt := range []struct{ name, signed, claimed, want string }{
		{"equal", h("d"), h("d"), "the file claims the same safeMessageHash"},
		{"different", h("d"), h("e"), "DIFFERENT: the file claims another safeMessageHash"},
		{"unchecked", "", h("e"), "the file claims this safeMessageHash, which was not checked"},
	} {
		for _, command := range []string{"check", "hash"} {
			r := sample(tt.signed, tt.claimed)
			r.Command = command
			got := text(t, r, report.TextOptions{Width: 100})
			for _, want := range []string{tt.want, "this is a text", "EIP-191 hash of the text", "0xaaaa aaaa"} {
				if !strings.Contains(got, want) {
					t.Errorf("%s, %s: %q is missing in\n%s", tt.name, command, want, got)
				}
			}
			if strings.Contains(got, "safeTxHash") {
				t.Errorf("%s, %s: a message's hash is called that of a transaction", tt.name, command)
			}
			if one, two := strings.Index(got, `"one"`), strings.Index(got, `"two"`); one < 0 || two < one {
				t.Errorf("%s, %s: the lines of the text are not in their order", tt.name, command)
			}
		}
	}
	r := sample(h("d"), "")
	r.Hashes.Domain, r.Hashes.Message = "", ""
	if got := text(t, r, report.TextOptions{Width: 100}); strings.Contains(got, "domain hash") {
		t.Errorf("a domain is shown that does not exist:\n%s", got)
	}
}
