package main

import (
	"os"
	"path/filepath"
	"testing"
)

const root = "../.."

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func compare(t *testing.T, tables map[string]string, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range tables {
		if read(t, filepath.Join("tables", name)) != want {
			t.Errorf("tables/%s is not what the generator writes: run go generate", name)
		}
	}
}

func TestDeclarationsAreGenerated(t *testing.T) {
	tables, err := declarations(read(t, "curated.txt"), read(t, "named.txt"), read(t, "tables/contracts.tsv"))
	compare(t, tables, err)
}

func TestKnowledgeIsGenerated(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so contracts, chains and tokens were NOT generated again")
	}
	tables, err := fromKnowledge(filepath.Join(dir, "knowledge"), factsText)
	compare(t, tables, err)
}

func TestCuratedMistakes(t *testing.T) {
	const contracts = "0x00\tSafe\t1.4.1\tsingleton\n0x01\tSafe\t1.5.0\tsingleton\n"
	for name, text := range map[string]string{
		"declaration before a section": "f()\n",
		"section without source":       "= a interface\nf()\n",
		"grade that nobody gives":      "= a published b\nf()\n",
		"version not published":        "= a interface b\n@ Safe 1.4.0\nf()\n",
		"range that ends nowhere":      "= a interface b\n@ Safe 1.4.1..1.6.0\nf()\n",
		"contract not published":       "= a interface b\n@ Unsafe 1.4.1\nf()\n",
	} {
		if _, err := declarations(text, "", contracts); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	got, err := declarations("= a interface b c\n@ Safe 1.4.1..1.5.0\nf((uint256 x,bytes y)[] z,bool b)\n", "", contracts)
	if err != nil || got["sections.tsv"] != "a\tSafe@1.4.1 Safe@1.5.0\tb c\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestSignatureOf(t *testing.T) {
	for declaration, want := range map[string]string{
		"f()":                                "f()",
		"transfer(address to,uint256 value)": "transfer(address,uint256)",
		"f((uint256 a,(bytes b)[2] c)[] d,string[] e)": "f((uint256,(bytes)[2])[],string[])",
	} {
		if got := signatureOf(declaration); got != want {
			t.Errorf("%q: got %q, want %q", declaration, got, want)
		}
	}
	if got := selectorOf("transfer(address to,uint256 value)"); got != "a9059cbb" {
		t.Errorf("transfer: got %s, want a9059cbb", got)
	}
}
