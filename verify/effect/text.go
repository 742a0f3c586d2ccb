package effect

import (
	"strings"

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

func (e Effect) approve(s Speaker, to string) string {
	if e.Asset.Standard == ERC721 && e.ID != nil {
		if e.To == (common.Address{}) {
			return "withdraw from everybody the right to move token number " + e.ID.Dec() + " of " + s.Address(e.Asset.Token)
		}
		return "allow " + to + " to move token number " + e.ID.Dec() + " of " + s.Address(e.Asset.Token)
	}
	through := ""
	if strings.Contains(e.Function, "uint160") {
		through = " through Permit2"
	}
	switch {
	case e.Amount == nil:
	case strings.HasPrefix(e.Function, "increase"):
		return "allow " + to + " to spend " + s.Amount(e.Asset, e.Amount) + " more than today"
	case e.Amount.IsZero():
		return "withdraw from " + to + " every right to spend token " + s.Address(e.Asset.Token) + through
	case e.Amount.Eq(unlimited):
		return "allow " + to + " to spend without limit from token " + s.Address(e.Asset.Token) + through + " (2^256-1 base units)"
	}
	return "allow " + to + " to spend " + s.Amount(e.Asset, e.Amount) + through
}

var unlimited = new(uint256.Int).SetAllOne()

func (e Effect) words(s Speaker) string {
	if e.Kind == Transfer {
		return e.transfer(s)
	}
	to, from, target := s.Address(e.To), s.Address(e.From), s.Address(e.Target)
	switch e.Kind {
	case Approve:
		return e.approve(s, to)
	case ApproveAll:
		return "allow " + to + " to move every token of " + target
	case OwnerAdded:
		return "add owner " + to + " to " + target + " and set the threshold" + e.threshold()
	case OwnerRemoved:
		return "remove owner " + from + " from " + target + " and set the threshold" + e.threshold()
	case OwnerReplaced:
		return "replace owner " + from + " by " + to + " in " + target
	case ThresholdChanged:
		return "set the threshold of " + target + e.threshold()
	case ModuleEnabled:
		if e.To == (common.Address{}) {
			return "enable modules in " + target + " that the call itself creates"
		}
		return "enable module " + to + " in " + target
	case ModuleDisabled:
		return "disable module " + from + " in " + target
	case GuardChanged:
		return "set the transaction guard of " + target + e.was(s) + " to " + to
	case ModuleGuardChanged:
		return "set the module guard of " + target + e.was(s) + " to " + to
	case FallbackHandlerChanged:
		return "set the fallback handler of " + target + e.was(s) + " to " + to
	case ImplementationChanged:
		if e.To == (common.Address{}) {
			return "replace the code behind " + target + e.was(s)
		}
		return "replace the code behind " + target + e.was(s) + " by the code at " + to
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
		return "mark a message as signed by " + target + ", permanently"
	case HashApproved:
		return "approve hash " + word(e.ID) + " in the Safe at " + target
	case NestedExecution:
		return "make the Safe at " + target + " execute the call inside"
	case AllowanceGranted:
		if e.Amount == nil {
			return "make " + to + " a delegate, who may spend what an allowance grants"
		}
		return "give " + to + " a standing right to spend " + s.Amount(e.Asset, e.Amount)
	case FallbackMethodChanged:
		if e.To == (common.Address{}) {
			return "change which methods are answered for " + target
		}
		return "let " + to + " answer one method for " + target
	case DomainVerifierChanged:
		return "let " + to + " judge signatures of one domain for " + target
	case GasRefund:
		if e.To == (common.Address{}) {
			to = "whoever executes"
		}
		return "pay up to " + s.Amount(e.Asset, e.Amount) + " for gas to " + to
	case OrderSigned:
		return "sign an order at " + target + " whose content does not stand in the call"
	case Minted:
		return "create " + s.Amount(e.Asset, e.Amount) + " for " + to
	case Burned:
		return "destroy " + s.Amount(e.Asset, e.Amount) + " of " + s.Address(e.From)
	case SignerConfigured:
		return "replace the key behind the signer " + target + ", an owner of " + s.Address(e.Actor)
	case ControlChanged:
		return "change a rule of control of " + target + " by " + e.Function
	case OwnershipOffered:
		if e.To == (common.Address{}) {
			return "withdraw an offer of ownership of " + target
		}
		return "offer ownership of " + target + " to " + to + ", who has it by accepting"
	case RoleWidened:
		return "let whoever holds role " + word(e.ID) + " on " + target + " call " + to
	case OwnersRecovered:
		switch {
		case e.To == (common.Address{}):
			return "replace all owners of " + target + " by those for whom the recovery was opened"
		case e.Threshold == nil:
			return "make " + to + " another of the new owners of " + target
		}
		return "replace all owners of " + target + "; " + to + " is one of the new ones, with threshold " + dec(e.Threshold)
	case VaultWithdrawn:
		return "take " + dec(e.Amount) + " (shares or assets, in base units) of " + s.Address(e.From) + " out of the vault " + target + " for " + to
	case Bridged:
		return "send " + s.Amount(e.Asset, e.Amount) + " to " + to + " on another chain" + e.through(s)
	case Simulated:
		return "run the code at " + to + " on the storage of " + target + ", then revert"
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
		return "move " + what + " from " + s.Address(e.From) + " to " + s.Address(e.To) + e.through(s)
	}
	return "send " + what + " to " + s.Address(e.To) + e.through(s)
}

// through names the contract that is told to move an asset, where it is neither the
// token nor the recipient: the money passes through its hands.
func (e Effect) through(s Speaker) string {
	if e.Target == e.Asset.Token || e.Target == e.To || e.Target == (common.Address{}) {
		return ""
	}
	return " through " + s.Address(e.Target)
}

// threshold says the new threshold, and the old one where it is known.
func (e Effect) threshold() string {
	if e.Before.Threshold != nil {
		return " from " + dec(e.Before.Threshold) + " to " + dec(e.Threshold)
	}
	return " to " + dec(e.Threshold)
}

// was says what account is replaced, where it is known.
func (e Effect) was(s Speaker) string {
	switch {
	case e.Before.Account == nil:
		return ""
	case *e.Before.Account == (common.Address{}):
		return " from none"
	}
	return " from " + s.Address(*e.Before.Account)
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
