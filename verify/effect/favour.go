package effect

import "github.com/ethereum/go-ethereum/common"

// Favour says what somebody has from an effect. The zero value is nothing.
type Favour uint8

// The favours.
const (
	NoFavour Favour = iota
	Paid            // gets something
	MaySpend        // gets a standing right to take something
)

// Favours returns who has what from the effect: who is paid, or may spend; the zero
// address if nobody. A call that carries value pays whom it calls. A delegatecall sends
// no value, whatever it carries, and a right to nothing is one that is taken away.
func (e *Effect) Favours() (common.Address, Favour) {
	switch e.Kind {
	case Transfer, Minted, Bridged, VaultWithdrawn:
		return e.To, Paid
	case Approve, AllowanceGranted:
		if e.Amount != nil && e.Amount.IsZero() {
			return common.Address{}, NoFavour
		}
		return e.To, MaySpend
	case ApproveAll:
		return e.To, MaySpend
	case DelegateCalled:
		return common.Address{}, NoFavour
	}
	if e.Value != nil && !e.Value.IsZero() {
		return e.Target, Paid
	}
	return common.Address{}, NoFavour
}
