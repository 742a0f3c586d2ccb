package plainyaml

import (
	"encoding/hex"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"go.yaml.in/yaml/v4"

	"github.com/coldsign/coldsign/verify/report"
)

// maxDigits is the number of digits of 2^256-1.
const maxDigits = 78

// NumberHint says how a number is written.
const NumberHint = "write a decimal number without sign, leading zero, underscore, exponent or separators"

// IsList, IsMapping and IsScalar say what kind of value stands here.
func (a *Node) IsList() bool    { return a.n.Kind == yaml.SequenceNode }
func (a *Node) IsMapping() bool { return a.n.Kind == yaml.MappingNode }
func (a *Node) IsScalar() bool  { return a.n.Kind == yaml.ScalarNode }

// Entry is one pair of a mapping with free keys.
type Entry struct {
	Key   string
	Name  *Node // the key's place
	Value *Node
}

// Entries returns the pairs of a mapping in their order.
func (a *Node) Entries() ([]Entry, *Error) {
	if !a.IsMapping() {
		return nil, a.Fail(ErrValue, "write a mapping, such as name: value", "a mapping is due")
	}
	out := make([]Entry, 0, len(a.n.Content)/2)
	for i := 0; i+1 < len(a.n.Content); i += 2 {
		k := a.n.Content[i]
		out = append(out, Entry{k.Value, a.value(k.Value, k), a.value(k.Value, a.n.Content[i+1])})
	}
	return out, nil
}

// Version demands that the top mapping's key coldsign have the value want. It is
// looked at before any other key: in another version they may mean something else.
func (a *Node) Version(want string) *Error {
	hint := "the file starts with: coldsign: " + want
	entries, err := a.Entries()
	if err != nil {
		return a.Fail(ErrVersion, hint, "a mapping is due")
	}
	for _, e := range entries {
		if e.Key != "coldsign" {
			continue
		}
		s, err := e.Value.Text()
		if err != nil {
			return err
		}
		if s != want {
			return e.Value.Fail(ErrVersion, hint, "%s is not a version that is known here", report.Quote(s))
		}
		return nil
	}
	return a.Fail(ErrVersion, hint, "the key coldsign is missing")
}

// DigitsFault says why a text is not a decimal number in its one canonical
// spelling, or "". Other readers take 010 for eight and 1_000 for a thousand.
func DigitsFault(s string) string {
	switch {
	case s == "":
		return "is empty"
	case strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) >= 0:
		return "is not a plain decimal number"
	case len(s) > 1 && s[0] == '0':
		return "has a leading zero"
	case len(s) > maxDigits:
		return "is above 2^256-1"
	}
	return ""
}

// Decimal converts digits that DigitsFault accepts; else it says why not.
func Decimal(s string) (*uint256.Int, string) {
	if why := DigitsFault(s); why != "" {
		return nil, why
	}
	n, err := uint256.FromDecimal(s)
	if err != nil {
		return nil, "is above 2^256-1"
	}
	return n, ""
}

// Number reads a whole number from 0 to 2^256-1.
func (a *Node) Number() (*uint256.Int, *Error) {
	s, err := a.Text()
	if err != nil {
		return nil, err
	}
	n, why := Decimal(s)
	if why != "" {
		return nil, a.Fail(ErrValue, NumberHint, "the number %s %s", report.Quote(s), why)
	}
	return n, nil
}

// Small reads a whole number from 0 to most.
func (a *Node) Small(most uint64) (uint64, *Error) {
	n, err := a.Number()
	if err != nil {
		return 0, err
	}
	if !n.IsUint64() || n.Uint64() > most {
		return 0, a.Fail(ErrValue, "", "%s is more than %d", n.Dec(), most)
	}
	return n.Uint64(), nil
}

// LooksLikeAddress reports a text that begins as an address does: it is read as one
// or refused, and never taken for a name.
func LooksLikeAddress(s string) bool {
	return strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X")
}

// Address reads 0x and 40 hex digits, either all in lower case or with the EIP-55
// checksum.
func (a *Node) Address() (common.Address, *Error) {
	s, err := a.Text()
	if err != nil {
		return common.Address{}, err
	}
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || len(digits) != 2*common.AddressLength || !isHex(digits) {
		return common.Address{}, a.Fail(ErrValue, addressHint(s), "%s is not an address", report.Quote(s))
	}
	addr := common.HexToAddress(s)
	if digits != strings.ToLower(digits) && s != addr.Hex() {
		return common.Address{}, a.Fail(ErrValue, "one digit or its case is wrong: copy the address again from its source",
			"the EIP-55 checksum of %s is wrong", report.Quote(s))
	}
	return addr, nil
}

// Target reads an address that must not be zero.
func (a *Node) Target() (common.Address, *Error) {
	addr, err := a.Address()
	if err == nil && addr == (common.Address{}) {
		err = a.Fail(ErrValue, "the zero address means that nobody filled it in", "the address is zero")
	}
	return addr, err
}

func isHex(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'f') && (r < 'A' || r > 'F')
	}) < 0
}

func addressHint(s string) string {
	switch {
	case strings.Contains(s, ":0x"):
		return "write the address without the chain prefix; the chain is given by the key chain"
	case LooksLikeAddress(s):
		return "write 0x and 40 hex digits"
	case strings.Contains(s, "."):
		return "ens names cannot be resolved offline: write the address"
	}
	return "names come with the policy: write the address, 0x and 40 hex digits"
}

// Truth reads true or false.
func (a *Node) Truth() (bool, *Error) {
	s, err := a.Text()
	if err != nil {
		return false, err
	}
	if s != "true" && s != "false" {
		return false, a.Fail(ErrValue, "write true or false", "%s is no value of bool", report.Quote(s))
	}
	return s == "true", nil
}

// Hex reads 0x and an even number of hex digits; size is the number of bytes, -1 for
// any. what names the value in messages.
func (a *Node) Hex(what string, size int) ([]byte, *Error) {
	s, err := a.Text()
	if err != nil {
		return nil, err
	}
	digits, ok := strings.CutPrefix(s, "0x")
	b, bad := hex.DecodeString(digits)
	if !ok || bad != nil {
		return nil, a.Fail(ErrValue, "write 0x and two hex digits for each byte", "%s is no value of %s", report.Quote(s), what)
	}
	if size >= 0 && len(b) != size {
		return nil, a.Fail(ErrValue, "give all bytes; nothing is padded", "%d bytes where %s is due", len(b), what)
	}
	return b, nil
}

// Words reads a string. Unquoted text that other YAML readers take for a number, a
// truth value or a date must be quoted.
func (a *Node) Words() (string, *Error) {
	s, err := a.Text()
	if err != nil {
		return "", err
	}
	if a.n.Tag != "!!str" {
		return "", a.Fail(ErrValue, "put the text in double quotes", "%s is not a string for every YAML reader", report.Quote(s))
	}
	return s, nil
}
