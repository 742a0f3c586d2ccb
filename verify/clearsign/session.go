package clearsign

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
)

// Bounds of one rendering, with everything nested in it.
const (
	maxNested = 6         // renderings inside each other
	maxShown  = 4096      // fields, shown and hidden
	maxOutput = 4 << 20   // bytes of all texts
	maxSteps  = 1 << 17   // steps along paths, and comparisons
	maxLine   = 256 << 10 // bytes of one interpolated intent
)

// session is one call from outside: what all nested renderings spend together.
type session struct {
	bundle *Bundle
	source Source
	fields int
	bytes  int
	steps  int
}

func newSession(b *Bundle, src Source) *session {
	if src == nil {
		src = Nothing{}
	}
	return &session{bundle: b, source: src}
}

func (s *session) spendText(n int) error {
	if s.bytes += n; s.bytes > maxOutput {
		return fmt.Errorf("%w: more than %d bytes", ErrTooLong, maxOutput)
	}
	return nil
}

func (s *session) spendField() error {
	if s.fields++; s.fields > maxShown {
		return fmt.Errorf("%w: more than %d fields", ErrTooLong, maxShown)
	}
	return nil
}

func (s *session) spendSteps(n int) error {
	if s.steps += n; s.steps > maxSteps {
		return fmt.Errorf("%w: more than %d steps of work", ErrTooLong, maxSteps)
	}
	return nil
}

// box is the container: what "@" reads.
type box struct {
	chain   uint64
	to      common.Address
	from    *common.Address
	value   *big.Int
	carries bool // a transaction, whose value is something to show
}

// compared is what going through a list of n words costs.
func compared(n int) int { return n / 8 }
