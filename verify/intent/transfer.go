package intent

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// transferFunction is the function of EIP-20 that moves the caller's tokens.
const transferFunction = "transfer(address,uint256)"

var transferSelector = [4]byte{0xa9, 0x05, 0x9c, 0xbb}

// transfer moves fungible tokens of the Safe: transfer(to, amount) at the token.
type transfer struct {
	token, to common.Address
	amount    *uint256.Int // base units
	unit      unit         // of the amount; symbol may be empty
	scaled    bool         // whether the unit's decimals are known
	data      []byte
	words     string
}

func parseTransfer(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"token", "amount", "to"}, []string{"decimals"})
	if err != nil {
		return nil, err
	}
	t := new(transfer)
	if t.token, err = f["token"].target(); err != nil {
		return nil, err
	}
	if t.to, err = f["to"].target(); err != nil {
		return nil, err
	}
	t.unit, t.scaled = h.env.token(h.Chain, t.token)
	if err := t.readAmount(f["amount"], f["decimals"]); err != nil {
		return nil, err
	}
	t.data = transferCalldata(t.to, t.amount)
	h.remember(t.token, t.to)
	t.words = transferWords(h.Intent, t.amount, t.unit, t.scaled, t.token, t.to)
	return t, nil
}

// readAmount reads "1250.5" with decimals, "1250.5 USDC" for a token that is
// known by this symbol, or "1250500000 raw". What is known of the token may not
// be contradicted: a wrong precision pays a thousandfold.
func (t *transfer) readAmount(amount, decimals *at) *Error {
	number, symbol, err := amount.splitAmount()
	if err != nil {
		return err
	}
	if symbol == "raw" {
		return t.readRaw(amount, decimals, number)
	}
	if symbol != "" && (!t.scaled || t.unit.symbol != symbol) {
		return amount.fail(ErrValue, "write the number alone and the key decimals, or base units as \"... raw\"",
			"%s is not known as the symbol of this token", report.Quote(symbol))
	}
	if symbol == "" && decimals == nil {
		return amount.fail(ErrValue, "add decimals: 6 (or what the token has), or write base units as \"... raw\"", "the amount %s has no precision", report.Quote(number))
	}
	if decimals != nil {
		if err := t.readDecimals(decimals); err != nil {
			return err
		}
	}
	t.amount, err = amount.units(number, t.unit)
	return err
}

func (t *transfer) readRaw(amount, decimals *at, number string) *Error {
	if decimals != nil {
		return decimals.fail(ErrKey, "remove decimals, or write the amount in whole tokens", "decimals mean nothing beside a raw amount")
	}
	n, err := amount.units(number, unit{"raw", 0})
	t.amount = n
	return err
}

func (t *transfer) readDecimals(a *at) *Error {
	n, err := a.number()
	if err != nil {
		return err
	}
	if !n.IsUint64() || n.Uint64() > maxDecimals {
		return a.fail(ErrValue, "write the amount in base units, as \"... raw\"", "decimals are at most %d", maxDecimals)
	}
	if t.scaled && uint64(t.unit.decimals) != n.Uint64() {
		return a.fail(ErrValue, "ask the token for decimals(); to overrule, write base units as \"... raw\"",
			"the token is known with %d decimals, the intent says %s", t.unit.decimals, n.Dec())
	}
	t.unit.decimals, t.scaled = uint8(n.Uint64()), true
	return nil
}

// transferCalldata is the canonical encoding of transfer(to, amount).
func transferCalldata(to common.Address, amount *uint256.Int) []byte {
	b := make([]byte, 4+32+32)
	copy(b, transferSelector[:])
	copy(b[4+12:], to[:])
	amount.WriteToSlice(b[4+32:])
	return b
}

func (t *transfer) Kind() string { return "transfer" }

func (t *transfer) Text() string { return t.words }

func transferWords(in *Intent, amount *uint256.Int, u unit, scaled bool, token, to common.Address) string {
	what := amount.Dec() + " base units"
	if scaled {
		what = formatUnits(amount, u.decimals)
		if u.symbol != "" {
			what += " " + u.symbol
		}
		what += " (" + amount.Dec() + " base units)"
	}
	return "transfer " + what + " of token " + in.group(token) + " to " + in.group(to)
}

func (t *transfer) Call(*Intent) (safe.InnerCall, error) {
	return safe.InnerCall{To: t.token, Value: zero, Data: t.data}, nil
}

func (t *transfer) Effect(in *Intent) effect.Effect {
	return effect.Effect{Kind: effect.Transfer, Fact: true, Actor: in.Safe, Target: t.token,
		Asset: effect.Asset{Standard: effect.ERC20, Token: t.token}, From: in.Safe, To: t.to, Amount: t.amount,
		Function: transferFunction, Value: zero, Data: t.data}
}

func (t *transfer) canonical() string {
	amount, decimals := t.amount.Dec()+" raw", ""
	if t.scaled {
		amount, decimals = formatUnits(t.amount, t.unit.decimals), fmt.Sprintf(", decimals: %d", t.unit.decimals)
	}
	return fmt.Sprintf("{token: %q, amount: %q%s, to: %q}", t.token.Hex(), amount, decimals, t.to.Hex())
}

func (t *transfer) explains(in *Intent, c *abi.Call, derived []effect.Effect) string {
	if c.Status != abi.StatusDecoded || c.Function != transferFunction {
		return "not decoded as " + transferFunction
	}
	return sameTransfer(in, t.Effect(in), derived)
}
