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
	nestedSafes,
	creations,
	messages,
	selectors,
	refunds,
	nonces,
	hints,
	properties,
}
