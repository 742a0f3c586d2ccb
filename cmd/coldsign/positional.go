package main

import (
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// positional returns the arguments after the flags. Package flag stops at the
// first of them, so that in "verify f.json --chain 5" the flag would be a file
// and the check would run without it: an argument that begins with - is refused,
// unless -- stands before the arguments.
func (p *program) positional(name string, args []string) ([]string, error) {
	for _, a := range args {
		if a == "" {
			return nil, usagef("an empty name is often a shell variable that is not set", "an argument is empty")
		}
	}
	if p.afterDashes(len(args)) {
		return args, nil
	}
	i := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") && a != "-" })
	if i < 0 {
		return args, nil
	}
	hint := "flags go before the files; after -- every argument is a file"
	if line, ok := p.reordered(name, args); ok {
		hint = "flags go before the files; did you mean: " + line
	}
	return nil, usagef(hint, "%s stands after a file and would not be read as a flag", report.Quote(args[i]))
}

// afterDashes reports whether -- stands directly before the last n arguments.
func (p *program) afterDashes(n int) bool {
	i := len(p.args) - n - 1
	return i >= 0 && p.args[i] == "--"
}

// reordered returns the command line with all flags before the files, if it can
// be pasted into a shell as it stands and reads in only one way.
func (p *program) reordered(name string, args []string) (line string, ok bool) {
	front := p.args[1+strings.Count(name, " ") : len(p.args)-len(args)]
	var moved, files []string
	for i := 0; i < len(args); i++ {
		a := args[i]
		if !strings.HasPrefix(a, "-") || a == "-" {
			files = append(files, a)
			continue
		}
		flag, _, hasValue := strings.Cut(strings.TrimLeft(a, "-"), "=")
		takes, known := flagTable[flag]
		if !known {
			return "", false
		}
		moved = append(moved, a)
		if takes && !hasValue {
			if i++; i == len(args) {
				return "", false
			}
			moved = append(moved, args[i])
		}
	}
	words := slices.Concat([]string{"coldsign", name}, front, moved, files)
	if slices.ContainsFunc(words, needsQuotes) {
		return "", false
	}
	return strings.Join(words, " "), true
}

const shellSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,@%+-"

func needsQuotes(word string) bool {
	return word == "" || strings.Trim(word, shellSafe) != ""
}
