// Package journal keeps what this machine has approved, refused and signed, in a
// file that only grows. It answers two questions before a signature: was another
// transaction approved or signed for this Safe and nonce already ("it failed, sign
// again"), and how much of an asset has left within a time.
//
// Open takes the lock, checks the whole file and keeps the lock until Close, so that
// nothing is written between the check and the signature. Read is for those who only
// look. Append returns when the record is on the disk, and not before.
//
// The file is untrusted while it is read: it is refused where it is not exactly what
// this package writes, and nothing in it is skipped, corrected or cut off. The chain
// of digests shows a change before the last line. It cannot show that the last lines
// were removed, that the last line was exchanged, or that the file is another one:
// whoever may write the file can do all three. Identity, Len and Head show that to
// whoever has noted them elsewhere: a policy pins the identity, every receipt has
// length and head.
//
// The clock is believed as far as it does not go back. Set forward, it makes what
// left before look old; the journal then refuses records until that time has come.
//
// # File
//
// A regular file, never a link, of at most 67,108,864 bytes (MaxFile). It is made of
// at most 100,000 lines (MaxRecords) of at most 65,536 bytes (MaxLine), each closed by
// one line feed, which belongs to the line in every count and digest. A line is one
// JSON object in printable ASCII without blanks between its parts, without escapes,
// with the keys below in the order below; a key is left out where there is nothing to
// say, and never empty. So each record has exactly one line and each line one record: parsed and
// written again it is the same, byte for byte, or it is refused.
//
//	coldsign    "journal/v1"; first line only
//	sequence    a number: 1 for the first line, then one more each
//	previous    the digest of the line before; 64 zeros in the first
//	time        RFC 3339, UTC, whole seconds: "2026-01-31T12:00:00Z"; never before
//	            the time of the line before, never before 2020
//	kind        "init", "approved", "refused" or "signed"
//	identity    16 random bytes in hex; first line only
//	chain       chain id, decimal
//	safe        address, EIP-55
//	version     the Safe's version, "1.4.1"
//	nonce       decimal
//	safeTxHash  0x and 64 hex digits
//	payload     digest of the proposal's bytes
//	policy      digest of the policy's bytes
//	intent      digest of the intent's bytes; of one that includes other files, of the
//	            list of all their digests (package receipt)
//	program     version of this program: 1 to 100 characters, no " and no \
//	signer      address, EIP-55
//	reason      code of the finding that refused: A-Z, 0-9 and _, 1 to 64 characters
//	outflow     what leaves the Safe, a list of {"standard","token","amount"}:
//	            "native", "erc20", "erc721" or "erc1155"; the token's address, left out
//	            for native; decimal in base units, or "unlimited"
//	parties     who is paid or may spend: at most 500 addresses, EIP-55, in ascending
//	            order, each once
//
// Digests are sha256 in 64 lower-case hex digits, so tail -n 1 FILE | sha256sum prints
// the head. Numbers are below 2^256, without sign or leading zero.
//
// The first line is init and has the keys up to identity; init stands nowhere else.
// Approved and signed have all others, but policy only where there was one, parties only
// where there are some, and reason never; signer stands in signed only. Refused has reason and program and whatever of
// chain to intent was known, and neither signer nor outflow.
//
// # Keys of transactions
//
// A Safe from version 1.3.0 on puts the chain into its hashes. Below, one signature is
// valid on every chain: such a record meets every chain, in Conflicts and in Spent.
//
// # Torn files
//
// A power cut or a full disk can leave a piece of a line at the end: bytes without a
// line feed, or a last line with NUL bytes in it. It was never acknowledged, and still
// it is not skipped: Open and Read refuse with ErrTorn, the offset at which the whole
// lines end, and their length and head. A person compares these with the last receipt
// and cuts the file there. This package never shortens a file.
package journal
