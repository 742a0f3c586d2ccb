package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// labelPackage is the package that states which contract has which address on which
// chain, one file a market.
const labelPackage = "bgd-labs-aave-address-book-4.44.22"

var (
	chainLine = regexp.MustCompile(`(?m)^var CHAIN_ID = ([0-9]+);$`)
	labelLine = regexp.MustCompile(`(?m)^var ([A-Z][A-Z0-9_]*) = "(0x[0-9a-fA-F]{40})";$`)
)

type addressLabel struct {
	chain   uint64
	address common.Address
	name    string
}

// labelTable returns labels.tsv: chain, address, name, package; by chain and address. Of
// an address with several names the shortest stands. Price feeds are left out: nobody
// calls them.
func labelTable(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "dist", "*.mjs"))
	if err != nil {
		return "", err
	}
	var all []addressLabel
	for _, file := range files {
		market := strings.TrimSuffix(filepath.Base(file), ".mjs")
		if strings.HasPrefix(market, "Chainlink") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		all = append(all, labelsIn(market, string(text))...)
	}
	slices.SortFunc(all, func(a, b addressLabel) int {
		return cmp.Or(cmp.Compare(a.chain, b.chain), a.address.Cmp(b.address), cmp.Compare(len(a.name), len(b.name)), strings.Compare(a.name, b.name))
	})
	all = slices.CompactFunc(all, func(a, b addressLabel) bool { return a.chain == b.chain && a.address == b.address })
	var out strings.Builder
	for _, l := range all {
		fmt.Fprintf(&out, "%d\t%s\t%s\t%s\n", l.chain, l.address.Hex(), l.name, labelPackage)
	}
	return out.String(), nil
}

// labelsIn reads the constants of one market. A file that names no chain has none.
func labelsIn(market, text string) []addressLabel {
	chains := chainLine.FindAllStringSubmatch(text, -1)
	if len(chains) != 1 {
		return nil
	}
	chain, err := strconv.ParseUint(chains[0][1], 10, 64)
	if err != nil || chain == 0 {
		return nil
	}
	var out []addressLabel
	for _, m := range labelLine.FindAllStringSubmatch(text, -1) {
		if a := common.HexToAddress(m[2]); a != (common.Address{}) {
			out = append(out, addressLabel{chain, a, market + " " + m[1]})
		}
	}
	return out
}
