package calls

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// severalReader reads a call that does several things at once. It gets the effect
// with everything that is the same for all of them, and returns none if the
// arguments do not have the shape that the signature promises.
type severalReader func(e effect.Effect, c *abi.Call) []effect.Effect

// several is the table of signatures with more than one effect. An attacker's
// recipient is one of many in such a call, so each is an effect of its own.
var several = map[string]severalReader{
	"safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)":                                                  multiTokenTransfers,
	"disperseEther(address[],uint256[])":                                                                                dispersed,
	"disperseToken(address,address[],uint256[])":                                                                        dispersedToken,
	"disperseTokenSimple(address,address[],uint256[])":                                                                  dispersedToken,
	"transferFrom((address,address,uint160,address)[])":                                                                 permit2Transfers,
	"permit(address,((address,uint160,uint48,uint48)[],address,uint256),bytes)":                                         permit2Batch,
	"permitTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,bytes)":                           permit2Pull,
	"permitTransferFrom(((address,uint256)[],uint256,uint256),(address,uint256)[],address,bytes)":                       permit2Pull,
	"permitWitnessTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,bytes32,string,bytes)":     permit2Pull,
	"permitWitnessTransferFrom(((address,uint256)[],uint256,uint256),(address,uint256)[],address,bytes32,string,bytes)": permit2Pull,
	"lockdown((address,address)[])":                                                                                     permit2Lockdown,
	"executeRecovery(address,address[],uint256)":                                                                        recovered,
	"confirmRecovery(address,address[],uint256,bool)":                                                                   recovered,
	"multiConfirmRecovery(address,address[],uint256,(address,bytes)[],bool)":                                            recovered,
	"finalizeRecovery(address)":                                                                                         recovered,
	"addSupportedInterfaceBatch(bytes4,bytes32[])":                                                                      methodsAdded,
	"enableModules(address[])":                                                                                          modulesEnabled,
}

func multiTokenTransfers(e effect.Effect, c *abi.Call) []effect.Effect {
	from, ok1 := address(c, 0)
	to, ok2 := address(c, 1)
	if !ok1 || !ok2 || len(c.Args) < 4 || len(c.Args[2].Elems) != len(c.Args[3].Elems) {
		return nil
	}
	e.Kind, e.Asset, e.From, e.To = effect.Transfer, effect.Asset{Standard: effect.ERC1155, Token: c.To}, from, to
	out := make([]effect.Effect, 0, len(c.Args[2].Elems))
	for i, id := range c.Args[2].Elems {
		var ok1, ok2 bool
		e.ID, ok1 = id.Uint()
		e.Amount, ok2 = c.Args[3].Elems[i].Uint()
		if !ok1 || !ok2 {
			return nil
		}
		out = append(out, e)
	}
	return out
}

// dispersed pays what the call carries to each recipient (disperse.app).
func dispersed(e effect.Effect, c *abi.Call) []effect.Effect {
	if len(c.Args) != 2 {
		return nil
	}
	e.Asset = effect.Asset{Standard: effect.Native}
	return payments(e, c.Args[0], c.Args[1])
}

func dispersedToken(e effect.Effect, c *abi.Call) []effect.Effect {
	token, ok := address(c, 0)
	if !ok || len(c.Args) != 3 {
		return nil
	}
	e.Asset = effect.Asset{Standard: effect.ERC20, Token: token}
	return payments(e, c.Args[1], c.Args[2])
}

// payments pairs recipients with amounts.
func payments(e effect.Effect, to, amounts abi.Value) []effect.Effect {
	if len(to.Elems) != len(amounts.Elems) {
		return nil
	}
	e.Kind = effect.Transfer
	out := make([]effect.Effect, 0, len(to.Elems))
	for i := range to.Elems {
		var ok1, ok2 bool
		e.To, ok1 = to.Elems[i].Address()
		e.Amount, ok2 = amounts.Elems[i].Uint()
		if !ok1 || !ok2 {
			return nil
		}
		out = append(out, e)
	}
	return out
}

func permit2Transfers(e effect.Effect, c *abi.Call) []effect.Effect {
	if len(c.Args) != 1 {
		return nil
	}
	e.Kind = effect.Transfer
	out := make([]effect.Effect, 0, len(c.Args[0].Elems))
	for _, d := range c.Args[0].Elems {
		if len(d.Elems) != 4 {
			return nil
		}
		from, ok1 := d.Elems[0].Address()
		to, ok2 := d.Elems[1].Address()
		amount, ok3 := d.Elems[2].Uint()
		token, ok4 := d.Elems[3].Address()
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return nil
		}
		e.From, e.To, e.Amount, e.Asset = from, to, amount, effect.Asset{Standard: effect.ERC20, Token: token}
		out = append(out, e)
	}
	return out
}

