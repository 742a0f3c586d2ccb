//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// childVariable tells the test binary that it is the child which gives up its
// rights. The tests of the parent must keep theirs.
const childVariable = "COLDSIGN_SANDBOX_CHILD"

func TestMain(m *testing.M) {
	switch mode := os.Getenv(childVariable); mode {
	case "":
	case "install":
		os.Exit(child())
	default:
		os.Exit(confinedChild(mode))
	}
	os.Exit(m.Run())
}

// attempts is what a bug in a decoder would be used for. Each must fail with
// EPERM in the child; the parent shows that each is possible without the sandbox.
var attempts = []struct {
	name string
	try  func() error
}{
	{"net.Dial tcp", func() error { return dial("tcp", "127.0.0.1:9") }},
	{"net.Dial udp", func() error { return dial("udp", "127.0.0.1:9") }},
	{"net.Dial unix", func() error { return dial("unix", "/nonexistent") }},
	{"net.Listen", func() error {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			err = l.Close()
		}
		return err
	}},
	{"exec", func() error { return exec.Command("/bin/true").Run() }},
	{"socketpair", func() error {
		p, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		if err == nil {
			err = errors.Join(unix.Close(p[0]), unix.Close(p[1]))
		}
		return err
	}},
	{"ptrace", func() error { return unix.PtraceSeize(0) }},
	{"process_vm_readv", func() error {
		var b [1]byte
		local := []unix.Iovec{{Base: &b[0], Len: 1}}
		_, err := unix.ProcessVMReadv(os.Getpid(), local, []unix.RemoteIovec{{Base: uintptr(unsafe.Pointer(&b[0])), Len: 1}}, 0)
		return err
	}},
	{"io_uring", func() error { return call(unix.SYS_IO_URING_SETUP, 0, 0) }},
	{"bpf", func() error { return call(unix.SYS_BPF, 1<<20, 0) }},
	{"unshare", func() error { return unix.Unshare(0) }},
	{"keyctl", func() error { return call(unix.SYS_KEYCTL, 1<<20, 0) }},
	{"tiocsti", func() error { return call(unix.SYS_IOCTL, 99, unix.TIOCSTI) }},
}

func dial(network, address string) error {
	c, err := net.Dial(network, address)
	if err == nil {
		err = c.Close()
	}
	return err
}

func call(number, a, b uintptr) error {
	if _, _, errno := unix.Syscall(number, a, b, 0); errno != 0 {
		return errno
	}
	return nil
}

// child installs the sandbox with several threads running, tries everything from
// each of them, and reports what was not refused.
func child() int {
	stop := make(chan struct{})
	results := make(chan string)
	var ready, done sync.WaitGroup
	for i := range 4 {
		ready.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			runtime.LockOSThread()
			ready.Done()
			<-stop
			tryAll(fmt.Sprintf("thread %d", i), results)
		}()
	}
	ready.Wait()
	state := Install()
	fmt.Println("state:", state)
	close(stop)
	go func() { done.Wait(); close(results) }()
	code := 0
	for line := range results {
		fmt.Println(line)
		code = 1
	}
	if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || dumpable != 0 {
		fmt.Println("dumpable:", dumpable, err)
		code = 1
	}
	if !state.Held || !state.NoDump {
		code = 2
	}
	return code
}

func tryAll(who string, results chan<- string) {
	for _, a := range attempts {
		if err := a.try(); !errors.Is(err, syscall.EPERM) {
			results <- fmt.Sprintf("%s: %s gave %v, want EPERM", who, a.name, err)
		}
	}
	if _, err := os.ReadFile("/proc/self/comm"); err != nil && !errors.Is(err, syscall.EACCES) {
		results <- fmt.Sprintf("%s: reading a file gave %v", who, err)
	}
}

// TestRightsAreGone runs the child. Only a kernel that refuses the filter itself
// is no failure of this package.
func TestRightsAreGone(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"=install")
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "state: not available: the kernel refuses") {
		t.Skipf("NOT TESTED: this kernel or container forbids system call filters, so nothing shows here that the sandbox holds: %s", out)
	}
	if err != nil {
		t.Fatalf("child: %v\n%s", err, out)
	}
	if !strings.Contains(string(out), "refused by the kernel") {
		t.Errorf("state: %s", out)
	}
}

// TestInheritedSocketIsCounted: a socket that the parent leaves open is named.
func TestInheritedSocketIsCounted(t *testing.T) {
	before, _ := inheritedSockets()
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, counted := inheritedSockets(); !counted || got != before+2 {
		t.Errorf("counted %d sockets (%v), want %d", got, counted, before+2)
	}
	if err := errors.Join(unix.Close(pair[0]), unix.Close(pair[1])); err != nil {
		t.Fatal(err)
	}
}

