package verify

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
)

// ABIs are declarations of functions that the signer brings, by the address of the
// contract that has them. They give a call names and types, and nothing more: that its
// function is known does not say what it does, so no finding but UNKNOWN_SELECTOR is
// taken away for it, and they satisfy no intent.
type ABIs map[common.Address]map[[4]byte][]string

// Add takes a declaration in the grammar of package abi; one that is none is left out,
// and its calls stay unknown.
func (a ABIs) Add(at common.Address, declaration string) {
	d, err := encode.ParseDeclaration(declaration)
	if err != nil {
		return
	}
	if a[at] == nil {
		a[at] = map[[4]byte][]string{}
	}
	sel := d.Selector()
	a[at][sel] = append(a[at][sel], declaration)
}

// declares reports whether one of the declarations for a call is of the function.
func (a ABIs) declares(to common.Address, sel [4]byte, function string) bool {
	return slices.ContainsFunc(a[to][sel], func(text string) bool {
		d, err := encode.ParseDeclaration(text)
		return err == nil && d.Signature() == function
	})
}

// functions returns what is declared for a call.
func (a ABIs) functions(to common.Address, sel [4]byte) []string {
	return slices.Clip(a[to][sel])
}
