package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/coldsign/coldsign/verify/report"
)

const initHint = "make one, once on each machine: coldsign journal init"

// openFile opens a regular file that has no other name in the way: through a link
// somebody else could choose what this machine remembers.
func openFile(path string, writing bool) (*os.File, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, openError(path, err)
	}
	if err := usable(before, writing); err != nil {
		return nil, err
	}
	mode := os.O_RDONLY
	if writing {
		mode = os.O_RDWR | os.O_APPEND
	}
	f, err := os.OpenFile(path, mode|noFollow|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, openError(path, err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, errors.Join(systemError(err), f.Close())
	case !os.SameFile(before, info):
		return nil, errors.Join(exchanged(), f.Close())
	}
	if err := usable(info, writing); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// usable is asked before opening, because a pipe blocks and a device acts when it is
// opened, and after. Write protection is asked for here, because to the superuser the
// system grants everything.
func usable(info fs.FileInfo, writing bool) *Error {
	switch m := info.Mode(); {
	case m&fs.ModeSymlink != 0:
		return fail(ErrFile, "name the file itself", "the journal is a symbolic link, which somebody could point elsewhere")
	case m.IsDir():
		return fail(ErrFile, "name the file in it", "the journal is a folder")
	case !m.IsRegular():
		return fail(ErrFile, "name a regular file", "the journal is no regular file")
	case writing && m&0o200 == 0:
		return fail(ErrFile, "give yourself the right to write, if it is meant to grow", "the journal is write-protected")
	}
	return nil
}

// stillThere refuses a file that lost its name before it was locked: two processes
// could each hold the lock of a journal of their own.
func stillThere(f *os.File, path string) error {
	named, err := os.Lstat(path)
	if err != nil {
		return openError(path, err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return systemError(err)
	case !os.SameFile(named, info):
		return exchanged()
	}
	return nil
}

func exchanged() *Error {
	return fail(ErrFile, "find out who exchanges it", "the journal was exchanged while it was opened")
}

// create makes the file and takes its lock before anybody else can.
func create(path string) (*os.File, error) {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL|noFollow, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, fail(ErrExists, "a journal is made once; nothing is overwritten", "there is a file %s already", report.Quote(path))
	case err != nil:
		return nil, openError(path, err)
	}
	if err := lock(f, true); err != nil {
		return nil, errors.Join(lockError(err), f.Close())
	}
	return f, nil
}

// makeFolder makes the folder and those above it that are missing, for the user alone,
// and brings each name to the disk: a journal is lost with its folder.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil // opening the file in it says what is wrong
	}
	if up := filepath.Dir(dir); up != dir {
		if err := makeFolder(up); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return systemError(err)
	}
	if err := syncFolder(dir); err != nil {
		return systemError(err)
	}
	return nil
}

func openError(path string, err error) *Error {
	e := systemError(err)
	e.Msg = "the journal " + report.Quote(path) + " cannot be opened: " + cause(err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Kind, e.Hint, e.Msg = ErrMissing, initHint, "there is no journal "+report.Quote(path)
	case errors.Is(err, fs.ErrPermission):
		e.Hint = "check who may read and write it"
	}
	return e
}

func systemError(err error) *Error {
	e := fail(ErrFile, "check the disk and who may use the file", "the system says: %s", cause(err))
	e.cause = err
	return e
}

func lockError(err error) *Error {
	if errors.Is(err, errHeld) {
		return fail(ErrLocked, "wait until the other coldsign has ended; it may be waiting for an answer", "the journal is in use")
	}
	e := systemError(err)
	e.Msg = "the journal cannot be locked: " + cause(err)
	e.Hint = "keep it on a local disk"
	return e
}

// errHeld is what lock returns if another holds the lock.
var errHeld = errors.New("lock is held")

// cause is the system's reason without the operation and the name.
func cause(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
