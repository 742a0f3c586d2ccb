// Package plainyaml reads the small part of YAML in which the project's own files
// are written (intent, policy): block and flow mappings and lists of scalars, and
// nothing by which two readers could see two files.
//
// It decides whether a file stays inside that part; what its keys mean is decided
// by its callers. The file is untrusted while it is read. Errors are an *Error with
// line, column and path; nothing is assumed, corrected or skipped.
//
// # Text
//
// UTF-8 without byte order mark. Lines end with LF or CR LF; any other CR is
// refused, and so is a line that starts with % (a YAML directive). In the file,
// comments included, and in every value after its escapes are undone, all
// characters are printable ones, the ASCII space, tab or line feed: controls,
// bidirectional and zero-width characters, other blanks and unassigned code points
// are refused.
//
// # Structure
//
// Exactly one YAML document. Refused are anchors, aliases, tags of any kind (also
// the bare "!"), merge keys, directives, keys that are no scalar, a second document,
// an empty file. A key stands at most once in a mapping; all keys of a mapping are
// known and exactly spelt; their order is free.
//
// Every scalar is its literal text with quotes and escapes undone. Nothing is
// resolved: 010 is the text "010", which is no number here. An empty scalar and
// null are refused wherever a value stands.
//
// # Values
//
//	number    a decimal number from 0 to 2^256-1, without sign, leading zero,
//	          underscore, exponent, separators or other radix
//	address   0x and 40 hex digits, all letters in lower case or all as EIP-55 says
//	hex       0x and an even number of hex digits
//	truth     true or false
//	words     a scalar that YAML resolves to a string; quoted it always is one
package plainyaml
