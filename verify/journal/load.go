package journal

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
)

// load reads and checks a whole file.
func load(f *os.File) (*Journal, *Error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, systemError(err)
	case info.Size() > MaxFile:
		return nil, fail(ErrLimit, "this is no journal of this program", "the file has %d bytes, the limit is %d", info.Size(), MaxFile)
	}
	return scan(f)
}

// scan checks the lines one by one. The journal it returns has no file.
func scan(in io.Reader) (*Journal, *Error) {
	j := &Journal{head: zeros}
	if err := j.read(in); err != nil {
		return nil, err
	}
	return j, nil
}

func (j *Journal) read(in io.Reader) *Error {
	lines := bufio.NewReaderSize(io.LimitReader(in, MaxFile+1), MaxLine)
	for {
		line, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, io.EOF) && len(line) == 0 && len(j.records) > 0:
			return nil
		case errors.Is(err, io.EOF):
			return j.torn()
		case errors.Is(err, bufio.ErrBufferFull):
			return fail(ErrLimit, editedHint, "it is longer than %d bytes", MaxLine).at(len(j.records) + 1)
		case err != nil:
			return systemError(err)
		case len(j.records) == MaxRecords:
			return fail(ErrLimit, "this is no journal of this program", "the file has more than %d records", MaxRecords)
		}
		if err := j.take(line, lines); err != nil {
			return err
		}
	}
}

// take checks one line and adds its record.
func (j *Journal) take(line []byte, rest *bufio.Reader) *Error {
	n := len(j.records) + 1
	r, err := parse(line)
	if err != nil && bytes.IndexByte(line, 0) >= 0 && atEnd(rest) {
		// Pages of a line reach the disk in any order; one that did not is full of NUL.
		return j.torn()
	}
	if err == nil {
		err = j.follows(r)
	}
	if err != nil {
		return err.at(n)
	}
	j.add(r, line)
	return nil
}

// atEnd loses what the last ReadSlice returned.
func atEnd(rest *bufio.Reader) bool {
	_, err := rest.Peek(1)
	return errors.Is(err, io.EOF)
}

// follows decides whether the record continues the chain. That the first line is init
// and no other follows from its number: init has 1, and nothing else has (check).
func (j *Journal) follows(r Record) *Error {
	n := len(j.records)
	switch {
	case r.Sequence != n+1:
		return fail(ErrChain, editedHint, "the sequence number is %d, and %d is due", r.Sequence, n+1)
	case r.Previous != j.head:
		return fail(ErrChain, editedHint, "it says that the line before has the digest %s, but that has %s", r.Previous, j.head)
	case n > 0 && r.Time.Before(j.records[n-1].Time):
		return fail(ErrChain, editedHint, "its time %s is before the time %s of the line before", r.Time.Format(timeLayout), j.records[n-1].Time.Format(timeLayout))
	}
	return nil
}

// torn tells how a person repairs the file. A program must not: whoever can cut the
// file could make it forget a signature.
func (j *Journal) torn() *Error {
	e := fail(ErrTorn, "compare length and head with the last receipt; if they agree, keep a copy of the file and cut it at this byte yourself",
		"the last line is not whole: after %d records the file goes on at byte %d with a piece of a line, as a power cut or a full disk leaves it", len(j.records), j.size)
	if len(j.records) == 0 {
		e.Hint = "if this machine never signed anything, remove the file and run: coldsign journal init"
		e.Msg = "the first line is not whole: nothing was recorded yet, or the file was cut off"
	}
	e.Offset, e.Before = j.size, j
	return e
}
