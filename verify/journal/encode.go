package journal

import (
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
)

// MaxLine is the longest line in bytes, its line feed included.
const MaxLine = 64 << 10

const unlimited = "unlimited"

// Encode returns the record's line with its line feed. The error is an *Error of kind
// ErrRecord, ErrClock or ErrLimit.
func (r Record) Encode() ([]byte, error) {
	line, err := r.encode()
	if err != nil {
		return nil, err
	}
	return line, nil
}

func (r Record) encode() ([]byte, *Error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	l := r.line()
	if len(l) > MaxLine {
		return nil, fail(ErrLimit, "split the transaction", "the record is %d bytes long, the limit is %d; it has %d outflows", len(l), MaxLine, len(r.Outflow))
	}
	return l, nil
}

// line writes a record that check has passed: no text in it needs an escape.
func (r Record) line() []byte {
	l := make(line, 0, 1024)
	l = append(l, '{')
	if r.Kind == Born {
		l.text("coldsign", format)
	}
	l.key("sequence")
	l = strconv.AppendInt(l, int64(r.Sequence), 10)
	l.text("previous", r.Previous)
	l.text("time", r.Time.UTC().Format(timeLayout))
	l.text("kind", r.Kind.String())
	l.text("identity", r.Identity)
	l.number("chain", r.Chain)
	l.address("safe", r.Safe)
	if !r.Version.IsZero() {
		l.text("version", r.Version.String())
	}
	l.number("nonce", r.Nonce)
	if r.Hash != (common.Hash{}) {
		l.text("safeTxHash", r.Hash.Hex())
	}
	l.text("payload", r.Payload)
	l.text("policy", r.Policy)
	l.text("intent", r.Intent)
	l.text("program", r.Program)
	l.address("signer", r.Signer)
	l.text("reason", r.Reason)
	if r.counts() {
		l.outflow(r.Outflow)
		l.parties(r.Parties)
	}
	return append(l, '}', '\n')
}

// line is a line under construction. Values that are empty or nil are left out.
type line []byte

func (l *line) key(name string) {
	if c := (*l)[len(*l)-1]; c != '{' {
		*l = append(*l, ',')
	}
	*l = append(append(append(*l, '"'), name...), '"', ':')
}

func (l *line) text(name, value string) {
	if value == "" {
		return
	}
	l.key(name)
	*l = append(append(append(*l, '"'), value...), '"')
}

func (l *line) number(name string, n *uint256.Int) {
	if n != nil {
		l.text(name, n.Dec())
	}
}

func (l *line) address(name string, a common.Address) {
	if a != (common.Address{}) {
		l.text(name, a.Hex())
	}
}

func (l *line) outflow(list []Outflow) {
	l.key("outflow")
	*l = append(*l, '[')
	for i, o := range list {
		if i > 0 {
			*l = append(*l, ',')
		}
		*l = append(*l, '{')
		l.text("standard", o.Asset.Standard.String())
		if o.Asset.Standard != effect.Native {
			l.address("token", o.Asset.Token)
		}
		if o.Amount == nil {
			l.text("amount", unlimited)
		}
		l.number("amount", o.Amount)
		*l = append(*l, '}')
	}
	*l = append(*l, ']')
}

func (l *line) parties(list []common.Address) {
	if len(list) == 0 {
		return
	}
	l.key("parties")
	*l = append(*l, '[')
	for i, a := range list {
		if i > 0 {
			*l = append(*l, ',')
		}
		*l = append(append(append(*l, '"'), a.Hex()...), '"')
	}
	*l = append(*l, ']')
}
