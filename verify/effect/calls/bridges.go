package calls

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// A bridge takes an asset here and gives it to an account on another chain. none
// stands for an argument that there is not: the native currency that the call
// carries, or the caller as the recipient.
const none = -1

// bridge says which argument holds the token, the amount and the recipient.
type bridge struct{ token, amount, to int }

// bridgeReaders: OP Stack standard bridges and portal, Arbitrum inbox and gateway
// routers, Circle's CCTP. The OFT of LayerZero is the token itself.
var bridgeReaders = map[string]reader{
	"depositETH(uint32,bytes)":                                     bridge{none, none, none}.read,
	"depositETHTo(address,uint32,bytes)":                           bridge{none, none, 0}.read,
	"bridgeETH(uint32,bytes)":                                      bridge{none, none, none}.read,
	"bridgeETHTo(address,uint32,bytes)":                            bridge{none, none, 0}.read,
	"depositERC20(address,address,uint256,uint32,bytes)":           bridge{0, 2, none}.read,
	"depositERC20To(address,address,address,uint256,uint32,bytes)": bridge{0, 3, 2}.read,
	"bridgeERC20(address,address,uint256,uint32,bytes)":            bridge{0, 2, none}.read,
	"bridgeERC20To(address,address,address,uint256,uint32,bytes)":  bridge{0, 3, 2}.read,
	"withdraw(address,uint256,uint32,bytes)":                       bridge{0, 1, none}.read,
	"withdrawTo(address,address,uint256,uint32,bytes)":             bridge{0, 2, 1}.read,
	"depositTransaction(address,uint256,uint64,bool,bytes)":        bridge{none, 1, 0}.read,
	"depositEth()": toAlias,
	"createRetryableTicket(address,uint256,uint256,address,address,uint256,uint256,bytes)": bridge{none, 1, 0}.read,
	"outboundTransfer(address,address,uint256,uint256,uint256,bytes)":                      bridge{0, 2, 1}.read,
	"outboundTransferCustomRefund(address,address,address,uint256,uint256,uint256,bytes)":  bridge{0, 3, 2}.read,
	"depositForBurn(uint256,uint32,bytes32,address)":                                       bridge{3, 0, 2}.read,
	"depositForBurn(uint256,uint32,bytes32,address,bytes32,uint256,uint32)":                bridge{3, 0, 2}.read,
	"send((uint32,bytes32,uint256,uint256,bytes,bytes,bytes),(uint256,uint256),address)":   sentAcross,
}

func (b bridge) read(e *effect.Effect, c *abi.Call) bool {
	e.Kind, e.Asset, e.Amount, e.To = effect.Bridged, effect.Asset{Standard: effect.Native}, c.Value, e.Actor
	ok1, ok2, ok3 := true, true, true
	if b.token != none {
		var token common.Address
		token, ok1 = address(c, b.token)
		if e.Asset = (effect.Asset{Standard: effect.ERC20, Token: token}); token == legacyETH {
			e.Asset = effect.Asset{Standard: effect.Native}
		}
	}
	if b.amount != none {
		e.Amount, ok2 = number(c, b.amount)
	}
	if b.to != none {
		e.To, ok3 = account(c.Args[b.to])
	}
	return ok1 && ok2 && ok3
}

// legacyETH stands for the native currency in the bridges of OP Stack chains
// (Predeploys.LEGACY_ERC20_ETH).
var legacyETH = common.HexToAddress("0xDeadDeAddeAddEAddeadDEaDDEAdDeaDDeAD0000")

// toAlias: Arbitrum's Inbox credits a contract that calls depositEth at its alias,
// which is its address plus an offset (Inbox.sol; AddressAliasHelper.sol). Whether the
// contract can ever act from there is for retryable tickets to show.
func toAlias(e *effect.Effect, c *abi.Call) bool {
	e.Kind, e.Asset, e.Amount, e.To = effect.Bridged, effect.Asset{Standard: effect.Native}, c.Value, common.Address{}
	if e.Actor == (common.Address{}) {
		return true // the Safe is not known, nor is its alias
	}
	offset := new(uint256.Int).SetBytes(common.FromHex("0x1111000000000000000000000000000000001111"))
	sum := new(uint256.Int).SetBytes(e.Actor[:])
	e.To = common.Address(sum.Add(sum, offset).Bytes20())
	return true
}

// account reads an address, also one in the low 20 bytes of a word, as bridges
// between chains of different kinds write it.
func account(v abi.Value) (common.Address, bool) {
	if v.Type == "bytes32" && len(v.Bytes) == 32 {
		return common.Address(v.Bytes[12:]), true
	}
	return v.Address()
}

// sentAcross: the token that is called burns or locks amountLD and has it made for
// "to" on the chain of dstEid.
func sentAcross(e *effect.Effect, c *abi.Call) bool {
	p := c.Args[0].Elems
	if len(p) != 7 {
		return false
	}
	to, ok1 := account(p[1])
	amount, ok2 := p[2].Uint()
	e.Kind, e.Asset, e.To, e.Amount = effect.Bridged, effect.Asset{Standard: effect.ERC20, Token: c.To}, to, amount
	return ok1 && ok2
}
