package report

// refundCodes are about what the Safe pays for gas.
var refundCodes = []Code{
	{
		Name: "GAS_REFUND_TOKEN", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"C01"},
		Meaning: "the refund is paid in a token, where gasPrice has no cap",
		Why:     "The Safe pays (gas used + baseGas) times gasPrice. In the native currency the price is capped by that of the real transaction (from 1.1.0 on), in a token it is not: the proposer sets it in base units per gas.",
		Do:      "Have the transaction made with gasPrice 0, unless exactly this payment was agreed. The largest possible payout stands in the finding.",
		Declare: "With the header keys `gasPrice`, `gasToken`, `baseGas`, `safeTxGas` and `refundReceiver` of the intent.",
	},
	{
		Name: "GAS_REFUND_CUSTOM_RECEIVER", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"C01", "C02"},
		Meaning: "gasPrice above 0 and a chosen refundReceiver (legitimate in Safe-paid transactions: a policy may list it)",
		Why:     "The receiver is paid out of the Safe for gas, whether or not he ever paid any. Screens seldom show the five gas fields, and each of them looks small.",
		Do:      "Check that the receiver is the relayer or fee collector that you agreed with, and read the largest possible payout.",
		Declare: "With the header keys `refundReceiver`, `gasPrice`, `gasToken`, `baseGas` and `safeTxGas` of the intent.",
	},
	{
		Name: "GAS_REFUND_EXCESSIVE_BASEGAS", Severity: Critical, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true, Techniques: []string{"C02"},
		Meaning:  "baseGas makes the worst-case payment far larger than any gas",
		Why:      "baseGas is a number that the proposer chooses and the Safe pays for, whatever the transaction does, even if it fails. A baseGas of 1e18 at a price of 1 wei pays one ETH: a payment in disguise.",
		Evidence: "On Safe 1.4.1 the receiver of such a transaction got 1000000000000003000 wei.",
		Do:       "Do not sign. Have it made with baseGas and gasPrice 0.",
		Declare:  "With the header keys `baseGas`, `gasPrice`, `gasToken`, `safeTxGas` and `refundReceiver` of the intent; there is hardly an honest reason to.",
	},
	{
		Name: "GAS_REFUND_TO_TX_ORIGIN", Severity: High, Stage: StageRisk, Scope: ScopeTransaction, Declarable: true,
		Meaning: "gasPrice above 0 and refundReceiver 0: whoever executes is paid",
		Why:     "A zero receiver does not mean nobody: the account that sends the transaction is paid. Anybody who sees the signatures can send it and collect.",
		Do:      "Have it made with gasPrice 0, unless you want to pay whoever comes first.",
		Declare: "With the header keys `gasPrice`, `gasToken`, `baseGas` and `safeTxGas` of the intent.",
	},
	{
		Name: "SAFETXGAS_NONZERO", Severity: Notice, Stage: StageRisk, Scope: ScopeTransaction, Techniques: []string{"C04"},
		Meaning: "the inner call may fail and still consume the nonce",
		Why:     "From 1.3.0 on, with safeTxGas and gasPrice 0, a failing call reverts everything. With safeTxGas above 0 the call can fail while the transaction succeeds: the nonce is used up, and a refund is paid all the same.",
		Do:      "Nothing, if your wallet always fills this field in. Otherwise ask why it is not 0.",
	},
}
