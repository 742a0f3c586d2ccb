package sandbox

import "golang.org/x/sys/unix"

// noDump keeps the memory of the process out of core files and, with dumpable 0,
// away from ptrace and /proc/PID/mem of the same user (prctl(2)).
func (s *State) noDump() {
	s.noCore()
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		s.NoDump, s.DumpWhy = false, "the kernel refuses to make the process undumpable: "+err.Error()
		return
	}
	if v, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || v != 0 {
		s.NoDump, s.DumpFailed, s.DumpWhy = false, true, "the process was made undumpable, and the kernel does not say so"
	}
}
