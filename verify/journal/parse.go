package journal

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// lineLimits bound the JSON of one line: an object, a list of outflows, an outflow.
var lineLimits = strictjson.Limits{Bytes: MaxLine, Depth: 3, Items: MaxLine / 8}

const editedHint = "this program writes no such line; somebody else has written into the file: keep a copy, and sign nothing before it is known who"

// Parse reads one line with its line feed. Whatever it accepts, Encode writes as the
// same bytes. The error is an *Error of kind ErrText.
func Parse(line []byte) (Record, error) {
	r, err := parse(line)
	if err != nil {
		return Record{}, err
	}
	return r, nil
}

func parse(line []byte) (Record, *Error) {
	v, err := strictjson.Parse(line, lineLimits)
	if err != nil {
		return Record{}, fail(ErrText, editedHint, "%s", syntax(err))
	}
	if v.Kind != strictjson.Object {
		return Record{}, fail(ErrText, editedHint, "it is %s, not an object", v.Kind)
	}
	f := fields{left: v.Members}
	r := f.record()
	if f.problem == "" && len(f.left) > 0 {
		f.problem = fmt.Sprintf("the key %s is unknown, or out of its order", report.Quote(f.left[0].Key))
	}
	if f.problem != "" {
		return Record{}, fail(ErrText, editedHint, "%s", f.problem)
	}
	return r, r.canonical(line)
}

// syntax says what is no JSON; the line it counts is always the first.
func syntax(err error) string {
	var e *strictjson.Error
	if errors.As(err, &e) {
		return fmt.Sprintf("column %d: %s", e.Column, e.Msg)
	}
	return err.Error()
}

// canonical refuses a line that is not the one that this record has: blanks, escapes,
// another spelling of a number or an address.
func (r Record) canonical(line []byte) *Error {
	want, err := r.encode()
	if err != nil {
		return fail(ErrText, editedHint, "%s", err.Msg)
	}
	if bytes.Equal(line, want) {
		return nil
	}
	at := 0
	for at < len(line) && at < len(want) && line[at] == want[at] {
		at++
	}
	return fail(ErrText, editedHint, "from byte %d on it is not written as this program writes it", at)
}

// fields takes the keys of an object one by one, in their order. After the first
// problem everything it returns is empty.
type fields struct {
	left    []strictjson.Member
	problem string
}

func (f *fields) record() (r Record) {
	if tag := f.text("coldsign"); tag != "" && tag != format {
		f.fail("the file says it is %s; this program reads %s", report.Quote(tag), format)
	}
	r.Sequence = f.sequence()
	r.Previous = f.must("previous", strictjson.String).Text
	r.Time = f.time()
	r.Kind = f.kind()
	r.Identity = f.text("identity")
	r.Chain = f.number("chain")
	r.Safe = f.address("safe")
	r.Version = f.version()
	r.Nonce = f.number("nonce")
	r.Hash = f.hash()
	r.Payload, r.Policy, r.Intent = f.text("payload"), f.text("policy"), f.text("intent")
	r.Program = f.text("program")
	r.Signer = f.address("signer")
	r.Reason = f.text("reason")
	r.Outflow = f.outflow()
	r.Parties = f.parties()
	return r
}

func (f *fields) fail(format string, args ...any) {
	if f.problem == "" {
		f.problem = fmt.Sprintf(format, args...)
	}
}

// take returns the next value if it stands under this key and is of the kind.
func (f *fields) take(key string, kind strictjson.Kind) *strictjson.Value {
	if f.problem != "" || len(f.left) == 0 || f.left[0].Key != key {
		return nil
	}
	v := &f.left[0].Value
	f.left = f.left[1:]
	if v.Kind != kind {
		f.fail("%s is %s, not %s", key, v.Kind, kind)
		return nil
	}
	return v
}

// must is take for a key that every record has.
func (f *fields) must(key string, kind strictjson.Kind) strictjson.Value {
	v := f.take(key, kind)
	switch {
	case v != nil:
		return *v
	case len(f.left) > 0:
		f.fail("the key %s is due, and %s stands there", key, report.Quote(f.left[0].Key))
	}
	f.fail("the key %s is missing", key)
	return strictjson.Value{}
}

