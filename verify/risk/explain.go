package risk

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// doc is what explain says about a code beside its line in the catalogue.
type doc struct {
	why      string // why it matters
	incident string // a real case with date and loss, "" if there is none
	do       string // what to do
	declare  string // how to declare it, "" if the general rule says it
}

// Explain returns in plain words what a code means, why it matters, what
// happened to whom, and what to do. ok is false for a code that does not exist.
func Explain(code string) (text string, ok bool) {
	c, ok := report.LookupCode(code)
	if !ok {
		return "", false
	}
	d := docs[code]
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", c.Name)
	fmt.Fprintf(&b, "What:      %s.\n", c.Meaning)
	fmt.Fprintf(&b, "Severity:  %s (%s)\n", c.Severity, severityMeans(c))
	fmt.Fprintf(&b, "Stage:     %s; about the %s\n", c.Stage, c.Scope)
	fmt.Fprintf(&b, "Why:       %s\n", or(d.why, stageWhy[c.Stage]))
	if d.incident != "" {
		fmt.Fprintf(&b, "Incident:  %s\n", d.incident)
	}
	fmt.Fprintf(&b, "What to do: %s\n", or(d.do, stageDo[c.Stage]))
	fmt.Fprintf(&b, "Declare:   %s\n", or(d.declare, declares(c)))
	return b.String(), true
}

// ExplainAll returns the catalogue as a Markdown table.
func ExplainAll() string {
	var b strings.Builder
	b.WriteString("| code | severity | stage | about | declarable | meaning |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, c := range report.Codes() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", c.Name, c.Severity, c.Stage, c.Scope, yes(c.Declarable), strings.ReplaceAll(c.Meaning, "|", "\\|"))
	}
	return b.String()
}

func severityMeans(c report.Code) string {
	switch {
	case c.Severity == report.Notice:
		return "shown, never refuses"
	case !c.Declarable:
		return "refuses, whatever the intent says"
	case c.Severity == report.High:
		return "refuses unless the intent declares it; check without a policy only shows it"
	}
	return "refuses unless the intent declares exactly this effect"
}

func declares(c report.Code) string {
	switch {
	case c.Severity == report.Notice:
		return "nothing to declare"
	case c.Declarable:
		return "write the exact call as an action of the intent, with its function and arguments"
	}
	return "this cannot be declared"
}

func or(s, fallback string) string {
	if s != "" {
		return s
	}
	return fallback
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// stageWhy and stageDo speak for the codes that say no more of their own.
var stageWhy = map[report.Stage]string{
	report.StageRead:       "two programs could read this file differently, so what you saw elsewhere need not be what is here.",
	report.StageParse:      "the value could mean different things to different tools; a guess would be a signature on a guess.",
	report.StageHash:       "the hash is what the device shows and what is signed; it must follow from the fields and from your own knowledge of the Safe.",
	report.StageSignatures: "a signature that is not what it is filed as shows that somebody signed something else.",
	report.StageDecode:     "the same bytes could be read in two ways, and an attacker chooses the reading that the chain uses.",
	report.StageRisk:       "it changes who controls the money, or sends it where nobody can follow it.",
	report.StagePolicy:     "your own rules say otherwise.",
	report.StageState:      "what is true on chain is not proven, or contradicts what was said.",
	report.StageSimulate:   "the execution does something else than what was declared.",
	report.StageIntent:     "only a separately written intent catches a swapped recipient or amount.",
	report.StageJournal:    "signing twice for one nonce is how Radiant's signers were deceived.",
}

var stageDo = map[report.Stage]string{
	report.StageRead:       "get the file again from another source; do not repair it by hand.",
	report.StageParse:      "have the proposal exported again by the tool that made it.",
	report.StageHash:       "check version, chain and address of the Safe from your own records.",
	report.StageSignatures: "stop, and ask the named owners over another channel what their device showed.",
	report.StageDecode:     "do not sign; have the transaction built again by another tool and compare.",
	report.StageRisk:       "sign only if you know from another channel that exactly this was decided, and the intent says so.",
	report.StagePolicy:     "follow the policy, or have it changed by those who own it.",
	report.StageState:      "capture a new snapshot from a node you trust.",
	report.StageSimulate:   "do not sign; find out what the extra effect is.",
	report.StageIntent:     "write the intent from the ticket or the call, never from the proposal, and compare.",
	report.StageJournal:    "find out why the same nonce is signed again.",
}
