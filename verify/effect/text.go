package effect

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Speaker writes addresses and amounts for a person. Words uses it for every
// value, so that one value is written in one way everywhere.
type Speaker interface {
	Address(a common.Address) string
	Amount(a Asset, n *uint256.Int) string // with the unit, where it is known from a trusted source
}

// Words says in plain words what the effect is. It says "looks like" where the
// call is no fact.
func (e Effect) Words(s Speaker) string {
	text := e.words(s)
	if !e.Fact {
		return "looks like: " + text
	}
	return text
}

func (e Effect) words(s Speaker) string {
	if e.Kind == Transfer {
		return e.transfer(s)
	}
	to, from, target := s.Address(e.To), s.Address(e.From), s.Address(e.Target)
	switch e.Kind {
	case Approve:
		return "allow " + to + " to spend " + s.Amount(e.Asset, e.Amount)
	case ApproveAll:
		return "allow " + to + " to move every token of " + target
	case OwnerAdded:
		return "add owner " + to + " with threshold " + dec(e.Threshold) + " to " + target
	case OwnerRemoved:
		return "remove owner " + from + " with threshold " + dec(e.Threshold) + " from " + target
	case OwnerReplaced:
		return "replace owner " + from + " by " + to + " in " + target
	case ThresholdChanged:
		return "set the threshold of " + target + " to " + dec(e.Threshold)
	case ModuleEnabled:
		return "enable module " + to + " in " + target
	case ModuleDisabled:
		return "disable module " + from + " in " + target
	case GuardChanged:
		return "set the transaction guard of " + target + " to " + to
	case ModuleGuardChanged:
		return "set the module guard of " + target + " to " + to
	case FallbackHandlerChanged:
		return "set the fallback handler of " + target + " to " + to
	case ImplementationChanged:
		if e.To == (common.Address{}) {
			return "replace the code behind " + target
		}
		return "replace the code behind " + target + " by the code at " + to
	case OwnershipTransferred:
		return "hand ownership of " + target + " to " + to
	case RoleGranted:
		return "grant role " + word(e.ID) + " on " + target + " to " + to
	case RoleRevoked:
		return "revoke role " + word(e.ID) + " on " + target + " from " + from
	}
	return e.otherWords(s, to, target)
}

func (e Effect) otherWords(s Speaker, to, target string) string {
	switch e.Kind {
	case DelegateCalled:
		return "RUN THE CODE AT " + target + " with all rights of " + s.Address(e.Actor) + " (delegatecall)"
	case ContractCreated:
		if e.Amount != nil && !e.Amount.IsZero() {
			return "create a contract through " + target + " and give it " + s.Amount(Asset{Standard: Native}, e.Amount)
		}
		return "create a contract through " + target
	case SafeCreated:
		return "create a Safe with the code at " + to
	case MessageSigned:
		return "mark a message as signed by " + s.Address(e.Actor) + ", permanently"
	case HashApproved:
		return "approve hash " + word(e.ID) + " in the Safe at " + target
	case NestedExecution:
		return "make the Safe at " + target + " execute the call inside"
	case AllowanceGranted:
		return "give " + to + " a standing right to spend " + s.Amount(e.Asset, e.Amount)
	case FallbackMethodChanged:
		return "let " + to + " answer one method for " + target
	case DomainVerifierChanged:
		return "let " + to + " judge signatures of one domain for " + target
	case GasRefund:
		return "pay up to " + s.Amount(e.Asset, e.Amount) + " for gas to " + to
	case Rejection:
		return "do nothing, and use up the nonce (rejection)"
	case Call:
		return "call " + e.Function + " at " + target + e.sending(s)
	case OpaqueCall:
		return "call " + target + " with data that cannot be read" + e.sending(s)
	}
	return "something that cannot be named"
}

func (e Effect) transfer(s Speaker) string {
	what := s.Amount(e.Asset, e.Amount)
	if e.ID != nil {
		what = "token " + e.ID.Dec() + " of " + s.Address(e.Asset.Token)
		if e.Amount != nil {
			what = e.Amount.Dec() + " of " + what
		}
	}
	if e.From != e.Actor {
		return "move " + what + " from " + s.Address(e.From) + " to " + s.Address(e.To)
	}
	return "send " + what + " to " + s.Address(e.To)
}

func (e Effect) sending(s Speaker) string {
	if e.Value == nil || e.Value.IsZero() {
		return ""
	}
	return " sending " + s.Amount(Asset{Standard: Native}, e.Value)
}

func dec(n *uint256.Int) string {
	if n == nil {
		return "?"
	}
	return n.Dec()
}

func word(n *uint256.Int) string {
	if n == nil {
		return "?"
	}
	return common.Hash(n.Bytes32()).Hex()
}
