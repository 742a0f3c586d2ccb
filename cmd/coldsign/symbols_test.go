package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// makesConnections are the functions that make a connection, a socket or a
// process. None of them may be linked into the program; what only uses a socket
// that is there already (accept, sendmsg) is kept by any program with text/template
// and can do nothing by itself.
var makesConnections = []string{
	"net.Dial*", "net.Listen*", "net.(*Dialer)*", "net.(*Resolver)*", "net.(*ListenConfig)*",
	"net/http.*", "crypto/tls.*", "plugin.*",
	"syscall.socket", "syscall.Socket", "syscall.connect", "syscall.Connect", "syscall.bind", "syscall.Bind", "syscall.listen", "syscall.Listen",
	"golang.org/x/sys/unix.socket", "golang.org/x/sys/unix.Socket", "golang.org/x/sys/unix.connect", "golang.org/x/sys/unix.Connect",
	"golang.org/x/sys/unix.bind", "golang.org/x/sys/unix.Bind", "golang.org/x/sys/unix.listen", "golang.org/x/sys/unix.Listen",
	"os/exec.*", "os.StartProcess", "os.startProcess", "syscall.forkExec", "syscall.StartProcess", "syscall.ForkExec", "syscall.Exec",
}

func forbidden(symbol string) bool {
	return slices.ContainsFunc(makesConnections, func(rule string) bool {
		prefix, open := strings.CutSuffix(rule, "*")
		return symbol == rule || open && strings.HasPrefix(symbol, prefix)
	})
}

// TestNoNetworkCode builds the program without stripping and reads its symbol
// table: the import graph does hold package net, so only what was linked counts.
func TestNoNetworkCode(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED with -short: that no network code is linked needs a build of the program")
	}
	symbols := symbolsOf(t, ".")
	for _, s := range symbols {
		if forbidden(s) {
			t.Errorf("the program holds %s", s)
		}
	}
}

// control dials and starts a program: the check must see both.
const control = `package main

import (
	"net"
	"os/exec"
)

func main() {
	if _, err := net.Dial("tcp", "127.0.0.1:9"); err != nil {
		panic(err)
	}
	if err := exec.Command("true").Run(); err != nil {
		panic(err)
	}
}
`

// TestNetworkCheckTrips is the control of the test above.
func TestNetworkCheckTrips(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the control of the symbol check needs a build")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": control, "go.mod": "module control\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found := strings.Join(slices.DeleteFunc(symbolsOf(t, dir), func(s string) bool { return !forbidden(s) }), "\n")
	for _, want := range []string{"net.Dial", "net.(*Dialer)", "os/exec.", "os.StartProcess"} {
		if !strings.Contains(found, want) {
			t.Errorf("the control program holds %s and the check does not see it", want)
		}
	}
	if runtime.GOOS == "linux" && !strings.Contains(found, "syscall.forkExec") {
		t.Error("the check does not see syscall.forkExec")
	}
}

// symbolsOf builds the program in dir and returns its symbols. A stripped program
// has none and would pass by accident, so main.main must be among them.
func symbolsOf(t *testing.T, dir string) []string {
	t.Helper()
	text, err := exec.Command("go", "tool", "nm", buildProgram(t, dir)).Output()
	if err != nil {
		t.Fatalf("go tool nm: %v", err)
	}
	var symbols []string
	for _, l := range strings.Split(string(text), "\n") {
		// address, type, name; a name may hold blanks
		fields := strings.Fields(l)
		for i, f := range fields {
			if len(f) == 1 && (i > 0 || len(fields) == 2) {
				symbols = append(symbols, strings.Join(fields[i+1:], " "))
				break
			}
		}
	}
	if !slices.Contains(symbols, "main.main") {
		t.Fatalf("main.main is not among %d symbols: the program is stripped, and nothing can be seen", len(symbols))
	}
	return symbols
}

// buildProgram builds the program in dir without stripping and returns its file.
func buildProgram(t *testing.T, dir string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=", "-o", out, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false", "GOWORK=off")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, text)
	}
	return out
}

// TestImports: what must not even be in the import graph. Package net may one day
// be (the trie and the EVM import it); then only the symbols above count.
func TestImports(t *testing.T) {
	list := exec.Command("go", "list", "-deps", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "github.com/coldsign/coldsign/verify") {
		t.Fatalf("the list of %d packages does not hold our own", len(deps))
	}
	for _, no := range []string{"net/http", "crypto/tls", "plugin"} {
		if slices.Contains(deps, no) {
			t.Errorf("the program imports %s", no)
		}
	}
	// Of the fixtures only the few files that selftest embeds: the others are megabytes.
	const fixtures, embedded = "github.com/coldsign/coldsign/fixtures", "github.com/coldsign/coldsign/fixtures/incidents/bybit"
	for _, d := range deps {
		if strings.HasPrefix(d, fixtures) && d != embedded {
			t.Errorf("the program imports %s", d)
		}
	}
	if !slices.Contains(deps, embedded) {
		t.Errorf("the program does not import %s: the rule proves nothing", embedded)
	}
}

// TestProgram runs the built program itself: exit codes reach the system, the
// sandbox holds, and a proposal is read and refused with it in place.
func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the program itself, which needs a build")
	}
	program := buildProgram(t, ".")
	payload := filepath.Join("..", "..", "fixtures", "incidents", "bybit", "payload.json")
	tests := []struct {
		name, args string
		want       int
		says       string
	}{
		{"refused", "check " + payload, exitRefused, "REFUSED: DELEGATECALL_UNKNOWN_TARGET"},
		{"unchecked", "check .", exitUnchecked, "COULD NOT CHECK"},
		{"usage", "chek x", exitUsage, ""},
		{"done", "help", exitDone, "Usage:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(program, strings.Fields(tt.args)...)
			out, err := cmd.Output()
			if err != nil && cmd.ProcessState == nil {
				t.Fatal(err)
			}
			if got := cmd.ProcessState.ExitCode(); got != tt.want || !strings.HasPrefix(string(out), tt.says) {
				t.Errorf("exit %d, want %d; output %.200q", got, tt.want, out)
			}
		})
	}
	out, err := exec.Command(program, "version", "--verbose").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	if strings.Contains(text, "the kernel refuses") {
		t.Skipf("NOT TESTED: this kernel or container forbids system call filters: %s", text)
	}
	if runtime.GOOS == "linux" && (runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64") && !strings.Contains(text, "refused by the kernel") {
		t.Errorf("the sandbox does not hold: %s", text)
	}
}
