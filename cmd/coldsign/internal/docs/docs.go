// Package docs writes the manual page and the shell completions from the table of
// commands. It runs when a release is made and is not part of the program: a completion
// is a text that a shell reads, and completing executes nothing of coldsign, so no word
// on a command line can turn a check into a completion.
//
// What it is given comes from the program's own tables, and none of it is untrusted.
// Still it refuses a name that a shell could read as anything but a word, so that a later
// table cannot put code into everybody's shell. File names are never handled by the
// scripts: they leave them to the shell's own completion, which quotes them.
package docs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Command is one word, or two of a group, after coldsign.
type Command struct {
	Words []string // such as "intent", "fmt"
	Help  string
	Flags []Flag
	Files bool // takes files as arguments
}

// Flag is one flag of a command.
type Flag struct {
	Name   string
	Takes  bool     // a value follows
	Values []string // the only values there are, nil if they cannot be listed
}

// Page says what the manual is about.
type Page struct {
	Version string
	Date    time.Time
	Main    string // help of the program itself
	Notes   string // what a pass does not prove
}

var word = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// Check refuses names that are more than a word to some shell.
func Check(commands []Command) error {
	var all []string
	for _, c := range commands {
		if len(c.Words) == 0 || len(c.Words) > 2 {
			return fmt.Errorf("a command of %d words", len(c.Words))
		}
		all = append(all, c.Words...)
		for _, f := range c.Flags {
			all = append(append(all, f.Name), f.Values...)
		}
	}
	for _, w := range all {
		if !word.MatchString(w) {
			return fmt.Errorf("%q is no plain word", w)
		}
	}
	return nil
}

// first lists the words that may follow coldsign, each once.
func first(commands []Command) []string {
	var out []string
	for _, c := range commands {
		if !slices.Contains(out, c.Words[0]) {
			out = append(out, c.Words[0])
		}
	}
	return out
}

// second lists the words of a group, nil if it is none.
func second(commands []Command, group string) []string {
	var out []string
	for _, c := range commands {
		if len(c.Words) == 2 && c.Words[0] == group {
			out = append(out, c.Words[1])
		}
	}
	return out
}

// groups lists the words that need a second one.
func groups(commands []Command) []string {
	return slices.DeleteFunc(first(commands), func(w string) bool { return second(commands, w) == nil })
}

func (c Command) name() string { return strings.Join(c.Words, " ") }

// dashed lists the flags as they are typed.
func (c Command) dashed() string {
	var out []string
	for _, f := range c.Flags {
		out = append(out, "--"+f.Name)
	}
	return strings.Join(out, " ")
}
