package clearsign

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/report"
)

// maxCalldata is the longest calldata that is put into words.
const maxCalldata = 1 << 20

// Call is one call of a contract. From is nil if it is not known, Value if it is
// zero.
type Call struct {
	Chain uint64
	To    common.Address
	From  *common.Address
	Value *big.Int
	Data  []byte
}

// Call puts a call into the words of the one descriptor that is bound to its
// target (or, if there is none, to what the Source says its target runs) and
// describes its function.
func (b *Bundle) Call(c Call, src Source) (*Rendering, error) {
	return newSession(b, src).call(c, 1)
}

func (s *session) call(c Call, depth int) (*Rendering, error) {
	if len(c.Data) < 4 {
		return nil, fmt.Errorf("%w: %d bytes hold no selector", ErrNoFormat, len(c.Data))
	}
	if depth > maxNested {
		return nil, fmt.Errorf("%w: calls nest more than %d deep", ErrTooLong, maxNested)
	}
	d, f, err := s.match(c)
	if err != nil {
		return nil, err
	}
	args, suffix, err := decode(c, f)
	if err != nil {
		return nil, err
	}
	e := &engine{session: s, desc: d, format: f, depth: depth, data: args, box: box{chain: c.Chain, to: c.To, from: c.From, value: c.Value, carries: true}}
	if e.box.value == nil {
		e.box.value = new(big.Int)
	}
	r, err := e.render()
	if r != nil {
		r.Suffix = suffix
	}
	return r, err
}

// match finds the descriptor and the format of a call.
func (s *session) match(c Call) (*descriptor.Descriptor, *descriptor.Format, error) {
	bound := s.bundle.calls[descriptor.Deployment{Chain: c.Chain, Address: c.To}]
	if len(bound) == 0 {
		if to, ok := s.source.Implementation(c.Chain, c.To); ok {
			bound = s.bundle.calls[descriptor.Deployment{Chain: c.Chain, Address: to}]
		}
	}
	if len(bound) == 0 {
		return nil, nil, fmt.Errorf("%w: chain %d, %s", ErrNoDescriptor, c.Chain, c.To.Hex())
	}
	var d *descriptor.Descriptor
	var format *descriptor.Format
	for _, x := range bound {
		for _, f := range x.Formats {
			if f.Selector != [4]byte(c.Data) {
				continue
			}
			if d != nil {
				return nil, nil, fmt.Errorf("%w: %s and %s", ErrAmbiguous, report.Quote(d.File), report.Quote(x.File))
			}
			d, format = x, f
		}
	}
	if d == nil {
		return nil, nil, fmt.Errorf("%w: selector 0x%x", ErrNoFormat, c.Data[:4])
	}
	return d, format, nil
}

// decode reads the arguments by the descriptor's own key and no other.
func decode(c Call, f *descriptor.Format) (value.Value, []byte, error) {
	if len(c.Data) > maxCalldata {
		return value.Value{}, nil, fmt.Errorf("%w: %d bytes of calldata, at most %d are put into words", ErrTooLong, len(c.Data), maxCalldata)
	}
	args, suffix, ok := value.Decode(f.Function.Inputs, c.Data[4:])
	if !ok {
		return value.Value{}, nil, fmt.Errorf("%w: %s", ErrNotCanonical, report.Quote(f.Declaration))
	}
	return args, suffix, nil
}
