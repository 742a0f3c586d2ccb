package journal_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/journal"
)

// long makes a journal of n records without waiting for the disk after each.
func long(b *testing.B, n int) string {
	b.Helper()
	path := fresh(b)
	j := mustOpen(b, path)
	raw, head := contents(b, path), j.Head()
	mustClose(b, j)
	for i := range n - 1 {
		r := record(uint64(i + 1))
		r.Sequence, r.Previous = i+2, head
		line, err := r.Encode()
		if err != nil {
			b.Fatal(err)
		}
		raw, head = append(raw, line...), fmt.Sprintf("%x", sha256.Sum256(line))
	}
	put(b, path, raw)
	return path
}

// BenchmarkOpen checks a journal of 10,000 records: some years of a busy treasury.
func BenchmarkOpen(b *testing.B) {
	path := long(b, 10_000)
	b.SetBytes(int64(len(contents(b, path))))
	b.ReportAllocs()
	for b.Loop() {
		j, err := journal.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		mustClose(b, j)
	}
}

func BenchmarkSpent(b *testing.B) {
	j := mustOpen(b, long(b, 10_000))
	for b.Loop() {
		j.Spent(journal.Key{Chain: num(1), Safe: cold, ChainBound: true}, []common.Address{{}}, start.AddDate(-1, 0, 0))
	}
}

// BenchmarkAppend is mostly the disk.
func BenchmarkAppend(b *testing.B) {
	j, err := journal.Init(filepath.Join(b.TempDir(), "journal"), start)
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	r := record(1)
	for b.Loop() {
		r.Time = r.Time.Add(time.Second)
		mustAppend(b, j, r)
	}
}

func BenchmarkParse(b *testing.B) {
	line := bytes.Clone(lines(b, long(b, 2))[1])
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := journal.Parse(line); err != nil {
			b.Fatal(err)
		}
	}
}
