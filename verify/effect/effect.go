// Package effect is the one vocabulary of what a transaction does: who acts, on
// what, with which amount, for whose benefit. Effects are derived from a call
// tree (package effect/calls), from a simulation, or declared by an intent; the
// three are compared in these words and shown in these words.
//
// The package decides nothing and reads nothing. A zero Effect is of unknown
// kind and matches no intent.
package effect

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Kind says what changes. The zero value is unknown: something happens and
// nobody can say what.
type Kind uint8

// The kinds. Their names in reports are given by String and are stable.
const (
	Unknown                Kind = iota
	Transfer                    // native or token leaves From for To
	Approve                     // Spender (To) may move Amount of Asset of From
	ApproveAll                  // operator (To) may move every token of Asset
	OwnerAdded                  // To becomes an owner; Threshold is set
	OwnerRemoved                // From stops being an owner; Threshold is set
	OwnerReplaced               // From is replaced by To as owner
	ThresholdChanged            // Threshold is set
	ModuleEnabled               // To may act for the Safe without signatures
	ModuleDisabled              // From stops being a module
	GuardChanged                // To is the new transaction guard (zero: removed)
	ModuleGuardChanged          // To is the new module guard (zero: removed)
	FallbackHandlerChanged      // To is the new fallback handler
	ImplementationChanged       // the code behind Target becomes To (zero: not stated in the call)
	OwnershipTransferred        // Target gets the new owner or admin To
	RoleGranted                 // To gets role ID on Target
	RoleRevoked                 // From loses role ID on Target
	DelegateCalled              // code at Target runs with the rights and storage of Actor
	ContractCreated             // code is created
	SafeCreated                 // a Safe proxy with singleton To is created
	MessageSigned               // a message becomes signed by the Safe, permanently
	HashApproved                // the Safe approves hash ID as owner of Target
	NestedExecution             // another Safe (Target) executes a transaction
	AllowanceGranted            // To may spend Amount through the allowance module
	FallbackMethodChanged       // To answers for one method of Target
	DomainVerifierChanged       // To judges EIP-1271 signatures of one domain for Target
	GasRefund                   // To, or whoever executes (zero), is paid at most Amount for gas
	OrderSigned                 // an order whose content does not stand in the call becomes valid
	Minted                      // Amount of Asset comes into being for To
	Burned                      // Amount of Asset of From is destroyed
	SignerConfigured            // the key behind the signer contract Target, an owner of Actor, is set anew
	ControlChanged              // another rule of Target changes: a delay, a guardian, a quorum, a pause
	OwnershipOffered            // To becomes owner or admin of Target once it accepts
	RoleWidened                 // whoever holds role ID on Target may call To from then on
	OwnersRecovered             // To is one of the owners that replace all others of Target
	VaultWithdrawn              // Amount (shares or assets) of From leaves the vault Target for To
	Bridged                     // Asset of From leaves for To on another chain
	Simulated                   // Target runs the code at To with its own storage, then reverts
	Rejection                   // an empty call of the Safe to itself: the nonce is used up
	Call                        // a readable call without a more special kind
	OpaqueCall                  // a call whose selector nobody knows, or whose arguments cannot be read
	kindCount
)

var kindNames = [kindCount]string{"unknown", "transfer", "approve", "approve-all", "owner-added", "owner-removed", "owner-replaced",
	"threshold-changed", "module-enabled", "module-disabled", "guard-changed", "module-guard-changed", "fallback-handler-changed",
	"implementation-changed", "ownership-transferred", "role-granted", "role-revoked", "delegatecall", "contract-created",
	"safe-created", "message-signed", "hash-approved", "nested-execution", "allowance-granted", "fallback-method-changed", "domain-verifier-changed", "gas-refund", "order-signed",
	"minted", "burned", "signer-configured", "control-changed", "ownership-offered", "role-widened",
	"owners-recovered", "vault-withdrawn", "bridged", "simulated", "rejection", "call", "opaque-call"}

// String returns the stable name of the kind.
func (k Kind) String() string {
	if k >= kindCount {
		return kindNames[Unknown]
	}
	return kindNames[k]
}

// Standard says how an asset is moved.
type Standard uint8

// The standards; the zero value is unknown.
const (
	StandardUnknown Standard = iota
	Native                   // the chain's own currency, in wei
	ERC20                    // fungible, in base units of the token
	ERC721                   // one token by ID
	ERC1155                  // Amount of token ID
)

var standardNames = [...]string{"unknown", "native", "erc20", "erc721", "erc1155"}

// String returns "native", "erc20", "erc721", "erc1155" or "unknown".
func (s Standard) String() string {
	if int(s) >= len(standardNames) {
		return standardNames[0]
	}
	return standardNames[s]
}

// Asset names what moves. Token is zero for Native.
type Asset struct {
	Standard Standard
	Token    common.Address
}

// Effect is one thing that a transaction does.
type Effect struct {
	Kind   Kind
	Path   string         // path of the call that has the effect, "" for the root (package abi)
	Fact   bool           // true if the call reaches its target by containers at known addresses only; else it may not happen as shown
	Actor  common.Address // the account in whose name the call is made: the Safe, or a contract between
	Target common.Address // the contract that is called or changed

	Asset     Asset
	From, To  common.Address // see Kind
	Amount    *uint256.Int   // base units; nil where it does not apply
	ID        *uint256.Int   // token id, role or hash; nil where it does not apply
	Threshold *uint256.Int   // new threshold; nil where it does not apply
	Before    Before         // what it was, where that is known
	Function  string         // signature of the call, "" if unknown
	Value     *uint256.Int   // wei sent along with the call; zero where another effect of the call says it, nil for a delegatecall
	Data      []byte         // calldata of the call
}
