// Package receipt holds what one run of coldsign checked, in a file that two people
// can compare and that a second approver can sign.
//
// New makes a receipt from a report and the text that was shown, and says nothing
// that they do not say. Parse reads one, Compare puts two beside each other field by
// field, SameDecision says whether both people verified the same thing, Counts
// whether a signed receipt stands for a second approver.
//
// A receipt is untrusted when it is read: who can write a file can write one. It
// proves nothing by itself. Parse refuses what two readers could read differently
// and what contradicts itself; only a signature says whose run it was, and only the
// signer's care that the run took place, and where: the journal is named by whoever
// signs, so that one machine does not approve itself by mistake or for convenience. Who
// means to cheat can name another. Errors are an *Error; its kind is found by
// errors.Is.
//
// # File
//
// The rest of this comment is the specification of the format, coldsign/receipt/v1.
//
//	{
//	  "coldsign": "coldsign/receipt/v1",
//	  "program": {
//	    "name": "coldsign",
//	    "version": "v1.2.0",
//	    "module": "github.com/coldsign/coldsign v1.2.0"
//	  },
//	  "time": "2026-03-01T09:30:00Z",
//	  "command": "verify",
//	  "verdict": "verified",
//	  "exitCode": 0,
//	  ...
//	}
//
// A file is one JSON object in ASCII, with the keys below in this order, all of them,
// and no others; two spaces for each level, one member or item a line, a space after
// the colon, an empty list as [], LF after each line and after the last brace. So one
// receipt has one file: Parse writes what it read again and compares.
//
// Every string is printable ASCII. What is not in the report's own texts is written
// there as an escape (\u202e); a string of more than 4,096 bytes is cut and ends with
// its length and sha256. What is unknown is "". A file has at most 16 MiB and 250,000
// values.
//
//	coldsign   coldsign/receipt/v1
//	program    name, version and module: the program that ran
//	time       when, in UTC: 2026-03-01T09:30:00Z; by that machine's clock
//	command    verify, sign, check, decode or hash
//	verdict    verified, no-objection, refused or unchecked
//	exitCode   with which the run ended: 0 for a pass, 3 for refused, else 1; decode
//	           and hash, which pass nothing, end in 0 with unchecked
//	summary    the report's reason for the verdict
//	file       name of the proposal's file, as that person wrote it
//	dialect    form in which the file was read
//	safe       value and from (below): the address with its checksum
//	chain      value and from: the chain id in decimal
//	version    value and from: the Safe's version
//	nonce      value and from: in decimal
//	hashes     domain, message, safeTx: 0x and 64 digits in lower case; of an
//	           off-chain payload signed, instead of safeTx, and signedAs, what the
//	           signed hash is called
//	intent     origin; matched, true or false; declared, the actions in words, in
//	           their order
//	digests    list of name and sha256 (64 digits in lower case) of every input; no
//	           name twice. "intent" is that of the intent's file; where it includes
//	           other files, that of the list of all (below), and then "intent itself"
//	           is that of its file and intent file "NAME" that of each other
//	journal    length, head and identity of the journal of signatures, or null
//	findings   list of code, severity, where, declared
//	effects    list of texts: what the transaction does
//	totals     list of texts: what leaves, for each asset
//	shown      sha256 and lines: the whole text report, 100 columns wide and without
//	           colour, and the digest of its lines, each ended by LF
//
// The list of an intent that includes other files has one line for the intent, with "-"
// for its name, and one for each file, in the order in which the intent first names
// them: the sha256, two blanks, the name from the intent's folder, LF, as sha256sum
// writes them; a name with a line feed stands in Go quotes. So one digest stands for all
// that was declared, here and in the journal, and it is the list that the intent's
// author signs.
//
// from says who says so, as in reports: signed, claimed, given, beside, proven,
// derived, inferred, or "" if nobody does.
//
// # What contradicts itself
//
//	verdict, exit code and command that no run ends with
//	a verdict other than the first word of the text
//	a digest of the text that is not its digest
//	a hash, an address, a digest or an effect that the text does not show in its place
//	(blanks and line ends do not count)
//	verified without Safe, chain, version, nonce, the three hashes, the digest of an
//	intent that matches, or with a critical finding that is not declared
//
// So one field cannot be changed alone. All together they can: that takes a
// signature to exclude.
//
// # Signature
//
// The file as it is, signed with ssh-keygen -Y sign -n coldsign-receipt (package
// sshsig).
package receipt
