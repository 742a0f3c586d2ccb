package main

import (
	"regexp"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
)

// functionsIn returns the declaration of each function in the ABIs that stand in a text.
// An ABI item says of itself that it is a function and has a list of inputs; where it
// stands does not matter.
func functionsIn(text string) []string {
	var out []string
	if !strings.Contains(text, "inputs") {
		return nil
	}
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], '{')
		if i < 0 {
			return out
		}
		at += i
		item, ok := readObject(text[at:])
		if !ok {
			continue
		}
		if d, ok := declarationOf(item); ok {
			out = append(out, d)
		}
	}
}

// declarationOf turns an ABI item into a declaration in the grammar of package abi.
// Internal functions of libraries, whose types are names of structures, have none.
func declarationOf(item map[string]any) (string, bool) {
	name, _ := item["name"].(string)
	inputs, list := item["inputs"].([]any)
	if item["type"] != "function" || !list {
		return "", false
	}
	params, ok := paramsOf(inputs, 0)
	if !ok {
		return "", false
	}
	_, err := encode.ParseDeclaration(name + params)
	return name + params, err == nil
}

func paramsOf(inputs []any, depth int) (string, bool) {
	if depth > 16 {
		return "", false
	}
	parts := make([]string, len(inputs))
	for i, in := range inputs {
		p, ok := in.(map[string]any)
		if !ok {
			return "", false
		}
		typ, _ := p["type"].(string)
		if array, tuple := strings.CutPrefix(typ, "tuple"); tuple {
			components, _ := p["components"].([]any)
			inner, ok := paramsOf(components, depth+1)
			if !ok {
				return "", false
			}
			typ = inner + array
		}
		if strings.ContainsAny(typ, " ,") && !isTuple(p) {
			return "", false
		}
		name, _ := p["name"].(string)
		parts[i] = strings.TrimSuffix(typ+" "+cleanName(name), " ")
	}
	return "(" + strings.Join(parts, ",") + ")", true
}

func isTuple(param map[string]any) bool {
	typ, _ := param["type"].(string)
	return strings.HasPrefix(typ, "tuple") && !strings.ContainsAny(typ, " ,")
}

var nameForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,39}$`)

// cleanName drops the underscores by which sources tell parameters from state, and every
// name that is not a plain word.
func cleanName(name string) string {
	name = strings.Trim(name, "_")
	if !nameForm.MatchString(name) {
		return ""
	}
	return name
}
