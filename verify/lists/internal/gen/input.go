package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/label"
)

// row is one address on one list.
type row struct {
	a           common.Address
	list, label string
	superseded  string // id of the newest snapshot of the series, if that no longer holds the address
}

// read returns the rows of all sources, each address once in each list.
func read(data string) ([]row, error) {
	var rows []row
	seen := map[string]bool{}
	for _, s := range sources {
		got, err := s.rows(data)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", s.file, s.path, err)
		}
		if len(got) == 0 {
			return nil, fmt.Errorf("%s %s: no address", s.file, s.path)
		}
		for _, r := range got {
			if key := r.list + r.a.Hex(); !seen[key] {
				seen[key] = true
				rows = append(rows, r)
			}
		}
	}
	return supersede(rows), nil
}

func (s from) rows(data string) ([]row, error) {
	raw, err := os.ReadFile(filepath.Join(data, filepath.FromSlash(s.file)))
	if err != nil {
		return nil, err
	}
	if s.path == "csv" {
		return s.csv(string(raw))
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	var rows []row
	for _, text := range texts(v, s.path) {
		r, err := s.row(text, s.label)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// texts follows a dotted path; through a list it goes to all elements.
func texts(v any, path string) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, texts(e, path)...)
		}
	case map[string]any:
		key, rest, _ := strings.Cut(path, ".")
		if path != "" {
			out = texts(v[key], rest)
		}
	case string:
		if path == "" {
			out = []string{v}
		}
	}
	return out
}

func (s from) csv(text string) ([]row, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(records) == 0 || !slices.Equal(records[0], []string{"address", "name"}) {
		return nil, fmt.Errorf("not address,name: %v", err)
	}
	var rows []row
	for _, r := range records[1:] {
		got, err := s.row(r[0], r[1])
		if err != nil {
			return nil, err
		}
		rows = append(rows, got)
	}
	return rows, nil
}

// row demands of the input what Parse demands of a signer's own list.
func (s from) row(text, name string) (row, error) {
	if !common.IsHexAddress(text) || !strings.HasPrefix(text, "0x") {
		return row{}, fmt.Errorf("%q is no address", text)
	}
	a := common.HexToAddress(text)
	if text != a.Hex() && text != strings.ToLower(text) {
		return row{}, fmt.Errorf("the checksum of %q is wrong", text)
	}
	if name != "" && label.Name(name, 100) != nil {
		return row{}, fmt.Errorf("the label %q is refused", name)
	}
	return row{a: a, list: s.list, label: name}, nil
}

// supersede marks the rows that the newest snapshot of their series dropped.
func supersede(rows []row) []row {
	newest := map[string]list{} // by series
	for _, l := range lists {
		if l.series != "" && l.date > newest[l.series].date {
			newest[l.series] = l
		}
	}
	on := map[string]bool{}
	for _, r := range rows {
		on[r.list+r.a.Hex()] = true
	}
	for i, r := range rows {
		last := newest[series(r.list)].id
		if last != "" && last != r.list && !on[last+r.a.Hex()] {
			rows[i].superseded = last
		}
	}
	return rows
}

func series(id string) string {
	for _, l := range lists {
		if l.id == id {
			return l.series
		}
	}
	return ""
}
