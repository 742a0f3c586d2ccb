package secret

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

const childVariable = "COLDSIGN_SECRET_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		os.Exit(lockless())
	}
	os.Exit(m.Run())
}

// TestKernelAgrees reads in the kernel's own list of mappings that the pages of a
// buffer are locked, not dumped and wiped on fork, and that they are gone after.
func TestKernelAgrees(t *testing.T) {
	b, err := New(32)
	if err != nil {
		t.Fatal(err)
	}
	state, address := b.State(), uintptr(unsafe.Pointer(&b.Bytes()[0]))
	flags := flagsAt(t, address)
	for _, tt := range []struct {
		flag string
		want bool
	}{{"lo", state.Locked}, {"dd", state.NoDump}, {"wf", state.ForkWipe}} {
		if slices.Contains(flags, tt.flag) != tt.want {
			t.Errorf("the kernel has %v, and the state is %+v", flags, state)
		}
	}
	if !state.Mapped || !state.NoDump || !state.ForkWipe {
		t.Errorf("state: %+v", state)
	}
	b.Wipe()
	if flags := flagsAt(t, address); slices.Contains(flags, "wf") {
		t.Errorf("after the wipe the pages are still there: %v", flags)
	}
}

// flagsAt returns the flags of the mapping at an address, nil if there is none
// (proc_pid_smaps(5), VmFlags).
func flagsAt(t *testing.T, address uintptr) []string {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	inside := false
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var from, to uintptr
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			inside = from <= address && address < to
		}
		if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && inside {
			return strings.Fields(flags)
		}
	}
	return nil
}

// TestLockRefused: without the right to lock, the buffer works and says so.
func TestLockRefused(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	out, err := cmd.CombinedOutput()
	if strings.HasPrefix(string(out), "cannot") {
		t.Skipf("NOT TESTED: a system that refuses the lock: %s", out)
	}
	if err != nil {
		t.Errorf("child: %v\n%s", err, out)
	}
}

// lockless gives up the right to lock and makes a buffer.
func lockless() int {
	if err := unix.Setrlimit(unix.RLIMIT_MEMLOCK, &unix.Rlimit{}); err != nil {
		fmt.Println("cannot lower the limit:", err)
		return 1
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if _, _, errno := syscall.AllThreadsSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&none[0])), 0); errno != 0 {
		fmt.Println("cannot give up capabilities:", errno)
		return 1
	}
	b, err := New(32)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	copy(b.Bytes(), "works")
	state := b.State()
	if m := state.Measure(); state.Locked || m.Status != measure.NotAvailable || !strings.HasPrefix(m.Detail, "not locked: the system refuses the lock") || string(b.Bytes()[:5]) != "works" {
		fmt.Println(m)
		return 1
	}
	b.Wipe()
	return 0
}
