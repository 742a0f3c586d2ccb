// Package policy holds the policy: the file in which a treasury writes down, in calm
// times, which addresses, Safes and tokens it knows and what its transactions may do.
//
// It decides what the names in an intent mean, and whether a transaction keeps
// within what was written. It refuses every file that two readers could read
// differently, and every transaction that is not shown to be within it: what is not
// known of a transaction counts as a breach. A policy can only tighten: nothing in
// it switches off a rule of another package, and what no intent can declare stays
// refused. Untrusted are the transaction and, while it is parsed, the file. Whose
// file it is, is for the caller to judge (a digest that was accepted once).
//
// Parse, Policy.Resolve and Policy.Judge are what most callers need. Errors in a
// file are a *plainyaml.Error with line and column; nothing is assumed, corrected or
// skipped.
//
// # File
//
// The rest of this comment is the specification of the format, policy/v1. Text,
// structure, number, address, hex and truth are those of package plainyaml.
//
//	coldsign: policy/v1
//	version: 3
//	treasury: "Example DAO"
//	chains:
//	  1:
//	    names:
//	      hot-wallet: "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"
//	      kraken: "0x267be1C1D684F78cb4F6a176C4911b741E4Ffdc0"
//	      alice: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
//	      bob: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
//	      aave-pool: "0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2"
//	    groups:
//	      exchanges: [hot-wallet, kraken]
//	    safes:
//	      cold-vault:
//	        address: "0x849D52316331967b6fF1198e5E32A0eB168D039d"
//	        version: 1.3.0
//	        owners: [alice, bob]
//	        threshold: 2
//	        modules: []
//	        guard: none
//	        fallback-handler: "0xf48f2B2d2a534e402487b3ee7C18c33Aec0Fe5e4"
//	        multisend: "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D"
//	    tokens:
//	      USDC: {address: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", decimals: 6}
//	      PUNKS: {address: "0xb47e3cd837dDF8e4c57F05d70Ab865de6e193BBB", standard: erc721}
//	    allow:
//	      - {to: exchanges, function: send, value: {max: "1000 ETH"}}
//	      - {to: USDC, function: "transfer(address,uint256)", args: {0: {in: exchanges}, 1: {max: "250000 USDC"}}}
//	    deny:
//	      - {to: any, function: "setApprovalForAll(address,bool)"}
//	      - {party: "0x722122dF12D4e14e13Ac3b6895a86e84145b6967"}
//	    limits:
//	      - {asset: ETH, per-transaction: "1000", per: {days: 7, amount: "5000"}}
//	      - {asset: USDC, per-transaction: "250000"}
//	    tiers:
//	      - above: ["100 ETH", "100000 USDC"]
//	        require: {approvers: 1, confirm: long}
//	require: {intent: true, intent-authors: [alice-key], min-signatures: 1, journal: true}
//	keys:
//	  alice-key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
//	approvers: [alice-key]
//	lists:
//	  - {file: own.list, sha256: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"}
//	inexact: false
//	descriptors: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
//
// # Limits
//
// At most 1 MiB, 16 nested mappings and lists, 100 chains, 20,000 names (names,
// groups, Safes and tokens of all chains together), 200,000 addresses
// in groups and rules together, where a group counts with its members, 1,000 entries in each of allow, deny,
// delegatecall, limits and tiers of a chain, 50 values of argument and 20 assets of
// a tier, 500 owners or modules, 100 keys, 100 lists and 100 ABIs of
// a chain.
//
// # Header
//
//	coldsign   policy/v1            required
//	version    number 1 to 2^63-1   required; each change has a greater one
//	treasury   text of 1 to 100 bytes, printable ASCII and Latin-1 letters: required; shown
//	chains     EIP-155 chain id: chain   required; at least one
//	journal    32 to 128 hex digits in lower case: the identity of the journal in
//	           which every signature must be recorded
//	require    what every transaction must bring (Requirements)
//	keys       name: key
//	approvers  list of names of keys that may sign receipts
//	lists      list of {file, sha256}: further addresses to be warned of
//	descriptors  sha256 of the bundle of ERC-7730 descriptors (package clearsign) that
//	           may be shown, all its files included; another bundle leaves unchecked
//	inexact    truth, false if absent: whether an intent may bound an amount instead
//	           of giving it; never allowed where a tier applies
//
// Names of keys may be one edit apart, as cfo and ceo are: they lead to no address. A
// key is "ssh-ed25519", one space and the base64 of the OpenSSH wire form, without
// a comment. Keys of small order, under which anybody can sign, are refused, and so
// is one key under two names: one person would count twice.
//
// An ABI gives names and types to the calls of its contract and takes no warning away
// but that they are unknown: what a function does, its name does not say.
//
// The file of a list is a relative name of printable ASCII, its parts separated by
// single slashes, none of them beginning or ending with a dot; sha256 is 64 hex digits in lower case.
//
// # Chain
//
//	names         name: address (not zero)
//	groups        name: list of at least one target
//	safes         name: Safe
//	tokens        symbol: token
//	allow         list of rules; present, it forbids every call that none allows
//	deny          list of rules and parties
//	delegatecall  list of {to: target, code-hash: 32 bytes, functions: list of declarations}
//	limits        list of limits
//	tiers         list of tiers
//	abis          list of {address: place, file, sha256}: the ABI of a contract, as block
//	              explorers, Foundry and Hardhat write it; a file is named as that of a list is
//
// A name holds a to z, 0 to 9 and single hyphens between them, one letter at least,
// and up to 40 bytes. Names, groups and Safes of a chain share one name space. No
// two of its names look alike (package label) or are one edit apart: one letter
// replaced, left out, or exchanged with its neighbour. None looks like an address,
// the chain's native symbol, a token symbol of the chain, or is one of any, none,
// send, self, wei, gwei, raw and the words that YAML readers take for a truth value
// or for nothing. An address has one name on a chain, and no chain lends its names
// to another: the same address may be somebody else's there.
//
// A token is {address, decimals} (ERC-20, decimals up to 77) or {address, standard}
// with standard erc20 (then with decimals), erc721 or erc1155 (without). No two
// symbols of a chain, native one included, look alike; an address is one token.
//
// A place is a name, a Safe's name or an address; a target is a place or a token
// symbol; targets are a target, a group, or a list of both. Each is resolved when
// the file is read: an unknown one is an error.
//
// # Safe
//
//	address           address, required
//	version           what VERSION() returns, required
//	owners            list of places, in the order of getOwners()
//	threshold         number from 1 to the number of owners
//	modules           list of places; [] states that there is none
//	guard             place, or none; so are module-guard and fallback-handler
//	multisend         place: the library that is put around a batch
//	owner-of          list of places: the Safes of which this Safe is an owner
//
// What is absent is not stated.
//
// # Rules
//
// A rule of allow or deny has
//
//	to        targets, or any: the account that is called
//	function  declaration, types only: transfer(address,uint256); send for a call
//	          without data; or any
//	safes     targets; only transactions of these Safes are meant. Absent: of all
//
// and in allow also
//
//	args      position: constraint
//	value     {max: amount}, {equal: amount} or any: the native currency sent along.
//	          Absent, none may be; with send it is required
//
// A position is the number of an argument from 0, followed by ".N" for component N
// of a tuple and ".*" for each element of an array. A constraint is one of
//
//	equal  value of the argument's type
//	in     targets for an address, else a list of values
//	max    for uintN: the largest value
//
// Values are written as in an intent; a uintN may also be an amount. The amount of
// an ERC-20 function that moves or lends the token itself is one of this token: in
// the units of another it would be another amount.
//
// A call is allowed by a rule if it is a plain call (operation 0) of one of the Safes
// to one of the targets, decodes exactly as the function, and every constraint
// holds. The empty call of a Safe to itself, which uses up a nonce, needs no rule. A
// delegatecall is not allowed by rules: where the chain has allow or delegatecall,
// it must be listed in delegatecall, with its function.
//
// A call is denied by a rule of deny if it goes to one of the targets with the
// function's selector (with fewer than four bytes of data for send), whatever else
// it is, wherever it stands in the transaction. {party: targets} denies every
// transaction in which one of them is called, is an address among decoded arguments,
// or gets, gives or may spend something. Deny wins.
//
// A transaction for which more than 20,000,000 rules and values would have to be
// compared is not allowed: nobody waits for the answer.
//
// # Limits and tiers
//
//	asset            native symbol, wei, token symbol (ERC-20), or {address, decimals}
//	per-transaction  decimal amount in units of the asset
//	per              {days: 1 to 366, amount: decimal amount}: in any such time
//	safes            targets; each of these Safes for itself. Absent: every Safe
//
// At least one of per-transaction and per. A token that limits name by address has
// the same decimals in each of them.
//
// Limits count what moves by the standards, when the transaction is executed or later
// by a right that it gives:
//
//   - the value of each call of the Safe
//   - payments, transfers, what is burned, bridged or taken out of a vault for somebody
//     else, and the refund for gas
//   - approvals and permits with their whole amount; an unlimited one exceeds every
//     limit on the token, one for all tokens of a contract is of unknown amount
//   - an allowance of the allowance module with its whole amount, which is unknown if
//     it is filled up again (resetTimeMin is not zero)
//   - of a contract that is known to be a token, by tokens, by limits or by the table
//     of this program, every other call of the Safe as an unknown amount of it:
//     transferWithMemo or approveMax may do what no standard says. Without amount are
//     only approvals taken back (decreaseAllowance, decreaseApproval,
//     setApprovalForAll with false), delegate of votes, deposit() of a wrapped
//     currency, and the questions of EIP-20; withdraw(uint256) burns its argument
//   - a call that is not understood as an unknown amount of the contract that is called
//   - code of a delegatecall that is not listed, messages and orders that become
//     signed, as an unknown amount of everything
//
// A call of any other contract counts with the value it carries and no more, although
// it may make use of approvals given before, of what the Safe holds there, or of a
// right that no standard names. Where limits must hold, list under allow what may be
// called.
//
// An unknown amount breaches every limit on the asset. Tokens are compared by their
// contract. On chains where a contract moves the chain's own currency as a token
// (Celo, Polygon, Metis, Moonbeam and its siblings, ZKsync Era), the two are one asset.
//
// What another Safe is made to do, by execTransaction or through a module that safes
// states for it, is judged by its own rules, and several such calls of one transaction
// together. A journal knows transactions by their hash: where per must hold, the intent
// declares an execution by another Safe as exec-nested with its version, and what a
// module is given is refused.
//
// per counts what the journal says was signed before, and is breached where there is
// no journal. Of another transaction with the same nonce and of this one, only one can
// be executed, and the larger counts.
//
// A tier is {above: list of amounts, require: …, safes: targets}. It applies to a
// transaction that moves more than one of the amounts of its asset, counted in the
// same way. Every tier of the Safe applies to a transaction after which somebody else
// may act for it, who can then take everything: it adds, replaces or removes owners,
// sets the threshold, a module, a guard or a handler, changes the code of the Safe,
// runs a delegatecall, also a listed one, or changes code, roles, owner or rules of the
// Safe or of a module, guard or handler that safes states for it. No limit is breached
// by that, since owners must be replaceable; deny forbids it. All tiers that apply are
// required together.
//
// An amount is a number in the form of an intent, one space and a unit: the native
// symbol, gwei, wei, or a symbol of an ERC-20 token of the chain.
//
// # Requirements
//
//	intent          truth: an intent that matches
//	intent-authors  list of names of keys: the intent is signed by one of them
//	min-signatures  number: signatures of owners that were recovered
//	journal         truth: a journal
//	snapshot        truth: proven state
//	simulation      truth: a simulation that agrees
//	approvers       number: receipts, each signed by another one of approvers
//
// A tier has min-signatures, snapshot, simulation, approvers, and confirm: normal or
// long, the length of what is typed before signing.
package policy
