package clearsign

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/report"
)

// Message puts typed data into the words of the one descriptor whose constraints
// its domain meets and that has its encodeType. data comes from eip712.Read without
// problems: what two signers could hash differently has no words. signer is nil if
// it is not known.
func (b *Bundle) Message(data *eip712.Data, signer *common.Address, src Source) (*Rendering, error) {
	if data == nil || data.Hashes == nil {
		return nil, fmt.Errorf("%w: the typed data is not exact", ErrNotCanonical)
	}
	s := newSession(b, src)
	dom := readDomain(data)
	m, err := s.matchMessage(data, dom)
	if err != nil {
		return nil, err
	}
	e := &engine{
		session: s, desc: m.of, format: m.format, depth: 1,
		data: value.FromMessage(&data.Message),
		box:  box{chain: dom.chain, to: dom.contract, from: signer, value: new(big.Int)},
	}
	if dom.salted {
		e.notice("the domain has no chainId; its salt is taken as the chain")
	}
	return e.render()
}

// domain is what of a domain binds to a chain and a contract.
type domain struct {
	chain    uint64
	contract common.Address
	bound    bool // chain and contract are there
	salted   bool // the chain is the salt
}

// readDomain also takes a salt for the chain, where there is no chainId: before
// the opcode CHAINID, meta-transactions of contracts that live on several chains
// had their chain there, as a number of 32 bytes. It is signed as chainId is. The
// standard speaks of chainId only, so the rendering carries a notice.
func readDomain(data *eip712.Data) domain {
	var d domain
	to, okTo := data.Domain.Get("verifyingContract").Address()
	d.contract = to
	id, okID := data.Domain.Get("chainId").Uint()
	if okID && id.IsUint64() {
		d.chain = id.Uint64()
	}
	salt := data.Domain.Get("salt")
	if data.Domain.Get("chainId") == nil && salt != nil && salt.Kind == eip712.KindFixedBytes {
		if n := new(big.Int).SetBytes(salt.Bytes); n.IsUint64() && n.Sign() > 0 {
			d.chain, d.salted = n.Uint64(), true
		}
	}
	d.bound = okTo && d.chain != 0
	return d
}

func (s *session) matchMessage(data *eip712.Data, dom domain) (message, error) {
	of := s.bundle.messages[data.Type]
	if len(of) == 0 {
		return message{}, fmt.Errorf("%w: %s", ErrNoFormat, report.Quote(data.Type))
	}
	var found message
	for _, m := range of {
		if !s.binds(m.of, data, dom) {
			continue
		}
		if found.of != nil {
			return message{}, fmt.Errorf("%w: %s and %s", ErrAmbiguous, report.Quote(found.of.File), report.Quote(m.of.File))
		}
		found = m
	}
	if found.of == nil {
		return message{}, fmt.Errorf("%w: the domain is not that of any descriptor for %s", ErrNoDescriptor, report.Quote(data.Primary))
	}
	return found, nil
}

// binds holds every constraint of a descriptor against the domain. One without
// chain and contract has no words at all: "@.to" and "@.chainId" would be empty
// (ERC-7730, "EIP-712 container").
func (s *session) binds(d *descriptor.Descriptor, data *eip712.Data, dom domain) bool {
	if !dom.bound {
		return false
	}
	if d.Deployments != nil && !s.deployed(d, dom) {
		return false
	}
	if d.Separator != nil && *d.Separator != data.Hashes.Domain {
		return false
	}
	for _, want := range d.Domain {
		v := data.Domain.Get(want.Key)
		if v == nil {
			return false
		}
		got := value.FromMessage(v)
		if !equal(&got, want.Text) {
			return false
		}
	}
	return true
}

func (s *session) deployed(d *descriptor.Descriptor, dom domain) bool {
	runs, proxy := s.source.Implementation(dom.chain, dom.contract)
	for _, at := range d.Deployments {
		if at.Chain == dom.chain && (at.Address == dom.contract || proxy && at.Address == runs) {
			return true
		}
	}
	return false
}
