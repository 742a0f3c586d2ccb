package verify_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// expected says of each critical and high code why it is right on honest material.
// A code that is not here is a false alarm, or an attack that somebody filed as
// honest: a test that fails asks a person to look.
var expected = map[string]string{
	"AMBIGUOUS_NUMBER":            "the builder's own encoder reads 1e18 as hex, or an empty value as zero",
	"FIELD_MISSING":               "templates and broken files: a target or a value is empty",
	"INVALID_HEX":                 "a letter stands inside the calldata of a real file",
	"JSON_TRAILING_DATA":          "comments in the examples of a manual",
	"METHOD_NOT_ENCODABLE":        "the builder would send empty calldata without saying so",
	"ADDRESS_CHECKSUM":            "a wrong checksum in a test file, or a name where an address is due",
	"DECODED_HINT_MISMATCH":       "a leftover method that says something else than the data",
	"HASH_MISMATCH":               "the example of a manual: its fields do not give its hash",
	"NONCE_CONFLICT":              "two transactions of one nonce in one list",
	"NUMBER_OUT_OF_RANGE":         "an amount that does not fit",
	"IMPLEMENTATION_CHANGE":       "upgrades of proxies, which must be declared",
	"OWNERSHIP_TRANSFER":          "handovers of contracts, which must be declared",
	"OWNER_ADDED":                 "changes of owners, which must be declared",
	"OWNER_REMOVED":               "changes of owners, which must be declared",
	"OWNER_REPLACED":              "changes of owners, which must be declared",
	"THRESHOLD_LOWERED":           "the threshold is set, and what it was is not known",
	"MODULE_ENABLED":              "modules are enabled, which must be declared",
	"ROLE_GRANTED":                "roles are granted, which must be declared",
	"CONTROL_CHANGED":             "a delay or a peer on another chain changes",
	"CONFIG_CHANGE_IN_BATCH":      "one of these among other calls",
	"UNLIMITED_APPROVAL":          "approvals without limit, which must be declared",
	"APPROVAL_FOR_ALL":            "approvals for all tokens, which must be declared",
	"UNKNOWN_SELECTOR":            "functions that the catalogue does not know",
	"UNREVIEWED_FUNCTION":         "functions that only a published package declares: among them are grantRoles, setAuthorizer and claimGovernance",
	"OPAQUE_ORDER_APPROVAL":       "an order signed in advance",
	"SAFE_CREATION":               "a Safe is created",
	"CONTRACT_CREATION":           "a contract is created",
	"ALLOWANCE_GRANTED":           "an allowance of the module",
	"KNOWN_FOREIGN_LIBRARY":       "governance batches by delegatecall to Multicall3",
	"NESTED_SAFE_EXEC":            "a Safe acts for another",
	"BLIND_HASH_APPROVAL":         "the approval of a hash whose transaction is not in the file",
	"MODULE_DISABLED":             "a module is disabled, which must be declared",
	"DELEGATECALL_UNKNOWN_TARGET": "upgrades of the superchain run the OP Contracts Manager by delegatecall: real foreign code, for intent and policy to name",
	"NESTED_DELEGATECALL":         "the same, inside Multicall3Delegatecall",
	"DATA_SHORTER_THAN_SELECTOR":  "a test of another library: one zero byte is data",
	"OPAQUE_MESSAGE":              "votes and approvals as typed data of types that are not understood",
	"ERC4337_USEROP":              "a user operation, which is not supported",
	"SETUP_DELEGATECALL":          "the example of a manual creates a Safe whose setup runs a batch",
	"ZERO_ADDRESS_TARGET":         "the same example calls the zero address",
	"SUSPICIOUS_RECIPIENT":        "the same example pays the zero address nothing",
	"GUARD_CHANGED":               "a guard is set, which must be declared",
	"PAYLOAD_TOO_LARGE":           "one set of permissions as 105 calls and 126 kB: to be compared with an intent, not read",
	"FALLBACK_HANDLER_CHANGED":    "a handler is set, which must be declared",
}

