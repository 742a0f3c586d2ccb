package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// doPolicyDistrust takes back that a policy was accepted. The one before it is not
// trusted again by that: it may allow what this one forbids.
func doPolicyDistrust(p *program, o *options, args []string) error {
	if len(args) > 0 {
		return usagef("such as: coldsign policy distrust --digest HEX", "policy distrust takes no file, and %s is given", report.Quote(args[0]))
	}
	digest, err := o.digest()
	if err != nil {
		return err
	}
	if digest == "" {
		return usagef("such as: coldsign policy distrust --digest HEX", "policy distrust takes the digest of a policy")
	}
	all, err := p.accepted()
	if err != nil {
		return err
	}
	list, err := standing(all)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(a accepted) bool { return a.digest == digest })
	if i < 0 {
		p.complain("no policy of this digest is trusted on this machine", trustedHint(list))
		p.code = worse(p.code, exitRefused)
		return nil
	}
	a := list[i]
	a.time, a.withdrawn = p.now(), true
	if err := p.note(a); err != nil {
		return err
	}
	return p.paragraphs(fmt.Sprintf("The policy of %s, version %d, is not trusted on this machine any more.\n", report.Quote(a.treasury), a.version))
}

func trustedHint(list []accepted) string {
	words := make([]string, 0, len(list))
	for _, a := range list {
		words = append(words, fmt.Sprintf("%s of %s", a.digest, report.Quote(a.treasury)))
	}
	if len(words) == 0 {
		return "none is"
	}
	return "trusted are " + strings.Join(words, ", ")
}
