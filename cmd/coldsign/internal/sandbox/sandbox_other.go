//go:build !openbsd && (!linux || (!amd64 && !arm64))

package sandbox

import "runtime"

func (s *State) install() {
	s.Why = "there is no system call filter on " + runtime.GOOS + "/" + runtime.GOARCH
}
