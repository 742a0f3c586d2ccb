package report

// claimCodes are about what the file says of itself: hashes, decodes, types.
var claimCodes = []Code{
	{
		Name: "DECODED_HINT_MISMATCH", Severity: High, Stage: StageDecode, Scope: ScopeInput, Techniques: []string{"G11"},
		Meaning: "the file's own decode (dataDecoded, contractMethod, contractInputsValues) contradicts data or to",
		Why:     "Web pages show the file's own decode, and nothing binds it to the bytes that are signed. A file can say deposit and carry a transfer.",
		Do:      "Trust no screen that showed this decode. Read the decoded call in this report, and ask who wrote the file.",
		Declare: "It cannot be declared: the file speaks falsely of its own bytes.",
	},
	{
		Name: "HASH_MISMATCH", Severity: Critical, Stage: StageHash, Scope: ScopeInput, Techniques: []string{"E03", "E04"},
		Meaning: "the claimed safeTxHash / contractTransactionHash differs from the recomputed one",
		Why:     "The fields of the file do not give the hash that the file claims, so the file shows one transaction and asks for the signature of another. If the fields are right, chain, address or version of the Safe are not what was given.",
		Do:      "Do not compare the device with the claimed hash. Check chain, Safe and version from your own records first; if they are right, the file was changed.",
	},
	{
		Name: "TYPED_DATA_NOT_CANONICAL", Severity: Critical, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"E14"},
		Meaning: "typed data with another primaryType, extra, missing or reordered SafeTx fields, or extra domain fields",
		Why:     "The types decide the hash, and signers ignore what the types do not name. So a file can show the ten fields of a Safe transaction and have something else signed.",
		Do:      "Do not sign. Only the exact types of the Safe contracts are a Safe transaction; have the typed data made by the wallet again.",
	},
	{
		Name: "HASH_ONLY_PAYLOAD", Severity: Critical, Stage: StageParse, Scope: ScopeInput,
		Meaning:  "only hashes were given: an EIP-712 digest that cannot be read",
		Why:      "66 bytes that begin with 0x1901 can be a Safe transaction, a permit, an order or a login: domain and content are hashes, and nobody can read them. A signature over them is a signature in blank.",
		Incident: "Drift (Solana, no Safe), 2026, 285 million USD: at least two members of the council signed without being able to read what they signed (as reported).",
		Do:       "Ask for the transaction itself: to, value, data, operation, gas fields and nonce.",
	},
	{
		Name: "METHOD_NOT_ENCODABLE", Severity: Critical, Stage: StageParse, Scope: ScopeInput,
		Meaning: "the Transaction Builder would silently send empty calldata, because its own encoder fails on the inputs",
		Why:     "The Transaction Builder logs the error where nobody looks and sends the call without data. It would then do nothing, or reach the target's fallback function, while the screen shows the method.",
		Do:      "Correct the inputs of the method in the batch file, or give the calldata itself as data.",
	},
}
