//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// ignoreOthers makes an error of a closed pipe, and nothing of Ctrl-Z.
func ignoreOthers() { signal.Ignore(syscall.SIGPIPE, syscall.SIGTSTP) }

// closedPipes makes an error of a closed pipe.
func closedPipes() { signal.Ignore(syscall.SIGPIPE) }
