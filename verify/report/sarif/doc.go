// Package sarif writes reports as one SARIF 2.1.0 log (OASIS Standard, errata 01): for code
// scanning of a repository that holds proposals. It decides nothing. Every text of a report
// is untrusted; it leaves here in ASCII, without what a viewer would take for a link or a
// placeholder (sections 3.11.5 and 3.11.6), and file names as URI references (RFC 3986).
//
// Each finding is a result with the place of the JSON value in the file, the place in the
// tree of calls as logical location, and a fingerprint that does not move with the lines.
// A refusal without a finding, and a file that could not be checked, are results of their
// own (REFUSED, COULD_NOT_CHECK), because viewers show results and not notifications.
//
// What an intent declares is a note under a rule of its own (CODE/declared), never a
// suppressed result: in a pull request the intent comes from whoever wrote the proposal,
// and what is suppressed is not seen by whoever has to agree.
//
// The log is written as the reports come: what is kept until the end is one entry a file
// and one a code.
package sarif
