package clearsign

import (
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/report"
)

// text formats a value by every format but calldata (ERC-7730, "Field formats").
// A value that nobody can name is given raw; a value of a type that a format does
// not apply to is an error.
func (e *engine) text(f *descriptor.Field, el elem) (string, error) {
	switch f.Format {
	case "addressName":
		return e.addressName(f, el)
	case "tokenTicker":
		return e.ticker(f, el)
	case "interoperableAddressName":
		return e.interoperable(f, el)
	case "enum":
		return e.enum(f, el), nil
	case "amount", "tokenAmount", "nftName", "date", "duration", "unit", "chainId":
		n, ok := el.value.Number()
		if !ok {
			return "", fmt.Errorf("%w: %s is no number and the format is %s", ErrDoesNotFit, report.Quote(el.where), f.Format)
		}
		return e.number(f, el, n)
	}
	return el.value.Text(), nil
}

func (e *engine) number(f *descriptor.Field, el elem, n *big.Int) (string, error) {
	switch f.Format {
	case "amount":
		return e.amount(f, n), nil
	case "tokenAmount":
		return e.tokenAmount(f, el, n)
	case "nftName":
		return e.nft(f, el, n)
	case "date":
		return e.date(f, n), nil
	case "duration":
		return duration(n), nil
	case "chainId":
		if n.IsUint64() {
			if name, ok := e.source.ChainName(n.Uint64()); ok {
				return name, nil
			}
		}
		return n.String(), nil
	}
	if f.Params.Prefix {
		return prefixed(n, f.Params.Decimals) + f.Params.Base, nil
	}
	return decimal(n, f.Params.Decimals) + f.Params.Base, nil
}

// amount is in the native currency (threshold: version 2.1.0).
func (e *engine) amount(f *descriptor.Field, n *big.Int) string {
	if over(f, n) {
		return instead(f, "All")
	}
	unit, ok := e.source.Native(e.box.chain)
	if !ok {
		e.notice("the native currency of chain %d is not known", e.box.chain)
		return n.String()
	}
	return decimal(n, unit.Decimals) + " " + unit.Symbol
}

func over(f *descriptor.Field, n *big.Int) bool {
	return f.Params.Threshold != nil && n.Cmp(f.Params.Threshold) >= 0
}

func instead(f *descriptor.Field, otherwise string) string {
	if f.Params.Message != "" {
		return f.Params.Message
	}
	return otherwise
}

func (e *engine) tokenAmount(f *descriptor.Field, el elem, n *big.Int) (string, error) {
	v, err := e.param(f.Params.Token, el.at)
	if err != nil {
		return "", err
	}
	chain, err := e.chain(f, el)
	if err != nil {
		return "", err
	}
	unit, ok := e.unitOf(f, v, chain)
	if !ok {
		e.notice("the amount of an unknown token is given in its smallest unit")
		return n.String(), nil
	}
	if over(f, n) {
		return instead(f, "Unlimited") + " " + unit.Symbol, nil
	}
	return decimal(n, unit.Decimals) + " " + unit.Symbol, nil
}

// unitOf returns the unit of a token parameter.
func (e *engine) unitOf(f *descriptor.Field, v *value.Value, chain uint64) (Unit, bool) {
	if v == nil {
		return Unit{}, false
	}
	a, ok := v.AsAddress()
	if !ok {
		return Unit{}, false
	}
	if slices.Contains(f.Params.Native, a) {
		return e.source.Native(chain)
	}
	return e.token(chain, a)
}

// token asks the caller first: a descriptor that gives its own token other
// decimals than the caller knows must not be believed.
func (e *engine) token(chain uint64, a common.Address) (Unit, bool) {
	if u, ok := e.source.Token(chain, a); ok {
		return u, true
	}
	if t := e.desc.Token; t != nil && e.bundle.ownToken && a == e.box.to && chain == e.box.chain {
		e.notice("symbol and decimals of the contract's own token are the descriptor's")
		return Unit{t.Ticker, t.Decimals}, true
	}
	return Unit{}, false
}

// chain returns the chain of a token or callee, the container's if none is given.
func (e *engine) chain(f *descriptor.Field, el elem) (uint64, error) {
	v, err := e.param(f.Params.Chain, el.at)
	if v == nil || err != nil {
		return e.box.chain, err
	}
	n, ok := v.Number()
	if !ok || !n.IsUint64() {
		return 0, fmt.Errorf("%w: %s is no chain", ErrDoesNotFit, report.Quote(v.Text()))
	}
	return n.Uint64(), nil
}

func (e *engine) nft(f *descriptor.Field, el elem, n *big.Int) (string, error) {
	v, err := e.param(f.Params.Collection, el.at)
	if err != nil {
		return "", err
	}
	if a, ok := v.AsAddress(); ok {
		if name, ok := e.source.CollectionName(e.box.chain, a); ok {
			return name + " #" + n.String(), nil
		}
	}
	return n.String(), nil
}

// lastSecond is the end of the year 9999, after which RFC 3339 has no form.
const lastSecond = 253402300799

func (e *engine) date(f *descriptor.Field, n *big.Int) string {
	if !n.IsUint64() {
		return n.String()
	}
	t := n.Uint64()
	if f.Params.Encoding == "blockheight" {
		at, ok := e.source.BlockTime(e.box.chain, t)
		if !ok {
			return n.String()
		}
		t = at
	}
	if t > lastSecond {
		return n.String()
	}
	return time.Unix(int64(t), 0).UTC().Format("2006-01-02 15:04:05Z")
}

// duration writes seconds as HH:MM:SS, with as many hours as there are.
func duration(n *big.Int) string {
	if n.Sign() < 0 {
		return "-" + duration(new(big.Int).Neg(n))
	}
	minutes, s := new(big.Int).DivMod(n, big.NewInt(60), new(big.Int))
	hours, m := new(big.Int).DivMod(minutes, big.NewInt(60), new(big.Int))
	return fmt.Sprintf("%02s:%02d:%02d", hours.String(), m.Int64(), s.Int64())
}

// enum returns the word for a value, or the value: a word for one that the
// descriptor does not list would be a guess. Bytes (a flag cut out of a word) are
// also compared as the number that they are.
func (e *engine) enum(f *descriptor.Field, el elem) string {
	n, isNumber := el.value.Number()
	for _, p := range f.Params.Enum {
		if equal(el.value, p.Key) {
			return p.Text
		}
		if key, ok := value.ParseNumber(p.Key); ok && isNumber && key.Cmp(n) == 0 {
			return p.Text
		}
	}
	e.notice("an enumeration has no word for a value")
	return el.value.Text()
}
