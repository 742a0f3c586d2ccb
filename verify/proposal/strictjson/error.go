package strictjson

import "fmt"

// Codes of Error: names of the finding catalogue. CodeSyntax is plain broken
// JSON, which every reader refuses.
const (
	CodeSyntax       = ""
	CodeLimit        = "INPUT_LIMIT"
	CodeUTF8         = "INVALID_UTF8"
	CodeDuplicate    = "JSON_DUPLICATE_KEY"
	CodeNonASCIIKey  = "NON_ASCII_KEY"
	CodeTrailing     = "JSON_TRAILING_DATA"
	CodeControl      = "CONTROL_CHARACTERS"
	CodeKeyResembles = "KEY_RESEMBLES_KNOWN"
)

// Error says why a document was refused. Msg is one sentence, lower case,
// without the place; untrusted text in it is quoted and bounded.
type Error struct {
	Code   string
	Path   string // of the innermost value that was open, "" for the root
	Offset int    // in bytes
	Line   int    // 1-based
	Column int    // 1-based, in code points
	Msg    string

	// Folded is the ASCII text that a non-ASCII key looks like or folds to, ""
	// if there is none.
	Folded string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Msg)
}
