package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/coldsign/coldsign/abi/encode"
)

// The kinds of an *ABIError.
var (
	ErrABILimit  = errors.New("the ABI file exceeds a limit")
	ErrABISyntax = errors.New("the ABI file is not strict JSON")
	ErrABIShape  = errors.New("the file is no ABI")
)

// ABIError says why a file was not taken as an ABI.
type ABIError struct {
	Kind      error // ErrABILimit, ErrABISyntax or ErrABIShape
	Msg, Hint string
}

func (e *ABIError) Error() string { return e.Msg }

// Unwrap returns the kind.
func (e *ABIError) Unwrap() error { return e.Kind }

// The limits of an ABI file. Artifacts of build tools hold the syntax tree of the source
// too, which is most of them.
const (
	MaxABIBytes     = 16 << 20
	MaxABIFunctions = 4096
	maxABIValues    = 2_000_000
	maxABIDepth     = 200
	maxABINesting   = 16
)

// ReadABI reads the functions of a contract from the JSON that block explorers, Foundry
// and Hardhat write: a list of ABI items, or an object that has one under "abi". They are
// returned in the order of the file with GradeGiven, for the address that the user names
// together with the file, and for no other: who gives a file says what the contract there
// declares, and the file itself says nothing about where it belongs.
//
// The file is untrusted. It is refused as a whole, with an *ABIError, if it is beyond the
// limits, is no strict JSON (a key twice in one object, bytes after the document, invalid
// UTF-8), has a key that differs from one that is read by case only, or has a function
// that package abi's grammar cannot express or whose selector another one has: two
// readers would not agree on it.
func ReadABI(raw []byte) ([]Declaration, error) {
	if len(raw) > MaxABIBytes {
		return nil, &ABIError{ErrABILimit, fmt.Sprintf("the file has %d bytes, at most %d are read", len(raw), MaxABIBytes), "give the ABI alone, without the rest of the artifact"}
	}
	document, err := readStrictly(raw)
	if err != nil {
		return nil, err
	}
	items, err := abiItems(document)
	if err != nil {
		return nil, err
	}
	var out []Declaration
	selectors := map[[4]byte]string{}
	for i, item := range items {
		text, isFunction, err := abiFunction(item)
		if err != nil {
			return nil, shape("item %d of the ABI: %v", i, err)
		}
		if !isFunction {
			continue
		}
		d, err := encode.ParseDeclaration(text)
		if err != nil {
			return nil, shape("item %d of the ABI: %v", i, err)
		}
		if other, ok := selectors[d.Selector()]; ok {
			return nil, shape("item %d of the ABI: %s has the selector of %s", i, d.Signature(), other)
		}
		selectors[d.Selector()] = d.Signature()
		out = append(out, Declaration{Text: text, Source: "the ABI file given for this address", Grade: GradeGiven})
		if len(out) > MaxABIFunctions {
			return nil, &ABIError{ErrABILimit, fmt.Sprintf("the ABI has more than %d functions", MaxABIFunctions), "no contract has so many; look at the file"}
		}
	}
	if len(out) == 0 {
		return nil, shape("the ABI has no function")
	}
	return out, nil
}

func shape(format string, args ...any) error {
	return &ABIError{ErrABIShape, fmt.Sprintf(format, args...), "give the JSON of the contract's ABI, as the block explorer or the build shows it"}
}

// abiItems finds the list of items.
func abiItems(document any) ([]any, error) {
	switch d := document.(type) {
	case []any:
		return d, nil
	case map[string]any:
		if err := onlyKey(d, "abi"); err != nil {
			return nil, shape("%v", err)
		}
		if items, ok := d["abi"].([]any); ok {
			return items, nil
		}
	}
	return nil, shape("the file is neither a list of ABI items nor an object with one under \"abi\"")
}

// onlyKey refuses a key that reads like one of the known and is not: a reader that folds
// case would take it.
func onlyKey(object map[string]any, known ...string) error {
	for key := range object {
		for _, k := range known {
			if key != k && strings.EqualFold(key, k) {
				return fmt.Errorf("the key %q stands where %q is read", clipQuoted(key), k)
			}
		}
	}
	return nil
}

