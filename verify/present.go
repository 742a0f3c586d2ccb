package verify

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// present fills the report from what the stages found. Every value is rendered
// here once; outputs only lay it out.
func (r *run) present() {
	r.presentSafe()
	r.presentChanges()
	r.presentTx()
	r.presentHashes()
	r.presentTree()
	r.presentEffects()
	r.presentParties()
	r.presentIntent()
	r.presentNested()
	r.presentContext()
}

func (r *run) presentSafe() {
	s := report.Safe{Provenance: r.from}
	if r.safe != (common.Address{}) {
		s.Address = r.about(r.safe).hex
	}
	if r.chain != nil {
		s.Chain = r.chain.Dec()
		if c, ok := catalogue.ChainByID(r.chainID()); ok {
			s.ChainName = c.Name
		}
	}
	if r.era != safe.EraUnknown || !r.version.IsZero() {
		s.Version = r.versionText()
	}
	r.rep.Safe = s
}

func (r *run) presentTx() {
	if r.tx == nil {
		return
	}
	t := &report.Tx{
		To: r.about(r.tx.To).hex, Value: number(r.tx.Value), Data: "0x" + hexOf(r.tx.Data), Operation: r.tx.Operation.String(),
		SafeTxGas: number(r.tx.SafeTxGas), BaseGas: number(r.tx.BaseGas), GasPrice: number(r.tx.GasPrice),
		GasToken: r.about(r.tx.GasToken).hex, RefundReceiver: r.about(r.tx.RefundReceiver).hex, Nonce: number(r.tx.Nonce),
		Provenance: r.fields,
	}
	if r.unbound {
		t.To = ""
	}
	r.insideHash()
	if r.tx.GasPrice == nil {
		t.GasToken, t.RefundReceiver = "", ""
	}
	r.rep.Tx = t
}

// insideHash marks the file's fields as what a signature would bind, once there
// is a hash over them.
func (r *run) insideHash() {
	if r.hashes == nil {
		return
	}
	for name, from := range r.fields {
		if from == report.Claimed {
			r.fields[name] = report.Signed
		}
	}
}

func number(n *uint256.Int) string {
	if n == nil {
		return ""
	}
	return n.Dec()
}

func hexOf(b []byte) string { return common.Bytes2Hex(b) }

func (r *run) presentHashes() {
	if r.hashes != nil {
		r.rep.Hashes = &report.Hashes{Domain: r.hashes.Domain.Hex(), Message: r.hashes.Message.Hex(), SafeTx: r.hashes.SafeTx.Hex()}
	}
	if r.rep.Hashes == nil && (r.claimed != nil || r.p.Claims.RawTxHash != nil) {
		r.rep.Hashes = &report.Hashes{}
	}
	if r.claimed != nil {
		r.rep.Hashes.Claimed = r.claimed.Hex()
	}
	if h := r.p.Claims.RawTxHash; h != nil {
		r.rep.Hashes.Execution = h.Hex()
	}
}

func (r *run) presentTree() {
	if r.tree == nil {
		return
	}
	r.rep.Tree = make([]report.Call, 0, r.tree.Calls)
	r.tree.Root.Walk(func(c *abi.Call) { r.rep.Tree = append(r.rep.Tree, r.call(c)) })
}

func (r *run) call(c *abi.Call) report.Call {
	out := report.Call{
		Path: c.Path, Depth: c.Depth, Operation: operation(c.Operation), To: r.about(c.To).hex, ToName: r.name(c.To),
		Value: c.Value.Dec(), Status: c.Status.String(), Function: c.Function, Container: c.Container, Children: len(c.Children),
	}
	if actor := r.actors[c.Path]; actor != (common.Address{}) {
		out.Actor = r.about(actor).hex
	}
	if c.Unbound {
		out.To, out.ToName = "", ""
	}
	if c.Status == abi.StatusEmpty {
		return out
	}
	if c.Status != abi.StatusShort {
		out.Selector = "0x" + hexOf(c.Selector[:])
		out.Grade = r.grade(c)
	}
	if names := r.guesses(c); len(names) > 0 {
		out.Args, out.Grade = names, catalogue.GradeDatabase.String()
	}
	for _, k := range c.Candidates {
		out.Candidates = append(out.Candidates, k.Signature)
	}
	for i, a := range c.Args {
		out.Args = r.flatten(out.Args, "arg["+strconv.Itoa(i)+"]", a)
	}
	for _, e := range c.Entries {
		e.Walk(func(e *abi.Entry) { out.Args = r.entry(out.Args, c, e) })
	}
	for _, k := range c.Maybe {
		out.Args = r.possible(out.Args, c, k)
	}
	for _, words := range c.OpData { // opened with the calls, so no argument shows it
		batch, hex, _ := strings.Cut(words, " ")
		out.Args = append(out.Args, report.Arg{Path: "opData[" + batch + "]", Type: "bytes", Value: hex})
	}
	if !c.Status.Readable() || len(c.Suffix) > 0 {
		out.Data = "0x" + hexOf(c.Data)
	}
	return out
}

