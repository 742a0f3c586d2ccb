// Package safe is the Safe protocol without any input or output: the fields of
// a SafeTx, the domain, message and transaction hashes of every contract
// version from 0.1.0 to 1.5.0, SafeMessage hashes, signature blobs and MultiSend
// packing.
//
// It decides which hash a hardware wallet will show and who signed it. It
// refuses versions whose hash rule it does not know, fields that are missing,
// and signature blobs that the contract would read differently from a person.
// All its inputs are untrusted: the caller says where each came from.
//
// Hash rules, by version (safe-smart-account, GnosisSafe.sol and Safe.sol,
// encodeTransactionData and domainSeparator of each tag):
//
//	0.1.0           EIP712Domain(address verifyingContract)                  SafeTx with dataGas
//	1.0.0 … 1.2.0   EIP712Domain(address verifyingContract)                  SafeTx with baseGas
//	1.3.0 … 1.5.0   EIP712Domain(uint256 chainId,address verifyingContract)  SafeTx with baseGas
//
// Build metadata such as "+L2" does not change a hash and is stripped.
//
// Most callers need Tx.Hash and Domain.HashMessage for what is signed,
// ParseConfirmation or ParseBlob and then Recover for who signed it, and
// UnpackMultiSend, PackMultiSend and ExecTransactionCalldata to compare bytes. What
// a wallet or device returned becomes a signature of an owner by Attribute, and
// signatures become what execTransaction takes by Pack; Through says what the
// owners of a Safe that is itself an owner sign.
// An address is proven only where Recover says so: approved hashes and contract
// signatures name an owner, but only the chain knows whether they count.
package safe
