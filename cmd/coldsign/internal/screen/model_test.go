package screen

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// sample is a verified report as the review gets it.
func sample() *report.Report {
	return &report.Report{
		Command: "sign", File: "pay.json", Dialect: "service", Verdict: report.Verified, Summary: "all agree",
		Safe:    report.Safe{Address: "0x849D52316331967b6fF1198e5E32A0eB168D039d", Chain: "1", Version: "1.3.0"},
		Tx:      &report.Tx{To: "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3", Value: "30000000000000000000000", Data: "0x", Operation: "CALL", SafeTxGas: "0", BaseGas: "0", GasPrice: "0", GasToken: "0x0000000000000000000000000000000000000000", RefundReceiver: "0x0000000000000000000000000000000000000000", Nonce: "71"},
		Hashes:  &report.Hashes{Domain: "0xb3ded2bdbff5db1a87f6d551fa256e9f2bd6517a3bb84f4c2ea863fb3a559622", Message: "0xea68fc75e93bf7286b1257680ca8e2033bfadd8e1cb8a23f3ca18f1031ecf1e0", SafeTx: "0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8"},
		Tree:    []report.Call{{Operation: "CALL", To: "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3", Value: "30000000000000000000000"}},
		Effects: []report.Effect{{Kind: "transfer", Text: "send 30000 ETH to 0x88a1 4933 66D4 8225 fc3c EFbd ae9e Bb23 E323 Ade3 (\"hot-wallet\" in your policy)", Declared: true, Fact: true}},
		Intent:  &report.Intent{Origin: "--intent", Matched: true, Lines: []report.IntentLine{{Declared: "send 30000 ETH", Decoded: "send 30000 ETH", Equal: true}}},
		Journal: &report.Journal{Length: 7, Head: strings.Repeat("ab", 32), Identity: strings.Repeat("cd", 16)},
		Digests: []report.Digest{{Name: "payload", SHA256: strings.Repeat("12", 32)}},
	}
}

func long() *report.Report {
	r := sample()
	r.Asks = []report.Ask{{What: "the amount of effect 1", Text: "30000 ETH"}, {What: "the recipient of effect 1", Text: "hot-wallet"}, {What: "the contract of effect 2", Address: "0x96221423681A6d52E184D440a8eFCEbB105C7242"}}
	return r
}

