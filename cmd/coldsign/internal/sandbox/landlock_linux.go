package sandbox

import (
	"errors"
	"fmt"

	"github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// The rights of each kind of path (landlock(7)). None holds the right to run a
// file, to make a folder or a link by name, to truncate, or to use a device.
const (
	readFile  = unix.LANDLOCK_ACCESS_FS_READ_FILE
	readBelow = readFile | unix.LANDLOCK_ACCESS_FS_READ_DIR
	nameIn    = unix.LANDLOCK_ACCESS_FS_MAKE_REG | unix.LANDLOCK_ACCESS_FS_REMOVE_FILE
	writeIn   = readBelow | nameIn | unix.LANDLOCK_ACCESS_FS_WRITE_FILE
)

func confine(p Paths) FilesState {
	if builtWithCgo {
		return unavailable("the program was built with cgo, and to confine the threads of C a folder in /proc would have to stay open")
	}
	abi, err := syscall.LandlockGetABIVersion()
	if err != nil {
		return unavailable("the kernel has no Landlock, or it is turned off: " + err.Error())
	}
	rules, err := newRuleset(abi)
	if err != nil {
		return unavailable(err.Error())
	}
	defer rules.close()
	if err := rules.grantAll(p); err != nil {
		return unavailable(err.Error())
	}
	trial := choose(rules)
	if err := rules.enforce(); err != nil {
		return unavailable(err.Error())
	}
	state := FilesState{ABI: abi}
	state.Status, state.Detail = trial.outcome()
	if state.Status == measure.Held {
		state.Detail = fmt.Sprintf("only the files of this run can be opened (Landlock, version %d)", abi)
		if abi < 3 {
			state.Detail += "; this version does not refuse to truncate a file"
		}
	}
	remember(p)
	return state
}

// ruleset is a Landlock ruleset under construction.
type ruleset struct {
	fd      int
	granted map[inode]bool // what can be opened to read or list, and what lies below
}

// inode is a file whatever its name.
type inode struct{ dev, ino uint64 }

// newRuleset makes a ruleset that refuses everything that this version knows.
func newRuleset(abi int) (*ruleset, error) {
	all := handled(abi)
	fd, err := syscall.LandlockCreateRuleset(&all, 0)
	if err != nil {
		return nil, fmt.Errorf("the kernel refuses a Landlock ruleset: %w", err)
	}
	return &ruleset{fd: fd, granted: map[inode]bool{}}, nil
}

// handled lists what a version can refuse (linux/landlock.h). An unknown bit would
// make the kernel refuse the whole. Scopes of signals are left out: before version
// 7 they stood between the threads of one process, and the Go runtime signals its
// own.
func handled(abi int) syscall.RulesetAttr {
	const basic = unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1 // the 13 rights of version 1
	a := syscall.RulesetAttr{HandledAccessFS: basic}
	for _, since := range []struct {
		abi            int
		fs, net, scope uint64
	}{
		{2, unix.LANDLOCK_ACCESS_FS_REFER, 0, 0},
		{3, unix.LANDLOCK_ACCESS_FS_TRUNCATE, 0, 0},
		{4, 0, unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP, 0},
		{5, unix.LANDLOCK_ACCESS_FS_IOCTL_DEV, 0, 0},
		{6, 0, 0, unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET},
		{9, unix.LANDLOCK_ACCESS_FS_RESOLVE_UNIX, 0, 0},
		{10, 0, unix.LANDLOCK_ACCESS_NET_BIND_UDP | unix.LANDLOCK_ACCESS_NET_CONNECT_SEND_UDP, 0},
	} {
		if abi >= since.abi {
			a.HandledAccessFS |= since.fs
			a.HandledAccessNet |= since.net
			a.Scoped |= since.scope
		}
	}
	return a
}

func (r *ruleset) grantAll(p Paths) error {
	for _, kind := range []struct {
		names  []string
		folder bool
		rights uint64
	}{
		{p.ReadFiles, false, readFile},
		{p.ReadBelow, true, readBelow},
		{p.WriteIn, true, writeIn},
		{p.MakeFolders, true, writeIn},
		{p.NameIn, true, nameIn},
	} {
		for _, name := range kind.names {
			if err := r.grant(name, kind.folder, kind.rights); err != nil {
				return err
			}
		}
	}
	return nil
}

// grant adds a rule for what a name leads to. What is judged and what gets the
// right is one descriptor: were the name opened twice, a folder could take the
// place of a file in between, and a right to read a folder holds for all below.
func (r *ruleset) grant(name string, folder bool, rights uint64) error {
	fd, err := openPath(name)
	if err != nil {
		return nil // nothing to give; opening it will say what is wrong
	}
	defer func() { _ = unix.Close(fd) }()
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil || (st.Mode&unix.S_IFMT == unix.S_IFDIR) != folder {
		return nil
	}
	err = syscall.LandlockAddPathBeneathRule(r.fd, &syscall.PathBeneathAttr{AllowedAccess: rights, ParentFd: fd}, 0)
	switch {
	case errors.Is(err, unix.EBADFD):
		return nil // a pipe or the like, which has no place among the files and is not restricted
	case err != nil:
		return fmt.Errorf("the kernel refuses a Landlock rule: %w", err)
	}
	if rights&readFile != 0 {
		r.granted[inode{uint64(st.Dev), st.Ino}] = true
	}
	return nil
}

func openPath(name string) (int, error) {
	for {
		fd, err := unix.Open(name, unix.O_PATH|unix.O_CLOEXEC, 0)
		if !errors.Is(err, unix.EINTR) {
			return fd, err
		}
	}
}

// enforce puts every thread of the process under the rules. One thread alone would
// be no help: goroutines move between them. no_new_privs comes first, because
// without it only the superuser may (landlock_restrict_self(2)).
func (r *ruleset) enforce() error {
	if err := syscall.AllThreadsPrctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("the kernel refuses no_new_privs: %w", err)
	}
	if err := syscall.AllThreadsLandlockRestrictSelf(r.fd, 0); err != nil {
		return fmt.Errorf("the kernel refuses the Landlock rules: %w", err)
	}
	return nil
}

func (r *ruleset) close() { _ = unix.Close(r.fd) }
