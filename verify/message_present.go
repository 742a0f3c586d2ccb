package verify

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/risk"
)

// Bounds of what is shown of a content. What is longer is refused as opaque.
const (
	mostLeaves = 200
	mostHex    = 256
)

// what names the payload in words, for sentences.
func (r *run) what() string {
	m := r.p.Message
	by := "that an account signs"
	if m.BySafe {
		by = "that the Safe signs (EIP-1271)"
	}
	switch m.Kind {
	case proposal.MessageText:
		return "a text " + by
	case proposal.MessageBytes:
		return fmt.Sprintf("a message of %d bytes %s", len(m.Bytes), by)
	case proposal.MessageTyped:
		if m.Typed == nil {
			return "typed data " + by
		}
		return "typed data of the type " + report.Quote(m.Typed.Primary) + " " + by
	case proposal.MessageOperation:
		return "a user operation (ERC-4337)"
	case proposal.MessageAuthorization:
		return "a delegation of an account to code (EIP-7702)"
	}
	return "a message of an unknown kind"
}

var kindNames = map[proposal.MessageKind]string{
	proposal.MessageText: "text", proposal.MessageBytes: "bytes", proposal.MessageTyped: "typed-data",
	proposal.MessageOperation: "user-operation", proposal.MessageAuthorization: "authorization",
}

// presentMessage fills in what is signed, whole as far as a person reads, and how
// the hash follows from it.
func (r *run) presentMessage() {
	m := r.p.Message
	out := &report.Message{Kind: kindNames[m.Kind], Says: "this is " + r.what() + "; it is no Safe transaction"}
	if m.Request != "" {
		out.Says += ", and " + m.Request + " asks for it"
	}
	out.Content = r.content(m)
	if r.signing != nil {
		out.Steps = r.signing.steps
	}
	r.rep.Message = out
	r.presentSigned()
	if m.Operation != nil {
		r.operationFacts(m.Operation)
	}
	if d := m.Typed; m.Kind == proposal.MessageTyped && d != nil && d.Domain.Get("chainId") == nil {
		r.rep.Facts = append(r.rep.Facts, "the domain of the typed data names no chain: a signature over it is as good on every chain")
	}
}

// presentSigned shows the hashes under their own names: the hash of a message must
// never stand under the name of a transaction's.
func (r *run) presentSigned() {
	if r.signing == nil {
		return
	}
	h := &report.Hashes{SignedAs: r.signing.as}
	if r.hashes != nil {
		h.Signed = r.hashes.SafeTx.Hex()
		if r.hashes.Domain != (common.Hash{}) {
			h.Domain, h.Message = r.hashes.Domain.Hex(), r.hashes.Message.Hex()
		}
	}
	if r.claimed != nil {
		h.Claimed = r.claimed.Hex()
	}
	r.rep.Hashes = h
}

func (r *run) content(m *proposal.Message) []report.Field {
	var out []report.Field
	put := func(name, value string) { out = append(out, report.Field{Name: name, Value: value}) }
	if m.Account != nil {
		put("account", r.about(*m.Account).spoken)
	}
	switch m.Kind {
	case proposal.MessageText:
		out = append(out, textLines(m.Text)...)
	case proposal.MessageBytes:
		put("bytes", clipHex(m.Bytes))
	case proposal.MessageTyped:
		out = r.leaves(out, m.Typed)
	case proposal.MessageOperation:
		out = r.operationFields(out, m.Operation)
	}
	for i, a := range m.Authorizations {
		n := strconv.Itoa(i + 1)
		put("delegate "+n, r.about(a.Delegate).spoken)
		put("chain "+n, number(a.ChainID))
		put("nonce "+n, strconv.FormatUint(a.Nonce, 10))
	}
	return out
}

