package screen

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// question is one thing that a person types. want never stands in ask.
type question struct {
	ask  string
	want string
	text bool // compared as it stands; else as hex digits
}

// groupSize is how many digits are asked for at once.
const groupSize = 4

// mostAsked bounds how many amounts and parties the long confirmation asks for: of more
// a random choice, which nobody can foresee.
const mostAsked = 6

// round draws the questions of one round. pick(n) returns a random number below n.
func (v *Review) round(pick func(n int) int) []question {
	var out []question
	used := map[source]map[int]bool{}
	for _, src := range v.profile.asks() {
		if used[src] == nil {
			used[src] = map[int]bool{}
		}
		out = append(out, v.group(src, used[src], pick))
	}
	return append(out, v.long(pick)...)
}

// group asks for a group of a hash that was not asked for in this round. It says which
// digits stand before it, because nobody counts forty digits on a small screen; where
// these stand elsewhere too, another group is taken.
func (v *Review) group(src source, used map[int]bool, pick func(n int) int) question {
	label, hex := v.value(src)
	n := len(hex) / groupSize
	at := pick(n)
	for tries := 0; (used[at] || !findable(hex, at)) && tries < 10*n; tries++ {
		at = pick(n)
	}
	for used[at] {
		at = (at + 1) % n
	}
	used[at] = true
	where := "the first four digits after 0x"
	if at > 0 {
		where = fmt.Sprintf("the four digits that follow %s (digits %d to %d after 0x)", hex[(at-1)*groupSize:at*groupSize], at*groupSize+1, (at+1)*groupSize)
	}
	return question{ask: fmt.Sprintf("%s, group %d of %d: %s", label, at+1, n, where), want: hex[at*groupSize : (at+1)*groupSize]}
}

// findable reports whether the digits before a group stand in one place only.
func findable(hex string, at int) bool {
	return at == 0 || strings.Count(hex, hex[(at-1)*groupSize:at*groupSize]) == 1
}

// value is what the device shows of a source, and what it calls it.
func (v *Review) value(src source) (label, hex string) {
	labels := map[source]string{domainHash: "Domain hash", messageHash: "Message hash", digest: "Message (the hash)", safeAddress: "verifyingContract (the Safe)"}
	if v.profile == Keystone {
		labels[domainHash], labels[messageHash] = "domain_separator", "message_hash"
	}
	return labels[src], map[source]string{domainHash: v.signed.domain, messageHash: v.signed.message, digest: v.signed.digest, safeAddress: digits(v.signed.safe)}[src]
}

// long draws what the policy's long confirmation asks for.
func (v *Review) long(pick func(n int) int) []question {
	all := make([]report.Ask, len(v.asks))
	copy(all, v.asks)
	var out []question
	for len(all) > 0 && len(out) < mostAsked {
		i := 0
		if len(v.asks) > mostAsked {
			i = pick(len(all))
		}
		a := all[i]
		all = append(all[:i:i], all[i+1:]...)
		out = append(out, v.longQuestion(a, pick))
	}
	return out
}

func (v *Review) longQuestion(a report.Ask, pick func(n int) int) question {
	if a.Text != "" {
		how := "the name that your policy or address book has"
		if strings.HasPrefix(a.What, "the amount") {
			how = "number and unit, as your ticket or note has it"
		}
		return question{ask: fmt.Sprintf("%s (%s)", report.Escape(a.What), how), want: a.Text, text: true}
	}
	hex := digits(a.Address)
	if len(hex) < 2*groupSize {
		return question{ask: "nothing can be asked", want: ""} // no answer is right
	}
	at := pick(len(hex)/groupSize - 1)
	return question{ask: fmt.Sprintf("%s has no name in your policy: of its address, digits %d to %d after 0x, from your own records", report.Escape(a.What), at*groupSize+1, (at+2)*groupSize),
		want: hex[at*groupSize : (at+2)*groupSize]}
}

// right compares an answer. Of hex digits case, blanks and a 0x do not count, because
// devices differ in them; everything else does. An empty answer is never right.
func (q question) right(answer string) bool {
	if q.text {
		return q.want != "" && strings.Join(strings.Fields(answer), " ") == q.want
	}
	got := strings.ToLower(strings.Join(strings.Fields(answer), ""))
	return q.want != "" && strings.TrimPrefix(got, "0x") == q.want
}
