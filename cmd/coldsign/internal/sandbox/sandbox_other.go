//go:build !linux || (!amd64 && !arm64)

package sandbox

import "runtime"

func install() State {
	return State{Why: "there is no system call filter on " + runtime.GOOS + "/" + runtime.GOARCH}
}
