// Package report is the vocabulary in which coldsign answers: verdicts,
// findings and the report that every output is made from. It decides nothing.
// Everything in a Report that came from a file is untrusted text: encoders
// escape it, and say neither more nor less about the verdict than the Report.
package report

// Verdict is the answer about one payload. The zero value is Unchecked, so that
// a report nobody filled in never passes.
type Verdict uint8

// The verdicts (decisions: only check gives NoObjection, only verify and sign
// give Verified).
const (
	Unchecked Verdict = iota
	Refused
	NoObjection
	Verified
)

var verdictNames = [...]string{"unchecked", "refused", "no-objection", "verified"}

// String returns the verdict as it stands in reports.
func (v Verdict) String() string {
	if int(v) >= len(verdictNames) {
		return verdictNames[Unchecked]
	}
	return verdictNames[v]
}

// ExitCode returns the exit code of the verdict: 0 for NoObjection and Verified,
// 3 for Refused, 1 for Unchecked. With many files the worst wins: 3, then 1.
func (v Verdict) ExitCode() int {
	switch v {
	case NoObjection, Verified:
		return 0
	case Refused:
		return 3
	}
	return 1
}

// Severity orders findings. The zero value is unknown and counts as Critical.
type Severity uint8

// The severities.
const (
	SeverityUnknown Severity = iota
	Notice                   // shown, never refuses
	High                     // refuses, unless declared by the intent or allowed by the policy
	Critical                 // refuses, unless the intent declares exactly this effect and the code is declarable
)

var severityNames = [...]string{"unknown", "notice", "high", "critical"}

// String returns the severity as it stands in reports.
func (s Severity) String() string {
	if int(s) >= len(severityNames) {
		return severityNames[SeverityUnknown]
	}
	return severityNames[s]
}

// Stage is the step that raised a finding, in the order of the pipeline.
type Stage uint8

// The stages (architecture: the path of a proposal).
const (
	StageUnknown Stage = iota
	StageRead
	StageParse
	StageHash
	StageSignatures
	StageDecode
	StageRisk
	StagePolicy
	StageState
	StageSimulate
	StageIntent
	StageJournal
	StageSign
)

var stageNames = [...]string{"unknown", "read", "parse", "hash", "signatures", "decode", "risk", "policy", "state", "simulate", "intent", "journal", "sign"}

// String returns the stage as it stands in reports.
func (s Stage) String() string {
	if int(s) >= len(stageNames) {
		return stageNames[StageUnknown]
	}
	return stageNames[s]
}

// ParseStage returns the stage of a name, or StageUnknown.
func ParseStage(name string) Stage {
	for i, n := range stageNames {
		if n == name {
			return Stage(i)
		}
	}
	return StageUnknown
}

// Scope says what a finding is about.
type Scope uint8

// The scopes.
const (
	ScopeUnknown     Scope = iota
	ScopeInput             // the file and what it claims
	ScopeSafe              // a property of the Safe, said once
	ScopeTransaction       // what this transaction does
	ScopeMessage           // an off-chain payload
)

var scopeNames = [...]string{"unknown", "input", "safe", "transaction", "message"}

// String returns the scope as it stands in reports.
func (s Scope) String() string {
	if int(s) >= len(scopeNames) {
		return scopeNames[ScopeUnknown]
	}
	return scopeNames[s]
}

// Finding is one thing that a person must know. Message and Hint are one
// sentence each: lower case, with the numbers, untrusted text quoted and
// escaped by Quote.
type Finding struct {
	Code     string
	Stage    Stage
	Severity Severity
	Scope    Scope
	Where    string // path in the call tree or in the file, "" for the whole
	Message  string
	Hint     string
	Declared bool // the intent declares exactly this effect, and the code is declarable
	Firm     bool // no intent declares it, though its code can be: the signer's own words contradict each other
	Line     int  // 1-based place in the file, 0 if it has none
	Column   int
}

// New returns a finding of a catalogue code with its severity, stage and scope.
// A code that the catalogue does not hold is critical: a rule with a typing
// error must not pass silently.
func New(code, where, message, hint string) Finding {
	c, ok := byName[code]
	if !ok {
		c = &Code{Severity: Critical, Stage: StageUnknown, Scope: ScopeUnknown}
	}
	return Finding{Code: code, Stage: c.Stage, Severity: c.Severity, Scope: c.Scope, Where: where, Message: message, Hint: hint}
}

// Refuses reports whether the finding stands in the way of a pass: critical and
// high findings do unless they are declared. (check shows high ones without
// refusing while no policy is there; package verify decides that.)
func (f Finding) Refuses() bool { return f.Severity != Notice && !f.Declared }
