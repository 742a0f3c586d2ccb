package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"sort"
	"strings"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
)

// ErrRequest is the kind of a request that asks nothing answerable.
var ErrRequest = errors.New("invalid request")

// Verify answers one request. The error is only for a request that is wrong in
// itself; everything about the payload stands in the report, whose verdict is
// never better than what the evidence carries.
func Verify(req Request) (*report.Report, error) {
	if req.Mode == ModeUnknown || req.Mode > ModeSign {
		return nil, fmt.Errorf("%w: mode %d", ErrRequest, req.Mode)
	}
	return newRun(req).answer(), nil
}

func newRun(req Request) *run {
	return &run{req: req, rep: &report.Report{Command: req.Mode.String(), File: req.File}}
}

// answer runs the stages in their order.
func (r *run) answer() *report.Report {
	r.digests()
	if !r.knowledge() || !r.read() {
		return r.finish()
	}
	if r.bind(); !r.policyABIs() {
		return r.finish()
	}
	if r.p.Message != nil {
		r.message()
		r.describeMessage()
		r.compare()
		return r.finish()
	}
	r.hash()
	r.signatures()
	if r.decode() {
		r.judge()
	}
	r.match()
	r.treasury()
	r.before()
	r.join()
	r.approved()
	r.beforeSigning()
	r.present()
	r.describe()
	r.compare()
	return r.finish()
}

// String returns the name of the command.
func (m Mode) String() string {
	switch m {
	case ModeCheck:
		return "check"
	case ModeVerify:
		return "verify"
	case ModeDecode:
		return "decode"
	case ModeHash:
		return "hash"
	case ModeSign:
		return "sign"
	}
	return "unknown"
}

func (r *run) digests() {
	if r.req.Fields == nil {
		r.rep.Digests = append(r.rep.Digests, digest("payload", r.req.Input))
	}
	if r.req.Intent != nil {
		r.rep.Digests = append(r.rep.Digests, digest("intent", r.req.Intent))
	}
	if p := r.req.Policy; p != nil {
		r.rep.Digests = append(r.rep.Digests, digest("policy", p.Raw))
	}
	if b := r.req.AddressBook; b != nil {
		r.rep.Digests = append(r.rep.Digests, digest("address-book", b.Raw))
	}
	for i, s := range r.req.Signatures {
		r.rep.Digests = append(r.rep.Digests, digest(fmt.Sprintf("signature %d", i+1), s.Raw))
	}
	for i, l := range r.req.Lists {
		name := "list"
		if len(r.req.Lists) > 1 {
			name = fmt.Sprintf("list %d", i+1)
		}
		r.rep.Digests = append(r.rep.Digests, digest(name, l.Raw))
	}
	if a := r.req.ABIs; a != nil {
		r.rep.Digests = append(r.rep.Digests, a.digests...)
	}
	if n := r.req.Names; n != nil {
		r.rep.Digests = append(r.rep.Digests, report.Digest{Name: "signatures", SHA256: n.Digest()})
	}
}

func digest(name string, raw []byte) report.Digest {
	sum := sha256.Sum256(raw)
	return report.Digest{Name: name, SHA256: hex.EncodeToString(sum[:])}
}

// read parses the proposal and the intent. It returns false if there are no
// fields to go on with.
func (r *run) read() bool {
	res, err := r.parse()
	if err != nil {
		r.rep.Failure, r.rep.Hint = err.Error(), "give a safe transaction or another payload to sign in one of the known forms, or name the form with --dialect"
		return false
	}
	r.findings = append(r.findings, res.Findings...)
	r.candidates, r.places = res.Candidates, res.Places
	r.readIntent()
	if res.Proposal == nil {
		return false
	}
	r.p = res.Proposal
	r.rep.Dialect = r.p.Dialect
	r.rep.Facts = append(r.rep.Facts, r.p.Facts...)
	return true
}

func (r *run) parse() (proposal.Result, error) {
	if r.req.Fields != nil {
		return proposal.FromFields(r.flagFields(), r.readOptions())
	}
	return proposal.Parse(r.req.Input, r.readOptions())
}

// flagFields adds the gas and refund fields that nobody gave: zero, as in an
// intent (decision 18), and said.
func (r *run) flagFields() map[string]string {
	out := maps.Clone(r.req.Fields)
	var missing []string
	for _, f := range []struct{ name, flag, zero string }{
		{"safeTxGas", "safe-tx-gas", "0"}, {"baseGas", "base-gas", "0"}, {"gasPrice", "gas-price", "0"}, {"gasToken", "gas-token", zeroHex}, {"refundReceiver", "refund-receiver", zeroHex},
	} {
		if _, ok := out[f.name]; ok {
			continue
		}
		if _, ok := out[f.flag]; ok {
			continue
		}
		out[f.name] = f.zero
		missing = append(missing, f.name)
	}
	if len(missing) > 0 {
		r.rep.Facts = append(r.rep.Facts, "taken as zero, because no flag gives them: "+strings.Join(missing, ", "))
	}
	return out
}

func (r *run) readIntent() {
	if r.preset != nil {
		r.intent = r.preset
		return
	}
	if r.req.Intent == nil {
		if r.req.Mode.verifies() && r.intent == nil {
			r.add("INTENT_MISSING", "", "no intent was given, and "+r.req.Mode.String()+" needs one", "write down what was decided, from the ticket or the call, and pass it with --intent")
		}
		return
	}
	in, err := intent.Parse(r.req.Intent, r.intentEnv())
	if err != nil {
		r.spoofed(err)
		hint := "correct the intent file"
		if e := new(intent.Error); errors.As(err, &e) && e.Hint != "" {
			hint = e.Hint
		}
		r.add("INTENT_MISSING", "intent", "the intent cannot be read: "+err.Error(), hint)
		r.intentFailed = true
		return
	}
	r.intent = in
	r.included()
}

// spoofed says by its code what an intent holds that no person writes.
func (r *run) spoofed(err error) {
	if !errors.Is(err, intent.ErrText) {
		return
	}
	for line := range bytes.Lines(r.req.Intent) {
		if f := label.Text(strings.TrimRight(string(line), "\r\n")); f != nil {
			r.add(f.Code, "intent", "the intent is refused: "+f.Msg, "write it again from the ticket or the call; do not copy it from a message or a web page")
			return
		}
	}
}

func (r *run) add(code, where, message, hint string) {
	r.findings = append(r.findings, report.New(code, where, message, hint))
}

// finish sorts the findings worst first and gives the verdict.
func (r *run) finish() *report.Report {
	sort.SliceStable(r.findings, func(i, j int) bool {
		a, b := r.findings[i], r.findings[j]
		if a.Severity != b.Severity {
			return a.Severity > b.Severity
		}
		return a.Stage < b.Stage
	})
	r.places.Fill(r.req.Input, r.findings)
	r.rep.Findings = r.findings
	r.rep.NotChecked = once(r.rep.NotChecked)
	r.verdict()
	r.record()
	return r.rep
}
