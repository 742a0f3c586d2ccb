package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// doPolicyTrust accepts a policy. The digest must be given: whoever put the file on
// this machine could else have it accepted by a signer who only presses return.
func doPolicyTrust(p *program, o *options, args []string) error {
	if len(args) > 1 || len(args) == 1 && args[0] == "-" {
		return usagef("such as: coldsign policy trust coldsign.yaml", "policy trust takes one file, or that of the configuration folder")
	}
	want, err := o.digest()
	if err != nil {
		return err
	}
	f, pol, ok, err := p.readPolicy(o, args)
	if err != nil || !ok {
		return err
	}
	all, err := p.accepted()
	if err != nil {
		return err
	}
	last, found, err := lastOf(all, pol.Treasury)
	if err != nil {
		return err
	}
	rest, err := others(all, pol.Treasury)
	if err != nil {
		return err
	}
	if err := p.paragraphs(p.introduce(pol, last, found) + rest); err != nil {
		return err
	}
	if why, hint := refuseTrust(pol, last, found, want); why != "" {
		p.complain(why, hint)
		p.code = worse(p.code, exitRefused)
		return nil
	}
	if found && last.digest == pol.Digest() && !last.withdrawn {
		p.say(p.stdout, "\nThis policy is accepted already.\n")
		return nil
	}
	if err := p.accept(accepted{time: p.now(), digest: pol.Digest(), version: pol.Version, treasury: pol.Treasury}, f.raw); err != nil {
		return err
	}
	p.say(p.stdout, "\nAccepted on this machine."+p.whereToPut(f.name)+"\n")
	return nil
}

// whereToPut says from where verify takes a policy that is not named, unless it is this
// file.
func (p *program) whereToPut(name string) string {
	if p.world.config == "" {
		return ""
	}
	usual := filepath.Join(p.world.config, policyName)
	if a, err := os.Stat(usual); err == nil {
		if b, err := os.Stat(name); err == nil && os.SameFile(a, b) {
			return ""
		}
	}
	return " verify takes it from --policy, or without that from " + report.Quote(usual) + "."
}

// digest reads --digest, "" if it was not given.
func (o *options) digest() (string, error) {
	text := strings.ToLower(strings.ReplaceAll(o.text("digest"), " ", "")) // it is printed in groups
	if o.given("digest") && (len(text) != 64 || !digits(text, isHex)) {
		return "", usagef("write the 64 hex digits that coldsign policy digest prints", "flag --digest is %s, which is no SHA-256 digest", report.Quote(text))
	}
	return text, nil
}

// refuseTrust says why the policy is not accepted, or "".
func refuseTrust(pol *policy.Policy, last accepted, found bool, want string) (why, hint string) {
	const ask = "ask those who own the policy; an old policy may allow what a new one forbids"
	switch {
	case found && last.treasury != pol.Treasury:
		return fmt.Sprintf("the treasury %s can be taken for %s, whose policy was accepted before", report.Quote(pol.Treasury), report.Quote(last.treasury)), "write the name as before"
	case found && pol.Version < last.version:
		return fmt.Sprintf("version %d is smaller than version %d, which was accepted before", pol.Version, last.version), ask
	case found && pol.Version == last.version && pol.Digest() != last.digest && !last.withdrawn:
		return fmt.Sprintf("version %d was accepted before with another digest, %s", pol.Version, last.digest), "each change of a policy has a greater version; " + ask
	case want == "":
		return "nothing was accepted: the digest is not confirmed", "have a colleague who knows the policy read its digest to you, over another channel than the one the file came by; then repeat the command with --digest and what you heard"
	case want != pol.Digest():
		return "the digest that was given is not the digest of this file", "this is not the file that your colleague has; do not accept it"
	}
	return "", ""
}

// introduce shows what is to be accepted and what it changes.
func (p *program) introduce(pol *policy.Policy, last accepted, found bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "treasury %s\nversion  %d\ndigest   %s\n", report.Quote(pol.Treasury), pol.Version, report.GroupHex("0x" + pol.Digest())[2:])
	for _, n := range pol.Lint() {
		if n.Level == policy.Wrong {
			fmt.Fprintf(&b, "wrong: %s: %s\n", n.Where, n.Message)
		}
	}
	if !found {
		b.WriteString("No policy of this treasury was accepted here before.\n")
		b.WriteString(pol.Describe())
		return b.String()
	}
	back := ""
	if last.withdrawn {
		back = ", and taken back on " + last.time.UTC().Format(time.DateOnly)
	}
	fmt.Fprintf(&b, "last accepted: version %d, digest %s%s\n", last.version, last.digest, back)
	old, err := p.acceptedText(last.digest)
	if err != nil {
		b.WriteString("The policy that was accepted then is not here any more: nobody can say what changes.\n")
		b.WriteString(pol.Describe())
		return b.String()
	}
	b.WriteString(changes(old, pol))
	return b.String()
}

// others names the policies of other treasuries that are trusted here: a treasury that
// was given another name leaves one behind.
func others(all []accepted, treasury string) (string, error) {
	list, err := standing(all)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, a := range list {
		if label.Fold(a.treasury) != label.Fold(treasury) {
			fmt.Fprintf(&b, "Trusted on this machine too: the policy of %s, version %d. If this one takes its place: coldsign policy distrust --digest %s\n", report.Quote(a.treasury), a.version, a.digest)
		}
	}
	return b.String(), nil
}

// changes compares what two policies say, line by line: facts that are gone, then
// facts that are new, each with the headings above it.
func changes(old, now *policy.Policy) string {
	gone, come := missing(facts(old), facts(now)), missing(facts(now), facts(old))
	switch {
	case len(gone)+len(come) > 0:
	case old.Digest() == now.Digest():
		return "no fact changes\n"
	default:
		return "WARNING: no fact that is shown here changes, but the files differ: in comments, order or version only, or in what this program has no words for. Compare the files.\n"
	}
	var b strings.Builder
	for _, l := range gone {
		b.WriteString("- " + l + "\n")
	}
	for _, l := range come {
		b.WriteString("+ " + l + "\n")
	}
	return b.String()
}

// facts returns the lines of a description with the headings above each, without the
// first two, which are version and digest.
func facts(p *policy.Policy) []string {
	var out, above []string
	for _, l := range strings.Split(strings.TrimSpace(p.Describe()), "\n")[2:] {
		text := strings.TrimLeft(l, " ")
		depth := min((len(l)-len(text))/2, len(above))
		above = append(above[:depth:depth], text)
		out = append(out, strings.Join(above, ": "))
	}
	return out
}

func missing(from, in []string) []string {
	has := make(map[string]bool, len(in))
	for _, l := range in {
		has[l] = true
	}
	return slices.DeleteFunc(slices.Clone(from), func(l string) bool { return has[l] })
}
