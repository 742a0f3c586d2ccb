package main

import (
	"bytes"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// explainCommand tells what a finding means, and what a pass does not prove.
var explainCommand = command{name: "explain", help: explainHelp, do: doExplain, flags: []string{"all"}}

const explainHelp = `Usage: coldsign explain CODE
       coldsign explain --all
       coldsign explain limits
       coldsign explain schema

Says of a finding what it is, why it matters, what happened to whom, and what to
do. --all writes every code into one Markdown document; limits says what a pass
does not prove; schema prints the JSON Schema (draft 2020-12) of --format json.

Example: coldsign explain DELEGATECALL_UNKNOWN_TARGET
`

func doExplain(p *program, o *options, args []string) error {
	if o.given("all") {
		if len(args) > 0 {
			return usagef("leave one of them out", "both --all and %s are given", report.Quote(args[0]))
		}
		return p.lines(report.ExplainAll())
	}
	if len(args) != 1 {
		return usagef("such as: coldsign explain DELEGATECALL_UNKNOWN_TARGET, or coldsign explain --all", "explain needs one code, and %d are given", len(args))
	}
	if args[0] == "limits" {
		return p.paragraphs(limitsText)
	}
	if args[0] == "schema" {
		_, err := p.stdout.Write(report.JSONSchema())
		return err
	}
	text, ok := report.Explain(args[0])
	if !ok {
		return usagef(similar(args[0]), "there is no finding called %s", report.Quote(args[0]))
	}
	return p.paragraphs(text)
}

// similar names the codes that hold the text in any case, as a hint.
func similar(text string) string {
	const most = 5
	var found []string
	for _, c := range report.Codes() {
		if strings.Contains(c.Name, strings.ToUpper(text)) && len(found) < most {
			found = append(found, c.Name)
		}
	}
	if len(found) == 0 {
		return "coldsign explain --all lists them"
	}
	return "did you mean " + strings.Join(found, ", ")
}

func (p *program) paragraphs(text string) error {
	var b bytes.Buffer
	if err := report.Paragraphs(&b, text, p.textOptions()); err != nil {
		return err
	}
	_, err := p.stdout.Write(b.Bytes())
	return err
}

// lines writes a table as it is, escaped line by line: wrapping would break it.
func (p *program) lines(text string) error {
	var b strings.Builder
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(report.Escape(l) + "\n")
	}
	_, err := p.stdout.Write([]byte(b.String()))
	return err
}
