package html

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// Bounds of the tree on a page. All of it stands in the JSON report.
const (
	maxCalls = 2000
	maxOpen  = 60 // with more calls they are folded up
	maxArgs  = 256
	maxRaw   = 4096 // hex digits of data that nobody could read
)

// calls writes the tree, each call inside the one that carries it.
func (p *page) calls(r *report.Report) {
	if len(r.Tree) == 0 {
		return
	}
	p.title("Calls")
	var open []int // depths of the calls that are not closed yet
	for i := range r.Tree {
		if i == maxCalls {
			break
		}
		c := &r.Tree[i]
		for len(open) > 0 && open[len(open)-1] >= c.Depth {
			p.raw("</details>\n")
			open = open[:len(open)-1]
		}
		p.call(c, len(r.Tree) <= maxOpen || c.Container != "" && len(open) < 2)
		open = append(open, c.Depth)
	}
	for range open {
		p.raw("</details>\n")
	}
	if n := len(r.Tree) - maxCalls; n > 0 {
		p.raw(`<p class="warn">AND ` + report.Plural(n, "more call") + " not shown here; --format json has them all</p>\n")
	}
}

func (p *page) call(c *report.Call, open bool) {
	p.raw(`<details class="call"`)
	if open {
		p.raw(" open")
	}
	p.raw("><summary><b>" + plain(or(c.Path, "transaction")) + "</b> ")
	if c.Operation == "CALL" {
		p.raw("CALL")
	} else {
		p.raw(`<span class="not">` + plain(c.Operation) + "</span>")
	}
	p.raw(" to ")
	p.text(or(report.GroupHex(c.To), "no address: the batch is not bound to a library") + " " + c.Target())
	p.raw("</summary>\n")
	if c.Actor != "" {
		p.in(`div class="meta"`, "in the name of "+report.GroupHex(c.Actor))
	}
	p.in("div", "value: "+or(report.WeiWords(c.Value), "unknown"))
	p.function(c)
	p.args(c.Args, maxArgs)
	p.data(c.Data)
	if c.Container != "" {
		p.in("div", "carries "+report.Plural(c.Children, "call")+" ("+c.Container+")")
	}
}

// function says what is called and who says so, in the words of the text.
func (p *page) function(c *report.Call) {
	grade := or(c.Grade, "unknown")
	switch {
	case c.Function != "":
		label := "function: "
		if c.Operation == "DELEGATECALL" && grade == "unknown" {
			label = "only looks like: "
		}
		p.raw("<div>" + label + "<code>" + plain(c.Function) + "</code> ")
		p.in(`span class="prov"`, grade+" name of selector "+c.Selector+"; "+c.Status)
		p.raw("</div>\n")
	case c.Status == "empty":
		p.in("div", "data: none")
	case c.Selector != "":
		p.raw(`<div>function: <span class="warn">UNKNOWN:</span> `)
		p.text("selector " + c.Selector + "; " + c.Status)
		p.raw("</div>\n")
	default:
		p.raw(`<div>data: <span class="warn">UNREADABLE:</span> `)
		p.text(c.Status)
		p.raw("</div>\n")
	}
	if len(c.Candidates) > 1 || c.Function == "" && len(c.Candidates) > 0 {
		p.in(`div class="meta"`, "candidates: "+strings.Join(c.Candidates, ", "))
	}
}

func (p *page) data(hex string) {
	body := strings.TrimPrefix(hex, "0x")
	if body == "" {
		return
	}
	p.raw("<div>raw data, " + report.Plural(len(body)/2, "byte") + ":</div>\n")
	if len(hex) > maxRaw {
		p.raw(`<pre class="raw">` + plain(hex[:maxRaw]) + "</pre>\n" + `<p class="warn">AND ` + report.Plural((len(hex)-maxRaw)/2, "more byte") + " not shown here; --format json has them all</p>\n")
		return
	}
	p.raw(`<pre class="raw">` + plain(hex) + "</pre>\n")
}
