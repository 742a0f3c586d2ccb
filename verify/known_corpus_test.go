package verify_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/lookalike"
	"github.com/coldsign/coldsign/verify/safe"
)

// crowd counts what the real payloads hold, and what the rules say of it.
type crowd struct {
	t         *testing.T
	payloads  int
	pairs     int // within a payload, and with what is known on its chain
	everybody map[common.Address]bool
	chains    map[uint64]bool
	found     map[string][]string // by code and severity
}

func (c *crowd) add(name string, req verify.Request) {
	req.Mode, req.File = verify.ModeCheck, name
	rep := answer(c.t, req)
	if len(rep.Tree) == 0 {
		return
	}
	c.payloads++
	here := map[common.Address]bool{}
	note := func(s string) {
		if a := common.HexToAddress(s); common.IsHexAddress(s) && a != (common.Address{}) {
			here[a], c.everybody[a] = true, true
		}
	}
	note(rep.Safe.Address)
	for _, k := range rep.Tree {
		note(k.To)
		for _, a := range k.Args {
			if a.Type == "address" {
				note(a.Value)
			}
		}
	}
	var chain uint64
	if n, err := uint256.FromDecimal(rep.Safe.Chain); err == nil {
		chain = n.Uint64()
	}
	c.chains[chain] = true
	c.pairs += len(here)*(len(here)-1)/2 + len(here)*len(catalogue.Known(chain))
	for _, f := range rep.Findings {
		switch f.Code {
		case "LOOKALIKE_OF_KNOWN_ADDRESS", "LISTED_ADDRESS", "UNKNOWN_RECIPIENT", "UNKNOWN_SPENDER":
			key := f.Code + " " + f.Severity.String()
			c.found[key] = append(c.found[key], name+": "+f.Message)
		}
	}
}

// lines runs f over the rows of a file of JSON lines.
func lines(t *testing.T, file string, f func(row map[string]any)) {
	t.Helper()
	raw, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	s := bufio.NewScanner(raw)
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		var row map[string]any
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		f(row)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

func text(row map[string]any, key string) string {
	switch v := row[key].(type) {
	case string:
		return v
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return ""
}

func given(row map[string]any) (g verify.Given) {
	if n, err := uint256.FromDecimal(text(row, "chainId")); err == nil {
		g.Chain = n
	}
	if s := text(row, "safe"); common.IsHexAddress(s) {
		a := common.HexToAddress(s)
		g.Safe = &a
	}
	g.Version, _ = safe.ParseVersion(text(row, "safeVersion"))
	if n, err := uint256.FromDecimal(text(row, "nonce")); err == nil {
		g.Nonce = n
	}
	return g
}

// realPayloads runs check over everything real that there is, attacks included.
func realPayloads(t *testing.T, dir string) *crowd {
	c := &crowd{t: t, everybody: map[common.Address]bool{}, chains: map[uint64]bool{}, found: map[string][]string{}}
	for _, part := range []string{"batches", "service"} {
		err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Base(filepath.Dir(path)) == part {
				return err
			}
			raw, err := os.ReadFile(path)
			c.add(filepath.Base(path), verify.Request{Input: raw})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	lines(t, filepath.Join(dir, "hashes.jsonl"), func(row map[string]any) {
		if !strings.HasPrefix(text(row, "kind"), "safeTx") {
			return
		}
		fields := map[string]string{}
		for _, k := range []string{"to", "value", "data", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce"} {
			if v := text(row, k); v != "" {
				fields[k] = v
			}
		}
		c.add(text(row, "id"), verify.Request{Fields: fields, Given: given(row)})
	})
	lines(t, filepath.Join(dir, "exec.jsonl"), func(row map[string]any) {
		if in := text(row, "calldata"); in != "" {
			c.add(text(row, "id"), verify.Request{Input: []byte(in), Given: given(row)})
		}
	})
	return c
}

// TestRealAddresses: among real payloads no honest address is taken for a
// look-alike or a listed one. What is found is named here, with the reason why it
// is right; any other hit is an alarm at honest work.
func TestRealAddresses(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the real addresses were NOT compared")
	}
	c := realPayloads(t, dir)
	t.Logf("%d payloads, %d addresses on %d chains, %d pairs compared", c.payloads, len(c.everybody), len(c.chains), c.pairs)
	if c.payloads < 300 || len(c.everybody) < 500 || c.pairs < 300_000 {
		t.Errorf("%d payloads with %d addresses: the corpus is not what it should be", c.payloads, len(c.everybody))
	}
	attacks := 0
	for key, hits := range c.found {
		for _, hit := range hits {
			t.Logf("%s: %s", key, hit)
			// A payload of an attack names the attackers, and those are listed.
			if attack := strings.HasPrefix(hit, "bybit") || strings.HasPrefix(hit, "wazirx") || strings.HasPrefix(hit, "radiant"); !attack || key != "LISTED_ADDRESS high" {
				t.Errorf("%s at an honest payload: %s", key, hit)
				continue
			}
			attacks++
		}
	}
	if attacks < 2 {
		t.Errorf("%d listed addresses in the payloads of attacks, want the two of Bybit", attacks)
	}
	c.everyPair()
}

// everyPair compares all real addresses with each other and with what is known on
// any of their chains, as if every one of them stood in an address book.
func (c *crowd) everyPair() {
	var all []common.Address
	for a := range c.everybody {
		all = append(all, a)
	}
	for chain := range c.chains {
		all = append(all, catalogue.Known(chain)...)
	}
	slices.SortFunc(all, func(a, b common.Address) int { return a.Cmp(b) })
	all = slices.Compact(all)
	x, both, one := lookalike.NewIndex(all), 0, 0
	for _, a := range all {
		near, l, ok := x.Near(a, lookalike.Need(uint64(len(all)*len(all))))
		switch {
		case !ok:
			continue
		case l.Both():
			both++
		default:
			one++
		}
		c.t.Logf("%s is like %s: %+v", a, near, l)
	}
	c.t.Logf("%d addresses, %d pairs: %d alike at both ends, %d at one", len(all), len(all)*(len(all)-1)/2, both, one)
	if both > 0 || one > 0 {
		c.t.Errorf("%d addresses alike at both ends and %d at one, want none", both, one)
	}
}
