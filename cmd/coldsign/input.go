package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/coldsign/coldsign/verify/intent"
)

// The largest inputs. One byte more is read, so that the stage that judges sizes
// sees that the limit is passed and says so with its code.
const (
	maxPayload = 8 << 20
	maxIntent  = intent.MaxSize
)

// inputError is a file that could not be read: nothing was checked.
type inputError struct{ text, hint string }

func (e *inputError) Error() string { return e.text }

// read reads a file, or standard input for "-", once and whole. Nothing is read
// again after that, so what is shown, judged and hashed is the same.
func (p *program) read(name string, limit int) ([]byte, error) {
	if name == "-" {
		return readBounded(p.stdin, limit)
	}
	f, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	raw, err := readSized(f, limit)
	if cerr := f.Close(); err == nil && cerr != nil {
		return nil, &inputError{"cannot be read: " + cause(cerr), ""}
	}
	return raw, err
}

// readSized reads a regular file in one piece: its size is asked for and not believed, since
// it can be another by the time that it is read.
func readSized(f *os.File, limit int) ([]byte, error) {
	size := 0
	if info, err := f.Stat(); err == nil {
		size = int(min(max(info.Size(), 0), int64(limit)))
	}
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err := b.ReadFrom(io.LimitReader(f, int64(limit)+1)); err != nil {
		return nil, notRead(err)
	}
	return b.Bytes(), nil
}

func readBounded(r io.Reader, limit int) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, notRead(err)
	}
	return raw, nil
}

func notRead(err error) error {
	return &inputError{"cannot be read: " + cause(err), "nothing was checked, because a part may be missing"}
}

// openRegular opens a regular file, through symbolic links. A directory, pipe,
// socket or device is refused before and after opening: a pipe could block for
// ever or give other bytes on the next read, and a device can do anything.
func openRegular(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, openError(err)
	}
	if err := regular(info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, openError(err)
	}
	info, err = f.Stat()
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func openError(err error) error {
	hint := "check the name"
	if errors.Is(err, fs.ErrPermission) {
		hint = "check who may read the file"
	}
	return &inputError{"cannot be opened: " + cause(err), hint}
}

func regular(info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return &inputError{fmt.Sprintf("is %s, not a regular file", kind(info.Mode())), "name a regular file; standard input is written -"}
}

func kind(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a directory"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}

// cause is the system's reason without the operation and the name, which the
// report shows itself.
func cause(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// sidecar returns the name of the intent that belongs to a proposal in a
// repository: X.intent.yaml for X.json, NAME.intent.yaml for any other NAME.
func sidecar(name string) string {
	return strings.TrimSuffix(name, ".json") + ".intent.yaml"
}

// sidecarOf returns the sidecar's name if there is anything of that name. A link
// to nowhere counts, and then cannot be read: an intent that somebody put there
// must not be passed over.
func sidecarOf(name string) (string, bool, error) {
	if name == "-" {
		return "", false, nil
	}
	beside := sidecar(name)
	_, err := os.Lstat(beside)
	switch {
	case err == nil:
		return beside, true, nil
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return "", false, nil
	}
	return "", false, &inputError{"has an intent beside it that cannot be looked at: " + cause(err), ""}
}

// sameFile reports whether two names are one file.
func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}
