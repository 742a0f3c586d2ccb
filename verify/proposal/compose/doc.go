// Package compose writes a SafeTx in the forms that people pass around, from
// fields that somebody settled before: an intent, a test.
//
// It decides nothing about a transaction. It refuses a transaction that is not
// whole, and what a form cannot say: a form that drops a field makes another
// transaction of it. Before it hands out a file, package proposal reads it; a file
// that our own reader takes for anything else, or has a word to say about, is not
// handed out. Its input is not trusted to fit, but it holds no text that somebody
// wrote: addresses, numbers and bytes only.
//
// Write is what most callers need. Lacks names what a form does not hold, so that
// whoever uses the file can be told what to give beside it.
//
// # Forms
//
// The names are those of package proposal. JSON is one line, with its keys always in
// the same order, and ends with LF, as does calldata. Addresses have their checksum,
// bytes are in lower case, numbers are decimal texts unless said otherwise, and
// operation is the number 0 or 1. No form holds a signature.
//
//	propose          body that is posted to the Transaction Service, with the hash as
//	                 contractTransactionHash; empty data is null; sender if given
//	gateway-propose  body that is posted to the Client Gateway, with the hash as
//	                 safeTxHash; empty data is null; sender is null if not given
//	tx-builder       batch file of the Transaction Builder: chain, Safe, the calls
//	                 with to, value and data in their order, and the checksum of the
//	                 app. Its createdAt is what the caller says, 0 if nothing
//	typed-data       EIP-712 JSON of the SafeTx with the domain and the type list of
//	                 the Safe's version (dataGas below 1.0.0); chainId is a number
//	                 where JavaScript keeps it
//	calldata         execTransaction with empty signatures, as hex
//	morpho           the flat record safe-tx.json with chain, Safe, version and hash;
//	                 all its numbers are JSON integers
//	protocol-kit     SafeTransactionData of Safe's SDK, the ten fields; the nonce is a
//	                 number where JavaScript keeps it
//	op-txverify      its flat file with chain, Safe and version, and keys in snake_case;
//	                 all its numbers are JSON integers
//
// A batch file holds no operation, no gas or refund field and no library: the app
// makes a plain call of one entry, and of more a delegatecall to MultiSendCallOnly of
// the Safe's version. What is not exactly that is refused. It does not hold the
// nonce either, which the wallet gives it; that is no reason to refuse, since every
// transaction has one, and Lacks says it.
package compose
