//go:build !linux

package hidraw

// Candidates lists nothing: only Linux gives a program without foreign code the packets
// of a device.
func Candidates() ([]Info, error) { return nil, notAvailable() }

// Open opens nothing.
func Open() (*Device, Info, error) { return nil, Info{}, notAvailable() }

func notAvailable() error {
	return fail(ErrNotAvailable, withoutDriver, "a Ledger cannot be used directly on this system")
}
