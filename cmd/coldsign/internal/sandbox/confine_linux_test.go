//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/verify/journal"
)

// Each is a process of its own: what it gives up does not come back.
var confinedModes = []string{"confine", "install then confine", "confine then install", "without capabilities", "root folder", "nothing"}

const threads = 4

// ground is a folder with what the attempts are made on.
type ground struct {
	dir  string
	open *os.File // outside, opened before
	mine *os.File // name/mine-*, opened before
}

func (g ground) path(parts ...string) string {
	return filepath.Join(append([]string{g.dir}, parts...)...)
}

func newGround(dir string) (ground, error) {
	g := ground{dir: dir}
	for _, name := range []string{"below/deep", "write", "name", "folder", "state"} {
		if err := os.MkdirAll(g.path(name), 0o700); err != nil {
			return g, err
		}
	}
	files := []string{"outside", "granted", "target", "below/deep/file", "write/old", "folder/file"}
	for who := range threads + 1 {
		files = append(files, fmt.Sprintf("victim-%d", who))
	}
	for _, name := range files {
		if err := os.WriteFile(g.path(name), []byte("content"), 0o600); err != nil {
			return g, err
		}
	}
	err := errors.Join(os.Symlink("target", g.path("link")), os.Symlink("../outside", g.path("below/escape")))
	if err != nil {
		return g, err
	}
	if g.open, err = os.Open(g.path("outside")); err != nil {
		return g, err
	}
	g.mine, err = os.OpenFile(g.path("name/mine"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err == nil {
		_, err = g.mine.WriteString("content")
	}
	return g, err
}

// paths grants a part of the ground. Some of it must not stop the rest: what is
// not there, a folder where a file is due, a file where a folder is, a pipe.
func (g ground) paths(pipe *os.File) Paths {
	return Paths{
		ReadFiles:   []string{"granted", g.path("link"), g.path("missing"), g.path("granted/under-a-file"), g.path("folder"), "", "a\x00b", fmt.Sprintf("/proc/self/fd/%d", pipe.Fd())},
		ReadBelow:   []string{g.path("below"), g.path("outside")},
		WriteIn:     []string{g.path("write"), g.path("missing folder")},
		NameIn:      []string{g.path("name")},
		MakeFolders: []string{g.path("state/made/coldsign")},
	}
}

// fileAttempts are what a program does with files. Without confinement all succeed;
// with it those that are not granted fail.
var fileAttempts = []struct {
	name    string
	granted bool
	try     func(g ground, who int) error
}{
	{"read a file outside", false, func(g ground, _ int) error { return reads(g.path("outside")) }},
	{"list the folder outside", false, func(g ground, _ int) error { return lists(g.dir) }},
	{"list the root", false, func(ground, int) error { return lists("/") }},
	{"read the program", false, func(ground, int) error { return reads("/proc/self/exe") }},
	{"read a file that was granted", true, func(g ground, _ int) error { return reads(g.path("granted")) }},
	{"write a file that was granted to read", false, func(g ground, _ int) error { return writes(g.path("granted")) }},
	{"read through a link", true, func(g ground, _ int) error { return reads(g.path("link")) }},
	{"read what a link leads to", true, func(g ground, _ int) error { return reads(g.path("target")) }},
	{"read in a folder named as a file", false, func(g ground, _ int) error { return reads(g.path("folder/file")) }},
	{"list a folder named as a file", false, func(g ground, _ int) error { return lists(g.path("folder")) }},
	{"list below", true, func(g ground, _ int) error { return lists(g.path("below/deep")) }},
	{"read below by os.Root", true, func(g ground, _ int) error {
		root, err := os.OpenRoot(g.path("below"))
		if err != nil {
			return err
		}
		_, err = root.ReadFile("deep/file")
		return errors.Join(err, root.Close())
	}},
	{"read through a link out of below", false, func(g ground, _ int) error { return reads(g.path("below/escape")) }},
	{"write below", false, func(g ground, _ int) error { return writes(g.path("below/deep/file")) }},
	{"write a file outside", false, func(g ground, _ int) error { return writes(g.path("outside")) }},
	{"make a file outside", false, func(g ground, who int) error { return makes(g.path(fmt.Sprintf("new-%d", who))) }},
	{"remove a file outside", false, func(g ground, who int) error { return os.Remove(g.path(fmt.Sprintf("victim-%d", who))) }},
	{"truncate a file outside", false, func(g ground, _ int) error { return os.Truncate(g.path("outside"), 7) }},
	{"write a whole file in the folder", true, func(g ground, who int) error { return writesNew(g.path("write", fmt.Sprintf("out-%d", who))) }},
	{"open an old file in the folder", true, func(g ground, _ int) error {
		f, err := os.OpenFile(g.path("write/old"), os.O_RDWR|os.O_APPEND, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteString("more")
		return errors.Join(err, f.Sync(), f.Close())
	}},
	{"make a folder in the folder", false, func(g ground, who int) error {
		name := g.path("write", fmt.Sprintf("folder-%d", who))
		return undone(os.Mkdir(name, 0o700), name)
	}},
	{"make a link by name in the folder", false, func(g ground, who int) error {
		name := g.path("write", fmt.Sprintf("symlink-%d", who))
		return undone(os.Symlink("/", name), name)
	}},
	{"link a file from outside into the folder", false, func(g ground, who int) error {
		name := g.path("write", fmt.Sprintf("stolen-%d", who))
		return undone(os.Link(g.path("outside"), name), name)
	}},
	{"link a file out of the folder", false, func(g ground, who int) error {
		name := g.path(fmt.Sprintf("leaked-%d", who))
		return undone(os.Link(g.path("write/old"), name), name)
	}},
	{"name a file that is open", true, func(g ground, who int) error {
		name := g.path("name", fmt.Sprintf("final-%d", who))
		return undone(os.Link(g.mine.Name(), name), name)
	}},
	{"open a file where names are given", false, func(g ground, _ int) error { return reads(g.path("name/mine")) }},
	{"make a file where names are given", false, func(g ground, who int) error {
		name := g.path("name", fmt.Sprintf("new-%d", who))
		err := makes(name)
		_ = os.Remove(name) // it is there, empty, and was not opened
		return err
	}},
	{"keep a journal in a folder that was made", true, func(g ground, who int) error {
		name := g.path("state/made/coldsign", fmt.Sprintf("journal-%d", who))
		j, err := journal.Init(name, time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC))
		if err != nil {
			return err
		}
		if err := j.Close(); err != nil {
			return err
		}
		if j, err = journal.Open(name); err != nil {
			return err
		}
		return errors.Join(j.Close(), os.Remove(name))
	}},
	{"write above the folder that was made", false, func(g ground, who int) error { return makes(g.path("state", fmt.Sprintf("new-%d", who))) }},
}

func reads(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	_, err = f.Read(make([]byte, 1))
	return errors.Join(err, f.Close())
}

func lists(name string) error {
	_, err := os.ReadDir(name)
	return err
}

func writes(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

func makes(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return undone(f.Close(), name)
}

// undone removes what an attempt made. That removing is refused must not pass for a
// refusal of the attempt.
func undone(err error, name string) error {
	if err != nil {
		return err
	}
	if err := os.Remove(name); err != nil {
		return fmt.Errorf("the attempt succeeded, and removing gave %v", err)
	}
	return nil
}

// writesNew is how the program writes an output: a hidden file, then its name.
func writesNew(name string) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".hidden.*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("content")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), name)
	}
	return errors.Join(err, os.Remove(f.Name()), os.Remove(name))
}

// refused is how Landlock answers: EACCES, and EXDEV for a link or move between
// folders (landlock(7), LANDLOCK_ACCESS_FS_REFER).
func refused(err error) bool {
	return errors.Is(err, syscall.EACCES) || errors.Is(err, syscall.EXDEV)
}

// tryFiles makes every attempt; with nothing granted none may succeed. What is
// open, and looking at a file without opening it, goes on working.
func tryFiles(g ground, who int, nothing bool) (wrong []string) {
	say := func(name string, err error, want string) {
		wrong = append(wrong, fmt.Sprintf("thread %d: %s gave %v, want %s", who, name, err, want))
	}
	for _, a := range fileAttempts {
		err := a.try(g, who)
		switch granted := a.granted && !nothing; {
		case granted && err != nil:
			say(a.name, err, "none")
		case !granted && !refused(err):
			say(a.name, err, "EACCES")
		}
	}
	if _, err := g.open.ReadAt(make([]byte, 7), 0); err != nil {
		say("reading what is open", err, "none")
	}
	if _, err := g.mine.WriteAt([]byte("x"), 0); err != nil {
		say("writing what is open", err, "none")
	}
	if _, err := os.Stat(g.path("outside")); err != nil {
		say("stat", err, "none")
	}
	return wrong
}

// everyThread runs try on several threads that were there before start, and on one
// that is new.
func everyThread(start func(), try func(who int) []string) (wrong []string) {
	stop := make(chan struct{})
	var ready, done sync.WaitGroup
	var mu sync.Mutex
	run := func(who int) {
		lines := try(who)
		mu.Lock()
		defer mu.Unlock()
		wrong = append(wrong, lines...)
	}
	for who := range threads {
		ready.Add(1)
		done.Go(func() {
			runtime.LockOSThread()
			ready.Done()
			<-stop
			run(who)
		})
	}
	ready.Wait()
	start()
	done.Go(func() {
		runtime.LockOSThread()
		run(threads)
	})
	close(stop)
	done.Wait()
	return wrong
}

func confinedChild(mode string) int {
	dir, err := os.MkdirTemp("", "confine")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	wrong := confinedIn(dir, mode)
	for _, line := range wrong {
		fmt.Println(line)
	}
	return min(len(wrong), 1)
}

func confinedIn(dir, mode string) (wrong []string) {
	g, err := newGround(dir)
	pipe, _, errPipe := os.Pipe()
	if err := errors.Join(err, errPipe, os.Chdir(dir)); err != nil {
		return []string{err.Error()}
	}
	p := g.paths(pipe)
	switch mode {
	case "root folder":
		p.ReadBelow = append(p.ReadBelow, "/")
		return rootGranted(g, p)
	case "nothing":
		p = Paths{}
	case "without capabilities":
		if err := dropCapabilities(); err != nil {
			return []string{err.Error()}
		}
	}
	installed := mode == "install then confine" || mode == "confine then install" || mode == "without capabilities"
	var files FilesState
	wrong = everyThread(func() {
		var state State
		if mode == "install then confine" {
			state = Install()
		}
		files = Confine(p)
		if installed && mode != "install then confine" {
			state = Install()
		}
		if installed && !state.Held {
			wrong = append(wrong, "state: "+state.String())
		}
		fmt.Println("files:", files)
	}, func(who int) []string {
		wrong := tryFiles(g, who, mode == "nothing")
		if installed {
			wrong = append(wrong, tryCalls(who)...)
		}
		return wrong
	})
	if files.Status != measure.Held {
		return append(wrong, "files: "+files.String())
	}
	if name := choose(&ruleset{}).name; mode != "nothing" && (name == "/" || open(name) != nil) {
		wrong = append(wrong, fmt.Sprintf("a second call would be tried on %q, which shows nothing new", name))
	}
	wrong = append(wrong, everyThread(func() { files = Confine(Paths{}) }, func(who int) []string { return tryFiles(g, who, true) })...)
	if files.Status != measure.Held {
		wrong = append(wrong, "files, second time: "+files.String())
	}
	if files = Confine(p); files.Status != measure.Held {
		wrong = append(wrong, "files, third time: "+files.String())
	}
	return append(wrong, tryFiles(g, 0, true)...)
}

// rootGranted: with the root folder readable nothing is left that shows whether the
// rules hold, and the state must not claim it. A later call shows it again.
func rootGranted(g ground, p Paths) (wrong []string) {
	state := Confine(p)
	fmt.Println("files:", state)
	if state.Status != measure.NotTried {
		wrong = append(wrong, "files: "+state.String())
	}
	if err := reads(g.path("outside")); err != nil {
		wrong = append(wrong, err.Error())
	}
	if err := writes(g.path("outside")); !refused(err) {
		wrong = append(wrong, fmt.Sprintf("writing gave %v", err))
	}
	if state = Confine(g.paths(g.open)); state.Status != measure.Held {
		wrong = append(wrong, "files, second time: "+state.String())
	}
	return wrong
}

// tryCalls makes the attempts on the system call filter. A program that is started
// needs a file, so either refusal will do for that.
func tryCalls(who int) (wrong []string) {
	for _, a := range attempts {
		err := a.try()
		if !errors.Is(err, syscall.EPERM) && (a.name != "exec" || !refused(err)) {
			wrong = append(wrong, fmt.Sprintf("thread %d: %s gave %v, want EPERM", who, a.name, err))
		}
	}
	return wrong
}

// dropCapabilities makes the superuser an ordinary one, for whom the kernel demands
// no_new_privs first.
func dropCapabilities() error {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if _, _, errno := syscall.AllThreadsSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&none[0])), 0); errno != 0 {
		return errno
	}
	return nil
}

