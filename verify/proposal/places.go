package proposal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// Places knows where in the file the parts of the transaction stand, so that what is found
// later, in a call of the tree, leads to the line that a person has to look at. It decides
// nothing. The zero value knows no place: fields that came as flags or as bare hex have none.
type Places struct {
	root   *strictjson.Value
	holder *strictjson.Value // the object that holds the fields
	fields txValues
	batch  []strictjson.Value // the calls of a batch file

	safe, chain int // offsets, counted from 1; 0 is none
}

// txValues are the ten fields in the order of txValueNames.
type txValues [10]*strictjson.Value

var txValueNames = [10]string{"to", "value", "data", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce"}

// madeByWallet is how many of the fields, from the first, a batch without library does not
// hold: the wallet makes them when it proposes the batch.
const madeByWallet = 4

// note remembers the fields of the first transaction that is read: a second one is the outer
// one that a file brings along.
func (p *Places) note(f *txFields) {
	if p.holder != nil {
		return
	}
	p.holder = f.to.v
	for i, x := range [10]*field{&f.to, &f.value, &f.data, &f.operation, &f.safeTxGas, &f.baseGas, &f.gasPrice, &f.gasToken, &f.refundReceiver, &f.nonce} {
		p.fields[i] = x.val
	}
}

// noteBatch remembers the calls of a batch file. One call alone is the transaction.
func (p *Places) noteBatch(list *strictjson.Value) {
	p.holder, p.batch = list, list.Items
	if len(list.Items) == 1 {
		call := &list.Items[0]
		p.holder, p.batch = call, nil
		p.fields = txValues{call.Get("to"), call.Get("value"), calldataOf(call), call.Get("operation")}
	}
}

// calldataOf is what the data of a call is made from: bytes, or a method.
func calldataOf(call *strictjson.Value) *strictjson.Value {
	if v := call.Get("data"); v.Given() {
		return v
	}
	if v := call.Get("contractMethod"); v.Given() {
		return v
	}
	return call
}

// Fill gives each finding without a place in the file the place of the value that it is
// about, where there is one. raw are the bytes that were parsed. It costs one pass over them,
// however many findings there are.
func (p *Places) Fill(raw []byte, findings []report.Finding) {
	if p.root == nil {
		return
	}
	type hit struct{ offset, finding int }
	var hits []hit
	for i := range findings {
		if f := &findings[i]; f.Line == 0 {
			if at := p.offset(f); at >= 0 {
				hits = append(hits, hit{at, i})
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.offset - b.offset })
	walk := strictjson.Walk(raw)
	for _, h := range hits {
		findings[h.finding].Line, findings[h.finding].Column = walk.To(h.offset)
	}
}

// offset is where the value that a finding is about begins, or -1.
func (p *Places) offset(f *report.Finding) int {
	if v := p.call(f.Where); v != nil {
		return v.Offset
	}
	switch {
	case f.Where == "safe" && p.safe > 0:
		return p.safe - 1
	case f.Where == "chain" && p.chain > 0:
		return p.chain - 1
	case f.Where == "" && f.Scope == report.ScopeSafe && p.safe > 0:
		return p.safe - 1
	case f.Where == "" && f.Scope == report.ScopeTransaction && f.Stage == report.StageRisk && p.holder != nil:
		return p.holder.Offset
	}
	// Places of other stages are in the intent, the policy or the journal, and only look as
	// if they were in this file.
	switch f.Stage {
	case report.StageRead, report.StageParse, report.StageHash, report.StageSignatures, report.StageDecode, report.StageRisk:
		if v := p.named(f.Where); v != nil {
			return v.Offset
		}
	}
	return -1
}

// call finds a place in the tree of calls: a field of the transaction, or a call of a batch,
// whose own batch lies in its data.
func (p *Places) call(where string) *strictjson.Value {
	first, inside := where, false
	if i := strings.IndexByte(where, '.'); i >= 0 {
		first, inside = where[:i], true
	}
	if inside && first == "data" && p.batch != nil {
		return p.entry(strings.TrimPrefix(where, "data."))
	}
	if i := slices.Index(txValueNames[:], first); i >= 0 && (!inside || first == "data") {
		if p.batch != nil && i < madeByWallet {
			return p.holder
		}
		return p.fields[i]
	}
	return nil
}

// entry finds a call of the batch file by the rest of its path: multiSend[3].to.
func (p *Places) entry(rest string) *strictjson.Value {
	digits, ok := strings.CutPrefix(rest, "multiSend[")
	digits, part, closed := strings.Cut(digits, "]")
	n, err := strconv.Atoi(digits)
	if !ok || !closed || err != nil || n < 0 || n >= len(p.batch) {
		return p.holder
	}
	call := &p.batch[n]
	part = strings.TrimPrefix(part, ".")
	first, _, _ := strings.Cut(part, ".")
	switch v := call.Get(first); {
	case first == "data":
		return calldataOf(call)
	case v.Given():
		return v
	}
	return call
}

// named finds a place that is a path in the file itself, from its root, or from the one
// object not far below that has the key: a record wraps what is signed.
func (p *Places) named(where string) *strictjson.Value {
	first, rest := step(where)
	if first == "" {
		return nil
	}
	if v := p.root.Get(first); v != nil {
		return follow(v, rest)
	}
	switch first {
	case "data":
		first = "callData" // of a user operation
	case "version":
		return p.root.Get("safe_version") // of op-txverify
	}
	const deep = 3
	found, more := only(p.root, first, deep)
	if more {
		return nil
	}
	if found != nil && first == "callData" {
		return found
	}
	return follow(found, rest)
}

// step takes the first key off a path.
func step(path string) (key, rest string) {
	i := strings.IndexAny(path, ".[")
	if i < 0 {
		return path, ""
	}
	return path[:i], path[i:]
}

// follow goes on by keys and indices as far as the path leads; to nowhere is nil.
func follow(v *strictjson.Value, rest string) *strictjson.Value {
	for rest != "" && v != nil {
		if tail, ok := strings.CutPrefix(rest, "["); ok {
			digits, after, closed := strings.Cut(tail, "]")
			n, err := strconv.Atoi(digits)
			if !closed || err != nil || n < 0 || n >= len(v.Items) {
				return nil
			}
			v, rest = &v.Items[n], after
			continue
		}
		var key string
		key, rest = step(strings.TrimPrefix(rest, "."))
		v = v.Get(key)
	}
	return v
}

// only finds the one object below v that has the key; more says that there are several.
func only(v *strictjson.Value, key string, deep int) (found *strictjson.Value, more bool) {
	if deep == 0 || !v.Is(strictjson.Object) {
		return nil, false
	}
	for i := range v.Members {
		below := &v.Members[i].Value
		hit := below.Get(key)
		if hit == nil {
			if hit, more = only(below, key, deep-1); more {
				return nil, true
			}
		}
		if hit != nil && found != nil {
			return nil, true
		}
		if hit != nil {
			found = hit
		}
	}
	return found, false
}
