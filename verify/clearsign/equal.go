package clearsign

import (
	"bytes"
	"encoding/hex"
	"strings"

	"github.com/coldsign/coldsign/verify/clearsign/value"
)

// equal compares a value with a scalar of a descriptor: numbers by what they are,
// bytes and addresses without regard to the case of the digits, truth values also
// as 0 and 1 and in any case ("True" stands in enumerations in use), text exactly.
func equal(v *value.Value, text string) bool {
	switch v.Kind {
	case value.Int:
		n, ok := value.ParseNumber(text)
		return ok && n.Cmp(v.Num) == 0
	case value.Bool:
		return strings.EqualFold(text, v.Text()) || text == "1" && v.Bool || text == "0" && !v.Bool
	case value.Address, value.FixedBytes, value.Bytes:
		digits, ok := strings.CutPrefix(text, "0x")
		b, err := hex.DecodeString(digits)
		return ok && err == nil && bytes.Equal(b, v.Bytes)
	case value.String, value.Literal:
		return text == string(v.Bytes)
	}
	return false
}
