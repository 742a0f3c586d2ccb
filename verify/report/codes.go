package report

// Code is one entry of the catalogue of findings: the severity, stage and scope
// that decide, and what explain says about it. A report carries no more of it
// than these and the name; the texts are for people.
//
// Techniques are ids of the attack catalogue (techniques.go). Incident is a real
// case with date and loss; it is empty where none is known, and never invented.
// Evidence is a measurement, or who described the attack, where it is more than
// words. Declare says how an intent declares the effect; it is empty where the
// general rule of the stage says it. Only codes of the stage risk are
// declarable: no honest intent needs to excuse how a file, a hash, a signature
// or an encoding is made (decision 7).
type Code struct {
	Name       string // UPPER_SNAKE, stable
	Meaning    string // one phrase, lower case
	Severity   Severity
	Stage      Stage
	Scope      Scope
	Declarable bool
	Techniques []string
	Why        string // why it matters: the mechanism of the attack
	Incident   string
	Evidence   string
	Do         string // what the signer does next
	Declare    string
}

// subject is a group of codes under one heading.
type subject struct {
	title string
	codes []Code
}

// subjects is the catalogue as explain --all groups it.
var subjects = []subject{
	{"Reading the file", readingCodes},
	{"Values in the file", valueCodes},
	{"What the file claims", claimCodes},
	{"Which Safe, which chain", safeCodes},
	{"Delegatecall", delegatecallCodes},
	{"Functions and code", codeCodes},
	{"Control of the Safe", controlCodes},
	{"New Safes and other Safes", creationCodes},
	{"Recipients and amounts", moneyCodes},
	{"Standing rights", rightCodes},
	{"Gas refund", refundCodes},
	{"Signatures and nonce", signatureCodes},
	{"Encoding of calldata", encodingCodes},
	{"Batches", batchCodes},
	{"Off-chain messages and accounts", messageCodes},
	{"Intent, policy, state, simulation", evidenceCodes},
	{"Signing", signingCodes},
}

