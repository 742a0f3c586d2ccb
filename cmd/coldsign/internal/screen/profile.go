package screen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// Profile is a way in which a device, or none, shows what it signs. The zero value is
// unknown and reviews nothing.
type Profile uint8

// The profiles, by what their makers' source code shows. Firmware differs, so each says
// what to do where the device shows less.
const (
	ProfileUnknown Profile = iota
	Ledger                 // two hashes, with blind signing on
	LedgerRaw              // every field, then the hashes ("Raw messages" and "Transaction hash" on)
	LedgerClear            // by an ERC-7730 descriptor, which hides the nonce and the Safe
	LedgerEthSign          // the 32 bytes as a personal message
	Trezor                 // Model T, Safe 3, Safe 5: fields, then the message hash
	TrezorOne              // two hashes
	Keystone               // fields and both hashes
	KeyFile                // no device: this screen is all there is
	profileCount
)

var profileNames = [profileCount]string{"", "ledger", "ledger-raw", "ledger-clear", "ledger-eth-sign", "trezor", "trezor-one", "keystone", "key-file"}

// String returns the name by which the command line knows the profile.
func (p Profile) String() string {
	if p >= profileCount {
		return ""
	}
	return profileNames[p]
}

// Profiles lists the names, that of no device last.
func Profiles() []string { return slices.Clone(profileNames[1:]) }

// ParseProfile finds a profile by its name.
func ParseProfile(name string) (Profile, bool) {
	i := slices.Index(profileNames[:], name)
	if name == "" || i < 0 {
		return ProfileUnknown, false
	}
	return Profile(i), true
}

// cannot says why a device cannot show this, or its signature would count for nothing.
func (p Profile) cannot(s signed) string {
	const other = "; name the device ledger or ledger-raw"
	switch {
	case p == LedgerClear && !s.transaction:
		return "no descriptor is known by which a Ledger shows messages of a Safe in clear" + other
	case p == LedgerClear && !s.atLeast("1.3."):
		return "descriptors by which a Ledger shows a transaction of a Safe in clear are for 1.3.0 and later" + other
	case p == LedgerEthSign && !s.atLeast("1.1."):
		return "a Safe below 1.1.0 does not know the form of signature that this makes" + other
	}
	return ""
}

// source is a value of which the confirmation asks groups.
type source uint8

const (
	domainHash source = iota + 1
	messageHash
	digest
	safeAddress
)

// asks lists of which values the device shows enough to be asked for: four groups of
// four digits at least.
func (p Profile) asks() []source {
	switch p {
	case LedgerEthSign:
		return []source{digest, digest, digest, digest}
	case Trezor:
		return []source{messageHash, messageHash, messageHash, messageHash, safeAddress, safeAddress}
	}
	return []source{domainHash, domainHash, messageHash, messageHash}
}

// device is what a profile says, in words: line by line what is shown, and what is not.
type device struct {
	name  string
	needs string // what has to be set on the device first
	shows []shown
	hides []string
}

// shown is one line of the device's screen: its label, and what stands there.
type shown struct{ label, value string }

// describe says what the device shows of this very transaction.
func (p Profile) describe(s signed) device {
	hashes := []shown{{"Domain hash", "0x" + s.domain}, {"Message hash", "0x" + s.message}}
	switch p {
	case Ledger:
		return device{"a Ledger that gets two hashes", "the Ethereum app 1.22.0 or newer, with blind signing on",
			append([]shown{{"", "Review typed message (a warning of blind signing comes first)"}}, hashes...),
			[]string{"everything but the two hashes: recipient, amount, operation, nonce and Safe are not on the device, so compare both hashes whole", "some firmware writes the digits in capitals"}}
	case LedgerRaw:
		return device{"a Ledger that shows every field", "the Ethereum app 1.22.0 or newer, with \"Raw messages\" and \"Transaction hash\" on",
			slices.Concat([]shown{{"", "Review typed message"}}, s.domainFields, s.fields, hashes),
			[]string{"the end of long data, which it cuts with ...: only the hash binds it", "with \"Transaction hash\" off the domain hash is not shown at all: turn it on, or choose the profile ledger"}}
	case LedgerClear:
		return device{"a Ledger that signs in clear by an ERC-7730 descriptor", "the Ethereum app 1.22.0 or newer, with \"Transaction hash\" on, else the hashes that are asked for are not shown",
			slices.Concat(s.clear, hashes),
			[]string{"the NONCE, safeTxGas and the ADDRESS OF THE SAFE are on no page of the device: only the hashes bind them",
				"descriptors from before 2026-08-19 show neither To nor Value",
				"the network is shown only if it is not the app's own",
				"if the device shows no hashes, you cannot confirm here: sign with the profile ledger or ledger-raw"}}
	case LedgerEthSign:
		return device{"a Ledger that signs a hash as a message (eth_sign)", "",
			[]shown{{"", "Review message"}, {"Message", "0x" + s.digest}},
			[]string{"everything but the 32 bytes: the device cannot tell them from any other message", "the signature has v 31 or 32, which Safes below 1.1.0 do not know"}}
	case Trezor:
		return device{"a Trezor (Model T, Safe 3, Safe 5)", "\"Show full domain\" and \"Show full message\" have to be opened; the hash is shown where show_message_hash is on, as Trezor Suite sets it for a Safe",
			slices.Concat([]shown{{"Signing address", "the address of your key"}, {"Confirm domain", "Name unknown, Version unknown: a Safe has neither"}}, s.domainFields, s.fields,
				[]shown{{"Confirm message hash", "0x" + s.message}, {"", "Really sign EIP-712 typed data?"}}),
			[]string{"the domain hash: compare chainId and verifyingContract instead; of the latter digits are asked for", "if the device shows no message hash, you cannot confirm here"}}
	case TrezorOne:
		return device{"a Trezor One", "", hashes, []string{"everything but the two hashes: compare both whole"}}
	case Keystone:
		hides := []string{"nothing, if you scroll to the end"}
		if s.oldType {
			hides = []string{"its safe_tx_hash is computed with the type of 1.0.0 and later, and is WRONG for this Safe: compare domain_separator and message_hash only"}
		}
		return device{"a Keystone", "", slices.Concat([]shown{{"name", "empty"}, {"version", "empty"}}, s.domainFields, s.fields,
			[]shown{{"domain_separator", "0x" + s.domain}, {"message_hash", "0x" + s.message}}, s.keystoneHash()), hides}
	case KeyFile:
		return device{"a key file, and no device", "",
			append(hashes, shown{s.name(), "0x" + s.digest}),
			[]string{"everything: this screen is all there is. Read the hashes that are asked for from a second machine that verified the same proposal, or from its receipt; read from this screen they only show that you looked"}}
	}
	return device{}
}

