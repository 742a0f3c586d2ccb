package report

// signingCodes are about the making of a signature, when everything else agrees.
var signingCodes = []Code{
	{
		Name: "JOURNAL_MISSING", Severity: Critical, Stage: StageJournal, Scope: ScopeTransaction,
		Meaning: "a signature was asked for, and this machine has no journal",
		Why:     "Without a record of what was signed before, one nonce can be signed twice: it failed, sign again. Whoever collects both signatures chooses which of the two is executed.",
		Do:      "Make a journal once (coldsign journal init). If there was one, find out where it went before anything is signed.",
	},
	{
		Name: "OWNERS_UNKNOWN", Severity: Critical, Stage: StageSignatures, Scope: ScopeTransaction,
		Meaning: "a signature was asked for, or signatures were collected, and nobody has said who the owners are",
		Why:     "A signature by a key that is no owner approves nothing there, and may approve something elsewhere. Whether a key may sign can only be said of owners that are known from somewhere else than the proposal.",
		Do:      "Write the owners into your policy, or give them with --owners, as the Safe's getOwners() returns them.",
	},
	{
		Name: "NESTED_SIGNATURE_IMPOSSIBLE", Severity: Critical, Stage: StageSignatures, Scope: ScopeTransaction,
		Meaning: "the owners of a Safe that is an owner cannot sign for it in this way",
		Why:     "What the owners of a nested Safe sign depends on the versions and the fallback handlers of both Safes. A signature in the wrong form is refused by the chain, or, where the versions were confused, counts for something else.",
		Do:      "Let the nested Safe approve the hash on chain: a transaction of its own that calls approveHash (the action approve-hash of an intent).",
	},
	{
		Name: "CONFIRMATION_FAILED", Severity: Critical, Stage: StageSign, Scope: ScopeTransaction,
		Meaning: "the person at the terminal did not confirm what the device shows",
		Why:     "The characters that are asked for stand on the device only if it shows the same transaction. In Bybit and WazirX the screen showed one transaction and the device another; comparing them is the last chance to see it.",
		Do:      "Do not sign. Find out whether it was a typing error or whether the device shows another hash; if it does, stop everything and tell the other signers.",
	},
}
