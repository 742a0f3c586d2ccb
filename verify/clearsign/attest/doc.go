// Package attest checks attestations of ERC-7730 descriptors offline (ERC-8176, in
// the form that the registry has): an offchain attestation of the Ethereum
// Attestation Service, typed data of type Attest, whose data are the Keccak-256 of
// the descriptor in the canonical form of RFC 8785.
//
// It decides who signed that they looked at a descriptor, and at which bytes. It
// does not decide whether they looked well, and it cannot know whether they took it
// back: revocation is on a chain. Most of all, the signed hash is that of the
// descriptor's own file. What it includes is not in it, so that whoever changes the
// included file keeps the attestation: Attestation.Scope says so, and a signer pins
// the whole bundle (clearsign.Bundle.Digest).
//
// Both files are untrusted. Refused are: JSON that two readers could read
// differently; keys, types, a domain or a schema other than the form has; typed
// data that is not exact; numbers in a descriptor that are not written in their
// canonical form (two files would have one hash); a signature that is malleable or
// does not recover to the signer that it claims.
package attest
