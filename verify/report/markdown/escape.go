package markdown

import (
	"regexp"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// plainWord is a word that no renderer and no filter after it makes anything of: letters,
// digits and inner hyphens, dots or apostrophes, between the punctuation of a sentence.
var plainWord = regexp.MustCompile(`^[("]*[A-Za-z0-9]+(?:[-.,'][A-Za-z0-9]+)*[)".,;:?!]*$`)

// marker is a plain word that begins a list where it begins a line.
var marker = regexp.MustCompile(`^[0-9]+[.)]$`)

// reference is a plain word that is one of a ticket (GH-7), a commit or a page.
var reference = regexp.MustCompile(`(?i)[a-z]-[0-9]|\b[0-9a-f]{7,}\b|^[("]*www\.|^[("]*0x`)

// hexGroup goes on a value in groups of four digits.
var hexGroup = regexp.MustCompile(`^[0-9a-fA-F]{4}[)".,;:?!]*$`)

// inline writes text of a report inside a line of ours that has begun.
func inline(text string) string {
	var out, span []string
	flush := func() {
		if len(span) > 0 {
			out = append(out, spanOf(strings.Join(span, " ")))
			span = nil
		}
	}
	group := false
	for i, w := range strings.Fields(report.Escape(text)) {
		group = group && hexGroup.MatchString(w) || strings.Contains(w, "0x")
		if group || !plainWord.MatchString(w) || reference.MatchString(w) || i == 0 && marker.MatchString(w) {
			span = append(span, w)
			continue
		}
		flush()
		out = append(out, w)
	}
	flush()
	return strings.Join(out, " ")
}

// spanOf leaves the last punctuation of a sentence outside.
func spanOf(text string) string {
	end := ""
	if n := len(text) - 1; n > 0 && strings.IndexByte(".,;:", text[n]) >= 0 {
		text, end = text[:n], text[n:]
	}
	return "`" + spanSigns.Replace(text) + "`" + end
}

// A code span ends with a backtick, and a cell of a table with a bar, in a span too: these
// two are written as the escapes that every format has for what it cannot show.
var spanSigns = strings.NewReplacer("`", `\x60`, "|", `\x7c`)

// code writes text as one code span.
func code(text string) string {
	text = strings.Trim(report.Escape(text), " ")
	if text == "" {
		return "` `"
	}
	return "`" + spanSigns.Replace(text) + "`"
}

// fenced writes lines that are ASCII already as a block, whose fence is longer than any run
// of backticks in it.
func fenced(lines string) string {
	longest, run := 0, 0
	for i := 0; i < len(lines); i++ {
		if run++; lines[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", max(3, longest+1))
	return fence + "text\n" + strings.TrimSuffix(lines, "\n") + "\n" + fence + "\n"
}
