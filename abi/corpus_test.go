package abi

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
)

// TestCorpusAgreement: both decoders agree on every call of every real batch and
// transaction, with all that the catalogue knows, and no possible call is found by
// chance: what is found is calldata of the functions that are known to carry some.
func TestCorpusAgreement(t *testing.T) {
	root := os.Getenv("COLDSIGN_CORPUS")
	if root == "" {
		t.Skip("COLDSIGN_CORPUS is not set: real payloads are NOT tested")
	}
	known := func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(1, to, sel) }
	possible := func(to common.Address, sel [4]byte) []string {
		if catalogue.SelectorGrade(1, to, sel) < catalogue.GradeInterface {
			return nil
		}
		return known(to, sel)
	}
	payloads, calls, found, opened := 0, 0, map[string]int{}, map[string]int{}
	for _, name := range []string{"batches/encoded.jsonl", "exec.jsonl", "hashes.jsonl"} {
		for _, data := range payloadsOf(t, filepath.Join(root, name)) {
			tree, err := DecodeGuessing(Root{To: common.Address{9}, Data: data}, known, possible)
			var limit *LimitError
			if errors.As(err, &limit) {
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			payloads, calls = payloads+1, calls+tree.Calls
			tree.Root.Walk(func(c *Call) {
				if c.Container != "" {
					opened[c.Function]++
				}
				if len(c.Maybe) > 0 {
					found[c.Function]++
				}
			})
		}
	}
	t.Logf("%d payloads, %d calls; opened %v; possible calls in %v", payloads, calls, opened, found)
	if payloads < 500 {
		t.Errorf("only %d payloads were tested", payloads)
	}
	for function := range found {
		switch function {
		case "createProxyWithNonce(address,bytes,uint256)", "createProxyWithCallback(address,bytes,uint256,address)",
			"setup(address[],uint256,address,bytes,address,address,uint256,address)",
			"depositTransaction(address,uint256,uint64,bool,bytes)", "upgradeAndCall(address,address,bytes)",
			"performAction(address,bytes)": // of Balancer's adaptor, which makes the call in its own name
		default:
			t.Errorf("bytes of %s are taken for calldata; look whether they are", function)
		}
	}
}

// payloadsOf returns all that is called data or calldata in a file of JSON lines.
func payloadsOf(t *testing.T, path string) (out [][]byte) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var visit func(any)
	visit = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				visit(e)
			}
		case map[string]any:
			for key, e := range v {
				if text, ok := e.(string); ok && (key == "data" || key == "calldata") {
					out = append(out, common.FromHex(text))
				}
				visit(e)
			}
		}
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var row any
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		visit(row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
