package proposal

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

// preimage is what is left when only hashes are passed around: the 66 bytes
// 0x1901 ‖ domain ‖ struct hash, as hex or between the markers of superchain-ops
// and Base (eip712sign), or the two hashes in a task's JSON. Nobody can read from
// them what will be signed; it need not even be a Safe transaction.
type preimage struct{}

const (
	markStart = "vvvvvvvv"
	markEnd   = "^^^^^^^^"
)

func (preimage) name() string { return "preimage" }

func (preimage) sniff(in *input) int {
	switch {
	case in.root != nil:
		if in.root.Has("expectedDomainAndMessageHashes") {
			return exactMatch
		}
	case hexBody(in.text) && strings.HasPrefix(hexDigits(in.text), "1901"), strings.Contains(in.text, markStart), isBareHash(in.text):
		return exactMatch
	}
	return noMatch
}

// isBareHash reports whether the whole text is one 32-byte hash.
func isBareHash(text string) bool {
	b, p := parseHex(text)
	return p == nil && len(b) == common.HashLength
}

func (preimage) read(r *reader, in *input) (*Proposal, error) {
	if in.root != nil {
		return r.taskHashes(object{r, in.root, ""}.child("expectedDomainAndMessageHashes")), nil
	}
	if isBareHash(in.text) {
		r.hashOnly("only a 32-byte hash was given, from which nothing can be read")
		r.broken = true
		return nil, nil
	}
	text := in.text
	if strings.Contains(text, markStart) {
		var err error
		if text, err = between(text); err != nil {
			return nil, err
		}
	}
	b, p := parseHex(text)
	if p != nil {
		r.hashOnly("only hashes were given, and not even as hex")
		r.refuse(p.code, "", -1, p.message, p.hint)
		return nil, nil
	}
	if len(b) != 66 || b[0] != 0x19 || b[1] != 0x01 {
		return nil, notProposal("the file holds %d bytes of hex, and an EIP-712 pre-image is 0x1901 and two hashes (66 bytes)", len(b))
	}
	return r.preimageOf([66]byte(b)), nil
}

func (r *reader) preimageOf(b [66]byte) *Proposal {
	r.hashOnly("only the pre-image of an EIP-712 hash was given: domain " + fmt.Sprintf("0x%x", b[2:34]) + ", message " + fmt.Sprintf("0x%x", b[34:]))
	return &Proposal{HashOnly: &b, Claims: Claims{Hashes: []ClaimedHash{
		{Field: "domain", Kind: HashDomain, Hash: common.Hash(b[2:34])},
		{Field: "message", Kind: HashMessage, Hash: common.Hash(b[34:])},
	}}}
}

func (r *reader) hashOnly(message string) {
	r.find("HASH_ONLY_PAYLOAD", "", -1, message, "ask for the transaction itself: to, value, data, operation and nonce")
}

// between cuts out what stands between the markers. eip712sign takes the first
// pair; a file with more than one is refused, because whatever was printed
// earlier would decide what is signed.
func between(text string) (string, error) {
	if strings.Count(text, markStart) != 1 || strings.Count(text, markEnd) != 1 {
		return "", notProposal("the file holds %d start markers and %d end markers of data to sign, expected one of each", strings.Count(text, markStart), strings.Count(text, markEnd))
	}
	_, rest, _ := strings.Cut(text, markStart)
	body, _, ok := strings.Cut(rest, markEnd)
	if !ok {
		return "", notProposal("the end marker of the data to sign stands before its start marker")
	}
	return strings.TrimSpace(body), nil
}

// taskHashes reads a task of Base's signing tool. Its address is often not the
// Safe that signs, so it is not taken for one.
func (r *reader) taskHashes(o object) *Proposal {
	domain, message := o.field("domainHash").hash(), o.field("messageHash").hash()
	if domain == nil || message == nil {
		r.hashOnly("the task names hashes only, and not both of them")
		r.broken = true
		return nil
	}
	r.fact("the task's address is a label; in many real tasks it is not the Safe that signs")
	return r.preimageOf(safe.Preimage(*domain, *message))
}
