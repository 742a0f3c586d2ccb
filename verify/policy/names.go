package policy

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

const maxName = 40

// Words of the grammar, which no name may be or look like.
const (
	anyWord  = "any"
	sendWord = "send"
	noneWord = "none"
)

// reserved are words that mean something else here, or a truth value or nothing to
// another reader of YAML.
var reserved = []string{anyWord, sendWord, noneWord, "self", "wei", "gwei", "raw", "true", "false", "yes", "no", "on", "off", "y", "n", "null"}

// nameFault says why a text is no name, or "".
func nameFault(s string) string {
	switch {
	case s == "":
		return "the name is empty"
	case len(s) > maxName:
		return fmt.Sprintf("the name has %d bytes, more than %d", len(s), maxName)
	case strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return "the name " + report.Quote(s) + " holds something else than a to z, 0 to 9 and hyphens"
	case s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--"):
		return "the name " + report.Quote(s) + " has a hyphen at an end or beside another one"
	case strings.Trim(s, "0123456789-") == "":
		return "the name " + report.Quote(s) + " has no letter"
	case label.ClaimsAddress(s):
		return "the name " + report.Quote(s) + " reads like an address"
	}
	return ""
}

// crowd keeps names apart: no two of them look alike or are one edit apart. Each name
// is held under what is left of it when one letter is blanked or cut, so that
// 20,000 names are compared without comparing each with each.
type crowd struct {
	folds  map[string]string // what a name looks like
	whole  map[string]bool
	blanks map[string]string // one letter replaced by a blank
	cuts   map[string]string // one letter left out
	people bool              // names of people, which need not be an edit apart: cfo and ceo
}

func newCrowd() *crowd {
	return &crowd{folds: map[string]string{}, whole: map[string]bool{}, blanks: map[string]string{}, cuts: map[string]string{}}
}

// reserve keeps names away from what a text looks like.
func (c *crowd) reserve(text, what string) { c.folds[label.Fold(text)] = what }

// add takes a name, or says which text it can be taken for.
func (c *crowd) add(name string) (other string, ok bool) {
	if other := c.near(name); other != "" {
		return other, false
	}
	c.whole[name] = true
	c.folds[label.Fold(name)] = "the name " + name
	for i := range name {
		c.blanks[name[:i]+" "+name[i+1:]] = name
		c.cuts[name[:i]+name[i+1:]] = name
	}
	return "", true
}

func (c *crowd) near(name string) string {
	if other, ok := c.folds[label.Fold(name)]; ok {
		return other
	}
	if c.people {
		return ""
	}
	if other, ok := c.cuts[name]; ok { // the other one has a letter more
		return "the name " + other
	}
	for i := range name {
		if other, ok := c.blanks[name[:i]+" "+name[i+1:]]; ok {
			return "the name " + other
		}
		if cut := name[:i] + name[i+1:]; c.whole[cut] {
			return "the name " + cut
		}
		if i > 0 {
			if swapped := name[:i-1] + name[i:i+1] + name[i-1:i] + name[i+1:]; c.whole[swapped] {
				return "the name " + swapped
			}
		}
	}
	return ""
}

const nameHint = "a slip of the hand or the eye must not make one address of another: choose names that differ more, such as cold-vault and daily-vault"

// take gives a name to the crowd of a space.
func (c *crowd) take(name string, at *node) *Error {
	if why := nameFault(name); why != "" {
		return at.Fail(plainyaml.ErrValue, "write a to z, 0 to 9 and single hyphens, up to 40, such as hot-wallet", "%s", why)
	}
	if other, ok := c.add(name); !ok {
		return at.Fail(plainyaml.ErrValue, nameHint, "the name %s can be taken for %s", report.Quote(name), other)
	}
	return nil
}

// crowdOf starts a name space with the words that no name may look like.
func crowdOf() *crowd {
	c := newCrowd()
	for _, w := range reserved {
		c.reserve(w, "the word "+w)
	}
	return c
}

// readNames reads names: and gives each address its one name.
func (b *builder) readNames(n *node) *Error {
	entries, err := n.Entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, err := e.Value.Target()
		if err != nil {
			return err
		}
		if err := b.name(e.Key, e.Name, a); err != nil {
			return err
		}
		b.c.order = append(b.c.order, e.Key)
	}
	return nil
}

func (b *builder) name(name string, at *node, a common.Address) *Error {
	if err := b.take(name, at); err != nil {
		return err
	}
	if other, twice := b.c.nameOf[a]; twice {
		return at.Fail(plainyaml.ErrValue, "an address has one name on a chain: keep one", "%s is called %s and %s", report.Group(a), report.Quote(other), report.Quote(name))
	}
	b.c.names[name], b.c.nameOf[a] = a, name
	return nil
}

// take counts a name of any kind and keeps it apart from the others of the chain.
func (b *builder) take(name string, at *node) *Error {
	if *b.count++; *b.count > maxNames {
		return at.Fail(plainyaml.ErrLimit, "keep one policy for each treasury", "more than %d names", maxNames)
	}
	return b.crowd.take(name, at)
}
