//go:build !unix || solaris || illumos || aix || darwin

package secret

import (
	"runtime"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// LockProcess has no means on these systems.
func LockProcess() measure.Measure {
	return measure.Measure{Name: "memory of the process", Status: measure.NotAvailable, Detail: "not locked: there is no way to lock it on " + runtime.GOOS}
}
