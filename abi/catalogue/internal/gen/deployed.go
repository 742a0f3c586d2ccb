package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// deployedTable returns for each chain the sets that are published there: the
// contracts of the Safe releases by version, the default variant first, then
// modules, then foreign libraries.
func deployedTable(rows []contract, f facts) string {
	releases, others := map[uint64][]contract{}, map[uint64][]string{}
	for _, r := range rows {
		for _, id := range r.chains {
			if r.source == "safe-modules" {
				others[id] = append(others[id], r.set)
				continue
			}
			releases[id] = append(releases[id], r)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.chains)) {
		for _, id := range f.chains[name] {
			others[id] = append(others[id], name)
		}
	}
	ids := map[uint64]bool{}
	for id := range releases {
		ids[id] = true
	}
	for id := range others {
		ids[id] = true
	}
	var out strings.Builder
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		sets := append(releaseSets(releases[id], id, f), slices.Compact(others[id])...)
		fmt.Fprintf(&out, "%d\t%s\n", id, strings.Join(sets, " "))
	}
	return out.String()
}

func releaseSets(rows []contract, chain uint64, f facts) []string {
	slices.SortStableFunc(rows, func(a, b contract) int {
		if c := compareVersions(a.version, b.version); c != 0 {
			return c
		}
		order := f.variants(a.version, chain)
		return slices.Index(order, a.variant) - slices.Index(order, b.variant)
	})
	var sets []string
	for _, r := range rows {
		if !slices.Contains(sets, r.set) {
			sets = append(sets, r.set)
		}
	}
	return sets
}
