package journal_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/coldsign/coldsign/verify/journal"
)

func seedLines(f *testing.F) (all [][]byte) {
	for _, r := range []journal.Record{born, line2(record(1)), line2(signed(2)), line2(refused(3))} {
		line, err := r.Encode()
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, line)
	}
	return all
}

// FuzzParse: a line is refused with an *Error in plain ASCII, or it is exactly the line
// that its record is written as.
func FuzzParse(f *testing.F) {
	for _, l := range seedLines(f) {
		f.Add(l)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := journal.Parse(line)
		if err != nil {
			wantError(t, err, journal.ErrText)
			return
		}
		again, err := r.Encode()
		if err != nil || !bytes.Equal(again, line) {
			t.Fatalf("%q is accepted and written as %q (%v)", line, again, err)
		}
		if bytes.ContainsFunc(line[:len(line)-1], func(c rune) bool { return c < 0x20 || c > 0x7e }) {
			t.Fatalf("%q is accepted and is not plain", line)
		}
	})
}

// FuzzScan: a file is refused with an *Error, or it is a chain of records that are, all
// together, the file again. Where it is torn, what stands before the place is a journal.
func FuzzScan(f *testing.F) {
	raw := contents(f, fresh(f, record(1), signed(1), refused(2)))
	f.Add(raw)
	f.Add(raw[:len(raw)-50])
	f.Add(bytes.Replace(raw, []byte(`"1001"`), []byte(`"1002"`), 1))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		j, err := journal.Scan(raw)
		if err == nil {
			sameBytes(t, j, raw)
			return
		}
		var e *journal.Error
		if !errors.As(err, &e) || j != nil || e.Msg == "" || e.Hint == "" {
			t.Fatalf("got %v, %v", j, err)
		}
		if e.Kind == journal.ErrTorn && e.Offset > 0 {
			j, err := journal.Scan(raw[:e.Offset])
			if err != nil {
				t.Fatalf("cut at %d: %v", e.Offset, err)
			}
			sameBytes(t, j, raw[:e.Offset])
		}
	})
}

func sameBytes(t *testing.T, j *journal.Journal, raw []byte) {
	t.Helper()
	var all []byte
	for _, r := range j.Records() {
		line, err := r.Encode()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, line...)
	}
	if !bytes.Equal(all, raw) || j.Len() == 0 || j.Identity() == "" {
		t.Fatalf("%d records are %q, the file is %q", j.Len(), all, raw)
	}
}
