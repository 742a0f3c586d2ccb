package report

// safeCodes are about which Safe on which chain is meant.
var safeCodes = []Code{
	{
		Name: "SAFE_VERSION_MISMATCH", Severity: Critical, Stage: StageHash, Scope: ScopeInput, Techniques: []string{"E04"},
		Meaning: "the hash or the file implies another Safe version than the trusted one (chainId domain or not)",
		Why:     "The version decides the hash rule: below 1.3.0 the domain has no chain id, below 1.0.0 a field has another name. Under a wrong version the hash on the device belongs to no transaction of this Safe, or to one that was not shown.",
		Do:      "Ask the Safe for VERSION() at a node you trust, and give the answer with --safe-version.",
	},
	{
		Name: "SAFE_ADDRESS_MISMATCH", Severity: Critical, Stage: StageHash, Scope: ScopeTransaction,
		Meaning: "verifyingContract is another Safe, often with the same owners",
		Why:     "A signature counts for the Safe in its domain. Owners who share several Safes can be made to sign for the rich one while they look at the poor one.",
		Do:      "Compare the Safe's address with your records, all 40 digits. If the file is for another Safe, find out who asks for it and why.",
	},
	{
		Name: "CHAIN_MISMATCH", Severity: Critical, Stage: StageHash, Scope: ScopeTransaction, Techniques: []string{"E07"},
		Meaning: "chainId differs from the address prefix, the policy or the runbook",
		Why:     "The same address is another contract on another chain, and may belong to somebody else there. A signature for the wrong chain is lost at best and used at worst.",
		Do:      "Find out from the ticket which chain is meant, and have the proposal made again if it is for another one.",
	},
	{
		Name: "UNSUPPORTED_SAFE_VERSION", Severity: High, Stage: StageHash, Scope: ScopeSafe, Techniques: []string{"E15"},
		Meaning: "a version whose hash rule is not known",
		Why:     "Hash rule and behaviour changed with the versions of the Safe contracts. A rule that is guessed gives a hash that may be right by accident, or for another Safe.",
		Do:      "Ask the Safe for VERSION(). If it is really that version, no tool that assumes another one can check it: move the funds to a published version first.",
	},
	{
		Name: "SIGNATURE_NOT_CHAIN_BOUND", Severity: Notice, Stage: StageRisk, Scope: ScopeSafe, Techniques: []string{"E05"},
		Meaning:  "the Safe is below 1.3.0: the same signature is valid on every chain where a Safe of this address exists",
		Why:      "Below 1.3.0 the domain holds no chain id. That is a property of the Safe and no news about this transaction, so it is said once.",
		Incident: bybit + ": the Safe was of version 1.1.1 and had this property; the theft did not need it.",
		Do:       "Nothing for this transaction. A migration of the Safe to 1.3.0 or later ends it.",
	},
}
