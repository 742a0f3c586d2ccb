package lists

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common"
)

// Records: address, list, label, list that is a later snapshot without the
// address; by address.
//
//go:embed tables/addresses.tsv
var addressTable string

// Records: id, date, title, source, licence; by id.
//
//go:embed tables/lists.tsv
var listTable string

// Entry is one address on one list.
type Entry struct {
	List       string // title of the list
	Date       string // of the list or snapshot: 2006-01-02; "" for an own list
	Label      string // what the list says of the address, "" if nothing
	Source     string // where the list was read
	Superseded string // date of the later snapshot of the same list that dropped the address, "" if it stands
}

// Snapshot is one embedded list.
type Snapshot struct{ ID, Date, Title, Source, Licence string }

// Find returns the embedded lists that hold the address, in the order of their
// ids.
func Find(a common.Address) []Entry {
	if k := start(a); starts()[k/64]&(1<<(k%64)) == 0 {
		return nil
	}
	var out []Entry
	for at := firstAt(a); at < len(addressTable) && compare(addressTable[at:], a) == 0; {
		record, _, _ := strings.Cut(addressTable[at:], "\n")
		out = append(out, entry(record))
		at += len(record) + 1
	}
	return out
}

// starts is the set of the first four digits of all addresses. Nearly all
// addresses that are looked up begin otherwise, and need no search.
var starts = sync.OnceValue(func() *[1 << 16 / 64]uint64 {
	var set [1 << 16 / 64]uint64
	for record := range strings.Lines(addressTable) {
		var a common.Address
		for i := range 2 {
			a[i] = byte(nibble(record[2*i+2])<<4 | nibble(record[2*i+3]))
		}
		set[start(a)/64] |= 1 << (start(a) % 64)
	}
	return &set
})

func start(a common.Address) uint16 { return binary.BigEndian.Uint16(a[:]) }

// firstAt returns the start of the first record that is not before the address.
// The records have different lengths, so the search goes by bytes and steps to
// the next start of a record.
func firstAt(a common.Address) int {
	lo, hi := 0, len(addressTable) // the answer is the first start of a record in [lo, hi]
	for lo < hi {
		mid := startFrom(lo + (hi-lo)/2)
		switch {
		case mid >= hi:
			hi = lo + (hi-lo)/2 // no record starts between the middle and hi
		case compare(addressTable[mid:], a) < 0:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return startFrom(lo)
}

// startFrom returns the first start of a record at or after a position.
func startFrom(position int) int {
	if position == 0 {
		return 0
	}
	i := strings.IndexByte(addressTable[position-1:], '\n')
	if i < 0 {
		return len(addressTable)
	}
	return position + i
}

// compare compares the address at the start of a record with another.
func compare(record string, a common.Address) int {
	for i, b := range a {
		if len(record) < 2*i+4 {
			return -1
		}
		if c := nibble(record[2*i+2])<<4 | nibble(record[2*i+3]); c != int(b) {
			return c - int(b)
		}
	}
	return 0
}

func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1 << 16
}

func entry(record string) Entry {
	f := strings.SplitN(record, "\t", 4)
	for len(f) < 4 {
		f = append(f, "")
	}
	list, later := snapshot(f[1]), snapshot(f[3])
	return Entry{List: list.Title, Date: list.Date, Label: f[2], Source: list.Source, Superseded: later.Date}
}

func snapshot(id string) Snapshot {
	for _, s := range Snapshots() {
		if s.ID == id {
			return s
		}
	}
	return Snapshot{}
}

// Snapshots returns the embedded lists. Their dates say how old the warnings are.
func Snapshots() []Snapshot {
	var out []Snapshot
	for _, record := range strings.Split(strings.TrimSuffix(listTable, "\n"), "\n") {
		f := strings.SplitN(record, "\t", 5)
		for len(f) < 5 {
			f = append(f, "")
		}
		out = append(out, Snapshot{ID: f[0], Date: f[1], Title: f[2], Source: f[3], Licence: f[4]})
	}
	return out
}

// Newest returns the date of the newest embedded list.
func Newest() string {
	newest := ""
	for _, s := range Snapshots() {
		newest = max(newest, s.Date)
	}
	return newest
}
