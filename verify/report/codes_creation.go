package report

// creationCodes are about Safes that come into being, and about other Safes that
// this one acts for.
var creationCodes = []Code{
	{
		Name: "SAFE_CREATION", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"B14", "B15"},
		Meaning: "a new Safe is created through a proxy factory",
		Why:     "Owners, threshold, code and handler of the new Safe stand in the bytes of its initializer. Whoever writes them owns what is sent there later.",
		Do:      "Check owners, threshold, implementation and fallback handler of the new Safe before anything is sent to it.",
		Declare: asCall("<the factory>", "createProxyWithNonce(address,bytes,uint256)", "<the implementation>", "<the setup call>", "<salt>") + ".",
	},
	{
		Name: "SETUP_DELEGATECALL", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"B14"},
		Meaning:  "the initializer's setup() carries to/data: a delegatecall at creation",
		Why:      "setup runs this code with all rights of the new Safe before any owner can look. It can enable a hidden module and leave a Safe that looks like every other one. The one such call that Safe's own tools make, to SafeToL2Setup, is known and not reported.",
		Evidence: "OpenZeppelin described it as a backdoor of Safe wallets.",
		Do:       "Do not use the new Safe unless this code was reviewed. After creation look at its modules.",
		Declare:  "The creation, with exactly this initializer: " + asCall("<the factory>", "createProxyWithNonce(address,bytes,uint256)", "<the implementation>", "<the setup call>", "<salt>") + ".",
	},
	{
		Name: "SETUP_PAYMENT", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "setup() pays paymentReceiver at creation",
		Why:     "The setup call can pay a stranger out of the new Safe in any token. The payment hides among eight arguments that most screens do not show.",
		Do:      "An honest creation pays nobody, or a relayer that you agreed with. Check receiver, token and amount.",
		Declare: "The creation, with exactly this initializer: " + asCall("<the factory>", "createProxyWithNonce(address,bytes,uint256)", "<the implementation>", "<the setup call>", "<salt>") + ".",
	},
	{
		Name: "UNKNOWN_SINGLETON", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"B15"},
		Meaning: "the new proxy's singleton is not a published Safe",
		Why:     "The proxy does whatever this code says. It can look like a Safe, with your owners and your threshold, and obey somebody else.",
		Do:      "Do not sign. Compare the implementation with the addresses that Safe published on this chain.",
		Declare: "The creation, with exactly this implementation: " + asCall("<the factory>", "createProxyWithNonce(address,bytes,uint256)", "<the implementation>", "<the setup call>", "<salt>") + ".",
	},
	{
		Name: "NESTED_SAFE_EXEC", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"B19"},
		Meaning: "a call to another Safe's execTransaction, or to a module's way into one; the transaction inside is judged too",
		Why:     "The Safe acts as an owner of another one, and the money is there. The outer line shows a call with ten arguments; the real transaction is in its bytes.",
		Do:      "Check the inner transaction as carefully as the outer one: target, value, data, operation and refund.",
		Declare: "`exec-nested: {signatures: own, intent: theirs.yaml}` with the intent of the other Safe, which declares what is inside too. A `call` with all arguments declares the outer call; findings inside stay, unless each call in it is named as function and arguments.",
	},
	{
		Name: "BLIND_HASH_APPROVAL", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"B20"},
		Meaning: "approveHash whose pre-image was not supplied",
		Why:     "approveHash makes this Safe an approving owner of whatever transaction of the other Safe has this hash. 32 bytes say nothing about what it is, and from 1.3.0 on the approval stays for good.",
		Do:      "Demand the inner transaction, check it as a file of its own, and compare the hash that it gives with this one.",
		Declare: "`approve-hash: {version: 1.4.1, intent: theirs.yaml}` names the intent of the other Safe, `proposal: theirs.json` in its place a proposal: the hash is computed from it, and it is judged like a transaction of its own. A `call` with a bare hash declares nothing.",
	},
}
