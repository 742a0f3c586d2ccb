package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// disputed are the codes that the attack catalogue expects and that its case does
// not earn, with the reason.
var disputed = map[string]string{
	"D03-approve-in-batch-lookalike UNLIMITED_APPROVAL": "3,047,000 USDC are an amount; what is wrong is who gets the right, and that is what LOOKALIKE_OF_KNOWN_ADDRESS says",
	"G02-case-variant-keys JSON_UNKNOWN_KEY":            "a plainly new key is a notice of that name; a variant of a known one has a code of its own, KEY_RESEMBLES_KNOWN, which refuses",
	"F18-empty-data-contract (none; must hash as 0x)":   "the words say that there is no code",
}

// milder are techniques whose rating no code of theirs carries: they are shown,
// and the verdict is another's.
var milder = map[string]string{
	"E05-no-chainid-replay": "a property of the Safe, said once; as an alarm on each transaction it would be noise",
	"E09-v1-approved-hash":  "v=1 is the honest form of an owner who executes; it counts as no signature, and a policy's minimum turns that into a refusal",
}

// outcome is what one form of a technique came to.
type outcome struct {
	fixtures.Vector
	check, strict, verify *report.Report
	bare                  *report.Report // neighbours: check without the intent
	missing               []string       // codes
	problems              []string       // everything else
}

func (o *outcome) fail(format string, args ...any) {
	o.problems = append(o.problems, fmt.Sprintf(format, args...))
}

// run judges one form in the three ways in which a signer can ask.
func run(t *testing.T, v fixtures.Vector) *outcome {
	t.Helper()
	req := vectorRequest(t, v)
	strict, full, bare := req, req, req
	strict.FailOn, full.Mode, bare.Intent = "high", verify.ModeVerify, nil
	o := &outcome{Vector: v, check: answer(t, req), strict: answer(t, strict), verify: answer(t, full), bare: answer(t, bare)}
	o.verdict("check", o.check, v.Verdict)
	o.verdict("strict", o.strict, v.Strict)
	o.verdict("verify", o.verify, v.Verify)
	if v.Stage != "" && o.check.Verdict == report.Refused && earliestRefusal(o.check) != report.ParseStage(v.Stage) {
		o.fail("the stage that refuses is %s, want %s", earliestRefusal(o.check), v.Stage)
	}
	if v.Hash != "" && (o.check.Hashes == nil || o.check.Hashes.SafeTx != v.Hash) {
		o.fail("the safeTxHash is not %s", v.Hash)
	}
	if v.Near() {
		o.quiet()
	} else {
		o.named()
	}
	return o
}

func (o *outcome) verdict(way string, rep *report.Report, want string) {
	if got := rep.Verdict.String(); got != want {
		o.fail("%s: got %s (%s), want %s", way, got, rep.Summary, want)
	}
}

// named demands the right codes, and that the refusal is by one of them: a
// refusal for another reason would hide a rule that does not work.
func (o *outcome) named() {
	for _, c := range o.Codes {
		if !slices.Contains(saidBy(o.check), c) {
			o.missing = append(o.missing, c)
		}
	}
	if o.Severity != "critical" && o.Severity != "high" {
		return
	}
	for _, rep := range []*report.Report{o.check, o.strict, o.verify} {
		if rep.Verdict == report.Refused {
			o.byName(rep)
		}
	}
}

// saidBy returns the codes of the findings and of the marks.
func saidBy(rep *report.Report) []string {
	codes := codesOf(rep)
	for _, m := range rep.Marks {
		codes = append(codes, m.Code)
	}
	return codes
}

func (o *outcome) byName(rep *report.Report) {
	for _, f := range rep.Findings {
		if f.Refuses() && slices.Contains(o.Codes, f.Code) {
			return
		}
	}
	o.fail("%s refuses, but by none of the codes: %v", rep.Command, codesOf(rep))
}

// quiet demands of an honest act that it raises nothing but what its intent
// declares, and at most one notice about the transaction.
func (o *outcome) quiet() {
	if got := distinct(severe(o.bare)); !slices.Equal(got, distinct(o.Declares)) {
		o.fail("without an intent it raises %v, want %v", got, o.Declares)
	}
	for _, rep := range []*report.Report{o.check, o.verify} {
		var notices []string
		for _, f := range rep.Findings {
			switch {
			case f.Severity == report.Notice && f.Scope != report.ScopeSafe:
				notices = append(notices, f.Code)
			case f.Severity != report.Notice && !f.Declared && !(rep == o.verify && o.Intent == nil):
				o.fail("%s: %s is not declared", rep.Command, f.Code)
			}
		}
		if len(notices) > 1 {
			o.fail("%s: %d notices, an honest transaction has at most one: %v", rep.Command, len(notices), notices)
		}
	}
}

func distinct(codes []string) []string {
	out := slices.Clone(codes)
	slices.Sort(out)
	return slices.Compact(out)
}

// TestTechniques runs the attack catalogue: every technique in several forms, and
// the nearest honest neighbour of each.
func TestTechniques(t *testing.T) {
	vectors, err := fixtures.Techniques()
	if err != nil {
		t.Fatal(err)
	}
	runAll(t, vectors, func(v fixtures.Vector) string { return v.Technique })
}

// group is one technique, or one incident.
type group struct {
	id          string
	forms, near []*outcome
}

