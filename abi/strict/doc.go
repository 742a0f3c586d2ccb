// Package strict is the first of the two decoders that package abi compares. It
// reads ABI calldata from untrusted bytes, and was written from the Contract ABI
// Specification (docs.soliditylang.org, "Formal Specification of the Encoding")
// and from the comment of package abi, with the standard library only.
//
// It decides what the calldata of a call says: which function, which arguments,
// which calls inside it. It accepts exactly one encoding of each value. Dirty
// padding, integers out of range, strings that are not UTF-8, and tails that are
// shared, overlapping, out of order or apart are refused: that candidate is
// "noncanonical" and its bytes are shown raw. Bytes after the arguments are kept
// apart as Suffix. What it cannot read is never left out of the transcript.
//
// It repeats work that package geth does as well; that is its purpose. Neither
// imports the other, and an error in one must not be able to hide in both, so
// also decimals and quoted strings are written here and not by a common helper.
//
// Untrusted are operation, target, value and calldata. The declarations that a
// Lookup returns come from the catalogue or from the signer; they are checked
// against the grammar all the same, and nothing about a selector is believed
// beyond what they say. The package computes no hash: whether a declaration
// belongs to its selector is for the caller to know, and the selector of a name
// that a timelock is given comes from Input.Selector.
//
// Most callers need Decode and Call.Transcript.
package strict
