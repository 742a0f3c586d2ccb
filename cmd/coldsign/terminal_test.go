//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// session is the built program at a pseudo-terminal, with a person who reads and types.
type session struct {
	t      *testing.T
	cmd    *exec.Cmd
	tty    *os.File
	stdout bytes.Buffer // a pipe, where signatures go

	mu   sync.Mutex
	text strings.Builder // what the terminal has shown, carriage returns left out
	read int             // how much of it was waited for already
	end  chan struct{}
}

// atTerminal starts the program with a terminal on standard input and standard error.
func atTerminal(t *testing.T, program, dir string, args ...string) *session {
	t.Helper()
	return atTerminalOf(t, pty.Winsize{Rows: 40, Cols: 100}, program, dir, args...)
}

func atTerminalOf(t *testing.T, size pty.Winsize, program, dir string, args ...string) *session {
	t.Helper()
	return start(t, size, nil, program, dir, args...)
}

func start(t *testing.T, size pty.Winsize, out *os.File, program, dir string, args ...string) *session {
	t.Helper()
	s := &session{t: t, cmd: exec.Command(program, args...), end: make(chan struct{})}
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(master, &size); err != nil {
		t.Fatal(err)
	}
	s.tty = master
	s.cmd.Dir = dir
	s.cmd.Env = []string{"HOME=" + dir, "XDG_STATE_HOME=" + filepath.Join(dir, "state"), "XDG_CONFIG_HOME=" + filepath.Join(dir, "config"), "TERM=dumb", "PATH=/nonexistent"}
	s.cmd.Stdin, s.cmd.Stderr, s.cmd.Stdout = slave, slave, &s.stdout
	if out != nil {
		s.cmd.Stdout = out
	}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := slave.Close(); err != nil {
		t.Fatal(err)
	}
	go s.follow()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill() // it has ended, unless the test failed
		_ = master.Close()
	})
	return s
}

func (s *session) follow() {
	defer close(s.end)
	buf := make([]byte, 4096)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.text.WriteString(strings.ReplaceAll(string(buf[:n]), "\r", ""))
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *session) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// wait returns what was shown up to and with one of the texts.
func (s *session) wait(texts ...string) string {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		all := s.shown()
		for _, want := range texts {
			if i := strings.Index(all[s.read:], want); i >= 0 {
				part := all[s.read : s.read+i+len(want)]
				s.read += i + len(want)
				return part
			}
		}
		select {
		case <-s.end:
			if s.shown() == all {
				s.t.Fatalf("the program ended before %q was shown:\n%s", texts, all)
			}
		case <-time.After(2 * time.Millisecond):
		}
	}
	s.t.Fatalf("%q was not shown:\n%s", texts, s.shown())
	return ""
}

func (s *session) type_(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.tty, text); err != nil {
		s.t.Fatal(err)
	}
}

const (
	pagePrompt = "q: stop: "
	askPrompt  = "> "
	passPrompt = "Passphrase of the key file"
	ctrlC      = "\x03"
	ctrlD      = "\x04"
)

// pages reads to the first question and returns what was shown.
func (s *session) pages() string {
	s.t.Helper()
	all := ""
	for {
		part := s.wait(pagePrompt, "\n"+askPrompt)
		all += part
		if strings.HasSuffix(part, askPrompt) {
			return all
		}
		s.type_("\n")
	}
}

var (
	groupAsked = regexp.MustCompile(`Type: ([A-Za-z_ ()]+), group ([0-9]+) of [0-9]+:`)
	inOnePiece = regexp.MustCompile(`0x([0-9a-f]{64})`)
)

// device is what a person would hold: it answers a question from what the pages said
// that it will show.
func device(t *testing.T, pages, question string) string {
	t.Helper()
	flat := strings.Join(strings.Fields(question), " ")
	m := groupAsked.FindStringSubmatch(flat)
	if m == nil {
		t.Fatalf("no question: %q", flat)
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(pages[strings.LastIndex(pages, "WILL SHOW"):], m[1])
	hash := inOnePiece.FindStringSubmatch(rest)
	if !ok || hash == nil {
		t.Fatalf("the pages do not say %q:\n%s", m[1], pages)
	}
	return hash[1][4*(n-1) : 4*n]
}

// confirm answers every question, the long ones from a list in their order.
func (s *session) confirm(pages string, long ...string) {
	s.t.Helper()
	asked := regexp.MustCompile(`Question ([0-9]+) of ([0-9]+)\.`)
	question := pages[strings.LastIndex(pages, "Question "):]
	for {
		m := asked.FindStringSubmatch(question)
		if m == nil {
			s.t.Fatalf("no question: %q", question)
		}
		if len(long) > 0 && !strings.Contains(question, "group") {
			s.type_(long[0] + "\n")
			long = long[1:]
		} else {
			s.type_(device(s.t, pages, question) + "\n")
		}
		if m[1] == m[2] {
			return
		}
		question = s.wait("\n" + askPrompt)
	}
}

// done waits for the end of the program and of what it has shown, and returns the exit
// code.
func (s *session) done() int {
	s.t.Helper()
	err := s.cmd.Wait()
	<-s.end // the terminal was read to its end
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	return s.cmd.ProcessState.ExitCode()
}

// echo reports whether the terminal shows what is typed.
func echo(t *testing.T, s *session) bool {
	t.Helper()
	found, err := unix.IoctlGetTermios(int(s.tty.Fd()), getTermios)
	if err != nil {
		t.Fatal(err)
	}
	return found.Lflag&unix.ECHO != 0
}

// confirmUntilWrong answers the hashes right and the rest from a list that has an error
// in it, twice over; the program must refuse.
func (s *session) confirmUntilWrong(pages string, long []string) {
	s.t.Helper()
	question, left, wrong := pages[strings.LastIndex(pages, "Question "):], long, 0
	for wrong < 2 {
		if strings.Contains(question, "group") {
			s.type_(device(s.t, pages, question) + "\n")
		} else {
			s.type_(left[0] + "\n")
			left = left[1:]
		}
		question = s.wait("\n"+askPrompt, "REFUSED", passPrompt)
		switch {
		case strings.HasSuffix(question, passPrompt):
			s.t.Fatalf("%q was confirmed:\n%s", long, s.shown())
		case strings.Contains(question, "WRONG"):
			wrong, left = wrong+1, long
		case strings.HasSuffix(question, "REFUSED"):
			wrong++
		}
	}
	if code := s.done(); code != exitRefused {
		s.t.Errorf("exit %d\n%s", code, s.shown())
	}
}
