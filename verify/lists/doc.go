// Package lists holds addresses to warn of: published lists of thefts and
// sanctions, embedded with source and date, and the signer's own lists.
//
// It decides whether an address is on a list, which one, of what date, and
// whether a later snapshot of the same list dropped it. It is no proof of
// anything: no list named the attackers of Bybit, WazirX or Radiant before the
// theft (attacks.md §8), and an address that is on none may be stolen from
// tomorrow. Own lists add to the embedded ones and never replace them.
//
// The embedded tables are trusted: they are part of the program, reviewed row by
// row (NOTICE; dropped.tsv has what was taken out, and why). They are searched as
// text, like the catalogue: nothing is parsed at program start. An own list is
// untrusted until Parse has read it: such files are passed from hand to hand.
//
// Find looks up the embedded lists, List.Find one of the signer's own.
//
// # Own lists
//
// At most 1 MiB of UTF-8, with or without a byte order mark, lines ending with LF
// or CR LF. A file that begins with [ is a JSON array of
// strings, each an address. Any other file has one entry a line: an address as in
// package eip55, which a comma and a label may follow; lines that begin with #
// are comments, and empty lines are passed over. A label is a name as in package
// label, of at most 100 bytes. Comments hold no controls and no invisible
// characters. An address that stands twice counts once, with its first label:
// lists are joined from others, and a second mention changes nothing. A list
// without any entry is refused, because it warns of nobody.
package lists

//go:generate go run ./internal/gen -data $COLDSIGN_CORPUS
