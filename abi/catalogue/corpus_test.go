package catalogue

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// knowledge returns a file of the corpus, or skips.
func knowledge(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so the catalogue was NOT compared with the published ABIs")
	}
	data, err := os.ReadFile(filepath.Join(dir, "knowledge", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSensitiveSelectors(t *testing.T) {
	var list []struct{ Selector, Signature, Category string }
	if err := json.Unmarshal(knowledge(t, "sensitive-selectors.json"), &list); err != nil {
		t.Fatal(err)
	}
	grades := map[Grade]int{}
	for _, s := range list {
		sel := selector(t, s.Selector)
		if sel != selectorOf(s.Signature) {
			t.Errorf("%s does not have selector %s", s.Signature, s.Selector)
		}
		grade := SelectorGrade(0, common.Address{}, sel)
		grades[grade]++
		if grade == GradeUnknown {
			t.Errorf("%s (%s) is not known", s.Signature, s.Category)
		}
	}
	t.Logf("%d sensitive selectors: %v", len(list), grades)
}

// Every function in the ABI of a published Safe contract is declared for that
// contract, and no other function is.
func TestPublishedABIs(t *testing.T) {
	header, body, _ := strings.Cut(string(knowledge(t, "signatures.tsv")), "\n")
	sources := map[string]string{} // number → "GnosisSafe@1.3.0"
	for _, m := range regexp.MustCompile(`(\d+)=safe:(\S+)`).FindAllStringSubmatch(header, -1) {
		sources[m[1]] = contractOfABI(m[2])
	}
	want := map[string]bool{}
	for line := range strings.Lines(body) {
		signature, numbers, _ := strings.Cut(strings.TrimSpace(line), "\t")
		for n := range strings.SplitSeq(numbers, ",") {
			if at, ok := sources[n]; ok {
				want[at+" "+signature] = true
			}
		}
	}
	got := map[string]bool{}
	for record, rest := declarationTable.next(); record != ""; record, rest = rest.next() {
		for at := range strings.FieldsSeq(field(section(field(record, 2)), 1)) {
			got[at+" "+types(field(record, 3))] = true
		}
	}
	for k := range want {
		if !got[k] {
			t.Errorf("not declared: %s", k)
		}
	}
	for k := range got {
		if !want[k] {
			t.Errorf("declared, but not in the ABI: %s", k)
		}
	}
	t.Logf("%d functions of %d ABIs", len(want), len(sources))
}

// contractOfABI turns "v1.3.0/multi_send_call_only" and
// "allowance-module/v0.1.0/allowance-module" into NAME@VERSION.
func contractOfABI(path string) string {
	parts := strings.Split(path, "/")
	file, version := parts[len(parts)-1], strings.TrimPrefix(parts[len(parts)-2], "v")
	key := strings.NewReplacer("_", "", "-", "").Replace(file)
	if key == "proxyfactory" && version == "1.3.0" {
		key = "gnosissafeproxyfactory"
	}
	for record, rest := contractTable.next(); record != ""; record, rest = rest.next() {
		if strings.ToLower(field(record, 1)) == key && field(record, 2) == version {
			return field(record, 1) + "@" + version
		}
	}
	return "unknown " + path
}
