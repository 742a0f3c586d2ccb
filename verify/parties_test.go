package verify

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

// said writes the parties of a report in one line each, by the first digits of the
// address.
func said(rep *report.Report) []string {
	var out []string
	for _, p := range rep.Parties {
		var gets, may []string
		for _, t := range p.Gets {
			gets = append(gets, t.Text)
		}
		for _, m := range p.Also {
			may = append(may, strings.ReplaceAll(m, report.GroupHex(p.Address), "it"))
		}
		new := ""
		if p.New {
			new = " new"
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s%s gets %s; %s", p.Address[:6], new, strings.Join(gets, " + "), strings.Join(may, " + "))))
	}
	return out
}

// TestParties: amounts add up for each account and asset, rights stand beside them, and
// what is no favour makes no party.
func TestParties(t *testing.T) {
	const usdc = " base units of token 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48)"
	for _, tt := range []struct {
		name, actions string
		want          []string
	}{
		{"one payment", "  - send: {amount: 1 ETH, to: \"$A\"}\n", []string{"0x7099 gets 1 ETH (1000000000000000000 wei);"}},
		{"sums by account and asset",
			"  - send: {amount: 1 ETH, to: \"$A\"}\n  - transfer: {token: \"$USDC\", amount: \"2 USDC\", to: \"$B\"}\n  - send: {amount: 2 ETH, to: \"$A\"}\n  - transfer: {token: \"$USDC\", amount: \"3 USDC\", to: \"$A\"}\n",
			[]string{"0x7099 gets 3 ETH (3000000000000000000 wei) + 3 USDC (3000000" + usdc + ";", "0x3C44 gets 2 USDC (2000000" + usdc + ";"}},
		{"rights", "  - approve: {token: \"$USDC\", amount: \"100 USDC\", spender: \"$C\"}\n  - approve: {token: \"$USDC\", amount: unlimited, spender: \"$C\"}\n",
			[]string{"0x90F7 gets ; allow it to spend 100 USDC (100000000" + usdc + " + allow it to spend without limit from token 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48 (USDC token) (2^256-1 base units)"}},
		{"a right that is taken away", "  - revoke: {token: \"$USDC\", spender: \"$C\"}\n", nil},
		{"a change of owners", "  - add-owner: {owner: \"$A\", threshold: 3}\n", nil},
		{"tokens of a third party", "  - transfer: {token: \"$USDC\", amount: \"5 raw\", from: \"$B\", to: \"$A\"}\n", []string{"0x7099 gets ; move 0.000005 USDC (5" + usdc + " from 0x3C44 CdDd B6a9 00fa 2b58 5dd2 99e0 3d12 FA42 93BC to it"}},
		{"what another Safe pays", "  - exec-nested: {signatures: own, version: \"1.3.0\", intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 4, actions: [{send: {amount: \"1 ETH\", to: \"$B\"}}]}}\n", nil},
		{"a single token", "  - transfer: {token: \"$C\", standard: erc721, id: 7, to: \"$A\"}\n", []string{"0x7099 gets ; send token 7 of 0x90F7 9bf6 EB2c 4f87 0365 E785 982E 1f10 1E93 b906 to it"}},
		{"nothing", "  - reject: {}\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rep := answer(t, proposed(t, intentText("", tt.actions), "1.4.1", nil))
			if rep.Verdict != report.Verified {
				t.Fatalf("%s: %s", rep.Verdict, rep.Summary)
			}
			if diff := cmp.Diff(tt.want, said(rep)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func marked(rep *report.Report) []string {
	var out []string
	for _, m := range rep.Marks {
		if m.Code == "FIRST_TIME_COUNTERPARTY" {
			out = append(out, m.Text)
		}
	}
	return out
}

// TestFirstTime: an account is new until an approval of this Safe stands in the journal,
// and a policy that names others says that it does not name this one.
func TestFirstTime(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	run := func(nonce int, actions string, change func(Request) Request) *report.Report {
		t.Helper()
		raw := strings.Replace(string(intentText("", actions)), "nonce: 71", fmt.Sprint("nonce: ", nonce), 1)
		req := proposed(t, []byte(raw), "1.4.1", nil)
		req.Journal, req.Now, req.Program = j, now, "v1"
		if change != nil {
			req = change(req)
		}
		rep := answer(t, req)
		if rep.Verdict != report.Verified {
			t.Fatalf("%s: %s", rep.Verdict, rep.Summary)
		}
		return rep
	}
	const toA, toB = "  - send: {amount: 1 ETH, to: \"$A\"}\n", "  - send: {amount: 1 ETH, to: \"$B\"}\n"
	first := run(71, toA, nil)
	if len(marked(first)) != 0 || first.Parties[0].New || !slices.ContainsFunc(first.Facts, func(s string) bool { return strings.Contains(s, "remembers no earlier approval of this Safe") }) {
		t.Errorf("an empty journal: %v, %+v, %q", marked(first), first.Parties, first.Facts)
	}
	if again := run(71, toA, nil); len(marked(again)) != 0 || again.Parties[0].New {
		t.Errorf("the same transaction made itself known: %+v", again.Parties)
	}
	both := run(72, toA+toB, nil)
	if got := marked(both); len(got) != 1 || !strings.Contains(got[0], "of the 2 accounts paid or allowed to spend, 1 stands in no earlier approval of this Safe on this machine (1 earlier approval): 0x3C44 ") {
		t.Errorf("a new one: %q", got)
	}
	if both.Parties[0].New || !both.Parties[1].New || !strings.Contains(both.Parties[0].Notes[0], "last on 2026-03-01") {
		t.Errorf("%+v", both.Parties)
	}
	if later := run(73, toB, nil); len(marked(later)) != 0 || later.Parties[0].New {
		t.Errorf("known by now: %v %+v", marked(later), later.Parties)
	}
	const toC = "  - send: {amount: 1 ETH, to: \"$C\"}\n"
	named := func(req Request) Request { return policyRequest(req, "") }
	got := marked(run(74, toA+toC, named))
	if len(got) != 2 || !strings.Contains(got[1], "1 has no name in your policy") || !strings.Contains(got[1], ": 0x90F7 ") {
		t.Errorf("with a policy: %q", got)
	}
	if got := marked(run(75, toA, named)); len(got) != 0 {
		t.Errorf("named in the policy: %q", got)
	}
}
