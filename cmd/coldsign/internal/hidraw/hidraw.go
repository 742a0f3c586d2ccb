// Package hidraw opens the one Ledger that is connected by USB.
//
// It opens nothing else: a device counts if the kernel says that its maker's number is
// 2c97, its bus is USB, and its interface is the one for commands (usage page ffa0), and
// the node that is opened has to be that very device. All of this is what the device
// claims; that it signs with the right key is checked by whoever asked it. Two devices
// are an error: which of them signs is not for a program to choose.
//
// Nothing can be opened any more once the process has given up its files, so Open comes
// before that; the descriptor stays usable.
package hidraw

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/coldsign/coldsign/verify/report"
)

// The kinds of errors.
var (
	ErrNotAvailable = errors.New("not available on this system")
	ErrNone         = errors.New("no device")       // none is connected, or its node cannot be found
	ErrSeveral      = errors.New("several devices") // more than one is connected
	ErrOpen         = errors.New("device cannot be opened")
)

// Error says why no device was opened. Hint says what to do.
type Error struct {
	Kind      error
	Msg, Hint string
}

func (e *Error) Error() string { return e.Msg }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// withoutDriver is what everybody can do.
const withoutDriver = "use --export and --import"

// Info says which device it is. Name is what the device calls itself: untrusted.
type Info struct {
	Node    string // "hidraw3", below /dev
	Name    string
	Product uint16 // the maker's number of the model, with the open app in its low byte

	number uint64 // of the device node
}

// String returns the node and the quoted name.
func (i Info) String() string {
	return fmt.Sprintf("/dev/%s %s (2c97:%04x)", i.Node, report.Quote(i.Name), i.Product)
}

// one returns the only device.
func one(found []Info) (Info, error) {
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Info{}, fail(ErrNone, "connect it by USB, unlock it and open the Ethereum app; or "+withoutDriver, "no Ledger is connected")
	}
	names := make([]string, len(found))
	for n, i := range found {
		names[n] = i.String()
	}
	return Info{}, fail(ErrSeveral, "leave only the one that is to sign connected", "%d Ledgers are connected: %s", len(found), strings.Join(names, ", "))
}

// packetSize is that of every report of a Ledger, in both directions.
const packetSize = 64

// Device is an open device. A Read gives one packet of 64 bytes, a Write takes one.
type Device struct{ f *os.File }

// Read waits for a packet, until Close or the deadline.
func (d *Device) Read(p []byte) (int, error) { return d.f.Read(p) }

// Write sends one packet. The kernel wants the number of the report before it: 0, since
// a Ledger has no numbers (Documentation/hid/hidraw.rst of Linux, "write()").
func (d *Device) Write(p []byte) (int, error) {
	if len(p) != packetSize {
		return 0, fmt.Errorf("a packet has %d bytes, want %d", len(p), packetSize)
	}
	n, err := d.f.Write(append([]byte{0}, p...))
	return max(n-1, 0), err
}

// SetDeadline bounds the Reads from now on; the zero time is no bound.
func (d *Device) SetDeadline(t time.Time) error { return d.f.SetDeadline(t) }

// Close ends a Read that waits.
func (d *Device) Close() error { return d.f.Close() }
