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
	if hexBody(in.text) && strings.EqualFold(hexDigits(in.text)[:8], "6a761202") {
		return exactMatch
	}
	return noMatch
}

// hexHead is how many digits a text must begin with to be taken for hex: one
// more than a hash has.
const hexHead = 65

// hexBody reports whether a text begins as hex. Also 0X and no prefix at all are
// recognised, so that they are refused with their own words.
func hexBody(text string) bool {
	t := hexDigits(text)
	if len(t) < hexHead {
		return false
	}
	for i := range hexHead {
		if _, ok := nibble(t[i]); !ok {
			return false
		}
	}
	return true
}

// hexDigits drops the prefix.
func hexDigits(text string) string {
	if len(text) > 1 && text[0] == '0' && text[1]|0x20 == 'x' {
		return text[2:]
	}
	return text
}

// hexByte is the i-th byte of a text that begins as hex.
func hexByte(text string, i int) byte {
	t := hexDigits(text)
	return hexValue[t[2*i]]<<4 | hexValue[t[2*i+1]]
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
