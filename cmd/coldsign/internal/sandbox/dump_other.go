//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd && !dragonfly

package sandbox

import "runtime"

func (s *State) noDump() {
	s.DumpWhy = "there is no limit for core dumps that we know on " + runtime.GOOS
}
