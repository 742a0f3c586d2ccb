package verify_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify/report"
)

// outOfScope are incidents that had no payload of a Safe or of the EVM.
var outOfScope = map[string]string{
	"dmm-2024-05-31": "Bitcoin",
	"drift-2026":     "Solana",
}

// recorded are the incidents whose records are kept as they were published.
func recorded(t *testing.T) []fixtures.Vector {
	one := func(name, incident, file, verdict, stage, chain, version string, codes ...string) fixtures.Vector {
		v := fixtures.Vector{Name: name, Incident: incident, Severity: "critical", SeenBy: "bytes", Command: "check", Verdict: verdict, Stage: stage, Strict: "refused", Verify: "refused",
			Given: map[string]string{"chain": chain, "version": version}, Codes: codes, Payload: read(t, "incidents/"+file)}
		return v
	}
	const bybit, wazirx, radiant = "bybit-2025-02-21", "wazirx-2024-07-18", "radiant-2024-10-16"
	meant := one("bybit/payload against the intent", bybit, "bybit/payload.json", "refused", "risk", "1", "1.1.1", "DELEGATECALL_UNKNOWN_TARGET", "SELECTOR_IS_NOT_BEHAVIOUR", "INTENT_MISMATCH")
	meant.Intent, meant.SeenBy = read(t, "incidents/bybit/intent.yaml"), ""
	routine := one("radiant/payload against an intent", radiant, "radiant/payload.json", "refused", "risk", "42161", "1.3.0", "OWNERSHIP_TRANSFER", "INTENT_MISMATCH")
	routine.Intent, routine.SeenBy = read(t, "incidents/radiant/intent.yaml"), ""
	before := one("bybit/history-70.near", bybit, "bybit/history-70.json", "no-objection", "", "1", "1.1.1")
	before.Severity, before.SeenBy, before.Strict, before.Verify, before.Intent = "", "", "no-objection", "verified", read(t, "incidents/bybit/history-70.intent.yaml")
	return []fixtures.Vector{
		one("bybit/payload", bybit, "bybit/payload.json", "refused", "risk", "1", "1.1.1", "DELEGATECALL_UNKNOWN_TARGET", "SELECTOR_IS_NOT_BEHAVIOUR"),
		meant,
		one("bybit/service-record", bybit, "bybit/service-record.json", "refused", "signatures", "1", "1.1.1", "SIGNATURE_NOT_BY_CLAIMED_OWNER"),
		one("bybit/both", bybit, "bybit/both.json", "refused", "journal", "1", "1.1.1", "NONCE_CONFLICT"),
		before,
		one("wazirx/payload", wazirx, "wazirx/payload.json", "refused", "risk", "1", "1.3.0", "DELEGATECALL_UNKNOWN_TARGET", "UNKNOWN_SELECTOR", "UNVERIFIABLE_SIGNATURE"),
		one("radiant/payload", radiant, "radiant/payload.json", "refused", "risk", "42161", "1.3.0", "OWNERSHIP_TRANSFER"),
		routine,
	}
}

// TestIncidents lists every incident: what is seen, by what, and that the honest
// act beside it does not trip.
func TestIncidents(t *testing.T) {
	vectors, err := fixtures.Incidents()
	if err != nil {
		t.Fatal(err)
	}
	vectors = append(recorded(t), vectors...)
	runAll(t, vectors, func(v fixtures.Vector) string { return v.Incident }, func(o *outcome) { o.seenOnlyBy(t) })
	covered(t, vectors)
}

// seenOnlyBy takes away what the signer knows. What the bytes show is still seen;
// what only the book or the intent shows is not.
func (o *outcome) seenOnlyBy(t *testing.T) {
	req := vectorRequest(t, o.Vector)
	switch o.SeenBy {
	case "bytes":
		req.Intent, req.AddressBook, req.Lists, req.Given.Owners, req.Given.Threshold = nil, nil, nil, nil, nil
		if rep := answer(t, req); !containsAll(codesOf(rep), o.Codes) {
			o.fail("the bytes alone show %v, want %v", codesOf(rep), o.Codes)
		}
	case "book":
		req.AddressBook = nil
		for _, c := range codesOf(answer(t, req)) {
			if slices.Contains(o.Codes, c) {
				o.fail("%s is seen without a book", c)
			}
		}
	case "intent":
		req.Intent = nil
		if rep := answer(t, req); rep.Verdict != report.NoObjection || slices.Contains(codesOf(rep), "INTENT_MISMATCH") {
			o.fail("without an intent: got %s with %v, want no-objection", rep.Verdict, codesOf(rep))
		}
	}
}

func containsAll(have, want []string) bool {
	for _, c := range want {
		if !slices.Contains(have, c) {
			return false
		}
	}
	return true
}

// covered compares with the catalogue of incidents: each is there, or out of scope.
func covered(t *testing.T, vectors []fixtures.Vector) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Log("COLDSIGN_CORPUS is not set: the incidents were NOT compared with their catalogue")
		return
	}
	files, err := filepath.Glob(filepath.Join(dir, "incidents", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d incidents, %v", len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var k struct{ ID string }
		if err := json.Unmarshal(raw, &k); err != nil {
			t.Fatal(err)
		}
		if outOfScope[k.ID] == "" && !slices.ContainsFunc(vectors, func(v fixtures.Vector) bool { return v.Incident == k.ID }) {
			t.Errorf("incident %s has no fixture", k.ID)
		}
	}
}
