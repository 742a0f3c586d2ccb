package risk

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/report"
)

// listed: addresses that published lists, or the signer's own, warn of. A list is
// no substitute for reading: none named the thieves of Bybit before the theft
// (attacks.md §8). It stops the second payment to them.
func listed(ctx *Context) {
	for _, u := range ctx.used().list {
		embedded := lists.Find(u.a)
		stands, gone := sift(embedded)
		for _, own := range ctx.Lists {
			if e, ok := own.Find(u.a); ok {
				stands = append(stands, "your list "+report.Quote(e.List)+" ("+strconv.Itoa(own.Len())+" addresses"+labelled(e)+")")
			}
		}
		switch {
		case len(stands) > 0:
			ctx.add("LISTED_ADDRESS", u.where(), fmt.Sprintf("%s (%s) is listed: %s", show(u.a), u.as(), strings.Join(stands, "; ")),
				"do not sign before somebody who may decide this has cleared exactly this payment")
		case gone != "":
			// What was taken off a list is not on it. A warning about it that
			// refuses would teach to pass over the others.
			ctx.add("LISTED_ADDRESS", u.where(), fmt.Sprintf("%s (%s) was listed: %s", show(u.a), u.as(), gone), "")
			ctx.weigh(report.Notice)
		}
	}
}

// sift returns in words the lists on which an address stands today, and the last
// one from which it was taken. Of the snapshots of one list the latest counts.
func sift(entries []lists.Entry) (stands []string, gone string) {
	for i, e := range entries {
		text := e.List + " (" + e.Date + labelled(e) + ")"
		switch {
		case e.Superseded != "":
			gone = text + ", no longer on its snapshot of " + e.Superseded
		case i+1 < len(entries) && entries[i+1].List == e.List:
			// a later snapshot says the same
		default:
			stands = append(stands, text)
		}
	}
	return stands, gone
}

func labelled(e lists.Entry) string {
	if e.Label == "" {
		return ""
	}
	return "; " + report.Quote(e.Label)
}
