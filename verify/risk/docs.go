package risk

// docs says more about the codes that matter most. A code without an entry is
// explained by its line in the catalogue and by its stage.
var docs = map[string]doc{
	"DELEGATECALL_UNKNOWN_TARGET": {
		why:      "a delegatecall runs foreign code on the Safe's own storage: it can replace the implementation, the owners and the threshold in one write, whatever the function is called.",
		incident: "Bybit, 2025-02-21, about 1.4 billion USD: three signers approved what looked like a payment and was a delegatecall to 0x96221423681A6d52E184D440a8eFCEbB105C7242. WazirX, 2024-07-18, 235 million USD, in the same way.",
		do:       "do not sign. Honest batches delegatecall only MultiSend or MultiSendCallOnly at the address that Safe published on this chain.",
		declare:  "only where intent and policy both name the target and a snapshot proves its code; until then it cannot be declared.",
	},
	"NESTED_DELEGATECALL": {
		why:      "inside a batch one byte turns a call into a delegatecall, and most screens show the batch only as a batch.",
		incident: "measured on MultiSend 1.3.0 to 1.5.0; MultiSendCallOnly reverts instead, which is why wallets use it.",
		do:       "ask for a batch by MultiSendCallOnly.",
	},
	"IMPLEMENTATION_CHANGE": {
		why:      "new code behind an address owns everything that the address owns.",
		incident: "the Bybit and WazirX payloads had this effect; a Safe up to 1.2.0 has it as a plain call, changeMasterCopy.",
		do:       "compare the new address with the published contracts and with what was decided.",
	},
	"OWNERSHIP_TRANSFER": {
		why:      "a plain call hands a contract to a new owner; no delegatecall is involved, so delegatecall rules do not see it.",
		incident: "Radiant, 2024-10-16, about 53 million USD: transferOwnership of the pool address provider, signed on Ledgers while the screen showed a routine call.",
		do:       "confirm the new owner over another channel, digit by digit.",
	},
	"SIGNATURE_NOT_BY_CLAIMED_OWNER": {
		why:      "the owner signed something, but not this. If it was the same nonce, somebody showed him another transaction.",
		incident: "Bybit: the service record of the harmless payment held three signatures that recover only over the malicious hash; the first lay there 8 hours 31 minutes before the theft. WazirX: the same tell.",
		do:       "stop everything, and ask the named owners what their devices showed.",
	},
	"HASH_MISMATCH": {
		why:      "the file's fields do not give the hash that the file claims: one of the two is a lie.",
		do:       "do not compare the device with the claimed hash; find out who made the file.",
		incident: "",
	},
	"DECODED_HINT_MISMATCH": {
		why: "web pages show the file's own decode; nothing binds it to the bytes that are signed.",
		do:  "read the decoded call in this report.",
	},
	"UNKNOWN_SELECTOR": {
		why:      "what cannot be read cannot be checked.",
		incident: "WazirX: the payload called selector 0x804e1f0a, which no table knows.",
		do:       "get the contract's ABI from its authors and name the function in the intent.",
		declare:  "a call action that names the function; its arguments are then encoded again and compared to the byte.",
	},
	"INTENT_MISMATCH": {
		why:      "the transaction does something else than what was decided, or more, or less.",
		incident: "EigenLayer, 2024-10-05, 5.7 million USD: one recipient among twelve was swapped. Nothing but a separate intent shows it.",
		do:       "do not sign. Check the intent against its source; if it is right, the proposal is wrong.",
	},
	"OWNER_ADDED":              {why: "an owner can sign; enough of them can take everything.", incident: "UXLINK, 2025-09-22: a delegatecall, then a new owner and threshold 1."},
	"MODULE_ENABLED":           {why: "a module acts without any signature.", incident: "SquidRouter module, 2026-05-25: 86 to 88 Safes had enabled it."},
	"UNLIMITED_APPROVAL":       {why: "the spender can take all tokens of this kind at any later time.", incident: "Badger, 2021-12-02, 120 million USD: increaseAllowance to the attacker."},
	"FALLBACK_HANDLER_CHANGED": {why: "the handler answers for the Safe, also EIP-1271: it can declare any signature valid."},
	"MULTISEND_TRUNCATED_ENTRY": {
		why:      "the contract completes a cut last entry with zeros and executes it, while many decoders drop it: a hidden call or delegatecall.",
		incident: "measured on the bytecode of MultiSend 1.3.0, 1.4.1 and 1.5.0 with tails of 33, 52 and 84 bytes.",
	},
	"NONCANONICAL_ABI":    {why: "decoders differ on dirty padding, odd offsets and shared tails, so two screens can show two transactions for one signature."},
	"DECODERS_DISAGREE":   {why: "our two decoders share no code; where they differ, at least one reader in the world is wrong about these bytes.", do: "do not sign, and report the file: it is either an attack or a defect of ours."},
	"BLIND_HASH_APPROVAL": {why: "approveHash approves any transaction that has this hash, in another Safe.", do: "demand the inner transaction and check that it hashes to exactly this value."},
	"HASH_ONLY_PAYLOAD":   {why: "66 bytes beginning with 0x1901 can be a Safe transaction, a permit or anything else of EIP-712; nobody can read them.", do: "demand the fields."},
	"KEY_RESEMBLES_KNOWN": {why: "some programs fold case or Unicode in keys and would take this value, others would not: the classic way to show one operation and sign another."},
	"GAS_REFUND_EXCESSIVE_BASEGAS": {
		why: "baseGas times gasPrice is paid to the receiver whatever the transaction does: a payment in disguise.",
	},
	"SIGNATURE_NOT_CHAIN_BOUND": {why: "below 1.3.0 the domain holds no chain id. This is a property of the Safe, no news about the transaction."},
	"METHOD_NOT_ENCODABLE":      {why: "the Transaction Builder logs the error and sends empty calldata instead; the call would do nothing, or hit the fallback function."},
	"EIP1271_BLANKET_SIGNATURE": {why: "the message stays signed for ever; an order or a permit in it can be used at any time."},
}
