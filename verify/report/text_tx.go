package report

import (
	"strconv"
	"strings"
)

func (p *page) totals(r *Report) {
	if len(r.Totals) == 0 {
		return
	}
	p.title("IN TOTAL")
	for _, t := range r.Totals {
		p.line(2, 4, say(t.words()))
	}
}

func (t Total) words() string { return or(t.Text, t.Amount+" of "+t.Asset) }

func (p *page) safe(r *Report) {
	s := r.Safe
	if s.Address == "" && s.Chain == "" && s.Version == "" && r.Tx == nil {
		return
	}
	p.title("SAFE")
	p.value("address", GroupHex(s.Address), s.Provenance["address"])
	chain := s.Chain
	if s.ChainName != "" {
		chain += " (" + s.ChainName + ")"
	}
	p.value("chain", chain, s.Provenance["chain"])
	p.value("version", s.Version, s.Provenance["version"])
	for _, f := range r.Findings {
		if ofSafe(f) {
			p.line(2, 4, severityMark(f.Severity), say(f.Code+":"), say(f.Message))
		}
	}
}

// changes writes what the transaction makes of the Safe.
func (p *page) changes(all []Change) {
	if len(all) == 0 {
		return
	}
	p.title("THE SAFE BEFORE AND AFTER")
	for _, c := range all {
		p.pair(c.What, say(or(c.Before, "not known")), say("->"), say(or(c.After, "not known")))
	}
}

// value writes a value with its provenance; an absent one is called unknown.
func (p *page) value(label, text string, from Provenance) {
	if text == "" {
		p.pair(label, say("unknown"))
		return
	}
	spans := []span{say(text)}
	if from != "" {
		spans = append(spans, say("["+from.words()+"]"))
	}
	p.pair(label, spans...)
}

// words keeps "signed", which a tired person reads as "signed already", off the
// screen.
func (v Provenance) words() string {
	if v == Signed {
		return "inside the hash"
	}
	return string(v)
}

func (p *page) fields(r *Report) {
	if r.Tx == nil {
		return
	}
	t := r.Tx
	p.title("FIELDS OF THE SAFE TRANSACTION")
	p.value("to", GroupHex(t.To), t.Provenance["to"])
	p.value("value", weiWords(t.Value), t.Provenance["value"])
	p.value("data", dataWords(t.Data), t.Provenance["data"])
	p.value("operation", t.Operation, t.Provenance["operation"])
	p.value("nonce", t.Nonce, t.Provenance["nonce"])
	p.value("safeTxGas", t.SafeTxGas, t.Provenance["safeTxGas"])
	p.value("baseGas", t.BaseGas, t.Provenance["baseGas"])
	p.value("gasPrice", t.GasPrice, t.Provenance["gasPrice"])
	p.value("gasToken", GroupHex(t.GasToken), t.Provenance["gasToken"])
	p.value("refundReceiver", GroupHex(t.RefundReceiver), t.Provenance["refundReceiver"])
}

// dataWords says how long calldata is and how it begins; decode shows the rest.
func dataWords(hex string) string {
	body, ok := strings.CutPrefix(hex, "0x")
	if !ok {
		return hex
	}
	if body == "" {
		return "none"
	}
	const shown = 8 // the selector
	text := plural(len(body)/2, "byte")
	if len(body) > shown {
		return text + " beginning with 0x" + body[:shown]
	}
	return text + " 0x" + body
}

// weiDigits is the number of decimals of the native currency of every chain the
// catalogue knows.
const weiDigits = 18

// weiWords adds the amount in whole units to an amount in wei. It works on the
// text, so that no number can overflow or round.
func weiWords(wei string) string {
	if wei == "" || wei == "0" || !decimal(wei) {
		return wei
	}
	padded := wei
	if len(padded) <= weiDigits {
		padded = strings.Repeat("0", weiDigits+1-len(padded)) + padded
	}
	cut := len(padded) - weiDigits
	units := strings.TrimRight(padded[:cut]+"."+padded[cut:], "0")
	return wei + " wei (" + strings.TrimSuffix(units, ".") + " at 18 decimals)"
}

func decimal(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func (p *page) signatures(r *Report) {
	if len(r.Signatures) == 0 && r.Owners == "" {
		return
	}
	p.title("SIGNATURES")
	if r.Owners != "" {
		p.line(2, 4, say(r.Owners))
	}
	for i, s := range r.Signatures {
		p.signature(i, s)
	}
}

func (p *page) signature(i int, s Signature) {
	counts := span{yellow, "DOES NOT COUNT"}
	if s.Counts {
		counts = say("counts")
	}
	p.line(2, 6, say(strconv.Itoa(i+1)+"."), say(s.Type), counts)
	if s.ClaimedOwner != "" {
		p.line(6, 8, called("filed under", s.ClaimedOwner, s.ClaimedName)...)
	}
	if s.Recovered != "" {
		p.line(6, 8, called("signed by  ", s.Recovered, s.RecoveredName)...)
	}
	if s.Note != "" {
		p.line(6, 8, say(s.Note))
	}
}

// called is an address with who is known there.
func called(label, address, name string) []span {
	out := []span{say(label), say(GroupHex(address))}
	if name != "" {
		out = append(out, say("("+name+")"))
	}
	return out
}