// TestConfine runs the children. Only a kernel without Landlock, or one that
// refuses filters, is no failure of this package.
func TestConfine(t *testing.T) {
	if builtWithCgo {
		t.Skip("NOT TESTED with cgo: the program is built without it, and only then confines itself")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range confinedModes {
		t.Run(mode, func(t *testing.T) {
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), childVariable+"="+mode, "TMPDIR="+t.TempDir())
			out, err := cmd.CombinedOutput()
			if strings.Contains(string(out), "files: not available: the kernel has no Landlock") || strings.Contains(string(out), "state: not available: the kernel refuses") {
				t.Skipf("NOT TESTED: nothing shows here that files are refused: %s", out)
			}
			if err != nil {
				t.Fatalf("child: %v\n%s", err, out)
			}
			if !strings.Contains(string(out), "files: ") {
				t.Errorf("the child does not say how the files are: %s", out)
			}
		})
	}
}

// TestFilesArePossible is the control: without confinement every attempt succeeds,
// so the child's EACCES means something.
func TestFilesArePossible(t *testing.T) {
	g, err := newGround(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = errors.Join(g.open.Close(), g.mine.Close()) }()
	if err := makeFolder(g.path("state/made/coldsign")); err != nil {
		t.Fatal(err)
	}
	for _, a := range fileAttempts {
		if err := a.try(g, 0); err != nil {
			t.Errorf("%s: %v without confinement", a.name, err)
		}
	}
}

