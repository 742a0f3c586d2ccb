package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var creationReaders = map[string]reader{
	"execute(bytes,bytes)":                                                   deployed,
	"setPreSignature(bytes,bool)":                                            orderSigned,
	"create((address,bytes32,bytes),bool)":                                   conditionalOrder,
	"createWithContext((address,bytes32,bytes),address,bytes,bool)":          conditionalOrder,
	"signMessage(bytes)":                                                     ownMessageSigned,
	"setup(address[],uint256,address,bytes,address,address,uint256,address)": safeSetUp,
	"setup(address[],uint256,address,bytes,address,uint256,address)":         safeSetUp,
	"deployModule(address,bytes,uint256)":                                    deployed,
	"deploy(uint256,bytes32,bytes)":                                          deployed,
	"setup(address[],uint256,address,bytes)":                                 safeSetUp,
	"performCreate(uint256,bytes)":                                           contractCreated,
	"performCreate2(uint256,bytes,bytes32)":                                  contractCreated,
	"createProxyWithNonce(address,bytes,uint256)":                            safeCreated,
	"createProxyWithNonceL2(address,bytes,uint256)":                          safeCreated,
	"createChainSpecificProxyWithNonce(address,bytes,uint256)":               safeCreated,
	"createChainSpecificProxyWithNonceL2(address,bytes,uint256)":             safeCreated,
	"createProxyWithCallback(address,bytes,uint256,address)":                 safeCreated,
	"createProxy(address,bytes)":                                             safeCreated,
}

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
	e.Kind, e.Target = effect.MessageSigned, e.Actor
	return c.Function == "signMessage(bytes)"
}

// ownMessageSigned: Safes up to 1.2.0 sign messages themselves, by a call to their
// own signMessage. It is read at every target, because which Safe is meant may only
// be claimed, or not known at all.
func ownMessageSigned(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.MessageSigned
	return true
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

// orderSigned: GPv2Settlement takes an order as signed by its caller; only its uid
// stands in the call. Taking the signature back is a plain call.
func orderSigned(e *effect.Effect, c *abi.Call) bool {
	if len(c.Args) < 2 {
		return false
	}
	signed, ok := c.Args[1].Bool()
	e.Kind = effect.OrderSigned
	return ok && signed
}

// conditionalOrder: ComposableCoW makes orders for its caller later on, by the
// rules of a handler contract.
func conditionalOrder(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.OrderSigned
	return true
}

// deployers are contracts without functions: their calldata is a salt and the code
// to deploy (Arachnid's deterministic deployment proxy, Safe's singleton factory).
// Each is made by one signed transaction that works on any chain, so its code is
// the same wherever there is any.
var deployers = map[common.Address]string{
	common.HexToAddress("0x4e59b44847b379578588920cA78FbF26c0B4956C"): "the deterministic deployment proxy",
	common.HexToAddress("0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7"): "the Safe singleton factory",
}

// Deploys reports whether the call reaches a contract that deploys its calldata
// whatever its first four bytes are.
func Deploys(c *abi.Call) bool {
	return c.Operation == 0 && !c.Unbound && len(c.Data) > 32 && deployers[c.To] != ""
}
