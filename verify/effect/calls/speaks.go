package calls

import (
	"strings"

	"github.com/coldsign/coldsign/abi"
)

// speaksOfControl reports whether a function that has no reader says by its name that it
// gives somebody power over the contract: it sets or adds an owner, an admin, a role, a
// minter, an implementation, and takes an address. The tables know thousands of functions
// of which nothing but the name is known here; that a name can be read must not make the
// call look harmless. A wrong guess costs a word of the intent.
func speaksOfControl(c *abi.Call) bool {
	name, _, _ := strings.Cut(c.Function, "(")
	name = strings.ToLower(strings.TrimLeft(name, "_"))
	verb := func(v string) bool { return strings.HasPrefix(name, v) }
	if !anyOf(controlVerbs, verb) || !anyOf(controlNouns, func(n string) bool { return strings.Contains(name, n) }) {
		return false
	}
	return anyOf(c.Args, holdsAddress)
}

var controlVerbs = []string{
	"set", "add", "update", "grant", "transfer", "change", "nominate", "propose", "appoint", "authorize", "authorise",
	"allow", "enable", "register", "toggle", "configure", "commit", "assign", "approve", "upgrade", "replace",
}

var controlNouns = []string{
	"owner", "admin", "operator", "minter", "govern", "guardian", "pauser", "keeper", "role", "executor", "authority",
	"authorizer", "implementation", "impl", "controller", "strategist", "registrator", "appointee", "permission",
	"authorized", "whitelister", "signer", "manager", "curator", "rescuer", "forwarded", "deputy", "beacon", "upgradeto",
}

func holdsAddress(v abi.Value) bool { return v.Type == "address" || anyOf(v.Elems, holdsAddress) }

func anyOf[T any](list []T, is func(T) bool) bool {
	for _, v := range list {
		if is(v) {
			return true
		}
	}
	return false
}