// TestHandled: a kernel refuses a ruleset with a bit that it does not know, and a
// right that is not handled is not refused. The numbers are those of linux/landlock.h.
func TestHandled(t *testing.T) {
	tests := []struct {
		abi            int
		fs, net, scope uint64
	}{
		{1, 0x1fff, 0, 0}, {2, 0x3fff, 0, 0}, {3, 0x7fff, 0, 0}, {4, 0x7fff, 3, 0}, {5, 0xffff, 3, 0},
		{6, 0xffff, 3, 1}, {7, 0xffff, 3, 1}, {8, 0xffff, 3, 1}, {9, 0x1ffff, 3, 1}, {10, 0x1ffff, 15, 1}, {99, 0x1ffff, 15, 1},
	}
	for _, tt := range tests {
		if got := handled(tt.abi); got.HandledAccessFS != tt.fs || got.HandledAccessNet != tt.net || got.Scoped != tt.scope {
			t.Errorf("version %d: got %#x %#x %#x, want %#x %#x %#x", tt.abi, got.HandledAccessFS, got.HandledAccessNet, got.Scoped, tt.fs, tt.net, tt.scope)
		}
	}
	for _, rights := range []uint64{readFile, readBelow, writeIn, nameIn} {
		if rights&^handled(1).HandledAccessFS != 0 {
			t.Errorf("the rights %#x are more than version 1 knows", rights)
		}
	}
}

// TestTrialTells: a trial that nothing refuses is a failure, whatever was installed.
func TestTrialTells(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name  string
		trial trial
		want  measure.Status
	}{
		{"nothing left", trial{}, measure.NotTried},
		{"opens", trial{dir}, measure.Failed},
		{"not there", trial{filepath.Join(dir, "missing")}, measure.Failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, why := tt.trial.outcome(); got != tt.want || why == "" {
				t.Errorf("got %v %q, want %v and a reason", got, why, tt.want)
			}
		})
	}
}
