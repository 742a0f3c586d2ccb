package report

import _ "embed"

//go:embed schema.json
var schema []byte

// JSONSchema returns a JSON Schema (draft 2020-12) of the JSON report as this version
// writes it. No other key is allowed by it: a reader of reports of a later version, which
// may add keys, takes that version's schema.
func JSONSchema() []byte { return append([]byte(nil), schema...) }
