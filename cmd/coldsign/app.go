package main

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/coldsign/coldsign/verify/report"
)

// command is one word after coldsign. Its file holds its flags, its help and
// what it does.
type command struct {
	name  string
	help  string
	flags []string                           // names in flagTable
	open  func(p *program, o *options) error // what cannot be opened after files were given up; nil is nothing
	do    func(p *program, o *options, args []string) error
	sub   []command // a group has further words in place of do
}

func commands() []command {
	return []command{checkCommand, verifyCommand, signCommand, decodeCommand, hashCommand, intentCommand, policyCommand, journalCommand, receiptCommand, signaturesCommand, explainCommand, selftestCommand, versionCommand, helpCommand()}
}

// app builds the command line parser. Every convenience of the library that can
// end in exit code 0 without a check is off: its help (a file called help, or h,
// would print help and verify nothing), its version flag, its completion, its
// default action, its exit handler and its own output. Flags take text and are
// read strictly by us.
func (p *program) app() *cli.App {
	root := newOptions(p, "help", "h", "version")
	a := &cli.App{
		Name:                      "coldsign",
		HideHelp:                  true,
		HideHelpCommand:           true,
		HideVersion:               true,
		DisableSliceFlagSeparator: true,
		Compiled:                  time.Unix(1, 0), // otherwise the library looks at the program's file
		Reader:                    strings.NewReader(""),
		Writer:                    io.Discard,
		ErrWriter:                 io.Discard,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              p.onUsageError,
		Flags:                     root.cliFlags(),
		Action:                    func(c *cli.Context) error { return p.root(root, c.Args().Slice()) },
	}
	for _, c := range commands() {
		a.Commands = append(a.Commands, p.cliCommand(c.name, c))
	}
	return a
}

// cliCommand makes a command of one or, in a group, two words; name holds all of
// them.
func (p *program) cliCommand(name string, c command) *cli.Command {
	if c.sub != nil {
		return p.cliGroup(c)
	}
	o := newOptions(p, append([]string{"help", "h"}, c.flags...)...)
	return &cli.Command{
		Name:            c.name,
		HideHelp:        true,
		HideHelpCommand: true,
		OnUsageError:    p.onUsageError,
		Flags:           o.cliFlags(),
		Action: func(ctx *cli.Context) error {
			args, err := p.positional(name, ctx.Args().Slice())
			if err != nil {
				return err
			}
			if o.given("help") || o.given("h") {
				p.say(p.stdout, c.help)
				return nil
			}
			if c.open != nil {
				if err := c.open(p, o); err != nil {
					return err
				}
			}
			if err := p.confine(name, o, args); err != nil {
				return err
			}
			return c.do(p, o, args)
		},
	}
}

// cliGroup makes a command that needs a second word, such as policy lint.
func (p *program) cliGroup(c command) *cli.Command {
	o := newOptions(p, "help", "h")
	group := &cli.Command{Name: c.name, HideHelp: true, HideHelpCommand: true, OnUsageError: p.onUsageError, Flags: o.cliFlags(),
		Action: func(ctx *cli.Context) error {
			switch args := ctx.Args().Slice(); {
			case len(args) > 0:
				return &usageError{text: "unknown command " + report.Quote(c.name+" "+args[0]), hint: "the commands are " + strings.Join(c.words(), ", ")}
			case o.given("help") || o.given("h"):
				p.say(p.stdout, c.help)
				return nil
			}
			return &usageError{text: c.name + " needs a second word", hint: "the commands are " + strings.Join(c.words(), ", "), help: "\n" + c.help}
		}}
	for _, s := range c.sub {
		group.Subcommands = append(group.Subcommands, p.cliCommand(c.name+" "+s.name, s))
	}
	return group
}

// words lists the commands of a group.
func (c command) words() []string {
	var out []string
	for _, s := range c.sub {
		out = append(out, c.name+" "+s.name)
	}
	return out
}

// root answers a command line without a known command.
func (p *program) root(o *options, args []string) error {
	switch {
	case len(args) > 0:
		return &usageError{text: "unknown command " + report.Quote(args[0]), hint: "the commands are " + commandNames()}
	case o.given("help") || o.given("h"):
		p.say(p.stdout, mainHelp)
		return nil
	case o.given("version"):
		return doVersion(p, o, nil)
	}
	return &usageError{text: "no command was given", hint: "say what to do, such as: coldsign check FILE", help: "\n" + mainHelp}
}

func commandNames() string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// findCommand finds a command by its words.
func findCommand(words ...string) (found command, ok bool) {
	in := commands()
	for _, w := range words {
		i := slices.IndexFunc(in, func(c command) bool { return c.name == w })
		if i < 0 {
			return command{}, false
		}
		found, in, ok = in[i], in[i].sub, true
	}
	return found, ok
}

// onUsageError turns what the library says about flags into our usage error.
func (p *program) onUsageError(_ *cli.Context, err error, _ bool) error {
	if p.problem != nil {
		return p.problem
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -"); ok {
		return usagef("flags come after the command and before the files; coldsign help COMMAND lists them", "unknown flag %s", report.Quote("--"+name))
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag needs an argument: -"); ok {
		return usagef("", "flag --%s needs a value", name)
	}
	return usagef("see coldsign help", "%s", err.Error())
}
