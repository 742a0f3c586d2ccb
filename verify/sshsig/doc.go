// Package sshsig verifies the signature files of OpenSSH, as ssh-keygen -Y sign
// writes them: who of a few named keys signed exactly these bytes for exactly this
// purpose.
//
// It decides by itself, from the bytes and the standard library. Message and
// signature are untrusted, the keys and the namespace are the caller's. It refuses
// everything that two verifiers could judge differently, and every signature whose
// signer has no name or more than one. Verify and ParseKey are all that callers
// need; an error is an *Error whose kind errors.Is finds.
//
// # Signature file
//
//	-----BEGIN SSH SIGNATURE-----
//	base64 in lines of 70 characters (as ssh-keygen writes) or of 76 (as
//	PROTOCOL.sshsig asks for); the last line may be shorter
//	-----END SSH SIGNATURE-----
//
// Every line ends with LF; nothing stands before, between or after. The base64 is
// strict: padded, unused bits zero. A blob has therefore no more than two files. At
// most 4,096 bytes.
//
// # Blob
//
// As in PROTOCOL.sshsig; a string is a length of four bytes, big end first, and as
// many bytes.
//
//	"SSHSIG"    six bytes
//	uint32      version, 1
//	string      public key
//	string      namespace: what the signature is for; the one that is wanted, exactly
//	string      reserved: empty
//	string      hash algorithm: sha512 or sha256
//	string      signature
//
// Nothing follows the last string, here and inside the strings. Signed are "SSHSIG"
// and, as strings, namespace, reserved, hash algorithm and the hash of the message.
//
// # Keys
//
//	ssh-ed25519                   string type, string of 32 bytes (RFC 8709)
//	sk-ssh-ed25519@openssh.com    the same and a string, the application
//	                              (PROTOCOL.u2f): a key in a security token
//
// The 32 bytes are a point of Curve25519's Edwards form in its only encoding: the
// coordinate is below 2^255-19, the point is on the curve, and it is not of small
// order. Under a key of small order (all zeros is one) a signature is valid for
// messages that nobody signed.
//
// The signature of a token covers the application, flags, a counter and the message.
// The flag "user present" must be set: without a touch the token signed for a program
// and not for a person. Beside it only "user verified" may be. The counter is not
// judged.
//
// Other algorithms are refused, certificates too: who may sign is a list of keys.
package sshsig
