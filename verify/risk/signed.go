package risk

import (
	"fmt"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

// messages: signatures that the Safe gives on chain.
func messages(ctx *Context) {
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		switch e.Kind {
		case effect.MessageSigned:
			text := "a message is marked as signed by the Safe, permanently and without a way back"
			if lib, ok := ctx.published(e.Target); ok && lib.Role == catalogue.RoleSignMessageLib {
				text = "the library that signs messages is called, not delegatecalled: the call marks the message in the library itself, for nobody"
			}
			ctx.add("EIP1271_BLANKET_SIGNATURE", e.Path, text, "decode the message; it can be an order, a permit or a login")
			signedMessage(ctx, e)
		case effect.OrderSigned:
			if c := at(ctx.Tree.Root, e.Path); c != nil && c.Program == "twap" && c.Entries[0].Status == abi.StatusDecoded.String() {
				ctx.add("OPAQUE_ORDER_APPROVAL", e.Path, fmt.Sprintf("a TWAP order is signed in advance at %s; its tokens, receiver and amounts stand with the call if that is CoW Protocol's ComposableCoW", show(e.Target)), "check receiver, amount of each part, least amount and number of parts")
				continue
			}
			ctx.add("OPAQUE_ORDER_APPROVAL", e.Path, fmt.Sprintf("an order is signed in advance at %s; its content does not stand in the call", show(e.Target)), "demand the order, and recompute its uid from it")
		}
	}
}

// signedMessage looks at the bytes that are signed: a text that a person can read,
// the pre-image of an EIP-712 hash, which may be a transaction of another Safe, or
// a hash of whatever it may be.
func signedMessage(ctx *Context, e *effect.Effect) {
	message, ok := bytesArgument(ctx, e.Path, 0)
	switch _, _, preimage := safe.SplitPreimage(message); {
	case ok && preimage:
		ctx.add("MESSAGE_IS_TX_HASH", e.Path, "the message is the pre-image of an EIP-712 hash (0x1901 and two hashes): it can be a transaction of another Safe", "demand the transaction behind it, and verify that one")
	case !ok || !printable(message) || unreadableText(string(message)) != "":
		ctx.add("OPAQUE_MESSAGE", e.Path, fmt.Sprintf("only the %d bytes of the message are known, not what they mean", len(message)), "demand the message in readable form and recompute its hash")
	}
}

// printable reports bytes of printable ASCII and line breaks. Bytes that stand in
// calldata are shown nowhere as text, so nothing else is taken for language.
func printable(b []byte) bool {
	for _, c := range b {
		if (c < 0x20 || c > 0x7e) && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
