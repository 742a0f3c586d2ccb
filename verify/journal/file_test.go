package journal_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/journal"
)

func TestInit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "journal")
	j, err := journal.Init(path, start.Add(300*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	if len(j.Identity()) != 32 || j.Len() != 1 || j.Head() == nothing || j.Head() != j.HeadAt(1) {
		t.Errorf("identity %q, length %d, head %s", j.Identity(), j.Len(), j.Head())
	}
	if r := j.Records()[0]; r.Kind != journal.Born || !r.Time.Equal(start) {
		t.Errorf("the first record is %+v", r)
	}
	if runtime.GOOS != "windows" {
		wantMode(t, path, 0o600)
		wantMode(t, filepath.Dir(path), fs.ModeDir|0o700)
		wantMode(t, filepath.Dir(filepath.Dir(path)), fs.ModeDir|0o700)
	}
	mustAppend(t, j, record(1)) // it is open for writing
	_, err = journal.Open(path)
	wantError(t, err, journal.ErrLocked)
	mustClose(t, j)
	before := contents(t, path)
	_, err = journal.Init(path, start)
	wantError(t, err, journal.ErrExists)
	if !bytes.Equal(before, contents(t, path)) {
		t.Error("a second init changed the file")
	}
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode() != want {
		t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
	}
}

// Two journals are never the same one.
func TestInitIdentities(t *testing.T) {
	seen := map[string]bool{}
	for range 20 {
		seen[mustOpen(t, fresh(t)).Identity()] = true
	}
	if len(seen) != 20 {
		t.Errorf("%d identities in 20 journals", len(seen))
	}
}

func TestInitRefuses(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "file"), nil)
	link(t, filepath.Join(dir, "nowhere"), filepath.Join(dir, "link"))
	for _, tt := range []struct {
		name, path string
		now        time.Time
		kind       error
	}{
		{"an empty file", "file", start, journal.ErrExists},
		{"a folder", ".", start, journal.ErrExists},
		{"a link to nowhere", "link", start, journal.ErrExists},
		{"a clock that was never set", "new", time.Unix(0, 0), journal.ErrClock},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := journal.Init(filepath.Join(dir, tt.path), tt.now)
			wantError(t, err, tt.kind)
		})
	}
	if _, err := journal.Init(filepath.Join(dir, "file", "journal"), start); !errors.Is(err, journal.ErrFile) {
		t.Errorf("below a file: %v", err)
	}
	for _, name := range []string{"nowhere", "new"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s was made", name)
		}
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skipf("NOT TESTED: this system makes no links: %v", err)
	}
}

// TestOpenFileRefuses: what is no plain file of ours is not opened, whatever is in it.
func TestOpenFileRefuses(t *testing.T) {
	path := fresh(t, record(1))
	dir := filepath.Dir(path)
	link(t, path, filepath.Join(dir, "link"))
	link(t, dir, filepath.Join(dir, "way"))
	big := filepath.Join(dir, "big")
	put(t, big, contents(t, path))
	if err := os.Truncate(big, journal.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, path string
		kind       error
		says       string
	}{
		{"a link", "link", journal.ErrFile, "symbolic link"},
		{"a folder", ".", journal.ErrFile, "folder"},
		{"nothing", "nothing", journal.ErrMissing, "no journal"},
		{"nothing in a folder that is missing", "no/thing", journal.ErrMissing, "no journal"},
		{"a file too large", "big", journal.ErrLimit, "the file has 67108865 bytes"},
		{"a device", os.DevNull, journal.ErrFile, "no regular file"},
		{"a plain file", "journal", nil, ""},
		{"a plain file through a linked folder", "way/journal", nil, ""},
	} {
		for name, open := range map[string]func(string) (*journal.Journal, error){"Open": journal.Open, "Read": journal.Read} {
			t.Run(tt.name+" "+name, func(t *testing.T) {
				at := tt.path
				if !filepath.IsAbs(at) {
					at = filepath.Join(dir, at)
				}
				j, err := open(at)
				if tt.kind == nil {
					if err != nil {
						t.Fatal(err)
					}
					mustClose(t, j)
					return
				}
				if e := wantError(t, err, tt.kind); !strings.Contains(e.Msg, tt.says) {
					t.Errorf("says %q, want %q in it", e.Msg, tt.says)
				}
			})
		}
	}
}

// A write-protected journal is not written, also not by the superuser, and can be read.
func TestWriteProtected(t *testing.T) {
	path := fresh(t, record(1))
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	_, err := journal.Open(path)
	wantError(t, err, journal.ErrFile)
	j, err := journal.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	_, err = j.Append(record(2))
	wantError(t, err, journal.ErrClosed)
	if j.Len() != 2 {
		t.Errorf("%d records", j.Len())
	}
}

