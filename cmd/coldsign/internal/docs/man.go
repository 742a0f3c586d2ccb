package docs

import (
	"fmt"
	"strings"
)

// Man writes the manual page, in the man macros that groff and mandoc share. The help
// texts stand in it as they are, so that page and program cannot differ.
func Man(p Page, commands []Command) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH COLDSIGN 1 %s \"coldsign %s\" \"User Commands\"\n", p.Date.UTC().Format("2006-01-02"), roff(p.Version))
	b.WriteString(".SH NAME\ncoldsign \\- say what signing a Safe multisig proposal would do\n")
	b.WriteString(".SH SYNOPSIS\n.B coldsign\n.I COMMAND\n.RI [ FLAGS ]\n.IR FILE ...\n")
	b.WriteString(".SH DESCRIPTION\n" + literal(p.Main))
	b.WriteString(".SH COMMANDS\n")
	said := map[string]bool{}
	for _, c := range commands {
		if said[c.Help] || c.Words[0] == "help" {
			continue // words of a group may share one text
		}
		said[c.Help] = true
		fmt.Fprintf(&b, ".SS coldsign %s\n", title(c, commands))
		b.WriteString(literal(c.Help))
	}
	b.WriteString(".SH LIMITS\n" + literal(p.Notes))
	b.WriteString(`.SH EXIT STATUS
.TP
.B 0
verified, or no objection; for other commands: done
.TP
.B 1
could not check
.TP
.B 2
the command line is wrong; nothing was read
.TP
.B 3
refused
.SH ENVIRONMENT
.B NO_COLOR
and
.B TERM
choose colours;
.BR HOME ,
.B XDG_CONFIG_HOME
and
.B XDG_STATE_HOME
say where the policy, the accepted policies and the journal are;
.B TMPDIR
is used by selftest only.
No variable changes a verdict.
.SH FILES
.TP
.I ~/.config/coldsign/coldsign.yaml
the policy, where the system has no other folder for configuration
.TP
.I ~/.local/state/coldsign/journal
what this machine has approved and signed, where the system has no other folder
`)
	return []byte(b.String())
}

// title names a command, or all words of a group that share its text.
func title(c Command, commands []Command) string {
	var names []string
	for _, other := range commands {
		if other.Help == c.Help {
			names = append(names, other.name())
		}
	}
	if len(names) > 1 {
		return roff(c.Words[0])
	}
	return roff(names[0])
}

// literal is a text whose lines stay as they are.
func literal(text string) string {
	var b strings.Builder
	b.WriteString(".nf\n")
	blank := false
	for _, l := range strings.Split(strings.Trim(text, "\n"), "\n") {
		if l = strings.TrimRight(l, " "); l == "" {
			blank = true
			continue
		}
		if blank {
			b.WriteString(".sp\n")
			blank = false
		}
		b.WriteString(roff(l) + "\n")
	}
	b.WriteString(".fi\n")
	return b.String()
}

// roff escapes what a line of text could be taken for: a request, an escape, a hyphen
// that cannot be copied as a minus.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(s)
	if strings.HasPrefix(s, ".") {
		s = `\&` + s
	}
	return s
}
