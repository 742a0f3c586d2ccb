package clearsign

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/report"
)

// calldata renders embedded calldata by the descriptor of its callee (ERC-7730,
// "Embedded Calldata"). Where there is none the bytes are given raw. A value that
// the inner descriptor demands otherwise, and a bound that is reached, end the
// whole rendering.
func (e *engine) calldata(f *descriptor.Field, el elem) (string, *Rendering, error) {
	data, ok := el.value.Content()
	if !ok {
		return "", nil, fmt.Errorf("%w: %s holds no bytes and the format is calldata", ErrDoesNotFit, report.Quote(el.where))
	}
	c, err := e.inner(f, el, data)
	if err != nil {
		return "", nil, err
	}
	r, err := e.session.call(c, e.depth+1)
	if errors.Is(err, ErrMustMatch) || errors.Is(err, ErrTooLong) {
		return "", nil, err
	}
	if err != nil {
		if len(data) > 0 {
			e.notice("no descriptor says what embedded calldata does")
		}
		return el.value.Text(), nil, nil
	}
	return "", r, nil
}

// inner makes the call that the parameters describe. Without a spender the sender
// stays who it is; without an amount none is sent.
func (e *engine) inner(f *descriptor.Field, el elem, data []byte) (Call, error) {
	c := Call{From: e.box.from, Data: data}
	var err error
	if c.To, err = e.address(f.Params.Callee, el.at); err != nil {
		return c, err
	}
	if c.Chain, err = e.chain(f, el); err != nil {
		return c, err
	}
	if f.Params.Spender.Given {
		from, err := e.address(f.Params.Spender, el.at)
		if err != nil {
			return c, err
		}
		c.From = &from
	}
	amount, err := e.param(f.Params.Amount, el.at)
	if err != nil {
		return c, err
	}
	if amount != nil {
		n, ok := amount.Number()
		if !ok || n.Sign() < 0 {
			return c, fmt.Errorf("%w: %s is no amount", ErrDoesNotFit, report.Quote(amount.Text()))
		}
		c.Value = n
	}
	selector, err := e.param(f.Params.Selector, el.at)
	if err != nil || selector == nil {
		return c, err
	}
	s, ok := selectorOf(selector)
	if !ok {
		return c, fmt.Errorf("%w: %s is no selector", ErrDoesNotFit, report.Quote(selector.Text()))
	}
	c.Data = append(s, data...)
	return c, nil
}

func (e *engine) address(p descriptor.Param, at []pos) (common.Address, error) {
	v, err := e.param(p, at)
	if err != nil {
		return common.Address{}, err
	}
	if v != nil {
		if a, ok := v.AsAddress(); ok {
			return a, nil
		}
	}
	return common.Address{}, fmt.Errorf("%w: a parameter of calldata is no address", ErrDoesNotFit)
}

// selectorOf reads four bytes, or their hex digits in a descriptor.
func selectorOf(v *value.Value) ([]byte, bool) {
	b, ok := v.Content()
	if v.Kind == value.Literal {
		decoded, err := hexutil.Decode(string(v.Bytes))
		b, ok = decoded, err == nil
	}
	return append([]byte{}, b...), ok && len(b) == 4
}
