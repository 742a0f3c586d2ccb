package proposal

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// entry is one transaction of a list, as far as it is needed to choose.
type entry struct {
	object
	nonce, hash, to string // as the file writes them; "" if unknown
	executed        bool
}

func (e *entry) candidate() Candidate {
	return Candidate{Nonce: clip(e.nonce, digitsMax), SafeTxHash: clip(e.hash, 66), To: clip(e.to, 66), Executed: e.executed}
}

// scalar is the text of a string or number.
func scalar(v *strictjson.Value) string {
	if v.Is(strictjson.String) || v.Is(strictjson.Number) {
		return v.Text
	}
	return ""
}

// pick chooses the one transaction that the person named. A list with more than
// one left is a refusal: whoever takes the first one signs what the attacker put
// first. If another entry has the nonce of the chosen one, that is said too: the
// two exclude each other on chain.
func (r *reader) pick(entries []entry) (*entry, error) {
	var left []*entry
	for i := range entries {
		if r.selected(&entries[i]) {
			left = append(left, &entries[i])
		}
	}
	if len(left) == 0 {
		return nil, notProposal("the list holds %d transactions, but none with %s", len(entries), r.selection())
	}
	if len(left) > 1 {
		r.ambiguous(left)
		return nil, nil
	}
	r.competitors(entries, left[0])
	return left[0], nil
}

func (r *reader) selected(e *entry) bool {
	if r.opt.SelectNonce != nil && e.nonce != r.opt.SelectNonce.Dec() {
		return false
	}
	return r.opt.SelectHash == nil || strings.EqualFold(e.hash, r.opt.SelectHash.Hex())
}

func (r *reader) selection() string {
	var parts []string
	if r.opt.SelectNonce != nil {
		parts = append(parts, "nonce "+r.opt.SelectNonce.Dec())
	}
	if r.opt.SelectHash != nil {
		parts = append(parts, "safeTxHash "+r.opt.SelectHash.Hex())
	}
	return strings.Join(parts, " and ")
}

func (r *reader) ambiguous(left []*entry) {
	sameNonce := true
	for _, e := range left {
		sameNonce = sameNonce && e.nonce == left[0].nonce
		if len(r.candidates) < maxCandidates {
			r.candidates = append(r.candidates, e.candidate())
		}
	}
	message := fmt.Sprintf("the list holds %d transactions: %s", len(left), listCandidates(r.candidates, len(left)))
	hint := "choose one with --nonce or --safe-tx-hash"
	if sameNonce {
		message = fmt.Sprintf("%d transactions compete for nonce %s, and only one of them can ever be executed: %s", len(left), quote(clip(left[0].nonce, digitsMax)), listCandidates(r.candidates, len(left)))
		hint = "find out why there are two before signing either; then choose one with --safe-tx-hash"
	}
	r.refuse("NONCE_CONFLICT", "", left[0].v.Offset, message, hint)
}

// listed is how many candidates a sentence names.
const listed = 5

func listCandidates(c []Candidate, total int) string {
	var parts []string
	for _, x := range c[:min(len(c), listed)] {
		s := "nonce " + quote(x.Nonce) + " to " + quote(x.To)
		if x.SafeTxHash != "" {
			s += " with hash " + quote(x.SafeTxHash)
		}
		if x.Executed {
			s += " (executed)"
		}
		parts = append(parts, s)
	}
	if total > len(parts) {
		parts = append(parts, fmt.Sprintf("and %d more", total-len(parts)))
	}
	return strings.Join(parts, "; ")
}

func (r *reader) competitors(entries []entry, chosen *entry) {
	var same []Candidate
	total := 0
	for i := range entries {
		e := &entries[i]
		if e.v == chosen.v || e.nonce != chosen.nonce {
			continue
		}
		if total++; total <= maxCandidates {
			same = append(same, e.candidate())
		}
	}
	if len(same) == 0 {
		return
	}
	r.candidates = same
	r.find("NONCE_CONFLICT", chosen.path, chosen.v.Offset,
		fmt.Sprintf("the list holds other transactions for nonce %s: %s", quote(clip(chosen.nonce, digitsMax)), listCandidates(same, total)),
		"find out why there are two before signing either")
}