// TestLock: one writer, or any number of readers, in one process and in several.
func TestLock(t *testing.T) {
	path := fresh(t, record(1))
	open := map[string]func(string) (*journal.Journal, error){"writer": journal.Open, "reader": journal.Read}
	for _, tt := range []struct {
		first, second string
		refused       bool
	}{{"writer", "writer", true}, {"writer", "reader", true}, {"reader", "writer", true}, {"reader", "reader", false}} {
		t.Run(tt.first+" then "+tt.second, func(t *testing.T) {
			a, err := open[tt.first](path)
			if err != nil {
				t.Fatal(err)
			}
			b, err := open[tt.second](path)
			if tt.refused {
				wantError(t, err, journal.ErrLocked)
			} else if err != nil {
				t.Fatal(err)
			} else {
				mustClose(t, b)
			}
			mustClose(t, a)
			mustClose(t, a) // twice is once
			c := mustOpen(t, path)
			mustClose(t, c)
		})
	}
}

// Of many that open at once and write, each record is there once.
func TestManyWriters(t *testing.T) {
	path := fresh(t)
	var done sync.WaitGroup
	var wrote sync.Map
	for i := range 8 {
		done.Go(func() {
			for try := 0; try < 2000; try++ {
				j, err := journal.Open(path)
				if errors.Is(err, journal.ErrLocked) {
					time.Sleep(time.Millisecond)
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				r := record(1)
				r.Nonce = num(uint64(i))
				if _, err = j.Append(r); err != nil {
					t.Error(err)
				}
				wrote.Store(i, true)
				if err := j.Close(); err != nil {
					t.Error(err)
				}
				return
			}
		})
	}
	done.Wait()
	seen := map[uint64]int{}
	for _, r := range mustOpen(t, path).Records()[1:] {
		seen[r.Nonce.Uint64()]++
	}
	for i := range 8 {
		if _, ok := wrote.Load(i); !ok || seen[uint64(i)] != 1 {
			t.Errorf("writer %d: wrote %v, records %d", i, ok, seen[uint64(i)])
		}
	}
}

// One journal in the hands of several goroutines writes one chain.
func TestSharedJournal(t *testing.T) {
	path := fresh(t)
	j := mustOpen(t, path)
	var done sync.WaitGroup
	for i := range 8 {
		done.Go(func() {
			r := record(1)
			r.Nonce = num(uint64(i))
			if _, err := j.Append(r); err != nil {
				t.Error(err)
			}
			j.Spent(journal.Key{Safe: cold, Hash: r.Hash}, []common.Address{{}}, start)
			j.Conflicts(journal.Key{Safe: cold})
			_, _ = j.HeadAt(j.Len()), j.Head()
		})
	}
	done.Wait()
	mustClose(t, j)
	if got := mustOpen(t, path).Len(); got != 9 {
		t.Errorf("%d records, want 9", got)
	}
}

// TestBrokenFiles: each way in which a file is not what this program wrote, with the
// kind, the line and, where it is torn, the place.
func TestBrokenFiles(t *testing.T) {
	path := fresh(t, record(1), signed(1), refused(2), record(3))
	honest := lines(t, path)
	cat := func(l ...[]byte) []byte { return bytes.Join(l, nil) }
	swap := func(i int, from, to string) []byte {
		if !bytes.Contains(honest[i], []byte(from)) {
			t.Fatalf("%q is not in line %d", from, i+1)
		}
		all := append([][]byte{}, honest...)
		all[i] = bytes.Replace(all[i], []byte(from), []byte(to), 1)
		return cat(all...)
	}
	stranger := lines(t, fresh(t, record(1)))
	whole := len(cat(honest...))
	without := len(cat(honest[:4]...))
	for _, tt := range []struct {
		name string
		raw  []byte
		kind error
		line int
		torn int // the offset
	}{
		{"as it is", cat(honest...), nil, 0, 0},
		{"the last line removed, which only a receipt shows", cat(honest[:4]...), nil, 0, 0},
		{"another amount in the last line, which only a receipt shows", swap(4, `"amount":"1003"`, `"amount":"1004"`), nil, 0, 0},
		{"another amount before", swap(1, `"amount":"1001"`, `"amount":"1002"`), journal.ErrChain, 3, 0},
		{"another identity", swap(0, `"identity":"`+mustOpen(t, path).Identity()[:1], `"identity":"x`), journal.ErrText, 1, 0},
		{"a byte that no line has", swap(1, `"approved"`, `"approvee"`), journal.ErrText, 2, 0},
		{"a space", swap(2, `,"time"`, `, "time"`), journal.ErrText, 3, 0},
		{"unknown key in the last line", swap(4, `,"program"`, `,"x":"y","program"`), journal.ErrText, 5, 0},
		{"other key order in the last line", swap(4, `"chain":"1","safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"`, `"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","chain":"1"`), journal.ErrText, 5, 0},
		{"first line removed", cat(honest[1:]...), journal.ErrChain, 1, 0},
		{"a line removed", cat(honest[0], honest[1], honest[3], honest[4]), journal.ErrChain, 3, 0},
		{"the line before the last removed", cat(honest[0], honest[1], honest[2], honest[4]), journal.ErrChain, 4, 0},
		{"lines swapped", cat(honest[0], honest[2], honest[1], honest[3], honest[4]), journal.ErrChain, 2, 0},
		{"a line doubled", cat(honest[0], honest[1], honest[1], honest[2], honest[3], honest[4]), journal.ErrChain, 3, 0},
		{"the last line doubled", cat(append(honest[:5:5], honest[4])...), journal.ErrChain, 6, 0},
		{"the file doubled", cat(cat(honest...), cat(honest...)), journal.ErrChain, 6, 0},
		{"a line of another journal", cat(honest[0], stranger[1]), journal.ErrChain, 2, 0},
		{"renumbered after a removal", bytes.Replace(cat(honest[0], honest[1], honest[3]), []byte(`"sequence":4`), []byte(`"sequence":3`), 1), journal.ErrChain, 3, 0},
		{"the last line renumbered", swap(4, `"sequence":5`, `"sequence":6`), journal.ErrChain, 5, 0},
		{"a last line back in time", swap(4, "12:03:00", "12:01:59"), journal.ErrChain, 5, 0},
		{"a last line in the same second", swap(4, "12:03:00", "12:02:00"), nil, 0, 0},
		{"an empty line", cat(honest[0], []byte("\n"), honest[1]), journal.ErrText, 2, 0},
		{"an empty line at the end", cat(append(honest[:5:5], []byte("\n"))...), journal.ErrText, 6, 0},
		{"a comment at the end", cat(append(honest[:5:5], []byte("# checked\n"))...), journal.ErrText, 6, 0},
		{"a byte order mark", cat([]byte("\xef\xbb\xbf"), cat(honest...)), journal.ErrText, 1, 0},
		{"line feeds of Windows", bytes.ReplaceAll(cat(honest...), []byte("\n"), []byte("\r\n")), journal.ErrText, 1, 0},
		{"another file", []byte("#!/bin/sh\nexit 0\n"), journal.ErrText, 1, 0},
		{"nul in the middle", swap(1, `"approved"`, "\"approve\x00\""), journal.ErrText, 2, 0},
		{"a line too long", cat(append(honest[:5:5], bytes.Repeat([]byte("x"), journal.MaxLine+1))...), journal.ErrLimit, 6, 0},
		{"empty", nil, journal.ErrTorn, 0, 0},
		{"no line feed at the end", cat(honest...)[:whole-1], journal.ErrTorn, 0, without},
		{"half a line", cat(cat(honest[:4]...), honest[4][:100]), journal.ErrTorn, 0, without},
		{"one byte of a line", append(cat(honest...), '{'), journal.ErrTorn, 0, whole},
		{"zeros at the end", append(cat(honest...), make([]byte, 700)...), journal.ErrTorn, 0, whole},
		{"zeros within the last line", cat(cat(honest[:4]...), honest[4][:100], make([]byte, 50), honest[4][150:]), journal.ErrTorn, 0, without},
		{"half of the first line", honest[0][:20], journal.ErrTorn, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := filepath.Join(t.TempDir(), "journal")
			put(t, at, tt.raw)
			for name, open := range map[string]func(string) (*journal.Journal, error){"Open": journal.Open, "Read": journal.Read} {
				j, err := open(at)
				if tt.kind == nil {
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					mustClose(t, j)
					continue
				}
				if j != nil {
					t.Errorf("%s returns a journal with %v", name, err)
				}
				e := wantError(t, err, tt.kind)
				if e.Line != tt.line || e.Offset != int64(tt.torn) {
					t.Errorf("%s: line %d, offset %d; want %d, %d (%v)", name, e.Line, e.Offset, tt.line, tt.torn, e)
				}
			}
			if !bytes.Equal(contents(t, at), tt.raw) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestTornAtEveryByte cuts the last record at each byte, as a power cut does. The file
// is refused with the place; cut there by the user it is the journal before.
func TestTornAtEveryByte(t *testing.T) {
	path := fresh(t, record(1), signed(1), record(2))
	raw := contents(t, path)
	all := lines(t, path)
	last := len(all[len(all)-1])
	for cut := len(raw) - last + 1; cut < len(raw); cut++ {
		put(t, path, raw[:cut])
		_, err := journal.Open(path)
		e := wantError(t, err, journal.ErrTorn)
		if e.Offset != int64(len(raw)-last) || e.Before.Len() != 3 || !strings.Contains(e.Msg, "3 records") {
			t.Fatalf("cut at %d: offset %d after %d records (%v)", cut, e.Offset, e.Before.Len(), e)
		}
		if cut%50 != 0 {
			continue
		}
		if err := os.Truncate(path, e.Offset); err != nil {
			t.Fatal(err)
		}
		j := mustOpen(t, path)
		if j.Len() != 3 || j.Head() != e.Before.Head() || j.Identity() != e.Before.Identity() {
			t.Fatalf("cut at %d: %d records, head %s; the error said %s", cut, j.Len(), j.Head(), e.Before.Head())
		}
		mustAppend(t, j, record(5))
		mustClose(t, j)
		mustClose(t, mustOpen(t, path))
	}
	put(t, path, raw[:10])
	_, err := journal.Open(path)
	if e := wantError(t, err, journal.ErrTorn); e.Before == nil || e.Before.Len() != 0 || e.Before.Identity() != "" || e.Before.HeadAt(0) != "" {
		t.Errorf("of a torn first line: %+v", e)
	}
}

// HeadAt is what a receipt compares.
func TestHeadAt(t *testing.T) {
	path := fresh(t)
	j := mustOpen(t, path)
	heads := []string{"", j.Head()}
	for n := range uint64(5) {
		mustAppend(t, j, record(n+1))
		heads = append(heads, j.Head())
	}
	mustClose(t, j)
	j = mustOpen(t, path)
	for n, want := range append(heads, "") {
		if got := j.HeadAt(n); got != want {
			t.Errorf("HeadAt(%d) = %q, want %q", n, got, want)
		}
	}
	if j.HeadAt(-1) != "" {
		t.Error("HeadAt(-1) is something")
	}
}

// The clock may stand still and never goes back.
func TestClock(t *testing.T) {
	j := mustOpen(t, fresh(t, record(5)))
	for _, tt := range []struct {
		name string
		time time.Time
		kind error
	}{
		{"a second before", start.Add(5*time.Minute - time.Second), journal.ErrClock},
		{"a year before", start.AddDate(-1, 0, 0), journal.ErrClock},
		{"zero", time.Time{}, journal.ErrClock},
		{"1970", time.Unix(0, 0), journal.ErrClock},
		{"the same second", start.Add(5*time.Minute + 500*time.Millisecond), nil},
		{"the same second, earlier in it", start.Add(5 * time.Minute), nil},
		{"the same time in another zone", start.Add(5 * time.Minute).In(time.FixedZone("", 7200)), nil},
		{"a century later", start.AddDate(100, 0, 0), nil},
		{"now, after that", start.Add(time.Hour), journal.ErrClock},
	} {
		r := record(1)
		r.Time = tt.time
		n := j.Len()
		got, err := j.Append(r)
		switch {
		case tt.kind != nil:
			wantError(t, err, tt.kind)
			if j.Len() != n {
				t.Errorf("%s: written", tt.name)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case got.Time.Nanosecond() != 0 || got.Time.Location() != time.UTC || got.Sequence != n+1 || got.Previous != j.HeadAt(n):
			t.Errorf("%s: returned %+v", tt.name, got)
		}
	}
}

// What Append refuses leaves the journal as it was, open for the next record.
func TestAppendRefuses(t *testing.T) {
	path := fresh(t)
	j := mustOpen(t, path)
	before := contents(t, path)
	second := born
	noNonce := record(1)
	noNonce.Nonce = nil
	for name, r := range map[string]journal.Record{"init": second, "no nonce": noNonce, "nothing": {Time: start}} {
		if _, err := j.Append(r); !errors.Is(err, journal.ErrRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !bytes.Equal(before, contents(t, path)) {
		t.Error("the file was changed")
	}
	mustAppend(t, j, record(1))
	mustClose(t, j)
	_, err := j.Append(record(2))
	wantError(t, err, journal.ErrClosed)
	if j.Len() != 2 {
		t.Errorf("%d records after Close, want 2", j.Len())
	}
}

// A file that another program writes, cuts or replaces in spite of the lock is seen.
func TestWrittenBehindTheLock(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"appended": func(p string) error {
			f, err := os.OpenFile(p, os.O_WRONLY|os.O_APPEND, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("x\n")
			return errors.Join(err, f.Close())
		},
		"cut": func(p string) error { return os.Truncate(p, 100) },
	} {
		t.Run(name, func(t *testing.T) {
			path := fresh(t, record(1))
			j := mustOpen(t, path)
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			raw := contents(t, path)
			for range 2 {
				_, err := j.Append(record(2))
				wantError(t, err, journal.ErrChain)
			}
			if !bytes.Equal(raw, contents(t, path)) {
				t.Error("something was written")
			}
		})
	}
}
