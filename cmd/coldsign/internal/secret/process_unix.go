//go:build unix && !solaris && !illumos && !aix && !darwin

package secret

import (
	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// LockProcess keeps all memory of the process out of swap, what libraries copy of a key
// included. It asks only where no limit stands in the way: under one, the next memory
// that the program needs would be refused, and end it.
func LockProcess() measure.Measure {
	m := measure.Measure{Name: "memory of the process", Status: measure.NotAvailable}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_MEMLOCK, &limit); err != nil {
		m.Detail = "not locked: " + err.Error()
		return m
	}
	if uint64(limit.Cur) < unlimited {
		m.Detail = "not locked: the system lets this user lock a part only (ulimit -l); copies that a library makes of a key could be swapped to the disk"
		return m
	}
	if err := unix.Mlockall(unix.MCL_CURRENT | unix.MCL_FUTURE); err != nil {
		m.Detail = "not locked: " + err.Error()
		return m
	}
	m.Status, m.Detail = measure.Held, "locked: nothing of it is swapped to the disk"
	return m
}

// unlimited is the least limit that is none: RLIM_INFINITY is all ones, on some systems
// without the sign.
const unlimited = 1<<63 - 1