// signed is what the device is given, as it would show it.
type signed struct {
	domain, message, digest string // hex digits
	safe                    string // the verifying contract, EIP-55
	version                 string // of the Safe whose owner signs
	oldType                 bool   // a SafeTx of a version below 1.0.0
	transaction             bool   // a SafeTx, else a SafeMessage
	domainFields, fields    []shown
	clear                   []shown
}

func (s signed) keystoneHash() []shown {
	if !s.transaction {
		return nil
	}
	if s.oldType {
		return []shown{{"safe_tx_hash", "another hash, which is wrong: see below"}}
	}
	return []shown{{"safe_tx_hash", "0x" + s.digest}}
}

// name is what the signed hash is called.
func (s signed) name() string {
	if s.transaction {
		return "safeTxHash"
	}
	return "safeMessageHash"
}

// signedBy reads off the report what is signed: the transaction, or the message of the
// last Safe between it and the signer.
func signedBy(r *report.Report) (s signed, ok bool) {
	if r.Hashes == nil || r.Tx == nil {
		return s, false
	}
	if n := len(r.Via); n > 0 {
		v := r.Via[n-1]
		s = signed{version: v.Version, domain: digits(v.Domain), message: digits(v.Message), digest: digits(v.Signed), safe: v.Address, domainFields: domainShown(r.Safe.Chain, v.Address, v.Version)}
		s.fields = []shown{{"message", bytesShown(v.Wrapped)}}
		return s, whole(s)
	}
	s = signed{version: r.Safe.Version, domain: digits(r.Hashes.Domain), message: digits(r.Hashes.Message), digest: digits(r.Hashes.SafeTx), safe: r.Safe.Address, transaction: true, oldType: r.Safe.Version == "0.1.0"}
	s.domainFields = domainShown(r.Safe.Chain, s.safe, r.Safe.Version)
	s.transactionFields(r.Tx)
	return s, whole(s)
}

// atLeast compares versions of one digit a part, which all are.
func (s signed) atLeast(version string) bool { return s.version >= version }

// domainShown are the fields of the domain: the chain is no part of it before 1.3.0.
func domainShown(chain, contract, version string) []shown {
	fields := []shown{{"chainId", chain}, {"verifyingContract", contract}}
	for _, old := range []string{"0.", "1.0.", "1.1.", "1.2."} {
		if strings.HasPrefix(version, old) {
			return fields[1:]
		}
	}
	return fields
}

func (s *signed) transactionFields(t *report.Tx) {
	base := "baseGas"
	if s.oldType {
		base = "dataGas"
	}
	op, opWords := "0", "Call"
	if t.Operation == "DELEGATECALL" {
		op, opWords = "1", "Delegate Call"
	}
	s.fields = []shown{{"to", t.To}, {"value", t.Value}, {"data", bytesShown(t.Data)}, {"operation", op}, {"safeTxGas", t.SafeTxGas}, {base, t.BaseGas}, {"gasPrice", t.GasPrice},
		{"gasToken", t.GasToken}, {"refundReceiver", t.RefundReceiver}, {"nonce", t.Nonce}}
	s.clear = []shown{{"To", t.To}, {"Value", t.Value + " wei, in the chain's currency"}, {"Operation type", opWords},
		{"Transaction", bytesShown(t.Data) + ", or what another descriptor makes of it"}, {"Gas amount", t.BaseGas}, {"Gas price", t.GasPrice}, {"Gas token", t.GasToken}, {"Gas receiver", t.RefundReceiver}}
}

// whole refuses what could not be asked for.
func whole(s signed) bool {
	return len(s.domain) == 64 && len(s.message) == 64 && len(s.digest) == 64 && len(digits(s.safe)) == 40
}

// digits returns the lower-case hex digits after 0x, "" if there are others.
func digits(hex string) string {
	body, ok := strings.CutPrefix(strings.ToLower(hex), "0x")
	if !ok || strings.Trim(body, "0123456789abcdef") != "" {
		return ""
	}
	return body
}

// bytesShown cuts calldata as a small screen does.
func bytesShown(hex string) string {
	const most = 2 + 2*32
	if len(hex) <= most {
		return hex
	}
	return fmt.Sprintf("%s... (%d bytes; small screens cut them, so only the hash binds the rest)", hex[:most], (len(hex)-2)/2)
}
