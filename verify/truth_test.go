package verify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// believed is a hostile form with what its signers believed: the honest twin, whose
// intent is the true intent of the form.
type believed struct{ form, twin fixtures.Vector }

func (b believed) id() string { return b.form.Technique + b.form.Incident }

// recordTwins are the twins of the incidents whose records are kept as published.
var recordTwins = map[string]string{"bybit": "bybit/shown.near", "wazirx": "wazirx/shown.near", "radiant": "radiant/routine.near"}

// records are the published records of incidents, honest ones among them.
func records(t *testing.T) []fixtures.Vector {
	t.Helper()
	var out []fixtures.Vector
	for _, v := range recorded(t) {
		if v.Near() || v.Intent == nil {
			out = append(out, v)
		}
	}
	payload := out[0]
	for _, name := range []string{"bybit/collected-over-payload.json", "bybit/exec-transaction.hex"} {
		v := payload
		v.Name, v.Payload = strings.Split(name, ".")[0], read(t, "incidents/"+name)
		out = append(out, v)
	}
	for i := range out {
		if folder, _, _ := strings.Cut(out[i].Name, "/"); !out[i].Near() {
			out[i].Twin = recordTwins[folder]
		}
	}
	for n := 65; n < 70; n++ {
		v := payload
		v.Name, v.Payload, v.Intent = fmt.Sprintf("bybit/history-%d.near", n), read(t, fmt.Sprintf("incidents/bybit/history-%d.json", n)), read(t, fmt.Sprintf("incidents/bybit/history-%d.intent.yaml", n))
		out = append(out, v)
	}
	return out
}

// cases returns every hostile form with its twin, and every honest neighbour, in the
// order of their names.
func cases(t *testing.T) (forms []believed, near []fixtures.Vector) {
	t.Helper()
	techniques, err := fixtures.Techniques()
	if err != nil {
		t.Fatal(err)
	}
	incidents, err := fixtures.Incidents()
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Concat(techniques, incidents, records(t))
	slices.SortStableFunc(all, func(a, b fixtures.Vector) int {
		return strings.Compare(a.Technique+a.Incident+" "+a.Name, b.Technique+b.Incident+" "+b.Name)
	})
	honest := map[string]fixtures.Vector{}
	for _, v := range all {
		if v.Near() {
			honest[v.Name], near = v, append(near, v)
		}
	}
	for _, v := range all {
		if v.Near() {
			continue
		}
		b := believed{v, honest[v.Twin]}
		if b.twin.Intent == nil || b.twin.Technique+b.twin.Incident != b.id() {
			t.Fatalf("%s: %q is no neighbour of it with an intent", v.Name, v.Twin)
		}
		for _, key := range []string{"chain", "safe"} {
			if own := v.Given[key]; own != "" && !strings.EqualFold(own, strings.Trim(headerOf(t, b.twin.Intent, key), `"`)) {
				t.Fatalf("%s: %s is of another %s", v.Name, v.Twin, key)
			}
		}
		forms = append(forms, b)
	}
	return forms, near
}

// asked is how a signer asks who believes in the twin: with its intent, and with
// chain, Safe and nonce as it has them. The version and whatever he knows beside are
// those of the form.
func (b believed) asked(t *testing.T) verify.Request {
	t.Helper()
	theirs, req := honestly(t, b.twin), vectorRequest(t, b.form)
	req.Mode, req.Intent = verify.ModeVerify, b.twin.Intent
	req.Given.Chain, req.Given.Safe, req.Given.Nonce = theirs.Given.Chain, theirs.Given.Safe, theirs.Given.Nonce
	if req.Given.Version.IsZero() {
		req.Given.Version = theirs.Given.Version
	}
	return req
}

// unaided is the same of somebody who gives nothing but the intent and the version,
// and knows nothing beside.
func (b believed) unaided(t *testing.T) verify.Request {
	t.Helper()
	req := b.asked(t)
	req.Given = verify.Given{Version: req.Given.Version}
	req.AddressBook, req.Lists = nil, nil
	return req
}

// honestly asks of a neighbour what it was meant to be.
func honestly(t *testing.T, v fixtures.Vector) verify.Request {
	t.Helper()
	req := vectorRequest(t, v)
	req.Mode = verify.ModeVerify
	if v.Intent != nil {
		req.Given.Nonce = uint256.MustFromDecimal(headerOf(t, v.Intent, "nonce"))
		account := common.HexToAddress(strings.Trim(headerOf(t, v.Intent, "safe"), `"`))
		req.Given.Safe = &account
	}
	return req
}

