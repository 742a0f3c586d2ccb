package report

// batchCodes are about batches: how they are framed, and how much they hold.
var batchCodes = []Code{
	{
		Name: "MULTISEND_TRAILING_BYTES", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F01"},
		Meaning:  "bytes left after the last complete entry (33 or more are executed)",
		Why:      "The contract goes on as long as more than 32 bytes are left and fills up with zeros what is missing. Many decoders stop at the last complete entry, so the rest is executed and not shown.",
		Evidence: "On MultiSend and MultiSendCallOnly 1.4.1 a tail of 53 bytes paid the attacker; on MultiSend one of 33 bytes made a call, and 32 bytes or fewer were ignored.",
		Do:       "Do not sign. Have the batch built again by another tool.",
	},
	{
		Name: "MULTISEND_TRUNCATED_ENTRY", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F01"},
		Meaning:  "a last entry with an incomplete header or data, which the chain completes and executes",
		Why:      "The contract completes a cut last entry with zeros and executes it, while many decoders drop it: a hidden call or delegatecall.",
		Evidence: "On MultiSend 1.3.0, 1.4.1 and 1.5.0 tails of 33, 52 and 84 bytes made a delegatecall that overwrote the implementation of the Safe.",
		Do:       "Do not sign. Have the batch built again by another tool.",
	},
	{
		Name: "MULTISEND_REPARSED_TAIL", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction, Techniques: []string{"F03"},
		Meaning:  "dataLength shorter than the data, so the rest is read as a further call",
		Why:      "What looks like the arguments of one call is read by the contract as the next call. A reader that goes by the function sees one harmless entry, the chain executes two.",
		Evidence: "On MultiSend 1.4.1 the second call was executed.",
		Do:       "Do not sign. Have the batch built again by another tool.",
	},
	{
		Name: "MULTISEND_LENGTH_OVERRUN", Severity: Critical, Stage: StageDecode, Scope: ScopeTransaction,
		Meaning:  "dataLength longer than what is left: zero-extended on chain",
		Why:      "The contract does not notice that the data ends and fills up with zeros: the call gets other arguments than those in the bytes. Decoders refuse, cut or extend.",
		Evidence: "MultiSend 1.4.1 executes the entry with its data extended by zeros.",
		Do:       "Do not sign. Have the batch built again by another tool.",
	},
	{
		Name: "MULTISEND_NOT_DELEGATECALLED", Severity: High, Stage: StageDecode, Scope: ScopeTransaction,
		Meaning: "MultiSend by CALL: reverts from 1.3.0, or CallOnly acts as the library and not as the Safe",
		Why:     "A batch library works for the Safe only by delegatecall. Called, MultiSend reverts (from 1.3.0 on), and MultiSendCallOnly makes the calls in its own name, with its own balance.",
		Do:      "The batch was built wrongly. Have it built again, by the wallet.",
	},
	{
		Name: "BATCH_DEPTH", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"A07"},
		Meaning: "a batch inside a batch",
		Why:     "Honest tools write one flat batch. A batch in a batch hides calls one level below where screens stop, and needs a MultiSend that lets delegatecalls through.",
		Do:      "Ask why it is nested, and have one flat batch built.",
		Declare: "An intent has no batch in a batch: declare the calls one after the other and have them built as one flat batch.",
	},
	{
		Name: "BATCH_SIZE", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"F15"},
		Meaning: "more calls than a person can read",
		Why:     "Nobody reads call 388 of 500 as carefully as the first, and the author of a batch knows that. The last call is executed like all others.",
		Do:      "Compare every call with a list that was made elsewhere (an intent does it), read the totals, or have the batch split.",
		Declare: "An intent that matches the whole batch, one action for each call, declares it: " + asTransfer + ".",
	},
}
