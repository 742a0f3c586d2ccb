package verify

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// ABIs are declarations of functions that the signer brings, by the address of the
// contract that has them. They give a call names and types, and nothing more: that its
// function is known does not say what it does, so no finding but UNKNOWN_SELECTOR is
// taken away for it, and they satisfy no intent. A nil *ABIs declares nothing.
type ABIs struct {
	functions map[common.Address]map[[4]byte][]string
	digests   []report.Digest // of the files, in the order in which they were read
}

// Read takes the functions of a contract from a file (catalogue.ReadABI). The error is
// a *catalogue.ABIError.
func (a *ABIs) Read(at common.Address, raw []byte) error {
	declarations, err := catalogue.ReadABI(raw)
	if err != nil {
		return err
	}
	a.digests = append(a.digests, digest("abi "+at.Hex(), raw))
	for _, d := range declarations {
		a.Add(at, d.Text)
	}
	return nil
}

// Add takes a declaration in the grammar of package abi; one that is none is left out,
// and its calls stay unknown.
func (a *ABIs) Add(at common.Address, declaration string) {
	d, err := encode.ParseDeclaration(declaration)
	if err != nil {
		return
	}
	if a.functions == nil {
		a.functions = map[common.Address]map[[4]byte][]string{}
	}
	if a.functions[at] == nil {
		a.functions[at] = map[[4]byte][]string{}
	}
	sel := d.Selector()
	if !slices.Contains(a.functions[at][sel], declaration) {
		a.functions[at][sel] = append(a.functions[at][sel], declaration)
	}
}

// declares reports whether one of the declarations for a call is of the function.
func (a *ABIs) declares(to common.Address, sel [4]byte, function string) bool {
	return slices.ContainsFunc(a.of(to, sel), func(text string) bool {
		d, err := encode.ParseDeclaration(text)
		return err == nil && d.Signature() == function
	})
}

// of returns what is declared for a call.
func (a *ABIs) of(to common.Address, sel [4]byte) []string {
	if a == nil {
		return nil
	}
	return slices.Clip(a.functions[to][sel])
}

// policyABIs reads the ABI files that the policy names for the chain. It returns false
// if one cannot be used: without it another question would be answered.
func (r *run) policyABIs() bool {
	for _, a := range r.policy.ABIs(r.chainID()) {
		what := "the ABI " + report.Quote(a.File) + " of the policy"
		raw, ok := r.pinned(what, a.List)
		if !ok {
			return false
		}
		one, err := keep(r.req.Kept, abiKey{a.Address, a.SHA256}, len(raw), func() (*ABIs, error) {
			one := &ABIs{}
			return one, one.Read(a.Address, raw)
		})
		if err != nil {
			r.rep.Failure = fmt.Sprintf("%s cannot be used: %v", what, err)
			r.rep.Hint = "give the ABI alone, as block explorers write it, and its new digest in the policy"
			return false
		}
		r.policyABI.join(one)
	}
	return true
}

type abiKey struct {
	at     common.Address
	sha256 string
}

// join takes the contracts of another one, whose tables both then share and neither changes.
func (a *ABIs) join(b *ABIs) {
	if a.functions == nil {
		a.functions = map[common.Address]map[[4]byte][]string{}
	}
	maps.Copy(a.functions, b.functions)
}

// given reports whether the signer himself says which function a call is of: by his
// intent, his ABI files or his policy. A policy above the proposal is nobody's word.
func (r *run) given(to common.Address, sel [4]byte, function string) bool {
	if len(r.namedAt(to, sel)) > 0 || r.req.ABIs.declares(to, sel, function) {
		return true
	}
	if r.policySays() != report.Given {
		return false
	}
	return r.policyABI.declares(to, sel, function) || slices.Contains(r.policy.Declarations(r.chainID(), to), function)
}
