package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// TestTablesAreGenerated: the committed tables are what the generator writes.
func TestTablesAreGenerated(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_CORPUS is not set, so the tables were NOT generated again")
	}
	tables, err := generate(dir, "../../review.txt", "../../../../abi/catalogue/tables")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range tables {
		got, err := os.ReadFile(filepath.Join("../../tables", name))
		if err != nil || string(got) != want {
			t.Errorf("tables/%s is not what the generator writes: run go generate (%v)", name, err)
		}
	}
}

// TestSift: what the catalogue or the review knows is taken out with its reason,
// and a review of nothing is a mistake.
func TestSift(t *testing.T) {
	thief, token, mixer := common.Address{1}, common.Address{2}, common.Address{3}
	rows := []row{{a: thief, list: "poloniex"}, {a: token, list: "poloniex"}, {a: mixer, list: "ofac-2024"}}
	honest := map[common.Address]string{token: "token contract OMG"}
	kept, dropped, err := sift(rows, honest, map[common.Address]string{mixer: "token contract TORN"})
	if err != nil || len(kept) != 1 || kept[0].a != thief {
		t.Errorf("kept %+v, %v; want the thief only", kept, err)
	}
	if len(dropped) != 2 || !strings.Contains(droppedTable(dropped), "poloniex\ttoken contract OMG\n") {
		t.Errorf("dropped %+v, want both with their reasons", dropped)
	}
	if _, _, err := sift(rows, honest, map[common.Address]string{{9}: "gone"}); err == nil {
		t.Error("a review of an address that is on no list is accepted")
	}
}

// TestSupersede: an address that the newest snapshot of its series dropped is
// marked; one that it holds, and one of a list without snapshots, is not.
func TestSupersede(t *testing.T) {
	a, b := common.Address{1}, common.Address{2}
	got := supersede([]row{{a: a, list: "ofac-2024"}, {a: b, list: "ofac-2024"}, {a: b, list: "ofac-2026"}, {a: a, list: "phemex"}})
	for i, want := range []string{"ofac-2026", "", "", ""} {
		if got[i].superseded != want {
			t.Errorf("row %d: superseded %q, want %q", i, got[i].superseded, want)
		}
	}
}