// permit2Batch gives rights over several tokens at once.
func permit2Batch(e effect.Effect, c *abi.Call) []effect.Effect {
	owner, ok := address(c, 0)
	if !ok || len(c.Args) < 2 || len(c.Args[1].Elems) != 3 {
		return nil
	}
	spender, ok := c.Args[1].Elems[1].Address()
	if !ok {
		return nil
	}
	e.Kind, e.From, e.To = effect.Approve, owner, spender
	out := make([]effect.Effect, 0, len(c.Args[1].Elems[0].Elems))
	for _, d := range c.Args[1].Elems[0].Elems {
		if len(d.Elems) != 4 {
			return nil
		}
		token, ok1 := d.Elems[0].Address()
		amount, ok2 := d.Elems[1].Uint()
		if !ok1 || !ok2 {
			return nil
		}
		e.Asset, e.Amount = effect.Asset{Standard: effect.ERC20, Token: token}, amount
		out = append(out, e)
	}
	return out
}

// permit2Pull takes tokens by a signature of their owner that travels in the call:
// a permit, where to and how much of it, and the owner.
func permit2Pull(e effect.Effect, c *abi.Call) []effect.Effect {
	owner, ok := address(c, 2)
	if !ok || len(c.Args[0].Elems) != 3 {
		return nil
	}
	e.Kind, e.From = effect.Transfer, owner
	permitted, details := c.Args[0].Elems[0], c.Args[1]
	if permitted.Type == "(address,uint256)" {
		permitted, details = abi.Value{Elems: []abi.Value{permitted}}, abi.Value{Elems: []abi.Value{details}}
	}
	if len(permitted.Elems) != len(details.Elems) {
		return nil
	}
	out := make([]effect.Effect, 0, len(permitted.Elems))
	for i, p := range permitted.Elems {
		d := details.Elems[i]
		if len(p.Elems) != 2 || len(d.Elems) != 2 {
			return nil
		}
		token, ok1 := p.Elems[0].Address()
		to, ok2 := d.Elems[0].Address()
		amount, ok3 := d.Elems[1].Uint()
		if !ok1 || !ok2 || !ok3 {
			return nil
		}
		e.To, e.Amount, e.Asset = to, amount, effect.Asset{Standard: effect.ERC20, Token: token}
		out = append(out, e)
	}
	return out
}

// permit2Lockdown takes allowances back.
func permit2Lockdown(e effect.Effect, c *abi.Call) []effect.Effect {
	if len(c.Args) != 1 {
		return nil
	}
	e.Kind, e.Amount = effect.Approve, new(uint256.Int)
	out := make([]effect.Effect, 0, len(c.Args[0].Elems))
	for _, p := range c.Args[0].Elems {
		if len(p.Elems) != 2 {
			return nil
		}
		token, ok1 := p.Elems[0].Address()
		spender, ok2 := p.Elems[1].Address()
		if !ok1 || !ok2 {
			return nil
		}
		e.To, e.Asset = spender, effect.Asset{Standard: effect.ERC20, Token: token}
		out = append(out, e)
	}
	return out
}

// modulesEnabled is AddModulesLib and SafeModuleSetup.
func modulesEnabled(e effect.Effect, c *abi.Call) []effect.Effect {
	if len(c.Args) != 1 {
		return nil
	}
	e.Kind = effect.ModuleEnabled
	out := make([]effect.Effect, 0, len(c.Args[0].Elems))
	for _, m := range c.Args[0].Elems {
		a, ok := m.Address()
		if !ok {
			return nil
		}
		e.To = a
		out = append(out, e)
	}
	return out
}

// recovered: a social recovery module replaces all owners of the wallet in its
// first argument by those in the second; finalizeRecovery names none. Between the two
// lies a delay, and the module says which confirmation is the last: follow takes it
// that the owners are not known from then on.
func recovered(e effect.Effect, c *abi.Call) []effect.Effect {
	wallet, ok := address(c, 0)
	if !ok {
		return nil
	}
	e.Kind, e.Target, e.From = effect.OwnersRecovered, wallet, common.Address{}
	e.Threshold, _ = number(c, 2)
	if len(c.Args) < 3 || len(c.Args[1].Elems) == 0 {
		return one(e)
	}
	out := make([]effect.Effect, 0, len(c.Args[1].Elems))
	for _, v := range c.Args[1].Elems {
		if e.To, ok = v.Address(); !ok {
			return nil
		}
		out = append(out, e)
		e.Threshold = nil // said once
	}
	return out
}
