// Package abi turns the calldata of an untrusted transaction into one agreed
// call tree, or into a refusal.
//
// It runs two decoders that share no code: package strict, written from the
// Contract ABI Specification with the standard library only, and package geth,
// which uses go-ethereum's accounts/abi, encodes the result again and compares.
// Neither imports the other, and neither imports this package. They meet as
// text: each renders what it understood as a transcript, and Decode compares
// the transcripts line by line. A difference is a *DisagreementError, never a
// choice of the better answer.
//
// What both share, and what therefore could mislead both in the same way, is
// the table of function declarations (package catalogue), which maps a
// selector to types and names. SECURITY.md says so.
//
// # Input
//
// A decoder gets the operation byte, the target, the value, the calldata, a way
// to the selector of a text (the first four bytes of its Keccak-256, whatever the
// text says; strict, which computes no hash, gets a function, geth uses
// go-ethereum's), and a lookup from (target, selector) to declarations such as
//
//	transfer(address to,uint256 amount)
//	aggregate3((address target,bool allowFailure,bytes callData)[] calls)
//
// A declaration is NAME "(" [PARAM {"," PARAM}] ")"; a PARAM is TYPE [" " NAME];
// a TYPE is an elementary type or a parenthesised list of PARAMs, followed by
// any number of "[]" and "[N]". NAME is [A-Za-z_$][A-Za-z0-9_$]*. Elementary
// types are uint8…uint256, int8…int256 in steps of 8, address, bool,
// bytes1…bytes32, bytes and string, in their canonical spelling ("uint" is not
// one). N is 1…65535 without leading zero, a tuple has at least one component
// (so that no element has size zero), a declaration has at most 64 parameters
// at each level, nests at most 16 deep (tuples and array suffixes count together;
// the parameter list itself does not) and is at most 4096 bytes long. Of the
// declarations of a selector the first 16 are looked at, and of those the ones
// outside this grammar are left out.
//
// # Strictness
//
// Exactly one encoding of each value is accepted. Integers and addresses are in
// range with clean padding, bool is 0 or 1, bytesN and the last word of bytes
// and string are padded with zeros, string is UTF-8, the offsets of dynamic
// parts are exactly those that an encoder writes: tails in order, without gap,
// overlap or sharing. A candidate is "decoded" if its canonical encoding is the
// whole of data[4:], "trailing" if it is a proper prefix of it, otherwise
// "noncanonical".
//
// # Transcript
//
// Lines are ASCII. P is the path of a call followed by ".", or nothing for a
// call whose path is empty. Every call gives, in this order:
//
//	P"operation" SP decimal of the operation byte
//	P"to" SP 0x and 40 lower-case hex digits
//	P"value" SP decimal
//	P"data" SP length in bytes SP status
//
// status is "empty" (0 bytes; nothing follows), "short" (1 to 3 bytes), "unknown"
// (no usable declaration), "decoded", "trailing" or "noncanonical". Then:
//
//	P"raw" SP 0x hex                     only for short: all bytes; nothing follows
//	P"selector" SP 0x and 8 hex digits
//	P"candidate[i]" SP signature SP status   one line for each usable declaration, in order;
//	                                     signature has types only: transfer(address,uint256)
//	P"raw" SP 0x hex of data[4:]         only for unknown and noncanonical; nothing follows
//	P"function" SP signature             the chosen one
//	… the arguments …
//	P"suffix" SP 0x hex                  only for trailing
//	… the container, see below …
//	… the program, see below …
//	… the possible calls, see below …
//
// The chosen candidate is the first "decoded" one, else the first "trailing" one;
// with neither, the status is "noncanonical" ("unknown" without candidates).
//
// A value at path A = P"arg[i]" of type T and name N ("-" if it has none) gives
//
//	A SP T SP N SP decimal               uintN, intN (with "-" if negative)
//	A SP T SP N SP 0x hex                address, bytesN, bytes; lower case
//	A SP T SP N SP true|false            bool
//	A SP T SP N SP "…"                   string, as strconv.QuoteToASCII writes it
//	A SP T SP N SP "[" count "]"         array; then the elements at A"[j]", whose name is "-"
//	A SP T SP N SP "{" count "}"         tuple; then the components at A"."j, with their names
//	A SP T SP N SP "opened" SP length    bytes whose content follows as calls (see Containers)
//
// # Containers
//
// Some calls carry calls. They are opened by shape, at whatever address; which
// of them are facts is for package effect to say. If the chosen signature is
// one of these (and the status is decoded or trailing), then after the suffix:
//
//	P"container" SP kind SP number of calls
//	P"fault" SP words                    for each fault, in order of appearance
//	P"opData" SP words                   for each opData of an account's batch, in order, see below
//	… the calls, each with path P"data."kind"["i"]", or P"data."kind where there can be only one …
//
// kind is the function's name, and "multicallTo" for multicall(address[],bytes[])
// and multicall((address,bytes,uint256,bool,bytes32)[]), which call others, while every other multicall calls itself, also those of
// kind "multicall" whose function has another name:
//
//	one call      execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)
//	              execTransactionFromModule(address,uint256,bytes,uint8)
//	              execTransactionFromModuleReturnData(address,uint256,bytes,uint8)
//	              execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)
//	              execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)
//	              execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)
//	              execTransactionWithRoleReturnData(address,uint256,bytes,uint8,uint16,bool)
//	              executeNextTx(address,uint256,bytes,uint8)
//	              executeUserOp(address,uint256,bytes,uint8)
//	              executeUserOpWithErrorString(address,uint256,bytes,uint8)
//	              executeTransaction(address,uint256,bytes,uint8)
//	              execute(address,uint256,bytes,uint8)
//	                  to, value, data, operation = arguments 0 to 3
//	              executeProposal(string,bytes32[],address,uint256,bytes,uint8)
//	              executeProposalWithIndex(string,bytes32[],address,uint256,bytes,uint8,uint256)
//	                  to, value, data, operation = arguments 2 to 5
//	              plot(address,bytes32,bytes,uint256)   exec(address,bytes32,bytes,uint256)
//	                  to, data = arguments 0 and 2, value 0, operation 1
//	              execute(address,uint256,bytes)   execute_ncC(address,uint256,bytes)
//	              invoke(address,uint256,bytes)   tryCatch(address,uint256,bytes)
//	              tryCatchLimit(address,uint256,bytes,uint256)
//	              relay(address,uint256,bytes)
//	              schedule(address,uint256,bytes,bytes32,bytes32,uint256)
//	              execute(address,uint256,bytes,bytes32,bytes32)
//	                  to, value, data = arguments 0 to 2, operation 0
//	              execute(address,bytes)   executeCall(address,bytes)
//	              schedule(address,bytes,uint48)
//	                  to, data = arguments 0 and 1, value 0, operation 0
//	tuples        aggregate((address,bytes)[])   blockAndAggregate((address,bytes)[])
//	              tryAggregate(bool,(address,bytes)[])   tryBlockAndAggregate(bool,(address,bytes)[])
//	              aggregate3((address,bool,bytes)[])
//	              aggregate3Value((address,bool,uint256,bytes)[])
//	              executeBatch((address,uint256,bytes)[])   execute((address,uint256,bytes)[])
//	              execute(bytes32,(address,uint256,bytes)[],uint256)
//	              execute((address,uint256,bytes)[],bytes)   executeBySender((address,uint256,bytes)[])
//	              executeBySelf((address,uint256,bytes)[])   multiCall(address,(address,uint256,bytes)[])
//	              batch((address,address,uint256,bytes)[])
//	                  to, data = first and last of the tuple;
//	                  value 0 unless the tuple has one; operation 0, but 1 if the target is the
//	                  Multicall3Delegatecall 0x93dc480940585d9961bfceab58124ffd3d60f76a
//	bundle        multicall((address,bytes,uint256,bool,bytes32)[])
//	                  to, data, value = the first three of each tuple, operation 0
//	parallel      scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)
//	              executeBatch(address[],uint256[],bytes[],bytes32,bytes32)
//	              executeBatch(address[],uint256[],bytes[])   executeBatch_y6U(address[],uint256[],bytes[])
//	              propose(address[],uint256[],bytes[],string)
//	              execute(address[],uint256[],bytes[],bytes32)
//	              queue(address[],uint256[],bytes[],bytes32)
//	                  operation 0; if the three lengths differ: fault "lengths" SP n0 SP n1 SP n2, and no calls
//	pairs         executeBatch(address[],bytes[])   multicall(address[],bytes[])
//	                  to, data = one list each, operation 0, value 0; if the lengths differ:
//	                  fault "lengths" SP n0 SP n1, and no calls
//	named         queueTransaction(address,uint256,string,bytes,uint256)
//	              executeTransaction(address,uint256,string,bytes,uint256)
//	                  one call; to, value, name, data = arguments 0 to 3, operation 0
//	              queueTransaction(address,uint256,string,bytes,uint256,bool)
//	              executeTransaction(address,uint256,string,bytes,uint256,bool)
//	                  the same, but operation 1 if argument 5 is true
//	              propose(address[],uint256[],string[],bytes[],string)
//	                  to, value, name, data = lists 0 to 3, operation 0; if the lengths differ:
//	                  fault "lengths" SP n0 SP n1 SP n2 SP n3, and no calls
//	self          multicall(bytes[])   multicall(uint256,bytes[])   multicall(bytes32,bytes[])
//	              multicallWithNodeCheck(bytes32,bytes[])   batch(bytes[],bool)
//	                  of kind "multicall"
//	              executeWithoutChainIdValidation(bytes[])
//	                  each a call with operation 0 and value 0 to the same target
//	multiSend     multiSend(bytes)   packed entries, below
//	account       execute(bytes32,bytes)   executeFromExecutor(bytes32,bytes)   below
//	script        forward(bytes)   newVote(bytes,string)   newVote(bytes,string,bool,bool)
//	                  argument 0 is an EVM script, below
//
// Every bytes value that is opened is rendered "opened", so that each byte of
// the input is rendered once and the transcript stays linear in the input (of a
// batch with a "truncated" or "framing" fault some bytes are rendered nowhere;
// such a batch is refused whatever they are). In a "lengths" fault nothing is
// opened. An operation of 2 or more in a one-call
// container or an entry gives fault "operation" SP index SP decimal (index 0 for
// one call), and the call is listed all the same.
//
// # Named calls
//
// Compound's Timelock takes the name of a function apart from its arguments
// (Timelock.sol, executeTransaction; GovernorBravoDelegate.sol). If the name is
// empty, the data of the call are the data; otherwise they are the selector of
// the name, followed by the data. The contract hashes the name as it stands, so
// the name is no declaration: what the call means is looked up by the selector.
// The bytes of the data are rendered "opened"; the name stays rendered as string.
//
// # MultiSend framing
//
// safe.md §4.1: entries are operation (1) to (20) value (32) length (32) data,
// without padding. The contract's loop runs while more than 32 bytes remain and
// reads missing bytes as zero, so a truncated last entry is executed. From
// offset 0, while something remains (left = bytes left):
//
//	left ≤ 32          fault "trailing" SP offset SP 0x hex of the rest; stop
//	33 ≤ left ≤ 84     fault "truncated" SP index SP left; the header is completed with zeros,
//	                   the call is listed with empty data; stop
//	length > left-85   fault "overrun" SP index SP length SP left-85; the call is listed with
//	                   the left-85 bytes that are there; stop
//
// otherwise the entry is complete. index is the number of the entry. Faults of
// one entry come in the order overrun or truncated, then operation.
//
// At the target 0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e (MultiSend of 0.1.0
// and 1.0.0) entries are words instead: operation, to, value, 0x80, length, then
// the data padded to a multiple of 32. Anything that is not exactly that
// (an operation above 255, a target above 160 bits, another offset, dirty padding,
// too few bytes) gives
// fault "framing" SP offset of the entry, and ends the list before that entry.
//
// # Account executions
//
// ERC-7579: argument 0 is the mode: call type (1 byte), exec type (1), unused (4),
// selector (4), payload (22). Argument 1 are the data. The call type, and for
// batches the selector, say how the data are read; each call has operation 0
// unless said otherwise:
//
//	0x00                        single: to (20) value (32) data (the rest); one call
//	0x01                        batch: abi.encode(calls), calls being (address,uint256,bytes)[]
//	0x01, selector 0x78210001   batch, ERC-7821: abi.encode(calls) or abi.encode(calls, opData),
//	                            opData being bytes
//	0x01, selector 0x78210002   batches, ERC-7821: abi.encode(bytes[]), each element a batch of the
//	                            form above; the calls of all of them are one list
//	0xff                        delegate: to (20) data (the rest); one call with operation 1, value 0
//	any other                   nothing is read: the two standards state no form
//
// Batches are numbered from 0; the only batch has number 0. The encoding of a
// batch, and of the bytes[] around batches, is canonical (Strictness) and the
// whole of its bytes. If it is a proper prefix of them: fault "suffix" SP number SP
// 0x hex of the rest (for the bytes[], whose rest comes last, the number is its
// length), and the calls are listed; if neither: fault "framing" SP number, and
// that batch lists no calls. Data that are no bytes[], or shorter than the fixed
// fields of single and delegate, give fault "framing" SP 0. Each opData gives the
// words number SP 0x hex.
//
// The mode is known if unused and payload are zero and either the selector is
// zero, the call type 0x00, 0x01 or 0xff and the exec type 0x00 (revert) or 0x01
// (try), or the selector is 0x78210001 or 0x78210002, the call type 0x01 and the exec
// type 0x00. Any other mode gives fault "mode" SP 0x hex, before all others. Accounts
// ignore what they do not use (the reference account of ERC-7579 ignores unused,
// selector and payload), so the data are read as above all the same.
//
// Argument 1 is rendered "opened", unless nothing was read, or single, delegate,
// the only batch or the bytes[] gave "framing": then it is rendered whole.
//
// # EVM scripts
//
// aragonOS, CallsScript.sol: 0x00000001, then entries of to (20) length (4) data,
// without padding; each a call with operation 0 and value 0. Empty bytes are an
// empty list. Bytes that do not begin with 0x00000001 give fault "script" SP 0x hex of
// the first four bytes, or all if there are fewer, no calls, and are rendered whole.
// An entry that needs more bytes than there are gives fault "framing" SP offset of
// the entry, and ends the list before it; the contract reverts there.
//
// # Programs
//
// Some bytes are no calls, but the program of one contract, whose entries mean what
// its source says. They are read by their known layouts, so that recipients and
// amounts are seen. If the chosen signature is one of these (and the status is
// decoded or trailing), then after the container:
//
//	P"program" SP kind SP number of entries
//	… the entries, each with path P"data."kind"["i"]" …
//
//	universalRouter   execute(bytes,bytes[])   execute(bytes,bytes[],uint256)
//	                      entry i is byte i of argument 0 (the code) with element i of argument 1
//	twap              create((address,bytes32,bytes),bool)
//	                  createWithContext((address,bytes32,bytes),address,bytes,bool)
//	                      if the first component of argument 0 is the handler that CoW Protocol
//	                      published for TWAP, 0x6cf1e9ca41f7611def408122793c358a3d11e5a5; one
//	                      entry, of code 0, with the third component
//
// An entry with path E gives
//
//	E".entry" SP 0x code SP name SP length SP status
//	E".raw" SP 0x hex                    all bytes; only for unknown, opaque and noncanonical
//	… the arguments, at E".arg[j]" …     only for decoded and trailing
//	E".suffix" SP 0x hex                 only for trailing
//	E".program" SP kind SP number …      if it is a program in turn; its entries have paths E".data."kind"["i"]"
//
// name is "-" and status "unknown" for a code that is not in the table; "opaque" is a
// known name whose layout is not in the table. The other statuses are those of a
// call's candidate. The argument that holds the entries' bytes is rendered "opened".
// If codes and elements differ in number there is no program, and it is rendered
// whole. Entries count as calls, one deeper than what carries them.
//
// The codes of the UniversalRouter (Commands.sol, Dispatcher.sol), of which bit 7 says
// that the entry may fail and bit 6 is zero in all versions:
//
//	00 V3_SWAP_EXACT_IN             (address recipient,uint256 amountIn,uint256 amountOutMin,bytes path,bool payerIsUser)
//	01 V3_SWAP_EXACT_OUT            (address recipient,uint256 amountOut,uint256 amountInMax,bytes path,bool payerIsUser)
//	02 PERMIT2_TRANSFER_FROM        (address token,address recipient,uint160 amount)
//	03 PERMIT2_PERMIT_BATCH         (((address token,uint160 amount,uint48 expiration,uint48 nonce)[] details,address spender,uint256 sigDeadline) permitBatch,bytes signature)
//	04 SWEEP                        (address token,address recipient,uint256 amountMin)
//	05 TRANSFER                     (address token,address recipient,uint256 value)
//	06 PAY_PORTION                  (address token,address recipient,uint256 bips)
//	08 V2_SWAP_EXACT_IN             (address recipient,uint256 amountIn,uint256 amountOutMin,address[] path,bool payerIsUser)
//	09 V2_SWAP_EXACT_OUT            (address recipient,uint256 amountOut,uint256 amountInMax,address[] path,bool payerIsUser)
//	0a PERMIT2_PERMIT               (((address token,uint160 amount,uint48 expiration,uint48 nonce) details,address spender,uint256 sigDeadline) permitSingle,bytes signature)
//	0b WRAP_ETH                     (address recipient,uint256 amountMin)
//	0c UNWRAP_WETH                  (address recipient,uint256 amountMin)
//	0d PERMIT2_TRANSFER_FROM_BATCH  ((address from,address to,uint160 amount,address token)[] batchDetails)
//	0e BALANCE_CHECK_ERC20          (address owner,address token,uint256 minBalance)
//	10 V4_SWAP                      (bytes actions,bytes[] params)    a program of kind v4Router
//	21 EXECUTE_SUB_PLAN             (bytes commands,bytes[] inputs)   a program of kind universalRouter
//
// Older routers have other commands at 10 and 21, so what is read there is a reading
// and no more. The actions of the v4Router (Actions.sol, V4Router.sol):
//
//	06 SWAP_EXACT_IN_SINGLE   07 SWAP_EXACT_IN   08 SWAP_EXACT_OUT_SINGLE   09 SWAP_EXACT_OUT   opaque
//	0b SETTLE                       (address currency,uint256 amount,bool payerIsUser)
//	0c SETTLE_ALL                   (address currency,uint256 maxAmount)
//	0e TAKE                         (address currency,address recipient,uint256 amount)
//	0f TAKE_ALL                     (address currency,uint256 minAmount)
//	10 TAKE_PORTION                 (address currency,address recipient,uint256 bips)
//
// The layout of twap (TWAPOrder.sol):
//
//	00 TWAP                         (address sellToken,address buyToken,address receiver,uint256 partSellAmount,uint256 minPartLimit,uint256 t0,uint256 n,uint256 t,uint256 span,bytes32 appData)
//
// # Possible calls
//
// Other bytes may be calldata as well: the initializer of a proxy, a message for
// another chain, what a robot shall call. Who would call what, and whether, does
// not stand there, so these are no calls of the tree; but what they would do shall
// be seen. The decoders get a second lookup for them, of declarations that are
// more than guesses. With none nothing is tried.
//
// In a readable call each bytes value that is not "opened", in the order of the
// arguments, is a possible call if its length is 4 modulo 32 and one of the
// declarations of its first four bytes (at the target 0, by the second lookup) is
// "decoded". Bytes of entries of a program are not tried. Words of an encoding never have that length, text and signatures
// seldom, and of random bytes of that length fewer than one in a million begin
// with a known selector. If there are any, after container and program:
//
//	P"maybe" SP number of possible calls
//	… the possible calls, each with path P"maybe."A, A being where its bytes stand …
//
// Each is rendered like a call with operation 0, value 0 and the target 0. Those
// inside it, and what it may call in turn, are read by the second lookup too. They
// count as calls, one deeper than the call around them. Their bytes are rendered
// as an argument as well, so to bound the transcript a possible call in a possible
// call is the last: in its bytes nothing is tried any more.
//
// # Limits
//
// Calls in one tree, nesting of calls and length of calldata are bounded by
// Limits; beyond them a decoder returns an error and no tree; which limit it
// names, where several are exceeded, is its own. The root is at depth 1 and
// counts as one call.
package abi
