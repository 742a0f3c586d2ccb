package policy

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// readABIs reads which files hold the functions of which contracts. Two files for one
// contract would have to be weighed against each other, so there is one.
func (b *builder) readABIs(n *node) *Error {
	items, err := some(n, maxABIs, "ABIs")
	if err != nil {
		return err
	}
	seen := map[common.Address]bool{}
	for _, item := range items {
		a, err := b.readABI(item)
		if err != nil {
			return err
		}
		if seen[a.Address] {
			return item.Fail(plainyaml.ErrValue, "give one file for a contract; a proxy's is that of the code behind it", "the contract %s has two ABIs", report.Group(a.Address))
		}
		seen[a.Address] = true
		b.c.abis = append(b.c.abis, a)
	}
	return nil
}

func (b *builder) readABI(n *node) (a ABI, err *Error) {
	f, err := abiKeys.of(n)
	if err != nil {
		return a, err
	}
	if a.Address, err = b.place(f["address"]); err != nil {
		return a, err
	}
	a.List, err = pinned(f)
	return a, err
}
