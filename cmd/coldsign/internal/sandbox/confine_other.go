//go:build !linux && !openbsd

package sandbox

import "runtime"

func confine(Paths) FilesState {
	return unavailable("there is no means to give up files on " + runtime.GOOS)
}
