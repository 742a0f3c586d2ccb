package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// Draft is what a first policy is made of. It only says what is known; limits and
// rules are for its owners to write.
type Draft struct {
	Treasury string
	Safe     Safe                // with chain, name, address and version
	Names    []addressbook.Entry // those of other chains are passed over
}

// YAML writes the policy. Names that the grammar has no place for, or that could be
// taken for one before them, are left out and stand in a comment and in left. The
// text parses; the error says which value of the draft does not.
func (d Draft) YAML() (text []byte, left []addressbook.Entry, err error) {
	w := &page{}
	w.line(0, "coldsign: %s", fileVersion)
	w.line(0, "version: 1")
	w.line(0, "treasury: %s", strconv.QuoteToASCII(d.Treasury))
	w.line(0, "chains:")
	w.line(1, "%d:", d.Safe.Chain)
	named, left := d.names(w)
	d.safe(w, named)
	w.line(2, "# next: limits, tiers, and allow for what the treasury does every week")
	w.line(0, "require: {intent: true}")
	w.line(0, "inexact: false")
	text = []byte(w.b.String())
	_, err = Parse(text)
	return text, left, err
}

// names writes the names of the chain and returns what each address is called.
func (d Draft) names(w *page) (named map[common.Address]string, left []addressbook.Entry) {
	crowd := crowdOf()
	if k, ok := catalogue.ChainByID(d.Safe.Chain); ok && plainyaml.Symbol(k.NativeSymbol) {
		crowd.reserve(k.NativeSymbol, k.NativeSymbol)
	}
	named = map[common.Address]string{d.Safe.Address: d.Safe.Name}
	crowd.add(d.Safe.Name)
	var lines page
	for _, e := range d.Names {
		if e.Chain != d.Safe.Chain || named[e.Address] != "" {
			continue
		}
		name, ok := freeName(crowd, e.Name)
		if !ok {
			left = append(left, e)
			lines.line(3, "# left out, choose a name: %s %s", e.Address.Hex(), report.Quote(e.Name))
			continue
		}
		named[e.Address] = name
		lines.line(3, "%s: %q", name, e.Address.Hex())
	}
	if len(named) == 1 {
		return named, left // a mapping of comments only would be empty
	}
	w.line(2, "names:")
	w.b.WriteString(lines.b.String())
	return named, left
}

func (d Draft) safe(w *page, named map[common.Address]string) {
	s := d.Safe
	say := func(a common.Address) string {
		if n := named[a]; n != "" {
			return n
		}
		return strconv.Quote(a.Hex())
	}
	list := func(key string, all []common.Address) {
		if all == nil {
			return
		}
		words := make([]string, len(all))
		for i, a := range all {
			words[i] = say(a)
		}
		w.line(4, "%s: [%s]", key, strings.Join(words, ", "))
	}
	w.line(2, "safes:")
	w.line(3, "%s:", s.Name)
	w.line(4, "address: %q", s.Address.Hex())
	w.line(4, "version: %s", s.Version)
	list("owners", s.Owners)
	if s.Threshold != nil {
		w.line(4, "threshold: %s", s.Threshold.Dec())
	}
	list("modules", s.Modules)
	for _, x := range []struct {
		key string
		a   *common.Address
	}{{"guard", s.Guard}, {"module-guard", s.ModuleGuard}, {"fallback-handler", s.FallbackHandler}, {"multisend", s.MultiSend}} {
		switch {
		case x.a == nil:
		case *x.a == common.Address{}:
			w.line(4, "%s: %s", x.key, noneWord)
		default:
			w.line(4, "%s: %s", x.key, say(*x.a))
		}
	}
}

// freeName makes a name of one that people gave. Of Safe 1 and Safe 2, which are one
// edit apart, the second becomes safe-two.
func freeName(c *crowd, from string) (string, bool) {
	for _, name := range []string{plainName(from), plainName(digitWords.Replace(from))} {
		if nameFault(name) != "" {
			continue
		}
		if _, ok := c.add(name); ok {
			return name, true
		}
	}
	return "", false
}

var digitWords = strings.NewReplacer("0", "-zero-", "1", "-one-", "2", "-two-", "3", "-three-", "4", "-four-", "5", "-five-", "6", "-six-", "7", "-seven-", "8", "-eight-", "9", "-nine-")

func plainName(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(parts, "-")
}

// Check says what is wrong with a name for a Safe of a draft, or nil.
func (d Draft) Check() error {
	if why := nameFault(d.Safe.Name); why != "" {
		return fmt.Errorf("%s", why)
	}
	if slices.Contains(reserved, d.Safe.Name) {
		return fmt.Errorf("the name %s is a word of the policy", d.Safe.Name)
	}
	return nil
}