// entry shows an entry of a program behind the arguments, with the bytes that could
// not be read.
func (r *run) entry(out []report.Arg, around *abi.Call, e *abi.Entry) []report.Arg {
	at := strings.TrimPrefix(e.Path, around.Where(""))
	out = append(out, report.Arg{Path: at, Type: "command", Value: fmt.Sprintf("%s (0x%02x), %s", e.Name, e.Code, e.Status)})
	for i, a := range e.Args {
		out = r.flatten(out, at+".arg["+strconv.Itoa(i)+"]", a)
	}
	rest := e.Suffix
	if len(e.Args) == 0 {
		rest = e.Data
	}
	if len(rest) > 0 {
		out = append(out, report.Arg{Path: at + ".raw", Type: "bytes", Value: "0x" + hexOf(rest)})
	}
	return out
}

// possible shows bytes among the arguments that would be calldata: at their place,
// and in words that promise nothing. In out.Args they stand behind all arguments.
func (r *run) possible(out []report.Arg, around, k *abi.Call) []report.Arg {
	place := strings.TrimPrefix(k.Path, around.Where(""))
	k.Walk(func(c *abi.Call) {
		at := place + strings.TrimPrefix(c.Path, k.Path)
		out = append(out, report.Arg{Path: at, Type: "may be a call", Value: possibleName(c)})
		if c != k {
			out = append(out, report.Arg{Path: at + ".to", Type: "address", Value: r.about(c.To).hex})
		}
		for i, a := range c.Args {
			out = r.flatten(out, at+".arg["+strconv.Itoa(i)+"]", a)
		}
		for _, inner := range c.Maybe {
			out = r.possible(out, around, inner)
		}
	})
	return out
}

func possibleName(c *abi.Call) string {
	if c.Function != "" {
		return c.Function
	}
	return c.Status.String() + " data of " + strconv.Itoa(len(c.Data)) + " bytes"
}

// grade says how much the function's name is worth. At a delegatecall target it
// is worth nothing unless the library is published there.
func (r *run) grade(c *abi.Call) string {
	if !c.Status.Readable() || c.Operation == 1 && !c.Unbound && !r.known(c.To) {
		return catalogue.GradeUnknown.String()
	}
	if r.given(c.To, c.Selector, c.Function) {
		return catalogue.GradeGiven.String()
	}
	key := readAs{target{c.To, c.Selector}, c.Function}
	g, ok := r.grades[key]
	if !ok {
		g = catalogue.FunctionGrade(r.chainID(), c.To, c.Selector, c.Function).String()
		if r.grades == nil {
			r.grades = make(map[readAs]string, 4)
		}
		r.grades[key] = g
	}
	return g
}

// readAs is a selector at a target, and the function that it was read as.
type readAs struct {
	target
	function string
}

// known reports whether the code at the address is that of a published library.
func (r *run) known(a common.Address) bool {
	if r.chainID() == 0 {
		return false
	}
	_, safes := catalogue.Published(r.chainID(), a)
	_, others := catalogue.ForeignLibrary(r.chainID(), a)
	return safes || others
}

func operation(op uint8) string {
	if o := safe.OperationFromWire(op); o != safe.OperationUnknown {
		return o.String()
	}
	return fmt.Sprintf("INVALID(%d)", op)
}

