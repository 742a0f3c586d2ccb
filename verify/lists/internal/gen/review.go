package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// known returns what the catalogue knows as an honest contract, on any chain.
func known(dir string) (map[common.Address]string, error) {
	honest := map[common.Address]string{}
	for _, t := range []struct {
		file          string
		address, name int
		what          string
	}{{"contracts.tsv", 0, 1, "published Safe contract "}, {"tokens.tsv", 1, 2, "token contract "}} {
		raw, err := os.ReadFile(filepath.Join(dir, t.file))
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
			f := strings.Split(line, "\t")
			if len(f) <= t.name || !common.IsHexAddress(f[t.address]) {
				return nil, fmt.Errorf("%s: line %q", t.file, line)
			}
			honest[common.HexToAddress(f[t.address])] = t.what + f[t.name]
		}
	}
	return honest, nil
}

// readReview reads address, tab, reason a line; # begins a comment.
func readReview(file string) (map[common.Address]string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	taken := map[common.Address]string{}
	for _, line := range strings.Split(string(raw), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		address, reason, ok := strings.Cut(line, "\t")
		if !ok || !common.IsHexAddress(address) || reason == "" {
			return nil, fmt.Errorf("%s: line %q is not address, tab, reason", file, line)
		}
		taken[common.HexToAddress(address)] = reason
	}
	return taken, nil
}

// sift takes the honest addresses out. A line of the review that matches nothing
// is an error: it would be a decision about rows that are no longer there.
func sift(rows []row, honest, taken map[common.Address]string) (kept, dropped []row, err error) {
	used := map[common.Address]bool{}
	for _, r := range rows {
		reason, out := taken[r.a]
		used[r.a] = used[r.a] || out
		if !out {
			reason, out = honest[r.a]
		}
		if out {
			r.label = reason
			dropped = append(dropped, r)
			continue
		}
		kept = append(kept, r)
	}
	for a := range taken {
		if !used[a] {
			return nil, nil, fmt.Errorf("the review names %s, which is on no list", a)
		}
	}
	return kept, dropped, nil
}

func listTable() string {
	var b strings.Builder
	for _, l := range lists {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", l.id, l.date, l.title, l.source, l.licence)
	}
	return b.String()
}

func addressTable(rows []row) string {
	return table(rows, func(r row) string { return r.label + "\t" + r.superseded })
}

func droppedTable(rows []row) string { return table(rows, func(r row) string { return r.label }) }

func table(rows []row, rest func(row) string) string {
	slices.SortFunc(rows, func(x, y row) int {
		return cmp.Or(bytes.Compare(x.a[:], y.a[:]), strings.Compare(x.list, y.list))
	})
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", r.a.Hex(), r.list, rest(r))
	}
	return b.String()
}
