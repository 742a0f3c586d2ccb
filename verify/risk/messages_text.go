package risk

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/coldsign/coldsign/verify/proposal"
)

const demandContent = "demand what it stands for, in readable form, and recompute its hash"

// How much of a text a person reads and the report shows: bytes and lines.
const (
	MostText  = 4096
	MostLines = 120
)

// texts: a text is what it says if a person can read it. Everything else that
// comes as a text (hex, base64, JSON) is signed for a machine.
func texts(ctx *Context) {
	m := ctx.Message
	if m.Kind != proposal.MessageText {
		return
	}
	if why := unreadable(m); why != "" {
		ctx.add("OPAQUE_MESSAGE", "message", why, demandContent)
	}
}

// unreadable says why a text is no plain language, or "".
func unreadable(m *proposal.Message) string {
	if m.Typed != nil {
		return "the text is typed data as JSON: some wallets sign the text, others the typed data, and the two are different promises"
	}
	return unreadableText(m.Text)
}

func unreadableText(whole string) string {
	text := strings.TrimSpace(whole)
	switch {
	case text == "":
		return "the text is empty"
	case len(whole) > MostText:
		return fmt.Sprintf("the text has %d bytes, more than the %d that are shown and that a person reads", len(whole), MostText)
	case strings.Count(whole, "\n") >= MostLines:
		return fmt.Sprintf("the text has more than the %d lines that are shown", MostLines)
	case text[0] == '{' || text[0] == '[':
		return "the text is JSON, which a machine understands in its own way"
	}
	if digits, prefixed := hexDigits(text); prefixed || len(digits) >= 8 {
		return fmt.Sprintf("the text is nothing but %d digits of hex, which wallets sign in different ways", len(digits))
	}
	return unreadableLetters(text)
}

// hexDigits returns the digits of a text that is nothing but hex, and whether it
// says so by 0x. An odd number of digits is hex too: some wallets complete it.
func hexDigits(text string) (digits string, prefixed bool) {
	digits = text
	if len(text) > 1 && text[0] == '0' && text[1]|0x20 == 'x' {
		digits, prefixed = text[2:], true
	}
	for i := 0; i < len(digits); i++ {
		if !isHexDigit(digits[i]) {
			return "", false
		}
	}
	return digits, prefixed
}

// unreadableLetters looks at the letters: none at all, most of them outside what
// this program's output can show, or one word longer than language has.
func unreadableLetters(text string) string {
	// Addresses, hashes with 0x and most links are shorter; a text of one word that
	// long is a token of some machine.
	const longest, alone = 90, 32
	letters, foreign := 0, 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
			if c >= 0x80 {
				foreign++
			}
		}
	}
	switch {
	case letters == 0:
		return "the text holds no word"
	case foreign*4 > letters:
		return fmt.Sprintf("%d of the %d letters of the text are outside ASCII and cannot be shown here", foreign, letters)
	}
	words := strings.Fields(text)
	for _, word := range words {
		if (len(word) > longest || len(words) == 1 && len(word) > alone) && !strings.Contains(word, "://") {
			return fmt.Sprintf("the text holds a word of %d characters, which is data and no language", len(word))
		}
	}
	return ""
}

// rawBytes: bytes or a hash without what they stand for.
func rawBytes(ctx *Context) {
	m := ctx.Message
	if m.Kind != proposal.MessageBytes {
		return
	}
	what := fmt.Sprintf("only %d bytes of the message are known, not what they stand for", len(m.Bytes))
	if len(m.Bytes) == 32 {
		what = fmt.Sprintf("only the hash 0x%x is known, not what it stands for", m.Bytes)
	}
	ctx.add("OPAQUE_MESSAGE", "message", what, demandContent)
}
