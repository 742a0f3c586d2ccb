package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// intentCommand writes, shows and builds from what a person means. None of its
// words reads the Safe's proposal: an intent that came from one proves nothing.
var intentCommand = command{name: "intent", help: intentHelp, sub: []command{
	intentNewCommand, intentShowCommand, intentFmtCommand, intentBuildCommand, intentSchemaCommand,
}}

const intentHelp = `Usage: coldsign intent new|show|fmt|build|schema [FLAGS] [FILE]

  new     ask for the intent on the terminal, and write it
  show    say in plain words what an intent means
  fmt     print the canonical form of an intent
  build   make the proposal that does what the intent says
  schema  print the JSON Schema of intent files, for editors

Names and units come from --policy FILE, or the policy in your configuration folder.
An intent is written from the ticket or the call, never from the proposal. See
coldsign help intent new, and so on, for the flags.
`

// intentEnv is what the intent commands know of units, names and the files that the
// intent of that name includes: what verify knows, so that both read the same intent.
func (p *program) intentEnv(o *options, name string) (intent.Env, error) {
	env := verify.IntentEnv()
	env.Open, env.Proposal = p.below(name), verify.IntentProposal(nil)
	if o.text("policy") == "-" {
		return env, usagef("name a file", "the policy of an intent command cannot be standard input")
	}
	f, found, err := p.policy(o)
	if err != nil || !found {
		return env, err
	}
	pol, err := policy.Parse(f.raw)
	if err != nil {
		return env, policyRefusal(f.name, err)
	}
	p.say(p.stderr, report.Escape(fmt.Sprintf("coldsign: note: names and units by version %d of the policy of %s (%s)", pol.Version, report.Quote(pol.Treasury), f.origin))+"\n")
	env.Proposal = verify.IntentProposal(pol)
	return verify.WithPolicy(env, pol), nil
}

func policyRefusal(name string, err error) error {
	r := &refusal{text: "the policy " + report.Quote(name) + " is refused: " + err.Error()}
	var e *policy.Error
	if errors.As(err, &e) {
		r.hint = e.Hint
	}
	return r
}

// refusal ends a command with exit code 3.
type refusal struct{ text, hint string }

func (r *refusal) Error() string { return r.text }

// refusing says a refusal and turns it into its exit code.
func refusing(do func(p *program, o *options, args []string) error) func(p *program, o *options, args []string) error {
	return func(p *program, o *options, args []string) error {
		err := do(p, o, args)
		var r *refusal
		if !errors.As(err, &r) {
			return err
		}
		p.complain(r.text, r.hint)
		p.code = worse(p.code, exitRefused)
		return nil
	}
}

// intentFile is an intent with the bytes that it was read from.
type intentFile struct {
	*intent.Intent
	name string
	raw  []byte
	env  intent.Env
}

// readIntent reads the one file that the command takes.
func (p *program) readIntent(o *options, args []string) (*intentFile, error) {
	if len(args) != 1 {
		return nil, usagef("name the intent, or - for standard input", "the command takes one file, and %d are given", len(args))
	}
	f := &intentFile{name: args[0]}
	var err error
	if f.env, err = p.intentEnv(o, f.name); err != nil {
		return nil, err
	}
	if f.raw, err = p.read(f.name, maxIntent); err != nil {
		return nil, fmt.Errorf("the intent %s %w", report.Quote(f.name), err)
	}
	if f.Intent, err = intent.Parse(f.raw, f.env); err != nil {
		return nil, refuseIntent(f.name, err)
	}
	return f, nil
}

func refuseIntent(name string, err error) error {
	r := &refusal{text: "the intent " + report.Quote(name) + " is refused: " + err.Error()}
	var e *intent.Error
	if errors.As(err, &e) {
		r.hint = e.Hint
	}
	return r
}

// canonical is the canonical text. It can be longer than the file, and too long:
// what would not be read again is not written.
func (f *intentFile) canonical() ([]byte, error) {
	text := intent.Format(f.Intent)
	again, err := intent.Parse(text, f.env)
	if err != nil {
		return nil, refuseIntent(f.name, fmt.Errorf("its canonical form cannot be read: %w", err))
	}
	if !bytes.Equal(intent.Format(again), text) {
		return nil, errors.New("internal error: the canonical form of the intent is not stable")
	}
	return text, nil
}

// result writes what the command made to a new file, or to standard output.
func (p *program) result(o *options, data []byte) error {
	if name := o.text("output"); name != "" {
		return writeNew(name, data)
	}
	_, err := p.stdout.Write(data)
	return err
}

// outputFlag refuses a name that would not be what it looks like.
func outputFlag(o *options) error {
	if o.text("output") == "-" {
		return usagef("leave --output out to write to standard output", "flag --output is -, which is no file")
	}
	return nil
}
