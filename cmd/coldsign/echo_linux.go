package main

import "golang.org/x/sys/unix"

// The requests of termios(4). They act at once: those that wait for the output to drain
// would wait for ever on a terminal that was stopped with Ctrl-S.
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
)

// flush throws away what was typed and not read yet (tcflush(3)).
func flush(fd int) { _ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) }
