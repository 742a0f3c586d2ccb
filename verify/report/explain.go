package report

import (
	"fmt"
	"slices"
	"strings"
)

// explainWidth is where ExplainAll wraps its text, so that the Markdown is read
// in a terminal as it stands.
const explainWidth = maxWidth

// Explain returns in plain words what a code means, why it matters, what
// happened to whom, and what to do. ok is false for a code that does not exist.
func Explain(code string) (text string, ok bool) {
	c, ok := byName[code]
	if !ok {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%-12s %s.\n", c.Name, "What:", c.Meaning)
	for _, s := range c.statements() {
		fmt.Fprintf(&b, "%-12s %s\n", s.label+":", s.text)
	}
	return b.String(), true
}

// ExplainAll returns the whole catalogue as one Markdown document: a table of all
// codes in their fixed order, a section for each code by subject, and the
// techniques by their ids.
func ExplainAll() string {
	var b strings.Builder
	b.WriteString("# Finding codes\n\n")
	flow(&b, "", fmt.Sprintf("The %d findings that a report of coldsign can hold. A critical finding refuses, unless the intent declares exactly this effect and the code is declarable. "+
		"A high one refuses too; check without a policy only shows it, if it is declarable. A notice is shown and never refuses.", len(codes)))
	b.WriteString("\n## All codes\n\n")
	overview(&b)
	for _, s := range subjects {
		fmt.Fprintf(&b, "\n## %s\n", s.title)
		for i := range s.codes {
			section(&b, &s.codes[i])
		}
	}
	b.WriteString("\n## Techniques\n\n")
	flow(&b, "", "The cases of the attack catalogue, and the codes that answer them.")
	b.WriteString("\n")
	techniques(&b)
	return b.String()
}

func overview(b *strings.Builder) {
	b.WriteString("| code | severity | stage | scope | declarable | techniques | meaning |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for i := range codes {
		c := &codes[i]
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s |\n", c.Name, c.Severity, c.Stage, c.Scope, yes(c.Declarable), strings.Join(c.Techniques, ", "), cell(c.Meaning))
	}
}

// cell escapes the one sign that ends a cell; all others that Markdown reads are
// kept out of the catalogue (TestExplainAllIsMarkdown).
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

func section(b *strings.Builder, c *Code) {
	fmt.Fprintf(b, "\n### %s\n\n", c.Name)
	flow(b, "", capital(c.Meaning)+".")
	b.WriteString("\n")
	for _, s := range c.statements() {
		flow(b, "- ", "**"+s.label+":** "+s.text)
	}
}

func techniques(b *strings.Builder) {
	ids := make([]string, 0, len(techniqueNames))
	for id := range techniqueNames {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		answers := "no finding, it must be read as what it is"
		if names := answering(id); len(names) > 0 {
			answers = strings.Join(names, ", ")
		}
		flow(b, "- ", fmt.Sprintf("**%s** %s: %s", id, techniqueNames[id], answers))
	}
}

// answering lists the codes that name the technique.
func answering(id string) []string {
	var names []string
	for i := range codes {
		if slices.Contains(codes[i].Techniques, id) {
			names = append(names, codes[i].Name)
		}
	}
	return names
}

// statement is one labelled line of an explanation.
type statement struct{ label, text string }

// statements is what explain says of a code beside its meaning.
func (c *Code) statements() []statement {
	out := []statement{
		{"Severity", c.Severity.String() + " (" + c.severityMeans() + ")"},
		{"Stage", c.Stage.String() + ", about the " + c.Scope.String()},
		{"Why", c.Why},
		{"Incident", c.incident()},
	}
	if c.Evidence != "" {
		out = append(out, statement{"Evidence", c.Evidence})
	}
	return append(out, statement{"Techniques", c.techniques()}, statement{"What to do", c.Do}, statement{"Declare", c.declares()})
}

func (c *Code) severityMeans() string {
	switch {
	case c.Severity == Notice:
		return "shown, never refuses"
	case !c.Declarable:
		return "refuses, whatever the intent says"
	case c.Severity == High:
		return "refuses unless the intent declares it; check without a policy only shows it"
	}
	return "refuses unless the intent declares exactly this effect"
}

func (c *Code) incident() string {
	if c.Incident == "" {
		return "No real case is known to us."
	}
	return c.Incident
}

func (c *Code) techniques() string {
	if len(c.Techniques) == 0 {
		return "none of the attack catalogue"
	}
	named := make([]string, len(c.Techniques))
	for i, id := range c.Techniques {
		named[i] = id + " " + techniqueNames[id]
	}
	return strings.Join(named, "; ")
}

// flow writes one paragraph or, with a bullet, one list item.
func flow(b *strings.Builder, bullet, text string) {
	line := bullet
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case len(line)+1+len(word) <= explainWidth:
			line += " "
		default:
			b.WriteString(line + "\n")
			line = strings.Repeat(" ", len(bullet))
		}
		line += word
	}
	b.WriteString(line + "\n")
}

// capital writes a phrase of the catalogue as the beginning of a sentence. A name
// at its beginning keeps its spelling.
func capital(phrase string) string {
	word, _, _ := strings.Cut(phrase, " ")
	if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz,:-") != "" {
		return phrase
	}
	return strings.ToUpper(phrase[:1]) + phrase[1:]
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
