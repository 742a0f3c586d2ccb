// Package eip712 reads and hashes typed data of any type from untrusted JSON
// (EIP-712), as eth_signTypedData_v4 takes it.
//
// It decides what each value is, by the types that the payload itself declares,
// and what a signer would sign: keccak256(0x1901 ‖ domain separator ‖ hashStruct).
// Its input is hostile: types, keys and values are chosen by whoever asks for the
// signature.
//
// Signers differ in what they tolerate, and each tolerance lets one payload be
// signed as two. So everything is refused of which two signers could make two
// hashes:
//
//   - types that are no exact list of {name, type}, that name a type nobody
//     declares, that contain themselves, or that are called like an elementary
//     type; "uint" and "int", which EIP-712 does not know;
//   - a domain with other fields than name, version, chainId, verifyingContract
//     and salt, with these in another order or of another type, or with keys that
//     its type does not hold;
//   - a field that is missing, null, or not named by the type: signers ignore it or
//     refuse it;
//   - numbers out of range or in a form that readers understand differently,
//     JSON numbers that JavaScript rounds, hex of the wrong length, addresses with a
//     wrong checksum, lists of another length than their type.
//
// Without a type EIP712Domain the domain's type follows from its fields in the
// order of the standard, as ethers makes it; a signer that takes it as empty signs
// something else, so Data.Guessed says so.
//
// Most callers need Read and nothing else. What is not exact is a Problem, and
// then there are no hashes; the values that are exact are given all the same, so
// that a person can be told what is asked for.
package eip712
