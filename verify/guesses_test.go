package verify_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/report"
)

// TestGuesses plants names in a list: one registered to collide with transfer, two that
// fit an unknown call, one that does not fit it. Known calls are read as without the list,
// and an unknown one stays unknown, with every name that fits.
func TestGuesses(t *testing.T) {
	const word = "000000000000000000000000000000000000000000000000000000000000002a"
	selector := hex.EncodeToString(crypto.Keccak256([]byte("neverRegistered5821(uint256)"))[:4])
	records := []string{"a9059cbb\tjoin_tg_invmru_haha_fd06787(address,bool)", selector + "\tneverRegistered5821(uint256)"}
	slices.Sort(records)
	list, err := catalogue.ReadSignatures([]byte(catalogue.SignaturesHeader + "\n" + strings.Join(records, "\n") + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, operation, data, grade, function, guess string
	}{
		{"a known call", "0", "0xa9059cbb" + word + word, "interface", "transfer(address,uint256)", ""},
		{"a known call that the fake could read", "0", "0xa9059cbb" + word + strings.Repeat("0", 63) + "1", "interface", "transfer(address,uint256)", ""},
		{"an unknown call", "0", "0x" + selector + word, "database", "", "neverRegistered5821(uint256)"},
		{"a byte too many", "0", "0x" + selector + word + "00", "unknown", "", ""},
		{"a word too few", "0", "0x" + selector, "unknown", "", ""},
		{"a delegatecall, where no name says what runs", "1", "0x" + selector + word, "unknown", "", ""},
	} {
		req := describedRequest(c.operation, nil)
		req.Fields["to"], req.Fields["data"] = "0x00000000000000000000000000000000000000c1", c.data
		without := answer(t, req)
		req.Names = list
		with := answer(t, req)
		got := with.Tree[0]
		if got.Function != c.function || got.Grade != c.grade {
			t.Errorf("%s: got %q, %s, want %q, %s", c.name, got.Function, got.Grade, c.function, c.grade)
		}
		guess := ""
		if i := slices.IndexFunc(got.Args, func(a report.Arg) bool { return strings.HasPrefix(a.Path, "name[") }); i >= 0 {
			guess = got.Args[i].Value
		}
		if guess != c.guess {
			t.Errorf("%s: the list says %q, want %q", c.name, guess, c.guess)
		}
		if with.Verdict != without.Verdict || !slices.Equal(codesOf(with), codesOf(without)) {
			t.Errorf("%s: the list changes %s %v to %s %v", c.name, without.Verdict, codesOf(without), with.Verdict, codesOf(with))
		}
	}
}
