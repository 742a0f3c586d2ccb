package verify_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const (
	batchNonce     = 71
	wantBatches    = 40       // that verify
	wantOwners     = 4        // organisations that they are from
	wantApplicable = 20       // batches to which each mutation applies
	mostVariants   = 10       // of one mutation of one batch, at least two
	mostBytes      = 20 << 10 // of proposals for one mutation of one batch, above two
)

// batchCase is a batch with an intent made of its words.
type batchCase struct {
	*batchFile
	given   verify.Given
	library common.Address
	intent  string
	calls   []wireCall
	tx      wireTx
}

// newBatchCase gives what the signer gives: chain, Safe and version. The library
// is the default of the version, and is named where there is none.
func newBatchCase(b *batchFile) (*batchCase, error) {
	chain, err := uint256.FromDecimal(b.chain())
	if err != nil {
		return nil, fmt.Errorf("chain %q: %w", b.chain(), err)
	}
	theSafe := b.safe()
	c := &batchCase{batchFile: b, given: verify.Given{Chain: chain, Safe: &theSafe}}
	named := c.chooseLibrary()
	if c.intent, err = b.words(named); err != nil {
		return nil, err
	}
	if c.calls, err = b.wireCalls(); err != nil {
		return nil, err
	}
	c.tx = wire(c.library, c.calls)
	return c, nil
}

func (c *batchCase) chooseLibrary() (named string) {
	for _, v := range []safe.Version{{Major: 1, Minor: 4, Patch: 1}, {Major: 1, Minor: 3}} {
		c.given.Version = v
		if lib, ok := catalogue.DefaultMultiSendCallOnly(c.given.Chain.Uint64(), v.String()); ok {
			c.library = lib
			return ""
		}
	}
	c.library = common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D")
	return c.library.Hex()
}

func (c *batchCase) name() string { return filepath.Base(c.path) }

func (c *batchCase) verify(payload []byte) verify.Request {
	return verify.Request{Mode: verify.ModeVerify, File: c.name(), Input: payload, Given: c.given, Intent: []byte(c.intent), IntentOrigin: "--intent"}
}

// check knows nothing but the two files.
func (c *batchCase) check(payload []byte) verify.Request {
	return verify.Request{Mode: verify.ModeCheck, File: c.name(), Input: payload, Intent: []byte(c.intent), IntentOrigin: "sidecar"}
}

// cause is why a batch cannot verify, with a code that says so. The zero cause is
// none.
type cause struct{ code, why string }

// refusedFor is a cause for which a batch must not verify, whatever its intent is.
// It is found by Safe's own encoder and in the file, not in the answer under test.
func (b *batchFile) refusedFor() cause {
	for _, tx := range b.txs {
		switch {
		case tx.failed != "":
			return cause{"METHOD_NOT_ENCODABLE", "the builder cannot encode a method, and would send empty calldata"}
		case tx.leftover():
			return cause{"DECODED_HINT_MISMATCH", "a method is a leftover, and the data says something else"}
		}
	}
	if s, ok := b.Meta["createdFromSafeAddress"].(string); ok && common.IsHexAddress(s) && s != strings.ToLower(s) && s != common.HexToAddress(s).Hex() {
		return cause{"ADDRESS_CHECKSUM", "the address of the Safe has a wrong checksum"}
	}
	return cause{}
}

// undeclared are the codes of dangers inside the one call that an intent names,
// which no action can declare yet.
var undeclared = map[string]bool{"IMPLEMENTATION_CHANGE": true, "CONFIG_CHANGE_IN_BATCH": true, "CONTROL_CHANGED": true, "UNKNOWN_SELECTOR": true, "UNREVIEWED_FUNCTION": true}

// insideTimelock is the cause of a refusal that is only for what a timelock will do
// later: the intent matches, and names the call of the timelock but not those in it.
func (c *batchCase) insideTimelock(rep *report.Report) cause {
	worst := ""
	for _, f := range rep.Findings {
		if !f.Refuses() {
			continue
		}
		if !undeclared[f.Code] || !strings.Contains(f.Where, ".") {
			return cause{}
		}
		worst = cmp.Or(worst, f.Code)
	}
	timelock := func(tx batchTx) bool {
		return tx.Method != nil && (strings.HasPrefix(tx.Method.Name, "schedule") || strings.HasPrefix(tx.Method.Name, "execute"))
	}
	if !c.compared(rep) || !slices.ContainsFunc(c.txs, timelock) {
		return cause{}
	}
	return cause{worst, "the call that a timelock makes later stands in the file as bytes only"}
}

