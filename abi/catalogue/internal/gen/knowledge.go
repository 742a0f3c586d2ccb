package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// fromKnowledge returns the tables made from the JSON input.
func fromKnowledge(dir, factsText string) (map[string]string, error) {
	f, err := parseFacts(factsText)
	if err != nil {
		return nil, err
	}
	rows, err := contractRows(dir)
	if err != nil {
		return nil, err
	}
	chains, err := chainTable(dir)
	if err != nil {
		return nil, err
	}
	tokens, err := tokenTable(dir)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		"contracts.tsv": contractTable(rows),
		"deployed.tsv":  deployedTable(rows, f),
		"chains.tsv":    chains,
		"tokens.tsv":    tokens,
	}, nil
}

// contract is one row of contracts.tsv with the chains of its set.
type contract struct {
	address                common.Address
	name, version, variant string
	role, source, set      string
	codeHash               string
	deployer, initCodeHash string
	chains                 []uint64
}

func contractRows(dir string) ([]contract, error) {
	var safe struct {
		ChainSets [][]uint64
		Rows      []struct {
			Version, Contract, Variant, Address     string
			CodeHash, Create2Deployer, InitCodeHash string
			ChainSet                                int
		}
	}
	if err := readJSON(dir, "safe-deployments.json", &safe); err != nil {
		return nil, err
	}
	var rows []contract
	for _, r := range safe.Rows {
		if r.ChainSet < 0 || r.ChainSet >= len(safe.ChainSets) {
			return nil, fmt.Errorf("%s %s: no chain set %d", r.Contract, r.Version, r.ChainSet)
		}
		rows = append(rows, contract{
			address: common.HexToAddress(r.Address), name: r.Contract, version: r.Version, variant: r.Variant,
			source: "safe-deployments", codeHash: r.CodeHash, deployer: r.Create2Deployer, initCodeHash: r.InitCodeHash,
			chains: safe.ChainSets[r.ChainSet],
		})
	}
	modules, err := moduleRows(dir)
	if err != nil {
		return nil, err
	}
	rows = append(rows, modules...)
	for i := range rows {
		role, ok := roles[rows[i].name]
		if !ok {
			return nil, fmt.Errorf("no role is known for %s", rows[i].name)
		}
		rows[i].role = role
	}
	return rows, nameSets(rows)
}

func moduleRows(dir string) ([]contract, error) {
	var modules struct {
		Rows []struct {
			Contract, Version, Address string
			Chains                     []uint64
		}
	}
	if err := readJSON(dir, "safe-modules.json", &modules); err != nil {
		return nil, err
	}
	var rows []contract
	for _, r := range modules.Rows {
		rows = append(rows, contract{
			address: common.HexToAddress(r.Address), name: r.Contract, version: r.Version, variant: "canonical",
			source: "safe-modules", chains: r.Chains,
		})
	}
	return rows, nil
}

// nameSets gives each row the name of its chain set: VERSION/VARIANT for the
// contracts of a Safe release, NAME/VERSION for modules. Rows whose chains
// differ get a name of their own.
func nameSets(rows []contract) error {
	named := map[string][]uint64{}
	for i := range rows {
		r := &rows[i]
		names := []string{r.version + "/" + r.variant, r.version + "/" + r.variant + "/" + r.name}
		if r.source == "safe-modules" {
			short := strings.ToLower(r.address.Hex()[2:6])
			names = []string{r.name + "/" + r.version, r.name + "/" + r.version + "/" + short}
		}
		// The migration contracts of 1.4.1 came later than the rest and share a set.
		if r.version == "1.4.1" && r.variant == "canonical" && (strings.Contains(r.name, "Migration") || r.name == "SafeToL2Setup") {
			names = []string{"1.4.1/canonical/migration"}
		}
		for _, n := range names {
			if have, ok := named[n]; ok && !slices.Equal(have, r.chains) {
				continue
			}
			named[n], r.set = r.chains, n
			break
		}
		if r.set == "" {
			return fmt.Errorf("%s %s: no name is left for its set of chains", r.name, r.version)
		}
	}
	return nil
}

func contractTable(rows []contract) string {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b contract) int {
		if c := a.address.Cmp(b.address); c != 0 {
			return c
		}
		return compareVersions(b.version, a.version)
	})
	var out strings.Builder
	for _, r := range rows {
		fields := []string{r.address.Hex(), r.name, r.version, r.role, r.variant, r.set, r.source, r.codeHash, r.deployer, r.initCodeHash}
		out.WriteString(strings.Join(fields, "\t") + "\n")
	}
	return out.String()
}

func readJSON(dir, name string, into any) error {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
