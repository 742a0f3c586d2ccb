package policy

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

const (
	forbiddenHint = "do not sign; what the treasury may do is changed in the policy, in calm times, and never for one transaction"
	denyHint      = "do not sign: the policy forbids exactly this"
)

// calls judges by deny, allow and delegatecall.
func (j *judge) calls() {
	j.denied()
	j.parties()
	if !j.c.closed && !j.c.strict {
		return
	}
	if len(j.f.Calls) == 0 {
		j.add(CodeForbidden, "", forbiddenHint, "the policy lists what is allowed, and the calls of the transaction are not known")
	}
	for _, c := range j.f.Calls {
		switch {
		case c == nil:
			j.add(CodeForbidden, "", forbiddenHint, "a call is not known")
		case c.Operation != 0:
			j.delegated(c)
		case j.c.closed:
			j.allowed(c)
		}
	}
}

// every visits the whole tree and the calls, which are part of it.
func (j *judge) every(f func(*abi.Call)) {
	if j.f.Tree != nil {
		j.f.Tree.Walk(f)
		return
	}
	for _, c := range j.f.Calls {
		if c != nil {
			f(c)
		}
	}
}

func (j *judge) denied() {
	if len(j.c.deny)+len(j.c.parties) > 0 && j.f.Tree == nil && len(j.f.Calls) == 0 {
		j.add(CodeForbidden, "", forbiddenHint, "the policy denies some calls, and the calls of the transaction are not known")
	}
	if len(j.c.deny) == 0 {
		return
	}
	j.every(func(c *abi.Call) {
		for i := range j.c.deny {
			if r := &j.c.deny[i]; r.safes.has(j.f.Safe) && r.denies(c) {
				j.add(CodeForbidden, c.Path, denyHint, "%s denies %s at %s", r.where, functionWords(r.function), j.say(c.To))
				return
			}
		}
	})
}

// denies goes by the selector alone: whatever the bytes behind it are, the contract
// runs this function.
func (r *rule) denies(c *abi.Call) bool {
	if !r.to.has(c.To) {
		return false
	}
	switch r.function {
	case anyWord:
		return true
	case sendWord:
		return len(c.Data) < 4
	}
	return len(c.Data) >= 4 && [4]byte(c.Data[:4]) == r.selector
}

func functionWords(f string) string {
	switch f {
	case anyWord:
		return "every call"
	case sendWord:
		return "a call without data"
	}
	return f
}

// parties looks for a denied address wherever the transaction names one.
func (j *judge) parties() {
	for i := range j.c.parties {
		t := &j.c.parties[i]
		seen := map[string]bool{}
		found := func(a common.Address, path string) {
			if t.has(a) && !seen[path] {
				seen[path] = true
				j.add(CodeForbidden, path, denyHint, "deny names %s, who takes part in the transaction", j.say(a))
			}
		}
		j.every(func(c *abi.Call) {
			found(c.To, c.Path)
			addresses(c.Args, func(a common.Address) { found(a, c.Path) })
		})
		for _, e := range j.f.Effects {
			for _, a := range []common.Address{e.Target, e.From, e.To, e.Asset.Token} {
				found(a, e.Path)
			}
		}
	}
}

func addresses(values []abi.Value, f func(common.Address)) {
	for _, v := range values {
		if a, ok := v.Address(); ok {
			f(a)
		}
		addresses(v.Elems, f)
	}
}

// allowed demands a rule that allows the call.
func (j *judge) allowed(c *abi.Call) {
	if len(c.Data) == 0 && c.To == j.f.Safe && c.Value != nil && c.Value.IsZero() {
		return // uses up the nonce, and nothing else
	}
	nearest := ""
	for i := range j.c.allow {
		r := &j.c.allow[i]
		if !r.safes.has(j.f.Safe) || !r.to.has(c.To) || !r.means(c) {
			continue
		}
		why := r.exceeded(c)
		if why == "" {
			return
		}
		if nearest == "" {
			nearest = ": " + r.where + " would, but " + why
		}
	}
	j.add(CodeForbidden, c.Path, forbiddenHint, "no rule of the policy allows %s at %s%s", callWords(c), j.say(c.To), nearest)
}

func callWords(c *abi.Call) string {
	switch {
	case len(c.Data) == 0:
		return "a payment without data"
	case c.Status.Readable():
		return report.Quote(c.Function)
	}
	return "a call that is not understood"
}

// means reports whether the call is the function of the rule and nothing more.
func (r *rule) means(c *abi.Call) bool {
	switch r.function {
	case anyWord:
		return true
	case sendWord:
		return c.Status == abi.StatusEmpty && len(c.Data) == 0
	}
	return c.Status == abi.StatusDecoded && c.Function == r.function
}

// exceeded says which bound of the rule the call does not keep, "" if it keeps all.
func (r *rule) exceeded(c *abi.Call) string {
	switch v := r.value; {
	case v.any:
	case c.Value == nil:
		return "what is sent along is not known"
	case v.max == nil:
		if !c.Value.IsZero() {
			return "nothing may be sent along"
		}
	case v.exact && !c.Value.Eq(v.max.n):
		return "what is sent along is not " + v.max.String()
	case c.Value.Gt(v.max.n):
		return "more than " + v.max.String() + " is sent along"
	}
	for i := range r.args {
		if a := &r.args[i]; !a.holds(c.Args) {
			return "argument " + a.position + " is not " + a.text
		}
	}
	return ""
}

// delegated demands that code which runs with the rights of the Safe is listed.
func (j *judge) delegated(c *abi.Call) {
	d, ok := j.c.delegateTarget(c.To)
	switch {
	case c.Operation != 1:
		j.add(CodeForbidden, c.Path, forbiddenHint, "operation %d is no call", c.Operation)
	case !ok:
		j.add(CodeForbidden, c.Path, forbiddenHint, "the policy does not list %s under delegatecall", j.say(c.To))
	case !d.runs(c):
		j.add(CodeForbidden, c.Path, forbiddenHint, "the policy lists %s under delegatecall, but not for %s", j.say(c.To), callWords(c))
	}
}

func (d DelegateTarget) runs(c *abi.Call) bool {
	if c.Status != abi.StatusDecoded {
		return false
	}
	for _, f := range d.Functions {
		if f == c.Function {
			return true
		}
	}
	return false
}

// listedDelegate reports whether the effect is one of code that the policy lists for
// delegatecall; its function is judged by delegated.
func (c *chain) listedDelegate(e *effect.Effect) bool {
	_, ok := c.delegateTarget(e.Target)
	return ok && e.Kind == effect.DelegateCalled
}
