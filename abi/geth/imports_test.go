package geth

import (
	goparser "go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestImports keeps the decoder on its own: what it shares with the other one
// could mislead both.
func TestImports(t *testing.T) {
	allowed := []string{
		"github.com/ethereum/go-ethereum/accounts/abi",
		"github.com/ethereum/go-ethereum/common",
		"github.com/ethereum/go-ethereum/crypto",
		"github.com/holiman/uint256",
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := goparser.ParseFile(token.NewFileSet(), f.Name(), nil, goparser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Imports {
			seen++
			path, _ := strconv.Unquote(i.Path.Value)
			if strings.Contains(path, ".") && !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", f.Name(), path)
			}
		}
	}
	if seen == 0 {
		t.Error("no imports seen")
	}
}
