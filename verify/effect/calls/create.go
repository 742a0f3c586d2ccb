package calls

import (
	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// contractCreated: CreateCall deploys whatever code stands in the call.
func contractCreated(e *effect.Effect, c *abi.Call) bool {
	value, ok := number(c, 0)
	e.Kind, e.Amount = effect.ContractCreated, value
	return ok
}

func safeCreated(e *effect.Effect, c *abi.Call) bool { return to(e, c, effect.SafeCreated) }

// messageSigned: SignMessageLib marks the message as signed by the Safe, for
// good (safe.md §1.3).
func messageSigned(e *effect.Effect, c *abi.Call) bool {
	e.Kind = effect.MessageSigned
	return c.Function == "signMessage(bytes)"
}

// ownMessageSigned: Safes up to 1.2.0 sign messages themselves, by a call to
// their own signMessage.
func ownMessageSigned(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.MessageSigned
	return e.Target == e.Actor
}

// safeSetUp is a Safe's constructor, called directly: whoever is first owns it.
func safeSetUp(e *effect.Effect, _ *abi.Call) bool {
	e.Kind, e.To = effect.SafeCreated, e.Target
	return true
}

// deployed: factories of others deploy what stands in the call.
func deployed(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.ContractCreated
	return true
}
