package lists

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/label"
)

func records(t *testing.T, table string) [][]string {
	t.Helper()
	var out [][]string
	for _, r := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		out = append(out, strings.Split(r, "\t"))
	}
	return out
}

// TestTable: the search relies on the order, and on addresses of one form.
func TestTable(t *testing.T) {
	ids := map[string]bool{}
	for _, s := range Snapshots() {
		ids[s.ID] = true
		if len(s.Date) != 10 || s.Title == "" || s.Source == "" || s.Licence == "" {
			t.Errorf("list %+v is not complete", s)
		}
	}
	last := ""
	for _, r := range records(t, addressTable) {
		if len(r) != 4 || r[0] != common.HexToAddress(r[0]).Hex() {
			t.Fatalf("record %q is not an address and three fields", r)
		}
		if key := strings.ToLower(r[0]) + r[1]; key <= last {
			t.Errorf("record %q is out of order", r)
		} else {
			last = key
		}
		if !ids[r[1]] || r[3] != "" && !ids[r[3]] {
			t.Errorf("record %q names a list that does not exist", r)
		}
		if f := label.Name(r[2], MaxLabel); r[2] != "" && f != nil {
			t.Errorf("record %q: %s", r, f.Msg)
		}
	}
}

// TestFind looks up every address of the table, and the two beside it.
func TestFind(t *testing.T) {
	all := map[common.Address]int{}
	for _, r := range records(t, addressTable) {
		all[common.HexToAddress(r[0])]++
	}
	for a, want := range all {
		got := Find(a)
		if len(got) != want {
			t.Errorf("Find(%s) = %d entries, want %d", a, len(got), want)
		}
		for _, e := range got {
			if e.List == "" || e.Date == "" || e.Source == "" {
				t.Errorf("Find(%s) = %+v, which is not complete", a, e)
			}
		}
		for _, d := range []byte{1, 255} {
			near := a
			near[19] += d
			if _, on := all[near]; !on && len(Find(near)) != 0 {
				t.Errorf("Find(%s) = %+v, and it is on no list", near, Find(near))
			}
		}
	}
	if len(all) != 306 {
		t.Errorf("%d addresses, want 306", len(all))
	}
	for _, a := range []string{"0x0000000000000000000000000000000000000000", "0xffffffffffffffffffffffffffffffffffffffff"} {
		if got := Find(common.HexToAddress(a)); got != nil {
			t.Errorf("Find(%s) = %+v", a, got)
		}
	}
}

func TestWho(t *testing.T) {
	for _, tt := range []struct{ a, who, list, superseded string }{
		{"0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2", "received the ETH of Bybit", "Bybit theft, attack stage", ""},
		{"0x51E9d833Ecae4E8D9D8Be17300AEE6D3398C135D", "moved ETH of Bybit", "FBI PSA I-022625-PSA (Bybit, TraderTraitor)", ""},
		{"0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "Lazarus, on both OFAC snapshots", "OFAC SDN list, Ethereum", ""},
		{"0xcB74874f1e06Fcf80A306e06e5379A44B488bA2D", "on the new OFAC snapshot only", "OFAC SDN list, Ethereum", ""},
		{"0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31b", "Tornado Cash router, delisted", "OFAC SDN list, Ethereum", "2026-06-25"},
		{"0xfbfFEF83b1C172fE3BC86C1CCB036AB9F3efCAF2", "trampoline of WazirX", "WazirX theft, attack stage", ""},
		{"0x57ba8957ed2ff2e7AE38F4935451E81Ce1eEFbf5", "new owner at Radiant", "Radiant theft, attack stage", ""},
	} {
		got := Find(common.HexToAddress(tt.a))
		if len(got) == 0 || got[0].List != tt.list || got[0].Superseded != tt.superseded {
			t.Errorf("%s: %+v, want %q, superseded %q", tt.who, got, tt.list, tt.superseded)
		}
	}
	if both := Find(common.HexToAddress("0x098B716B8Aaf21512996dC57EB0615e2383E2f96")); len(both) != 2 || both[0].Date != "2024-09-27" || both[1].Date != "2026-06-25" || both[1].Label != "LAZARUS GROUP" {
		t.Errorf("on both snapshots: %+v, want both dates and the name", both)
	}
	if Newest() != "2026-06-25" {
		t.Errorf("Newest() = %s, want 2026-06-25", Newest())
	}
}

// TestHonest: what everybody may use is on no list, whatever a source says.
func TestHonest(t *testing.T) {
	raw, err := os.ReadFile("tables/dropped.tsv")
	if err != nil {
		t.Fatal(err)
	}
	honest := []string{"0xd26114cd6EE289AccF82350c8d8487fedB8A0C07"} // OMG, on the Poloniex list
	for _, r := range records(t, string(raw)) {
		if len(r) != 3 || r[2] == "" {
			t.Errorf("dropped.tsv: %q has no reason", r)
		}
		honest = append(honest, r[0])
	}
	for file, column := range map[string]int{"tokens.tsv": 1, "contracts.tsv": 0} {
		raw, err := os.ReadFile("../../abi/catalogue/tables/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records(t, string(raw)) {
			honest = append(honest, r[column])
		}
	}
	if len(honest) < 1900 {
		t.Fatalf("%d honest addresses, want all of the catalogue", len(honest))
	}
	for _, a := range slices.Compact(honest) {
		if got := Find(common.HexToAddress(a)); got != nil {
			t.Errorf("%s is honest, and on %+v", a, got)
		}
	}
}

func TestFindMissDoesNotAllocate(t *testing.T) {
	a := common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
	if n := testing.AllocsPerRun(100, func() { Find(a) }); n != 0 {
		t.Errorf("a miss allocates %v times, want 0", n)
	}
}

func BenchmarkFind(b *testing.B) {
	a := common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
	for b.Loop() {
		Find(a)
	}
}
