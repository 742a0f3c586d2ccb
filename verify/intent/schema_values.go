package intent

// Patterns that several values have. A name of a policy is a word that does not begin
// as an address does; a symbol does not begin with a digit.
const (
	patternName    = `(0[a-wyz0-9-]|[a-z1-9])[a-z0-9-]*`
	patternAddress = `0x[0-9a-fA-F]{40}|` + patternName
	patternSymbol  = `[-A-Za-z.$+][-A-Za-z0-9.$+]{0,19}`
	patternNumber  = `(0|[1-9][0-9]*)`
	patternAmount  = patternNumber + `([.][0-9]*[1-9])?`
)

// valueForms are the definitions, in JSON Schema. A pattern may take more than the
// parser, never less: an editor must not mark an honest file. Addresses and bytes are
// strings only, because editors read 0x and digits without quotes as a number, and
// round it.
var valueForms = map[ValueForm]string{
	FormNumber:        `{"description": "a decimal number", "type": ["integer", "string"], "minimum": 0, "pattern": "^` + patternNumber + `$"}`,
	FormAddress:       `{"description": "0x and 40 hex digits in double quotes; with a policy also one of its names", "type": "string", "pattern": "^(` + patternAddress + `)$"}`,
	FormAccountOrNone: `{"anyOf": [{"description": "the word none for no account", "const": "none"}, {"$ref": "#/$defs/address"}]}`,
	FormPrevious:      `{"anyOf": [{"description": "the word first if nobody stands before it", "const": "first"}, {"$ref": "#/$defs/address"}]}`,
	FormToken:         `{"description": "address of the token; with a policy also one of its names or symbols", "type": "string", "pattern": "^(` + patternAddress + `|` + patternSymbol + `)$"}`,
	FormNativeAmount:  `{"description": "a number, one space and the unit: the chain's symbol, gwei or wei", "type": "string", "pattern": "^` + patternAmount + ` [^ ]+$"}`,
	FormTokenAmount:   `{"description": "whole tokens beside decimals, or a number, one space and the token's symbol or raw", "type": ["string", "number"], "minimum": 0, "pattern": "^` + patternAmount + `( [^ ]+)?$"}`,
	FormNativeBounds:  amountOrBounds(FormNativeAmount),
	FormTokenBounds:   amountOrBounds(FormTokenAmount),
	FormFunction:      `{"description": "name and types without spaces", "type": "string", "pattern": "^[^ ()]+[(][^ ]*[)]$"}`,
	FormArguments:     `{"description": "one value for each type; a list for an array or a tuple", "type": "array", "items": {"$ref": "#/$defs/argument"}}`,
	"argument": `{"description": "a value; for bytes also a call, {function, args}", "anyOf": [{"type": ["string", "integer", "boolean"]}, ` +
		`{"type": "array", "items": {"$ref": "#/$defs/argument"}}, {"$ref": "#/$defs/encodedCall"}]}`,
	"encodedCall": mapping("a function with its arguments, as the bytes of its call", []FormKey{keyFunction, keyArgs}),
	FormInnerCall: `{"anyOf": [{"description": "the word none for empty bytes", "const": "none"}, {"$ref": "#/$defs/encodedCall"}]}`,
	FormText:      `{"type": "string"}`,
	FormHex:       `{"description": "0x and two hex digits for each byte, in double quotes", "type": "string", "pattern": "^0x([0-9a-fA-F]{2})*$"}`,
	FormBytes32:   `{"description": "0x and 64 hex digits, in double quotes", "type": "string", "pattern": "^0x[0-9a-fA-F]{64}$"}`,
	FormHashes: `{"anyOf": [{"$ref": "#/$defs/bytes32"}, {"type": "array", "minItems": 1, "maxItems": 16, ` +
		`"items": {"$ref": "#/$defs/bytes32"}}]}`,
	FormRole:        `{"type": "string", "pattern": "^(0x[0-9a-fA-F]{64}|[A-Z0-9_]+)$"}`,
	FormSignatures:  `{"anyOf": [{"description": "the word own: this Safe, which calls, is an owner there", "const": "own"}, {"$ref": "#/$defs/hex"}]}`,
	FormSafeVersion: `{"description": "such as 1.4.1", "type": "string", "pattern": "^[0-9]+[.][0-9]+[.][0-9]+"}`,
	FormFile:        `{"description": "a file in the folder of this one or below it, with slashes, without ..", "type": "string", "pattern": "^[^/:\\\\][^:\\\\]*$"}`,
	FormIntent:      `{"anyOf": [{"$ref": "#"}, {"$ref": "#/$defs/file"}]}`,
	formVersion:     `{"const": "intent/v1"}`,
	formActions: `{"anyOf": [{"type": "array", "minItems": 1, "maxItems": 10000, "items": {"$ref": "#/$defs/action"}}, ` +
		mapping("payments from a file with the lines recipient,token,amount", []FormKey{keyCSV}) + `]}`,
}

var keyCSV = key("csv", FormFile, "file with the payments, such as payroll.csv", `"payroll.csv"`)

// amountOrBounds is an amount, or two bounds where the policy allows that.
func amountOrBounds(amount ValueForm) string {
	ref := `{"$ref": "#/$defs/` + string(amount) + `"}`
	return `{"anyOf": [` + ref + `, {"description": "bounds, if the policy allows inexact intents", "type": "object", "additionalProperties": false, ` +
		`"required": ["max"], "properties": {"min": ` + ref + `, "max": ` + ref + `}}]}`
}
