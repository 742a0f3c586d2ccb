// Command fourbyte writes a file of signatures (catalogue.Signatures) from the list that
// go-ethereum ships in signer/fourbyte, or any other JSON object from selectors to
// signatures.
//
//	go run ./abi/catalogue/internal/fourbyte 4byte.json > signatures.txt
//
// What is no signature, or has another selector, is left out and counted. The list is
// not part of this program: it holds names that were registered to mislead.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: fourbyte 4byte.json > signatures.txt")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "fourbyte:", err)
		os.Exit(1)
	}
}

func run(file string, stdout, stderr io.Writer) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var list map[string]string
	if err := json.Unmarshal(raw, &list); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	records, left := convert(list)
	out := bufio.NewWriter(stdout)
	fmt.Fprintln(out, catalogue.SignaturesHeader)
	for _, r := range records {
		fmt.Fprintln(out, r)
	}
	fmt.Fprintf(stderr, "fourbyte: %d records, %d left out\n", len(records), left)
	return out.Flush()
}

// convert returns the records in order, and how many entries are none.
func convert(list map[string]string) (records []string, left int) {
	for selector, signature := range list {
		d, err := encode.ParseDeclaration(signature)
		if err != nil || d.Signature() != signature || fmt.Sprintf("%x", d.Selector()) != selector {
			left++
			continue
		}
		records = append(records, selector+"\t"+signature)
	}
	slices.Sort(records)
	return records, left
}
