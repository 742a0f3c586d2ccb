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
	j.listed()
	if j.work.left == 0 {
		j.add(CodeForbidden, "", "have the transaction split, or the rules of the policy put together", "to hold the transaction against the rules takes more than %d comparisons: nobody can say that it keeps them", maxWork)
	}
}

// listed demands that each call is one of those that the policy lists.
func (j *judge) listed() {
	if !j.c.closed && !j.c.strict {
		return
	}
	if len(j.f.Calls) == 0 {
		j.add(CodeForbidden, "", forbiddenHint, "the policy lists what is allowed, and the calls of the transaction are not known")
	}
	for _, c := range j.f.Calls {
		switch {
		case j.work.left == 0:
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
		for _, i := range j.c.denyAt.about(c.To, anyWord, runs(c)) {
			if r := &j.c.deny[i]; j.work.spend(1) && r.safes.has(j.f.Safe) {
				j.add(CodeForbidden, c.Path, denyHint, "%s denies %s at %s", r.where, functionWords(r.function), j.say(c.To))
				return
			}
		}
	})
}

// runs says what a call makes its target run, by the selector alone: whatever the
// bytes behind it are, the contract runs this function.
func runs(c *abi.Call) string {
	if len(c.Data) < 4 {
		return sendWord
	}
	return selectorWord([4]byte(c.Data[:4]))
}

// runs is what a call is denied for.
func (r *rule) runs() string {
	if r.function == anyWord || r.function == sendWord {
		return r.function
	}
	return selectorWord(r.selector)
}

// selectorWord never is one of the words of the grammar, though four bytes can spell
// send.
func selectorWord(s [4]byte) string { return "0x" + string(s[:]) }

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
	if len(j.c.partyOf) == 0 {
		return
	}
	type place struct {
		party int
		path  string
	}
	seen := map[place]bool{}
	found := func(a common.Address, path string) {
		party, denied := j.c.partyOf[a]
		if denied && !seen[place{party, path}] {
			seen[place{party, path}] = true
			j.add(CodeForbidden, path, denyHint, "deny names %s, who takes part in the transaction", j.say(a))
		}
	}
	j.every(func(c *abi.Call) {
		found(c.To, c.Path)
		addresses(c.Args, func(a common.Address) { found(a, c.Path) })
	})
	for i := range j.f.Effects {
		e := &j.f.Effects[i]
		for _, a := range [...]common.Address{e.Target, e.From, e.To, e.Asset.Token} {
			found(a, e.Path)
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
	for _, i := range j.c.allowAt.about(c.To, anyWord, sendWord, c.Function) {
		r := &j.c.allow[i]
		if !j.work.spend(1) {
			return // which is said once
		}
		if !r.safes.has(j.f.Safe) || !r.means(c) {
			continue
		}
		why := r.exceeded(c, &j.work)
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
func (r *rule) exceeded(c *abi.Call, w *work) string {
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
		if a := &r.args[i]; !a.holds(c.Args, w) {
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
