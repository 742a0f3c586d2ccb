package risk

// checks is the table of rules, in the order of the report.
var checks = []Check{
	delegatecalls,
	multiSendByCall,
	encodings,
	framing,
	operations,
	batches,
	zeroTargets,
	selfCalls,
	controlChanges,
	deadlocks,
	rights,
	approvals,
	amounts,
	recipients,
	otherChains,
	mutableTargets,
	creations, // before those that look at every address: it opens initializers
	listed,
	lookalikes,
	strangers,
	nestedSafes,
	smartAccounts,
	namedCalls,
	messages,
	selectors,
	refunds,
	nonces,
	hints,
	properties,
}
