package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// expand turns "NAME FIRST..LAST" into NAME@VERSION for every version of NAME
// in the table of contracts that lies in the range. A range that matches
// nothing, or whose ends are not published, is an error: it would be a typing
// mistake.
func expand(ranges []string, contracts string) ([]string, error) {
	var out []string
	for _, r := range ranges {
		name, span, _ := strings.Cut(r, " ")
		first, last, isRange := strings.Cut(span, "..")
		if !isRange {
			last = first
		}
		versions := versionsOf(name, contracts)
		if !slices.Contains(versions, first) || !slices.Contains(versions, last) {
			return nil, fmt.Errorf("%q names a version that the table of contracts does not hold (%s)", r, strings.Join(versions, " "))
		}
		for _, v := range versions {
			if compareVersions(first, v) <= 0 && compareVersions(v, last) <= 0 {
				out = append(out, name+"@"+v)
			}
		}
	}
	return out, nil
}

func versionsOf(name, contracts string) []string {
	var out []string
	for line := range strings.Lines(contracts) {
		f := strings.Split(line, "\t")
		if len(f) > 2 && f[1] == name && !slices.Contains(out, f[2]) {
			out = append(out, f[2])
		}
	}
	slices.SortFunc(out, compareVersions)
	return out
}

// compareVersions orders MAJOR.MINOR.PATCH by number.
func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := 0; i < len(x) && i < len(y); i++ {
		m, _ := strconv.Atoi(x[i])
		n, _ := strconv.Atoi(y[i])
		if m != n {
			return m - n
		}
	}
	return len(x) - len(y)
}
