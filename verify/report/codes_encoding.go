package report

// encodingCodes are about calldata that two readers could read differently.
var encodingCodes = []Code{
	{
		Name: "NONCANONICAL_ABI", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F07", "F08", "F10"},
		Meaning:  "arguments that do not re-encode to the same bytes: dirty bits, out-of-range values, odd offsets, shared tails",
		Why:      "Decoders differ on dirty padding, odd offsets and shared tails, so two screens can show two transactions for one signature. An honest encoder writes none of it.",
		Evidence: "An address with its upper 12 bytes set: go-ethereum and viem accept it, ethers refuses. A uint8 of 257: go-ethereum refuses, ethers reads 1, viem 257. Odd offsets and shared tails: all three accept them.",
		Do:       "Do not sign. Have the transaction built again by another tool and compare the two.",
	},
	{
		Name: "TRAILING_CALLDATA", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F12"},
		Meaning:  "bytes after the last argument (honest uses exist: sender suffix, referral tag)",
		Why:      "Most contracts ignore such bytes and most screens hide them, but some contracts read them: as the real sender, as a further payload. What is not shown was not reviewed.",
		Evidence: "go-ethereum, ethers and viem decode the arguments and say nothing of the rest.",
		Do:       "Ask the tool's authors what the bytes are. Have the transaction built without them if they are only a tag.",
	},
	{
		Name: "DATA_SHORTER_THAN_SELECTOR", Severity: High, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F13"},
		Meaning: "1-3 bytes of data: reaches the fallback",
		Why:     "No function has so short a selector: the bytes reach the target's fallback function, which may do anything with them. Tools complete them in different ways and show a function that is not called.",
		Do:      "Ask what the bytes are for. A payment needs none.",
	},
	{
		Name: "INVALID_OPERATION", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F05", "F08"},
		Meaning:  "an operation other than 0 or 1, in a batch entry or in an inner execTransaction",
		Why:      "The chain refuses it, but a screen that looks at one bit only shows a call or a delegatecall. Old Safes up to 1.0.0 create a contract with operation 2.",
		Evidence: "MultiSend 1.4.1 reverts on an entry with operation 2.",
		Do:       "Do not sign. Have it built again by another tool.",
	},
	{
		Name: "PAYLOAD_TOO_LARGE", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"F15"},
		Meaning: "calldata beyond the limit of what can be shown (INPUT_LIMIT is about the file)",
		Why:     "Screens cut what is too long for them, and the hostile call stands behind the cut. Nobody can review it, so nobody can answer for it.",
		Do:      "Have the transaction split into parts that a person can read.",
		Declare: "With every action that it holds: an intent that matches it to the byte has looked at all of it. Beyond 4 MiB nothing helps.",
	},
	{
		Name: "DECODE_DEPTH_LIMIT", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F16"},
		Meaning: "nested calls go deeper than the decoder follows, so something stays unread",
		Why:     "Calls in bytes in calls in bytes: each reader stops somewhere, and what stands deeper is executed unread. No honest transaction nests like this.",
		Do:      "Do not sign. Ask for the transaction without its wrapping.",
	},
	{
		Name: "DECODERS_DISAGREE", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction,
		Meaning: "the two decoders understood the bytes differently",
		Why:     "coldsign decodes with two decoders that share no code. Where they differ, at least one reader in the world is wrong about these bytes, and an attacker may count on it.",
		Do:      "Do not sign. Keep the file and report it: it is either an attack or a defect of coldsign.",
	},
}