func (r *run) flatten(out []report.Arg, path string, v abi.Value) []report.Arg {
	text := v.Text
	if a, ok := v.Address(); ok {
		text = r.about(a).hex
	}
	out = append(out, report.Arg{Path: path, Name: v.Name, Type: v.Type, Value: text})
	for i, e := range v.Elems {
		sub := path + "[" + strconv.Itoa(i) + "]"
		if v.Type[len(v.Type)-1] != ']' {
			sub = path + "." + strconv.Itoa(i)
		}
		out = r.flatten(out, sub, e)
	}
	return out
}

func (r *run) presentIntent() {
	if r.req.Intent == nil && r.intent == nil {
		return
	}
	r.rep.Intent = &report.Intent{Origin: r.req.IntentOrigin, Matched: r.matched, Inexact: r.inexact, Lines: r.lines}
}

// presentContext says once what had nothing to be compared with.
func (r *run) presentContext() {
	if r.req.Mode == ModeCheck && r.req.Intent == nil && r.p.Message == nil {
		r.rep.NotChecked = append(r.rep.NotChecked, "intent: none was given, so a swapped recipient or amount would not be seen")
	}
	if r.policy == nil {
		r.rep.NotChecked = append(r.rep.NotChecked, r.uncompared())
	}
	r.rep.NotChecked = append(r.rep.NotChecked, "the state of the chain: no snapshot was given; "+r.unknownState()+" unknown")
	if r.tx != nil && r.tx.SafeTxGas != nil && !r.tx.SafeTxGas.IsZero() {
		r.rep.Marks = append(r.rep.Marks, report.Mark{Code: "SAFETXGAS_NONZERO", Where: "safeTxGas", Text: "safeTxGas is " + r.tx.SafeTxGas.Dec() + ": the inner call may fail and still use up the nonce"})
	}
	r.markUnits()
	if r.library != (common.Address{}) {
		r.rep.Facts = append(r.rep.Facts, "the batch was bound to "+r.name(r.library)+" at "+report.Group(r.library)+", as the wallet would")
	}
}

// markUnits says of which tokens nobody trusted knows the decimals, so that their
// amounts stand in base units only.
func (r *run) markUnits() {
	if r.chainID() == 0 {
		return
	}
	first, tokens := "", map[common.Address]bool{}
	for _, e := range r.effects {
		fungible := e.Asset.Standard == effect.ERC20 && e.ID == nil && e.Asset.Token != (common.Address{})
		if !fungible || e.Amount == nil || e.Amount.IsZero() || e.Kind == effect.GasRefund {
			continue
		}
		if _, ok := r.token(e.Asset.Token); ok || tokens[e.Asset.Token] {
			continue
		}
		if tokens[e.Asset.Token] = true; len(tokens) == 1 {
			first = e.Path
		}
	}
	if n := len(tokens); n > 0 {
		r.rep.Marks = append(r.rep.Marks, report.Mark{Code: "TOKEN_UNITS_UNVERIFIED", Where: first,
			Text: fmt.Sprintf("the decimals of %s are known from no trusted source; their amounts are given in base units", plural(n, "token"))})
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// unknownState names what of the chain nobody has said.
func (r *run) unknownState() string {
	var unknown []string
	g := r.req.Given
	for _, x := range []struct {
		what  string
		given bool
	}{{"the current nonce", g.CurrentNonce != nil}, {"owners", g.Owners != nil}, {"threshold", g.Threshold != nil}} {
		if !x.given {
			unknown = append(unknown, x.what)
		}
	}
	if len(unknown) == 0 {
		return "code is"
	}
	return strings.Join(unknown, ", ") + " and code are"
}

// uncompared says in one line which parts of a policy are missing.
func (r *run) uncompared() string {
	what := "limits"
	if len(r.req.Given.Owners) == 0 {
		what += " and owners"
	}
	switch {
	case r.book.Knows(r.chainID()) || r.intent != nil:
		return what + ": no policy was given"
	case r.book != nil && r.chainID() == 0:
		return "recipients and spenders: the chain is not known, so the address book says nothing; " + what + ": no policy was given"
	case r.book != nil:
		return fmt.Sprintf("recipients and spenders: the address book has no name on chain %d; %s: no policy was given", r.chainID(), what)
	}
	return "recipients, spenders, " + what + ": no policy was given"
}