// textLines shows a text line by line, each quoted, so that nothing in it can pass
// for a line of the report. What is cut here is refused as opaque.
func textLines(text string) []report.Field {
	lines := strings.Split(text[:min(len(text), risk.MostText)], "\n")
	out := make([]report.Field, 0, len(lines))
	for _, line := range lines[:min(len(lines), risk.MostLines)] {
		out = append(out, report.Field{Value: strconv.QuoteToASCII(line)})
	}
	out[0].Name = "text"
	if len(text) > risk.MostText || len(lines) > risk.MostLines {
		out = append(out, report.Field{Value: fmt.Sprintf("... (%d bytes in all)", len(text))})
	}
	return out
}

func clipHex(b []byte) string {
	if len(b) > mostHex {
		return fmt.Sprintf("0x%x... (%d bytes)", b[:mostHex], len(b))
	}
	return fmt.Sprintf("0x%x", b)
}

// leaves lists the values of typed data with their paths, the domain first.
func (r *run) leaves(out []report.Field, d *eip712.Data) []report.Field {
	if d == nil {
		return out
	}
	more := 0
	list := func(at string, v *eip712.Value) {
		v.Walk(func(path string, e *eip712.Value) bool {
			if len(e.Elems) > 0 {
				return true
			}
			if len(out) >= mostLeaves {
				more++
				return true
			}
			out = append(out, report.Field{Name: strings.TrimSuffix(at+"."+path, "."), Value: r.leaf(e)})
			return true
		})
	}
	list("domain", &d.Domain)
	list("message", &d.Message)
	if more > 0 {
		out = append(out, report.Field{Value: fmt.Sprintf("... and %d more values", more)})
	}
	return out
}

func (r *run) leaf(e *eip712.Value) string {
	if a, ok := e.Address(); ok {
		return r.about(a).spoken
	}
	return e.String()
}

func (r *run) operationFields(out []report.Field, op *proposal.Operation) []report.Field {
	address := func(name string, a common.Address) {
		if a != (common.Address{}) {
			out = append(out, report.Field{Name: name, Value: r.about(a).spoken})
		}
	}
	address("account", op.Safe)
	address("entry point", op.EntryPoint)
	address("module", op.Module)
	for _, f := range []report.Field{
		{Name: "nonce", Value: number(op.Nonce)}, {Name: "valid after", Value: number(op.ValidAfter)}, {Name: "valid until", Value: number(op.ValidUntil)},
		{Name: "call gas", Value: number(op.CallGas)}, {Name: "verification gas", Value: number(op.VerificationGas)}, {Name: "pre-verif. gas", Value: number(op.PreVerificationGas)},
		{Name: "max fee", Value: number(op.MaxFee)}, {Name: "max priority", Value: number(op.MaxPriorityFee)},
		{Name: "callData", Value: clipHex(op.CallData)}, {Name: "initCode", Value: clipHex(op.InitCode)}, {Name: "paymaster", Value: clipHex(op.Paymaster)},
	} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// messageVerdict answers about a payload to which no finding objects. Refusal is
// the default. One thing passes check: a plain text that the Safe signs, which
// says what it is for. Repositories hold such messages, and their claimed hash and
// signatures have been compared.
func (r *run) messageVerdict() {
	m, rep := r.p.Message, r.rep
	plain := m.Kind == proposal.MessageText && m.BySafe && m.Exact
	unchecked := r.hashes == nil && (r.claimed != nil || len(r.p.Claims.Confirmations) > 0)
	switch {
	case !plain || r.req.Mode.verifies():
		rep.Verdict, rep.Summary = report.Refused, "this is "+r.what()+", and signing that is not supported yet"
	case unchecked:
		rep.Verdict, rep.Summary = report.Refused, "the file claims a hash or signatures that could not be checked: "+strings.Join(rep.NotChecked, "; ")
	case r.req.Mode == ModeCheck:
		rep.Verdict, rep.Summary = report.NoObjection, "this is a plain text that the Safe signs, and no rule objects; whether it should be signed, only its words can say"
	default:
		rep.Verdict, rep.Summary = report.Unchecked, "nothing was verified; this command only shows"
	}
}
