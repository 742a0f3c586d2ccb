package proposal

import (
	"bytes"
	"strings"
)

// calldata is the hex of a call of execTransaction, as block explorers and
// wallets show it. It names neither the Safe nor its nonce.
type calldata struct{}

func (calldata) name() string { return "calldata" }

func (calldata) sniff(in *input) int {
	if hexBody(in.text, "6a761202") {
		return exactMatch
	}
	return noMatch
}

// hexBody reports whether a text begins as hex with these digits. Also 0X and no
// prefix at all are recognised, so that they are refused with their own words.
func hexBody(text string, digits ...string) bool {
	t := text
	if len(t) > 1 && t[0] == '0' && t[1]|0x20 == 'x' {
		t = t[2:]
	}
	head := strings.ToLower(clip(t, 64))
	for _, d := range digits {
		if strings.HasPrefix(head, d) {
			return len(t) > 64 && strings.IndexFunc(clip(t, 64), func(c rune) bool { return c > 127 || hexValue[byte(c)] > 15 }) < 0
		}
	}
	return false
}

// hexText reads the whole input as hex.
func (r *reader) hexText(in *input) []byte {
	b, p := parseHex(in.text)
	if p != nil {
		r.refuse(p.code, "", -1, p.message, p.hint)
		return nil
	}
	return b
}

func (calldata) read(r *reader, in *input) (*Proposal, error) {
	b := r.hexText(in)
	if b == nil {
		return nil, nil
	}
	p := &Proposal{}
	return p, r.execInto(p, b)
}

// execInto reads the calldata of execTransaction into a proposal.
func (r *reader) execInto(p *Proposal, data []byte) error {
	if !bytes.HasPrefix(data, execSelector) {
		return notProposal("the calldata calls the selector 0x%x, not execTransaction (0x6a761202)", data[:min(len(data), 4)])
	}
	call := execCall{r: r, args: data[4:]}
	p.Tx, p.Claims.Signatures = call.read()
	r.fact("the calldata of execTransaction does not hold the nonce: it must be given")
	return nil
}