func reviewOf(t testing.TB, r *report.Report, p Profile) *Review {
	t.Helper()
	v, err := NewReview(r, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// seeded picks as a seed says.
func seeded(seed uint64) func(int) int {
	r := rand.New(rand.NewPCG(seed, 21))
	return r.IntN
}

// toQuestions reads to the end.
func toQuestions(t testing.TB, m Model) Model {
	t.Helper()
	for n := 0; m.State() == Reading; n++ {
		if n > 1000 {
			t.Fatal("no end of pages")
		}
		m, _ = m.Line("")
	}
	return m
}

// answers are the right ones of the round that is asked for.
func answers(m Model) []string {
	var out []string
	for _, q := range m.rounds[m.tries] {
		out = append(out, q.want)
	}
	return out
}

// TestConfirmed: every page, then every answer, and nothing less.
func TestConfirmed(t *testing.T) {
	for p := Ledger; p < profileCount; p++ {
		for _, r := range []*report.Report{sample(), long()} {
			m, _ := reviewOf(t, r, p).Begin(seeded(uint64(p)))
			m = toQuestions(t, m)
			all := answers(m)
			hex := 0
			for i, a := range all {
				if m.Confirmed() {
					t.Fatalf("%s: confirmed after %d of %d answers", p, i, len(all))
				}
				if !m.rounds[0][i].text {
					hex += len(a)
				}
				m, _ = m.Line(" 0X" + strings.ToUpper(a[:1]) + " " + a[1:] + "\t")
				if m.rounds[0][i].text && m.tries == 0 {
					t.Errorf("%s: an amount or name was taken with other capitals", p)
				} else if m.rounds[0][i].text {
					m = Model{review: m.review, state: Asking, rounds: m.rounds, asked: i}
					m, _ = m.Line(a)
				}
			}
			if !m.Confirmed() || m.Prompt() != "" {
				t.Errorf("%s: state %d after every right answer", p, m.State())
			}
			if hex < 16 {
				t.Errorf("%s: %d hex digits were asked for, want 16 or more", p, hex)
			}
		}
	}
}

// TestWrongTwice: one error is a typing error; the second refuses for good, and the
// round after an error asks for other digits.
func TestWrongTwice(t *testing.T) {
	for seed := range uint64(50) {
		m, _ := reviewOf(t, long(), Ledger).Begin(seeded(seed))
		m = toQuestions(t, m)
		first := answers(m)
		for _, a := range first[:seed%uint64(len(first))] {
			m, _ = m.Line(a)
		}
		m, lines := m.Line("0000")
		if m.State() != Asking || m.asked != 0 || !strings.Contains(strings.Join(lines, " "), "WRONG") {
			t.Fatalf("after one error: state %d, %d asked", m.State(), m.asked)
		}
		if strings.Join(answers(m), " ") == strings.Join(first, " ") {
			t.Error("the second round asks for the same digits")
		}
		again, lines := m.Line("ffff")
		if again.State() != Refused || !strings.Contains(strings.Join(lines, " "), "REFUSED") {
			t.Fatalf("after two errors: state %d", again.State())
		}
		for _, a := range append(answers(m), first...) {
			if again, _ = again.Line(a); again.State() != Refused {
				t.Fatal("a review that was refused went on")
			}
		}
		for _, a := range answers(m) {
			m, _ = m.Line(a)
		}
		if !m.Confirmed() {
			t.Error("the second round, answered right, does not confirm")
		}
	}
}

// TestNothingElseConfirms throws lines at the model, the right answers of other rounds,
// other transactions and other orders among them. Only a whole round of right answers,
// one after the other, may lead to Confirmed; the test follows what was typed by itself.
func TestNothingElseConfirms(t *testing.T) {
	confirmed, refused, stopped := 0, 0, 0
	for seed := range uint64(6000) {
		pick := seeded(seed)
		r := []*report.Report{sample(), long()}[seed%2]
		profile := Profile(1 + pick(int(profileCount)-1))
		m, _ := reviewOf(t, r, profile).Begin(seeded(seed * 7))
		other, _ := reviewOf(t, long(), profile).Begin(seeded(seed*7 + 1))
		right, round := 0, 0 // how many answers of this round were right in a row
		for range 60 {
			wasAsking := m.State() == Asking
			line := throw(m, other, pick)
			want := ""
			if wasAsking {
				want = m.rounds[round][right].want
			}
			exact := strings.EqualFold(strings.Join(strings.Fields(line), ""), strings.Join(strings.Fields(want), "")) && want != ""
			next, _ := m.Line(line)
			switch {
			case next.Confirmed() && !m.Confirmed():
				if !wasAsking || !exact || right != len(m.rounds[round])-1 {
					t.Fatalf("seed %d: confirmed by %q after %d right answers of %d", seed, line, right, len(m.rounds[round]))
				}
			case wasAsking && exact && next.State() == Asking && next.tries == round:
				right++
			case wasAsking && strings.TrimSpace(line) != "":
				right, round = 0, round+1
			}
			if m = next; m.Prompt() == "" {
				break
			}
		}
		switch m.State() {
		case Confirmed:
			confirmed++
		case Refused:
			refused++
		case Stopped:
			stopped++
		}
	}
	if confirmed < 100 || refused < 100 || stopped < 100 {
		t.Errorf("%d confirmed, %d refused, %d stopped: the lines are no test", confirmed, refused, stopped)
	}
}

// throw is a line of the kinds that people and scripts type.
func throw(m, other Model, pick func(int) int) string {
	if m.State() == Reading {
		return []string{"", "", "", "", "", "", "", "", "", "", "", "", "b", "y", "yes", " ", "q"}[pick(17-pick(2))]
	}
	all := m.rounds[m.tries]
	switch pick(40) {
	case 0:
		return ""
	case 1:
		return []string{"y", "yes", "Y", "ok", "0x", "0000", "\x00", strings.Repeat("a", 2000), "--yes", "q", "\x1b[A"}[pick(11)]
	case 2:
		return other.rounds[pick(2)][pick(len(other.rounds[0]))].want
	case 3:
		return all[pick(len(all))].want
	case 4:
		return m.rounds[1-m.tries][pick(len(all))].want
	case 5:
		w := all[m.asked].want
		return w[:len(w)-1]
	case 6:
		return all[m.asked].want + "0"
	}
	return all[m.asked].want
}

// TestZero: a model and a review that nobody made are refusals.
func TestZero(t *testing.T) {
	var m Model
	if m.State() != Refused || m.Confirmed() || m.Prompt() != "" {
		t.Error("the zero model is no refusal")
	}
	for _, line := range []string{"", "0000", "q"} {
		if m, _ = m.Line(line); m.State() != Refused {
			t.Error("the zero model goes on")
		}
	}
	for name, change := range map[string]func(*report.Report){
		"not verified":  func(r *report.Report) { r.Verdict = report.NoObjection },
		"refused":       func(r *report.Report) { r.Verdict = report.Refused },
		"without hash":  func(r *report.Report) { r.Hashes = nil },
		"half a hash":   func(r *report.Report) { r.Hashes.Message = "0x12" },
		"no hex":        func(r *report.Report) { r.Hashes.Domain = "0x" + strings.Repeat("g", 64) },
		"without field": func(r *report.Report) { r.Tx = nil },
	} {
		r := sample()
		change(r)
		if _, err := NewReview(r, Ledger, Options{}); err == nil {
			t.Errorf("%s: it is reviewed", name)
		}
	}
	for _, p := range []Profile{ProfileUnknown, profileCount, 200} {
		if _, err := NewReview(sample(), p, Options{}); err == nil || p.String() != "" {
			t.Errorf("profile %d reviews", p)
		}
	}
	if _, err := NewReview(nil, Ledger, Options{}); err == nil {
		t.Error("nothing is reviewed")
	}
}

// TestQuestionsHideTheirAnswers: what is to be typed is not on the page that asks for
// it, nor on the screen above it.
func TestQuestionsHideTheirAnswers(t *testing.T) {
	for seed := range uint64(300) {
		v, err := NewReview(long(), Profile(1+seed%uint64(profileCount-1)), Options{Height: 30})
		if err != nil {
			t.Fatal(err)
		}
		m, _ := v.Begin(seeded(seed))
		var lines []string
		for m.State() == Reading {
			m, lines = m.Line("")
		}
		for i := range 120 {
			if lines[i] != "" {
				t.Fatalf("line %d above the question is %q", i, lines[i])
			}
		}
		for _, a := range answers(m) {
			page := strings.Join(lines, " ")
			if strings.Contains(page, a) {
				t.Errorf("%q stands on the page that asks for it: %s", a, page)
			}
			if m, lines = m.Line(a); m.State() == Asking && m.tries > 0 {
				t.Fatal("a right answer was taken for a wrong one")
			}
		}
	}
}

// TestEveryLineIsShown: reading to the end shows each line of each page once, in order,
// and b shows the one before again.
func TestEveryLineIsShown(t *testing.T) {
	r := long()
	for i := range 200 {
		r.Facts = append(r.Facts, strings.Repeat("fact ", i%30))
	}
	for _, height := range []int{1, 10, 24, 60, 1000} {
		v, err := NewReview(r, Keystone, Options{Height: height})
		if err != nil {
			t.Fatal(err)
		}
		m, lines := v.Begin(seeded(1))
		var got []string
		for n := 0; m.State() == Reading; n++ {
			got = append(got, lines[2:]...)
			if n == 3 {
				_, before := m.Line("b")
				back, _ := m.Line("b")
				if _, again := back.Line(""); strings.Join(again, "\n") != strings.Join(lines, "\n") || strings.Join(before, "\n") == strings.Join(lines, "\n") {
					t.Error("b and Enter do not lead back")
				}
			}
			m, lines = m.Line("")
		}
		var want []string
		for _, p := range v.pages {
			want = append(want, p.Lines...)
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("height %d: %d lines were shown, want %d", height, len(got), len(want))
		}
	}
}

// TestShownIsWhatIsApproved: the text whose digest is approved holds every line.
func TestShownIsWhatIsApproved(t *testing.T) {
	v := reviewOf(t, long(), Ledger)
	for _, p := range v.pages {
		for _, l := range p.Lines {
			if !bytes.Contains(v.Text(), []byte(l+"\n")) {
				t.Errorf("the line %q is not in the text", l)
			}
		}
	}
	other := reviewOf(t, sample(), Ledger)
	other.pages[0].Lines[0] += " "
	if other.Digest() == reviewOf(t, sample(), Ledger).Digest() {
		t.Error("a changed line has the same digest")
	}
}

// FuzzLine: no line panics, confirms without the answers, or is written back to the
// terminal.
func FuzzLine(f *testing.F) {
	f.Add("\n\n\n", uint64(1))
	f.Add("b\nq\n", uint64(2))
	f.Add("\x1b[2J\n0000\nffff", uint64(3))
	f.Fuzz(func(t *testing.T, typed string, seed uint64) {
		m, _ := reviewOf(t, long(), Profile(1+seed%uint64(profileCount-1))).Begin(seeded(seed))
		for _, line := range strings.Split(typed, "\n") {
			var lines []string
			m, lines = m.Line(line)
			for _, l := range lines {
				if strings.Trim(l, " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") != "" {
					t.Fatalf("a line that is not printable ASCII: %q", l)
				}
			}
		}
		if m.Confirmed() {
			for _, a := range append(answers(m), "ETH") {
				if !strings.Contains(strings.ToLower(strings.Join(strings.Fields(typed), "")), strings.ToLower(strings.ReplaceAll(a, " ", ""))) {
					t.Fatalf("confirmed without %q", a)
				}
			}
		}
	})
}
