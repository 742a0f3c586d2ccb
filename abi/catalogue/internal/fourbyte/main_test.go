package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/abi/catalogue"
)

func TestConvert(t *testing.T) {
	got, left := convert(map[string]string{
		"a9059cbb": "transfer(address,uint256)",
		"095ea7b3": "approve(address,uint256)",
		"00000000": "transfer(address,uint256)",          // another selector
		"A9059CBB": "transfer(address,uint256)",          // upper case
		"70a08231": "balanceOf(address owner)",           // names
		"12345678": "f(uint)",                            // alias
		"12345679": "f(uint256)\nffffffff\tg(uint256)\n", // a record in a record
	})
	want := []string{"095ea7b3\tapprove(address,uint256)", "a9059cbb\ttransfer(address,uint256)"}
	if !slices.Equal(got, want) || left != 5 {
		t.Errorf("got %q and %d left out, want %q and 5", got, left, want)
	}
}

// What is written is read.
func TestRoundTrip(t *testing.T) {
	file := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(file, []byte(`{"a9059cbb":"transfer(address,uint256)","ffffffff":"lock8605463013()"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(file, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	s, err := catalogue.ReadSignatures([]byte(out.String()))
	if err != nil || s.Len() == 0 {
		t.Fatalf("got %d records, %v", s.Len(), err)
	}
	if got := s.Lookup([4]byte{0xa9, 0x05, 0x9c, 0xbb}); !slices.Equal(got, []string{"transfer(address,uint256)"}) {
		t.Errorf("got %q", got)
	}
}
