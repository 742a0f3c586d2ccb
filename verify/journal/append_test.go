package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify/safe"
)

// disk is a file that keeps what happens to it, and fails when it is told to.
type disk struct {
	log     []string
	size    int64
	short   bool
	failing map[string]error
}

func (d *disk) Write(b []byte) (int, error) {
	d.log = append(d.log, "write")
	if d.short {
		d.size += 3
		return 3, d.failing["write"]
	}
	d.size += int64(len(b))
	return len(b), d.failing["write"]
}

func (d *disk) Sync() error {
	d.log = append(d.log, "sync")
	return d.failing["sync"]
}

func (d *disk) Close() error { return nil }

func (d *disk) Stat() (fs.FileInfo, error) {
	return sized{size: d.size}, d.failing["stat"]
}

type sized struct {
	os.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }

func refusal(minute int) Record {
	return Record{Time: time.Date(2026, 1, 31, 12, minute, 0, 0, time.UTC), Kind: Refused, Reason: "X", Program: "p", Version: safe.Version{Major: 1, Minor: 3}}
}

func on(t *testing.T, d *disk) *Journal {
	t.Helper()
	j := &Journal{f: d, writing: true, head: zeros}
	if _, err := j.append(Record{Kind: Born, Time: refusal(0).Time, Identity: zeros[:identityHex]}); err != nil {
		t.Fatal(err)
	}
	d.log = nil
	return j
}

// Append has returned nil only after the whole line was written and brought to the disk,
// in that order and in one write.
func TestAppendSyncs(t *testing.T) {
	d := &disk{}
	j := on(t, d)
	if _, err := j.Append(refusal(1)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.log, " "); got != "write sync" {
		t.Errorf("the file saw %q, want %q", got, "write sync")
	}
}

// After a failure nothing is written any more, and nothing was acknowledged: what is on
// the disk is not known.
func TestAppendStaysFailed(t *testing.T) {
	for _, tt := range []struct {
		name string
		at   string
		err  error
		with bool
		log  string
	}{
		{"disk full", "write", syscall.ENOSPC, true, "write"},
		{"short write without error", "", nil, true, "write"},
		{"write fails whole", "write", syscall.EIO, false, "write"},
		{"sync fails", "sync", syscall.EIO, false, "write sync"},
		{"stat fails", "stat", syscall.EIO, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &disk{}
			j := on(t, d)
			head := j.Head()
			d.short, d.failing = tt.with, map[string]error{tt.at: tt.err}
			_, first := j.Append(refusal(1))
			d.short, d.failing = false, nil
			_, second := j.Append(refusal(2))
			if !errors.Is(first, ErrWrite) || !errors.Is(second, ErrWrite) {
				t.Errorf("got %v, then %v; want %v twice", first, second, ErrWrite)
			}
			if tt.err != nil && !errors.Is(first, tt.err) {
				t.Errorf("%v does not hold the cause %v", first, tt.err)
			}
			if got := strings.Join(d.log, " "); got != tt.log || j.Len() != 1 || j.Head() != head {
				t.Errorf("the file saw %q, want %q; %d records", got, tt.log, j.Len())
			}
		})
	}
}

// The journal stops growing before the limit, and stays whole.
func TestAppendLimit(t *testing.T) {
	line, err := func() ([]byte, *Error) {
		r := refusal(1)
		r.Sequence, r.Previous = 2, zeros
		return r.encode()
	}()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		room int
		kind error
	}{{len(line) - 1, ErrLimit}, {len(line), nil}} {
		d := &disk{}
		j := on(t, d)
		d.size = MaxFile - int64(tt.room)
		j.size = d.size
		if _, err := j.Append(refusal(1)); !errors.Is(err, tt.kind) {
			t.Errorf("with room for %d of %d bytes: %v", tt.room, len(line), err)
		}
		if tt.kind != nil && len(d.log) > 0 {
			t.Errorf("written: %v", d.log)
		}
	}
}

// No more records are written than are read again.
func TestRecordLimit(t *testing.T) {
	last := refusal(1)
	last.Sequence, last.Previous = MaxRecords, zeros
	line, err := last.Encode()
	if err != nil {
		t.Fatal(err)
	}
	almost := func() *Journal {
		j := on(t, &disk{})
		j.records, j.head = make([]Record, MaxRecords-1), zeros
		return j
	}
	j := almost()
	if err := j.read(bytes.NewReader(line)); err != nil || j.Len() != MaxRecords {
		t.Errorf("%d records: %v", j.Len(), err)
	}
	if err := almost().read(bytes.NewReader(append(bytes.Clone(line), line...))); !errors.Is(err, ErrLimit) {
		t.Errorf("one more is read: %v", err)
	}
	last.Sequence++
	if _, err := last.Encode(); !errors.Is(err, ErrRecord) {
		t.Errorf("a line with the number %d: %v", last.Sequence, err)
	}
	j = almost() // of the same size as its file
	if _, err := j.Append(refusal(1)); err != nil || j.Len() != MaxRecords {
		t.Errorf("the last record: %v", err)
	}
	if _, err := j.Append(refusal(2)); !errors.Is(err, ErrLimit) {
		t.Errorf("one more is written: %v", err)
	}
}

// A file that is exchanged between opening and locking is not used: each of two
// processes would hold the lock of a file of its own.
func TestStillThere(t *testing.T) {
	dir := t.TempDir()
	path := dir + "/journal"
	j, err := Init(path, refusal(0).Time)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := openFile(path, true)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := stillThere(f, path); err != nil {
		t.Errorf("as it is: %v", err)
	}
	if err := os.Rename(path, dir+"/away"); err != nil {
		t.Fatal(err)
	}
	if _, err := adopt(f, path, true); !errors.Is(err, ErrMissing) {
		t.Errorf("renamed: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := adopt(f, path, true); !errors.Is(err, ErrFile) {
		t.Errorf("exchanged: %v", err)
	}
}

// Where the look before opening is deceived, the system itself does not follow a link.
func TestNoFollow(t *testing.T) {
	if noFollow == 0 {
		t.Skip("NOT TESTED: this system cannot open without following links")
	}
	dir := t.TempDir()
	if err := errors.Join(os.WriteFile(dir+"/target", nil, 0o600), os.Symlink("target", dir+"/link")); err != nil {
		t.Fatal(err)
	}
	if f, err := os.OpenFile(dir+"/link", os.O_RDONLY|noFollow, 0); err == nil {
		t.Error("the link was followed")
		_ = f.Close()
	}
}
