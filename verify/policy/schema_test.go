package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

type object = map[string]any

func schemaOf(t *testing.T) object {
	t.Helper()
	var s object
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaKeys: the schema knows exactly the keys that the parser knows.
func TestSchemaKeys(t *testing.T) {
	s := schemaOf(t)
	defs := s["$defs"].(object)
	for name, k := range map[string]keys{"": topKeys, "chain": chainKeys, "safe": safeKeys, "token": tokenKeys, "allow": allowKeys, "deny": denyKeys, "party": partyKeys,
		"constraint": constraintKeys, "value": valueKeys, "delegatecall": delegateKeys, "limit": limitKeys, "asset": assetKeys, "window": windowKeys,
		"tier": tierKeys, "tierRequire": tierNeedKeys, "require": requireKeys, "list": listKeys, "abi": abiKeys} {
		d := s
		if name != "" {
			d = defs[name].(object)
		}
		got := slices.Sorted(maps.Keys(d["properties"].(object)))
		want := slices.Sorted(slices.Values(slices.Concat(k.required, k.optional)))
		if !slices.Equal(got, want) || d["additionalProperties"] != false {
			t.Errorf("%q has the keys %v, the parser %v", name, got, want)
		}
		var required []string
		for _, r := range asList(d["required"]) {
			required = append(required, r.(string))
		}
		if slices.Sort(required); !slices.Equal(required, slices.Sorted(slices.Values(k.required))) {
			t.Errorf("%q requires %v, the parser %v", name, required, k.required)
		}
	}
}

func asList(v any) []any { l, _ := v.([]any); return l }

// plain turns what the YAML library reads into what a JSON reader would have.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := object{}
		for k, e := range v {
			out[k] = plain(e)
		}
		return out
	case map[any]any:
		out := object{}
		for k, e := range v {
			out[fmt.Sprint(k)] = plain(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plain(v[i])
		}
		return out
	case int:
		return float64(v)
	}
	return v
}

func asJSON(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return plain(v)
}

// checker validates with the words that the schema uses, and fails on any other.
type checker struct {
	t    *testing.T
	defs object
}

func (c checker) valid(s object, v any) string {
	for word, arg := range s {
		if why := c.word(s, word, arg, v); why != "" {
			return why
		}
	}
	return ""
}

func (c checker) word(s object, word string, arg, v any) string {
	o, isObject := v.(object)
	l, isList := v.([]any)
	text, isText := v.(string)
	n, isNumber := v.(float64)
	bad := func(is bool) string {
		if is {
			return fmt.Sprintf("%v: %s %v", v, word, arg)
		}
		return ""
	}
	switch word {
	case "$schema", "$id", "$defs", "title", "description":
		return ""
	case "$ref":
		return c.valid(c.defs[strings.TrimPrefix(arg.(string), "#/$defs/")].(object), v)
	case "type":
		types := append(asList(arg), arg)
		return bad(!slices.ContainsFunc(types, func(x any) bool {
			_, isBool := v.(bool)
			return x == "object" && isObject || x == "array" && isList || x == "string" && isText || x == "boolean" && isBool ||
				(x == "number" || x == "integer" && n == float64(int64(n))) && isNumber
		}))
	case "const":
		return bad(v != arg)
	case "enum":
		return bad(!slices.Contains(arg.([]any), v))
	case "pattern":
		return bad(isText && !regexp.MustCompile(arg.(string)).MatchString(text))
	case "minLength":
		return bad(isText && float64(len(text)) < arg.(float64))
	case "maxLength":
		return bad(isText && float64(len(text)) > arg.(float64))
	case "minimum":
		return bad(isNumber && n < arg.(float64))
	case "maximum":
		return bad(isNumber && n > arg.(float64))
	case "minItems":
		return bad(isList && float64(len(l)) < arg.(float64))
	case "maxItems":
		return bad(isList && float64(len(l)) > arg.(float64))
	case "minProperties":
		return bad(isObject && float64(len(o)) < arg.(float64))
	case "maxProperties":
		return bad(isObject && float64(len(o)) > arg.(float64))
	case "uniqueItems":
		return bad(len(slices.Compact(slices.Sorted(slices.Values(texts(l))))) != len(l))
	case "required":
		return bad(isObject && slices.ContainsFunc(asList(arg), func(k any) bool { return o[k.(string)] == nil }))
	case "anyOf":
		return bad(!slices.ContainsFunc(asList(arg), func(x any) bool { return c.valid(x.(object), v) == "" }))
	case "items":
		for _, e := range l {
			if why := c.valid(arg.(object), e); why != "" {
				return why
			}
		}
	case "propertyNames":
		for k := range o {
			if why := c.valid(arg.(object), k); why != "" {
				return why
			}
		}
	case "properties", "additionalProperties":
		return c.properties(s, o, word)
	default:
		c.t.Fatalf("the schema says %q, which is not checked here", word)
	}
	return ""
}

func (c checker) properties(s, o object, word string) string {
	known, _ := s["properties"].(object)
	for k, v := range o {
		p, is := known[k].(object)
		rest, open := s["additionalProperties"].(object)
		switch {
		case word == "properties" && is:
			if why := c.valid(p, v); why != "" {
				return k + ": " + why
			}
		case word == "additionalProperties" && !is && open:
			if why := c.valid(rest, v); why != "" {
				return k + ": " + why
			}
		case word == "additionalProperties" && !is:
			return "additional key " + k
		}
	}
	return ""
}

func texts(l []any) []string {
	var out []string
	for _, v := range l {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// TestSchemaAccepts: what the parser accepts in these examples, the schema accepts,
// and it marks the slips that an editor should mark.
func TestSchemaAccepts(t *testing.T) {
	s := schemaOf(t)
	c := checker{t, s["$defs"].(object)}
	for _, text := range []string{example(t), base} {
		if why := c.valid(s, asJSON(t, text)); why != "" {
			t.Errorf("the schema refuses: %s\n%s", why, text)
		}
	}
	for _, tt := range [][2]string{{"threshold: 2", "treshold: 2"}, {"version: 1.3.0", "version: 1.3.5"}, {"decimals: 6}", "decimals: 99}"}, {"function: send,", "function: sent,"},
		{"treasury: \"T\"\n", ""}, {`{max: "10 ETH"}`, `{max: "10"}`}, {"days: 7", "days: 0"}, {"[hot-wallet, bob]", "[]"}, {"{to: payees, function: send,", "{to: payees,"}} {
		if c.valid(s, asJSON(t, edit(t, tt[0], tt[1]))) == "" {
			t.Errorf("the schema accepts %s in place of %s", tt[1], tt[0])
		}
	}
}