// corpusBatches are the batches in words, with an intent each. Those of which no
// intent can be written must be refused for a cause.
func corpusBatches(t *testing.T) []*batchCase {
	t.Helper()
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the real batches were NOT compared with intents")
	}
	batches, others := methodBatches(t, dir)
	t.Logf("%d batches in words; files left out: %v", len(batches), others)
	var out []*batchCase
	for _, b := range batches {
		c, err := newBatchCase(b)
		if err == nil {
			out = append(out, c)
			continue
		}
		why := b.refusedFor()
		rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: b.raw})
		t.Logf("%s: no intent can be written: %v; %s", filepath.Base(b.path), err, why.why)
		if rep.Verdict != report.Refused || !slices.Contains(codesOf(rep), why.code) {
			t.Errorf("%s: no intent can be written (%v), and it is %s, cause %+v: %s", b.path, err, rep.Verdict, why, rep.Summary)
		}
	}
	return out
}

// verifiedBatches are those that verify today.
func verifiedBatches(t *testing.T) []*batchCase {
	t.Helper()
	return slices.DeleteFunc(corpusBatches(t), func(c *batchCase) bool {
		return answer(t, c.verify(c.raw)).Verdict != report.Verified
	})
}

// TestBatchIntents verifies real batches with intents that say what their files say
// in words. The calldata of the second form is that of Safe's own encoder, so that
// three independent readings of the words agree: its, ours of the file and ours of
// the intent.
func TestBatchIntents(t *testing.T) {
	owners, single, causes := map[string]int{}, 0, map[cause]int{}
	for _, c := range corpusBatches(t) {
		rep := answer(t, c.verify(c.raw))
		why := c.refusedFor()
		if why == (cause{}) && rep.Verdict == report.Verified {
			owners[c.owner]++
			if len(c.txs) == 1 {
				single++
			}
			c.otherForms(t)
			continue
		}
		if why == (cause{}) {
			why = c.insideTimelock(rep)
		}
		causes[why]++
		t.Logf("%s (%s): %s", c.name(), c.owner, rep.Summary)
		if rep.Verdict != report.Refused || !slices.Contains(codesOf(rep), why.code) {
			t.Errorf("%s is %s, cause %+v; want it verified if there is no cause, and refused with its code else: %s", c.name(), rep.Verdict, why, rep.Summary)
		}
	}
	n := 0
	for _, k := range owners {
		n += k
	}
	t.Logf("%d batches verify, %d of one call; by organisation: %v", n, single, owners)
	for why, k := range causes {
		t.Logf("%2d batches are refused with %s: %s", k, why.code, why.why)
	}
	if n < wantBatches || len(owners) < wantOwners {
		t.Errorf("%d batches of %d organisations verify, want %d of %d", n, len(owners), wantBatches, wantOwners)
	}
}

// otherForms gives the same batch as the wallet would post it and as a file of
// calldata, and to check with the intent beside it.
func (c *batchCase) otherForms(t *testing.T) {
	t.Helper()
	posted := c.check(c.tx.proposal(c.safe()))
	posted.Given = c.given // without a version no library is the default
	for form, req := range map[string]verify.Request{
		"posted":            c.verify(c.tx.proposal(c.safe())),
		"calldata":          c.verify(c.tx.file(c.chain())),
		"checked":           c.check(c.raw),
		"posted, checked":   posted,
		"calldata, checked": c.check(c.tx.file(c.chain())),
	} {
		want := report.Verified
		if req.Mode == verify.ModeCheck {
			want = report.NoObjection
		}
		if rep := answer(t, req); rep.Verdict != want || rep.Verdict.ExitCode() != 0 || !c.compared(rep) {
			t.Errorf("%s, %s: %s, want %s: %s", c.name(), form, rep.Verdict, want, rep.Summary)
		}
	}
}

// compared reports that every action was compared with a call, and is equal to it.
func (c *batchCase) compared(rep *report.Report) bool {
	if rep.Intent == nil {
		return false
	}
	actions := 0
	for _, l := range rep.Intent.Lines {
		if !strings.HasPrefix(l.Declared, "in full: ") { // what was cut stands in a second line
			actions++
		}
	}
	return rep.Intent.Matched && actions == len(c.txs) &&
		!slices.ContainsFunc(rep.Intent.Lines, func(l report.IntentLine) bool { return !l.Equal })
}

