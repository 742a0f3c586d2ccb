package intent

import (
	"slices"
	"strings"
)

// Form says how one kind of action is written, for editors (Schema) and for who asks
// a person for each key. It is help and no grammar: Parse alone decides.
type Form struct {
	Kind string
	Does string // what it does, to go on after the kind
	Ways []Way  // one at least; keys of different ways do not mix
}

// Way is one form of an action.
type Way struct {
	Name string    // a word to choose it by; "" for the only one
	Does string    // what is different about it; "" for the only one
	Keys []FormKey // in the order in which they are best asked for
}

// FormKey is one key of an action or of the header.
type FormKey struct {
	Name    string
	Value   ValueForm
	Need    Need
	Asks    string    // what to write
	Example string    // JSON, which is YAML too
	Words   []string  // of FormWord: all that may stand here; a single one leaves no question
	Keys    []FormKey // of FormMapping
}

// Need says whether a key must stand in the file.
type Need uint8

const (
	Required Need = iota
	Optional
	ByPolicy // may be absent only where the signer's policy knows it
)

// ValueForm is the form of a value; it names a definition of the schema.
type ValueForm string

// The forms of values (package comment, Values).
const (
	FormNumber        ValueForm = "number"
	FormAddress       ValueForm = "address"
	FormAccountOrNone ValueForm = "accountOrNone" // an address or the word none
	FormPrevious      ValueForm = "previous"      // an address or the word first
	FormToken         ValueForm = "token"
	FormNativeAmount  ValueForm = "nativeAmount" // with its unit
	FormNativeBounds  ValueForm = "nativeAmountOrBounds"
	FormTokenAmount   ValueForm = "tokenAmount" // with or without unit
	FormTokenBounds   ValueForm = "tokenAmountOrBounds"
	FormFunction      ValueForm = "function"
	FormArguments     ValueForm = "arguments" // one value for each parameter of the key function
	FormInnerCall     ValueForm = "innerCall" // a function with its arguments, or the word none
	FormText          ValueForm = "text"
	FormHex           ValueForm = "hex"
	FormBytes32       ValueForm = "bytes32"
	FormHashes        ValueForm = "hashes" // one or a list
	FormRole          ValueForm = "role"
	FormSignatures    ValueForm = "signatures" // hex or the word own
	FormSafeVersion   ValueForm = "safeVersion"
	FormFile          ValueForm = "file"
	FormIntent        ValueForm = "intent"  // a whole one, or the name of its file
	FormWord          ValueForm = "word"    // one of FormKey.Words
	FormMapping       ValueForm = "mapping" // of FormKey.Keys
	formVersion       ValueForm = "version"
	formActions       ValueForm = "actions"
)

// Forms returns how each kind of action is written, in the order of Parse. It is
// shared and must not be changed.
func Forms() []Form { return slices.Clone(forms) }

// HeaderForm returns the keys around the actions, in their canonical order.
func HeaderForm() []FormKey { return slices.Clone(headerForm) }

// Example is an action with all keys of a way, as one line of YAML.
func (f Form) Example(w Way) string {
	keys := make([]string, len(w.Keys))
	for i, k := range w.Keys {
		keys[i] = k.Name + ": " + k.Example
	}
	return f.Kind + ": {" + strings.Join(keys, ", ") + "}"
}

// Details lists what an action binds beside its own words, in plain words: what is
// done by the transaction of another Safe that it executes or approves.
func Details(a Action) []string { return slices.Clone(below(a)) }
