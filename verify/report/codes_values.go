package report

// valueCodes are about numbers, hex and addresses in the file.
var valueCodes = []Code{
	{
		Name: "NUMBER_NOT_STRING", Severity: High, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G06"},
		Meaning:  "an amount is a JSON number where a string is due, so other readers may round it",
		Why:      "Readers that keep numbers as 64-bit floating point lose the last digits of an amount in wei. What another screen shows is then not what is hashed.",
		Evidence: "Node, and Go without a target type, read 1000000000000000001 as 1e18; Python keeps it.",
		Do:       "Have the transaction exported by the service's own tool, which writes amounts as strings, and compare the amount with every other screen.",
	},
	{
		Name: "NUMBER_PRECISION", Severity: Critical, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G06"},
		Meaning:  "a number token that does not survive a 64-bit float, or is written with an exponent",
		Why:      "Programs do not agree on this number: one rounds it, one refuses it, one keeps it. Whoever chose it decides which amount each of your colleagues sees.",
		Evidence: "Node, and Go without a target type, read 1000000000000000001 as 1e18; Python keeps it.",
		Do:       "Do not sign. Ask for the amount as a string of decimal digits.",
	},
	{
		Name: "AMBIGUOUS_NUMBER", Severity: Critical, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G08"},
		Meaning:  "a numeric string that readers understand differently: leading zero, other radix, underscore, spaces, non-ASCII digits, empty",
		Why:      "The same characters are two numbers: eight and ten, nothing and an error. A guess would be a signature on a guess.",
		Evidence: "\"010\" is 8 or 10 in Go and 10 in Node and Python; \"1_000\" is 1000 in Go and Python and refused by Node; an empty text is 0 in Node; Arabic digits are numbers in Python only.",
		Do:       "Have the number written as plain decimal digits by the tool that made the file.",
	},
	{
		Name: "NUMBER_OUT_OF_RANGE", Severity: Critical, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G09"},
		Meaning: "negative, above 2^256-1, operation 2, operation as a string",
		Why:     "No contract can receive such a number. Programs cut it to size in different ways, and an operation of 2 becomes a call in one and a delegatecall in another.",
		Do:      "Do not sign. Have the proposal made again by another tool.",
	},
	{
		Name: "INVALID_HEX", Severity: Critical, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"F17"},
		Meaning: "hex without 0x, with 0X, of odd length, with blanks or other characters",
		Why:     "Some tools take the valid beginning and drop the rest, some pad an odd digit, some read plain text. Each of them hashes other bytes.",
		Do:      "Have the bytes exported again as 0x and two digits for each byte. Do not repair them by hand.",
	},
	{
		Name: "ADDRESS_CHECKSUM", Severity: High, Stage: StageParse, Scope: ScopeInput, Techniques: []string{"G16"},
		Meaning: "mixed-case address with a wrong EIP-55 checksum, or ICAP or an ENS name where an address is due",
		Why:     "A wrong checksum says that a digit or letter was changed after the address was first written. A name cannot be resolved offline and can point elsewhere tomorrow.",
		Do:      "Take the address from its owner again, over another channel, and compare all 40 digits.",
	},
}
