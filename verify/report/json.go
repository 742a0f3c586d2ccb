package report

import "io"

// Schema is the id of the JSON report. The schema only grows: fields are added,
// none changes its meaning.
const Schema = "coldsign/report/v1"

// usualLine is the length of the line about a payment without signatures, and some more.
const usualLine = 4096

// JSON writes the report as one line: one object in the fixed order below, in
// ASCII, followed by a newline. It is written in one piece.
//
// Everything that came from the file, and every amount, nonce and id, is a
// string; line, column, depth, children and booleans are plain JSON. What is
// unknown is "", and an object that does not exist is null; only "id" is left out where
// there is none. Bytes that are not
// UTF-8 (only a file name can hold them) come out as U+FFFD. The verdict is one
// of "unchecked", "refused", "no-objection", "verified"; a reader passes on the
// last two only.
func JSON(w io.Writer, r *Report) error {
	j := jsonLine{b: make([]byte, 0, usualLine)}
	j.report(r)
	_, err := w.Write(append(j.b, '\n'))
	return err
}

func (j *jsonLine) report(r *Report) {
	j.open('{')
	j.str("coldsign", Schema)
	j.str("file", r.File)
	j.str("command", r.Command)
	j.str("dialect", r.Dialect)
	j.str("verdict", r.Verdict.String())
	j.str("summary", r.Summary)
	j.str("failure", r.Failure)
	j.str("hint", r.Hint)
	j.safe(r.Safe)
	j.tx(r.Tx)
	j.hashes(r.Hashes)
	list(j, "signatures", r.Signatures, (*jsonLine).signature)
	j.str("owners", r.Owners)
	list(j, "tree", r.Tree, (*jsonLine).call)
	list(j, "effects", r.Effects, (*jsonLine).effect)
	list(j, "totals", r.Totals, (*jsonLine).total)
	list(j, "findings", Sorted(r.Findings), (*jsonLine).finding)
	j.strs("notChecked", r.NotChecked)
	j.strs("facts", r.Facts)
	list(j, "marks", r.Marks, (*jsonLine).mark)
	j.intent(r.Intent)
	j.journal(r.Journal)
	j.message(r.Message)
	list(j, "via", r.Via, (*jsonLine).nested)
	list(j, "signers", r.Signers, (*jsonLine).field)
	list(j, "asks", r.Asks, (*jsonLine).ask)
	list(j, "described", r.Described, (*jsonLine).description)
	list(j, "parties", r.Parties, (*jsonLine).party)
	j.digests(r.Digests)
	if r.ID != "" {
		j.str("id", r.ID)
	}
	j.close('}')
}

func (j *jsonLine) safe(s Safe) {
	j.object("safe")
	j.str("address", s.Address)
	j.str("chain", s.Chain)
	j.str("chainName", s.ChainName)
	j.str("version", s.Version)
	j.provenance(s.Provenance)
	list(j, "changes", s.Changes, (*jsonLine).change)
	j.close('}')
}

func (j *jsonLine) change(c Change) {
	j.str("what", c.What)
	j.str("before", c.Before)
	j.str("after", c.After)
}

func (j *jsonLine) mark(m Mark) {
	j.str("code", m.Code)
	j.str("where", m.Where)
	j.str("text", m.Text)
}

func (j *jsonLine) tx(t *Tx) {
	if t == nil {
		j.null("tx")
		return
	}
	j.object("tx")
	j.str("to", t.To)
	j.str("value", t.Value)
	j.str("data", t.Data)
	j.str("operation", t.Operation)
	j.str("safeTxGas", t.SafeTxGas)
	j.str("baseGas", t.BaseGas)
	j.str("gasPrice", t.GasPrice)
	j.str("gasToken", t.GasToken)
	j.str("refundReceiver", t.RefundReceiver)
	j.str("nonce", t.Nonce)
	j.provenance(t.Provenance)
	j.close('}')
}

func (j *jsonLine) hashes(h *Hashes) {
	if h == nil {
		j.null("hashes")
		return
	}
	j.object("hashes")
	j.str("domain", h.Domain)
	j.str("message", h.Message)
	j.str("safeTx", h.SafeTx)
	j.str("claimed", h.Claimed)
	j.str("execution", h.Execution)
	j.str("signed", h.Signed)
	j.str("signedAs", h.SignedAs)
	j.close('}')
}

func (j *jsonLine) message(m *Message) {
	if m == nil {
		j.null("message")
		return
	}
	j.object("message")
	j.str("kind", m.Kind)
	j.str("says", m.Says)
	list(j, "content", m.Content, (*jsonLine).field)
	list(j, "steps", m.Steps, (*jsonLine).field)
	j.close('}')
}