// text returns "" for a key that is left out. An empty text differs from it in the
// bytes, which canonical compares.
func (f *fields) text(key string) string {
	if v := f.take(key, strictjson.String); v != nil {
		return v.Text
	}
	return ""
}

func (f *fields) sequence() int {
	text := f.must("sequence", strictjson.Number).Text
	n, err := strconv.Atoi(text)
	if err != nil {
		f.fail("the sequence number is %s", report.Quote(text))
	}
	return n
}

func (f *fields) time() time.Time {
	text := f.must("time", strictjson.String).Text
	t, err := time.Parse(timeLayout, text)
	if err != nil {
		f.fail("the time is %s, not like 2026-01-31T12:00:00Z", report.Quote(text))
	}
	return t
}

func (f *fields) kind() Kind {
	text := f.must("kind", strictjson.String).Text
	for k := Born; k < kindCount; k++ {
		if text == k.String() {
			return k
		}
	}
	f.fail("the kind is %s", report.Quote(text))
	return Unknown
}

func (f *fields) number(key string) *uint256.Int { return f.decimal(key, f.text(key)) }

func (f *fields) decimal(key, text string) *uint256.Int {
	if text == "" {
		return nil
	}
	n, err := uint256.FromDecimal(text)
	if err != nil {
		f.fail("%s is %s, not a decimal number below 2^256", key, report.Quote(text))
		return nil
	}
	return n
}

func (f *fields) address(key string) common.Address {
	text := f.text(key)
	if text != "" && !common.IsHexAddress(text) {
		f.fail("%s is %s, which is no address", key, report.Quote(text))
		return common.Address{}
	}
	return common.HexToAddress(text)
}

func (f *fields) version() safe.Version {
	text := f.text("version")
	if text == "" {
		return safe.Version{}
	}
	v, err := safe.ParseVersion(text)
	if err != nil {
		f.fail("version: %s", err.Error())
	}
	return v
}

func (f *fields) hash() common.Hash {
	text := f.text("safeTxHash")
	if text == "" {
		return common.Hash{}
	}
	var h common.Hash
	if err := h.UnmarshalText([]byte(text)); err != nil {
		f.fail("safeTxHash is %s, not 0x and 64 hex digits", report.Quote(text))
	}
	return h
}

func (f *fields) outflow() []Outflow {
	v := f.take("outflow", strictjson.Array)
	if v == nil {
		return nil
	}
	var list []Outflow
	for i := range v.Items {
		o := fields{left: v.Items[i].Members}
		list = append(list, o.oneOutflow())
		if o.problem == "" && len(o.left) > 0 {
			o.fail("the key %s is unknown, or out of its order", report.Quote(o.left[0].Key))
		}
		if o.problem != "" {
			f.fail("outflow %d: %s", i, o.problem)
		}
	}
	return list
}

// parties returns what stands there; its order, and an empty list, is for canonical to
// refuse.
func (f *fields) parties() []common.Address {
	v := f.take("parties", strictjson.Array)
	if v == nil {
		return nil
	}
	var list []common.Address
	for i := range v.Items {
		text := v.Items[i].Text
		if v.Items[i].Kind != strictjson.String || !common.IsHexAddress(text) {
			f.fail("party %d is no address", i)
			return nil
		}
		list = append(list, common.HexToAddress(text))
	}
	return list
}

func (f *fields) oneOutflow() (o Outflow) {
	standard := f.text("standard")
	for s := effect.Native; s <= effect.ERC1155; s++ {
		if standard == s.String() {
			o.Asset.Standard = s
		}
	}
	o.Asset.Token = f.address("token")
	switch amount := f.text("amount"); amount {
	case unlimited:
	case "":
		f.fail("the amount is missing")
	default:
		o.Amount = f.decimal("amount", amount)
	}
	return o
}
