package report

import "strings"

// message shows an off-chain payload: what it is, what it holds, and the way from
// there to what is signed.
func (p *page) message(r *Report) {
	m := r.Message
	if m == nil {
		return
	}
	p.title("WHAT WOULD BE SIGNED")
	p.line(2, 4, say(m.Says))
	for _, f := range m.Content {
		p.pair(f.Name, say(f.Value))
	}
	if len(m.Steps) == 0 {
		return
	}
	p.title("FROM THE CONTENT TO THE SIGNATURE")
	for _, f := range m.Steps {
		p.line(2, 4, say(f.Name))
		first, second := halves(f.Value)
		p.line(4, 6, say(first))
		if second != "" {
			p.line(4, 6, say(second))
		}
	}
}

// signed shows the hashes of an off-chain payload, each in the form that the
// command shows hashes in. Not every payload has a domain.
func (p *page) signed(h *Hashes, show func(label, hex string)) {
	if h.Domain != "" || h.Message != "" {
		show("domain hash", h.Domain)
		show("message hash", h.Message)
	}
	show(h.SignedAs, h.Signed)
	switch {
	case h.Claimed == "":
	case strings.EqualFold(h.Claimed, h.Signed):
		p.pair("claimed hash", say("the file claims the same "+h.SignedAs))
	case h.Signed == "":
		p.pair("claimed hash", say("the file claims this "+h.SignedAs+", which was not checked:"))
		p.hash("", h.Claimed)
	default:
		p.pair("claimed hash", span{red, "DIFFERENT:"}, say("the file claims another "+h.SignedAs+", of which nothing is known:"))
		p.hash("", h.Claimed)
	}
}