func (j *jsonLine) signature(s Signature) {
	j.str("claimedOwner", s.ClaimedOwner)
	j.str("type", s.Type)
	j.str("recovered", s.Recovered)
	j.flag("counts", s.Counts)
	j.str("note", s.Note)
	j.str("claimedName", s.ClaimedName)
	j.str("recoveredName", s.RecoveredName)
}

func (j *jsonLine) call(c Call) {
	j.str("path", c.Path)
	j.num("depth", c.Depth)
	j.str("operation", c.Operation)
	j.str("to", c.To)
	j.str("toName", c.ToName)
	j.str("actor", c.Actor)
	j.str("value", c.Value)
	j.str("status", c.Status)
	j.str("selector", c.Selector)
	j.str("function", c.Function)
	j.str("grade", c.Grade)
	j.strs("candidates", c.Candidates)
	list(j, "args", c.Args, (*jsonLine).arg)
	j.str("container", c.Container)
	j.num("children", c.Children)
	j.str("data", c.Data)
}

func (j *jsonLine) arg(a Arg) {
	j.str("path", a.Path)
	j.str("name", a.Name)
	j.str("type", a.Type)
	j.str("value", a.Value)
}

func (j *jsonLine) effect(e Effect) {
	j.str("kind", e.Kind)
	j.str("path", e.Path)
	j.str("text", e.Text)
	list(j, "fields", e.Fields, (*jsonLine).field)
	j.flag("declared", e.Declared)
	j.flag("fact", e.Fact)
}

func (j *jsonLine) field(f Field) {
	j.str("name", f.Name)
	j.str("value", f.Value)
}

func (j *jsonLine) total(t Total) {
	j.str("asset", t.Asset)
	j.str("amount", t.Amount)
	j.str("text", t.Text)
}

func (j *jsonLine) party(c Party) {
	j.str("address", c.Address)
	j.str("name", c.Name)
	list(j, "gets", c.Gets, (*jsonLine).total)
	j.strs("also", c.Also)
	j.strs("notes", c.Notes)
	j.flag("new", c.New)
	j.flag("unnamed", c.Unnamed)
	j.num("effects", c.Effects)
}

func (j *jsonLine) finding(f Finding) {
	j.str("code", f.Code)
	j.str("stage", f.Stage.String())
	j.str("severity", f.Severity.String())
	j.str("scope", f.Scope.String())
	j.str("where", f.Where)
	j.str("message", f.Message)
	j.str("hint", f.Hint)
	j.flag("declared", f.Declared)
	j.num("line", f.Line)
	j.num("column", f.Column)
}

func (j *jsonLine) intent(n *Intent) {
	if n == nil {
		j.null("intent")
		return
	}
	j.object("intent")
	j.str("origin", n.Origin)
	j.flag("matched", n.Matched)
	j.flag("inexact", n.Inexact)
	list(j, "lines", n.Lines, (*jsonLine).intentLine)
	j.close('}')
}

func (j *jsonLine) intentLine(l IntentLine) {
	j.str("declared", l.Declared)
	j.str("decoded", l.Decoded)
	j.flag("equal", l.Equal)
	j.str("note", l.Note)
}

func (j *jsonLine) journal(n *Journal) {
	if n == nil {
		j.null("journal")
		return
	}
	j.object("journal")
	j.num("length", n.Length)
	j.str("head", n.Head)
	j.str("identity", n.Identity)
	j.close('}')
}

func (j *jsonLine) digests(ds []Digest) {
	j.object("digests")
	seen := make(map[string]bool, len(ds))
	for _, d := range ds {
		for seen[d.Name] {
			d.Name += "'" // a second key of one name would be read differently by different readers
		}
		seen[d.Name] = true
		j.str(d.Name, d.SHA256)
	}
	j.close('}')
}

func (j *jsonLine) nested(n Nested) {
	j.str("address", n.Address)
	j.str("says", n.Says)
	j.str("version", n.Version)
	j.str("handler", n.Handler)
	j.str("wrapped", n.Wrapped)
	j.str("domain", n.Domain)
	j.str("message", n.Message)
	j.str("signed", n.Signed)
	j.flag("last", n.Last)
}

func (j *jsonLine) ask(a Ask) {
	j.str("what", a.What)
	j.str("text", a.Text)
	j.str("address", a.Address)
}

func (j *jsonLine) description(d Described) {
	j.str("path", d.Path)
	j.str("file", d.File)
	j.str("owner", d.Owner)
	j.str("intent", d.Intent)
	list(j, "fields", d.Fields, (*jsonLine).field)
	list(j, "hidden", d.Hidden, (*jsonLine).field)
	j.strs("notices", d.Notices)
}
