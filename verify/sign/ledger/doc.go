// Package ledger asks the Ethereum app of a Ledger for one EIP-712 signature of a SafeTx
// or a SafeMessage. It speaks the app's APDU protocol and reads nothing else: the bytes
// travel over a Transport, which package hid has for USB.
//
// It decides nothing about a transaction. It refuses an app below 1.22.0, an address that
// is not that of the public key beside it, and every signature that does not recover to
// that address over the hash that was computed here. What the device says is untrusted: a
// fake one, or another program on the bus, chose every byte of every reply. Each reply has
// one length, and any other is an error.
//
// Open reads the app's version and the account, Transaction, Message or Hashes say what
// is to be signed, and Account.Sign asks for it; most callers need these. An error is an
// *Error whose kind errors.Is finds.
//
// # Nothing is asked twice
//
// A person who pressed "reject" has answered, and asking again until he presses the other
// button is an attack on him. So no command is ever repeated: after the first error, of
// the device or of the transport, nothing more is sent, and an Account asks for one
// signature in its life.
//
// # Two flows
//
// ByHashes sends the domain hash and the message hash (SIGN ETH EIP 712, v0). The device
// shows the two and nothing else, and refuses unless "Blind signing" is on.
//
// ByFields sends the types and every value (EIP712 SEND STRUCT DEFINITION and
// IMPLEMENTATION, then SIGN ETH EIP 712, full), and the device hashes by itself. No
// descriptors are sent that hide or rename fields. The device takes this if "Raw messages"
// (also called "Verbose EIP-712") or "Blind signing" is on; with the first it shows every
// field while they are sent, so a person can reject in the middle. It cuts long bytes on
// its screen, so the hashes have to be compared in this flow too. One value holds at most
// 65535 bytes, since its length has two.
//
// # Source
//
// doc/ethapp.adoc of github.com/LedgerHQ/app-ethereum: GET APP CONFIGURATION, GET ETH
// PUBLIC ADDRESS, SIGN ETH EIP 712, the two EIP712 SEND commands, and the status words.
// 1.22.0 corrected the hashing of EIP-712 data and closed a way around blind signing's
// switch (CHANGELOG.md).
package ledger
