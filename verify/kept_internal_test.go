package verify

import (
	"errors"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify/report"
)

// TestKeptAnswersAlike: what a policy, an address book and a list say does not depend on
// whether they were read for this request or for one before, nor on what was kept beside.
func TestKeptAnswersAlike(t *testing.T) {
	raw, err := fixtures.Read("proposals/service-v1.json")
	if err != nil {
		t.Fatal(err)
	}
	same := []byte("coldsign: policy/v1\nversion: 1\ntreasury: S\nchains: {1: {names: {staff: \"0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1\"}}}\n")
	policies := []*Policy{
		nil,
		{Named: Named{Name: "s.yaml", Raw: same}, Origin: "--policy"},
		{Named: Named{Name: "s.yaml", Raw: same}, Origin: FoundAbove},
		{Named: Named{Name: "t.yaml", Raw: same}, Origin: FoundAbove},
		{Named: Named{Name: "a.yaml", Raw: []byte("coldsign: policy/v1\nversion: 1\ntreasury: A\nchains: {1: {names: {payroll: \"0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1\"}}}\n")}, Origin: "--policy"},
		{Named: Named{Name: "b.yaml", Raw: []byte("coldsign: policy/v1\nversion: 1\ntreasury: B\nchains: {1: {names: {others: \"0x90F79bf6EB2c4f870365E785982E1f101E93b906\"}}}\n")}, Origin: FoundAbove},
		{Named: Named{Name: "broken.yaml", Raw: []byte("coldsign: policy/v2\n")}, Origin: "--policy"},
		{Named: Named{Name: "empty.yaml", Raw: []byte{}}, Origin: "--policy"},
	}
	books := []*Named{
		nil,
		{Name: "book.csv", Raw: []byte("address,name,chainId\n0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1,Payroll (ops),1\n")},
		{Name: "others.csv", Raw: []byte("address,name,chainId\n0x90F79bf6EB2c4f870365E785982E1f101E93b906,Somebody,1\n")},
		{Name: "broken.csv", Raw: []byte("name\n")},
	}
	lists := [][]Named{nil, {{Name: "a.list", Raw: []byte("0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1,left\n")}}, {{Name: "broken.list", Raw: []byte("x\n")}}}
	answer := func(k *Kept, p *Policy, b *Named, l []Named) string {
		rep, err := Verify(Request{Mode: ModeCheck, Input: raw, Policy: p, AddressBook: b, Lists: l, Kept: k})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if err := report.JSON(&text, rep); err != nil {
			t.Fatal(err)
		}
		return text.String()
	}
	var kept Kept
	different := map[string]bool{}
	for range 2 {
		for _, p := range policies {
			for _, b := range books {
				for _, l := range lists {
					want, got := answer(nil, p, b, l), answer(&kept, p, b, l)
					if got != want {
						t.Fatalf("got:\n%swant:\n%s", got, want)
					}
					different[want] = true
				}
			}
		}
	}
	if len(different) < 20 {
		t.Errorf("only %d different answers: the test would prove nothing", len(different))
	}
}

// TestKeptBroken: what broke off while it was read is an error for everybody who asks
// later, and never nothing.
func TestKeptBroken(t *testing.T) {
	var k Kept
	for i := range 2 {
		func() {
			defer func() {
				if v := recover(); (v != nil) != (i == 0) {
					t.Errorf("reading %d: panic %v", i+1, v)
				}
			}()
			if _, err := keep(&k, "key", 1, func() (*report.Report, error) { panic("torn") }); !errors.Is(err, errBroken) {
				t.Errorf("%v, want %v", err, errBroken)
			}
		}()
	}
}

// TestKeptBounded: neither many inputs nor large ones fill the memory.
func TestKeptBounded(t *testing.T) {
	for _, weight := range []int{1, 1 << 20, mostKeptBytes + 1} {
		var k Kept
		for i := range 1000 {
			got, err := keep(&k, i, weight, func() (int, error) { return i, nil })
			if err != nil || got != i {
				t.Fatalf("%d, %v; want %d", got, err, i)
			}
			if n := len(k.all); n > mostKept || n > 1 && n*weight > mostKeptBytes {
				t.Fatalf("%d are kept, of %d bytes each", n, weight)
			}
		}
	}
}
