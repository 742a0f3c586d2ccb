package intent_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/intent"
)

const schemaHead = "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 71\n"

var schemaEnv = intent.Env{NativeSymbol: func(uint64) (string, uint8, bool) { return "ETH", 18, true }}

// refusal parses a file that must be refused.
func refusal(t *testing.T, text string) *intent.Error {
	t.Helper()
	_, err := intent.Parse([]byte(text), schemaEnv)
	var e *intent.Error
	if !errors.As(err, &e) {
		t.Fatalf("%q: %v", text, err)
	}
	return e
}

// knownKeys are those that the parser names when it meets an unknown one.
func knownKeys(t *testing.T, text string) []string {
	t.Helper()
	list, ok := strings.CutPrefix(refusal(t, text).Hint, "known keys: ")
	if !ok {
		t.Fatalf("%q: hint %q", text, refusal(t, text).Hint)
	}
	if list == "(none)" {
		return nil
	}
	keys := strings.Split(list, ", ")
	slices.Sort(keys)
	return keys
}

// requiredKeys are those that the parser misses, one after the other.
func requiredKeys(t *testing.T, before, after string) []string {
	t.Helper()
	missing := regexp.MustCompile(`^the key (\w+) is missing$`)
	var keys []string
	for given := []string{}; len(given) < 50; {
		_, err := intent.Parse([]byte(before+strings.Join(given, ", ")+after), schemaEnv)
		var e *intent.Error
		if !errors.As(err, &e) || missing.FindStringSubmatch(e.Msg) == nil {
			break
		}
		key := missing.FindStringSubmatch(e.Msg)[1]
		keys, given = append(keys, key), append(given, key+`: "x"`)
	}
	slices.Sort(keys)
	return keys
}

func formKeys(keys []intent.FormKey) (all, required []string) {
	for _, k := range keys {
		all = append(all, k.Name)
		if !k.Optional {
			required = append(required, k.Name)
		}
	}
	slices.Sort(all)
	slices.Sort(required)
	return all, required
}

// TestFormsAreTheParsers: the table has the kinds and keys of the parser, no more and
// no less. A kind that was added to the parser alone fails here.
func TestFormsAreTheParsers(t *testing.T) {
	var kinds []string
	for _, f := range intent.Forms() {
		kinds = append(kinds, f.Kind)
	}
	slices.Sort(kinds)
	if known := knownKeys(t, schemaHead+"actions:\n  - unheard-of: {}\n"); !slices.Equal(kinds, known) {
		t.Fatalf("forms of %q, the parser knows %q", kinds, known)
	}
	for _, f := range intent.Forms() {
		t.Run(f.Kind, func(t *testing.T) {
			all, required := formKeys(f.Keys)
			if known := knownKeys(t, schemaHead+"actions:\n  - "+f.Kind+": {unheardOf: 1}\n"); !slices.Equal(all, known) {
				t.Errorf("keys %q, the parser knows %q", all, known)
			}
			if missed := requiredKeys(t, schemaHead+"actions:\n  - "+f.Kind+": {", "}\n"); !slices.Equal(required, missed) {
				t.Errorf("required %q, the parser misses %q", required, missed)
			}
		})
	}
}

func TestHeaderFormIsTheParsers(t *testing.T) {
	all, required := formKeys(intent.HeaderForm())
	if known := knownKeys(t, schemaHead+"unheardOf: 1\nactions: []\n"); !slices.Equal(all, known) {
		t.Errorf("keys %q, the parser knows %q", all, known)
	}
	if missed := requiredKeys(t, "{coldsign: intent/v1, ", "}"); !sameSet(required, append(missed, "coldsign")) {
		t.Errorf("required %q, the parser misses %q", required, missed)
	}
}

