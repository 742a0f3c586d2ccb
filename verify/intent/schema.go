package intent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Form says how one kind of action is written, for editors (Schema) and for who asks
// a person for each key. It is help and no grammar: Parse alone decides.
type Form struct {
	Kind string
	Does string // what it does, to go on after the kind
	Keys []FormKey
}

// FormKey is one key of an action or of the header.
type FormKey struct {
	Name     string
	Value    ValueForm
	Optional bool
	Asks     string // what to write
	Example  string // JSON, which is YAML too
}

// ValueForm is the form of a value; it names a definition of the schema.
type ValueForm string

// The forms of values (package comment, Values).
const (
	FormNumber       ValueForm = "number"
	FormAddress      ValueForm = "address"
	FormNativeAmount ValueForm = "nativeAmount" // with its unit
	FormTokenAmount  ValueForm = "tokenAmount"  // with or without unit
	FormFunction     ValueForm = "function"
	FormArguments    ValueForm = "arguments" // one value for each parameter of the key function
	FormText         ValueForm = "text"
	formVersion      ValueForm = "version"
	formActions      ValueForm = "actions"
)

// valueForms are the definitions, in JSON Schema. A pattern may take more than the
// parser, never less: an editor must not mark an honest file. Addresses are strings
// only, because editors read 0x and digits without quotes as a number, and round it.
var valueForms = map[ValueForm]string{
	FormNumber:       `{"description": "a decimal number", "type": ["integer", "string"], "minimum": 0, "pattern": "^(0|[1-9][0-9]*)$"}`,
	FormAddress:      `{"description": "0x and 40 hex digits in double quotes; with a policy also one of its names", "type": "string", "pattern": "^(0x[0-9a-fA-F]{40}|[a-z1-9][a-z0-9-]*)$"}`,
	FormNativeAmount: `{"description": "a number, one space and the unit: the chain's symbol, gwei or wei", "type": "string", "pattern": "^(0|[1-9][0-9]*)([.][0-9]*[1-9])? [^ ]+$"}`,
	FormTokenAmount:  `{"description": "whole tokens beside decimals, or a number, one space and the token's symbol or raw", "type": ["string", "number"], "minimum": 0, "pattern": "^(0|[1-9][0-9]*)([.][0-9]*[1-9])?( [^ ]+)?$"}`,
	FormFunction:     `{"description": "name and types without spaces", "type": "string", "pattern": "^[^ ()]+[(][^ ]*[)]$"}`,
	FormArguments:    `{"description": "one value for each type; a list for an array or a tuple", "type": "array", "items": {"$ref": "#/$defs/argument"}}`,
	"argument":       `{"type": ["string", "integer", "boolean", "array"], "items": {"$ref": "#/$defs/argument"}}`,
	FormText:         `{"type": "string", "minLength": 1}`,
	formVersion:      `{"const": "intent/v1"}`,
	formActions:      `{"type": "array", "minItems": 1, "maxItems": 10000, "items": {"$ref": "#/$defs/action"}}`,
}

// forms is the table of actions. Each kind that Parse knows has its line here; a
// test compares kinds and keys. The keys stand in the order in which they are best
// asked for.
var forms = []Form{
	{"send", "pays in the chain's own currency", []FormKey{
		{"to", FormAddress, false, "who is paid", `"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"`},
		{"amount", FormNativeAmount, false, "amount with its unit, such as 1.5 ETH", `"1 gwei"`},
	}},
	{"transfer", "moves ERC-20 tokens of the Safe", []FormKey{
		{"token", FormAddress, false, "the token's contract", `"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"`},
		{"decimals", FormNumber, true, "decimals of the token, if the amount is in whole tokens without symbol", `6`},
		{"amount", FormTokenAmount, false, "amount in whole tokens, such as 1250.5, or base units, such as 1250500000 raw", `"1250.5"`},
		{"to", FormAddress, false, "who gets them", `"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"`},
	}},
	{"call", "calls one function with all its arguments", []FormKey{
		{"to", FormAddress, false, "the contract that is called", `"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"`},
		{"function", FormFunction, false, "name and types, such as setFee(uint256)", `"setFee(uint256)"`},
		{"args", FormArguments, true, "one value for each type", `["30"]`},
		{"value", FormNativeAmount, true, "what is sent along, with its unit; nothing if left out", `"2 gwei"`},
	}},
	{"reject", "only uses up the nonce; stands alone", nil},
}

