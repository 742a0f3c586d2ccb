package report

// evidenceCodes are about intent, policy, state and simulation: what the
// transaction is compared with.
var evidenceCodes = []Code{
	{
		Name: "INTENT_MISMATCH", Severity: Critical, Stage: StageIntent, Scope: ScopeTransaction, Techniques: []string{"A01", "D10"},
		Meaning:  "the decoded effects differ from the separately written intent",
		Why:      "The transaction does something else than what was decided, or more, or less. A swapped recipient or amount is a perfectly normal payment: only a separate intent shows it.",
		Incident: eigenLayer + ": one recipient of twelve was swapped. " + bybit + ": the payment that was shown was not the transaction that was signed.",
		Do:       "Do not sign. Check the intent against its source; if it is right, the proposal is wrong.",
	},
	{
		Name: "INTENT_MISSING", Severity: Critical, Stage: StageIntent, Scope: ScopeInput,
		Meaning: "no intent was given where one is required, or it cannot be read",
		Why:     "Without an intent nothing says what was decided: hashes and rules can be right for the wrong payment.",
		Do:      "Write down what was decided, from the ticket or the call and never from the proposal, and pass it with --intent.",
	},
	{
		Name: "POLICY_MISSING", Severity: High, Stage: StagePolicy, Scope: ScopeInput,
		Meaning: "no policy was given where one is required",
		Why:     "Names, owners, tokens and limits of your treasury stand in the policy. Without it nobody can say whether a recipient is known or an amount allowed.",
		Do:      "Give the policy of your treasury, from your own configuration and not from beside the proposal.",
	},
	{
		Name: "POLICY_LIMIT", Severity: Critical, Stage: StagePolicy, Scope: ScopeTransaction,
		Meaning: "an amount exceeds a limit of the policy",
		Why:     "The limit was set in calm times, for just this case: an amount that one deceived group of signers must not be able to move.",
		Do:      "Have the limit raised by those who own the policy, or the payment split as the policy foresees. Do not work around it.",
	},
	{
		Name: "POLICY_REQUIREMENT", Severity: Critical, Stage: StagePolicy, Scope: ScopeTransaction,
		Meaning: "something that the policy requires is missing",
		Why:     "The policy demands more evidence than is there: an intent, signatures, a snapshot, a second reviewer. What is missing may be exactly what would have shown the attack.",
		Do:      "Bring what is missing.",
	},
	{
		Name: "POLICY_CONTRADICTION", Severity: Critical, Stage: StagePolicy, Scope: ScopeTransaction,
		Meaning: "the proposal contradicts a fact of the policy",
		Why:     "Address, owners, threshold, version or decimals are others in the proposal than in the policy, which you trust more.",
		Do:      "Do not sign. If the policy is out of date, have it changed by those who own it; otherwise the proposal is false.",
	},
	{
		Name: "POLICY_FORBIDDEN", Severity: Critical, Stage: StagePolicy, Scope: ScopeTransaction,
		Meaning: "a call is denied by the policy, or allowed by none of its rules",
		Why:     "The policy was written in calm times and says what this treasury does. What it does not do is what an attacker needs: a new function, a new recipient, a right for somebody.",
		Do:      "Do not sign. What the treasury may do is changed in the policy by those who own it, and never for one transaction.",
	},
	{
		Name: "POLICY_UNTRUSTED", Severity: Critical, Stage: StagePolicy, Scope: ScopeInput,
		Meaning: "this policy is not the one that was accepted on this machine",
		Why:     "Whoever hands over a proposal can hand over a policy under which it is fine. A policy counts once its digest was compared over another channel and accepted.",
		Do:      "Compare the digest with those who own the policy, then run coldsign policy trust. If it should have been accepted before, find out what changed.",
	},
	{
		Name: "POLICY_APPROVAL", Severity: Critical, Stage: StagePolicy, Scope: ScopeTransaction,
		Meaning: "the receipt of another person is missing, or does not count",
		Why:     "Above a value one deceived person at one deceived machine must not suffice. The receipt shows that somebody else verified the same bytes with the same intent and policy.",
		Do:      "Have another approver verify the transaction on another machine with --receipt, sign the receipt, and give it with --approval.",
	},
	{
		Name: "STATE_UNPROVEN", Severity: Critical, Stage: StageState, Scope: ScopeTransaction,
		Meaning: "state was needed that no proof covers",
		Why:     "Code, owners or balances that decide what happens are only asserted by somebody. An attacker who answers for a node asserts what suits him.",
		Do:      "Capture a new snapshot, from a node that you trust, that covers what is named.",
	},
	{
		Name: "STATE_CONTRADICTION", Severity: Critical, Stage: StageState, Scope: ScopeTransaction,
		Meaning: "proven state contradicts what was claimed or given",
		Why:     "The chain says otherwise: another version, owner, threshold, nonce or code than the file or you assumed. One of the two is out of date or false.",
		Do:      "Do not sign until you know which. Compare the block hash of the snapshot over another channel.",
	},
	{
		Name: "STATE_STALE", Severity: High, Stage: StageState, Scope: ScopeTransaction,
		Meaning: "the proven state is too old",
		Why:     "Owners, nonce, code and balances were proven for a block long ago, and may have changed since.",
		Do:      "Capture a new snapshot.",
	},
	{
		Name: "SIM_EFFECT_UNDECLARED", Severity: Critical, Stage: StageSimulate, Scope: ScopeTransaction,
		Meaning: "the simulated execution has an effect that nobody declared",
		Why:     "Executed on proven state the transaction moves, approves or changes something that the intent does not name and the calldata need not show.",
		Do:      "Do not sign. Find out which code has the effect.",
		Declare: "Not as such: an effect that was meant is declared by the action that has it.",
	},
	{
		Name: "SIM_EFFECT_MISSING", Severity: Critical, Stage: StageSimulate, Scope: ScopeTransaction,
		Meaning: "a declared effect does not happen in the simulated execution",
		Why:     "The call reads like the payment that was declared, and the code behind it does something else or nothing: a false token, a changed proxy.",
		Do:      "Do not sign. Check the target's address and code.",
		Declare: "Not as such: the declared effect is the right one, and the transaction does not have it.",
	},
	{
		Name: "SIM_REVERT", Severity: Critical, Stage: StageSimulate, Scope: ScopeTransaction,
		Meaning: "the simulated execution fails",
		Why:     "A transaction that fails now can succeed when its author is ready, with a meaning of his choice; and signers of a failed transaction are soon asked to sign again.",
		Do:      "Do not sign. Find out why it fails.",
	},
}
