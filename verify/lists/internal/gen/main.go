// Command gen writes the tables of package lists.
//
//	go run ./internal/gen -data DIR [-out tables] [-review review.txt] [-catalogue ../../abi/catalogue/tables]
//
// DIR holds the folders lists and incidents, whose origin is recorded in NOTICE.
// What review.txt names, and what the catalogue knows as a token or a published
// contract of any chain, goes to dropped.tsv with its reason, and nowhere else.
// Output is a function of the input: sorted, without the time of the run.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	data := flag.String("data", "", "folder of the input")
	out := flag.String("out", "tables", "folder of the tables")
	review := flag.String("review", "review.txt", "rows that a person took out, with the reason")
	catalogue := flag.String("catalogue", "../../abi/catalogue/tables", "folder of the catalogue's tables")
	flag.Parse()
	tables, err := generate(*data, *review, *catalogue)
	for name, text := range tables {
		if err == nil {
			err = os.WriteFile(filepath.Join(*out, name), []byte(text), 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func generate(data, review, catalogue string) (map[string]string, error) {
	rows, err := read(data)
	if err != nil {
		return nil, err
	}
	honest, err := known(catalogue)
	if err != nil {
		return nil, err
	}
	taken, err := readReview(review)
	if err != nil {
		return nil, err
	}
	kept, dropped, err := sift(rows, honest, taken)
	if err != nil {
		return nil, err
	}
	return map[string]string{"lists.tsv": listTable(), "addresses.tsv": addressTable(kept), "dropped.tsv": droppedTable(dropped)}, nil
}
