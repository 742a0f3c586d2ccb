// Package sigtext reads the text or the bytes in which somebody brings a signature
// from a wallet or device. All of it is untrusted, and nothing here decides who
// signed: WalletSignature.Attribute does, over a hash that the program computed.
//
// It reads one signature of one key, in at most MaxInput bytes:
//
//	65 bytes {r}{s}{v} or 64 bytes of EIP-2098, raw
//	the same as hex digits of either case, with or without 0x
//	r, s and v on three lines or between commas: 0x and hex, 64 hex digits, or decimal
//	a JSON string with the hex digits
//	{"r":"0x…","s":"0x…","v":27}   v also "27" or "0x1b", or yParity 0 or 1 in its
//	                               place or beside it; yParityAndS in place of s and v
//	{"signature":"0x…"}            also "sig"; beside it owner or address,
//	                               signatureType, and what services add
//
// ReadCollected reads the signatures of several owners too, and those that no key made.
//
// White space around the whole is ignored. An input that can be read in two ways is
// refused, as are a key twice or unknown, null, a number that is not written in its
// one form, and everything of which the signature would be a part only. That a
// record names an owner is kept as a claim, to be contradicted.
package sigtext
