package main

import (
	"fmt"
	"strconv"
	"strings"
)

// facts is what facts.txt says.
type facts struct {
	order  map[string][]string // "1.3.0 10" → variants, the default first
	chains map[string][]uint64 // name of a foreign library → chains
}

func parseFacts(text string) (facts, error) {
	f := facts{order: map[string][]string{}, chains: map[string][]uint64{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, tail, ok := strings.Cut(line, ":")
		words := strings.Fields(head)
		if !ok || len(words) < 2 {
			return f, fmt.Errorf("facts: %q is not a line of facts", line)
		}
		for _, s := range strings.Fields(tail) {
			id, err := strconv.ParseUint(s, 10, 64)
			if err != nil {
				return f, fmt.Errorf("facts: %q is not a chain id", s)
			}
			switch words[0] {
			case "order":
				f.order[words[1]+" "+s] = words[2:]
			case "chains":
				f.chains[words[1]] = append(f.chains[words[1]], id)
			default:
				return f, fmt.Errorf("facts: unknown word %q", words[0])
			}
		}
	}
	return f, nil
}

var defaultOrder = []string{"canonical", "eip155", "zksync"}

// variants returns the order in which the variants of a version count on a chain.
func (f facts) variants(version string, chain uint64) []string {
	if o, ok := f.order[fmt.Sprintf("%s %d", version, chain)]; ok {
		return o
	}
	return defaultOrder
}
