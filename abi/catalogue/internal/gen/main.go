// Command gen writes the tables of package catalogue.
//
//	go run ./internal/gen [-out tables] [-curated curated.txt] [-knowledge DIR] [-packages DIR]
//
// The declarations come from curated.txt alone. Contracts, chains and tokens
// come from the JSON tables in the first DIR, whose origin is recorded in NOTICE.
// Functions come from the ABIs in the packages of packages.txt, unpacked in the
// second DIR by .ci/fetch-abi-packages. Without a DIR its tables stay as they are.
// Output is a function of the input: sorted, without dates.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

//go:embed facts.txt
var factsText string

//go:embed packages.txt
var packagesText string

func main() {
	out := flag.String("out", "tables", "folder of the tables")
	curated := flag.String("curated", "curated.txt", "the hand-written declarations")
	knowledge := flag.String("knowledge", "", "folder of the JSON input tables")
	packages := flag.String("packages", "", "folder of the unpacked npm packages")
	flag.Parse()
	if err := run(*out, *curated, *knowledge, *packages); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out, curated, knowledge, packages string) error {
	if knowledge != "" {
		tables, err := fromKnowledge(knowledge, factsText)
		if err != nil {
			return err
		}
		if err := write(out, tables); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(curated)
	if err != nil {
		return err
	}
	contracts, err := os.ReadFile(filepath.Join(out, "contracts.tsv"))
	if err != nil {
		return err
	}
	tables, err := declarations(string(text), string(contracts))
	if err != nil {
		return fmt.Errorf("%s: %w", curated, err)
	}
	if err := write(out, tables); err != nil {
		return err
	}
	if packages == "" {
		return nil
	}
	tables, err = fromPackages(packages, packagesText, string(text))
	if err != nil {
		return err
	}
	return write(out, tables)
}

func write(dir string, tables map[string]string) error {
	for name, text := range tables {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
