package report

import "strconv"

// The most parties that are listed, and the most words of effects with one of them; the
// effects say all of it anyway.
const (
	maxParties = 50
	maxAlso    = 10
)

// WhoHasWhat is what is said of the parties beside the effects: one sentence, and those of
// whom the effects do not say all, because they are favoured more than once, are new, or
// have no name in the policy. It is nothing where there is one effect only.
func (r *Report) WhoHasWhat() (said string, more []Party) {
	if len(r.Parties) == 0 || len(r.Effects) < 2 {
		return "", nil
	}
	for _, c := range r.Parties {
		if c.Effects > 1 || c.New || c.Unnamed {
			more = append(more, c)
		}
	}
	once := len(r.Parties) - len(more)
	said = plural(len(r.Parties), "account")
	switch {
	case len(more) == 0:
		said += ", each once: see above"
	case once > 0:
		said += "; " + strconv.Itoa(once) + " of them once: see above"
	}
	if n := len(more); n > maxParties {
		said += "; " + strconv.Itoa(n-maxParties) + " of the others are not listed here (--format json has all)"
		more = more[:maxParties]
	}
	return said, more
}

// Lines says what one party has, in plain words.
func (c Party) Lines() []string {
	var out []string
	for _, t := range c.Gets {
		out = append(out, "gets "+t.words())
	}
	for i, m := range c.Also {
		if i == maxAlso {
			out = append(out, "AND "+strconv.Itoa(len(c.Also)-i)+" more as said above")
			break
		}
		out = append(out, m)
	}
	return append(out, c.Notes...)
}

// Who names the party.
func (c Party) Who() string {
	who := GroupHex(c.Address)
	if c.Name != "" {
		who += " (" + c.Name + ")"
	}
	return who
}

func (p *page) parties(r *Report) {
	said, more := r.WhoHasWhat()
	if said == "" {
		return
	}
	p.title("WHO HAS WHAT FROM IT")
	p.line(2, 4, say(said))
	for _, c := range more {
		p.line(2, 4, say(c.Who()))
		for _, l := range c.Lines() {
			p.line(6, 8, say(l))
		}
	}
}
