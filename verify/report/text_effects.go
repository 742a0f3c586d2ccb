package report

import (
	"strconv"
	"strings"
)

// The most arguments that are shown with one effect, and the longest one: decode
// shows all of them.
const (
	maxEffectArgs = 24
	maxEffectText = 130
)

// toldInFull are the kinds whose words hold every argument that decides something.
// With the others the arguments stand below: who is paid may be one of them.
var toldInFull = map[string]bool{
	"transfer": true, "approve": true, "approve-all": true, "owner-added": true, "owner-removed": true, "owner-replaced": true, "threshold-changed": true,
	"module-enabled": true, "module-disabled": true, "guard-changed": true, "module-guard-changed": true, "fallback-handler-changed": true,
	"delegatecall": true, "opaque-call": true, "gas-refund": true, "rejection": true, "hash-approved": true, "nested-execution": true,
	"minted": true, "burned": true, "contract-created": true,
}

func (p *page) effects(r *Report) {
	if len(r.Effects) == 0 {
		return
	}
	p.title("WHAT IT DOES")
	calls := callsByPath(r)
	for i, e := range r.Effects {
		p.line(2, 6, say(strconv.Itoa(i+1)+"."), say(e.Text))
		p.line(6, 8, say(e.standing()))
		if c := calls[e.Path]; c != nil && !toldInFull[e.Kind] {
			p.effectArgs(c)
			delete(calls, e.Path) // once for each call
		}
	}
}

// callsByPath finds the calls whose arguments are shown; decode shows the whole
// tree anyway. A call that carries others shows them as effects of their own.
func callsByPath(r *Report) map[string]*Call {
	m := map[string]*Call{}
	if r.Command == "decode" {
		return m
	}
	for i := range r.Tree {
		if c := &r.Tree[i]; len(c.Args) > 0 && c.Container == "" {
			m[c.Path] = c
		}
	}
	return m
}

func (p *page) effectArgs(c *Call) {
	for i, a := range c.Args {
		if i == maxEffectArgs {
			p.line(8, 10, span{yellow, "AND " + plural(len(c.Args)-i, "more value")}, say("not shown here; coldsign decode shows them"))
			return
		}
		p.effectArg(a)
	}
}

func (p *page) effectArg(a Arg) {
	name := strings.TrimPrefix(a.Path, "arg")
	if a.Name != "" && a.Name != "-" {
		name += " " + a.Name
	}
	value := a.Value
	switch body, isHex := strings.CutPrefix(value, "0x"); {
	case a.Type == "address":
		value = GroupHex(value)
	case isHex && len(value) > maxEffectText:
		value = value[:maxEffectText] + "... (" + plural(len(body)/2, "byte") + ")"
	case len(value) > maxEffectText:
		value = value[:maxEffectText] + "... (" + plural(len(value), "character") + ")"
	}
	p.line(8, 10, say(name), say(a.Type), say("="), say(value))
}

// standing says where an effect comes from and how sure it is.
func (e Effect) standing() string {
	var parts []string
	if e.Path != "" {
		parts = append(parts, "at "+e.Path)
	}
	if e.Declared {
		parts = append(parts, "declared by the intent")
	}
	if !e.Fact {
		parts = append(parts, "NOT CERTAIN: reached through a contract that nobody vouches for, so it may happen otherwise")
	}
	if len(parts) == 0 {
		return "at the top of the transaction"
	}
	return strings.Join(parts, "; ")
}
