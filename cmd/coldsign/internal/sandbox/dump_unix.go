//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package sandbox

import "golang.org/x/sys/unix"

// noCore sets the limit of core files to 0 and reads it back.
func (s *State) noCore() {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		s.DumpWhy = "the system refuses the limit: " + err.Error()
		return
	}
	now := unix.Rlimit{Cur: 1}
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &now); err != nil || now.Cur != 0 {
		s.DumpFailed, s.DumpWhy = true, "the limit of core files was set to 0, and the system does not say so"
		return
	}
	s.NoDump = true
}
