package verify

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// declare marks what the matched intent declares: findings of declarable codes
// at a call that an action names in full, and the refund fields, which the
// intent states and Match compared. Encodings, hashes and signatures are never
// declared (decision 7).
func (r *run) declare() {
	for i := range r.findings {
		f := &r.findings[i]
		code, ok := report.LookupCode(f.Code)
		if !ok || !code.Declarable || f.Firm || f.Stage != report.StageRisk {
			continue // places of other stages are fields of the file, not calls
		}
		if f.Code == "BLIND_HASH_APPROVAL" && !r.statesHash(callPath(f.Where)) {
			continue // naming the hash says nothing about what it is
		}
		if f.Code == "BLIND_HASH_APPROVAL" {
			f.Message, f.Hint = "a hash of another Safe is approved; its transaction is known, stands beside the intent and is judged by itself", ""
		}
		f.Declared = r.declares(callPath(f.Where)) || r.inDeclaredMulticall(*f) || rootRefund(*f) || f.Code == "BATCH_SIZE" || f.Code == "PAYLOAD_TOO_LARGE"
	}
}

// rootRefund reports a finding about the refund fields of the transaction itself,
// which the intent states and Match compared.
func rootRefund(f report.Finding) bool {
	return strings.HasPrefix(f.Code, "GAS_REFUND_") && (f.Where == "gasToken" || f.Where == "refundReceiver" || f.Where == "baseGas")
}

// inDeclaredMulticall: a contract's multicall of its own functions is declared
// with all its bytes by one action. High findings inside, such as an unknown
// function of the same contract, are declared with it; critical ones never are.
func (r *run) inDeclaredMulticall(f report.Finding) bool {
	outer, rest, inside := strings.Cut(callPath(f.Where), "data.multicall[")
	direct := inside && strings.IndexByte(rest, ']') == len(rest)-1 // deeper calls reach other contracts
	return direct && f.Severity == report.High && r.declares(strings.TrimSuffix(outer, "."))
}

// callPath cuts the part of a call off a finding's place: "data.multiSend[3].to"
// is about the call at "data.multiSend[3]".
func callPath(where string) string {
	for _, part := range []string{"operation", "to", "value", "data"} {
		if where == part {
			return ""
		}
		if rest, ok := strings.CutSuffix(where, "."+part); ok {
			return rest
		}
	}
	return where
}

// verdict decides. It starts from refusal and needs every condition for more.
func (r *run) verdict() {
	rep := r.rep
	if rep.Failure != "" {
		rep.Verdict, rep.Summary = report.Unchecked, rep.Failure
		return
	}
	if worst, n := r.refusing(); n > 0 {
		rep.Verdict = report.Refused
		rep.Summary = worst.Code + ": " + worst.Message
		if n > 1 {
			rep.Summary += fmt.Sprintf(" (and %d more)", n-1)
		}
		if r.p != nil && r.p.Message != nil {
			rep.Summary += "; this is " + r.what() + ", and signing that is not supported yet"
		}
		return
	}
	if r.p == nil {
		rep.Verdict, rep.Summary = report.Refused, "the fields of the transaction could not be read"
		return
	}
	if r.p.Message != nil {
		if r.messageVerdict(); r.collecting && rep.Verdict == report.NoObjection {
			r.collected()
		}
		return
	}
	switch r.req.Mode {
	case ModeCheck:
		if r.noObjection(); r.collecting && rep.Verdict == report.NoObjection {
			r.collected()
		}
	case ModeVerify, ModeSign:
		r.verified()
	default:
		rep.Verdict, rep.Summary = report.Unchecked, "nothing was verified; this command only shows"
	}
}

// refusing counts the findings that refuse and returns the worst: the first, but
// where the intent does not match, the first that no intent could declare. A
// mismatch leaves every honest change of control undeclared too, and must not hide
// behind one. In check a high finding that an intent could declare is shown and does
// not refuse while there is no policy (decision 3).
func (r *run) refusing() (worst report.Finding, n int) {
	for _, f := range r.findings {
		if !f.Refuses() || r.tolerated(f) {
			continue
		}
		if n == 0 || declarable(worst) && !declarable(f) && f.Severity == worst.Severity && (r.intent != nil && !r.matched || r.intentFailed) {
			worst = f
		}
		if r.intent != nil && !r.matched && f.Code == "INTENT_MISMATCH" && worst.Stage == report.StagePolicy && f.Severity == worst.Severity {
			worst = f // what the policy asks of it matters once it is what was meant
		}
		n++
	}
	return worst, n
}

func declarable(f report.Finding) bool {
	c, ok := report.LookupCode(f.Code)
	return ok && c.Declarable
}

// tolerated reports a finding that is shown without refusing. Of an off-chain
// payload none is: no intent can declare it yet, so there is no way to green that
// waiting would leave open.
func (r *run) tolerated(f report.Finding) bool {
	if r.p != nil && r.p.Message != nil {
		return false
	}
	if r.req.Mode.verifies() || f.Severity != report.High || r.req.FailOn == "high" {
		return false
	}
	if r.policy != nil && r.req.Mode == ModeCheck && !r.allowed[callPath(f.Where)] {
		return false // the policy says what is allowed; what it does not name is not
	}
	return declarable(f)
}

func (r *run) noObjection() {
	if r.tree == nil {
		r.rep.Verdict, r.rep.Summary = report.Refused, "the transaction could not be decoded"
		return
	}
	r.rep.Verdict = report.NoObjection
	r.rep.Summary = "no rule objects; without an intent nobody has said that this is what was meant"
	switch {
	case r.matched && r.unbound:
		r.rep.Summary = "no rule objects, and the effects match the intent; the batch has no hash yet"
	case r.matched:
		r.rep.Summary = "no rule objects, and the transaction matches the intent"
	}
}

// verified demands every line of evidence by name; what is not there refuses.
func (r *run) verified() {
	missing := ""
	switch {
	case r.tree == nil:
		missing = "the transaction could not be decoded"
	case r.unbound || r.hashes == nil:
		missing = "effects match, hash unbound: give what is missing (" + strings.Join(r.rep.NotChecked, "; ") + ")"
	case r.from["version"] != report.Given:
		missing = "the Safe's version is only " + string(r.from["version"]) + "; verify needs it from you (--safe-version)"
	case r.from["chain"] != report.Given || r.from["address"] != report.Given:
		missing = "chain and address of the Safe must come from you"
	case r.intent == nil || !r.matched:
		missing = "the intent does not match"
	}
	if missing != "" {
		r.rep.Verdict, r.rep.Summary = report.Refused, missing
		return
	}
	r.rep.Verdict = report.Verified
	r.rep.Summary = "hashes, both decoders, the rules and the intent agree"
	if r.policy != nil {
		r.rep.Summary = "hashes, both decoders, the rules, the intent and your policy agree"
	}
	if r.inexact {
		r.rep.Summary += "; INEXACT: an amount was compared with bounds only"
	}
}
