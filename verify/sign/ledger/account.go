package ledger

import (
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/report"
)

// Version is that of the app: major, minor, patch.
type Version [3]uint8

// MinVersion is the oldest app that is asked to sign.
func MinVersion() Version { return Version{1, 22, 0} }

// String returns the version with points.
func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

// App is what the app says about itself.
type App struct {
	Version      Version
	BlindSigning bool // "Blind signing" is on in its settings; without it nothing is signed by hashes
}

// Account is one address on one device that was asked for its version and its key. Its
// methods are not for several goroutines at once; closing what the Transport reads from
// ends a call that waits for a person.
type Account struct {
	to      Transport
	path    Path
	app     App
	address common.Address
	asked   bool
}

// Open asks for the app's configuration and for the address at the path, which the device
// gives without asking its holder. The caller has to compare the address with the owners
// that may sign.
func Open(t Transport, p Path) (*Account, error) {
	if p.depth == 0 {
		return nil, fail(ErrPath, "write it as m/44'/60'/0'/0/0", "there is no derivation path")
	}
	a := &Account{to: t, path: p}
	if err := a.configure(); err != nil {
		return nil, err
	}
	if err := a.identify(); err != nil {
		return nil, err
	}
	return a, nil
}

// Address is that of the key at the path.
func (a *Account) Address() common.Address { return a.address }

// Path is where the key lies.
func (a *Account) Path() Path { return a.path }

// App is what the app said when the account was opened.
func (a *Account) App() App { return a.app }

// blindSigning is the flag of the configuration; the others are about transactions.
const blindSigning = 0x01

func (a *Account) configure() error {
	data, err := command{ins: insConfig, answer: 4, doing: "asking for the app's version"}.send(a.to)
	if err != nil {
		return err
	}
	a.app = App{Version: Version(data[1:4]), BlindSigning: data[0]&blindSigning != 0}
	if slices.Compare(a.app.Version[:], versionBytes(MinVersion())) < 0 {
		return fail(ErrOld, "update the Ethereum app with the maker's own program, on another machine",
			"the app is version %s, want %s or newer: older ones hash some EIP-712 data wrongly and can be made to sign blindly", a.app.Version, MinVersion())
	}
	return nil
}

func versionBytes(v Version) []byte { return v[:] }

// The reply to GET ETH PUBLIC ADDRESS: a length and an uncompressed point, a length and
// the address in hex digits without 0x.
const (
	pointSize   = 65
	addressSize = 40
	accountSize = 1 + pointSize + 1 + addressSize
)

func (a *Account) identify() error {
	const hint = "the device contradicts itself: use another one, and find out what this one is"
	data, err := command{ins: insAddress, data: a.path.encode(), answer: accountSize, doing: "asking for the address"}.send(a.to)
	if err != nil {
		return err
	}
	if data[0] != pointSize || data[1+pointSize] != addressSize {
		return fail(ErrReply, hint, "the lengths of public key and address are %d and %d, want %d and %d", data[0], data[1+pointSize], pointSize, addressSize)
	}
	point, text := data[1:1+pointSize], data[2+pointSize:]
	key, err := crypto.UnmarshalPubkey(point)
	if err != nil {
		return fail(ErrReply, hint, "the public key is no point of the curve")
	}
	var said common.Address
	if _, err := hex.Decode(said[:], text); err != nil {
		return fail(ErrReply, hint, "the address is %s, want 40 hex digits", report.Quote(string(text)))
	}
	if a.address = crypto.PubkeyToAddress(*key); a.address != said {
		return fail(ErrAddress, hint, "the address is %s, and the public key beside it is that of %s", said.Hex(), a.address.Hex())
	}
	return nil
}
