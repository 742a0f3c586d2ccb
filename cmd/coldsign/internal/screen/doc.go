// Package screen is the review before a signature, as a pure model: a report becomes
// pages of lines, and a line that a person typed becomes the next state. It reads no
// terminal and writes to none, so that a test can drive it through every sequence.
//
// It decides one thing: whether a person at the keyboard has confirmed. Only a whole
// round of questions, each answered as the device shows it, leads to Confirmed; a wrong
// answer ends the round, and the second one the review. Every other state, the zero
// value first, is a refusal. No flag, environment variable or empty line answers a
// question.
//
// Untrusted is every text of the report (package report escapes it) and every line that
// was typed. What a person has to type is never on the page that asks for it: random
// groups of four digits out of the two hashes as the *device* shows them, chosen once
// nothing can change any more (decision 21), and, where the policy asks for the long
// confirmation, amounts and names.
//
// It is a plain interface of lines: no colour carries a meaning, nothing is drawn anew,
// nothing moves the cursor, so a screen reader reads what everybody reads.
package screen
