// Package verify runs the stages in their order over one untrusted payload and
// answers with a report: refused, no objection or verified. A stage that fails
// refuses; no stage is skipped silently; what cannot be understood is not
// verified.
package verify