// TestAttemptsArePossible is the control: without the sandbox none of the
// attempts gives EPERM for the filter's reason, so that the child's EPERM means
// something. Those that this machine forbids anyway are named.
func TestAttemptsArePossible(t *testing.T) {
	for _, a := range attempts {
		if err := a.try(); errors.Is(err, syscall.EPERM) {
			t.Logf("%s is refused on this machine without the sandbox too", a.name)
			if strings.HasPrefix(a.name, "net.") || a.name == "exec" {
				t.Errorf("%s: %v without the sandbox", a.name, err)
			}
		}
	}
}

// TestForeignArchitectureIsKilled runs the filter over made-up calls: x32
// numbers on amd64, and calls under another architecture, end the process.
func TestForeignArchitectureIsKilled(t *testing.T) {
	f := program()
	tests := []struct {
		name         string
		arch, number uint32
		arg0, arg1   uint32
		want         uint32
	}{
		{"read", auditArch, unix.SYS_READ, 0, 0, unix.SECCOMP_RET_ALLOW},
		{"openat", auditArch, unix.SYS_OPENAT, 0, 0, unix.SECCOMP_RET_ALLOW},
		{"socket", auditArch, unix.SYS_SOCKET, 2, 1, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
		{"execve", auditArch, unix.SYS_EXECVE, 0, 0, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
		{"clone3", auditArch, unix.SYS_CLONE3, 0, 0, unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)},
		{"clone process", auditArch, unix.SYS_CLONE, uint32(unix.SIGCHLD), 0, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
		{"clone thread", auditArch, unix.SYS_CLONE, unix.CLONE_THREAD | unix.CLONE_VM, 0, unix.SECCOMP_RET_ALLOW},
		{"ioctl TIOCSTI", auditArch, unix.SYS_IOCTL, 0, unix.TIOCSTI, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
		{"ioctl TIOCLINUX", auditArch, unix.SYS_IOCTL, 0, 0x541c, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
		{"ioctl TIOCGWINSZ", auditArch, unix.SYS_IOCTL, 0, unix.TIOCGWINSZ, unix.SECCOMP_RET_ALLOW},
		{"386", unix.AUDIT_ARCH_I386, unix.SYS_READ, 0, 0, unix.SECCOMP_RET_KILL_PROCESS},
		{"arm", unix.AUDIT_ARCH_ARM, unix.SYS_READ, 0, 0, unix.SECCOMP_RET_KILL_PROCESS},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := interpret(t, f, tt.arch, tt.number, tt.arg0, tt.arg1); got != tt.want {
				t.Errorf("got %#x, want %#x", got, tt.want)
			}
		})
	}
	if foreignNumbers != 0 {
		if got := interpret(t, f, auditArch, 0x40000000+unix.SYS_READ, 0, 0); got != unix.SECCOMP_RET_KILL_PROCESS {
			t.Errorf("x32: got %#x, want kill", got)
		}
	}
}

// TestEveryDeniedCallIsRefused: no jump of the program skips an entry.
func TestEveryDeniedCallIsRefused(t *testing.T) {
	f := program()
	for _, n := range denied() {
		if got := interpret(t, f, auditArch, n, 0, 0); got != unix.SECCOMP_RET_ERRNO|uint32(unix.EPERM) {
			t.Errorf("call %d: got %#x", n, got)
		}
	}
}

// interpret runs the few instructions that the filter uses (linux/filter.h).
func interpret(t *testing.T, f []unix.SockFilter, arch, number, arg0, arg1 uint32) uint32 {
	t.Helper()
	data := map[uint32]uint32{offsetArch: arch, offsetNumber: number, offsetArg0: arg0, offsetArg1: arg1}
	var acc uint32
	for pc := 0; pc < len(f); pc++ {
		in := f[pc]
		taken := false
		switch in.Code {
		case unix.BPF_LD | unix.BPF_W | unix.BPF_ABS:
			acc = data[in.K]
			continue
		case unix.BPF_RET | unix.BPF_K:
			return in.K
		case unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K:
			taken = acc == in.K
		case unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K:
			taken = acc >= in.K
		case unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K:
			taken = acc&in.K != 0
		default:
			t.Fatalf("instruction %d is unknown: %+v", pc, in)
		}
		if taken {
			pc += int(in.Jt)
		} else {
			pc += int(in.Jf)
		}
	}
	t.Fatal("the program runs over its end")
	return 0
}
