// Package intent holds the intent: the file in which a person says, without
// looking at the proposal, what one Safe transaction shall do. It parses the
// file, encodes it to the exact transaction that it means, and matches it with
// the transaction that a proposal makes.
//
// It decides whether a proposal is what was meant. It refuses every file that
// two readers could read differently, and every proposal that does more, less or
// anything else than the file says. Untrusted are the proposal, its call tree
// and, while it is parsed, the file with all that it includes: who can hand over a
// proposal may also have written an intent. Where the file comes from is for the
// caller to judge.
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
// The file is plain text in the small part of YAML that package plainyaml reads and
// specifies: no anchors, aliases, tags, merge keys, directives, second documents,
// repeated or unknown keys, hidden characters; every scalar is its literal text.
//
// # Limits
//
// At most 1 MiB, 32 nested mappings and lists (the whole file is the first)
// and 10,000 actions. A note has at most 500 bytes. Intents stand in intents at most
// 8 deep, and at most 256 of them. Files are included at most 64 times, with 16 MiB together; these bounds and
// that of the actions hold for all levels together. Function and argument types are
// bounded as in package abi.
//
// # Values
//
//	number    a decimal number from 0 to 2^256-1, without sign, leading zero,
//	          underscore, exponent, separators or other radix
//	address   0x and 40 hex digits, all letters in lower case or all as EIP-55
//	          says; or a name that the signer's policy has on this chain. What
//	          begins with 0x is never taken for a name. ENS names and chain prefixes
//	          (eth:0x…) are refused: nothing offline could resolve them
//	target    an address that is not zero
//	token     a target, or a symbol that the signer's policy gives to one token on
//	          this chain. No other table resolves a symbol
//	amount    digits, or digits "." digits, without sign and leading zero, without
//	          trailing zero after the point, with no more digits after the point
//	          than the unit has decimals, in base units at most 2^256-1; then, if
//	          the unit is written, one space and the unit
//	text      a scalar that YAML resolves to a string; quoted it always is one
//	hex       0x and an even number of hex digits
//	file      text: a relative name with slashes, below the folder of the file in
//	          which it stands, without "." and ".."
//	intent    a mapping that is a whole intent, or a file with one
//
// Where the words say amount with bounds, {max: amount} or {min: amount, max:
// amount} may stand in place of an amount, if the policy allows inexact intents. A
// match is then marked as inexact, and of the encoding only that one word is not
// compared.
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
//	multicall       {library: target, function: aggregate, aggregate3 or aggregate3Value}
//	                                              the Multicall3 that the actions go through by
//	                                              delegatecall, in place of a MultiSend
//	replaces        hash or list of hashes        safeTxHashes that this Safe has signed for this
//	                                              nonce and that this transaction is to replace;
//	                                              compared with the journal by the caller
//	note            text                          shown escaped, compared with nothing
//	actions         list of one to 10,000 actions, or {csv: file}   required
//
// An action is a mapping with one key, its kind. All actions are calls made by the
// Safe (operation 0, but where the kind says delegatecall), in the order of the list.
//
// # Payments and tokens
//
//	send {amount, to}
//	    Pays in the chain's own currency: a call with value and without data. amount
//	    (with bounds) has the chain's symbol as unit, gwei or wei. A send of nothing
//	    from the Safe to itself is refused; that is a reject.
//	transfer {token, amount, to, [decimals], [from], [standard: erc20]}
//	    Moves fungible tokens: transfer(address,uint256), or with from
//	    transferFrom(address,address,uint256). amount (with bounds, but not beside
//	    from) is one of: an amount without unit, with the key decimals; an amount with
//	    the symbol by which the caller knows exactly this token; a number, one space
//	    and "raw": base units, without decimals. decimals, up to 77, may not
//	    contradict what the caller knows. token may be absent where the policy knows
//	    the symbol of the amount.
//	transfer {standard: erc721, token, id, to, [from], [function]}
//	    Moves one token of a collection. function is safeTransferFrom (if absent) or
//	    transferFrom, both with (address,address,uint256). from is the Safe if absent.
//	transfer {standard: erc1155, token, id, amount, to, [from]}
//	    safeTransferFrom(address,address,uint256,uint256,bytes) with empty bytes;
//	    amount is a number.
//	approve {token, amount, spender, [decimals]}
//	    approve(address,uint256). amount (with bounds) as in transfer and not zero, or
//	    the word unlimited, which is 2^256-1.
//	approve {standard: erc721, token, id, spender}
//	    The same function for one token of a collection.
//	revoke {token, spender}
//	    approve(address,uint256) of zero. Of a collection (ERC-721) this would give token
//	    number 0 away: there it is revoke {standard: erc721, token, id}, which approves
//	    the zero address for that token.
//	revoke {token, operator}, approve-all {token, operator}
//	    setApprovalForAll(address,bool) with false and with true.
//
// # Any function
//
//	call {to, function, [args], [value], [suffix]}
//	    Calls one function with all its arguments. function is a declaration in the
//	    grammar of package abi, types only, canonical spelling, without spaces:
//	    setFee(uint256). args is a list of one value for each parameter and may be
//	    absent if there are none; value is an amount as in send, 0 if absent; suffix
//	    is hex, the bytes after the arguments.
//	delegatecall {to, function, code-hash, [args]}
//	    Runs a function of another contract with all rights of the Safe (operation 1).
//	    code-hash is the Keccak-256 of its runtime code. That an intent declares it
//	    does not suffice: the policy must list the target with this code, and the code
//	    must be proven.
//
// Values of arguments, by type:
//
//	uintN     number in range
//	intN      number in range, with "-" before it if negative; "-0" is refused
//	address   address
//	bool      true or false
//	bytesN    0x and exactly 2N hex digits
//	bytes     hex; or {function, args}, a call with its selector and arguments, which
//	          is then declared as such and not only as bytes
//	string    text
//	T[], T[N] list of values; exactly N for T[N]
//	tuple     list of values, one for each component
//
// # Control of the Safe
//
// These are calls of the Safe to itself (OwnerManager.sol, ModuleManager.sol,
// GuardManager.sol, FallbackManager.sol). previous is the entry before the one that
// goes, in the order of getOwners() or getModulesPaginated(), or the word first.
//
//	add-owner {owner, threshold}               addOwnerWithThreshold(address,uint256)
//	remove-owner {owner, previous, threshold}  removeOwner(address,address,uint256)
//	swap-owner {old, new, previous}            swapOwner(address,address,address)
//	change-threshold {threshold}               changeThreshold(uint256)
//	enable-module {module}                     enableModule(address)
//	disable-module {module, previous}          disableModule(address,address)
//	set-guard {guard}                          setGuard(address); none removes it
//	set-module-guard {guard}                   setModuleGuard(address); none removes it
//	set-fallback-handler {handler}             setFallbackHandler(address); none removes it
//	migrate-safe {singleton}                   changeMasterCopy(address), up to 1.2.0
//	migrate-safe {singleton, library, function, [fallback-handler]}
//	    A delegatecall to a migration library: migrateSingleton,
//	    migrateWithFallbackHandler, migrateL2Singleton, migrateL2WithFallbackHandler,
//	    migrateToL2 or migrateFromV111. singleton and handler are what the Safe runs
//	    afterwards, and are compared with what the published library holds.
//	reject {}
//	    The empty call of the Safe to itself, which only uses up the nonce. It is the
//	    only action of its file.
//
// # Control of other contracts
//
//	upgrade {proxy, implementation, [admin], [call]}
//	    Changes the code behind a proxy: upgradeTo(address) at the proxy, or
//	    upgrade(address,address) at its admin. With call, which is {function, args} or
//	    the word none for empty bytes: upgradeToAndCall(address,bytes) or
//	    upgradeAndCall(address,address,bytes).
//	transfer-ownership {of, to}                transferOwnership(address)
//	grant-role {on, role, account}             grantRole(bytes32,address)
//	revoke-role {on, role, account}            revokeRole(bytes32,address)
//	    role is 32 bytes in hex, or the name of the constant, such as MINTER_ROLE (capital
//	    letters, digits and _, a letter first), of which it is the Keccak-256;
//	    DEFAULT_ADMIN_ROLE is zero (AccessControl.sol).
//
// # Contracts, messages, other Safes
//
//	deploy {via, code or code-file, salt}
//	    A contract by a deterministic deployer (0x4e59…956C, 0x914d…43d7), whose
//	    calldata is salt and code.
//	deploy {via, code or code-file, operation, [salt], [value]}
//	    By Safe's CreateCall: performCreate(uint256,bytes), or with salt
//	    performCreate2(uint256,bytes,bytes32). operation is call or delegatecall;
//	    value only beside delegatecall. code-file is a file with 0x and hex digits.
//	sign-message {library, text or bytes}
//	    Marks a message as signed by the Safe: signMessage(bytes) by delegatecall to
//	    the library, or with library none by a call to itself (up to 1.2.0). Of a text,
//	    the message is its EIP-191 digest.
//	exec-nested {intent, signatures, [version]}
//	    Makes another Safe execute its transaction: execTransaction at the Safe of the
//	    intent inside. signatures is hex, or the word own: that this Safe, which calls,
//	    is an owner there. The nonce inside binds nothing but the hash that is shown, and
//	    an amount with bounds cannot stand inside, since its bytes are not known.
//	approve-hash {intent or proposal, [version]}
//	    approveHash(bytes32) at another Safe, whose transaction is that of the intent
//	    inside, or of a proposal file in any form that holds Safe and nonce. The hash is computed and
//	    stands nowhere in the action. version is that Safe's, by the policy if absent.
//	    Nothing of that transaction stands in the proposal: the caller judges it by
//	    itself, as if it had been proposed with the intent inside, at every level. A
//	    proposal may hold nothing that needs a declaration.
//
// # CSV
//
// A file of payments has the lines
//
//	recipient,token,amount
//	payroll,ETH,1.5
//	0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496,USDC,1250.5
//	0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496,0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48,1250500000 raw
//
// the first exactly so; at most 1 MiB and 10,000 payments; fields of printable ASCII
// without quotes, backslashes and blanks around them; lines end with LF or CR LF. An
// amount with exactly two decimals may end with zeros, as spreadsheets write it. The
// chain's symbol as token makes a send, unless the policy gives it to a token;
// anything else a transfer, whose decimals must be known unless the amount is raw.
//
// # Canonical form
//
// Format writes it: the keys in the order above, without optional header keys
// that have their default and without a value of 0; one line for each action;
// keys, header numbers and decimals bare, everything else in double quotes with
// all characters outside printable ASCII escaped; addresses with checksum or by the
// name that the file uses, bytes in lower case; native amounts in the chain's symbol,
// else in wei; token amounts with decimals where they are known, else raw; lines end
// with LF. Parsing it with the same knowledge gives an equal Intent.
//
// # Transaction
//
// One action is a plain call: to, value, data and operation are the action's. More
// actions are a delegatecall with value 0 to the library, with the canonical encoding
// of multiSend(bytes); the bytes are the actions' calls in order, packed as from
// MultiSend 1.1.0 on. With multicall they are a delegatecall with value 0 to that
// contract, in which no call may fail. A batch of one in a MultiSend, a batch in a
// batch and the word framing of MultiSend 0.1.0 and 1.0.0 cannot be declared.
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
//	          exactly those of its action, one for one; for call, effects of the very
//	          call that was named, of whatever kind but a delegatecall. No effect is
//	          left over. Of exec-nested, the calls inside are matched with the intent
//	          inside in the same way; that the account is a Safe which executes what
//	          it is given is the author's word
//	encoding  Tx gives the operation, target, value and calldata of the proposal
//	          to the byte
//
// Calldata that the decoder reads as another function than the one named, with
// bytes after the arguments that are not declared, or in another encoding, matches
// nothing. Where several functions have one selector, the action's is tried first.
package intent