// abiFunction returns the declaration of an item that is a function.
func abiFunction(item any) (text string, isFunction bool, err error) {
	object, ok := item.(map[string]any)
	if !ok {
		return "", false, errors.New("it is no object")
	}
	if err := onlyKey(object, "type", "name", "inputs"); err != nil {
		return "", false, err
	}
	kind, ok := object["type"].(string)
	if !ok {
		return "", false, errors.New("it has no type")
	}
	if kind != "function" {
		return "", false, nil
	}
	name, _ := object["name"].(string)
	if !isWord(name) {
		return "", false, fmt.Errorf("the name %q of a function is no word", clipQuoted(name))
	}
	inputs, ok := object["inputs"].([]any)
	if !ok {
		return "", false, fmt.Errorf("the function %q has no list of inputs", clipQuoted(name))
	}
	var out strings.Builder
	out.WriteString(name)
	if err := writeABIParams(&out, inputs, 1); err != nil {
		return "", false, fmt.Errorf("the function %q: %w", clipQuoted(name), err)
	}
	return out.String(), true, nil
}

func writeABIParams(out *strings.Builder, params []any, depth int) error {
	if depth > maxABINesting {
		return fmt.Errorf("its types nest more than %d deep", maxABINesting)
	}
	out.WriteByte('(')
	for i, p := range params {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeABIParam(out, p, depth); err != nil {
			return err
		}
	}
	out.WriteByte(')')
	return nil
}

func writeABIParam(out *strings.Builder, param any, depth int) error {
	object, ok := param.(map[string]any)
	if !ok {
		return errors.New("a parameter is no object")
	}
	if err := onlyKey(object, "type", "name", "components"); err != nil {
		return err
	}
	kind, ok := object["type"].(string)
	if !ok {
		return errors.New("a parameter has no type")
	}
	// Each text is checked by itself: together they could spell another declaration.
	if strings.Trim(kind, "abcdefghijklmnopqrstuvwxyz0123456789[]") != "" {
		return fmt.Errorf("the type %q is none of calldata", clipQuoted(kind))
	}
	components, isTuple := object["components"].([]any)
	suffix, saysTuple := strings.CutPrefix(kind, "tuple")
	switch {
	case saysTuple && isTuple:
		if err := writeABIParams(out, components, depth+1); err != nil {
			return err
		}
		out.WriteString(suffix)
	case saysTuple || isTuple && len(components) > 0:
		return fmt.Errorf("the type %q and its components contradict each other", clipQuoted(kind))
	default:
		out.WriteString(kind)
	}
	name, isText := object["name"].(string)
	if !isText && object["name"] != nil {
		return errors.New("the name of a parameter is no text")
	}
	if name == "" {
		return nil
	}
	if !isWord(name) {
		return fmt.Errorf("the name %q of a parameter is no word", clipQuoted(name))
	}
	out.WriteString(" " + name)
	return nil
}

func isWord(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && c != '$' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// clipQuoted bounds untrusted text for a message.
func clipQuoted(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}

// strictReader reads JSON values and refuses what readers could take differently.
type strictReader struct {
	*json.Decoder
	left int
}

func readStrictly(raw []byte) (any, error) {
	if !utf8.Valid(raw) {
		return nil, &ABIError{ErrABISyntax, "the file is not UTF-8", "save it again as UTF-8"}
	}
	r := &strictReader{json.NewDecoder(bytes.NewReader(raw)), maxABIValues}
	r.UseNumber()
	v, err := r.value(0)
	if err == nil {
		if _, end := r.Token(); end != io.EOF {
			err = errors.New("something follows the document")
		}
	}
	var known *ABIError
	if err != nil && !errors.As(err, &known) {
		err = &ABIError{ErrABISyntax, "the file is not strict JSON: " + clipQuoted(err.Error()), "get the file again from where it was made"}
	}
	return v, err
}

func (r *strictReader) value(depth int) (any, error) {
	if r.left--; r.left < 0 || depth > maxABIDepth {
		return nil, &ABIError{ErrABILimit, fmt.Sprintf("the file has more than %d values or levels", maxABIValues), "give the ABI alone, without the rest of the artifact"}
	}
	token, err := r.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		return r.list(depth)
	case json.Delim('{'):
		return r.object(depth)
	}
	return token, nil
}

func (r *strictReader) list(depth int) (any, error) {
	out := []any{}
	for r.More() {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := r.Token()
	return out, err
}

func (r *strictReader) object(depth int) (any, error) {
	out := map[string]any{}
	for r.More() {
		token, err := r.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("the key %q stands twice in one object", clipQuoted(key))
		}
		if out[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err := r.Token()
	return out, err
}
