package catalogue

// Role says what a published contract is for. The zero value is unknown.
type Role uint8

// The roles. The comment says how a Safe meets the contract.
const (
	RoleUnknown            Role = iota
	RoleSingleton               // the code behind a Safe
	RoleSingletonL2             // the same, with events for chains without traces
	RoleProxyFactory            // called to create a Safe
	RoleMultiSend               // delegatecalled; its entries may delegatecall
	RoleMultiSendCallOnly       // delegatecalled; its entries only call
	RoleSignMessageLib          // delegatecalled; approves a message for ERC-1271 for good
	RoleCreateCall              // called or delegatecalled; deploys a contract
	RoleFallbackHandler         // answers calls that the Safe does not know, ERC-1271 too
	RoleMigration               // delegatecalled; replaces the singleton by one that is fixed in it
	RoleToL2Migration           // delegatecalled; replaces the singleton by an argument
	RoleToL2Setup               // delegatecalled in setup; replaces the singleton by an argument
	RoleSimulateTxAccessor      // delegatecalled in a simulation that reverts
	RoleModule                  // may execute from the Safe without signatures once enabled
	RoleModuleSetup             // delegatecalled in setup; enables modules
	RoleSigner                  // an owner whose signature is a passkey's
	RoleSignerFactory           // called to create such an owner
	RoleSignatureVerifier       // checks a curve for such an owner
)

var roleNames = [...]string{
	"unknown", "singleton", "singleton-l2", "proxy-factory", "multisend", "multisend-call-only", "sign-message-lib",
	"create-call", "fallback-handler", "migration", "to-l2-migration", "to-l2-setup", "simulate-tx-accessor", "module",
	"module-setup", "signer", "signer-factory", "signature-verifier",
}

// String returns the word used in reports and tables.
func (r Role) String() string {
	if int(r) >= len(roleNames) {
		return roleNames[RoleUnknown]
	}
	return roleNames[r]
}

func parseRole(word string) Role {
	for i, n := range roleNames {
		if n == word {
			return Role(i)
		}
	}
	return RoleUnknown
}
