package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// The bounds of a journal: ten years of 25 approvals a day. Every signature waits until
// all of it was read.
const (
	MaxFile    = 64 << 20 // bytes
	MaxRecords = 100_000
)

// Journal is an open journal file with all its records. It holds the file's lock until
// Close. Its methods may be called from several goroutines.
type Journal struct {
	mu      sync.Mutex
	f       file
	path    string // under which f was opened, "" in tests of single steps
	writing bool
	failed  *Error // the first failure in writing; the journal stays failed
	records []Record
	head    string // digest of the last line
	size    int64
}

// file is what a journal needs of its file.
type file interface {
	io.Writer
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

// Init makes a journal with a new identity, and the folders it lies in where they are
// missing, for the user alone. It refuses with ErrExists if the file is there, and
// returns the journal open for writing.
func Init(path string, now time.Time) (*Journal, error) {
	var identity [identityHex / 2]byte
	if _, err := rand.Read(identity[:]); err != nil {
		return nil, fail(ErrFile, "", "no random bytes: %s", err.Error())
	}
	first := Record{Kind: Born, Time: now, Identity: hex.EncodeToString(identity[:])}
	if err := (Record{Time: wholeSeconds(now)}).checkTime(); err != nil {
		return nil, err
	}
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	j := &Journal{f: f, path: path, writing: true, head: zeros}
	if _, err := j.append(first); err != nil {
		// Nothing was acknowledged, and the file is ours: it was not there before.
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	if err := syncFolder(path); err != nil {
		return nil, errors.Join(fail(ErrFile, "", "the folder cannot be brought to the disk: %s", cause(err)), f.Close(), os.Remove(path))
	}
	return j, nil
}

// Open opens a journal for writing: it takes the lock, which nobody else may hold, and
// checks the whole file. What it returns is on the disk.
func Open(path string) (*Journal, error) { return open(path, true) }

// Read opens a journal for looking at it. Others may do so at the same time; nobody
// writes meanwhile.
func Read(path string) (*Journal, error) { return open(path, false) }

func open(path string, writing bool) (*Journal, error) {
	f, err := openFile(path, writing)
	if err != nil {
		return nil, err
	}
	j, err := adopt(f, path, writing)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return j, nil
}

func adopt(f *os.File, path string, writing bool) (*Journal, error) {
	if err := lock(f, writing); err != nil {
		return nil, lockError(err)
	}
	if err := stillThere(f, path); err != nil {
		return nil, err
	}
	j, lerr := load(f)
	if lerr != nil {
		return nil, lerr
	}
	j.f, j.path, j.writing = f, path, writing
	if !writing {
		return j, nil
	}
	// A writer that was killed may have left a whole line that is not on the disk yet.
	// Nothing may be decided from a record that a power cut could still take back.
	if err := f.Sync(); err != nil {
		return nil, systemError(err)
	}
	return j, nil
}

// Append writes a record and returns it as it was written: with sequence, previous
// digest, and time in whole seconds. When it returns nil, the record is on the disk.
//
// A time before the last record's is refused with ErrClock, a record without a line
// with ErrRecord or ErrLimit; nothing was written then. After ErrWrite or ErrChain the
// record may be there, be torn or be missing, and every later call fails: open the
// journal anew to see.
func (j *Journal) Append(r Record) (Record, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case !j.writing:
		return Record{}, fail(ErrClosed, "open it with Open", "this journal is not open for writing")
	case j.failed != nil:
		return Record{}, j.failed
	case r.Kind == Born:
		return Record{}, fail(ErrRecord, "", "init is the first record only")
	}
	r, err := j.append(r)
	if err != nil {
		return Record{}, err
	}
	return r.clone(), nil
}

// append returns no typed nil: its error is an error.
func (j *Journal) append(r Record) (Record, error) {
	r = r.clone()
	r.Sequence, r.Previous, r.Time = len(j.records)+1, j.head, wholeSeconds(r.Time)
	if err := j.checkClock(r.Time); err != nil {
		return Record{}, err
	}
	if len(j.records) >= MaxRecords {
		return Record{}, fail(ErrLimit, fullHint, "the journal has %d records, which is the limit", len(j.records))
	}
	line, err := r.encode()
	if err != nil {
		return Record{}, err
	}
	if j.size+int64(len(line)) > MaxFile {
		return Record{}, fail(ErrLimit, fullHint, "the journal has %d bytes, with this record it would pass the limit of %d", j.size, MaxFile)
	}
	if err := j.write(line); err != nil {
		j.failed = err
		return Record{}, err
	}
	j.add(r, line)
	return r, nil
}

const fullHint = "move this file away, keep it, and make a new one: coldsign journal init"

// wholeSeconds is a time as records hold it.
func wholeSeconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func (j *Journal) checkClock(now time.Time) *Error {
	if len(j.records) == 0 {
		return nil
	}
	if last := j.records[len(j.records)-1].Time; now.Before(last) {
		return fail(ErrClock, "set the clock of this machine; if it was set to the future before, wait, or keep this journal and make a new one: what has left within a time cannot be counted with a clock that goes back",
			"the clock says %s, and the last record is of %s", now.Format(timeLayout), last.Format(timeLayout))
	}
	return nil
}

const unknownHint = "open the journal again: the record may be there, be torn or be missing"

// write brings one line to the disk.
func (j *Journal) write(line []byte) *Error {
	info, err := j.f.Stat()
	switch {
	case err != nil:
		return notWritten(err)
	case info.Size() != j.size:
		return fail(ErrChain, "somebody writes into the file without its lock: find out who, and sign nothing before", "the file has %d bytes, and had %d when it was checked", info.Size(), j.size)
	}
	if err := j.named(); err != nil {
		return err
	}
	n, err := j.f.Write(line)
	if err == nil && n != len(line) {
		err = io.ErrShortWrite
	}
	if err == nil {
		err = j.f.Sync()
	}
	if err != nil {
		return notWritten(err)
	}
	return j.named()
}

// named refuses a file that lost its name since it was opened: who removes or exchanges
// the journal while somebody reads has him sign without a memory of it.
func (j *Journal) named() *Error {
	f, ok := j.f.(*os.File)
	if !ok || j.path == "" {
		return nil
	}
	if err := stillThere(f, j.path); err != nil {
		return fail(ErrChain, "somebody removes or exchanges the journal while it is used: find out who, and sign nothing before", "the journal is not at its place any more: %s", err.Error())
	}
	return nil
}

func notWritten(err error) *Error {
	e := fail(ErrWrite, unknownHint, "the record was not brought to the disk: %s", cause(err))
	e.cause = err
	return e
}

func (j *Journal) add(r Record, line []byte) {
	j.records = append(j.records, r)
	j.head = digest(line)
	j.size += int64(len(line))
}

func digest(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// Records returns all records in their order, the first one included.
func (j *Journal) Records() []Record {
	return j.filter(func(Record) bool { return true })
}

func (j *Journal) filter(keep func(Record) bool) []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []Record
	for _, r := range j.records {
		if keep(r) {
			out = append(out, r.clone())
		}
	}
	return out
}

// Last returns the time of the last line.
func (j *Journal) Last() time.Time {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.records) == 0 {
		return time.Time{}
	}
	return j.records[len(j.records)-1].Time
}

// Identity returns the random name that the journal got when it was made, in hex.
func (j *Journal) Identity() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.records) == 0 {
		return ""
	}
	return j.records[0].Identity
}

// Len returns the number of records, the first one included.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.records)
}

// Head returns the sha256 of the last line in hex, 64 zeros without a line.
func (j *Journal) Head() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.head
}

// HeadAt returns what Head was when the journal had n records, "" if it never had so
// many. With it a receipt's length and head are compared.
func (j *Journal) HeadAt(n int) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case n < 1 || n > len(j.records):
		return ""
	case n == len(j.records):
		return j.head
	}
	return j.records[n].Previous
}

// Close gives the lock back. The records can still be looked at.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.f == nil {
		return nil
	}
	err := j.f.Close()
	j.f, j.writing = nil, false
	if err != nil {
		return systemError(err)
	}
	return nil
}
