package report

import (
	"strconv"
	"strings"
)

// nested shows what the owners of each Safe between this one and the signer agree to,
// with the hashes that their devices show, and who may sign.
func (p *page) nested(r *Report) {
	if len(r.Via) > 0 {
		p.title("SIGNED THROUGH OTHER SAFES")
	}
	for i, n := range r.Via {
		p.line(2, 4, say(strconv.Itoa(i+1)+"."), say(n.Says+","), say("version "+n.Version+","), say("answered by "+n.Handler))
		p.pairAt(4, "address", say(GroupHex(n.Address)))
		p.pairAt(4, "its message", say(plural(max(len(n.Wrapped)-2, 0)/2, "byte")+":"), say(n.Wrapped))
		who := "its owner, the next Safe, agrees to this:"
		if n.Last {
			who = "its owners sign this, and their devices show it:"
		}
		p.line(4, 6, say(who))
		p.hash("domain hash", n.Domain)
		p.hash("message hash", n.Message)
		p.hash("signed hash", n.Signed)
	}
	if len(r.Signers) > 0 {
		p.title("WHO MAY SIGN")
	}
	for _, s := range r.Signers {
		p.line(2, 4, say(s.Name))
		if !strings.HasPrefix(s.Name, GroupHex(s.Value)) {
			p.line(4, 6, say(GroupHex(s.Value)))
		}
	}
}
