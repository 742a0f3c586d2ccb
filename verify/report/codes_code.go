package report

// codeCodes are about which function is called and which code answers.
var codeCodes = []Code{
	{
		Name: "SELECTOR_IS_NOT_BEHAVIOUR", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction, Techniques: []string{"A01", "F14"},
		Meaning:  "the function name comes from a selector only; what the code does is not known",
		Why:      "A selector is four bytes of the hash of a name. Any contract may answer to it with any behaviour, so the name says what the author wants you to read.",
		Incident: bybit + ": the selector of transfer(address,uint256) reached code that wrote its first argument into slot 0.",
		Do:       "Look at the target and not at the name. If the target's code is not known to you, the call is not known to you.",
	},
	{
		Name: "SELECTOR_AMBIGUOUS", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction, Techniques: []string{"F14"},
		Meaning:  "several registered names share this selector",
		Why:      "Four bytes are cheap to match: names with a chosen selector can be made and registered by anybody. A database may then show the harmless one of two names.",
		Evidence: "join_tg_invmru_haha_fd06787(address,bool) has the selector of transfer(address,uint256), 0xa9059cbb.",
		Do:       "Find out from the target's authors which function it has.",
	},
	{
		Name: "UNKNOWN_SELECTOR", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"A02"},
		Meaning:  "no name is known for the selector, or the call carries another one that is not opened: the call cannot be read",
		Why:      "What cannot be read cannot be checked. Called on the Safe itself it is critical, because the Safe obeys itself in everything.",
		Incident: wazirx + ": the payload called selector 0x804e1f0a, which no table knows. " + ionic + ": an admin call that no table knows listed a counterfeit token as collateral.",
		Do:       "Get the contract's ABI from its authors, not from the proposal, and name the function in the intent.",
		Declare:  "With an action that names the function, such as " + asCall("<the contract>", "setFee(uint256)", "<fee>") + "; its arguments are encoded again and compared to the byte.",
	},
	{
		Name: "UNREVIEWED_FUNCTION", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning:  "the function is known by a published package and read in full; what it does nobody here has looked at",
		Why:      "Names and arguments of thousands of functions are known from the packages that declare them. That a call can be read does not make it harmless: an admin function of a protocol reads as well as a deposit.",
		Incident: ionic + ": an admin call listed a counterfeit token as collateral.",
		Do:       "Find out from the contract's authors what the function does and to whom, and name it in the intent.",
		Declare:  "With an action that names the function, such as " + asCall("<the contract>", "setFee(uint256)", "<fee>") + ".",
	},
	{
		Name: "POSSIBLE_INNER_CALL", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction,
		Meaning:  "bytes among the arguments would be the calldata of a function that gives control away",
		Why:      "Whether anybody makes that call, in whose name and on which chain, does not stand in the bytes: the function around them decides it. Initializers of proxies and messages for other chains carry such calls honestly.",
		Evidence: "Of 1,379 real payloads 13 carry such bytes: proposals of the OP Stack that send an upgrade or a handover to another chain (depositTransaction). None is a false alarm.",
		Do:       "Find out what the function does with the bytes. If it makes the call, judge it like one of your own.",
	},
	{
		Name: "CONTRACT_CREATION", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"A11"},
		Meaning: "the call deploys code (CreateCall performCreate, performCreate2)",
		Why:     "New code comes into being, by delegatecall in the Safe's own name: whatever trusts contracts made by the Safe trusts this one. What the code does does not stand in the call in readable form.",
		Do:      "Have the code reviewed, and compare its hash with the reviewed one, before it is deployed in the Safe's name.",
		Declare: "`deploy: {via: \"<CreateCall>\", code: 0x6001, operation: call}`, with the whole code.",
	},
	{
		Name: "TARGET_CODE_MUTABLE", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction, Techniques: []string{"H03"},
		Meaning:  "the target is a proxy, metamorphic or EIP-7702 account: it can change between signing and execution",
		Why:      "You judge the code of today, and the transaction meets the code of the day when it is executed. Whoever can change it decides what your signature does.",
		Incident: tornado + ": the code of an approved proposal was destroyed and made anew at the same address, with another content, before it was executed.",
		Do:       "Find out who can change the code, and have the transaction executed soon after it is signed.",
	},
}
