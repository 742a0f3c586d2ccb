package report

// rightCodes are about rights that outlast the transaction.
var rightCodes = []Code{
	{
		Name: "UNLIMITED_APPROVAL", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D01", "D03", "D07", "E19"},
		Meaning:  "an approval that is unlimited in effect, not only 2^256-1",
		Why:      "The spender can take all tokens of this kind at any later time, those that arrive later too, without another signature. 2^96-1, or ten billion whole units of a stablecoin, is as unlimited as the largest number.",
		Incident: badger + ": a script in the web page asked for increaseAllowance to the attacker.",
		Do:       "Approve the exact amount that is needed, and check the spender digit by digit.",
		Declare:  "`approve: {token: \"<token>\", amount: \"1250500000 raw\", spender: \"<spender>\"}`, or with amount: unlimited.",
	},
	{
		Name: "UNKNOWN_SPENDER", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D01"},
		Meaning:  "the approved spender is in neither address book nor policy",
		Why:      "An approval is a payment that the spender makes to himself, later and without asking. Nothing in the bytes says whose address it is.",
		Incident: requestFinance + ": the approved contract was verified on the explorer and had the first and last characters of the real one.",
		Do:       "Take the spender's address from its authors, not from the web page that made the transaction, and compare all 40 digits.",
		Declare:  "`approve: {token: \"<token>\", amount: \"1250500000 raw\", spender: \"<spender>\"}`, or with amount: unlimited.",
	},
	{
		Name: "APPROVAL_FOR_ALL", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D05"},
		Meaning:  "setApprovalForAll(operator, true)",
		Why:      "The operator may move every token of this contract that the Safe holds now or later. For positions that are tokens, such as those of Uniswap V3, that is the money in them.",
		Incident: uniswapLP + ": a false airdrop page asked for this approval of the position tokens.",
		Do:       "Approve single tokens. If an operator is really needed, have its address confirmed over another channel.",
		Declare:  "`approve-all: {token: \"<token>\", operator: \"<operator>\"}`.",
	},
	{
		Name: "ALLOWANCE_GRANTED", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"B17"},
		Meaning: "a standing spending right through AllowanceModule (addDelegate, setAllowance)",
		Why:     "The delegate spends up to the amount without any owner, and with a reset time again in each period, for as long as nobody takes it back.",
		Do:      "Check delegate, token, amount and reset time, and that the module is the published one.",
		Declare: asCall("<the module>", "setAllowance(address,address,uint96,uint16,uint32)", "<delegate>", "<token>", "<base units>", "<minutes between resets>", "<start in minutes>") + ".",
	},
	{
		Name: "PERMIT2", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "a standing right granted through Permit2",
		Why:     "Permit2 holds one large allowance of the token and hands parts of it on by its own rules. A right granted there does not show where allowances of the token are listed.",
		Do:      "Check token, spender, amount and expiry. Grant what is needed now, with a near end.",
		Declare: asCall("<Permit2>", "approve(address,address,uint160,uint48)", "<token>", "<spender>", "<base units>", "<expiry>") + ".",
	},
	{
		Name: "OPAQUE_ORDER_APPROVAL", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D08"},
		Meaning: "setPreSignature of an order whose content is not in the calldata",
		Why:     "The call signs an order by its identifier, which is a hash. What is sold, for how much, to whom, does not stand in the bytes.",
		Do:      "Demand the order, recompute its identifier, and read price, receiver and end of validity.",
		Declare: asCall("<the exchange>", "setPreSignature(bytes,bool)", "<order uid>", "true") + ", after the order was checked.",
	},
	{
		Name: "OWNERSHIP_TRANSFER", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"D13"},
		Meaning:  "transferOwnership (or alike) of another contract, by plain CALL",
		Why:      "A plain call hands a contract, and with it what the contract holds, to a new owner. No delegatecall and no value are involved, so neither kind of warning appears.",
		Incident: radiant + ": transferOwnership of the pools' address provider, signed on hardware wallets while the screens showed a routine call.",
		Do:       "Have the new owner confirmed over another channel, digit by digit. Ask why the ownership moves.",
		Declare:  "`transfer-ownership: {of: \"<the contract>\", to: \"<new owner>\"}`.",
	},
	{
		Name: "ROLE_GRANTED", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "a role of an access-controlled contract is granted",
		Why:     "A role is ownership in parts: to mint, to pause, to upgrade, or, as the zero role, to grant all others. Whoever gets it acts without this Safe from then on.",
		Do:      "Find out what the role allows on this contract, and have the new holder confirmed over another channel.",
		Declare: "`grant-role: {on: \"<the contract>\", role: MINTER_ROLE, account: \"<new holder>\"}`.",
	},
	{
		Name: "CONTROL_CHANGED", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "another rule by which a contract is controlled changes: a delay, a guardian, a quorum",
		Why:     "Delays, guardians and quorums are what is left when a key is lost: a delay of nothing takes away the time in which an attack is noticed, and a lower quorum lets fewer people decide.",
		Do:      "Find out what the rule protects on this contract, and have the new value confirmed over another channel.",
		Declare: asCall("<the contract>", "updateDelay(uint256)", "<seconds>") + ".",
	},
}
