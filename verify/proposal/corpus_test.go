package proposal

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// corpus returns the folder of real files that are not part of the project.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: nothing is tested on real files of other people's repositories")
	}
	return dir
}

// rows reads an index of the corpus and calls f for each row whose file exists.
func rows(t *testing.T, dir, index string, f func(row map[string]any, raw []byte)) {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, index))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var row map[string]any
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		name, _ := row["file"].(string)
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		f(row, raw)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// class says in one word what became of a file.
func class(res Result, err error) string {
	switch {
	case errors.Is(err, ErrNotProposal):
		return "not a proposal"
	case err != nil:
		return "error: " + err.Error()
	case res.Proposal == nil:
		return "refused"
	}
	for _, f := range res.Findings {
		if f.Severity == report.Critical {
			return "read with a critical finding"
		}
	}
	return "read"
}

func codesOf(res Result) string {
	var out []string
	for _, f := range res.Findings {
		out = append(out, f.Code+" "+f.Where+": "+f.Message)
	}
	return strings.Join(out, "\n   ")
}

func TestCorpusDump(t *testing.T) {
	dir := corpus(t)
	for _, index := range []string{"service/index.jsonl", "batches/index.jsonl"} {
		n := map[string]int{}
		rows(t, dir, index, func(row map[string]any, raw []byte) {
			res, err := Parse(raw, Options{})
			c := class(res, err)
			if res.Proposal != nil {
				c += " " + res.Proposal.Dialect
			}
			n[c]++
			t.Logf("%s: %s %v\n   %s", row["file"], c, err, codesOf(res))
			if res.Proposal != nil {
				for _, f := range res.Proposal.Facts {
					t.Logf("     fact %s", f)
				}
			}
		})
		t.Log(index, n)
	}
	_ = uint256.NewInt
	_ = safe.Eras
}
