package risk

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/safe"
)

const (
	liveHint     = "do not sign: a signature over a safeTxHash is an approval of that transaction, whatever the request calls it"
	preimageHint = "do not sign unless it is the approval of another Safe's transaction that you have checked as a file of its own"
)

// txHashes: a message whose bytes are the hash of a transaction. A "login" over 32
// bytes, signed by eth_sign or personal_sign, is a valid signature of an owner
// over the Safe transaction that has this hash (v 31 and 32).
func txHashes(ctx *Context) {
	m := ctx.Message
	switch m.Kind {
	case proposal.MessageBytes:
		hashBytes(ctx, m.Bytes, m.Request != "")
	case proposal.MessageText:
		hashText(ctx)
	case proposal.MessageTyped:
		hashTyped(ctx)
	}
}

// hashBytes judges bytes that are signed. asked says that a site asks an account
// for them; a SafeMessage always holds a hash, and says nothing by that.
func hashBytes(ctx *Context, b []byte, asked bool) {
	if _, _, ok := safe.SplitPreimage(b); ok {
		ctx.add("MESSAGE_IS_TX_HASH", "message", fmt.Sprintf("the message is the pre-image of an EIP-712 hash (0x1901, domain 0x%x, message 0x%x): by signing it the Safe approves a transaction of another Safe, or any other payload", b[2:34], b[34:]), preimageHint)
		return
	}
	if len(b) != common.HashLength {
		return
	}
	if k, ok := ctx.knownHash(common.Hash(b)); ok {
		ctx.isTxHash(k)
		return
	}
	if asked {
		ctx.add("MESSAGE_IS_TX_HASH", "message", fmt.Sprintf("the account is asked to sign the 32 bytes 0x%x: they may be a live safeTxHash, and a signature made so (v 31 or 32) is a valid one of the owner over that transaction", b), liveHint)
	}
}

func (ctx *Context) knownHash(h common.Hash) (KnownHash, bool) {
	for _, k := range ctx.Known {
		if k.Hash == h {
			return k, true
		}
	}
	return KnownHash{}, false
}

func (ctx *Context) isTxHash(k KnownHash) {
	ctx.add("MESSAGE_IS_TX_HASH", "message", fmt.Sprintf("the message is the safeTxHash %s of a transaction (%s)", k.Hash.Hex(), k.Where), liveHint)
}

// hashText judges a text that is a hash in hex: wallets sign the bytes that it
// stands for. A hash that is a part of a longer text is signed as text, which is
// no signature over the hash; but a text that speaks of a safeTxHash was written
// to have somebody believe something about it.
func hashText(ctx *Context) {
	text := ctx.Message.Text
	if b, ok := wholeHex(text); ok && (len(b) == common.HashLength || len(b) == 66) {
		if len(b) == common.HashLength && !ctx.knownOrNot(b) {
			ctx.add("MESSAGE_IS_TX_HASH", "message", fmt.Sprintf("the text is nothing but 32 bytes of hex, 0x%x: it may be a live safeTxHash, and wallets sign the bytes that such a text stands for (v 31 or 32 is a valid signature of an owner over that transaction)", b), liveHint)
		}
		if len(b) == 66 {
			hashBytes(ctx, b, true)
		}
		return
	}
	for _, h := range hashesIn(text) {
		if k, ok := ctx.knownHash(h); ok {
			ctx.add("MESSAGE_IS_TX_HASH", "message", fmt.Sprintf("the text holds the safeTxHash %s of a transaction (%s)", h.Hex(), k.Where), liveHint)
			return
		}
		if speaksOfTxHash(text) {
			ctx.add("MESSAGE_IS_TX_HASH", "message", fmt.Sprintf("the text speaks of a safeTxHash, %s", h.Hex()), liveHint)
			return
		}
	}
}

// knownOrNot adds the finding for a known hash.
func (ctx *Context) knownOrNot(b []byte) bool {
	k, ok := ctx.knownHash(common.Hash(b))
	if ok {
		ctx.isTxHash(k)
	}
	return ok
}

// hashTyped judges typed data that is a Safe transaction, or that has its hash.
func hashTyped(ctx *Context) {
	d := ctx.Message.Typed
	if d == nil {
		return
	}
	if d.Hashes != nil {
		if k, ok := ctx.knownHash(d.Hashes.Digest); ok {
			ctx.isTxHash(k)
			return
		}
	}
	if fold(d.Primary) == "safetx" {
		ctx.add("MESSAGE_IS_TX_HASH", "message", "the content is a Safe transaction as typed data: by signing it the Safe approves that transaction of another Safe", preimageHint)
	}
}

// wholeHex reads a text that is nothing but hex, with or without 0x, blanks
// around it aside.
func wholeHex(text string) ([]byte, bool) {
	t := strings.TrimSpace(text)
	if len(t) > 1 && t[0] == '0' && t[1]|0x20 == 'x' {
		t = t[2:]
	}
	b, err := hex.DecodeString(t)
	return b, err == nil && len(b) > 0
}

// mostHashes bounds what is looked for in one text.
const mostHashes = 16

// hashesIn lists the runs of exactly 64 hex digits.
func hashesIn(text string) []common.Hash {
	var out []common.Hash
	for i := 0; i < len(text) && len(out) < mostHashes; {
		j := i
		for j < len(text) && isHexDigit(text[j]) {
			j++
		}
		if j-i == 64 {
			out = append(out, common.HexToHash(text[i:j]))
		}
		i = max(j, i+1)
	}
	return out
}

func isHexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func speaksOfTxHash(text string) bool {
	f := fold(text)
	return strings.Contains(f, "safetxhash") || strings.Contains(f, "safetransactionhash")
}

// fold drops case and everything that is no ASCII letter or digit.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		}
		return -1
	}, s)
}
