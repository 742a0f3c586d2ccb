// Package strictjson reads one JSON document from untrusted bytes. It accepts
// exactly what RFC 8259 allows and less: what two readers could understand
// differently is refused with the place where it stands.
//
// Every document that it accepts, encoding/json accepts with the same values.
// Beyond the syntax it refuses, each with the code of a finding:
//
//	INPUT_LIMIT          more bytes, depth or values than Limits allow
//	INVALID_UTF8         bytes that are not UTF-8, and \u escapes of lone surrogates
//	JSON_DUPLICATE_KEY   a key twice in one object, after unescaping
//	KEY_RESEMBLES_KNOWN  keys of one object that differ by case only, and keys
//	                     written with escapes: readers that fold, and people who
//	                     search, take one for the other
//	NON_ASCII_KEY        a key outside ASCII (U+017F folds to "s", U+212A to "k")
//	CONTROL_CHARACTERS   raw control bytes in a string, any control in a key
//	JSON_TRAILING_DATA   anything besides exactly one document: a byte order
//	                     mark, comments, NaN and Infinity, a second document
//
// Numbers stay text, because a float64 would round them. Escaped controls and
// odd Unicode inside string values are kept: which of them matter depends on
// the field, which only the caller knows.
package strictjson

// Kind is the kind of a JSON value; the zero value is invalid.
type Kind uint8

// The kinds.
const (
	Invalid Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "null", "a boolean", "a number", "a string", "a list", "an object"}

// String names the kind as a message to a person does: "a number".
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return kindNames[Invalid]
	}
	return kindNames[k]
}

// Value is one JSON value with the place where it begins.
type Value struct {
	Kind    Kind
	Bool    bool
	Text    string // the number's token as written, or the string's content unescaped
	Items   []Value
	Members []Member // in the order of the file
	Offset  int      // byte offset; Position turns it into line and column
}

// Member is one key of an object with its value.
type Member struct {
	Key    string
	Offset int
	Value  Value
}

// Get returns the value under exactly this key, or nil if v is no object or
// does not have it. A JSON null is a value of kind Null, not nil.
func (v *Value) Get(key string) *Value {
	if v == nil {
		return nil
	}
	for i := range v.Members {
		if v.Members[i].Key == key {
			return &v.Members[i].Value
		}
	}
	return nil
}

// Has reports whether v is an object with this key, null included.
func (v *Value) Has(key string) bool { return v.Get(key) != nil }

// Is reports whether v is there and of the kind.
func (v *Value) Is(k Kind) bool { return v != nil && v.Kind == k }

// Given reports whether v is there and not null.
func (v *Value) Given() bool { return v != nil && v.Kind != Null && v.Kind != Invalid }