func runAll(t *testing.T, vectors []fixtures.Vector, id func(fixtures.Vector) string, more ...func(*outcome)) {
	t.Helper()
	var groups []*group
	byID := map[string]*group{}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			o := run(t, v)
			for _, f := range more {
				f(o)
			}
			o.settle(t)
			g := byID[id(v)]
			if g == nil {
				g = &group{id: id(v)}
				byID[g.id], groups = g, append(groups, g)
			}
			if v.Near() {
				g.near = append(g.near, o)
			} else {
				g.forms = append(g.forms, o)
			}
		})
	}
	for _, g := range groups {
		g.rated(t)
		g.apart(t)
	}
	t.Logf("%d forms of %d cases\n%s", len(vectors), len(groups), table(groups))
}

// settle makes what a form lacks an error.
func (o *outcome) settle(t *testing.T) {
	for _, c := range o.missing {
		t.Errorf("%s is missing among %v", c, saidBy(o.check))
	}
	for _, p := range o.problems {
		t.Error(p)
	}
}

func (o *outcome) fine() bool { return len(o.missing)+len(o.problems) == 0 }

// rated compares a technique's rating with its verdicts: critical is refused by
// check in its first form, high by check that fails on high findings and by verify.
func (g *group) rated(t *testing.T) {
	if len(g.forms) == 0 {
		t.Errorf("%s has no hostile form", g.id)
		return
	}
	first := g.forms[0]
	if len(g.near) == 0 && len(first.Codes) > 0 {
		t.Errorf("%s has no honest neighbour", g.id)
	}
	if milder[g.id] != "" {
		return
	}
	switch {
	case first.Severity == "critical" && (first.Verdict != "refused" || first.Strict != "refused" || first.Verify != "refused"),
		first.Severity == "high" && (first.Strict != "refused" || first.Verify != "refused"):
		t.Errorf("%s is rated %s, and its first form expects %s, %s, %s", g.id, first.Severity, first.Verdict, first.Strict, first.Verify)
	}
}

// inherent are notices that an honest act of the same shape has too: a call of the
// Safe to itself is one, a message of the Safe, and a delegatecall to a published
// library.
var inherent = []string{"SELF_CALL", "EIP1271_MESSAGE", "KNOWN_DELEGATE_LIBRARY"}

// apart demands that the neighbours raise none of the technique's codes, notices
// included, but those that they declare.
func (g *group) apart(t *testing.T) {
	var codes []string
	for _, o := range g.forms {
		codes = append(codes, o.Codes...)
	}
	for _, o := range g.near {
		for _, c := range distinct(codesOf(o.check)) {
			if slices.Contains(codes, c) && !slices.Contains(o.Declares, c) && !slices.Contains(inherent, c) {
				t.Errorf("%s: the neighbour raises %s too", o.Name, c)
			}
		}
	}
}

// table is technique × codes × verdict, one line a form, with the neighbours behind.
func table(groups []*group) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CASE\tRATED\tCODES (! missing)\tCHECK\tFAIL-ON HIGH\tVERIFY\tNEIGHBOURS")
	for _, g := range groups {
		for i, o := range g.forms {
			neighbours := ""
			if i == 0 {
				neighbours = neighbourhood(g.near)
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", o.Name, o.Severity, strings.Join(o.marked(), " "), o.check.Verdict, o.strict.Verdict, o.verify.Verdict, neighbours)
		}
	}
	w.Flush()
	return b.String()
}

func (o *outcome) marked() []string {
	out := make([]string, len(o.Codes))
	for i, c := range o.Codes {
		if out[i] = c; !slices.Contains(saidBy(o.check), c) {
			out[i] = "!" + c
		}
	}
	return out
}

func neighbourhood(near []*outcome) string {
	var out []string
	for _, o := range near {
		word := o.verify.Verdict.String()
		if len(o.Declares) > 0 {
			word += " (declared: " + strings.Join(o.Declares, " ") + ")"
		}
		if !o.fine() {
			word = "TRIPS"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

// catalogued is one case of the attack catalogue's file.
type catalogued struct {
	ID       string   `json:"id"`
	Flags    []string `json:"expected_flags"`
	Severity string   `json:"severity"`
	Vector   *struct {
		Hash string `json:"expectedSafeTxHash"`
	} `json:"vector"`
}

// TestTechniquesAreComplete compares our forms with the attack catalogue's file:
// each case, its rating, its codes and the hash of its vector are there.
func TestTechniquesAreComplete(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the forms were NOT compared with the attack catalogue")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "techniques.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Techniques []catalogued }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	vectors, err := fixtures.Techniques()
	if err != nil {
		t.Fatal(err)
	}
	codes, hashes := map[string][]string{}, map[string][]string{}
	severity := map[string]string{}
	for _, v := range vectors {
		if v.Near() {
			continue
		}
		codes[v.Technique], hashes[v.Technique] = append(codes[v.Technique], v.Codes...), append(hashes[v.Technique], v.Hash)
		severity[v.Technique] = v.Severity
	}
	published := 0
	for _, k := range file.Techniques {
		if severity[k.ID] != k.Severity {
			t.Errorf("%s: rated %q, want %q", k.ID, severity[k.ID], k.Severity)
		}
		for _, c := range k.Flags {
			if !slices.Contains(codes[k.ID], c) && disputed[k.ID+" "+c] == "" {
				t.Errorf("%s: no form expects %s", k.ID, c)
			}
		}
		if k.Vector != nil && k.Vector.Hash != "" {
			published++
			if !slices.Contains(hashes[k.ID], k.Vector.Hash) {
				t.Errorf("%s: no form has the published hash %s", k.ID, k.Vector.Hash)
			}
		}
	}
	t.Logf("%d techniques, %d published hashes, %d files", len(file.Techniques), published, len(vectors))
	if len(file.Techniques) < 83 {
		t.Errorf("the attack catalogue has %d techniques, want at least 83", len(file.Techniques))
	}
}
