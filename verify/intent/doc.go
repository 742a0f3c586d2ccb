// Package intent holds the intent: the file in which a person says, without
// looking at the proposal, what one Safe transaction shall do. It parses the
// file, encodes it to the exact transaction that it means, and matches it with
// the transaction that a proposal makes.
//
// It decides whether a proposal is what was meant. It refuses every file that
// two readers could read differently, and every proposal that does more, less or
// anything else than the file says. Untrusted are the proposal, its call tree
// and, while it is parsed, the file: who can hand over a proposal may also have
// written an intent. Where the file comes from is for the caller to judge.
//
// Parse, Intent.Match and Intent.Tx are what most callers need. Errors in a file
// are an *Error with line and column; nothing is assumed, corrected or skipped.
//
// # File
//
// The rest of this comment is the specification of the format, intent/v1.
//
//	coldsign: intent/v1
//	chain: 1
//	safe: "0x849D52316331967b6fF1198e5E32A0eB168D039d"
//	nonce: 71
//	safeTxGas: 0
//	baseGas: 0
//	gasPrice: 0
//	gasToken: "0x0000000000000000000000000000000000000000"
//	refundReceiver: "0x0000000000000000000000000000000000000000"
//	multisend: "0x9641d764fc13c8B624c04430C7356C1C7C8102e2"
//	note: "free text"
//	actions:
//	  - send: {amount: "30000 ETH", to: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"}
//	  - transfer: {token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", amount: "1250.5", decimals: 6, to: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"}
//	  - call: {to: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496", function: "setFee(uint256)", args: ["30"], value: "0 ETH"}
//
// A file is UTF-8 without byte order mark. Lines end with LF or CR LF; any other
// CR is refused, and so is a line that starts with % (a YAML directive). In the
// file, comments included, and in every value after its escapes are undone, all
// characters are printable ones, the ASCII space, tab or line feed: controls,
// bidirectional and zero-width characters, other blanks and unassigned code
// points are refused.
//
// The file is exactly one YAML document. Of YAML it uses block and flow
// mappings, block and flow lists, and scalars in any style; comments are
// ignored. Refused are anchors, aliases, tags of any kind (also the bare "!"),
// merge keys, directives, keys that are no scalar, a second document, an empty
// file. A key stands at most once in a mapping; all keys of a mapping are known
// and exactly spelt; their order is free.
//
// Every scalar is its literal text with quotes and escapes undone. Nothing is
// resolved: 010 is the text "010", which is no number here. An empty scalar and
// null are refused wherever a value stands.
//
// # Limits
//
// At most 256 KiB, 32 nested mappings and lists (the whole file is the first)
// and 10,000 actions. A note has at most 500 bytes. Function and argument types
// are bounded as in package abi.
//
// # Values
//
//	number    a decimal number from 0 to 2^256-1, without sign, leading zero,
//	          underscore, exponent, separators or other radix
//	address   0x and 40 hex digits, all letters in lower case or all as EIP-55
//	          says. Names, ENS names and chain prefixes (eth:0x…) are refused:
//	          nothing offline could resolve them here
//	target    an address that is not zero
//	amount    digits, or digits "." digits, without sign and leading zero, without
//	          trailing zero after the point, with no more digits after the point
//	          than the unit has decimals, in base units at most 2^256-1; then, if
//	          the unit is written, one space and the unit
//	text      a scalar that YAML resolves to a string; quoted it always is one
//
// # Header
//
//	coldsign        intent/v1                     required
//	chain           number, not 0                 required; EIP-155 chain id
//	safe            target                        required; the Safe that acts
//	nonce           number                        required
//	safeTxGas       number                        0 if absent; gas
//	baseGas         number                        0 if absent; gas
//	gasPrice        number                        0 if absent; base units of gasToken per gas
//	gasToken        address                       zero if absent; zero is the native currency
//	refundReceiver  address                       zero if absent; zero is whoever executes
//	multisend       target                        the MultiSend library around a batch; if absent, the
//	                                              caller's default; refused beside a single action
//	note            text                          shown escaped, compared with nothing
//	actions         list of one to 10,000 actions required
//
// An action is a mapping with one key, its kind. All actions are calls
// (operation 0) made by the Safe, in the order of the list.
//
// # send
//
// Pays in the chain's own currency: a call with value and without data.
//
//	amount  amount with unit: the chain's symbol as the caller knows it, gwei or wei
//	to      target
//
// A send of nothing from the Safe to itself is refused; that is a reject.
//
// # transfer
//
// Moves ERC-20 tokens of the Safe: transfer(address,uint256) at the token.
//
//	token     target, the token contract
//	to        target, the recipient
//	amount    one of: an amount without unit, with decimals;
//	          an amount with the symbol by which the caller knows exactly this token;
//	          a number, one space and "raw": base units, without decimals
//	decimals  number up to 77; if the caller knows the token's decimals, the same
//
// # call
//
// Calls one function with all its arguments.
//
//	to        target
//	function  declaration in the grammar of package abi, types only, canonical
//	          spelling, without spaces: setFee(uint256)
//	args      list of one value for each parameter; may be absent if there are none
//	value     amount as in send; 0 if absent
//
// Values of arguments, by type:
//
//	uintN     number in range
//	intN      number in range, with "-" before it if negative; "-0" is refused
//	address   address
//	bool      true or false
//	bytesN    0x and exactly 2N hex digits
//	bytes     0x and an even number of hex digits
//	string    text
//	T[], T[N] list of values; exactly N for T[N]
//	tuple     list of values, one for each component
//
// # reject
//
// The empty call of the Safe to itself, which only uses up the nonce. Its value
// is the empty mapping, {}. It is the only action of its file.
//
// # Canonical form
//
// Format writes it: the keys in the order above, without optional header keys
// that have their default and without a value of 0; one line for each action;
// keys, header numbers and decimals bare, everything else in double quotes with
// all characters outside printable ASCII escaped; addresses with checksum, bytes
// in lower case; native amounts in the chain's symbol, else in wei; token
// amounts with decimals where they are known, else raw; lines end with LF.
// Parsing it with the same knowledge of units gives an equal Intent.
//
// # Transaction
//
// One action is a plain call: to, value and data are the action's. More actions
// are a delegatecall with value 0 to the library, with the canonical encoding of
// multiSend(bytes); the bytes are the actions' calls in order, packed as from
// MultiSend 1.1.0 on. A batch of one, a batch in a batch, a delegatecall inside
// a batch and the word framing of MultiSend 0.1.0 and 1.0.0 cannot be declared.
//
// # Matching
//
// A proposal matches if all of this holds, and any error on the way is a
// mismatch:
//
//	header    chain, safe, nonce, safeTxGas, baseGas, gasPrice, gasToken and
//	          refundReceiver are known and equal
//	leaves    the leaves of the call tree are as many as the actions, in order.
//	          A leaf is a call that is no container at a known address; what is
//	          inside a leaf belongs to it
//	bytes     each leaf has operation, target, value and calldata of its action
//	meaning   the effects derived from each leaf are facts, made by the Safe, and
//	          those of its action: one transfer of the same asset, amount and
//	          recipient (send, transfer); one rejection (reject); effects of the
//	          very call that was named, of whatever kind but a delegatecall (call).
//	          No effect is left over
//	encoding  Tx gives the operation, target, value and calldata of the proposal
//	          to the byte
//
// Calldata that the decoder reads as another function than the one named, with
// bytes after the arguments or in another encoding, matches nothing.
package intent
