package report

// messageCodes are about what is signed without being a Safe transaction.
var messageCodes = []Code{
	{
		Name: "EIP1271_MESSAGE", Severity: Notice, Stage: StageRisk, Scope: ScopeMessage, Techniques: []string{"D07"},
		Meaning: "what is signed is a SafeMessage: no Safe nonce limits it (what it says decides how severe it is)",
		Why:     "A message of the Safe is valid as often and as long as its reader accepts it, and no later transaction of the Safe revokes it.",
		Do:      "Read what the message says, and to whom it says it.",
	},
	{
		Name: "OFFCHAIN_PERMIT", Severity: Critical, Stage: StageRisk, Scope: ScopeMessage, Declarable: true, Techniques: []string{"D07"},
		Meaning:  "an ERC-2612 Permit or Permit2 typed message: a spending right without a transaction",
		Why:      "The signature alone lets the spender take the tokens. It costs no gas, stands in no history and uses no nonce of the Safe, so nothing is seen until the money is gone.",
		Incident: spWETH + ": taken with one signed permit. 56.7 % of the large retail losses of 2024 were by permits (as reported).",
		Do:       "Do not sign a permit that you did not ask for. Approve the exact amount by a transaction of the Safe instead.",
		Declare:  noMessageAction,
	},
	{
		Name: "EIP1271_BLANKET_SIGNATURE", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"A12"},
		Meaning: "SignMessageLib marks a message as signed by the Safe, permanently",
		Why:     "The message stays signed for ever, and an empty signature is enough to use it. An order or a permit in it can be used at any later time, and there is no way back.",
		Do:      "Decode the message before anything else. Prefer a message that the owners sign off chain, with an end of validity.",
		Declare: "`sign-message: {library: \"<SignMessageLib>\", text: \"<the text>\"}`; Safes up to 1.2.0 sign themselves, with `library: none`.",
	},
	{
		Name: "OPAQUE_MESSAGE", Severity: High, Stage: StageRisk, Scope: ScopeMessage, Declarable: true, Techniques: []string{"A12"},
		Meaning:  "only the hash of the message is known",
		Why:      "A hash can be a login, an order, a permit or the transaction of another Safe. Whoever signs it signs in blank.",
		Incident: openSea + ": orders that were left mostly blank had been signed off chain, and were filled in and used weeks later.",
		Do:       "Demand the message in readable form, recompute its hash and compare.",
		Declare:  noMessageAction,
	},
	{
		Name: "MESSAGE_IS_TX_HASH", Severity: Critical, Stage: StageRisk, Scope: ScopeMessage, Declarable: true, Techniques: []string{"E16"},
		Meaning: "a \"message\" or login whose bytes are a live safeTxHash (or its pre-image)",
		Why:     "An owner who signs these bytes as a message has signed the transaction: with eth_sign the two are the same signature, and a contract owner approves it the same way.",
		Do:      "Do not sign. No login asks for 32 bytes of hash; look at the transaction that has it.",
		Declare: noMessageAction,
	},
	{
		Name: "ERC4337_USEROP", Severity: High, Stage: StageRisk, Scope: ScopeMessage, Declarable: true, Techniques: []string{"E17"},
		Meaning: "a SafeOp is signed: its callData is a transaction of the Safe and is to be judged as one",
		Why:     "The module executes callData as the Safe, delegatecalls included, under its own nonce and its own domain. The Safe's transaction hash does not appear anywhere.",
		Do:      "Read target, value, data and operation inside callData, and who pays for the gas.",
		Declare: noMessageAction,
	},
	{
		Name: "NO_EXPIRY", Severity: Notice, Stage: StageRisk, Scope: ScopeMessage, Techniques: []string{"E17"},
		Meaning: "the payload has no end of validity (validUntil 0)",
		Why:     "Zero means for ever: whoever holds the signature can use it at the worst moment.",
		Do:      "Ask for the same payload with an end of validity.",
	},
	{
		Name: "EIP7702_AUTHORIZATION", Severity: Critical, Stage: StageRisk, Scope: ScopeMessage, Declarable: true, Techniques: []string{"E18"},
		Meaning: "an owner EOA delegates its code",
		Why:     "From then on the account runs that code whenever it is called: a sweeper empties it, and code that signs for it makes the owner's vote somebody else's. No Safe transaction needs it.",
		Do:      "Do not sign. If a wallet asks for it, find out from the wallet's authors which code it delegates to.",
		Declare: noMessageAction,
	},
	{
		Name: "CHAIN_ID_ZERO", Severity: Critical, Stage: StageRisk, Scope: ScopeMessage, Declarable: true, Techniques: []string{"E18"},
		Meaning: "an authorization for chain id 0: valid on every chain",
		Why:     "Chain id 0 means all chains. One signature hands the account over everywhere, also on chains where you never looked.",
		Do:      "Do not sign.",
		Declare: noMessageAction,
	},
	{
		Name: "SMART_ACCOUNT_BATCH", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"E19"},
		Meaning:  "a smart account is told to act in its own name (execute, executeBatch, executeUserOp): the calls inside must be opened",
		Why:      "Approvals and transfers stand in the bytes of one call of the account to itself, which screens show as execute and no more.",
		Incident: batch7702 + ": batches on false swap pages held approvals and transfers.",
		Do:       "Read each call inside. Refuse what is not opened.",
		Declare:  asCall("<the account>", "execute(bytes32,bytes)", "<mode>", "<the batch>") + "; findings inside the batch stay.",
	},
}
