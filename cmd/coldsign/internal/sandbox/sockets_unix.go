//go:build unix && !solaris && !illumos && !aix

package sandbox

import "golang.org/x/sys/unix"

// inheritedSockets counts the sockets among the descriptors of the process.
func inheritedSockets() (n int, counted bool) {
	const looked = 256 // more descriptors are not inherited by accident
	for fd := range looked {
		var st unix.Stat_t
		if err := unix.Fstat(fd, &st); err == nil && st.Mode&unix.S_IFMT == unix.S_IFSOCK {
			n++
		}
	}
	return n, true
}
