package main

import "errors"

// several lets a command that takes one file take many, as hooks and scripts name them:
// each for itself, the worst exit code counts, and one that fails hides none of the others.
func several(do func(p *program, o *options, args []string) error) func(p *program, o *options, args []string) error {
	return func(p *program, o *options, args []string) error {
		if len(args) < 2 {
			return do(p, o, args)
		}
		for _, a := range args {
			if a == "-" {
				return usagef("name it alone", "standard input (-) stands among %d files", len(args))
			}
		}
		for _, a := range args {
			err := do(p, o, []string{a})
			var usage *usageError
			if errors.As(err, &usage) {
				return err
			}
			if err == nil {
				continue
			}
			hint := ""
			var in *inputError
			if errors.As(err, &in) {
				hint = in.hint
			}
			p.complain(err.Error(), hint)
			p.code = worse(p.code, exitUnchecked)
		}
		return nil
	}
}
