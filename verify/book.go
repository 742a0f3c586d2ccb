package verify

import (
	"errors"
	"fmt"

	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/report"
)

// knowledge reads the address book and the signer's lists. It returns false if one
// of them cannot be used: leaving it out would answer another question than the
// one that was asked, and answer it more kindly.
//
// A file that holds what no honest one does (controls, look-alike characters, a
// wrong checksum, too much) refuses by its code and the other stages still run; a
// file of another form was named by mistake, and nothing is checked.
func (r *run) knowledge() bool {
	if r.parent != nil {
		r.policy, r.book, r.lists = r.parent.policy, r.parent.book, r.parent.lists
		return true
	}
	if !r.readPolicy() || !r.descriptors() {
		return false
	}
	if n := r.req.AddressBook; n != nil {
		book, err := keep(r.req.Kept, at("address book", "", n.Raw), len(n.Raw), func() (*addressbook.Book, error) { return addressbook.Parse(n.Raw) })
		if !r.usable("the address book", n.Name, err) {
			return false
		}
		r.book = book
	}
	for _, n := range r.req.Lists {
		list, err := keep(r.req.Kept, at("list", n.Name, n.Raw), len(n.Raw), func() (*lists.List, error) { return lists.Parse(n.Name, n.Raw) })
		if !r.usable("the list", n.Name, err) {
			return false
		}
		if list != nil {
			r.lists = append(r.lists, list)
		}
	}
	return r.usable("the names of policy and address book together", "", r.joinBook())
}

func (r *run) usable(what, name string, err error) bool {
	if err == nil {
		return true
	}
	if name != "" {
		what += " " + report.Quote(name)
	}
	code, hint := "", "correct the file, or leave it out"
	var b *addressbook.Error
	var l *lists.Error
	switch {
	case errors.As(err, &b):
		code, hint = b.Code, b.Hint
	case errors.As(err, &l):
		code, hint = l.Code, l.Hint
	}
	if code == "" {
		r.rep.Failure, r.rep.Hint = fmt.Sprintf("%s cannot be used: %v", what, err), hint
		return false
	}
	r.add(code, what, fmt.Sprintf("%s is refused: %v", what, err), hint)
	r.rep.NotChecked = append(r.rep.NotChecked, what+": it is refused, and nothing was compared with it")
	return true
}
