package report

import (
	"strconv"
	"strings"
)

// Bounds of what the text shows of one call; JSON has all of it. What is left
// out is counted.
const (
	maxTextWords  = 64  // 32-byte words of one value
	maxTextArgs   = 256 // arguments, elements included
	maxTextIndent = 16  // columns; the path says the depth anyway
	hexPerWord    = 64
)

// tree shows the calls of the tree, indented by depth.
func (p *page) tree(r *Report) {
	if len(r.Tree) == 0 {
		return
	}
	p.title("CALLS")
	for i := range r.Tree {
		p.call(&r.Tree[i])
	}
}

func (p *page) call(c *Call) {
	in := 2 + min(2*max(c.Depth-1, 0), maxTextIndent)
	p.line(in, in+2, span{bold, or(c.Path, "transaction")})
	in += 2
	p.line(in, in+2, operationMark(c.Operation), say("to"), say(or(GroupHex(c.To), "no address: the batch is not bound to a library")), say(targetName(c)))
	if c.Actor != "" {
		p.pairAt(in, "in the name of", say(GroupHex(c.Actor)))
	}
	p.pairAt(in, "value", say(or(weiWords(c.Value), "unknown")))
	p.function(in, c)
	p.args(in, c.Args)
	p.raw(in, c.Data)
	if c.Container != "" {
		p.pairAt(in, "carries", say(plural(c.Children, "call")+" ("+c.Container+")"))
	}
}

func operationMark(op string) span {
	if op == "CALL" {
		return say(op)
	}
	return span{red, op}
}

func targetName(c *Call) string {
	switch {
	case c.To == "":
		return ""
	case c.ToName == "":
		return "(unknown contract)"
	}
	return "(" + c.ToName + ")"
}

// function says what is called and who says so: a selector names a declaration,
// never a behaviour.
func (p *page) function(in int, c *Call) {
	switch {
	case c.Function != "":
		label := "function"
		if c.Operation == "DELEGATECALL" && or(c.Grade, "unknown") == "unknown" {
			label = "only looks like" // the code at the target decides what it does
		}
		p.pairAt(in, label, say(c.Function), say("["+or(c.Grade, "unknown")+" name of selector "+c.Selector+"; "+c.Status+"]"))
	case c.Status == "empty":
		p.pairAt(in, "data", say("none"))
	case c.Selector != "":
		p.pairAt(in, "function", span{yellow, "UNKNOWN:"}, say("selector "+c.Selector+"; "+c.Status))
	default:
		p.pairAt(in, "data", span{yellow, "UNREADABLE:"}, say(c.Status))
	}
	if len(c.Candidates) > 1 || (c.Function == "" && len(c.Candidates) > 0) {
		p.pairAt(in, "candidates", say(strings.Join(c.Candidates, ", ")))
	}
}

func (p *page) args(in int, args []Arg) {
	for i, a := range args {
		if i == maxTextArgs {
			p.line(in, in+2, span{yellow, "AND " + plural(len(args)-i, "more value")}, say("not shown here; --format json has them all"))
			return
		}
		p.arg(in+2, a)
	}
}

func (p *page) arg(in int, a Arg) {
	name := a.Path
	if a.Name != "" && a.Name != "-" {
		name += " " + a.Name
	}
	body, isHex := strings.CutPrefix(a.Value, "0x")
	if isHex && len(body) > hexPerWord && hexDigits(body) {
		p.line(in, in+2, say(name), say(a.Type), say("= "+plural(len(body)/2, "byte")+":"))
		p.words(in+2, body)
		return
	}
	value := a.Value
	if a.Type == "address" {
		value = GroupHex(value)
	}
	p.line(in, in+2, say(name), say(a.Type), say("="), say(value))
}

// raw shows calldata that nobody could read: the selector's place is said by
// function, so words are counted after the first four bytes.
func (p *page) raw(in int, hex string) {
	body, ok := strings.CutPrefix(hex, "0x")
	if !ok || body == "" {
		return
	}
	p.pairAt(in, "raw data", say(plural(len(body)/2, "byte")))
	const selector = 8
	if len(body) > selector {
		p.line(in+2, in+4, say("0x"+body[:selector]))
		body = body[selector:]
	}
	p.words(in+2, body)
}

// words writes hex digits as 32-byte words, one a line, each after its number.
func (p *page) words(in int, body string) {
	for i := 0; len(body) > 0; i++ {
		if i == maxTextWords {
			p.line(in, in+2, span{yellow, "AND " + plural(len(body)/2, "more byte")}, say("not shown here; --format json has them all"))
			return
		}
		n := min(hexPerWord, len(body))
		p.line(in, in+4, say("["+strconv.Itoa(i)+"]"), say(body[:n]))
		body = body[n:]
	}
}
