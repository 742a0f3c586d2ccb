// Command gen writes the tables of package catalogue.
//
//	go run ./internal/gen [-out tables] [-curated curated.txt] [-knowledge DIR] [-packages DIR]
//
// The declarations come from curated.txt, and those that are names only from named.txt. Contracts, chains and tokens
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
	named := flag.String("named", "named.txt", "the hand-written declarations that are names only")
	packages := flag.String("packages", "", "folder of the unpacked npm packages")
	flag.Parse()
	if err := run(*out, *curated, *named, *knowledge, *packages); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out, curated, named, knowledge, packages string) error {
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
	names, err := os.ReadFile(named)
	if err != nil {
		return err
	}
	tables, err := declarations(string(text), string(names), string(contracts))
	if err != nil {
		return fmt.Errorf("%s: %w", curated, err)
	}
	if err := write(out, tables); err != nil {
		return err
	}
	tables = map[string]string{}
	if packages != "" {
		if tables, err = fromPackages(packages, packagesText); err != nil {
			return err
		}
	} else if before, err := os.ReadFile(filepath.Join(out, "functions.tsv")); err == nil {
		tables["functions.tsv"] = string(before)
	} else {
		return err
	}
	if tables["functions.tsv"], err = functions(tables["functions.tsv"], string(text), string(names)); err != nil {
		return err
	}
	return write(out, tables)
}

// functions completes the table of functions by what is written by hand.
func functions(table, curatedText, namedText string) (string, error) {
	curated, err := parseCurated(curatedText)
	if err != nil {
		return "", err
	}
	named, err := parseCurated(namedText)
	if err != nil {
		return "", err
	}
	return withNamed(table, curated, named)
}

func write(dir string, tables map[string]string) error {
	for name, text := range tables {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
