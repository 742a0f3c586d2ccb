package main

import (
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// TestRecords: what is measured is honest and different from file to file, with every
// signature by its owner.
func TestRecords(t *testing.T) {
	seen := map[string]bool{}
	for _, signers := range []int{0, len(keys)} {
		for i := range 4 {
			raw := record(i, signers)
			rep, err := verify.Verify(verify.Request{Mode: verify.ModeCheck, Input: raw})
			if err != nil {
				t.Fatal(err)
			}
			if rep.Verdict != report.NoObjection || len(rep.Findings) > 0 || len(rep.Signatures) != signers {
				t.Errorf("proposal %d with %d signatures: %s, %d findings, %d signatures", i, signers, rep.Summary, len(rep.Findings), len(rep.Signatures))
			}
			for _, s := range rep.Signatures {
				if !s.Counts {
					t.Errorf("proposal %d: the signature of %s does not count: %s", i, s.ClaimedOwner, s.Note)
				}
			}
			for _, of := range []string{rep.Hashes.Domain, rep.Hashes.Message} {
				if signers == 0 && seen[of] {
					t.Errorf("proposal %d: a hash that another has too", i)
				}
				seen[of] = true
			}
		}
	}
}
