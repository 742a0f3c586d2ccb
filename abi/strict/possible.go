package strict

import (
	"strconv"
	"strings"
)

// maxGuesses bounds how possible calls nest. Their bytes are rendered twice, as an
// argument and as a call, so each level costs the whole of its bytes again.
const maxGuesses = 2

// possibleCalls lists the bytes among the arguments of c that would be calldata
// (package abi, Possible calls).
func (d *decoder) possibleCalls(c *Call, guesses int) error {
	if d.possible == nil || guesses == maxGuesses {
		return nil
	}
	for i := range c.Args {
		if !strings.Contains(c.Args[i].Type, "bytes") {
			continue // most have none, and a place is a text to build
		}
		if err := d.possibleIn(c, &c.Args[i], "arg["+strconv.Itoa(i)+"]", guesses); err != nil {
			return err
		}
	}
	return nil
}

// possibleIn looks at the value at place and at all below it.
func (d *decoder) possibleIn(c *Call, v *Value, place string, guesses int) error {
	if v.Type == "bytes" {
		return d.possibleCall(c, v, place, guesses)
	}
	before, after := "[", "]"
	if kindOf(v.Type) == kindTuple {
		before, after = ".", ""
	}
	for i := range v.Elems {
		if err := d.possibleIn(c, &v.Elems[i], place+before+strconv.Itoa(i)+after, guesses); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) possibleCall(c *Call, v *Value, place string, guesses int) error {
	if len(v.Bytes)%32 != 4 || strings.HasPrefix(v.Text, openedPrefix) {
		return nil
	}
	k := &Call{Path: "maybe." + place, Depth: c.Depth + 1, Data: v.Bytes}
	if c.Path != "" {
		k.Path = c.Path + "." + k.Path
	}
	if !d.fits(k) {
		return nil
	}
	if err := d.count(k.Depth); err != nil {
		return err
	}
	c.Maybe = append(c.Maybe, k)
	return d.call(k, guesses+1)
}

// fits reports whether the whole data of k is calldata of a function that is
// known. It looks at a copy: what comes of the others is not shown.
func (d *decoder) fits(k *Call) bool {
	trial := Call{Selector: [4]byte(k.Data[:4]), Data: k.Data}
	trial.choose(d.declarations(&trial, true))
	return trial.Status == statusDecoded
}
