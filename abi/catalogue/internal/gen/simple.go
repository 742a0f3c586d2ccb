package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// chainTable returns id, short name, name, native symbol, native decimals and
// "testnet" by id. Unknown fields are empty.
func chainTable(dir string) (string, error) {
	var in struct {
		Chains map[string]struct {
			ShortName, Name, Symbol string
			Decimals                *uint8
			Testnet                 bool
		}
	}
	if err := readJSON(dir, "chains.json", &in); err != nil {
		return "", err
	}
	lines := map[uint64]string{}
	for key, c := range in.Chains {
		id, err := strconv.ParseUint(key, 10, 64)
		if err != nil {
			return "", fmt.Errorf("chains.json: %q is not a chain id", key)
		}
		decimals, testnet := "", ""
		if c.Decimals != nil {
			decimals = strconv.Itoa(int(*c.Decimals))
		}
		if c.Testnet {
			testnet = "testnet"
		}
		line, err := tabs(key, c.ShortName, c.Name, c.Symbol, decimals, testnet)
		if err != nil {
			return "", err
		}
		lines[id] = line
	}
	return sorted(lines), nil
}

// tokenTable returns chain id, address, symbol, decimals and source by chain
// and address.
func tokenTable(dir string) (string, error) {
	var in struct{ Rows [][]json.RawMessage }
	if err := readJSON(dir, "tokens.json", &in); err != nil {
		return "", err
	}
	type row struct {
		chain   uint64
		address common.Address
		line    string
	}
	var rows []row
	for _, r := range in.Rows {
		if len(r) != 6 {
			return "", fmt.Errorf("tokens.json: a row has %d columns, not 6", len(r))
		}
		var chain uint64
		var address, symbol, source string
		var decimals uint8
		for i, into := range map[int]any{0: &chain, 1: &address, 2: &symbol, 3: &decimals, 5: &source} {
			if err := json.Unmarshal(r[i], into); err != nil {
				return "", fmt.Errorf("tokens.json: column %d: %w", i, err)
			}
		}
		a := common.HexToAddress(address)
		line, err := tabs(strconv.FormatUint(chain, 10), a.Hex(), symbol, strconv.Itoa(int(decimals)), source)
		if err != nil {
			return "", err
		}
		rows = append(rows, row{chain, a, line})
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.chain, b.chain), a.address.Cmp(b.address))
	})
	var out strings.Builder
	for _, r := range rows {
		out.WriteString(r.line)
	}
	return out.String(), nil
}

// tabs joins fields to a line and refuses a field that would make two of them.
func tabs(fields ...string) (string, error) {
	for _, f := range fields {
		if strings.ContainsAny(f, "\t\r\n") {
			return "", fmt.Errorf("field %q holds a separator", f)
		}
	}
	return strings.Join(fields, "\t") + "\n", nil
}

func sorted(lines map[uint64]string) string {
	ids := make([]uint64, 0, len(lines))
	for id := range lines {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var out strings.Builder
	for _, id := range ids {
		out.WriteString(lines[id])
	}
	return out.String()
}
