package report

// readingCodes are about the file as a whole and its keys.
var readingCodes = []Code{
	{
		Name: "INPUT_LIMIT", Severity: Critical, Stage: StageRead, Scope: ScopeInput, Techniques: []string{"G18"},
		Meaning: "the file exceeds a hard limit: size, nesting depth, number of list entries",
		Why:     "A file made to exhaust its reader ends the check instead of passing it, and what stands behind the limit is never looked at. No honest transaction comes near the limits.",
		Do:      "Do not sign. Ask for the one transaction that is meant, exported by itself.",
	},
	{
		Name: "INVALID_UTF8", Severity: Critical, Stage: StageRead, Scope: ScopeInput,
		Meaning: "bytes that are not UTF-8, for which lax readers silently put a replacement character",
		Why:     "One program refuses such bytes, another drops or replaces them. Two names that differ in the file can then look the same on the screen.",
		Do:      "Get the file again from the tool that made it. If it is a raw transaction, give it as hex.",
	},
	{
		Name: "JSON_DUPLICATE_KEY", Severity: Critical, Stage: StageRead, Scope: ScopeInput, Techniques: []string{"G01"},
		Meaning:  "a key occurs twice in one object, after unescaping",
		Why:      "JSON does not say which of the two counts. A reader that takes the first shows one recipient, a reader that takes the last signs another.",
		Evidence: "Go, Node and Python take the last of two equal keys without a word.",
		Do:       "Do not sign, and do not delete one of the two by hand. Have the transaction exported again, and ask who had the file before you.",
	},
	{
		Name: "JSON_UNKNOWN_KEY", Severity: Notice, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G02"},
		Meaning:  "a key that the file's form does not have and its own tool ignores (critical if the file holds the keys of several forms at once)",
		Why:      "The key changes nothing in what is hashed here, but a reader of another form could act on it. Services add keys now and then, so a plain new one is only shown.",
		Evidence: "Of `{\"operation\":0,\"Operation\":1}` Go's standard reader makes a delegatecall, Node and Python make a call; a key that resembles a known one is therefore refused by a code of its own, KEY_RESEMBLES_KNOWN.",
		Do:       "Read which keys are named. If you expected one of them to matter, the file is in another form than you think: name it with --dialect.",
	},
	{
		Name: "KEY_RESEMBLES_KNOWN", Severity: Critical, Stage: StageRead, Scope: ScopeInput,
		Meaning:  "a key folds, escapes or differs by case into a known one, or holds a second transaction for readers of another form",
		Why:      "Some programs fold case or Unicode in keys and take this value, others ignore it. That is the classic way to show one operation and have another one signed.",
		Evidence: "Go's standard JSON reader matches keys without regard to case, and folds U+017F to s and U+212A to k; Node and Python do neither.",
		Do:       "Do not sign. Ask who made the file which of the two values is meant, and have it exported again.",
	},
	{
		Name: "NON_ASCII_KEY", Severity: Critical, Stage: StageRead, Scope: ScopeInput,
		Meaning:  "a key holds non-ASCII characters",
		Why:      "No known form has such keys. A letter of another alphabet looks like the known key to a person, and folds into it in some programs.",
		Evidence: "Go's standard JSON reader takes a key that begins with U+017F (long s) for one that begins with s; Node and Python do not.",
		Do:       "Do not sign. Have the transaction exported again by the tool that made it.",
	},
	{
		Name: "JSON_TRAILING_DATA", Severity: Critical, Stage: StageRead, Scope: ScopeInput, Techniques: []string{"G10"},
		Meaning:  "something besides exactly one document: second document, BOM, comments, NaN",
		Why:      "A reader that stops after the first document never sees the second, and a reader of lines may take the last. So one file can be two transactions.",
		Evidence: "Of Go's two JSON readers one refuses trailing data and the other does not notice it.",
		Do:       "Ask for a file that holds one transaction and nothing else.",
	},
	{
		Name: "FIELD_MISSING", Severity: Critical, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G05"},
		Meaning:  "a required field is absent or null and would become a default (operation)",
		Why:      "Another program fills the gap with its own default: a missing operation becomes a call in one and an error in the next. What is not in the file cannot be checked.",
		Evidence: "Go's standard JSON reader turns `{\"operation\":null}` into 0 without an error; Node and Python keep null.",
		Do:       "Get the complete proposal. Chain, Safe, version, nonce and gas fields can be given by flags, from your own records and not from the file's author.",
	},
	{
		Name: "CONTROL_CHARACTERS", Severity: Critical, Stage: StageRead, Scope: ScopeInput, Techniques: []string{"G15"},
		Meaning: "escape sequences, newlines or other controls in a text field, which could rewrite the terminal",
		Why:     "A program that prints the text lets it move the cursor, erase the warning above and write a verdict of its own. coldsign shows such characters as escapes and never obeys them.",
		Do:      "Treat the file as hostile: nobody writes an escape sequence into a label by accident. Ask where it came from.",
	},
	{
		Name: "UNICODE_SPOOF", Severity: High, Stage: StageRead, Scope: ScopeInput, Techniques: []string{"G13", "G14"},
		Meaning: "bidi controls, zero-width characters, combining marks or homoglyphs in a label, symbol or name",
		Why:     "The text on the screen is not the text in the file: letters are reversed, hidden or of another alphabet, so that a false token or name reads as the real one.",
		Do:      "Ignore every label of the file and compare addresses. Ask who wrote the text.",
	},
}
