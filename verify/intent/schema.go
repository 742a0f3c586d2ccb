package intent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Schema returns a JSON Schema (draft 2020-12) of an intent file for editors. It
// helps while a file is written. It cannot say what Parse demands: checksums,
// ranges, units that are known, values that fit their types.
func Schema() []byte {
	defs := make([]string, 0, len(valueForms)+len(forms)+1)
	for name, d := range valueForms {
		defs = append(defs, fmt.Sprintf("%q: %s", name, d))
	}
	for _, f := range forms {
		defs = append(defs, fmt.Sprintf("%q: %s", "action-"+f.Kind, f.schema()))
	}
	defs = append(defs, fmt.Sprintf("%q: %s", "action", anyAction()))
	slices.Sort(defs)
	top := strings.TrimPrefix(mapping("what one Safe transaction shall do, written without looking at the proposal", headerForm), "{")
	raw := `{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coldsign intent/v1", "$defs": {` + strings.Join(defs, ", ") + `}, ` +
		`"not": {"required": ["multisend", "multicall"]}, ` + top
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(raw), "", "  "); err != nil {
		panic("intent: the schema is no JSON: " + err.Error()) // it is made of the tables only
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

// schema is a mapping with the keys of exactly one way.
func (f Form) schema() string {
	if len(f.Ways) == 1 {
		return mapping(f.Does, f.Ways[0].Keys)
	}
	ways := make([]string, len(f.Ways))
	for i, w := range f.Ways {
		ways[i] = mapping(w.Name+": "+w.Does, w.Keys)
	}
	return fmt.Sprintf(`{"description": %q, "oneOf": [%s]}`, f.Does, strings.Join(ways, ", "))
}

func mapping(does string, keys []FormKey) string {
	var required, properties []string
	for _, k := range keys {
		if k.Need == Required {
			required = append(required, fmt.Sprintf("%q", k.Name))
		}
		properties = append(properties, fmt.Sprintf(`%q: %s`, k.Name, k.schema()))
	}
	return fmt.Sprintf(`{"description": %q, "type": "object", "additionalProperties": false, "required": [%s], "properties": {%s}}`,
		does, strings.Join(required, ", "), strings.Join(properties, ", "))
}

func (k FormKey) schema() string {
	rule := fmt.Sprintf(`"$ref": "#/$defs/%s"`, k.Value)
	switch k.Value {
	case FormMapping:
		rule = `"allOf": [` + mapping(k.Asks, k.Keys) + `]`
	case FormWord:
		words := make([]string, len(k.Words))
		for i, w := range k.Words {
			words[i] = fmt.Sprintf("%q", w)
		}
		rule = `"enum": [` + strings.Join(words, ", ") + `]`
	}
	return fmt.Sprintf(`{%s, "description": %q, "examples": [%s]}`, rule, k.Asks, k.Example)
}
