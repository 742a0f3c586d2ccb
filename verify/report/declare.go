package report

import "strings"

// The words in which Code.Declare shows an action (grammar: package intent). A
// name in angle brackets stands for a value that the reader fills in.
const (
	asTransfer      = "`transfer: {token: \"<token>\", amount: \"1250.5\", decimals: 6, to: \"<recipient>\"}`"
	zeroArg         = "0x0000000000000000000000000000000000000000"
	noMessageAction = "An intent is about a transaction of a Safe and has no action for a message, so verify refuses it."
)

// asCall shows the action that calls a function.
func asCall(to, function string, args ...string) string {
	return "`call: {to: \"" + to + "\", function: \"" + function + "\", args: [\"" + strings.Join(args, "\", \"") + "\"]}`"
}

// declares says how the code is declared where it does not say so itself.
func (c *Code) declares() string {
	switch {
	case c.Declare != "":
		return c.Declare
	case c.Severity == Notice:
		return "Nothing to declare: it is shown and never refuses."
	case c.Declarable:
		return "With an action of the intent that names exactly this call."
	}
	return undeclarable[c.Stage]
}

// undeclarable says why the codes of a stage cannot be declared.
var undeclarable = map[Stage]string{
	StageRead:       "It cannot be declared: an intent says what is meant, never how a file may be written.",
	StageParse:      "It cannot be declared: an intent says what is meant, never how a file may be written.",
	StageHash:       "It cannot be declared: the hash follows from the fields and from what you know of the Safe.",
	StageSignatures: "It cannot be declared: who signed what is a fact.",
	StageDecode:     "It cannot be declared: no honest intent needs bytes that cannot be read in one way only.",
	StageRisk:       "It cannot be declared.",
	StagePolicy:     "It cannot be declared: the policy stands above the intent.",
	StageState:      "It cannot be declared: state is proven or it is not.",
	StageSimulate:   "It cannot be declared.",
	StageIntent:     "It cannot be declared: it is about the intent itself.",
	StageJournal:    "It cannot be declared: what this nonce was used for is a fact.",
	StageSign:       "It cannot be declared: it is the last comparison, and a person makes it.",
}