// order is the fixed order of the catalogue, by which every list of codes is
// sorted. New codes go to the end.
var order = []string{
	"INPUT_LIMIT", "INVALID_UTF8", "JSON_DUPLICATE_KEY", "JSON_UNKNOWN_KEY", "NON_ASCII_KEY", "JSON_TRAILING_DATA", "FIELD_MISSING",
	"NUMBER_NOT_STRING", "NUMBER_PRECISION", "AMBIGUOUS_NUMBER", "NUMBER_OUT_OF_RANGE", "INVALID_HEX", "ADDRESS_CHECKSUM", "CONTROL_CHARACTERS",
	"UNICODE_SPOOF", "DECODED_HINT_MISMATCH", "HASH_MISMATCH", "TYPED_DATA_NOT_CANONICAL",

	"SAFE_VERSION_MISMATCH", "SAFE_ADDRESS_MISMATCH", "CHAIN_MISMATCH", "UNSUPPORTED_SAFE_VERSION", "SIGNATURE_NOT_CHAIN_BOUND",

	"DELEGATECALL_UNKNOWN_TARGET", "NESTED_DELEGATECALL", "TOKEN_CALL_AS_DELEGATECALL", "VALUE_IGNORED_ON_DELEGATECALL", "LIBRARY_VERSION_MISMATCH",
	"KNOWN_DELEGATE_LIBRARY", "SELECTOR_IS_NOT_BEHAVIOUR", "SELECTOR_AMBIGUOUS", "UNKNOWN_SELECTOR", "POSSIBLE_INNER_CALL", "CONTRACT_CREATION",

	"IMPLEMENTATION_CHANGE", "SELF_CALL", "OWNER_ADDED", "OWNER_REMOVED", "OWNER_REPLACED", "THRESHOLD_LOWERED", "MODULE_ENABLED", "ALLOWANCE_GRANTED",
	"GUARD_CHANGED", "GUARD_REMOVED", "MODULE_GUARD_REMOVED", "FALLBACK_HANDLER_CHANGED", "FALLBACK_HANDLER_IS_TOKEN", "FALLBACK_HANDLER_IS_SELF",
	"FALLBACK_METHOD_CHANGED", "DOMAIN_VERIFIER_CHANGED", "CONFIG_CHANGE_IN_BATCH", "ZERO_ADDRESS_MEANS_SELF", "ZERO_ADDRESS_TARGET",
	"SAFE_CREATION", "SETUP_DELEGATECALL", "SETUP_PAYMENT", "UNKNOWN_SINGLETON", "NESTED_SAFE_EXEC", "BLIND_HASH_APPROVAL",

	"INTENT_MISMATCH", "UNKNOWN_RECIPIENT", "FIRST_TIME_COUNTERPARTY", "LOOKALIKE_OF_KNOWN_ADDRESS", "SUSPICIOUS_RECIPIENT", "LISTED_ADDRESS", "RECIPIENT_CHAIN_BINDING_UNKNOWN",
	"TARGET_CODE_MUTABLE", "TOKEN_UNITS_UNVERIFIED", "AMOUNT_OUTLIER", "TRANSFER_FROM_THIRD_PARTY", "UNLIMITED_APPROVAL", "UNKNOWN_SPENDER",
	"APPROVAL_FOR_ALL", "PERMIT2", "OPAQUE_ORDER_APPROVAL", "OWNERSHIP_TRANSFER",

	"GAS_REFUND_TOKEN", "GAS_REFUND_CUSTOM_RECEIVER", "GAS_REFUND_EXCESSIVE_BASEGAS", "GAS_REFUND_TO_TX_ORIGIN", "SAFETXGAS_NONZERO",

	"SIGNATURE_NOT_BY_CLAIMED_OWNER", "MALFORMED_SIGNATURE", "NONCANONICAL_SIGNATURE", "CONTRACT_SIGNATURE_UNVERIFIED", "UNVERIFIABLE_SIGNATURE",
	"ETH_SIGN_BLIND", "NONCE_CONFLICT", "NONCE_GAP",

	"NONCANONICAL_ABI", "TRAILING_CALLDATA", "DATA_SHORTER_THAN_SELECTOR", "INVALID_OPERATION", "MULTISEND_TRAILING_BYTES", "MULTISEND_TRUNCATED_ENTRY",
	"MULTISEND_REPARSED_TAIL", "MULTISEND_LENGTH_OVERRUN", "MULTISEND_NOT_DELEGATECALLED", "BATCH_DEPTH", "BATCH_SIZE", "PAYLOAD_TOO_LARGE", "DECODE_DEPTH_LIMIT",

	"EIP1271_MESSAGE", "OFFCHAIN_PERMIT", "EIP1271_BLANKET_SIGNATURE", "OPAQUE_MESSAGE", "MESSAGE_IS_TX_HASH", "ERC4337_USEROP", "NO_EXPIRY",
	"EIP7702_AUTHORIZATION", "CHAIN_ID_ZERO", "SMART_ACCOUNT_BATCH",

	"DECODERS_DISAGREE", "SIGNER_NOT_OWNER", "HASH_ONLY_PAYLOAD", "KEY_RESEMBLES_KNOWN", "METHOD_NOT_ENCODABLE", "ROLE_GRANTED", "THRESHOLD_RAISED",
	"MODULE_DISABLED", "DEADLOCK", "KNOWN_FOREIGN_LIBRARY", "INTENT_MISSING", "POLICY_MISSING", "POLICY_LIMIT", "POLICY_REQUIREMENT", "POLICY_CONTRADICTION",
	"STATE_UNPROVEN", "STATE_CONTRADICTION", "STATE_STALE", "SIM_EFFECT_UNDECLARED", "SIM_EFFECT_MISSING", "SIM_REVERT",
	"CONTROL_CHANGED",
	"POLICY_FORBIDDEN", "POLICY_UNTRUSTED", "POLICY_APPROVAL",
	"JOURNAL_MISSING", "OWNERS_UNKNOWN", "SIGNATURES_MISSING", "NESTED_SIGNATURE_IMPOSSIBLE", "CONFIRMATION_FAILED", "UNREVIEWED_FUNCTION",
}

// byName finds the codes of all subjects.
var byName = func() map[string]*Code {
	m := make(map[string]*Code, len(order))
	for _, s := range subjects {
		for i := range s.codes {
			m[s.codes[i].Name] = &s.codes[i]
		}
	}
	return m
}()

var codes = func() []Code {
	all := make([]Code, 0, len(order))
	for _, name := range order {
		if c := byName[name]; c != nil { // a name without a code fails TestOrder
			all = append(all, *c)
		}
	}
	return all
}()

// Codes returns the whole catalogue in its fixed order.
func Codes() []Code { return codes }

// LookupCode returns the catalogue entry of a code name.
func LookupCode(name string) (Code, bool) {
	c, ok := byName[name]
	if !ok {
		return Code{}, false
	}
	return *c, true
}
