package catalogue

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// records splits a table and checks its form.
func records(t *testing.T, name string, table lines, fields int) [][]string {
	t.Helper()
	if !strings.HasSuffix(string(table), "\n") || strings.Contains(string(table), "\r") {
		t.Fatalf("%s: the table must consist of lines", name)
	}
	var out [][]string
	for line := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != fields {
			t.Errorf("%s: %q has %d fields, want %d", name, line, len(f), fields)
			continue
		}
		out = append(out, f)
	}
	return out
}

func selector(t *testing.T, digits string) (sel [4]byte) {
	t.Helper()
	b, err := hex.DecodeString(strings.TrimPrefix(digits, "0x"))
	if err != nil || len(b) != 4 {
		t.Fatalf("%q is not a selector", digits)
	}
	return [4]byte(b)
}

func TestDeclarationTable(t *testing.T) {
	var last string
	seen := map[string]bool{}
	bySelector, byTypes := map[string]string{}, map[string]string{}
	for _, r := range records(t, "declarations", declarationTable, 4) {
		sel, grade, id, text := r[0], r[1], r[2], r[3]
		if err := checkGrammar(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if want := fmt.Sprintf("%x", crypto.Keccak256([]byte(types(text)))[:4]); sel != want {
			t.Errorf("%q: selector %s, want %s", text, sel, want)
		}
		if sel < last {
			t.Errorf("%q: %s stands after %s", text, sel, last)
		}
		last = sel
		if parseGrade(grade) == GradeUnknown || section(id) == "" {
			t.Errorf("%q: grade %q or section %q is unknown", text, grade, id)
		}
		if key := id + " " + types(text); seen[key] {
			t.Errorf("%q stands twice in section %s", text, id)
		} else {
			seen[key] = true
		}
		// One reading for one selector: Lookup offers several only if they
		// differ, and two texts of the same types differ in names alone.
		if other, ok := byTypes[types(text)]; ok && other != text {
			t.Errorf("%q and %q differ in names only", text, other)
		}
		if other, ok := bySelector[sel]; ok && other != types(text) {
			t.Errorf("selector %s belongs to %q and %q: decide how Lookup orders them", sel, other, types(text))
		}
		byTypes[types(text)], bySelector[sel] = text, types(text)
	}
	if len(bySelector) < 350 {
		t.Errorf("got %d selectors, want 350 or more", len(bySelector))
	}
}

func TestSectionTable(t *testing.T) {
	versions := map[string]bool{}
	for _, r := range records(t, "contracts", contractTable, 10) {
		versions[r[1]+"@"+r[2]] = true
	}
	last := ""
	for _, r := range records(t, "sections", sectionTable, 3) {
		if r[0] <= last {
			t.Errorf("section %q stands after %q", r[0], last)
		}
		last = r[0]
		if r[2] == "" {
			t.Errorf("section %q has no source", r[0])
		}
		for _, at := range strings.Fields(r[1]) {
			if !versions[at] {
				t.Errorf("section %q: %s is not published", r[0], at)
			}
		}
	}
}

func TestChainTables(t *testing.T) {
	short := map[string]string{}
	var last uint64
	for _, r := range records(t, "chains", chainTable, 6) {
		if id := number(r[0]); id <= last || r[0] != fmt.Sprint(id) {
			t.Errorf("chain %s stands after %d", r[0], last)
		} else {
			last = id
		}
		if other, ok := short[r[1]]; ok && r[1] != "" {
			t.Errorf("short name %q belongs to %s and %s", r[1], other, r[0])
		}
		short[r[1]] = r[0]
		if (r[3] == "") != (r[4] == "") || number(r[4]) > 18 {
			t.Errorf("chain %s: symbol %q with decimals %q", r[0], r[3], r[4])
		}
	}
	last = 0
	for _, r := range records(t, "deployed", deployedTable, 2) {
		if id := number(r[0]); id <= last || r[0] != fmt.Sprint(id) || r[1] == "" {
			t.Errorf("deployments of chain %s stand after %d", r[0], last)
		} else {
			last = id
		}
	}
}

func TestTokenTable(t *testing.T) {
	var lastChain uint64
	var last common.Address
	for _, r := range records(t, "tokens", tokenTable, 5) {
		chain, a := number(r[0]), common.HexToAddress(r[1])
		if a.Hex() != r[1] || chain == 0 {
			t.Errorf("token %s on %s: address not in EIP-55 or no chain", r[1], r[0])
		}
		if chain < lastChain || chain == lastChain && a.Cmp(last) <= 0 {
			t.Errorf("token %s on %s is out of order", r[1], r[0])
		}
		lastChain, last = chain, a
		if number(r[3]) > 77 || fmt.Sprint(number(r[3])) != r[3] || r[2] == "" || tokenSource(r[4]) == "" {
			t.Errorf("token %s on %s: symbol %q, decimals %q, source %q", r[1], r[0], r[2], r[3], r[4])
		}
		if info, ok := Token(chain, a); !ok || info.Symbol != r[2] || uint64(info.Decimals) != number(r[3]) {
			t.Errorf("Token(%d, %s): got %v, %v", chain, r[1], info, ok)
		}
	}
}
