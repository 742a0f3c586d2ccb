// Package builder answers what Safe's Transaction Builder web app itself would
// send for a contractMethod with its contractInputsValues, and computes the
// checksum of a batch file.
//
// A batch file often holds no calldata, only a method and texts; the bytes are
// made by the app when the file is loaded. So the meaning of such a file is
// whatever the app's code makes of it, and that is not what a person reads:
// "1e18" is 7704, and a value that the encoder cannot take gives an empty call
// without any word of it on the screen. This package follows the app step by
// step instead of judging what may have been meant:
//
//  1. each text is turned into a value by the form of its type (utils.ts of the
//     app, encodeToHexData and parseInputValue);
//  2. the method is read as an ABI fragment and the values go through the
//     encoder of ethers 6, which has rules of its own for what a number, an
//     address or a bool may look like (coders in src.ts/abi).
//
// Everything read is untrusted. Encode returns exactly the app's bytes or an
// *EncodeError, never an approximation; it adds a note wherever the app reads a
// value in a way that would surprise the person who wrote it. A few inputs that
// the app would encode, but that no honest file holds, are refused too
// (ErrNotReproduced).
package builder

import (
	"fmt"
	"strconv"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// Result is the call that the app makes.
type Result struct {
	Data      []byte   // calldata; empty where the app means to send none
	Signature string   // canonical signature, "" if Data is empty
	Notes     []string // surprising readings, one sentence each, for a person
}

// Encode returns what the app sends for contractMethod and contractInputsValues
// of one transaction whose data is absent, null or "". Both may be nil or null:
// without a method the app sends a plain transfer, which is no error. An error
// is an *EncodeError.
func Encode(method, values *strictjson.Value) (Result, error) {
	if absent(method) {
		return Result{}, nil
	}
	e := &encoder{}
	if isPseudo(member(method, "name")) {
		return e.pseudo(method, values)
	}
	m, err := readMethod(method)
	if err != nil {
		return Result{}, err
	}
	byName, err := e.readValues(m, values)
	if err != nil {
		return Result{}, err
	}
	args := make([]any, len(m.fields))
	for i, f := range m.fields {
		if args[i], err = e.argument(f, byName); err != nil {
			return Result{}, err
		}
	}
	data, err := encode.Call(m.declaration(), args)
	if err != nil {
		return Result{}, notReproduced("", "the method", err.Error())
	}
	return Result{Data: data, Signature: m.declaration().Signature(), Notes: e.notes.all()}, nil
}

// Bounds on the work for one call: more than any transaction that a chain takes.
const (
	maxNodes = 1 << 18 // values, with the elements of arrays and the components of tuples, in each step
	maxBytes = 8 << 20 // text of the values; parameters of one name read the same text again and again
	maxDepth = 48      // nesting of JSON text and of brackets inside one value
	maxName  = 512     // bytes of a name, which every path in a message repeats
)

// encoder carries what the steps of one Encode share.
type encoder struct {
	notes notes
	nodes int
	bytes int
}

// take counts one value.
func (e *encoder) take(path string) error {
	e.nodes++
	if e.nodes > maxNodes {
		return notReproduced(path, fmt.Sprintf("more than %d values", maxNodes), tooLong)
	}
	return nil
}

// takeText counts the text of one value.
func (e *encoder) takeText(path, text string) error {
	e.bytes += len(text)
	if e.bytes > maxBytes {
		return notReproduced(path, fmt.Sprintf("more than %d bytes of values", maxBytes), tooLong)
	}
	return nil
}

const tooLong = "no transaction that a chain takes is so long"

// isPseudo reports whether the app takes the name for receive() or fallback(),
// which it never encodes.
func isPseudo(name *strictjson.Value) bool {
	return name != nil && name.Kind == strictjson.String && (name.Text == "receive" || name.Text == "fallback")
}

// pseudo is the app's empty call to receive() or fallback(). Parameters of such
// a method would vanish without a trace, and that is refused.
func (e *encoder) pseudo(method, values *strictjson.Value) (Result, error) {
	name := report.Quote(member(method, "name").Text)
	if inputs := member(method, "inputs"); inputs != nil && len(inputs.Items) > 0 {
		return Result{}, throws("", "the pseudo method "+name+" with "+strconv.Itoa(len(inputs.Items))+" parameters", "a function",
			"the builder does not encode a method of this name and drops its parameters")
	}
	if values != nil && len(values.Members) > 0 {
		e.notes.add("values for the pseudo method %s are ignored", name)
	}
	e.notes.add("%s is no function: the builder sends empty calldata", name)
	return Result{Notes: e.notes.all()}, nil
}

// readValues looks at contractInputsValues as a whole and returns the member for
// each key; nil means that there are no values.
func (e *encoder) readValues(m method, values *strictjson.Value) (map[string]*strictjson.Value, error) {
	if absent(values) || len(m.fields) == 0 && values.Kind != strictjson.Object {
		return nil, nil
	}
	if values.Kind != strictjson.Object {
		return nil, notReproduced("", kindName(values)+" as the list of values", "the values must be an object with one member for each parameter")
	}
	uses := make(map[string]int, len(m.fields))
	for _, f := range m.fields {
		uses[f.key]++
		if uses[f.key] == 2 {
			e.notes.add("the parameter name %s occurs more than once: all of them get the same value", report.Quote(f.key))
		}
	}
	byName := make(map[string]*strictjson.Value, len(values.Members))
	for i := range values.Members {
		v := &values.Members[i]
		byName[v.Key] = &v.Value
		if uses[v.Key] == 0 {
			e.notes.add("the value for %s is ignored: the method has no such parameter", report.Quote(v.Key))
		}
		if v.Value.Kind == strictjson.Number {
			e.notes.add("the value for %s is a number and not a text: the builder refuses to import the file", report.Quote(v.Key))
		}
	}
	return byName, nil
}

// argument is one parameter's way through both steps.
func (e *encoder) argument(f field, values map[string]*strictjson.Value) (any, error) {
	raw, err := e.cleanValue(f, values)
	if err != nil {
		return nil, err
	}
	v, err := e.parseInput(f, raw)
	if err != nil {
		return nil, err
	}
	return e.coerce(f.key, f.typ, v)
}

// cleanValue is the value of a parameter, "" where the file has none or one that
// JavaScript calls falsy: false, 0, null. A string parameter then is the empty
// text, which nobody wrote.
func (e *encoder) cleanValue(f field, values map[string]*strictjson.Value) (js, error) {
	found, err := e.rawValue(f, values)
	if err != nil || found.truthy() {
		return found, err
	}
	if f.typ.Base == "string" && found.kind != textKind {
		e.notes.add("%s: %s is read as the empty text", report.Quote(f.key), found.describe())
	}
	return js{kind: textKind}, nil
}

func (e *encoder) rawValue(f field, values map[string]*strictjson.Value) (js, error) {
	if v, ok := values[f.key]; ok {
		return e.fromJSON(f.key, v, 1)
	}
	if values == nil {
		return js{}, nil
	}
	return inherited(f.key), nil
}

func absent(v *strictjson.Value) bool {
	return v == nil || v.Kind == strictjson.Null || v.Kind == strictjson.Invalid
}

// member returns the last member with the key, as JSON.parse does, or nil.
func member(v *strictjson.Value, key string) *strictjson.Value {
	if v == nil || v.Kind != strictjson.Object {
		return nil
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Key == key {
			return &v.Members[i].Value
		}
	}
	return nil
}

func kindName(v *strictjson.Value) string {
	switch v.Kind {
	case strictjson.Null:
		return "null"
	case strictjson.Bool:
		return strconv.FormatBool(v.Bool)
	case strictjson.Number:
		return "the number " + report.Quote(v.Text)
	case strictjson.String:
		return report.Quote(v.Text)
	case strictjson.Array:
		return fmt.Sprintf("an array of %d", len(v.Items))
	case strictjson.Object:
		return fmt.Sprintf("an object of %d members", len(v.Members))
	}
	return "nothing"
}
