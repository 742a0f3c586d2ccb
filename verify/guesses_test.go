package verify_test

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// unknownBatch is a batch of calls of one function at one contract.
func unknownBatch(n int, to, data string) verify.Request {
	req := describedRequest("1", nil)
	call := common.FromHex(data)
	entry := append([]byte{0}, common.HexToAddress(to).Bytes()...)
	entry = append(entry, make([]byte, 32)...)
	entry = append(entry, common.LeftPadBytes(big.NewInt(int64(len(call))).Bytes(), 32)...)
	body := bytes.Repeat(append(entry, call...), n)
	packed := append(common.FromHex("0x8d80ff0a"), common.LeftPadBytes([]byte{32}, 32)...)
	packed = append(packed, common.LeftPadBytes(big.NewInt(int64(len(body))).Bytes(), 32)...)
	packed = append(append(packed, body...), make([]byte, (32-len(body)%32)%32)...)
	req.Fields["to"], req.Fields["data"] = "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", "0x"+hex.EncodeToString(packed)
	return req
}

// TestWordsAreBounded: words of others fill no report without end, and where they stop
// is said once.
func TestWordsAreBounded(t *testing.T) {
	const word = "000000000000000000000000000000000000000000000000000000000000002a"
	selector := hex.EncodeToString(crypto.Keccak256([]byte("neverRegistered5821(uint256)"))[:4])
	list, err := catalogue.ReadSignatures([]byte(catalogue.SignaturesHeader + "\n" + selector + "\tneverRegistered5821(uint256)\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, data string
		n, most    int
	}{
		{"an unfitting descriptor", "0xa9059cbb" + word, 1003, 1000},
		{"a fitting descriptor", "0xa9059cbb" + word + word, 1003, 1000},
		{"an unknown call", "0x" + selector + word, 503, 500},
	} {
		req := unknownBatch(c.n, describedTarget, c.data)
		req.Descriptors, req.Names = words(t, "Send"), list
		rep := answer(t, req)
		if len(rep.Tree) != c.n+1 {
			t.Fatalf("%s: %d calls, want %d", c.name, len(rep.Tree), c.n+1)
		}
		ends, unfit, guessed := 0, 0, 0
		for _, fact := range rep.Facts {
			if strings.Contains(fact, "says nothing here") || strings.Contains(fact, "say nothing here") {
				ends++
			}
			if strings.Contains(fact, "does not fit") {
				unfit++
			}
		}
		for _, k := range rep.Tree {
			if slices.ContainsFunc(k.Args, func(a report.Arg) bool { return strings.HasPrefix(a.Path, "name[") }) {
				guessed++
			}
		}
		if got := unfit + len(rep.Described) + guessed; got != c.most || ends != 1 {
			t.Errorf("%s: %d words, the end is said %d times; want %d and once", c.name, got, ends, c.most)
		}
	}
}

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
