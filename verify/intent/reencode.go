package intent

import (
	"fmt"
	"slices"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// bytes encodes the intent again and compares it with the proposal to the byte.
// The actions may mean the same as the calls and the bytes still differ: in the
// library, the framing of the batch, padding, bytes after the end.
func (m *matcher) bytes(tx *safe.Tx) {
	want, err := m.bound().Tx(m.opts.Library)
	if err != nil {
		m.differ("", "the intent cannot be encoded: "+err.Error(), "name the library of the batch with the key multisend")
		return
	}
	if want.Operation == safe.OperationUnknown || want.Operation != tx.Operation {
		m.encoded("operation", want.Operation.String(), tx.Operation.String())
		m.differ("operation", "declared, encoded again: operation "+want.Operation.String()+"; decoded: "+tx.Operation.String(), "a delegatecall gives the target all rights of the safe")
	}
	if want.To != tx.To {
		m.encoded("target", report.Group(want.To), report.Group(tx.To))
		m.differ("to", "declared, encoded again: target "+report.Group(want.To)+"; decoded: "+report.Group(tx.To), m.targetHint(want))
	}
	if !sameNumber(want.Value, tx.Value) {
		m.encoded("value", decWords(want.Value)+" wei", decWords(tx.Value)+" wei")
		m.differ("value", "declared, encoded again: value "+decWords(want.Value)+" wei; decoded: "+decWords(tx.Value), "do not sign; find out which of the two is meant")
	}
	if string(want.Data) != string(tx.Data) {
		at := firstDifference(want.Data, tx.Data)
		m.encoded("data", around(want.Data, at), around(tx.Data, at))
		m.differ("data", m.dataDifference(want.Data, tx.Data), "do not sign; have the transaction built again from the intent")
	}
}

// encoded shows a field of the whole transaction, as the intent gives it when it is
// encoded again, beside that of the proposal; where the lines of the actions already
// differ, these say why, and the finding says the rest.
func (m *matcher) encoded(field, declared, decoded string) {
	if slices.ContainsFunc(m.result.Lines, func(l report.IntentLine) bool { return !l.Equal && l.Note != aroundNote }) {
		return
	}
	m.result.Lines = append(m.result.Lines, report.IntentLine{Declared: "encoded again: " + field + " " + declared, Decoded: field + " " + decoded, Note: aroundNote})
}

const aroundNote = "differs around the actions, or in how they are encoded"

// around shows the bytes at the first difference.
func around(data []byte, at int) string {
	const most = 16
	if at >= len(data) {
		return fmt.Sprintf("ends after %d bytes", len(data))
	}
	text := fmt.Sprintf("from byte %d of %d: 0x%x", at, len(data), data[at:min(at+most, len(data))])
	if at+most < len(data) {
		text += "..."
	}
	return text
}

// bound is the intent with every amount that it leaves open as it was found, which is
// all that the comparison of bytes leaves out (decision 19).
func (m *matcher) bound() *Intent {
	if len(m.exact) == 0 {
		return m.in
	}
	out := *m.in
	out.Actions = slices.Clone(m.in.Actions)
	for i, a := range out.Actions {
		if exact := m.exact[a]; exact != nil {
			out.Actions[i] = exact
		}
	}
	return &out
}

func (m *matcher) targetHint(want *safe.Tx) string {
	if want.Operation == safe.DelegateCall {
		return "if this library is meant, name it in the intent with the key multisend"
	}
	return "do not sign; find out which of the two is meant"
}

func (m *matcher) dataDifference(want, have []byte) string {
	at := firstDifference(want, have)
	return "declared, encoded again: data " + around(want, at) + "; decoded: " + around(have, at) + m.placeInBatch(at)
}

// The layout of multiSend(bytes): selector, offset, length, then entries of
// operation, target, value, length and data.
const (
	batchHead   = 4 + 32 + 32
	entryTarget = 1
	entryValue  = entryTarget + 20
	entryLength = entryValue + 32
	entryData   = entryLength + 32
)

// placeInBatch says in which action, and in which part of its entry, an offset
// of the declared calldata falls.
func (m *matcher) placeInBatch(at int) string {
	calls, err := m.bound().calls()
	if err != nil || len(calls) < 2 {
		return ""
	}
	if at < batchHead {
		return ", before the first action"
	}
	start := batchHead
	for k, c := range calls {
		end := start + entryData + len(c.Data)
		if at < end {
			return fmt.Sprintf(", in actions[%d] (%s)", k, entryPart(at-start))
		}
		start = end
	}
	return ", after the last action"
}

func entryPart(at int) string {
	switch {
	case at < entryTarget:
		return "operation"
	case at < entryValue:
		return "target"
	case at < entryLength:
		return "value"
	case at < entryData:
		return "length of the data"
	}
	return fmt.Sprintf("byte %d of its data", at-entryData)
}
