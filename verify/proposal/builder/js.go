package builder

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// jsKind is the kind of a JavaScript value; the zero value is undefined.
type jsKind uint8

const (
	undefinedKind jsKind = iota
	nullKind
	boolKind
	numberKind
	integerKind // a bigint: an integer that the form has read
	textKind
	listKind
	objectKind
	inheritedKind // a function of Object.prototype: true as a bool, useless as anything else
)

// js is a JavaScript value as far as the app's code meets one.
type js struct {
	kind    jsKind
	bool    bool
	number  float64
	integer *big.Int
	text    string // of a text; of a number: the token as written
	lone    bool   // the text holds a lone surrogate, which UTF-8 cannot
	items   []js
	members []jsMember
}

type jsMember struct {
	key   string
	value js
}

// prototype is what every object has without saying so. A parameter of such a
// name that has no value gets a function, and a function is true; under __proto__
// it gets an object, which even passes for a tuple.
var prototype = map[string]bool{
	"constructor": true, "hasOwnProperty": true, "isPrototypeOf": true, "propertyIsEnumerable": true,
	"toLocaleString": true, "toString": true, "valueOf": true, "__proto__": true,
	"__defineGetter__": true, "__defineSetter__": true, "__lookupGetter__": true, "__lookupSetter__": true,
}

func inherited(key string) js {
	if key == "__proto__" {
		return js{kind: objectKind}
	}
	if prototype[key] {
		return js{kind: inheritedKind}
	}
	return js{}
}

func (v js) truthy() bool {
	switch v.kind {
	case undefinedKind, nullKind:
		return false
	case boolKind:
		return v.bool
	case numberKind:
		return v.number != 0
	case integerKind:
		return v.integer.Sign() != 0
	case textKind:
		return v.text != ""
	}
	return true
}

// describe names a value for a message.
func (v js) describe() string {
	switch v.kind {
	case undefinedKind:
		return "nothing"
	case nullKind:
		return "null"
	case boolKind:
		return fmt.Sprint(v.bool)
	case numberKind:
		return "the number " + report.Quote(v.text)
	case integerKind:
		return v.integer.String()
	case textKind:
		return report.Quote(v.text)
	case listKind:
		return fmt.Sprintf("an array of %d", len(v.items))
	case objectKind:
		return fmt.Sprintf("an object of %d members", len(v.members))
	}
	return "a property that every object inherits"
}

// fromJSON takes over a value of the file.
func (e *encoder) fromJSON(path string, v *strictjson.Value, depth int) (js, error) {
	if err := e.take(path); err != nil {
		return js{}, err
	}
	if depth > maxDepth {
		return js{}, notReproduced(path, fmt.Sprintf("values nested more than %d deep", maxDepth), "no abi type is so deep")
	}
	switch v.Kind {
	case strictjson.Null:
		return js{kind: nullKind}, nil
	case strictjson.Bool:
		return js{kind: boolKind, bool: v.Bool}, nil
	case strictjson.Number:
		return js{kind: numberKind, number: parseNumber(v.Text), text: v.Text}, nil
	case strictjson.String:
		return js{kind: textKind, text: v.Text}, nil
	case strictjson.Array:
		out := js{kind: listKind, items: make([]js, len(v.Items))}
		for i := range v.Items {
			item, err := e.fromJSON(path, &v.Items[i], depth+1)
			if err != nil {
				return js{}, err
			}
			out.items[i] = item
		}
		return out, nil
	case strictjson.Object:
		out := js{kind: objectKind}
		for i := range v.Members {
			value, err := e.fromJSON(path, &v.Members[i].Value, depth+1)
			if err != nil {
				return js{}, err
			}
			out.members = append(out.members, jsMember{v.Members[i].Key, value})
		}
		return out, nil
	}
	return js{}, nil
}

// asText is String(v), which JSON.parse applies to what is no text: an array
// gives its elements joined by commas. ok is false where that throws.
func (v js) asText() (s string, ok bool) {
	var b strings.Builder
	ok = v.writeText(&b)
	return b.String(), ok
}

func (v js) writeText(b *strings.Builder) bool {
	switch v.kind {
	case undefinedKind:
		b.WriteString("undefined")
	case nullKind:
		b.WriteString("null")
	case boolKind:
		fmt.Fprint(b, v.bool)
	case numberKind:
		b.WriteString(numberText(v.number))
	case integerKind:
		b.WriteString(v.integer.String())
	case textKind:
		b.WriteString(v.text)
	case listKind:
		return v.joinText(b)
	case objectKind:
		b.WriteString("[object Object]")
		return !v.hasMember("toString") // its own one is no function, and String throws
	case inheritedKind:
		return false
	}
	return !v.lone
}

func (v js) hasMember(key string) bool {
	for _, m := range v.members {
		if m.key == key {
			return true
		}
	}
	return false
}

// joinText is Array.prototype.join: null and undefined give nothing.
func (v js) joinText(b *strings.Builder) bool {
	for i, item := range v.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if item.kind == nullKind || item.kind == undefinedKind {
			continue
		}
		if !item.writeText(b) {
			return false
		}
	}
	return true
}

// isSpace is WhiteSpace and LineTerminator of ECMAScript, what trim removes.
func isSpace(r rune) bool {
	switch {
	case r >= '\t' && r <= '\r', r == ' ', r == 0xa0, r == 0x1680, r >= 0x2000 && r <= 0x200a:
		return true
	case r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000, r == 0xfeff:
		return true
	}
	return false
}

func trim(s string) string { return strings.TrimFunc(s, isSpace) }
