package verify_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// TestVectors runs every vector through the whole pipeline. The stage counts: a
// later refusal could mask that an earlier stage let something through.
func TestVectors(t *testing.T) {
	vectors, err := fixtures.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 50 {
		t.Fatalf("%d vectors, want at least 50", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			rep := answerVector(t, v)
			if got := rep.Verdict.String(); got != v.Verdict {
				t.Errorf("verdict = %s (%s), want %s; findings %v", got, rep.Summary, v.Verdict, codesOf(rep))
			}
			if v.Stage != "" && earliestRefusal(rep) != report.ParseStage(v.Stage) {
				t.Errorf("stage = %s, want %s; findings %v", earliestRefusal(rep), v.Stage, codesOf(rep))
			}
			for _, c := range v.Codes {
				if !slices.Contains(codesOf(rep), c) {
					t.Errorf("finding %s is missing among %v", c, codesOf(rep))
				}
			}
			for _, c := range v.Without {
				if slices.Contains(codesOf(rep), c) {
					t.Errorf("finding %s must not be there", c)
				}
			}
		})
	}
}

// answerVector runs the command of a vector. What is collected is given out if nothing
// refuses, and then only.
func answerVector(t *testing.T, v fixtures.Vector) *report.Report {
	t.Helper()
	if v.Command != "signatures" {
		return answer(t, vectorRequest(t, v))
	}
	rep, c, err := verify.Collect(vectorRequest(t, v))
	if err != nil {
		t.Fatal(err)
	}
	if (c != nil) != (rep.Verdict == report.NoObjection) {
		t.Errorf("%s: verdict %s, collection %v", v.Name, rep.Verdict, c != nil)
	}
	return rep
}

func vectorRequest(t *testing.T, v fixtures.Vector) verify.Request {
	t.Helper()
	modes := map[string]verify.Mode{"check": verify.ModeCheck, "verify": verify.ModeVerify, "decode": verify.ModeDecode, "hash": verify.ModeHash, "sign": verify.ModeSign, "signatures": verify.ModeCheck}
	req := verify.Request{Mode: modes[v.Command], File: v.Name, Input: v.Payload, Dialect: v.Given["dialect"], Intent: v.Intent, IntentOrigin: "--intent"}
	if s := v.Given["chain"]; s != "" {
		req.Given.Chain = uint256.MustFromDecimal(s)
	}
	if s := v.Given["safe"]; s != "" {
		a := common.HexToAddress(s)
		req.Given.Safe = &a
	}
	if s := v.Given["version"]; s != "" {
		version, err := safe.ParseVersion(s)
		if err != nil {
			t.Fatal(err)
		}
		req.Given.Version = version
	}
	if s := v.Given["nonce"]; s != "" {
		req.Given.Nonce = uint256.MustFromDecimal(s)
	}
	if s := v.Given["threshold"]; s != "" {
		req.Given.Threshold = uint256.MustFromDecimal(s)
	}
	if s := v.Given["current-nonce"]; s != "" {
		req.Given.CurrentNonce = uint256.MustFromDecimal(s)
	}
	for _, s := range v.Owners {
		req.Given.Owners = append(req.Given.Owners, common.HexToAddress(s))
	}
	for _, s := range v.Via {
		req.Via = append(req.Via, common.HexToAddress(s))
	}
	for i, s := range v.Signatures {
		req.Signatures = append(req.Signatures, verify.Named{Name: fmt.Sprintf("%s.%d", v.Name, i), Raw: []byte(s)})
	}
	for _, s := range v.Approved {
		req.ApprovedBy = append(req.ApprovedBy, common.HexToAddress(s))
	}
	if v.Book != nil {
		req.AddressBook = &verify.Named{Name: v.Name + ".csv", Raw: v.Book}
	}
	if v.List != nil {
		req.Lists = []verify.Named{{Name: v.Name + ".list", Raw: v.List}}
	}
	if v.Policy != nil {
		req.Policy = &verify.Policy{Named: verify.Named{Name: v.Name + ".policy.yaml", Raw: v.Policy}, Origin: "--policy", Trusted: v.Given["trusted"] == "yes"}
	}
	if v.Given["journal"] == "new" {
		withJournal(t, &req)
	}
	return req
}

// withJournal gives the request a journal of its own.
func withJournal(t testing.TB, req *verify.Request) *journal.Journal {
	t.Helper()
	req.Now, req.Program = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), "test"
	j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), req.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	req.Journal = j
	return j
}

func codesOf(rep *report.Report) []string {
	var out []string
	for _, f := range rep.Findings {
		out = append(out, f.Code)
	}
	return out
}

// earliestRefusal returns the first stage with a finding that stands in the way.
func earliestRefusal(rep *report.Report) report.Stage {
	first := report.StageUnknown
	for _, f := range rep.Findings {
		if f.Refuses() && f.Severity == report.Critical && (first == report.StageUnknown || f.Stage < first) {
			first = f.Stage
		}
	}
	if first != report.StageUnknown {
		return first
	}
	for _, f := range rep.Findings {
		if f.Refuses() && (first == report.StageUnknown || f.Stage < first) {
			first = f.Stage
		}
	}
	return first
}
