package html

import (
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// hash writes a hash as devices show it: in groups of four digits, in two lines. The command
// hash adds the forms of other tools.
func (p *page) hash(label, hex string) {
	p.raw(`<div class="hash">`)
	p.in("b", label)
	if hex == "" {
		p.raw("cannot be computed: see the findings</div>\n")
		return
	}
	first, second := report.Halves(hex)
	p.raw("<pre>" + plain(first))
	if second != "" {
		p.raw("\n" + plain(second))
	}
	p.raw("</pre>")
	if p.forms {
		p.in(`div class="meta"`, "lower case: "+hex)
		p.in(`div class="meta"`, "upper case: 0x"+strings.ToUpper(strings.TrimPrefix(hex, "0x")))
	}
	p.raw("</div>\n")
}

func (p *page) hashes(r *report.Report) {
	h := r.Hashes
	if h == nil {
		return
	}
	if len(r.Via) > 0 {
		p.title("Hashes (not what your device shows)")
	} else {
		p.title("Hashes (what a hardware wallet shows)")
	}
	ours, name := h.SafeTx, "safeTxHash"
	if h.SignedAs != "" {
		ours, name = h.Signed, h.SignedAs
	}
	if h.SignedAs == "" || h.Domain != "" || h.Message != "" {
		p.hash("domain hash", h.Domain)
		p.hash("message hash", h.Message)
	}
	p.hash(name, ours)
	if h.Execution != "" {
		p.hash("transaction", h.Execution)
	}
	switch {
	case h.Claimed == "":
	case strings.EqualFold(h.Claimed, ours):
		p.in("p", "The file claims the same "+name+".")
	case ours == "":
		p.in("p", "The file claims this "+name+", which was not checked:")
		p.hash("claimed", h.Claimed)
	default:
		p.raw(`<p><span class="not">DIFFERENT:</span> `)
		p.text("the file claims another " + name + ", of which nothing is known:")
		p.raw("</p>\n")
		p.hash("claimed", h.Claimed)
	}
}

func (p *page) nested(r *report.Report) {
	for i, n := range r.Via {
		if i == 0 {
			p.title("Signed through other Safes")
		}
		p.in("p", strconv.Itoa(i+1)+". "+n.Says+", version "+n.Version+", answered by "+n.Handler)
		p.in("p", "address: "+report.GroupHex(n.Address))
		p.in("p", "its message, "+report.Plural(max(len(n.Wrapped)-2, 0)/2, "byte")+": "+n.Wrapped)
		if n.Last {
			p.in("p", "its owners sign this, and their devices show it:")
		} else {
			p.in("p", "its owner, the next Safe, agrees to this:")
		}
		p.hash("domain hash", n.Domain)
		p.hash("message hash", n.Message)
		p.hash("signed hash", n.Signed)
	}
	var who []string
	for _, s := range r.Signers {
		line := s.Name
		if !strings.HasPrefix(s.Name, report.GroupHex(s.Value)) {
			line += " " + report.GroupHex(s.Value)
		}
		who = append(who, line)
	}
	p.list("Who may sign", who)
}

func (p *page) signatures(r *report.Report) {
	if len(r.Signatures) == 0 && r.Owners == "" {
		return
	}
	p.title("Signatures")
	if r.Owners != "" {
		p.in("p", r.Owners)
	}
	if len(r.Signatures) == 0 {
		return
	}
	p.raw("<table class=\"stack\"><thead><tr><th></th><th>filed under</th><th>signed by</th></tr></thead><tbody>\n")
	for i, s := range r.Signatures {
		p.raw("<tr><td>" + strconv.Itoa(i+1) + ". " + plain(s.Type) + " ")
		if s.Counts {
			p.raw(`<span class="ok">counts</span>`)
		} else {
			p.raw(`<span class="not">DOES NOT COUNT</span>`)
		}
		if s.Note != "" {
			p.in(`div class="meta"`, s.Note)
		}
		p.raw("</td>")
		p.in(`td data-l="filed under"`, called(s.ClaimedOwner, s.ClaimedName))
		p.in(`td data-l="signed by"`, called(s.Recovered, s.RecoveredName))
		p.raw("</tr>\n")
	}
	p.raw("</tbody></table>\n")
}

func called(address, name string) string {
	if address == "" {
		return "not known"
	}
	if name != "" {
		return report.GroupHex(address) + " (" + name + ")"
	}
	return report.GroupHex(address)
}
