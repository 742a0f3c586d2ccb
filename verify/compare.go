package verify

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
)

// namedHash is a hash that a device or a colleague can have shown.
type namedHash struct{ name, hex string }

// shownHashes are all hashes of the report, the more usual ones first.
func (r *run) shownHashes() []namedHash {
	var out []namedHash
	put := func(name, hex string) {
		if hex != "" {
			out = append(out, namedHash{name, hex})
		}
	}
	if h := r.rep.Hashes; h != nil {
		put("safeTxHash", h.SafeTx)
		put("message hash", h.Message)
		put("domain hash", h.Domain)
		put(h.SignedAs, h.Signed)
		put("hash of the raw transaction", h.Execution)
	}
	for _, v := range r.rep.Via {
		put("safeMessageHash of "+v.Says, v.Signed)
		put("message hash for "+v.Says, v.Message)
		put("domain hash for "+v.Says, v.Domain)
	}
	return out
}

// compare holds hashes that somebody read from a device, or from a colleague, against
// those that were computed. One that is none of them is a refusal: another transaction
// stands on that screen. What merely begins or ends the same is another one.
func (r *run) compare() {
	for _, want := range r.req.Compare {
		r.compareOne(want)
	}
}

func (r *run) compareOne(want common.Hash) {
	const where = "compare"
	shown := r.shownHashes()
	for _, h := range shown {
		if h.hex == want.Hex() {
			r.rep.Facts = append(r.rep.Facts, "the hash to compare, "+report.GroupHex(want.Hex())+", is the "+h.name+" in all 64 digits")
			return
		}
	}
	hint := "sign nothing: what stands on that screen is another transaction, another Safe, or was misread"
	if len(shown) == 0 {
		r.add("HASH_MISMATCH", where, "the hash "+report.GroupHex(want.Hex())+" cannot be compared: none could be computed", "give what is missing: --chain, --safe, --safe-version")
		return
	}
	r.add("HASH_MISMATCH", where, "the hash "+report.GroupHex(want.Hex())+" is none of those that follow from the fields"+nearest(want.Hex(), shown), hint)
}

// nearest says where the hash that was probably meant differs, for whoever misread a
// digit; nothing if it is like none.
func nearest(want string, shown []namedHash) string {
	best, groups := namedHash{}, []string(nil)
	for _, h := range shown {
		if d := differingGroups(want, h.hex); len(d) <= len(want)/8 && (groups == nil || len(d) < len(groups)) {
			best, groups = h, d
		}
	}
	if groups == nil {
		return ""
	}
	return fmt.Sprintf("; of the %s it differs in %s of 16, of four digits each: %s", best.name, plural(len(groups), "group"), strings.Join(groups, ", "))
}

// differingGroups numbers the groups of four digits in which two hashes differ, from 1.
func differingGroups(a, b string) []string {
	var out []string
	for i := 2; i+4 <= len(a) && i+4 <= len(b); i += 4 {
		if a[i:i+4] != b[i:i+4] {
			out = append(out, strconv.Itoa((i-2)/4+1))
		}
	}
	return out
}
