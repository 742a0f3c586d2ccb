package clearsign

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
)

// Binding is what a descriptor calls a contract. Its texts are untrusted.
type Binding struct{ File, Owner, Contract string }

// Bound lists the descriptors of calldata that are bound to a contract, in the
// order of their files.
func (b *Bundle) Bound(chain uint64, to common.Address) []Binding {
	var out []Binding
	for _, d := range b.calls[descriptor.Deployment{Chain: chain, Address: to}] {
		out = append(out, Binding{d.File, d.Owner, d.ContractName})
	}
	return out
}

// Declarations lists the declarations of a function that descriptors bound to a
// contract have, in the grammar of package abi. Their types give the selector;
// their names are untrusted.
func (b *Bundle) Declarations(chain uint64, to common.Address, selector [4]byte) []string {
	var out []string
	for _, d := range b.calls[descriptor.Deployment{Chain: chain, Address: to}] {
		for _, f := range d.Formats {
			if f.Selector == selector && !slices.Contains(out, f.Declaration) {
				out = append(out, f.Declaration)
			}
		}
	}
	return out
}
