package policy

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// rule is one entry of allow or deny.
type rule struct {
	where    string // allow[3]
	safes    targets
	to       targets
	function string // any, send or a declaration with types only
	selector [4]byte
	args     []constraint
	value    valueRule // allow only
}

// valueRule says how much of the native currency a call may carry. Nil bounds none;
// the zero value allows nothing to be sent.
type valueRule struct {
	any   bool
	exact bool // max is the only amount
	max   *quantity
}

func (b *builder) readAllow(n *node) *Error {
	items, err := some(n, maxRules, "rules")
	if err != nil {
		return err
	}
	b.c.closed = true
	for i, item := range items {
		r, err := b.allowRule(item)
		if err != nil {
			return err
		}
		r.where = plainIndex("allow", i)
		b.c.allow = append(b.c.allow, r)
	}
	b.c.allowAt = indexed(b.c.allow, func(r *rule) string { return r.function })
	return nil
}

func (b *builder) allowRule(n *node) (r rule, err *Error) {
	f, err := allowKeys.of(n)
	if err != nil {
		return r, err
	}
	params, err := b.head(&r, f)
	if err != nil {
		return r, err
	}
	if n := f["args"]; n != nil {
		if r.args, err = b.readArgs(n, &r, params); err != nil {
			return r, err
		}
	}
	switch v := f["value"]; {
	case v != nil:
		r.value, err = b.readValue(v)
	case r.function == sendWord:
		err = n.Fail(plainyaml.ErrKey, `write how much may be sent, such as {max: "10 ETH"}, or any`, "the key value is missing")
	}
	return r, err
}

// head reads what allow and deny have in common.
func (b *builder) head(r *rule, f plainyaml.Fields) (params []encode.Param, err *Error) {
	if r.to, err = b.anyTargets(f["to"]); err != nil {
		return nil, err
	}
	if r.safes, err = b.ofSafes(f["safes"]); err != nil {
		return nil, err
	}
	r.function, r.selector, params, err = readFunction(f["function"])
	return params, err
}

func readFunction(n *node) (function string, selector [4]byte, params []encode.Param, err *Error) {
	s, err := n.Words()
	if err != nil || s == anyWord || s == sendWord {
		return s, selector, nil, err
	}
	d, bad := encode.ParseDeclaration(s)
	const hint = `write the name and the types, such as "transfer(address,uint256)"; send for a call without data; or any`
	if bad != nil {
		return s, selector, nil, n.Fail(plainyaml.ErrValue, hint, "%s", bad.Error())
	}
	if d.Signature() != s {
		return s, selector, nil, n.Fail(plainyaml.ErrValue, hint, "%s names its parameters", report.Quote(s))
	}
	return s, d.Selector(), d.Inputs, nil
}

func (b *builder) readValue(n *node) (v valueRule, err *Error) {
	if n.IsScalar() {
		s, err := n.Text()
		if err == nil && s != anyWord {
			err = n.Fail(plainyaml.ErrValue, `write {max: "10 ETH"}, {equal: "0.1 ETH"} or any`, "%s does not say how much may be sent", report.Quote(s))
		}
		return valueRule{any: true}, err
	}
	key, amount, err := valueKeys.one(n)
	if err != nil {
		return v, err
	}
	q, err := b.c.nativeQuantity(amount)
	return valueRule{exact: key == "equal", max: &q}, err
}

func (b *builder) readDeny(n *node) *Error {
	items, err := some(n, maxRules, "rules")
	if err != nil {
		return err
	}
	for i, item := range items {
		if err := b.denyRule(item, plainIndex("deny", i)); err != nil {
			return err
		}
	}
	b.c.denyAt = indexed(b.c.deny, (*rule).runs)
	return nil
}

func (b *builder) denyRule(n *node, where string) *Error {
	if entries, err := n.Entries(); err == nil && len(entries) > 0 && entries[0].Key == partyKeys.required[0] {
		f, err := partyKeys.of(n)
		if err != nil {
			return err
		}
		t, err := b.targets(f["party"])
		for _, a := range t.list {
			if _, known := b.c.partyOf[a]; !known {
				b.c.partyOf[a] = len(b.c.parties)
			}
		}
		b.c.parties = append(b.c.parties, t)
		return err
	}
	f, err := denyKeys.of(n)
	if err != nil {
		return err
	}
	r := rule{where: where}
	if _, err := b.head(&r, f); err != nil {
		return err
	}
	b.c.deny = append(b.c.deny, r)
	return nil
}

func (b *builder) readDelegates(n *node) *Error {
	items, err := some(n, maxRules, "targets")
	if err != nil {
		return err
	}
	b.c.strict = true
	for _, item := range items {
		d, err := b.readDelegate(item)
		if err != nil {
			return err
		}
		if _, twice := b.c.delegateTarget(d.To); twice {
			return item.Fail(plainyaml.ErrValue, "list all its functions in one entry", "%s is listed twice", report.Group(d.To))
		}
		b.c.delegate = append(b.c.delegate, d)
	}
	return nil
}

func (b *builder) readDelegate(n *node) (d DelegateTarget, err *Error) {
	f, err := delegateKeys.of(n)
	if err != nil {
		return d, err
	}
	if d.To, err = b.place(f["to"]); err != nil {
		return d, err
	}
	hash, err := f["code-hash"].Hex("a code hash (32 bytes)", common.HashLength)
	if err != nil {
		return d, err
	}
	if d.CodeHash = common.BytesToHash(hash); d.CodeHash == (common.Hash{}) || d.CodeHash == emptyCode {
		return d, f["code-hash"].Fail(plainyaml.ErrValue, "take the Keccak-256 of the runtime code", "%s is the hash of no code", d.CodeHash.Hex())
	}
	items, err := some(f["functions"], maxRules, "functions")
	if err != nil {
		return d, err
	}
	for _, item := range items {
		s, _, _, err := readFunction(item)
		if err == nil && (s == anyWord || s == sendWord) {
			err = item.Fail(plainyaml.ErrValue, "name each function that may be run on the Safe's storage", "%s is no function", s)
		}
		if err != nil {
			return d, err
		}
		d.Functions = append(d.Functions, s)
	}
	return d, nil
}

// emptyCode is the code hash of an account without code (EIP-1052).
var emptyCode = common.HexToHash("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