func sameSet(a, b []string) bool {
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// TestExamples: the example of each form is an action of its kind, and its file is
// one for the schema too, as it stands and in its canonical form.
func TestExamples(t *testing.T) {
	schema := loadSchema(t)
	for _, f := range intent.Forms() {
		t.Run(f.Kind, func(t *testing.T) {
			in, err := intent.Parse([]byte(schemaHead+"actions:\n  - "+f.Example()+"\n"), schemaEnv)
			if err != nil {
				t.Fatal(err)
			}
			if got := in.Actions[0].Kind(); got != f.Kind {
				t.Errorf("the kind is %s", got)
			}
			var doc []string
			for _, k := range intent.HeaderForm() {
				if k.Name != "actions" && k.Name != "multisend" {
					doc = append(doc, `"`+k.Name+`": `+k.Example)
				}
			}
			text := "{" + strings.Join(doc, ", ") + `, "actions": [{` + quoteKeys(f) + `}]}`
			if _, err := intent.Parse([]byte(text), schemaEnv); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if why := schema.refuses(text); why != "" {
				t.Errorf("the schema refuses %s: %s", text, why)
			}
		})
	}
}

// quoteKeys is the example as JSON.
func quoteKeys(f intent.Form) string {
	var keys []string
	for _, k := range f.Keys {
		keys = append(keys, `"`+k.Name+`": `+k.Example)
	}
	return `"` + f.Kind + `": {` + strings.Join(keys, ", ") + "}"
}

// TestSchemaRefuses: a mistake that an editor can see, beside its neighbour that is
// none. The parser agrees on each.
func TestSchemaRefuses(t *testing.T) {
	const good = `{"coldsign": "intent/v1", "chain": 1, "safe": "0x849D52316331967b6fF1198e5E32A0eB168D039d", "nonce": 71, "actions": [{"send": {"amount": "1.5 ETH", "to": "0x7fa9385be102ac3eac297483dd6233d62b3e1496"}}, {"call": {"to": "0x7fa9385be102ac3eac297483dd6233d62b3e1496", "function": "f(uint256,bool,string[])", "args": [1, true, ["a"]]}}]}`
	schema := loadSchema(t)
	for _, tt := range []struct {
		name, old, new string
		refused        bool
	}{
		{"as it is", "", "", false},
		{"number as text", `"nonce": 71`, `"nonce": "71"`, false},
		{"large number", `"nonce": 71`, `"nonce": 115792089237316195423570985008687907853269984665640564039457584007913129639935`, false},
		{"no nonce", `"nonce": 71, `, ``, true},
		{"negative nonce", `"nonce": 71`, `"nonce": -1`, true},
		{"nonce with leading zero", `"nonce": 71`, `"nonce": "071"`, true},
		{"another version", `intent/v1`, `intent/v2`, true},
		{"unknown key", `"chain"`, `"gas": 1, "chain"`, true},
		{"misspelt key", `"nonce"`, `"Nonce"`, true},
		{"short address", `1496"`, `149"`, true},
		{"address of another chain", `"0x7fa9`, `"eth:0x7fa9`, true},
		{"amount without unit", `1.5 ETH`, `1.5`, true},
		{"amount with trailing zero", `1.5 ETH`, `1.50 ETH`, true},
		{"amount with separators", `1.5 ETH`, `1,500 ETH`, true},
		{"function with space", `f(uint256,bool`, `f(uint256, bool`, true},
		{"unknown kind", `"send"`, `"sned"`, true},
		{"two kinds", `{"send"`, `{"reject": {}, "send"`, true},
		{"no action", good[strings.Index(good, `[{`):], `[]}`, true},
		{"required key of an action", `"amount": "1.5 ETH", `, ``, true},
		{"unknown key of an action", `"amount"`, `"memo": "x", "amount"`, true},
		{"arguments that are no list", `[1, true, ["a"]]`, `"1"`, true},
		{"argument that is a mapping", `[1, true, ["a"]]`, `[1, true, {"a": "b"}]`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(good, tt.old, tt.new, 1)
			if text == good && tt.old != "" {
				t.Fatal("nothing was changed")
			}
			why := schema.refuses(text)
			if _, err := intent.Parse([]byte(text), schemaEnv); (err != nil) != tt.refused || (why != "") != tt.refused {
				t.Errorf("the schema says %q, the parser %v; want refused %v", why, err, tt.refused)
			}
		})
	}
}

