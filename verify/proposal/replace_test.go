package proposal

import (
	"encoding/json"
	"errors"
	"testing"
)

// odd are values that stand where another is due.
var odd = []any{nil, true, "", "0x", "x", "-1", " 1", "1e18", json.Number("1e400"), json.Number("-1"), json.Number("18446744073709551616"),
	"\u001b[2K", "\u202e", []any{}, []any{nil, "x", map[string]any{}}, map[string]any{}, map[string]any{"value": nil, "data": []any{"x"}}, sampleHash, sampleTo}

// Every value of every sample is replaced by every odd one, and every key is
// left out once: no answer may be without a word, and no proposal malformed.
func TestEveryValueReplaced(t *testing.T) {
	all := map[string]string{"nested": nestedFile, "list": `{"results":[` + samples["service"] + `,` + samples["service"] + `]}`,
		"localsafe": `{"transactions":[` + samples["protocol-kit"] + `]}`, "multi": `{"data":{"a":` + samples["tx-builder"] + `}}`}
	for name, raw := range samples {
		if raw[0] == '{' {
			all[name] = raw
		}
	}
	n := 0
	for name, raw := range all {
		var root any
		if err := json.Unmarshal([]byte(raw), &root); err != nil {
			t.Fatal(err)
		}
		check := func() {
			b, err := json.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			res, err := Parse(b, testOptions)
			n++
			switch {
			case err != nil && (!errors.Is(err, ErrNotProposal) || !printable(err.Error())):
				t.Fatalf("%s: %s: %v", name, b, err)
			case err == nil && res.Proposal == nil && len(res.Findings) == 0:
				t.Fatalf("%s: %s: neither a proposal nor a word", name, b)
			}
			checkFindings(t, res)
			if res.Proposal != nil {
				checkProposal(t, res.Proposal)
			}
		}
		replace(root, check)
	}
	t.Logf("%d files", n)
}

func replace(v any, check func()) {
	switch v := v.(type) {
	case map[string]any:
		for k, old := range v {
			for _, x := range odd {
				v[k] = x
				check()
			}
			delete(v, k)
			check()
			v[k] = old
			replace(old, check)
		}
	case []any:
		for i, old := range v {
			for _, x := range odd {
				v[i] = x
				check()
			}
			v[i] = old
			replace(old, check)
		}
	}
}

// No flipped byte of calldata or of a raw transaction is read as the same
// transaction without a word.
func TestEveryByteFlipped(t *testing.T) {
	for _, raw := range []string{"0x" + sampleExec, rawVector} {
		want := parseOK(t, raw, testOptions)
		for i := 2; i < len(raw); i++ {
			b := []byte(raw)
			if b[i]++; b[i] == ':' {
				b[i] = 'a'
			}
			if b[i] == 'g' {
				b[i] = '0'
			}
			res, err := Parse(b, testOptions)
			if err != nil || len(res.Findings) > 0 {
				continue
			}
			checkProposal(t, res.Proposal)
			got := *res.Proposal
			got.Claims.RawTxHash = want.Claims.RawTxHash
			if sameProposal(&got, want) && raw != rawVector {
				t.Errorf("digit %d changes nothing", i)
			}
		}
	}
}

func sameProposal(a, b *Proposal) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
