package intent

import (
	"encoding/hex"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

const signMessage = "sign-message"

// parseSignMessage makes a message signed by the Safe on chain, for good
// (SignMessageLib.sol; up to 1.2.0 the Safe's own signMessage). Of a text, wallets
// sign the EIP-191 digest.
func parseSignMessage(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"library"}, []string{"text", "bytes"})
	if err != nil {
		return nil, err
	}
	if (f["text"] == nil) == (f["bytes"] == nil) {
		return nil, a.fail(ErrKey, "text is what a person reads, bytes is 0x and what is signed as it stands", "one of text and bytes is due")
	}
	library, err := h.accountOrNone(f["library"])
	if err != nil {
		return nil, err
	}
	var message []byte
	text := ""
	if n := f["text"]; n != nil {
		if text, err = n.Words(); err != nil {
			return nil, err
		}
		digest := safe.TextHash([]byte(text))
		message = digest[:]
	} else if message, err = f["bytes"].Hex("bytes", -1); err != nil {
		return nil, err
	}
	to, operation := library, uint8(1)
	if library == (common.Address{}) {
		to, operation = h.Safe, 0
	}
	x, err := a.must(calling(signMessage, to, "signMessage(bytes)", []any{message},
		effect.Effect{Kind: effect.MessageSigned, Target: h.Safe, From: h.Safe}))
	if err != nil {
		return nil, err
	}
	x.call.Operation = operation
	written := "0x" + hex.EncodeToString(message)
	var b bounded
	b.hex(message)
	x.words = "sign the message " + b.text() + " in the name of the safe, for good"
	if f["text"] != nil {
		var b bounded
		b.quoted(text)
		x.words = "sign the text " + b.text() + " (digest " + written + ") in the name of the safe, for good"
	}
	if operation == 1 {
		x.words += ", by a DELEGATECALL to " + h.group(library)
	}
	isText := f["text"] != nil
	x.yaml = func(in *Intent) string {
		y := in.flow().accountOrNone("library", library)
		if isText {
			return y.quoted("text", text).String()
		}
		return y.quoted("bytes", written).String()
	}
	return x, nil
}
