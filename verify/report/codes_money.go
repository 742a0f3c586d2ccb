package report

// moneyCodes are about who is paid, and how much.
var moneyCodes = []Code{
	{
		Name: "UNKNOWN_RECIPIENT", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D09", "D10"},
		Meaning:  "the recipient is in neither address book nor intent",
		Why:      "A swapped recipient is a valid address like every other one: the bytes alone never show it. Only a list that was written elsewhere does.",
		Incident: eigenLayer + ": one recipient of twelve in a batch had been swapped. " + florence + ": USDC went to an address that only resembled the known one.",
		Do:       "Have the address confirmed by the recipient over another channel, digit by digit, then write it into the intent or the address book.",
		Declare:  asTransfer + ", or a `send` of the native currency, to exactly this recipient.",
	},
	{
		Name: "FIRST_TIME_COUNTERPARTY", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction,
		Meaning: "who is paid or may spend stands in no earlier approval of this Safe on this machine, or not in the policy",
		Why:     "Who was paid before is mostly right, and who is new is where a swapped or poisoned address shows: a payment to an exchange that was always paid elsewhere has a new recipient.",
		Do:      "Have a new address confirmed by whom it belongs to, over another channel. If you expected no new one, stop.",
	},
	{
		Name: "LOOKALIKE_OF_KNOWN_ADDRESS", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D03", "D09"},
		Meaning:  "shares leading and trailing digits with a known address but is another",
		Why:      "Addresses with chosen first and last digits are cheap to make, and people and screens compare only those. The false one is placed where it gets copied: in the history, in a contract's name, in the proposal itself.",
		Incident: requestFinance + ": an approval to a contract with the first and last characters of the real one. " + florence + ": a poisoned recipient. " + superfortune + ": tokens went to an address with the first and last four characters of the right one.",
		Do:       "Do not sign. Compare all 40 digits with the known address, and find out from where the other one was copied.",
		Declare:  "An action that names exactly this address, if both are really yours: " + asTransfer + ". A look-alike of a name in your address book, of an owner or of the Safe itself is cleared only by naming it in the address book.",
	},
	{
		Name: "SUSPICIOUS_RECIPIENT", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning:  "the recipient is the token contract, the Safe itself, the zero address, or a helper contract that passes on what it gets",
		Why:      "Nothing comes back from such a place: most token contracts have no way to return their own tokens, and what a helper contract does not pass on can be taken by the next caller.",
		Incident: wethMistake + ": the tokens were sent to the WETH contract itself, by mistake.",
		Do:       "Check the recipient: mostly a field was filled with the address beside it.",
		Declare:  "An action that names this recipient: " + asTransfer + ". The zero address can only be an argument of a `call`.",
	},
	{
		Name: "LISTED_ADDRESS", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"H04"},
		Meaning:  "recipient or spender is on a sanctions or exploiter list",
		Why:      "The address was published as one of thieves or under sanctions. Paying it can be a crime, and being asked to pay it is often part of a theft.",
		Evidence: "Lists do not replace reading: no attack address of Bybit, WazirX or Radiant was on the OFAC and Scam Sniffer snapshots that were compared.",
		Do:       "Stop, and ask your legal department. Check the date of the list: entries are removed too.",
		Declare:  "An action that names this recipient: " + asTransfer + ".",
	},
	{
		Name: "RECIPIENT_CHAIN_BINDING_UNKNOWN", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"H01"},
		Meaning:  "a contract or Safe known elsewhere may not exist, or not be owned by the same people, on this chain",
		Why:      "A contract has its address on each chain by itself. Where it does not exist yet, somebody else may be able to create it at the same address and take what lies there.",
		Incident: wintermute + ": sent to the address of its Safe on Optimism, where that Safe did not exist; an attacker created one there and took the tokens.",
		Do:       "Have the recipient show control of the address on this very chain, for instance by sending a small amount back; then name it in your address book for this chain.",
		Declare:  "An action that names this recipient: " + asTransfer + ". Where your own address book names the address on another chain only, no action does: name it there for this chain too.",
	},
	{
		Name: "TOKEN_UNITS_UNVERIFIED", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D11"},
		Meaning: "the token's decimals are not known from a trusted source",
		Why:     "The bytes hold base units. Without the decimals nobody can say whether 1000000 is one token or a millionth of a millionth, and the file's own word for it is not evidence.",
		Do:      "Take the decimals from the token's authors or its contract, and compare the amount in base units with the ticket.",
		Declare: "`transfer: {token: \"<token>\", amount: \"1250500000 raw\", to: \"<recipient>\"}`, in base units, or with decimals that you know.",
	},
	{
		Name: "AMOUNT_OUTLIER", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D11"},
		Meaning: "the amount is out of line by powers of ten (18 against 6 decimals)",
		Why:     "An amount computed with 18 decimals for a token of 6 is a trillion times too large, and the other way round too small. It empties the Safe or pays nothing.",
		Do:      "Compare the amount, in whole tokens and in base units, with the ticket.",
		Declare: asTransfer + ", with exactly this amount.",
	},
	{
		Name: "TRANSFER_FROM_THIRD_PARTY", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "transferFrom spends someone else's balance through an allowance to the Safe",
		Why:     "The tokens are not the Safe's: another account gave the Safe an allowance, and this transaction uses it. The Safe's owners answer for a payment out of somebody else's pocket.",
		Do:      "Ask the owner of the tokens whether he agreed to this transfer, amount and recipient.",
		Declare: "`transfer: {token: \"<token>\", amount: \"1250500000 raw\", from: \"<whose tokens>\", to: \"<recipient>\"}`.",
	},
}
