package policy

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// constraint bounds one argument: it is one of values, or at most max.
type constraint struct {
	position string
	path     []int // eachElement for every element of an array
	values   map[string]bool
	max      *uint256.Int
	text     string // "is one of exchanges", for messages
}

const eachElement = -1

func (b *builder) readArgs(n *node, r *rule, params []encode.Param) ([]constraint, *Error) {
	entries, err := n.Entries()
	if err != nil {
		return nil, err
	}
	switch {
	case r.function == anyWord || r.function == sendWord:
		return nil, n.Fail(plainyaml.ErrKey, "name the function", "the function is %s, which has no arguments to bound", r.function)
	case len(entries) == 0 || len(entries) > maxArgs:
		return nil, n.Fail(plainyaml.ErrLimit, "leave the key out, or bound an argument", "%d arguments, expected 1 to %d", len(entries), maxArgs)
	}
	var out []constraint
	for _, e := range entries {
		path, t, err := position(e, params)
		if err != nil {
			return nil, err
		}
		c, err := b.readConstraint(e.Value, r, t)
		if err != nil {
			return nil, err
		}
		c.position, c.path = e.Key, path
		out = append(out, c)
	}
	return out, nil
}

// position reads 1, 1.0 or 1.*: which value of the declaration is meant.
func position(e plainyaml.Entry, params []encode.Param) (path []int, t encode.Type, err *Error) {
	for i, step := range strings.Split(e.Key, ".") {
		switch {
		case i > 0 && t.Base == "array" && step == "*":
			path, t = append(path, eachElement), *t.Elem
			continue
		case i > 0 && t.Base == "tuple":
			params = t.Components
		case i > 0:
			return nil, t, e.Name.Fail(plainyaml.ErrValue, "write .N for component N of a tuple and .* for each element of an array", "the position %s goes into a value of type %s", report.Quote(e.Key), t.String())
		}
		k, bad := strconv.Atoi(step)
		if bad != nil || strconv.Itoa(k) != step || k < 0 || k >= len(params) {
			return nil, t, e.Name.Fail(plainyaml.ErrValue, "arguments and components are counted from 0", "there is no argument %s in the function", report.Quote(e.Key))
		}
		path, t = append(path, k), params[k].Type
	}
	return path, t, nil
}

func (b *builder) readConstraint(n *node, r *rule, t encode.Type) (c constraint, err *Error) {
	how, n, err := constraintKeys.one(n)
	if err != nil {
		return c, err
	}
	switch t.Base {
	case "tuple", "array", "bytes":
		return c, n.Fail(plainyaml.ErrValue, "bound the components or elements one by one: .0 and .*", "a value of type %s cannot be bounded", t.String())
	}
	switch {
	case how == "max":
		return b.readMax(n, r, t)
	case how == "in" && t.Base == "address":
		set, err := b.targets(n)
		c.values = make(map[string]bool, len(set.list))
		for _, a := range set.list {
			c.values[string(a[:])] = true
		}
		c.text = "one of " + set.text
		return c, err
	case how == "in":
		return b.readIn(n, r, t)
	}
	v, text, err := b.value(n, r, t)
	return constraint{values: map[string]bool{v: true}, text: text}, err
}

func (b *builder) readMax(n *node, r *rule, t encode.Type) (c constraint, err *Error) {
	if t.Base != "uint" {
		return c, n.Fail(plainyaml.ErrValue, "of other types write equal or in", "max bounds a uintN, and the argument is %s", t.String())
	}
	c.max, c.text, err = b.uint(n, r, t)
	c.text = "at most " + c.text
	return c, err
}

func (b *builder) readIn(n *node, r *rule, t encode.Type) (c constraint, err *Error) {
	items, err := some(n, maxNames, "values")
	if err != nil {
		return c, err
	}
	c.values = make(map[string]bool, len(items))
	var words []string
	for _, item := range items {
		v, text, err := b.value(item, r, t)
		if err != nil {
			return c, err
		}
		c.values[v], words = true, append(words, text)
	}
	c.text = "one of " + listed(words)
	return c, nil
}

