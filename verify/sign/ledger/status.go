package ledger

import "fmt"

// statusOK ends the reply to a command that was carried out.
const statusOK = 0x9000

// statuses are the words that say something a person can act on, from the app's
// documentation and from the operating system of the device, which answers while no app
// does.
var statuses = map[uint16]struct {
	kind       error
	says, hint string
}{
	0x6985: {ErrRejected, "rejected on the device", "nothing was signed; if it was not you who rejected, find out who holds the device"},
	0x6982: {ErrRejected, "cancelled on the device, or the device was locked meanwhile", "nothing was signed; unlock the device before you start again"},
	0x5515: {ErrLocked, "the device is locked", "unlock it with its PIN, open the Ethereum app, and start again"},
	0x6a80: {ErrData, "the app refuses the data, as it does while a setting is off", "to sign by hashes turn on \"Blind signing\" in the app's settings, to sign by fields \"Raw messages\" (\"Verbose EIP-712\")"},
	0x6e00: {ErrApp, "another app is open, or none", "open the Ethereum app on the device, and start again"},
	0x6e01: {ErrApp, "another app is open, or none", "open the Ethereum app on the device, and start again"},
	0x6d00: {ErrApp, "the open app does not know the command", "open the Ethereum app on the device, and start again"},
	0x6d02: {ErrApp, "no app is open", "open the Ethereum app on the device, and start again"},
	0x6511: {ErrApp, "no app is open", "open the Ethereum app on the device, and start again"},
	0x6a00: {ErrInterrupted, "the app is in the middle of another message, or was asked for something else meanwhile", "close the app, open it again, close every other wallet program, and start again"},
	0x6986: {ErrInterrupted, "the app does not take the command now", "close the app, open it again, close every other wallet program, and start again"},
	0x6b00: {ErrParameters, "the app does not know this form of the command", "update the Ethereum app with the maker's own program, on another machine"},
	0x6700: {ErrParameters, "the app expects another length", "update the Ethereum app with the maker's own program, on another machine"},
	0x6a84: {ErrData, "the app has not enough memory for the message", "sign by hashes, or export it and sign it with another wallet"},
}

// statusError names a status word that is not statusOK.
func statusError(word uint16, doing string) *Error {
	known, ok := statuses[word]
	if !ok {
		known.kind, known.says = ErrStatus, "the device refuses, for a reason that is not documented"
		known.hint = "nothing was signed; look the status word up at the device's maker"
	}
	return &Error{Kind: known.kind, Status: word, Msg: fmt.Sprintf("%s: %s (status word %04x)", doing, known.says, word), Hint: known.hint}
}
