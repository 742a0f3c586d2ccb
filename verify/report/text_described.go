package report

import "strconv"

// Described is what a descriptor that the signer brought says of a call: the words of its
// author, beside ours and never instead of them. What it would hide stands in Hidden.
type Described struct {
	Path, File, Owner, Intent string
	Fields, Hidden            []Field
	Notices                   []string
}

// described shows the words of descriptors.
func (p *page) described(r *Report) {
	if len(r.Described) == 0 {
		return
	}
	p.title("IN THE WORDS OF DESCRIPTORS (not ours)")
	for i, d := range r.Described {
		p.line(2, 6, say(strconv.Itoa(i+1)+"."), say(Quote(d.Intent)))
		where := "at the top of the transaction"
		if d.Path != "" {
			where = "at " + d.Path
		}
		p.line(6, 8, say(where+", by"), say(Quote(d.Owner)), say("in"), say(Quote(d.File)))
		for _, f := range d.Fields {
			p.line(6, 8, say(Quote(f.Name)+":"), say(Quote(f.Value)))
		}
		for _, f := range d.Hidden {
			p.line(6, 8, span{yellow, "NOT SHOWN BY IT"}, say(Quote(f.Name)+":"), say(f.Value))
		}
		for _, n := range d.Notices {
			p.line(6, 8, say("note:"), say(n))
		}
	}
}
