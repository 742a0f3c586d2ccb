package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// abiFlag splits the value of --abi. The address is the user's word on where the ABI
// belongs; the file says nothing about that.
func abiFlag(text string) (at common.Address, file string, err error) {
	address, file, ok := strings.Cut(text, "=")
	if !ok || file == "" {
		return at, "", usagef("write the address of the contract, = and the file, as in --abi 0x…=vault.json", "flag --abi is %s", report.Quote(text))
	}
	at, err = parseAddress("abi", address)
	return at, file, err
}

// abiFlags reads the addresses of all --abi. Two files for one address would have to be
// weighed against each other, so there is one.
func abiFlags(texts []string) (map[common.Address]string, error) {
	out := map[common.Address]string{}
	for _, text := range texts {
		at, file, err := abiFlag(text)
		if err != nil {
			return nil, err
		}
		if _, twice := out[at]; twice {
			return nil, usagef("give one file for a contract; a proxy's file is that of the code behind it", "flag --abi names %s twice", at.Hex())
		}
		out[at] = file
	}
	return out, nil
}

// signatureList reads the list that --signatures names.
func (p *program) signatureList(name string) (*catalogue.Signatures, error) {
	if name == "" {
		return nil, nil
	}
	raw, err := p.read(name, catalogue.MaxSignaturesBytes)
	if err != nil {
		return nil, fmt.Errorf("the signatures %s %w", report.Quote(name), err)
	}
	s, err := catalogue.ReadSignatures(raw)
	if err != nil {
		hint := ""
		if e := (*catalogue.SignaturesError)(nil); errors.As(err, &e) {
			hint = e.Hint
		}
		return nil, &inputError{"the signatures " + report.Quote(name) + " cannot be used: " + err.Error(), hint}
	}
	return s, nil
}

// contractABIs reads the files of --abi. One that cannot be read leaves every file
// unchecked, as with all that the signer knows.
func (p *program) contractABIs(files map[common.Address]string) (verify.ABIs, error) {
	out := verify.ABIs{}
	for at, name := range files {
		raw, err := p.read(name, catalogue.MaxABIBytes)
		if err != nil {
			return nil, fmt.Errorf("the ABI %s %w", report.Quote(name), err)
		}
		declarations, err := catalogue.ReadABI(raw)
		if err != nil {
			hint := ""
			if e := (*catalogue.ABIError)(nil); errors.As(err, &e) {
				hint = e.Hint
			}
			return nil, &inputError{"the ABI " + report.Quote(name) + " cannot be used: " + err.Error(), hint}
		}
		for _, d := range declarations {
			out.Add(at, d.Text)
		}
	}
	return out, nil
}
