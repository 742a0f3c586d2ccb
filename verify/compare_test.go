package verify

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// TestCompare: a hash from another screen agrees in all digits with one that was computed,
// or refuses, in every mode and whatever else agrees.
func TestCompare(t *testing.T) {
	honest := proposed(t, intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n"), "1.4.1", nil)
	rep := answer(t, honest)
	if rep.Verdict != report.Verified {
		t.Fatal(rep.Summary)
	}
	h := rep.Hashes
	misread := []byte(h.Message)
	misread[2+4*6] ^= 1 // group 7
	ends := []byte(h.SafeTx)
	for i := 10; i < 58; i++ {
		ends[i] = '0'
	}
	for _, tt := range []struct {
		name, hash, says string
		holds            bool
	}{
		{"safeTxHash", h.SafeTx, "is the safeTxHash in all 64 digits", true},
		{"domain hash", h.Domain, "is the domain hash in all 64 digits", true},
		{"message hash", h.Message, "is the message hash in all 64 digits", true},
		{"a misread digit", string(misread), "of the message hash it differs in 1 group of 16, of four digits each: 7", false},
		{"first and last eight digits the same", string(ends), "is none of those", false},
		{"nothing like it", "0x" + strings.Repeat("ab", 32), "follow from the fields", false},
		{"zero", common.Hash{}.Hex(), "is none of those", false},
	} {
		for _, mode := range []Mode{ModeVerify, ModeCheck, ModeHash, ModeDecode} {
			req := honest
			req.Mode, req.Compare = mode, []common.Hash{common.HexToHash(tt.hash)}
			got := answer(t, req)
			said := got.Facts
			for _, f := range got.Findings {
				said = append(said, f.Message)
			}
			if (got.Verdict == report.Refused) == tt.holds || hasCode(got.Findings, "HASH_MISMATCH") == tt.holds || !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, tt.says) }) {
				t.Errorf("%s, %s: %s, %q, %+v", tt.name, mode, got.Verdict, got.Facts, got.Findings)
			}
		}
	}
	both := honest
	both.Compare = []common.Hash{common.HexToHash(h.Domain), common.HexToHash(string(misread))}
	if got := answer(t, both); got.Verdict != report.Refused {
		t.Errorf("one of two agrees: %s", got.Verdict)
	}
	without := honest
	without.Mode, without.Given.Version, without.Compare = ModeHash, safe.Version{}, []common.Hash{common.HexToHash(h.SafeTx)}
	if got := answer(t, without); got.Hashes != nil || got.Verdict != report.Refused || !hasCode(got.Findings, "HASH_MISMATCH") {
		t.Errorf("nothing to compare with: %s, %+v", got.Verdict, got.Hashes)
	}
}
