package proposal

import (
	"bytes"
	"errors"
	"testing"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// FuzzParse: no input panics; a proposal has exactly one of its four contents,
// well formed; without one there is an error or a finding; everything said is
// plain text of bounded length; the answer does not change.
func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	for _, s := range messageSamples {
		f.Add([]byte(s))
	}
	f.Add([]byte(nestedFile))
	f.Add([]byte(rawVector))
	f.Add([]byte("vvvvvvvv\n0x1901\n^^^^^^^^"))
	f.Add([]byte(`{"results":[` + samples["service"] + `,` + samples["service"] + `]}`))
	f.Add([]byte(`{"data":{"a":` + samples["tx-builder"] + `}}`))
	f.Add([]byte(`{"transactions":[` + samples["protocol-kit"] + `]}`))
	f.Add([]byte(`{"types":{},"primaryType":"SafeTx","message":{}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		res, err := Parse(raw, testOptions)
		if !bytes.Equal(raw, before) {
			t.Fatal("the input was written to")
		}
		if err != nil {
			if !errors.Is(err, ErrNotProposal) || res.Proposal != nil || len(res.Findings) > 0 || !printable(err.Error()) || len(err.Error()) > 2000 {
				t.Fatalf("error %q with %+v", err, res)
			}
			return
		}
		checkFindings(t, res)
		if res.Proposal == nil {
			if len(res.Findings) == 0 {
				t.Fatal("neither a proposal nor a word")
			}
			return
		}
		checkProposal(t, res.Proposal)
		again, err := Parse(raw, testOptions)
		if err != nil || len(again.Findings) != len(res.Findings) || again.Proposal == nil {
			t.Fatalf("read again: %+v, %v", again, err)
		}
	})
}

func checkFindings(t *testing.T, res Result) {
	t.Helper()
	if len(res.Findings) > maxFindings+1 || len(res.Candidates) > maxCandidates {
		t.Fatalf("%d findings, %d candidates", len(res.Findings), len(res.Candidates))
	}
	for _, f := range res.Findings {
		if _, ok := report.LookupCode(f.Code); !ok {
			t.Fatalf("the code %q is not in the catalogue", f.Code)
		}
		if !printable(f.Where) || !printable(f.Message) || !printable(f.Hint) || len(f.Message)+len(f.Where) > 8000 || f.Message == "" {
			t.Fatalf("finding %+v is not plain text of bounded length", f)
		}
	}
}

func checkProposal(t *testing.T, p *Proposal) {
	t.Helper()
	contents := 0
	if p.Tx != nil {
		contents++
		if p.Tx.Value == nil || p.Tx.Operation == safe.OperationUnknown {
			t.Fatalf("transaction %+v lacks its value or operation", p.Tx)
		}
	}
	if p.Batch != nil {
		contents++
		if len(p.Batch) < 2 {
			t.Fatalf("a batch of %d", len(p.Batch))
		}
		for _, c := range p.Batch {
			if c.Value == nil || c.Operation > 1 {
				t.Fatalf("call %+v", c)
			}
		}
	}
	if p.HashOnly != nil {
		contents++
	}
	if m := p.Message; m != nil {
		contents++
		checkMessage(t, m)
	}
	if contents != 1 {
		t.Fatalf("%d contents in %+v", contents, p)
	}
	if dialectByName(p.Dialect) == nil || p.Chain != nil && p.Chain.IsZero() {
		t.Fatalf("dialect %q, chain %v", p.Dialect, p.Chain)
	}
	if len(p.Claims.Confirmations) > maxConfirmations || len(p.Claims.Owners) > maxOwners || len(p.Facts) > maxFacts {
		t.Fatal("claims beyond their limits")
	}
	for _, fact := range p.Facts {
		if !printable(fact) || len(fact) > 4000 {
			t.Fatalf("fact %q is not plain text of bounded length", fact)
		}
	}
	if n := p.Claims.Nested; n != nil {
		checkProposal(t, n)
	}
	for _, c := range p.Claims.Hashes {
		if c.Field == "" || c.Kind == HashUnknown {
			t.Fatalf("claimed hash %+v", c)
		}
	}
}

func checkMessage(t *testing.T, m *Message) {
	t.Helper()
	if m.Exact && (m.Kind == MessageUnknown || m.Kind == MessageTyped && (m.Typed == nil || m.Typed.Hashes == nil) || m.Kind == MessageBytes && m.Bytes == nil) {
		t.Fatalf("message %+v is called exact", m)
	}
	if (m.Kind == MessageOperation) != (m.Operation != nil) || len(m.Authorizations) > maxAuthorizations || len(m.Beside) > 8 {
		t.Fatalf("message %+v", m)
	}
	for _, a := range m.Authorizations {
		if m.Exact && a.ChainID == nil || a.Signed && (a.R == nil || a.S == nil) {
			t.Fatalf("authorization %+v", a)
		}
	}
	for _, p := range m.Beside {
		checkProposal(t, p)
	}
}

// FuzzNumber: what is read as a number prints as the same text again, up to the
// zeros that lead a hex number.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"0", "10", "010", "-1", "1e18", "0x10", "0x", " 1", "1_0", "", "\u0661"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, p := parseNumber(s, asText|asHex)
		if (n == nil) == (p == nil) {
			t.Fatalf("%q: %v, %v", s, n, p)
		}
		if n == nil {
			return
		}
		if s[0] != '0' || len(s) == 1 {
			if n.Dec() != s {
				t.Fatalf("%q reads as %s", s, n.Dec())
			}
			return
		}
		digits := bytes.TrimLeft([]byte(s[2:]), "0")
		want := new(uint256.Int)
		if len(digits) > 0 && want.SetFromHex("0x"+string(bytes.ToLower(digits))) != nil || !want.Eq(n) {
			t.Fatalf("%q reads as %s", s, n.Dec())
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"service", "gateway", "typed-data", "tx-builder", "calldata"} {
		raw := []byte(samples[name])
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if res, err := Parse(raw, testOptions); err != nil || res.Proposal == nil {
					b.Fatal(codes(res), err)
				}
			}
		})
	}
}
