package strict

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus returns the path of a file below COLDSIGN_CORPUS, or skips.
func corpus(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("COLDSIGN_CORPUS")
	if root == "" {
		t.Skip("COLDSIGN_CORPUS is not set: real payloads are NOT tested")
	}
	return filepath.Join(root, name)
}

func eachLine(t *testing.T, path string, f func(string)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		f(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestCorpusBatches: what Transaction Builder's own encoder writes is canonical.
func TestCorpusBatches(t *testing.T) {
	decoded := 0
	eachLine(t, corpus(t, "batches/encoded.jsonl"), func(line string) {
		var row struct{ Sig, Data, How, File string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Sig == "" || !strings.HasPrefix(row.How, "encoded") {
			return
		}
		c := decode(t, unhex(row.Data), row.Sig)
		if c.Status != statusDecoded || c.Function != row.Sig {
			t.Errorf("%s: %s is %s (%s)", row.File, row.Sig, c.Status, c.Function)
		}
		checkRoundTrip(t, c)
		decoded++
	})
	if decoded < 100 {
		t.Errorf("only %d calls were tested", decoded)
	}
	t.Logf("%d calls", decoded)
}

// TestCorpusExecutions decodes executed transactions and batches: no faults
// where the corpus calls the encoding canonical, and every byte accounted for.
func TestCorpusExecutions(t *testing.T) {
	seen := map[string]int{}
	eachLine(t, corpus(t, "exec.jsonl"), func(line string) {
		var row struct {
			ID                string
			Calldata          string
			CanonicalEncoding *bool
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		c, err := Decode(Input{Data: unhex(row.Calldata)}, knownSelectors, wide)
		if err != nil {
			t.Fatalf("%s: %v", row.ID, err)
		}
		checkRoundTrip(t, c)
		seen[c.Status]++
		if row.CanonicalEncoding != nil && c.Status != statusUnknown && (c.Status == statusDecoded) != *row.CanonicalEncoding {
			t.Errorf("%s: status %s, the corpus says canonical %v", row.ID, c.Status, *row.CanonicalEncoding)
		}
	})
	t.Logf("statuses %v", seen)
}

// TestCorpusSignatures: every published signature is in the grammar, except
// those with more than the grammar allows.
func TestCorpusSignatures(t *testing.T) {
	all, left := 0, 0
	eachLine(t, corpus(t, "knowledge/signatures.tsv"), func(line string) {
		signature, _, ok := strings.Cut(line, "\t")
		if !ok {
			return
		}
		all++
		decl := parseDeclaration(signature)
		if decl == nil {
			left++
			t.Logf("left out: %s", signature)
			return
		}
		if decl.signature != signature {
			t.Errorf("%s became %s", signature, decl.signature)
		}
	})
	if all < 1000 || left*100 > all {
		t.Errorf("%d of %d signatures are outside the grammar", left, all)
	}
}
