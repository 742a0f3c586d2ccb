package plainyaml

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coldsign/coldsign/verify/report"
)

// Fields are the values of a mapping by key.
type Fields map[string]*Node

// Fields reads a mapping that holds all required keys and otherwise only
// optional ones. Case counts.
func (a *Node) Fields(required, optional []string) (Fields, *Error) {
	if a.n.Kind != yaml.MappingNode {
		return nil, a.Fail(ErrValue, "write a mapping with the keys "+list(required, optional), "a mapping is due")
	}
	f := make(Fields, len(a.n.Content)/2)
	for i := 0; i+1 < len(a.n.Content); i += 2 {
		k := a.n.Content[i]
		if !slices.Contains(required, k.Value) && !slices.Contains(optional, k.Value) {
			return nil, a.value(k.Value, k).Fail(ErrKey, keyHint(k.Value, required, optional), "unknown key %s", report.Quote(k.Value))
		}
		f[k.Value] = a.value(k.Value, a.n.Content[i+1])
	}
	for _, k := range required {
		if f[k] == nil {
			return nil, a.Fail(ErrKey, "write it; nothing is assumed", "the key %s is missing", k)
		}
	}
	return f, nil
}

func keyHint(key string, required, optional []string) string {
	for _, k := range slices.Concat(required, optional) {
		if strings.EqualFold(k, strings.NewReplacer("-", "", "_", "").Replace(key)) {
			return "the key is spelt " + k
		}
	}
	return "known keys: " + list(required, optional)
}

func list(required, optional []string) string {
	all := slices.Concat(required, optional)
	if len(all) == 0 {
		return "(none)"
	}
	return strings.Join(all, ", ")
}
