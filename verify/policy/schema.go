package policy

import _ "embed"

//go:embed schema.json
var schema []byte

// Schema returns a JSON Schema (draft 2020-12) of the format, for editors that
// complete and mark keys while a policy is written. It says less than Parse: what it
// accepts can still be refused.
func Schema() []byte { return append([]byte(nil), schema...) }
