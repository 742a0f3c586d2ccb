// Package catalogue is what coldsign knows offline: declarations of functions
// by selector, the contracts that Safe published on each chain, the libraries
// of others that Safes commonly run, chains with their native currency, and
// tokens. Each fact has a source (NOTICE lists packages, versions and licences).
//
// The tables are trusted: they are part of the program. What is looked up in
// them (selectors, addresses, chain ids, names) comes from an untrusted file
// and may be anything; every lookup answers "not known" rather than guess, and
// an unknown chain (0) has no published contracts, no libraries and no tokens.
//
// # What a declaration is worth
//
// A selector is four bytes of a hash, and the contract at the target decides
// what they do. A declaration therefore names how calldata would be read, not
// what a call does, and its Grade says who vouches for the name. At the target
// of a delegatecall to unpublished code a declaration means nothing at all: the
// code that emptied Bybit's Safe was reached by transfer(address,uint256) and
// overwrote storage slot 0.
//
// Guesses (GradeDatabase) are offered by Lookup only when nothing better is
// known for the selector. Otherwise somebody could write bytes that the true
// declaration cannot read and a guess can, and have them shown under the guess.
//
// Both decoders of package abi are given the declarations of this package. It
// is what they share, so an error here can mislead both in the same way: hence
// one declaration a line, each selector recomputed by the tests, and each list
// of functions of a Safe contract compared with the published ABI.
//
// Each function of curated.txt has been given a meaning (verify/effect/calls). The many
// that come from named.txt and from the ABIs of packages are read like them, but are names
// and no more. Names of parameters are shown where all packages agree on them.
//
// # Files
//
// curated.txt and named.txt are written by hand; the files in tables are made from them and from
// published packages (internal/gen/packages.txt) by internal/gen, sorted by key, one record a line, fields
// separated by tabs. They are searched as text: nothing is parsed at program
// start, and a lookup allocates no more than its result.
package catalogue