func headerOf(t *testing.T, intent []byte, key string) string {
	t.Helper()
	for line := range strings.Lines(string(intent)) {
		if s, ok := strings.CutPrefix(line, key+": "); ok {
			return strings.TrimSpace(s)
		}
	}
	t.Fatalf("no %s in %q", key, intent)
	return ""
}

// firstRefusal is the earliest stage with a finding that refuses, or "verified".
func firstRefusal(rep *report.Report) string {
	if rep.Verdict == report.Verified {
		return rep.Verdict.String()
	}
	first := report.StageUnknown
	for _, f := range rep.Findings {
		if f.Refuses() && (first == report.StageUnknown || f.Stage < first) {
			first = f.Stage
		}
	}
	return first.String()
}

// differing returns the first line of the comparison that is not equal.
func differing(rep *report.Report) (report.IntentLine, bool) {
	if rep.Intent == nil {
		return report.IntentLine{}, false
	}
	i := slices.IndexFunc(rep.Intent.Lines, func(l report.IntentLine) bool { return !l.Equal })
	if i < 0 {
		return report.IntentLine{}, false
	}
	return rep.Intent.Lines[i], true
}

// sameAct reports whether two reports are about the same transaction of the same
// Safe: every field that is hashed is known and equal.
func sameAct(a, b *report.Report) bool {
	if a.Tx == nil || b.Tx == nil {
		return false
	}
	x, y := *a.Tx, *b.Tx
	x.Provenance, y.Provenance = nil, nil
	return fmt.Sprintf("%q", x) == fmt.Sprintf("%q", y) && a.Safe.Address == b.Safe.Address && a.Safe.Chain == b.Safe.Chain
}

// How a form stands to its true intent. What is read and decoded and is another
// transaction has to mismatch, and nothing else may.
const (
	differs = "+" // INTENT_MISMATCH, and a line sets declared against decoded
	around  = "~" // INTENT_MISMATCH: each call is as declared, the bytes around them are not
	opaque  = "!" // INTENT_MISMATCH: there are no calls to compare with
	unread  = "-" // there are no fields to compare with
	same    = "=" // the transaction is the one that was believed
)

// stands says how, from the report, and what contradicts that in it.
func stands(rep, honest *report.Report) (how string, wrong []string) {
	_, lines := differing(rep)
	mismatch := slices.Contains(codesOf(rep), "INTENT_MISMATCH")
	must := true
	switch {
	case sameAct(rep, honest):
		how, must = same, false
	case rep.Tx == nil && !mismatch:
		how, must = unread, false
	case rep.Tx == nil || len(rep.Tree) == 0:
		how = opaque
	case lines:
		how = differs
	default:
		how = around
	}
	if mismatch != must {
		wrong = append(wrong, fmt.Sprintf("INTENT_MISMATCH is there: %v, want %v", mismatch, must))
	}
	if lines != (how == differs) {
		wrong = append(wrong, fmt.Sprintf("a line differs: %v, and the form is %q", lines, how))
	}
	if how == differs && !namesBoth(rep) {
		wrong = append(wrong, "no INTENT_MISMATCH names what is declared and what is decoded")
	}
	return how, wrong
}

// namesBoth demands a finding that holds the words of both sides of a line.
func namesBoth(rep *report.Report) bool {
	line, _ := differing(rep)
	return slices.ContainsFunc(rep.Findings, func(f report.Finding) bool {
		both := strings.Contains(f.Message, "declared") && (strings.Contains(f.Message, "decoded") || strings.Contains(f.Message, "the proposal has"))
		_, decoded, _ := strings.Cut(line.Decoded, " ") // without the name of a field of the header
		return f.Code == "INTENT_MISMATCH" && both && strings.Contains(f.Message, line.Declared) && strings.Contains(f.Message, decoded)
	})
}

// TestTruth judges every hostile form with what its signers believed, and demands
// that what they believed is verified. The lists say what is refused before the
// intent is reached, and fail where they are longer than needed.
func TestTruth(t *testing.T) {
	forms, near := cases(t)
	honest, got, order := map[string]*report.Report{}, map[string][]string{}, []string{}
	for _, v := range near {
		honest[v.Name] = answer(t, honestly(t, v))
	}
	counts, at := map[string]int{}, map[string]int{}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CASE\tFORM\tREFUSED AT\tINTENT_MISMATCH\tFIRST DIFFERENCE\tTWIN\tIS")
	for _, x := range forms {
		rep := answer(t, x.asked(t))
		how, wrong := stands(rep, honest[x.twin.Name])
		for _, s := range wrong {
			t.Errorf("%s: %s; findings %v", x.form.Name, s, codesOf(rep))
		}
		if got[x.id()] == nil {
			order = append(order, x.id())
		}
		stage := firstRefusal(rep)
		got[x.id()] = append(got[x.id()], stage+how)
		counts[how], at[stage] = counts[how]+1, at[stage]+1
		x.unmoved(t, rep, how)
		fmt.Fprintf(w, "%s\t%s\t%s\t%v\t%s\t%s\t%s\n", x.id(), x.form.Name, stage, slices.Contains(codesOf(rep), "INTENT_MISMATCH"), firstDifference(rep), x.twin.Name, honest[x.twin.Name].Verdict)
	}
	w.Flush()
	t.Logf("\n%s", b.String())
	t.Logf("%d cases, %d forms, by how they stand to the true intent %v, by the stage that refuses %v", len(order), len(forms), counts, at)
	listed(t, order, got)
	twins(t, near, honest)
}

