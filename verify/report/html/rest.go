package html

import (
	"strconv"

	"github.com/coldsign/coldsign/verify/report"
)

func (p *page) row(label, text string, from report.Provenance) {
	p.raw("<tr>")
	p.in("th", label)
	p.raw("<td>")
	p.text(or(text, "unknown"))
	if text != "" && from != "" {
		p.raw(" ")
		p.in(`span class="prov"`, "["+from.Words()+"]")
	}
	p.raw("</td></tr>\n")
}

func (p *page) safe(r *report.Report) {
	s := r.Safe
	if s.Address == "" && s.Chain == "" && s.Version == "" && r.Tx == nil {
		return
	}
	p.title("Safe")
	p.raw("<table class=\"stack\"><tbody>\n")
	p.row("address", report.GroupHex(s.Address), s.Provenance["address"])
	chain := s.Chain
	if s.ChainName != "" {
		chain += " (" + s.ChainName + ")"
	}
	p.row("chain", chain, s.Provenance["chain"])
	p.row("version", s.Version, s.Provenance["version"])
	p.raw("</tbody></table>\n")
}

func (p *page) fields(r *report.Report) {
	t := r.Tx
	if t == nil {
		return
	}
	p.title("Fields of the Safe transaction")
	p.raw("<table class=\"stack\"><tbody>\n")
	for _, f := range [][2]string{{"to", report.GroupHex(t.To)}, {"value", report.WeiWords(t.Value)}, {"data", report.DataWords(t.Data)}, {"operation", t.Operation}, {"nonce", t.Nonce},
		{"safeTxGas", t.SafeTxGas}, {"baseGas", t.BaseGas}, {"gasPrice", t.GasPrice}, {"gasToken", report.GroupHex(t.GasToken)}, {"refundReceiver", report.GroupHex(t.RefundReceiver)}} {
		p.row(f[0], f[1], t.Provenance[f[0]])
	}
	p.raw("</tbody></table>\n")
}

func (p *page) message(r *report.Report) {
	m := r.Message
	if m == nil {
		return
	}
	p.title("What would be signed")
	p.in("p", m.Says)
	p.raw("<table class=\"stack\"><tbody>\n")
	for _, f := range m.Content {
		p.row(f.Name, or(f.Value, " "), "")
	}
	p.raw("</tbody></table>\n")
	if len(m.Steps) == 0 {
		return
	}
	p.title("From the content to the signature")
	for _, f := range m.Steps {
		p.hash(f.Name, f.Value)
	}
}

// intent shows declared and decoded side by side.
func (p *page) intent(r *report.Report) {
	n := r.Intent
	if n == nil {
		return
	}
	p.title("Intent")
	p.in("p", "taken from "+n.Origin)
	switch {
	case n.Matched && n.Inexact:
		p.raw(`<p><span class="warn">WITHIN BOUNDS:</span> an amount was compared with bounds only, all else is the same</p>` + "\n")
	case n.Matched:
		p.raw(`<p><span class="ok">MATCHES:</span> declared and decoded are the same, also when encoded again</p>` + "\n")
	default:
		p.raw(`<p><span class="not">DOES NOT MATCH</span></p>` + "\n")
	}
	if len(n.Lines) == 0 {
		return
	}
	p.raw("<table class=\"stack pair\"><thead><tr><th></th><th>declared</th><th>decoded</th></tr></thead><tbody>\n")
	for i, l := range n.Lines {
		class, word := "diff", `<span class="not">DIFFERENT</span>`
		if l.Equal {
			class, word = "same", `<span class="ok">equal</span>`
		}
		p.raw(`<tr class="` + class + `"><th>` + strconv.Itoa(i+1) + ". " + word + "</th>")
		p.raw(`<td data-l="declared">`)
		p.text(or(l.Declared, "nothing is declared"))
		p.raw(`</td><td data-l="decoded">`)
		p.text(or(l.Decoded, "nothing is there"))
		if l.Note != "" {
			p.in(`div class="meta"`, l.Note)
		}
		p.raw("</td></tr>\n")
	}
	p.raw("</tbody></table>\n")
}

func (p *page) described(r *report.Report) {
	if len(r.Described) == 0 {
		return
	}
	p.title("In the words of descriptors (not ours)")
	for i, d := range r.Described {
		where := "at the top of the transaction"
		if d.Path != "" {
			where = "at " + d.Path
		}
		p.in("p", strconv.Itoa(i+1)+". "+report.Quote(d.Intent))
		p.in(`p class="meta"`, where+", by "+report.Quote(d.Owner)+" in "+report.Quote(d.File))
		p.raw("<ul>\n")
		for _, f := range d.Fields {
			p.in("li", report.Quote(f.Name)+": "+report.Quote(f.Value))
		}
		for _, f := range d.Hidden {
			p.raw(`<li><span class="warn">NOT SHOWN BY IT</span> `)
			p.text(report.Quote(f.Name) + ": " + f.Value)
			p.raw("</li>\n")
		}
		for _, n := range d.Notices {
			p.in("li", "note: "+n)
		}
		p.raw("</ul>\n")
	}
}

// basis is what the report rests on.
func (p *page) basis(r *report.Report) {
	if r.Journal != nil {
		p.title("Journal")
		p.raw("<table class=\"stack\"><tbody>\n")
		p.row("entries", strconv.Itoa(r.Journal.Length), "")
		p.row("head", r.Journal.Head, "")
		p.row("identity", r.Journal.Identity, "")
		p.raw("</tbody></table>\n")
	}
	if len(r.Digests) == 0 {
		return
	}
	p.title("Digests (sha256)")
	p.raw("<table class=\"stack\"><tbody>\n")
	for _, d := range r.Digests {
		p.raw("<tr>")
		p.in("th", d.Name)
		p.raw("<td><code>" + plain(d.SHA256) + "</code></td></tr>\n")
	}
	p.raw("</tbody></table>\n")
}
