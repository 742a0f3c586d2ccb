package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// policyCommand is about the file in which a treasury writes down what is allowed.
var policyCommand = command{name: "policy", help: policyHelp, sub: []command{
	{name: "lint", help: policyHelp, do: doPolicyLints},
	{name: "show", help: policyHelp, do: doPolicyShow},
	{name: "digest", help: policyHelp, do: doPolicyDigest},
	{name: "trust", help: policyHelp, do: doPolicyTrust, flags: []string{"digest"}},
	{name: "distrust", help: policyHelp, do: doPolicyDistrust, flags: []string{"digest"}},
	{name: "new", help: policyHelp, do: doPolicyNew, flags: []string{"chain", "safe", "safe-version", "owners", "threshold", "address-book", "name", "safe-info", "treasury"}},
	{name: "schema", help: policyHelp, do: doPolicySchema},
}}

const policyHelp = `Usage: coldsign policy lint [FILE...]
       coldsign policy show|digest [FILE]
       coldsign policy trust [--digest HEX] FILE
       coldsign policy distrust --digest HEX
       coldsign policy new FLAGS
       coldsign policy schema

The policy is the file in which a treasury writes down which addresses, Safes and
tokens it knows and what its transactions may do. Without FILE it is coldsign.yaml
in your configuration folder.

  lint      what is wrong or unwise in it; exit 3 if something contradicts what is
            known here, or the file cannot be read
  show      what it says, in plain words
  digest    its SHA-256
  trust     accept it on this machine. The digest comes over another channel, such
            as a call with a colleague who read the same file; a version is never
            followed by a smaller one
  distrust  take that back: verify refuses by this policy until it, or one of a
            greater version, is accepted again
  new       write a first policy to standard output:
              --chain N  --safe 0x...  --safe-version VERSION
              --owners 0x...,0x...     in the order of getOwners()
              --threshold N
              --safe-info FILE         these, from the JSON of a Safe service
              --address-book FILE      names, as the CSV that Safe{Wallet} exports
              --name NAME              what the Safe is called, such as cold-vault
              --treasury TEXT          who the policy belongs to
  schema    JSON Schema of the file, for editors

Example: coldsign policy lint coldsign.yaml
`

// readPolicy reads the policy that an argument names, else the configured one. ok is
// false if it is refused, which has been said then.
func (p *program) readPolicy(o *options, args []string) (f policyFile, pol *policy.Policy, ok bool, err error) {
	switch {
	case len(args) > 1:
		return f, nil, false, usagef("name one", "%d policies are given", len(args))
	case len(args) == 1:
		f = policyFile{name: args[0], origin: "argument"}
		if f.raw, err = p.read(f.name, policy.MaxSize); err != nil {
			return f, nil, false, fmt.Errorf("the policy %s %w", report.Quote(f.name), err)
		}
	default:
		found := false
		if f, found, err = p.policy(o); err != nil {
			return f, nil, false, err
		}
		if !found {
			return f, nil, false, usagef("name the file, or put it into the configuration folder as "+policyName, "no policy is given, and none is configured")
		}
	}
	pol, err = policy.Parse(f.raw)
	if err != nil {
		p.refusePolicy(f.name, err)
		return f, nil, false, nil
	}
	return f, pol, true, nil
}

// refusePolicy says why a policy is refused.
func (p *program) refusePolicy(name string, err error) {
	hint := ""
	var e *policy.Error
	if errors.As(err, &e) {
		hint = e.Hint
	}
	p.complain(report.Quote(name)+": "+err.Error(), hint)
	p.code = worse(p.code, exitRefused)
}

// doPolicyLints says of several policies which is which.
func doPolicyLints(p *program, o *options, args []string) error {
	if len(args) < 2 {
		return doPolicyLint(p, o, args)
	}
	return several(func(p *program, o *options, args []string) error {
		if err := p.paragraphs("file " + report.Quote(args[0]) + "\n"); err != nil {
			return err
		}
		return doPolicyLint(p, o, args)
	})(p, o, args)
}

func doPolicyLint(p *program, o *options, args []string) error {
	_, pol, ok, err := p.readPolicy(o, args)
	if err != nil || !ok {
		return err
	}
	notes := pol.Lint()
	var b strings.Builder
	count := map[policy.Level]int{}
	for _, n := range notes {
		count[n.Level]++
		fmt.Fprintf(&b, "%s: %s: %s\n", n.Level, n.Where, n.Message)
		if n.Hint != "" {
			fmt.Fprintf(&b, "  what to do: %s\n", n.Hint)
		}
	}
	fmt.Fprintf(&b, "%d wrong, %d unwise, %d to consider\n", count[policy.Wrong], count[policy.Unwise], count[policy.Advice])
	if count[policy.Wrong] > 0 {
		p.code = worse(p.code, exitRefused)
	}
	return p.paragraphs(b.String())
}

func doPolicyShow(p *program, o *options, args []string) error {
	f, pol, ok, err := p.readPolicy(o, args)
	if err != nil || !ok {
		return err
	}
	return p.paragraphs("file " + report.Quote(f.name) + " (" + f.origin + ")\n" + pol.Describe())
}

func doPolicyDigest(p *program, o *options, args []string) error {
	_, pol, ok, err := p.readPolicy(o, args)
	if err != nil || !ok {
		return err
	}
	return p.lines(pol.Digest())
}

func doPolicySchema(p *program, _ *options, args []string) error {
	if len(args) > 0 {
		return usagef("", "policy schema takes no argument, and %s is given", report.Quote(args[0]))
	}
	return p.lines(string(policy.Schema()))
}
