package abi

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// maxGuessRounds bounds how often a payload is decoded to find out which guesses read
// it; each round leaves out at least one name.
const maxGuessRounds = 8

// DecodeNaming decodes like Decode, and asks guesses for the names of functions that
// lookup does not know. A guess is a name from a list that anybody could add to, so it
// stays only where the bytes are exactly the encoding of its arguments, and where it opens
// no calls inside: otherwise the call is as unknown as without the list. guessed holds
// the paths of the calls that were read by a guess; they satisfy nothing.
func DecodeNaming(root Root, lookup, guesses Lookup) (tree *Tree, guessed map[string]bool, err error) {
	dropped := map[nameKey]bool{}
	for range maxGuessRounds {
		asked := map[nameKey]bool{} // Decode's memo calls the lookup under its lock
		tree, err = Decode(root, func(to common.Address, sel [4]byte) []string {
			if known := askFor(lookup, to, sel); len(known) > 0 {
				return known
			}
			key := nameKey{to, sel}
			if dropped[key] {
				return nil
			}
			asked[key] = true
			return askFor(guesses, to, sel)
		})
		if err != nil {
			return nil, nil, err
		}
		before := len(dropped)
		guessed = map[string]bool{}
		tree.Root.Walk(func(c *Call) {
			key := nameKey{c.To, c.Selector}
			if len(c.Candidates) == 0 || !asked[key] {
				return
			}
			guessed[c.Path] = true
			if c.Status != StatusDecoded || c.Container != "" {
				dropped[key] = true
			}
			c.Candidates = slices.DeleteFunc(c.Candidates, func(k Candidate) bool { return k.Status != StatusDecoded })
		})
		if len(dropped) == before {
			return tree, guessed, nil
		}
	}
	tree, err = Decode(root, lookup)
	return tree, nil, err
}

func askFor(l Lookup, to common.Address, sel [4]byte) []string {
	if l == nil {
		return nil
	}
	return l(to, sel)
}

type nameKey struct {
	to  common.Address
	sel [4]byte
}
