package report

// signatureCodes are about who signed what, and about the nonce.
var signatureCodes = []Code{
	{
		Name: "SIGNATURE_NOT_BY_CLAIMED_OWNER", Severity: Critical, Stage: StageSignatures, Scope: ScopeTransaction, Techniques: []string{"E01", "G19"},
		Meaning:  "over the recomputed hash the signature does not recover to the owner it is filed under",
		Why:      "The owner signed something, but not this. With the same nonce it means that somebody showed him this transaction and had another one signed.",
		Incident: bybit + ": the service's record of the harmless payment held three signatures that recover only over the malicious hash; the first lay there 8 hours 31 minutes before the theft. " + wazirx + ": a failed transfer minutes before carried an owner's signature for the malicious hash.",
		Do:       "Stop everything. Ask the named owners over another channel what their devices showed, and let nobody sign or execute anything with this nonce.",
	},
	{
		Name: "SIGNER_NOT_OWNER", Severity: Critical, Stage: StageSignatures, Scope: ScopeTransaction,
		Meaning: "a recovered signer is not an owner by policy or snapshot",
		Why:     "The signature is real, but its signer is none of the Safe's owners. Either the list of owners is old, or the signature was made over another hash, which then recovers to a random address.",
		Do:      "Compare the owners with your records. If they are right, ask who added this signature.",
	},
	{
		Name: "MALFORMED_SIGNATURE", Severity: Critical, Stage: StageSignatures, Scope: ScopeTransaction, Techniques: []string{"E08"},
		Meaning: "unsorted, duplicated, trailing or truncated signature bytes, or offsets that point astray",
		Why:     "The Safe reads only the first signatures that it needs and ignores the rest, and a contract signature can point anywhere in the bytes. A collection that looks complete can count for less, or hide something.",
		Do:      "Have the signatures collected again, each by itself, and merged by the wallet.",
	},
	{
		Name: "SIGNATURES_MISSING", Severity: Critical, Stage: StageSignatures, Scope: ScopeTransaction,
		Meaning: "signatures were collected, and fewer count than the threshold asks for",
		Why:     "The Safe reverts (GS020) if it gets fewer signatures than its threshold. A signature that is by no owner, over another hash or of an owner who has signed already does not count, however complete the collection looks.",
		Do:      "Ask the owners who are named as missing. If one of them says that he has signed, he signed something else: compare what his device showed.",
	},
	{
		Name: "NONCANONICAL_SIGNATURE", Severity: High, Stage: StageSignatures, Scope: ScopeTransaction, Techniques: []string{"E12"},
		Meaning: "well-formed but unusual: high-s, or the 64-byte EIP-2098 form (which Safe does not understand)",
		Why:     "No wallet writes such a signature. The Safe accepts a high s, so that one signer has two valid signatures, and cannot read the 64-byte form at all.",
		Do:      "Ask the signer with which program it was made, and have it made again.",
	},
	{
		Name: "CONTRACT_SIGNATURE_UNVERIFIED", Severity: Notice, Stage: StageSignatures, Scope: ScopeTransaction, Techniques: []string{"E08"},
		Meaning: "v=0: an ERC-1271 signature that cannot be checked offline",
		Why:     "Whether it is valid is answered by the owner's contract on the chain. Offline it proves nothing, so it counts as none.",
		Do:      "Ask the people behind that contract over another channel, and count the other signatures.",
	},
	{
		Name: "UNVERIFIABLE_SIGNATURE", Severity: Notice, Stage: StageSignatures, Scope: ScopeTransaction, Techniques: []string{"E09"},
		Meaning:  "v=1: valid only if approved on chain or sent by that owner; it never counts offline",
		Why:      "Anybody can write such a signature: it names an owner and holds no cryptography. It is valid only if that owner approved the hash on chain or sends the transaction himself.",
		Incident: wazirx + ": the fourth signature was of this form, by the account that sent the transaction.",
		Do:       "Count the other signatures only, and ask that owner over another channel.",
	},
	{
		Name: "ETH_SIGN_BLIND", Severity: Notice, Stage: StageSignatures, Scope: ScopeTransaction, Techniques: []string{"E10"},
		Meaning:  "v=31/32: the device showed a 32-byte hash only",
		Why:      "The signer saw a hash and no field of the transaction, so his signature says only that he trusted whoever showed it to him.",
		Incident: bybit + ", and " + wazirx + ": all ECDSA signatures were of this form.",
		Do:       "Compare the hash on the device with the safeTxHash of this report. Have devices sign typed data, which shows at least the two halves of the hash.",
	},
	{
		Name: "NONCE_CONFLICT", Severity: High, Stage: StageJournal, Scope: ScopeTransaction, Techniques: []string{"E02"},
		Meaning:  "another hash is proposed or already signed for this Safe and nonce, or the file contradicts what was given",
		Why:      "Of two transactions with one nonce only one is ever executed, and whoever collects the signatures chooses which. A first signature that 'failed' may have been the theft.",
		Incident: bybit + ": two hashes for nonce 71, one shown and one signed. " + radiant + ": transactions that seemed to fail made the signers sign again.",
		Do:       "Ask which of the two is meant and why there are two. Treat a transaction that failed after it was signed as signed.",
		Declare:  "Only that it takes the place of one that was approved here before: `replaces: \"<safeTxHash>\"` in the head of the intent. Two in one file, and one that the file contradicts, cannot be declared.",
	},
	{
		Name: "NONCE_GAP", Severity: High, Stage: StageJournal, Scope: ScopeTransaction, Techniques: []string{"E13"},
		Meaning: "the nonce is far above the current one",
		Why:     "Such a transaction cannot be executed now. It lies ready until the nonce is reached, when nobody remembers it, and balances and owners are others.",
		Do:      "Ask for the next free nonce. If a later one is really meant, write down what is signed.",
	},
}
