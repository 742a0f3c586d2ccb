package intent

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// zero is shared and never changed.
var zero = new(uint256.Int)

// maxWords bounds the arguments in one line, in bytes. The bytes themselves are
// compared whole, and the call tree shows them whole.
const maxWords = 600

const cutMark = "... (cut)"

// bounded writes values until its limit is reached, and says so if it left out
// something. Its output is printable ASCII.
type bounded struct {
	in    *Intent // whose names stand beside addresses; may be nil
	limit int     // in bytes; 0 is maxWords
	b     strings.Builder
	full  bool
}

func (b *bounded) most() int {
	if b.limit == 0 {
		return maxWords
	}
	return b.limit
}

func (b *bounded) add(s string) {
	if b.full {
		return
	}
	if b.b.Len()+len(s) > b.most() {
		s, b.full = s[:max(b.most()-b.b.Len(), 0)], true
	}
	b.b.WriteString(s)
}

func (b *bounded) text() string {
	if b.full {
		return b.b.String() + cutMark
	}
	return b.b.String()
}

func clip(s string) string {
	var b bounded
	b.add(s)
	return b.text()
}

func (b *bounded) hex(data []byte) {
	b.add("0x")
	b.add(hex.EncodeToString(data[:min(len(data), b.most())]))
}

func (b *bounded) quoted(s string) { b.add(strconv.QuoteToASCII(s[:min(len(s), b.most())])) }

// params writes declared arguments: tuples in ( ), arrays in [ ].
func (b *bounded) params(ps []encode.Param, values []any) {
	b.add("(")
	for i, v := range values {
		b.separate(i)
		b.declared(ps[i].Type, v)
	}
	b.add(")")
}

func (b *bounded) group(a common.Address) string {
	if b.in == nil {
		return report.Group(a)
	}
	return b.in.group(a)
}

func (b *bounded) separate(i int) {
	if i > 0 {
		b.add(", ")
	}
}

func (b *bounded) declared(t encode.Type, v any) {
	if b.full {
		return
	}
	switch v := v.(type) {
	case *big.Int:
		b.add(v.String())
	case common.Address:
		b.add(b.group(v))
	case bool:
		b.add(strconv.FormatBool(v))
	case []byte:
		b.hex(v)
	case string:
		b.quoted(v)
	case []any:
		b.list(t, v)
	case inner:
		if v.function == "" {
			b.add("no call")
			return
		}
		b.add(clip(v.function) + " with ")
		b.params(v.inputs, v.args)
	}
}

func (b *bounded) list(t encode.Type, values []any) {
	if t.Base == "tuple" {
		b.params(t.Components, values)
		return
	}
	b.add("[")
	for i, v := range values {
		b.separate(i)
		b.declared(*t.Elem, v)
	}
	b.add("]")
}

// decoded writes arguments of the call tree in the same form.
func (b *bounded) decoded(open, end string, values []abi.Value) {
	b.add(open)
	for i, v := range values {
		if b.full {
			return
		}
		b.separate(i)
		b.decodedValue(v)
	}
	b.add(end)
}

func (b *bounded) decodedValue(v abi.Value) {
	switch {
	case strings.HasSuffix(v.Type, "]"):
		b.decoded("[", "]", v.Elems)
	case strings.HasPrefix(v.Type, "("):
		b.decoded("(", ")", v.Elems)
	case v.Type == "string":
		b.quoted(string(v.Bytes))
	case strings.HasPrefix(v.Type, "bytes"):
		b.hex(v.Bytes)
	default:
		if a, ok := v.Address(); ok {
			b.add(b.group(a))
			return
		}
		b.quotedUnlessPlain(v.Text)
	}
}

func (b *bounded) quotedUnlessPlain(s string) {
	if strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }) >= 0 {
		b.quoted(s)
		return
	}
	b.add(s)
}