// tally is what became of one mutation.
type tally struct {
	batches, none, variants, forms int
	refused, mismatch              int            // forms refused, and those with INTENT_MISMATCH
	first                          map[string]int // refusals by the code that comes first
}

// TestBatchMutations changes each verified batch while the intent stays: as the
// wallet posts it, and as a file of calldata where one can say the same. Nothing
// passes, neither verify nor check.
func TestBatchMutations(t *testing.T) {
	batches := verifiedBatches(t)
	if len(batches) < wantBatches {
		t.Fatalf("%d batches verify, want at least %d", len(batches), wantBatches)
	}
	for _, c := range batches {
		c.placed(t)
	}
	for _, m := range mutations {
		sum := tally{first: map[string]int{}}
		for _, c := range batches {
			all := m.make(c)
			if len(all) == 0 {
				sum.none++
				continue
			}
			sum.batches++
			for i, v := range spread(all, c.variants()) {
				sum.variants++
				c.refuses(t, &sum, m.name, v, i == 0)
			}
		}
		t.Logf("%-13s applies to %2d batches (not to %2d), %3d variants in %3d forms: %3d refused, %3d with INTENT_MISMATCH; first code: %s",
			m.name, sum.batches, sum.none, sum.variants, sum.forms, sum.refused, sum.mismatch, byCount(sum.first))
		if sum.batches < wantApplicable {
			t.Errorf("%s applies to %d batches, want at least %d", m.name, sum.batches, wantApplicable)
		}
	}
}

// variants bounds the work for long batches.
func (c *batchCase) variants() int {
	if testing.Short() {
		return 2
	}
	return max(2, min(mostVariants, mostBytes/len(c.tx.proposal(c.safe()))))
}

// refuses gives one variant in both forms, and on demand to check.
func (c *batchCase) refuses(t *testing.T, sum *tally, name string, v variant, check bool) {
	t.Helper()
	tx := v.make()
	if tx.equal(c.tx.wireCall) {
		t.Fatalf("%s, %s: %s changes nothing: the test would prove nothing", c.name(), name, v.what)
	}
	reqs := []verify.Request{c.verify(tx.proposal(c.safe()))}
	if tx.calls != nil {
		reqs = append(reqs, c.verify(tx.file(c.chain())))
	}
	if tx.calls != nil && check {
		reqs = append(reqs, c.check(tx.file(c.chain())))
	}
	for _, req := range reqs {
		rep := answer(t, req)
		sum.add(rep)
		if why := passes(rep); why != "" {
			t.Errorf("%s, %s, %s (%s): %s: %s", c.name(), name, v.what, req.Mode, why, rep.Summary)
		}
	}
}

func (s *tally) add(rep *report.Report) {
	s.forms++
	if rep.Verdict != report.Refused {
		return
	}
	s.refused++
	if slices.Contains(codesOf(rep), "INTENT_MISMATCH") {
		s.mismatch++
	}
	first, _, _ := strings.Cut(rep.Summary, ":")
	s.first[first]++
}

// passes says why a changed proposal is not refused as it should be: by the intent,
// or by a stage before it.
func passes(rep *report.Report) string {
	early := earliestRefusal(rep)
	switch {
	case rep.Verdict != report.Refused:
		return "it is " + rep.Verdict.String()
	case slices.Contains(codesOf(rep), "DECODERS_DISAGREE"):
		return "the decoders disagree"
	case slices.Contains(codesOf(rep), "INTENT_MISMATCH"):
		return ""
	case early == report.StageUnknown || early > report.StageIntent:
		return "nothing refuses it up to the intent"
	}
	return ""
}

// spread chooses at most n variants, first and last among them.
func spread(all []variant, n int) []variant {
	if len(all) <= n {
		return all
	}
	out := make([]variant, n)
	for i := range out {
		out[i] = all[i*(len(all)-1)/(n-1)]
	}
	return out
}

func byCount(count map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	for i, k := range keys {
		keys[i] = fmt.Sprintf("%s %d", k, count[k])
	}
	return strings.Join(keys, ", ")
}
