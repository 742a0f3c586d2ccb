package proposal

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/safe"
)

// MessageKind says what an off-chain payload is.
type MessageKind uint8

// The kinds; zero is unknown.
const (
	MessageUnknown       MessageKind = iota
	MessageText                      // a text, which is hashed with the prefix of EIP-191
	MessageBytes                     // bytes or a hash, without what they stand for
	MessageTyped                     // typed data of any type (EIP-712)
	MessageOperation                 // a user operation (ERC-4337)
	MessageAuthorization             // delegations of accounts to code (EIP-7702)
)

// Message is an off-chain payload: something that is signed and is no SafeTx. It
// moves money all the same: a permit is a spending right, a hash can be that of a
// transaction. It is given even if a part of it is not exact, because it must be
// called by its name; findings beside it refuse it then.
type Message struct {
	Kind MessageKind

	// Exact says that every part was read without doubt. What is not exact never
	// passes.
	Exact bool

	// BySafe says that the Safe signs (EIP-1271): its owners sign a SafeMessage
	// around the content. Otherwise one account signs the content itself.
	BySafe  bool
	Request string          // the method that asks for the signature, "" if none
	Account *common.Address // whom it asks, nil if it does not say

	// Text is the content of a MessageText. Wallets hash a text that is hex in
	// more than one way; if a request gives the bytes, they stand in Bytes.
	Text string

	// Bytes is the content of a MessageBytes: for a SafeMessage exactly the bytes
	// in it.
	Bytes []byte

	// Typed is the content of a MessageTyped, of a MessageOperation that came as
	// typed data, and of a MessageText that is typed data as a text. Nil if not
	// even its types can be read.
	Typed *eip712.Data

	Operation      *Operation
	Authorizations []Authorization

	// Beside are Safe transactions that stand in the same file.
	Beside []*Proposal
}

// Operation is a user operation. A zero address and a nil number are not known.
type Operation struct{ safe.Operation4337 }

// Authorization is one delegation, signed or not.
type Authorization struct {
	safe.Authorization
	Signed bool
	Parity uint64
	R, S   *uint256.Int
}

// offChain is a dialect whose content is a message.
type offChain interface{ offChain() }

// message makes the proposal of a message. The reader closes it in result.
func (r *reader) message(m *Message) *Proposal { return &Proposal{Message: m} }

// beside reads Safe transactions under keys that the form does not have. The file
// is refused for them; whether the message is the hash of one must still be said.
func (o object) beside(own *keySet) []*Proposal {
	const most = 4
	var out []*Proposal
	if o.v == nil {
		return nil
	}
	for i := range o.v.Members {
		m := &o.v.Members[i]
		if own.exact[m.Key] || len(out) == most {
			continue
		}
		if p := o.r.besideTx(&input{root: &m.Value}); p != nil {
			out = append(out, p)
		}
	}
	return out
}

func (r *reader) besideTx(in *input) *Proposal {
	found := recognise(in)
	if len(found) != 1 {
		return nil
	}
	if _, message := found[0].(offChain); message {
		return nil
	}
	sub := &reader{raw: r.raw, opt: Options{ShortName: r.opt.ShortName}, dialect: found[0].name()}
	p, err := found[0].read(sub, in)
	if err != nil || p == nil || p.Tx == nil || sub.broken {
		return nil
	}
	p.Dialect, p.Safe, p.Chain = sub.dialect, sub.safe, sub.chain
	return p
}