// TestHonest runs check over everything real that nobody made to deceive, and
// prints what it finds for each file: each critical or high finding has a reason,
// none of the alarms about deception goes off, and at most one notice stands on an
// honest transaction.
func TestHonest(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the honest material was NOT run")
	}
	files, findings, notices := 0, map[string]int{}, map[int]int{}
	for name, req := range honest(t, dir) {
		req.Mode, req.File = verify.ModeCheck, name
		rep := answer(t, req)
		if rep.Failure != "" {
			continue // no proposal
		}
		files++
		count, few := map[string]int{}, map[string]int{}
		for _, f := range rep.Findings {
			switch {
			case f.Severity != report.Notice:
				count[f.Code]++
			case f.Scope != report.ScopeSafe:
				few[f.Code]++
			}
		}
		for code := range count {
			findings[code]++
			if expected[code] == "" {
				t.Errorf("%s: %s on honest material has no reason: %s", name, code, messageOf(rep, code))
			}
		}
		total := 0
		for _, n := range few {
			total += n
		}
		notices[total]++
		if total > 1 && len(count) == 0 {
			t.Errorf("%s: %d notices on an honest transaction: %v", name, total, few)
		}
		t.Logf("%-60s %s", clipped(name, 60), line(count))
	}
	t.Logf("%d proposals; files by number of notices: %v", files, notices)
	for _, code := range slices.SortedFunc(maps.Keys(findings), func(a, b string) int { return cmp.Compare(findings[b], findings[a]) }) {
		t.Logf("%4d files  %-26s %s", findings[code], code, expected[code])
	}
	if files < 100 {
		t.Errorf("%d honest proposals, want at least 100: the corpus is not what it should be", files)
	}
}

// honest yields the batches, the service records but those of the theft, and the
// transactions of the table of hashes.
func honest(t *testing.T, dir string) func(func(string, verify.Request) bool) {
	t.Helper()
	return func(yield func(string, verify.Request) bool) {
		stop := false
		for _, part := range []string{"batches", "service"} {
			err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || stop || filepath.Base(filepath.Dir(path)) == part || strings.Contains(strings.ToLower(path), "nonce71") {
					return err
				}
				raw, err := os.ReadFile(path)
				if err == nil {
					stop = !yield(filepath.Base(path), verify.Request{Input: raw})
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for name, req := range hashed(t, dir) {
			if stop || !yield(name, req) {
				return
			}
		}
	}
}

// hashed turns the rows of hashes.jsonl into service records. Rows that their
// source calls malicious, and those that reproduce no hash, are no honest ones.
func hashed(t *testing.T, dir string) func(func(string, verify.Request) bool) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "hashes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, verify.Request) bool) {
		for line := range strings.Lines(string(raw)) {
			var row hashRow
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			if row.Kind != "safeTx" || !row.Recomputed || row.Operation > 1 || row.Label != "" && row.Label != "benign" {
				continue
			}
			req, ok := row.request()
			if ok && !yield(row.ID, req) {
				return
			}
		}
	}
}

type hashRow struct {
	ID, Kind, Label, Source                                string
	Recomputed                                             bool
	ChainID                                                uint64
	Safe, SafeVersion, To, Value, Data                     string
	Operation                                              int
	SafeTxGas, BaseGas, GasPrice, GasToken, RefundReceiver string
	Nonce                                                  string
}

func (row hashRow) request() (verify.Request, bool) {
	version, err := safe.ParseVersion(row.SafeVersion)
	if err != nil || row.To == "" {
		return verify.Request{}, false
	}
	raw := fmt.Appendf(nil, `{"safe":"%s","to":"%s","value":"%s","data":"%s","operation":%d,"gasToken":"%s","safeTxGas":%s,"baseGas":%s,"gasPrice":"%s","refundReceiver":"%s","nonce":%s,"confirmations":[]}`,
		row.Safe, row.To, row.Value, row.Data, row.Operation, row.GasToken, row.SafeTxGas, row.BaseGas, row.GasPrice, row.RefundReceiver, row.Nonce)
	return verify.Request{Input: raw, Given: verify.Given{Chain: uint256.NewInt(row.ChainID), Version: version}}, true
}

func messageOf(rep *report.Report, code string) string {
	for _, f := range rep.Findings {
		if f.Code == code {
			return f.Message
		}
	}
	return ""
}

func line(count map[string]int) string {
	var parts []string
	for _, code := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s %d", code, count[code]))
	}
	if parts == nil {
		return "nothing critical or high"
	}
	return strings.Join(parts, ", ")
}

func clipped(s string, n int) string {
	if len(s) > n {
		return s[:n-3] + "..."
	}
	return s
}