// say describes a decoded call in the words of the actions.
func say(in *Intent, c *abi.Call, derived []effect.Effect, like Action) string {
	if f, ok := like.(interface{ sameCall(*abi.Call) bool }); ok && f.sameCall(c) {
		return like.Text() // the bytes are those of the action, and so are the words
	}
	if c.Operation != 0 {
		return operationWords(c.Operation) + " to " + in.group(c.To) + ", " + dataWords(c)
	}
	native := nativeOf(like)
	if len(derived) == 1 && derived[0].Kind == effect.Transfer && derived[0].From == in.Safe && derived[0].Amount != nil && derived[0].ID == nil {
		return sayTransfer(in, derived[0], native, like)
	}
	if words := sayChange(in, derived, like); words != "" {
		return words
	}
	if len(c.Data) == 0 && c.To == in.Safe && c.Value != nil && c.Value.IsZero() {
		return rejectWords
	}
	if !c.Status.Readable() {
		return "call " + in.group(c.To) + " with " + dataWords(c) + ", sending " + sayValue(c.Value, native)
	}
	b := bounded{in: in}
	b.decoded("(", ")", c.Args)
	text := callWords(in, c.Function, c.To, b.text(), valueOrZero(c.Value), native)
	if len(c.Suffix) > 0 {
		text += suffixWords(c.Suffix)
	}
	return text
}

// sayChange says what is no payment in the words of the actions, where the call does
// one thing only, so that what differs stands at the same place in both lines.
func sayChange(in *Intent, derived []effect.Effect, like Action) string {
	if len(derived) != 1 || like == nil || derived[0].Kind != like.Effect(in).Kind || derived[0].Actor != in.Safe {
		return ""
	}
	e := derived[0]
	switch e.Kind {
	case effect.Approve:
		return sayApproval(in, e, like)
	case effect.Transfer, effect.Call, effect.OpaqueCall, effect.Unknown, effect.Rejection, effect.NestedExecution, effect.DelegateCalled:
		return ""
	}
	return e.Words(speaker{in})
}

func sayApproval(in *Intent, e effect.Effect, like Action) string {
	if e.Amount == nil || e.Asset.Standard != effect.ERC20 || e.Target != e.Asset.Token {
		return e.Words(speaker{in})
	}
	p := approval{tokenAmount: tokenAmount{token: e.Asset.Token, n: e.Amount}, spender: e.To}
	if known, ok := like.(*approval); ok && known.token == p.token {
		p.unit, p.scaled = known.unit, known.scaled
	}
	return p.says(in)
}

// speaker writes what an effect holds, in the names of the intent.
type speaker struct{ in *Intent }

func (s speaker) Address(a common.Address) string { return s.in.group(a) }

func (s speaker) Amount(a effect.Asset, n *uint256.Int) string {
	return decWords(n) + " base units of " + assetWords(a)
}

// sayTransfer uses the unit of the declared action only for its own token: the
// decimals of one token say nothing about another.
func sayTransfer(in *Intent, e effect.Effect, native unit, like Action) string {
	if e.Asset.Standard == effect.Native {
		return sendWords(in, e.Amount, native, e.To)
	}
	t := tokenAmount{token: e.Asset.Token, n: e.Amount}
	if known, ok := amountOf(like); ok && known.token == t.token && e.Asset.Standard == effect.ERC20 {
		t.unit, t.scaled = known.unit, known.scaled
	}
	return transferWords(in, t, e.To)
}

// amountOf returns the amount of a transfer of tokens.
func amountOf(a Action) (tokenAmount, bool) {
	switch a := a.(type) {
	case *transfer:
		return a.tokenAmount, true
	case *between:
		return amountOf(a.high)
	}
	return tokenAmount{}, false
}

func nativeOf(a Action) unit {
	switch a := a.(type) {
	case *send:
		return a.native
	case *call:
		return a.native
	case *delegatecall:
		return a.native
	case *between:
		return nativeOf(a.high)
	}
	return unit{}
}

func operationWords(op uint8) string {
	if op == 1 {
		return "DELEGATECALL"
	}
	return fmt.Sprintf("INVALID OPERATION %d", op)
}

func dataWords(c *abi.Call) string {
	words := countWords(len(c.Data), "byte") + " of data"
	if c.Status == abi.StatusEmpty || c.Status == abi.StatusShort {
		return words
	}
	if c.Status.Readable() {
		return words + " that look like " + clip(c.Function)
	}
	return words + " (" + c.Status.String() + ") with selector 0x" + hex.EncodeToString(c.Selector[:])
}

func sayValue(n *uint256.Int, native unit) string {
	if n == nil {
		return "an unknown value"
	}
	return sayNative(n, native)
}

func valueOrZero(n *uint256.Int) *uint256.Int {
	if n == nil {
		return zero
	}
	return n
}

func decWords(n *uint256.Int) string {
	if n == nil {
		return "unknown"
	}
	return n.Dec()
}

func countWords(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
