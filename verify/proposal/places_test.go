package proposal_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

const (
	placesService = `{
  "safe": "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE", "origin": "a name that takes four bytes: ` + "\U0001f600" + `",  "to": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
  "value": "0",
  "data": null, "operation": 0, "gasToken": null, "safeTxGas": 0, "baseGas": 0,
  "gasPrice": "0", "refundReceiver": null, "nonce": 7,
  "confirmations": [{"owner": "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE",
    "signature": "0x"}],
  "isExecuted": false, "submissionDate": "x"
}`
	placesBatch = `{"version": "1.0", "chainId": "1", "meta": {},
 "transactions": [
  {"to": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "value": "0", "data": "0x"},
  {"to": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "value": "1",
   "contractMethod": {"name": "f", "inputs": [], "payable": false}, "contractInputsValues": {}}
 ]}`
)

// TestPlaces: a place in the tree of calls leads to the value in the file that makes it.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		file, where  string
		stage        report.Stage
		scope        report.Scope
		line, column int
	}{
		{placesService, "to", report.StageRisk, report.ScopeTransaction, 2, 109},
		{placesService, "data", report.StageDecode, report.ScopeTransaction, 4, 11},
		{placesService, "data.multiSend[3].data", report.StageRisk, report.ScopeTransaction, 4, 11},
		{placesService, "nonce", report.StageIntent, report.ScopeTransaction, 5, 53},
		{placesService, "safe", report.StageHash, report.ScopeSafe, 2, 11},
		{placesService, "", report.StageHash, report.ScopeSafe, 2, 11},
		{placesService, "", report.StageRisk, report.ScopeTransaction, 1, 1},
		{placesService, "", report.StageIntent, report.ScopeTransaction, 0, 0},
		{placesService, "confirmations[0].signature", report.StageSignatures, report.ScopeInput, 7, 18},
		{placesService, "confirmations[1].signature", report.StageSignatures, report.ScopeInput, 0, 0},
		{placesService, "confirmations[0].signature", report.StagePolicy, report.ScopeInput, 0, 0},
		{placesService, "owner", report.StageSignatures, report.ScopeInput, 0, 0}, // lists are not searched
		{placesBatch, "data.multiSend[0]", report.StageRisk, report.ScopeTransaction, 3, 3},
		{placesBatch, "data.multiSend[0].data", report.StageRisk, report.ScopeTransaction, 3, 78},
		{placesBatch, "data.multiSend[1].to", report.StageRisk, report.ScopeTransaction, 4, 10},
		{placesBatch, "data.multiSend[1].data.execute[0].to", report.StageRisk, report.ScopeTransaction, 5, 22},
		{placesBatch, "data.multiSend[1].operation", report.StageRisk, report.ScopeTransaction, 4, 3},
		{placesBatch, "data.multiSend[2]", report.StageRisk, report.ScopeTransaction, 2, 18},
		{placesBatch, "data.multiSend[99999999999999999999]", report.StageRisk, report.ScopeTransaction, 2, 18},
		{placesBatch, "to", report.StageRisk, report.ScopeTransaction, 2, 18},
		{placesBatch, "nonce", report.StageHash, report.ScopeTransaction, 0, 0},
		{placesBatch, "chain", report.StageHash, report.ScopeSafe, 1, 31},
		{"0x6a761202", "to", report.StageRisk, report.ScopeTransaction, 0, 0},
	} {
		t.Run(tt.where, func(t *testing.T) {
			res, err := proposal.Parse([]byte(tt.file), proposal.Options{})
			if err != nil && tt.line > 0 {
				t.Fatal(err)
			}
			fs := []report.Finding{{Where: tt.where, Stage: tt.stage, Scope: tt.scope}, {Where: "kept", Line: 4, Column: 2}}
			res.Places.Fill([]byte(tt.file), fs)
			if fs[0].Line != tt.line || fs[0].Column != tt.column {
				t.Errorf("%s: line %d column %d, want %d %d", tt.where, fs[0].Line, fs[0].Column, tt.line, tt.column)
			}
			if fs[1].Line != 4 || fs[1].Column != 2 {
				t.Errorf("a place that was known became %+v", fs[1])
			}
		})
	}
}

// TestPlacesMany: the places of many findings cost one pass, and are those that Position
// gives one by one.
func TestPlacesMany(t *testing.T) {
	const n = 9000
	var b strings.Builder
	b.WriteString(`{"version": "1.0", "chainId": "1", "meta": {}, "transactions": [`)
	var offsets []int
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		if i%7 == 0 {
			b.WriteString("\n")
		}
		offsets = append(offsets, b.Len())
		b.WriteString(`{"to": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "value": "0", "data": "0x"}`)
	}
	b.WriteString("]}")
	raw := []byte(b.String())
	res, err := proposal.Parse(raw, proposal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	fs := make([]report.Finding, n)
	for i, k := range order {
		fs[i] = report.Finding{Where: fmt.Sprintf("data.multiSend[%d]", k), Stage: report.StageRisk}
	}
	res.Places.Fill(raw, fs)
	for i, k := range order {
		if line, column := strictjson.Position(raw, offsets[k]); fs[i].Line != line || fs[i].Column != column {
			t.Fatalf("call %d: line %d column %d, want %d %d", k, fs[i].Line, fs[i].Column, line, column)
		}
	}
}

// FuzzPlaces: whatever the file and the place, a finding gets no place or one at which a
// value of the file begins.
func FuzzPlaces(f *testing.F) {
	for _, where := range []string{"to", "data.multiSend[1].to", "", "confirmations[0].signature", "data.x", "safe", "a[0][", "a..b", "[", "meta.x"} {
		f.Add([]byte(placesService), where)
		f.Add([]byte(placesBatch), where)
	}
	f.Fuzz(func(t *testing.T, raw []byte, where string) {
		res, err := proposal.Parse(raw, proposal.Options{})
		if err != nil {
			return
		}
		fs := []report.Finding{{Where: where, Stage: report.StageRisk, Scope: report.ScopeTransaction}, {Where: where, Stage: report.StageParse}}
		res.Places.Fill(raw, fs)
		for _, x := range fs {
			if (x.Line == 0) != (x.Column == 0) {
				t.Fatalf("line %d column %d", x.Line, x.Column)
			}
			if x.Line == 0 {
				continue
			}
			lines := strings.Split(string(raw), "\n")
			if x.Line > len(lines) {
				t.Fatalf("line %d of %d", x.Line, len(lines))
			}
			rest := []rune(lines[x.Line-1])
			if x.Column > len(rest) || !strings.ContainsRune(`{["tfn-0123456789`, rest[x.Column-1]) {
				t.Fatalf("no value begins at line %d column %d of %q", x.Line, x.Column, raw)
			}
		}
	})
}