// headerForm is what stands around the actions.
var headerForm = []FormKey{
	{"coldsign", formVersion, false, "form of the file", `"intent/v1"`},
	{"chain", FormNumber, false, "EIP-155 chain id, such as 1 for Ethereum", `1`},
	{"safe", FormAddress, false, "the Safe that acts", `"0x849D52316331967b6fF1198e5E32A0eB168D039d"`},
	{"nonce", FormNumber, false, "nonce of the transaction", `71`},
	{"safeTxGas", FormNumber, true, "gas for the call; 0 if left out", `0`},
	{"baseGas", FormNumber, true, "gas that is paid back beside it; 0 if left out", `0`},
	{"gasPrice", FormNumber, true, "base units of gasToken that are paid back per gas; 0 if left out", `0`},
	{"gasToken", FormAddress, true, "what is paid back in; the chain's own currency if left out", `"0x0000000000000000000000000000000000000000"`},
	{"refundReceiver", FormAddress, true, "who is paid back; whoever executes if left out", `"0x0000000000000000000000000000000000000000"`},
	{"multisend", FormAddress, true, "library around several actions; that of the Safe's version if left out", `"0x9641d764fc13c8B624c04430C7356C1C7C8102e2"`},
	{"note", FormText, true, "free text, compared with nothing", `"paid by ticket 17"`},
	{"actions", formActions, false, "what the transaction does, in this order", `[{"reject": {}}]`},
}

// Forms returns how each kind of action is written, in the order of Parse.
func Forms() []Form { return slices.Clone(forms) }

// HeaderForm returns the keys around the actions, in their canonical order.
func HeaderForm() []FormKey { return slices.Clone(headerForm) }

// Example is the action with all its keys, as one line of YAML.
func (f Form) Example() string {
	keys := make([]string, len(f.Keys))
	for i, k := range f.Keys {
		keys[i] = k.Name + ": " + k.Example
	}
	return f.Kind + ": {" + strings.Join(keys, ", ") + "}"
}

// Schema returns a JSON Schema (draft 2020-12) of an intent file for editors. It
// helps while a file is written. It cannot say what Parse demands: checksums,
// ranges, units that are known, values that fit their types.
func Schema() []byte {
	defs := make([]string, 0, len(valueForms)+len(forms)+1)
	for name, d := range valueForms {
		defs = append(defs, fmt.Sprintf("%q: %s", name, d))
	}
	for _, f := range forms {
		defs = append(defs, fmt.Sprintf("%q: %s", "action-"+f.Kind, mapping(f.Does, f.Keys)))
	}
	defs = append(defs, fmt.Sprintf("%q: %s", "action", anyAction()))
	slices.Sort(defs)
	top := strings.TrimPrefix(mapping("what one Safe transaction shall do, written without looking at the proposal", headerForm), "{")
	raw := `{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coldsign intent/v1", "$defs": {` + strings.Join(defs, ", ") + `}, ` + top
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(raw), "", "  "); err != nil {
		panic("intent: the schema is no JSON: " + err.Error()) // it is made of the tables above only
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// anyAction is a mapping with exactly one key, the kind.
func anyAction() string {
	kinds := make([]string, len(forms))
	for i, f := range forms {
		kinds[i] = fmt.Sprintf(`%q: {"$ref": "#/$defs/action-%s"}`, f.Kind, f.Kind)
	}
	return `{"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "properties": {` + strings.Join(kinds, ", ") + `}}`
}

func mapping(does string, keys []FormKey) string {
	var required, properties []string
	for _, k := range keys {
		if !k.Optional {
			required = append(required, fmt.Sprintf("%q", k.Name))
		}
		properties = append(properties, fmt.Sprintf(`%q: {"$ref": "#/$defs/%s", "description": %q, "examples": [%s]}`, k.Name, k.Value, k.Asks, k.Example))
	}
	return fmt.Sprintf(`{"description": %q, "type": "object", "additionalProperties": false, "required": [%s], "properties": {%s}}`,
		does, strings.Join(required, ", "), strings.Join(properties, ", "))
}
