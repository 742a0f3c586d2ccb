package report

// delegatecallCodes are about foreign code that runs on the Safe's own storage.
var delegatecallCodes = []Code{
	{
		Name: "DELEGATECALL_UNKNOWN_TARGET", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Techniques: []string{"A01", "A02", "A06", "A08", "B19"},
		Meaning:  "operation 1, at any depth, to an address that is no published library on that chain",
		Why:      "A delegatecall runs foreign code on the Safe's own storage. One write to slot 0 replaces the implementation, and with it owners, threshold and everything the Safe holds, whatever the function is called.",
		Incident: bybit + ": three signers approved what looked like a payment of 30,000 ETH and was a delegatecall to 0x96221423681A6d52E184D440a8eFCEbB105C7242. " + wazirx + ", in the same way, with signatures for what looked like token transfers.",
		Evidence: "Seven bytes of code at the target are enough to overwrite slot 0 of Safe 1.4.1.",
		Do:       "Do not sign. Honest batches delegatecall only MultiSend or MultiSendCallOnly at the address that Safe published on this very chain.",
		Declare:  "It cannot be declared. Only intent and policy together, both naming the target, and a snapshot that proves its code could ever clear it.",
	},
	{
		Name: "NESTED_DELEGATECALL", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"A06", "A07", "E17"},
		Meaning:  "a delegatecall inside a batch, a nested call or a SafeOp, where the outer line does not show it",
		Why:      "Inside a batch one byte turns a call into a delegatecall, and most screens show the batch only as a batch. The code behind it gets all rights of the Safe, as with a delegatecall of the transaction itself.",
		Evidence: "MultiSend 1.4.1 executes such an entry; MultiSendCallOnly 1.4.1 reverts, which is why wallets use it.",
		Do:       "Ask who added this entry and why. A batch of payments needs no delegatecall: have it built again for MultiSendCallOnly.",
		Declare:  "A delegatecall to a library that Safe published is declared by the action that has its effect (`migrate-safe`, `sign-message`, `deploy`), any other by nothing yet. The execute of a proxy of the DSProxy kind is a call, and a `call` with all its arguments declares it.",
	},
	{
		Name: "TOKEN_CALL_AS_DELEGATECALL", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "token calldata sent to a token by delegatecall: token code runs on the Safe's storage",
		Why:     "By delegatecall the token's code reads and writes the Safe's storage, so no token moves, and what it takes for balances are the Safe's own slots. A screen that reads only target and calldata shows an ordinary transfer.",
		Do:      "Do not sign. A token transfer is a plain call (operation 0): have it built again.",
		Declare: "Nothing declares it. Declare the payment as a `transfer` and have it built as a call.",
	},
	{
		Name: "VALUE_IGNORED_ON_DELEGATECALL", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"A08"},
		Meaning: "operation 1 with value above 0: the value is not sent, so \"sends N ETH\" is false",
		Why:     "A delegatecall sends no value, whatever the field says. A screen that shows the value as a payment shows something that will not happen, in place of what will.",
		Do:      "Do not read this as a payment. If a payment was meant, it is a plain call (operation 0).",
		Declare: "Declare the value in an action that is a call; with a delegatecall it means nothing, and verify refuses it.",
	},
	{
		Name: "LIBRARY_VERSION_MISMATCH", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "a published library, but of another Safe version, with other semantics",
		Why:     "The batch libraries of 1.5.0 read a zero target as the Safe itself, the older ones call the zero address. The same batch means two things, and a screen made for the older library shows the harmless one.",
		Do:      "Have the batch built again with the library of the Safe's own version.",
		Declare: "With the header key `multisend`, which names this library; better, have it built with the library of the Safe's own version.",
	},
	{
		Name: "KNOWN_DELEGATE_LIBRARY", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction, Techniques: []string{"A04", "A11"},
		Meaning: "delegatecall to a published library at its published address: named, not alarmed about",
		Why:     "Safe published this code on this chain to be delegatecalled. What it does here (a migration, a creation, a signed message) has findings of its own.",
		Do:      "Read the findings about its effect, and check that the effect was decided.",
	},
	{
		Name: "KNOWN_FOREIGN_LIBRARY", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "delegatecall to a known library that is not published by Safe",
		Why:     "Some governance batches delegatecall Multicall3 instead of MultiSend. Its calls are opened and judged like those of a batch, but Safe does not answer for this code, and wallets do not expect it.",
		Do:      "Sign only if your organisation uses this library and the calls inside are those that were decided.",
		Declare: "With the header key `multicall`, which names the contract and its function, and one action for each call in it; check shows it and goes on.",
	},
}
