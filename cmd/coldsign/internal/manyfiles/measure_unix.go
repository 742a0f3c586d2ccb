//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// measure runs a command and writes, to standard error, its wall time in seconds, its
// processor time and its peak resident memory in KiB, as the system counted them. The
// exit code of the command is only shown: a benchmark of refused files is one too.
func measure(args []string) error {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	_ = cmd.Wait() // what it ended with stands in its state
	wall := time.Since(began)
	use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("the system gives no accounts of a process")
	}
	peak := int64(use.Maxrss)
	if runtime.GOOS == "darwin" {
		peak /= 1024 // bytes there, KiB elsewhere
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	_, err := fmt.Fprintf(os.Stderr, "wall %.3f cpu %.3f peak %d exit %d\n", wall.Seconds(), cpu.Seconds(), peak, cmd.ProcessState.ExitCode())
	return err
}