// TestSchemaText: plain ASCII, one LF at the end, the same each time.
func TestSchemaText(t *testing.T) {
	a, b := intent.Schema(), intent.Schema()
	if string(a) != string(b) || !strings.HasSuffix(string(a), "}\n") {
		t.Error("the text is not stable")
	}
	if i := slices.IndexFunc(a, func(c byte) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
		t.Errorf("byte %#x", a[i])
	}
}

// schema understands the part of JSON Schema that ours is written in, and refuses to
// go on at any other word.
type schema struct {
	t    *testing.T
	root map[string]any
}

func loadSchema(t *testing.T) schema {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(intent.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	return schema{t, root}
}

func (s schema) refuses(text string) string {
	s.t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		s.t.Fatal(err)
	}
	return s.check(s.root, doc, "$")
}

func (s schema) check(rule map[string]any, v any, at string) string {
	for word, want := range rule {
		if why := s.word(rule, word, want, v, at); why != "" {
			return why
		}
	}
	return ""
}

func (s schema) word(rule map[string]any, word string, want, v any, at string) string {
	object, isObject := v.(map[string]any)
	list, isList := v.([]any)
	text, isText := v.(string)
	bad := at + ": " + word
	switch word {
	case "$schema", "$defs", "title", "description", "examples":
	case "$ref":
		name := strings.TrimPrefix(want.(string), "#/$defs/")
		target, ok := s.root["$defs"].(map[string]any)[name].(map[string]any)
		if !ok {
			s.t.Fatalf("%s: no definition %s", at, name)
		}
		return s.check(target, v, at)
	case "const":
		if v != want {
			return bad
		}
	case "type":
		if !slices.ContainsFunc(asList(want), func(k any) bool { return isType(k.(string), v) }) {
			return bad
		}
	case "pattern":
		if isText && !regexp.MustCompile(want.(string)).MatchString(text) {
			return bad
		}
	case "minLength":
		if isText && float64(len(text)) < want.(float64) {
			return bad
		}
	case "minimum":
		if n, ok := v.(json.Number); ok && strings.HasPrefix(n.String(), "-") {
			return bad
		}
	case "required":
		for _, k := range want.([]any) {
			if _, ok := object[k.(string)]; isObject && !ok {
				return bad + " " + k.(string)
			}
		}
	case "additionalProperties":
		for k := range object {
			if _, ok := rule["properties"].(map[string]any)[k]; !ok {
				return bad + " " + k
			}
		}
	case "properties":
		for k, r := range want.(map[string]any) {
			if child, ok := object[k]; ok {
				if why := s.check(r.(map[string]any), child, at+"."+k); why != "" {
					return why
				}
			}
		}
	case "minProperties", "maxProperties", "minItems", "maxItems":
		n, is := float64(len(object)), isObject
		if strings.HasSuffix(word, "Items") {
			n, is = float64(len(list)), isList
		}
		if is && (strings.HasPrefix(word, "min") && n < want.(float64) || strings.HasPrefix(word, "max") && n > want.(float64)) {
			return bad
		}
	case "items":
		for _, e := range list {
			if why := s.check(want.(map[string]any), e, at+"[]"); why != "" {
				return why
			}
		}
	default:
		s.t.Fatalf("%s: the word %s is not understood", at, word)
	}
	return ""
}

func asList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

func isType(kind string, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return kind == "object"
	case []any:
		return kind == "array"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case json.Number:
		_, whole := new(big.Int).SetString(v.String(), 10)
		return kind == "number" || kind == "integer" && whole
	}
	return false
}
