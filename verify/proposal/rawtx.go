package proposal

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
)

// rawTransaction is the hex of an Ethereum transaction, signed or not, that
// calls execTransaction: legacy, EIP-2930 or EIP-1559. Its target is the Safe.
// The nonce in it is the sender's, not the Safe's.
type rawTransaction struct{}

func (rawTransaction) name() string { return "rlp" }

// sniff takes a list (first byte from 0xc0), or a type byte with a list behind it.
// Also types that are refused are recognised, to be named.
func (rawTransaction) sniff(in *input) int {
	if !hexBody(in.text) {
		return noMatch
	}
	first, second := hexByte(in.text, 0), hexByte(in.text, 1)
	if first >= 0xc0 || first < 0x10 && second >= 0xc0 {
		return looseMatch
	}
	return noMatch
}

func (rawTransaction) read(r *reader, in *input) (*Proposal, error) {
	b := r.hexText(in)
	if b == nil {
		return nil, nil
	}
	tx, err := parseRawTx(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotProposal, err)
	}
	if tx.delegates != nil {
		return r.type4(tx), nil
	}
	if tx.to == nil {
		return nil, notProposal("the transaction creates a contract instead of calling a Safe")
	}
	p := &Proposal{}
	if err := r.execInto(p, tx.data); err != nil {
		return nil, err
	}
	r.saySafe("to", -1, tx.to)
	if tx.chain != nil {
		r.sayChain("chainId", -1, tx.chain)
	}
	hash := crypto.Keccak256Hash(b)
	p.Claims.RawTxHash = &hash
	r.rawFacts(tx)
	return p, nil
}

func (r *reader) rawFacts(tx *rawTx) {
	state := "an unsigned"
	if tx.signed {
		state = "a signed"
	}
	r.fact("the file is %s %s transaction to the Safe with the sender's nonce %d", state, tx.kind, tx.nonce)
	if tx.chain == nil {
		r.fact("the transaction names no chain and can be sent on every chain")
	}
	if tx.value.Sign() != 0 {
		r.fact("the transaction itself pays %s wei to the Safe", tx.value.Dec())
	}
}

// type4 reads the delegations of an EIP-7702 transaction: they let the code of
// accounts be replaced, whatever the transaction calls beside.
func (r *reader) type4(tx *rawTx) *Proposal {
	m := &Message{Kind: MessageAuthorization}
	for _, d := range tx.delegates[:min(len(tx.delegates), maxAuthorizations)] {
		m.Authorizations = append(m.Authorizations, d.authorization())
	}
	if len(tx.delegates) > maxAuthorizations {
		r.refuse("INPUT_LIMIT", "authorizationList", -1, fmt.Sprintf("the transaction holds %d delegations, the limit is %d", len(tx.delegates), maxAuthorizations), "no honest transaction delegates that many accounts")
	}
	if tx.to != nil {
		r.fact("the transaction that carries the delegations also calls %s with %d bytes of data; the call was not judged: give it as a file of its own", report.Group(*tx.to), len(tx.data))
	}
	r.sayChain("chainId", -1, tx.chain)
	return r.message(m)
}

// rawTx is what a transaction says that calls a Safe.
type rawTx struct {
	kind      string
	signed    bool
	chain     *uint256.Int // nil if the transaction names none
	nonce     uint64
	to        *common.Address // nil for a contract creation
	value     *uint256.Int
	data      []byte
	delegates []delegation // EIP-7702: not nil
}

type delegation struct {
	chain  *uint256.Int
	to     common.Address
	nonce  uint64
	parity uint64
	r, s   *uint256.Int // nil if it is not signed
}

// parseRawTx reads the envelope (EIP-2718) and one canonical RLP list.
func parseRawTx(b []byte) (*rawTx, error) {
	kind, body := byte(0), b
	if len(b) > 0 && b[0] < 0xc0 {
		kind, body = b[0], b[1:]
	}
	content, rest, err := rlp.SplitList(body)
	if err != nil {
		return nil, fmt.Errorf("the transaction is no canonical RLP list: %w", err)
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes follow the transaction", len(rest))
	}
	l := &rlpList{rest: content}
	tx := new(rawTx)
	switch kind {
	case 0:
		tx.legacy(l)
	case 1:
		tx.typed(l, "EIP-2930", 1)
	case 2:
		tx.typed(l, "EIP-1559", 2)
	case 3:
		return nil, fmt.Errorf("a blob transaction (EIP-4844) is not supported, and a Safe needs none")
	case 4:
		tx.typed(l, "EIP-7702", 2)
	default:
		return nil, fmt.Errorf("the transaction type 0x%02x is not known", kind)
	}
	if l.err != nil {
		return nil, fmt.Errorf("the %s transaction cannot be read: field %d: %w", tx.kind, l.n, l.err)
	}
	return tx, nil
}

// legacy reads nonce, gasPrice, gas, to, value, data and, unless the transaction
// is unsigned from before EIP-155, v, r and s. Unsigned with EIP-155, v is the
// chain id and r and s are empty.
func (tx *rawTx) legacy(l *rlpList) {
	tx.kind = "legacy"
	tx.nonce = l.uint64()
	l.uint256() // gas price
	l.uint256() // gas limit
	tx.to, tx.value, tx.data = l.to(), l.uint256(), l.bytes()
	if l.done() {
		return
	}
	v, rr, ss := l.uint256(), l.uint256(), l.uint256()
	l.end()
	if l.err != nil {
		return
	}
	if rr.IsZero() && ss.IsZero() {
		tx.setChain(v, l)
		return
	}
	tx.signed = true
	switch n := v.Uint64(); {
	case v.IsUint64() && (n == 27 || n == 28):
	case v.LtUint64(35):
		l.fail(fmt.Errorf("v is %s, expected 27, 28 or 35 and more", v.Dec()))
	default:
		tx.setChain(new(uint256.Int).Rsh(new(uint256.Int).SubUint64(v, 35), 1), l)
	}
}

func (tx *rawTx) setChain(id *uint256.Int, l *rlpList) {
	if id.IsZero() {
		l.fail(fmt.Errorf("the chain id is 0"))
		return
	}
	tx.chain = id
}

// typed reads chainId, nonce, the prices, gas, to, value, data, accessList, for
// EIP-7702 the authorization list, and the signature if there is one.
func (tx *rawTx) typed(l *rlpList, kind string, prices int) {
	tx.kind = kind
	tx.setChain(l.uint256(), l)
	tx.nonce = l.uint64()
	for range prices + 1 {
		l.uint256()
	}
	tx.to, tx.value, tx.data = l.to(), l.uint256(), l.bytes()
	l.accessList()
	if kind == "EIP-7702" {
		tx.delegates = l.delegations()
	}
	if l.done() {
		return
	}
	tx.signed = true
	if parity := l.uint256(); parity.GtUint64(1) {
		l.fail(fmt.Errorf("the parity of the signature is %s, expected 0 or 1", parity.Dec()))
	}
	l.uint256()
	l.uint256()
	l.end()
}
