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
	rights,
	approvals,
	recipients,
	nestedSafes,
	creations,
	messages,
	selectors,
	refunds,
	hints,
	properties,
}