// value reads a value as the bytes that the decoded argument holds.
func (b *builder) value(n *node, r *rule, t encode.Type) (v, text string, err *Error) {
	switch t.Base {
	case "address":
		a, err := b.zeroOrTarget(n)
		return string(a[:]), report.Group(a), err
	case "uint":
		u, text, err := b.uint(n, r, t)
		if err != nil {
			return "", "", err
		}
		w := u.Bytes32()
		return string(w[:]), text, nil
	case "int":
		return signed(n, t)
	case "bool":
		yes, err := n.Truth()
		w := make([]byte, 32)
		if yes {
			w[31] = 1
		}
		return string(w), strconv.FormatBool(yes), err
	case "bytesN":
		raw, err := n.Hex(t.String(), t.Size)
		return string(raw), "0x" + common.Bytes2Hex(raw), err
	case "string":
		s, err := n.Words()
		return s, report.Quote(s), err
	}
	return "", "", n.Fail(plainyaml.ErrValue, "", "a value of type %s cannot be bounded", t.String())
}

// zeroOrTarget reads a target, or the zero address, which as an argument can mean
// nobody.
func (b *builder) zeroOrTarget(n *node) (common.Address, *Error) {
	if s, err := n.Text(); err == nil && plainyaml.LooksLikeAddress(s) {
		return n.Address()
	}
	return b.target(n)
}

// uint reads a number, or an amount with a unit.
func (b *builder) uint(n *node, r *rule, t encode.Type) (u *uint256.Int, text string, err *Error) {
	s, err := n.Text()
	if err != nil {
		return nil, "", err
	}
	if strings.Contains(s, " ") {
		q, err := b.c.quantity(n)
		if err != nil {
			return nil, "", err
		}
		if err := ownUnit(n, r, q.unit); err != nil {
			return nil, "", err
		}
		u, text = q.n, q.String()
	} else if u, err = n.Number(); err != nil {
		return nil, "", err
	} else {
		text = u.Dec()
	}
	if !encode.Holds(t, u.ToBig()) {
		return nil, "", n.Fail(plainyaml.ErrValue, "", "%s is out of the range of %s", report.Quote(s), t.String())
	}
	return u, text, nil
}

// ownAmount are the functions whose amount is one of the contract itself. 1000 USDC
// at a token of another precision is another amount of something else.
var ownAmount = []string{"transfer(address,uint256)", "transferFrom(address,address,uint256)", "approve(address,uint256)", "increaseAllowance(address,uint256)", "decreaseAllowance(address,uint256)", "burn(uint256)", "mint(address,uint256)"}

func ownUnit(n *node, r *rule, u unit) *Error {
	if !slices.Contains(ownAmount, r.function) {
		return nil
	}
	if r.to.any || len(r.to.list) != 1 || r.to.list[0] != u.asset.Token {
		return n.Fail(plainyaml.ErrValue, "write one rule for each token, with to: "+u.symbol, "the amount is in %s, but the rule is not about that token alone", u.symbol)
	}
	return nil
}

// signed reads an intN as its 32-byte word.
func signed(n *node, t encode.Type) (v, text string, err *Error) {
	s, err := n.Text()
	if err != nil {
		return "", "", err
	}
	digits, negative := strings.CutPrefix(s, "-")
	u, why := plainyaml.Decimal(digits)
	if why == "" && negative && u.IsZero() {
		why = "is zero with a sign"
	}
	if why != "" {
		return "", "", n.Fail(plainyaml.ErrValue, plainyaml.NumberHint, "the number %s %s", report.Quote(s), why)
	}
	k := u.ToBig()
	if negative {
		k.Neg(k)
	}
	if !encode.Holds(t, k) {
		return "", "", n.Fail(plainyaml.ErrValue, "", "%s is out of the range of %s", report.Quote(s), t.String())
	}
	return string(math.U256Bytes(new(big.Int).Set(k))), s, nil
}

// holds reports whether the arguments keep the constraint. What cannot be found or
// read does not, nor what is beyond the work that is left.
func (c *constraint) holds(args []abi.Value, w *work) bool { return c.at(args, c.path, w) }

func (c *constraint) at(values []abi.Value, path []int, w *work) bool {
	if len(path) == 0 {
		return false
	}
	if path[0] == eachElement {
		for i := range values {
			if !c.inside(&values[i], path[1:], w) {
				return false
			}
		}
		return true
	}
	return path[0] < len(values) && c.inside(&values[path[0]], path[1:], w)
}

func (c *constraint) inside(v *abi.Value, path []int, w *work) bool {
	const bytesAtOnce = 64 // compared in the time of one step
	if !w.spend(1 + len(v.Bytes)/bytesAtOnce) {
		return false
	}
	if len(path) > 0 {
		return c.at(v.Elems, path, w)
	}
	if c.max != nil {
		n, ok := v.Uint()
		return ok && !n.Gt(c.max)
	}
	return c.values[string(v.Bytes)]
}

func plainIndex(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }
