// Package keyfile reads an encrypted Ethereum key file, version 3 of the Web3 Secret
// Storage, and signs digests with the key in it.
//
// The file is untrusted: whoever could write to the disk or the stick it came on
// chose every byte. The digest that is signed is trusted and must have been computed
// by this program; ECDSA over a digest that somebody else chose signs anything. The
// passphrase comes from a person. Parse reads the file, File.Open decrypts it,
// Key.Sign signs, Key.Destroy forgets; most callers need these four, in this order.
// An error is an *Error whose kind errors.Is finds.
//
// # Two readers
//
// Decrypting is left to go-ethereum's accounts/keystore. That reader panics on
// files that lack a member, takes any memory that a file asks for, cuts 4096.7 to
// 4096, reads "Crypto" over "crypto", and does not compare the address. So the file is
// read here first, into a struct of our own; DecryptKey gets only that struct, encoded
// again, and never sees the file. What it cannot see, it cannot understand differently.
//
// # What is accepted
//
// One JSON object as package strictjson accepts it, at most 64 KiB and 8 levels deep,
// with these members, spelt exactly so:
//
//	version        the number 3
//	address        optional: 40 hex digits, 0x before them or not, in lower case or with
//	               the checksum of EIP-55
//	crypto         an object:
//	  cipher       "aes-128-ctr"
//	  cipherparams an object: iv, 16 bytes
//	  ciphertext   32 bytes: a private key; files of old programs that left its
//	               leading zeros out are refused
//	  kdf          "scrypt" or "pbkdf2"
//	  kdfparams    an object: dklen, the number 32, and salt, 8 to 64 bytes; for scrypt
//	               n, r and p; for pbkdf2 c, and prf, "hmac-sha256"
//	  mac          32 bytes
//
// Bytes are hex digits of either case, two a byte, without 0x. Numbers are written as
// plain integers: 4096.0, 1e3 and "4096" are refused.
//
// Other members of the outermost object (id, name, meta, x-ethers and whatever a
// program adds) are ignored, whatever they hold: they cannot matter where only the
// members above are encoded again. A name that differs from a known one by case or
// punctuation only is refused all the same, since programs exist that read it as the
// known one. Only "Crypto", which ethers writes, may stand in the place of "crypto"; both
// at once are refused.
// Inside crypto an unknown member is refused: a parameter nobody here knows may change
// what the known ones mean.
//
// # Bounds
//
// The file says what its opening costs. scrypt takes 128*n*r bytes, here at most
// 1 GiB: four times the 256 MiB of the file that geth writes (n 262144, r 8), for
// owners who chose n 1048576, and no more than an ordinary laptop has. The work,
// n*r*p, is at most 2^24, eight times that of geth's file. n is a power of two from 2
// on, r is at most 32, p at most 16, c at most 10,000,000.
//
// No lower bound refuses: the owner cannot change the file while he signs, and his
// key is no safer if he may not use it. File.Weak says it.
//
// # What the MAC does not cover
//
// The MAC covers the ciphertext under the key that passphrase, salt and KDF parameters
// give. It does not cover iv and address. Another iv gives another private key, with a
// right MAC; so the key's address is compared with the one the file claims, and the
// caller must compare it with the owner he expects: a file may claim nothing, or claim
// the address of whatever key it holds.
//
// # Passphrase
//
// Its bytes are used as they are. geth does the same; ethers brings a passphrase into
// Unicode form NFKC first, which is another passphrase if it holds more than ASCII.
package keyfile
