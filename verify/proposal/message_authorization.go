package proposal

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// authorization is what the key of a plain account signs for EIP-7702, after which
// the account runs foreign code: {chainId, address, nonce} with or without its
// signature, a list of them, the transaction of type 4 that carries them, and the
// bytes 0x05… that are signed.
type authorization struct{}

var (
	authorizationKeys = keys("chainId", "address", "contractAddress", "nonce", "yParity", "v", "r", "s", "signature", "hash", "authority")
	type4Keys         = keys("type", "chainId", "from", "to", "nonce", "gas", "gasLimit", "gasPrice", "maxFeePerGas", "maxPriorityFeePerGas", "value", "data", "input",
		"accessList", "authorizationList", "hash", "yParity", "v", "r", "s")
)

// maxAuthorizations bounds the signatures that are recovered.
const maxAuthorizations = 64

func (authorization) name() string { return "authorization" }
func (authorization) offChain()    {}

func (authorization) sniff(in *input) int {
	switch {
	case in.root == nil:
		if isBareAuthorization(in.text) {
			return exactMatch
		}
	case isAuthorization(in.root), isType4(in.root):
		return exactMatch
	case in.root.Is(strictjson.Array) && len(in.root.Items) > 0 && isAuthorization(&in.root.Items[0]):
		return exactMatch
	}
	return noMatch
}

// isAuthorization demands that nothing else stands in the object: many records
// hold an address, a chain and a nonce.
func isAuthorization(v *strictjson.Value) bool {
	if !v.Is(strictjson.Object) || !hasAll(v, "chainId", "nonce") || count(v, "address", "contractAddress") == 0 {
		return false
	}
	for i := range v.Members {
		if !authorizationKeys.exact[v.Members[i].Key] {
			return false
		}
	}
	return true
}

func isType4(v *strictjson.Value) bool { return v.Get("authorizationList").Is(strictjson.Array) }

// isBareAuthorization reports 0x05 and an RLP list, which only the signer of an
// authorization ever sees.
func isBareAuthorization(text string) bool {
	if len(text) > 200 || !strings.HasPrefix(text, "0x05") {
		return false
	}
	b, p := parseHex(text)
	return p == nil && len(b) > common.AddressLength && b[1] >= 0xc0
}

func (authorization) read(r *reader, in *input) (*Proposal, error) {
	if in.root == nil {
		return r.bareAuthorization(in)
	}
	m := &Message{Kind: MessageAuthorization}
	o := object{r, in.root, ""}
	list := field{object: o, val: in.root}
	switch {
	case isType4(in.root):
		type4Keys.checkRoot(o)
		list = o.field("authorizationList")
		if o.field("to").val.Given() || o.field("data").val.Given() || o.field("input").val.Given() {
			r.fact("the transaction that carries the delegations makes a call too; it was not judged: give it as a file of its own")
		}
	case in.root.Kind == strictjson.Object:
		m.Authorizations = []Authorization{o.authorization()}
		r.authorizationChain(m)
		return r.message(m), nil
	}
	for i := range list.val.Items[:min(len(list.val.Items), maxAuthorizations)] {
		m.Authorizations = append(m.Authorizations, list.element(i, &list.val.Items[i]).authorization())
	}
	if n := len(list.val.Items); n > maxAuthorizations {
		list.bad(&problem{"INPUT_LIMIT", "the list holds too many delegations", "no honest transaction delegates that many accounts"})
		r.broken = true
	}
	r.authorizationChain(m)
	return r.message(m), nil
}

// authorizationChain notes the chain of a single delegation.
func (r *reader) authorizationChain(m *Message) {
	if len(m.Authorizations) == 1 && m.Authorizations[0].ChainID != nil && !m.Authorizations[0].ChainID.IsZero() {
		r.sayChain("chainId", -1, m.Authorizations[0].ChainID)
	}
}

const authorizationForm = asToken | asText | asHex | script

// authorization reads one delegation. Tools write its address under two names.
func (o object) authorization() Authorization {
	authorizationKeys.check(o)
	var a Authorization
	a.ChainID = o.r.mustNumber(o.field("chainId").number(authorizationForm))
	to := o.field("address")
	if other := o.field("contractAddress"); !to.val.Given() {
		to = other
	} else if other.val.Given() {
		other.bad(&problem{"KEY_RESEMBLES_KNOWN", "the address stands under two names", "one delegation has one address"})
		o.r.broken = true
	}
	a.Delegate = o.r.must(to.address())
	if n := o.r.mustNumber(o.field("nonce").number(authorizationForm)); n != nil && n.IsUint64() {
		a.Nonce = n.Uint64()
	} else if n != nil {
		f := o.field("nonce")
		f.bad(&problem{"NUMBER_OUT_OF_RANGE", "the nonce of an account has 64 bits", "no account has such a nonce"})
		o.r.broken = true
	}
	o.authorizationSignature(&a)
	return a
}

// authorizationSignature reads yParity (or v), r and s.
func (o object) authorizationSignature(a *Authorization) {
	parity := o.field("yParity")
	if !parity.val.Given() {
		parity = o.field("v")
	}
	r, s := o.field("r").optionalNumber(asText|asHex), o.field("s").optionalNumber(asText|asHex)
	p := parity.optionalNumber(asToken | asText | asHex)
	if r == nil || s == nil || p == nil || r.IsZero() && s.IsZero() {
		return
	}
	if p.IsUint64() && (p.Uint64() == 27 || p.Uint64() == 28) {
		p = new(uint256.Int).SubUint64(p, 27)
	}
	a.Signed, a.R, a.S, a.Parity = true, r, s, 2
	if p.IsUint64() {
		a.Parity = p.Uint64()
	}
}

// bareAuthorization reads the bytes that are hashed and signed.
func (r *reader) bareAuthorization(in *input) (*Proposal, error) {
	b := r.hexText(in)
	if b == nil {
		return nil, nil
	}
	l := &rlpList{rest: b[1:]}
	entry := l.list()
	l.end()
	d := delegation{chain: entry.uint256(), to: common.Address(entry.fixed(common.AddressLength)), nonce: entry.uint64()}
	entry.end()
	l.failWith(entry.err)
	if l.err != nil {
		return nil, notProposal("the file holds %d bytes of hex that begin like an EIP-7702 authorization but are none: %v", len(b), l.err)
	}
	m := &Message{Kind: MessageAuthorization, Authorizations: []Authorization{d.authorization()}}
	r.authorizationChain(m)
	return r.message(m), nil
}

// authorization makes the delegation of a raw transaction into that of a message.
func (d delegation) authorization() Authorization {
	return Authorization{Authorization: safe.Authorization{ChainID: d.chain, Delegate: d.to, Nonce: d.nonce}, Signed: d.r != nil, Parity: d.parity, R: d.r, S: d.s}
}
