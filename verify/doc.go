// Package verify runs the stages in their order over one payload and answers
// with a report: refused, no objection or verified (architecture, section 2).
//
// It decides whether the lines of evidence agree: the hashes computed from the
// fields, the collected signatures recovered over them, the call tree on which
// two decoders agree, the rules, and the intent by meaning and by bytes. Every
// stage refuses by itself; a stage that fails refuses, and none is skipped
// without being named in the report. What cannot be understood is not verified.
//
// Untrusted are the payload, its name, and everything that it claims; an intent
// that lies beside it (Request.IntentOrigin "sidecar") is worth no more than the
// payload, and serves check only. Trusted are the flags in Request.Given, an
// intent that the signer passes himself, and his address book and lists once they
// are parsed: verify takes chain, Safe, version, intent and names from nobody
// else.
//
// Most callers need Verify and nothing else. The files are the stages: book (what
// the signer knows of addresses), bind (which Safe, which fields), hash and infer,
// signatures with owners and othertx (who signed, and what instead), decode (tree,
// rules, match), verdict; present, changes and effects fill the report, in which
// each value is rendered once. What is signed off chain and is no SafeTx takes its
// own way (message): it is named, hashed and judged, and refused unless it is a
// plain text of a Safe, which check lets pass.
package verify