// unmoved asks again without what the signer knows beside: a mismatch stays one,
// and what was refused for it is refused.
func (b believed) unmoved(t *testing.T, with *report.Report, how string) {
	t.Helper()
	rep := answer(t, b.unaided(t))
	if how == differs || how == around || how == opaque {
		if rep.Verdict != report.Refused || !slices.Contains(codesOf(rep), "INTENT_MISMATCH") {
			t.Errorf("%s: unaided it is %s with %v, want INTENT_MISMATCH", b.form.Name, rep.Verdict, codesOf(rep))
		}
		return
	}
	for _, code := range []string{"CHAIN_MISMATCH", "SAFE_ADDRESS_MISMATCH"} {
		if slices.Contains(codesOf(with), code) && !slices.Contains(codesOf(rep), code) && !slices.Contains(codesOf(rep), "INTENT_MISMATCH") {
			t.Errorf("%s: where chain and Safe are not given, the intent's are not compared: %s with %v", b.form.Name, rep.Verdict, codesOf(rep))
		}
	}
}

func firstDifference(rep *report.Report) string {
	l, ok := differing(rep)
	if !ok {
		for _, f := range rep.Findings {
			if f.Code == "INTENT_MISMATCH" {
				return abridged(f.Message)
			}
		}
		return ""
	}
	same := commonWords(l.Declared, l.Decoded)
	return abridged(l.Declared[same:]) + " | " + abridged(l.Decoded[same:])
}

// commonWords is the length of the words with which both begin.
func commonWords(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return strings.LastIndexByte(a[:n], ' ') + 1
}

func abridged(s string) string {
	if len(s) > 60 {
		return s[:57] + "..."
	}
	return s
}

// listed compares with the committed list, in both directions.
func listed(t *testing.T, order []string, got map[string][]string) {
	t.Helper()
	want := map[string]string{}
	for line := range strings.Lines(refusedAt) {
		if id, stages, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			want[id] = strings.TrimSpace(stages)
		}
	}
	for _, id := range order {
		have := runs(got[id])
		if have != want[id] {
			t.Errorf("the list says %q of %s, want %q", want[id], id, have)
		}
		delete(want, id)
		because := strings.Trim(have, "abcdefghijklmnopqrstuvwxyz *0123456789+") != ""
		if (early[id] != "") != because {
			t.Errorf("%s is %s, and the reason why that is no mismatch of calls is %q", id, have, early[id])
		}
	}
	for id := range want {
		t.Errorf("the list has %s, and no case is called so", id)
	}
	for id := range early {
		if got[id] == nil {
			t.Errorf("there is a reason for %s, and no case is called so", id)
		}
	}
}

// runs joins what is equal in a row: "risk+*2 intent+".
func runs(stages []string) string {
	var out []string
	for i := 0; i < len(stages); {
		n := 1
		for i+n < len(stages) && stages[i+n] == stages[i] {
			n++
		}
		if out = append(out, stages[i]); n > 1 {
			out[len(out)-1] += fmt.Sprintf("*%d", n)
		}
		i += n
	}
	return strings.Join(out, " ")
}

// twins demands that every neighbour is verified, but those of the list.
func twins(t *testing.T, near []fixtures.Vector, honest map[string]*report.Report) {
	t.Helper()
	verified := 0
	for _, v := range near {
		ok := honest[v.Name].Verdict == report.Verified
		if ok != (unsayable[v.Name] == "") {
			t.Errorf("%s is %s (%s), and the reason against it is %q", v.Name, honest[v.Name].Verdict, honest[v.Name].Summary, unsayable[v.Name])
		}
		if ok {
			verified++
		}
	}
	for name, why := range unsayable {
		if honest[name] == nil {
			t.Errorf("there is a reason against %s, and no neighbour is called so", name)
		}
		t.Logf("not verified: %s: %s", name, why)
	}
	t.Logf("%d of %d honest twins and neighbours are verified", verified, len(near))
}
