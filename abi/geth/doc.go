// Package geth is the second of the two calldata decoders of package abi, whose
// comment is the specification of both. It lets go-ethereum's accounts/abi read
// the arguments, lets it encode them again, and believes the result only if the
// encoding is, to the byte, what the calldata begins with.
//
// go-ethereum's decoder is made for reading what honest contracts return, and
// is lax: it ignores the high bytes of addresses and the tails of bytesN, takes
// any offset and anything behind the arguments. Encoding again shows all of
// that. What it does not show are integers above the range of widths such as
// uint96 and uint160, which the library carries through in both directions, and
// strings that are not UTF-8. And the library follows offsets that all point at
// the same place, so that a few kilobytes grow into gigabytes. So a guard goes
// over the bytes first: it refuses values out of range and dirty padding, and
// it counts words, because an encoding has a word for each word that is read,
// and one that is read twice cannot be canonical.
//
// Decided here: what the bytes of one transaction say, as a tree of calls and as
// a transcript. Refused here: more than one encoding of the same values (they
// are reported as trailing or noncanonical, never repaired). Not decided here:
// whether a call is harmless. Calldata, targets, values and operation bytes are
// untrusted. Declarations are believed as far as names and types go, but they
// may be of any form: one outside the grammar is left out. Whether a
// declaration hashes to the selector it was found under is the concern of the
// caller.
//
// Package abi compares the transcript with the one of package strict. The two
// share no code and no types, and neither may import the other; nothing of this
// project is imported here.
package geth
