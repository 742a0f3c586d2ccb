package report

import "strings"

// hashGroups is how many four-digit groups stand in one line of a hash, so that
// each takes two lines on every screen.
const hashGroups = 8

func (p *page) hashes(r *Report) {
	h := r.Hashes
	if h == nil {
		return
	}
	title := "HASHES (what a hardware wallet shows)"
	if len(r.Via) > 0 {
		title = "HASHES (not what your device shows)"
	}
	p.title(title)
	if h.SignedAs != "" {
		p.signed(h, p.hash)
		return
	}
	p.hash("domain hash", h.Domain)
	p.hash("message hash", h.Message)
	p.hash("safeTxHash", h.SafeTx)
	p.claimed(h)
}

func (p *page) claimed(h *Hashes) {
	if h.Execution != "" {
		p.hash("transaction", h.Execution)
	}
	switch {
	case h.Claimed == "":
	case strings.EqualFold(h.Claimed, h.SafeTx):
		p.pair("claimed hash", say("the file claims the same safeTxHash"))
	case h.SafeTx == "":
		p.pair("claimed hash", say("the file claims this safeTxHash, which was not checked:"))
		p.hash("", h.Claimed)
	default:
		p.pair("claimed hash", span{red, "DIFFERENT:"}, say("the file claims another safeTxHash, of which nothing is known:"))
		p.hash("", h.Claimed)
	}
}

// hash writes a hash in groups of four digits, in two lines.
func (p *page) hash(label, hex string) {
	if hex == "" {
		p.pair(label, say("cannot be computed"))
		return
	}
	first, second := halves(hex)
	p.pair(label, say(first))
	if second != "" {
		p.pair("", say(second))
	}
}

// halves returns the grouped hash in its two lines; the second one is indented
// by the width of the "0x".
func halves(hex string) (first, second string) {
	groups := strings.Split(GroupHex(hex), " ")
	if len(groups) <= hashGroups {
		return strings.Join(groups, " "), ""
	}
	return strings.Join(groups[:hashGroups], " "), "  " + strings.Join(groups[hashGroups:], " ")
}

// hashForms shows every hash in each form that a device or another tool may
// show: lower case, upper case, grouped.
func (p *page) hashForms(r *Report) {
	h := r.Hashes
	if h == nil {
		return
	}
	p.title("HASHES (what a hardware wallet shows)")
	if h.SignedAs != "" {
		p.signed(h, p.forms)
		return
	}
	p.forms("domain hash", h.Domain)
	p.forms("message hash", h.Message)
	p.forms("safeTxHash", h.SafeTx)
	p.claimed(h)
}

func (p *page) forms(label, hex string) {
	p.line(2, 4, span{bold, label})
	if hex == "" {
		p.line(4, 6, say("cannot be computed: see the findings"))
		return
	}
	p.line(4, 6, say("lower  "), say(hex))
	p.line(4, 6, say("upper  "), say(upperHex(hex)))
	first, second := halves(hex)
	p.line(4, 6, say("grouped"), say(first))
	if second != "" {
		p.line(4, 6, say("       "), say(second))
	}
}

// upperHex writes the digits in capitals and leaves the 0x.
func upperHex(hex string) string {
	body, ok := strings.CutPrefix(hex, "0x")
	if !ok {
		return hex
	}
	return "0x" + strings.ToUpper(body)
}
