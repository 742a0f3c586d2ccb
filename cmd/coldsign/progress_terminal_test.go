//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// barred starts a stream at a terminal, with the standard input in our hands: the run is
// as long as we like, without a clock. Its answers go to a file, or to the terminal
// too.
func barred(t *testing.T, to string, args ...string) (s *session, stdin io.WriteCloser) {
	t.Helper()
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	s = &session{t: t, cmd: exec.Command(program, args...), end: make(chan struct{})}
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 40, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	s.tty = master
	s.cmd.Dir = t.TempDir()
	s.cmd.Env = []string{"HOME=" + s.cmd.Dir, "TERM=xterm", "PATH=/nonexistent"}
	s.cmd.Stderr = slave
	switch to {
	case "file":
		file, err := os.Create(filepath.Join(s.cmd.Dir, "answers"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		s.cmd.Stdout = file
	case "terminal":
		s.cmd.Stdout = slave
	}
	if stdin, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 2}
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
	return s, stdin
}

// onScreen is what a terminal holds of a text at the end: of each line what follows the
// last erasing.
func onScreen(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		all := strings.Split(line, eraseLine[1:]) // a session leaves carriage returns out
		out = append(out, all[len(all)-1])
	}
	return strings.Join(out, "\n")
}

func lastLine(screen string) string {
	return screen[strings.LastIndex(screen, "\n")+1:]
}

// TestProgressAtTerminal: a long run shows a bar on standard error, which is gone at the
// end; answers on the same terminal stand in lines of their own.
func TestProgressAtTerminal(t *testing.T) {
	for _, to := range []string{"file", "terminal"} {
		s, stdin := barred(t, to, "check", "--stream")
		s.wait("0 lines, 0 refused")
		if _, err := io.WriteString(stdin, "pay bob\n"); err != nil {
			t.Fatal(err)
		}
		s.wait("1 lines, 0 refused")
		if err := stdin.Close(); err != nil {
			t.Fatal(err)
		}
		if code := s.done(); code != exitUnchecked {
			t.Errorf("exit %d", code)
		}
		screen := onScreen(s.shown())
		if strings.Contains(screen, "lines, 0 refused") || lastLine(screen) != "" {
			t.Errorf("the bar is still there:\n%q", screen)
		}
		answers := screen
		if to == "file" {
			raw, err := os.ReadFile(filepath.Join(s.cmd.Dir, "answers"))
			if err != nil {
				t.Fatal(err)
			}
			answers = string(raw)
			if strings.Contains(answers, "\x1b") {
				t.Error("the bar is in the answers")
			}
		}
		if !strings.HasPrefix(answers, `{"coldsign":"coldsign/report/v1","file":"(stdin):1"`) {
			t.Errorf("the answer does not begin its line:\n%q", answers)
		}
	}
}

// TestProgressPiped: what reads the answers may be a pager, which has the terminal.
func TestProgressPiped(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = read.Close(), write.Close() }()
	p := &program{stdout: write, stderr: io.Discard, world: world{errors: func() int { return 80 }}}
	p.world.env = func(n string) string { return map[string]string{"TERM": "xterm"}[n] }
	if b := p.progress(5); b != nil {
		t.Error("a bar beside a pipe")
		b.end()
	}
	p.stdout = io.Discard
	b := p.progress(5)
	if b == nil {
		t.Error("no bar without a pipe: the test would prove nothing")
	}
	b.end()
}

// TestProgressInterrupted: Ctrl-C leaves a clean line and no pass.
func TestProgressInterrupted(t *testing.T) {
	s, stdin := barred(t, "file", "check", "--stream")
	defer func() { _ = stdin.Close() }()
	s.wait("0 lines, 0 refused")
	s.type_(ctrlC)
	if code := s.done(); code != exitUnchecked {
		t.Errorf("exit %d", code)
	}
	screen := onScreen(s.shown())
	if strings.Contains(screen, "lines, 0 refused") || !strings.HasSuffix(screen, "coldsign: stopped: not every file was looked at\n") {
		t.Errorf("%q", screen)
	}
}
