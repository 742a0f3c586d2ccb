//go:build linux && (amd64 || arm64)

package sandbox

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

func (s *State) install() {
	if err := loadFilter(program()); err != nil {
		s.Why = err.Error()
		return
	}
	if err := tryDenied(); err != nil {
		s.Failed, s.Why = true, err.Error()
		return
	}
	s.Held = true
}

// loadFilter installs the filter on all threads at once. The Go runtime has
// started some already; without TSYNC they would keep every right, and goroutines
// move between threads. The kernel sets no_new_privs on them too (seccomp(2)).
func loadFilter(filter []unix.SockFilter) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("the kernel refuses no_new_privs: %w", err)
	}
	prog := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	thread, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(filter)
	if errno != 0 {
		return fmt.Errorf("the kernel refuses the system call filter: %w", errno)
	}
	if thread != 0 {
		return fmt.Errorf("thread %d could not be put under the system call filter", thread)
	}
	return nil
}

// tryDenied makes two system calls that must fail now: a socket, and a program
// without a name. It calls by number, so that no code which makes sockets is
// linked.
func tryDenied() error {
	fd, _, errno := unix.RawSyscall(unix.SYS_SOCKET, unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if errno == 0 {
		_ = unix.Close(int(fd)) // the failure that matters is reported below
		return fmt.Errorf("the filter is installed, and a socket could still be made")
	}
	if errno != unix.EPERM {
		return fmt.Errorf("the filter is installed, and a socket failed with %q instead of EPERM", errno.Error())
	}
	if _, _, errno = unix.RawSyscall(unix.SYS_EXECVE, 0, 0, 0); errno != unix.EPERM {
		return fmt.Errorf("the filter is installed, and starting a program failed with %q instead of EPERM", errno.Error())
	}
	return nil
}
