package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// maxABIFiles bounds the files of a folder of ABIs.
const maxABIFiles = 1000

// abiFiles are the files of all --abi, by the contract that each belongs to.
type abiFiles map[common.Address]string

// abiFlags reads what all --abi say. Two files for one address would have to be weighed
// against each other, so there is one. The address is the user's word on where the ABI
// belongs, in the flag or as the name of the file; the file says nothing about that.
func abiFlags(texts []string) (abiFiles, error) {
	out := abiFiles{}
	for _, text := range texts {
		address, file, ok := strings.Cut(text, "=")
		if !ok {
			if err := out.folder(text); err != nil {
				return nil, err
			}
			continue
		}
		at, err := parseAddress("abi", address)
		if err == nil && file == "" {
			err = usagef("write the address of the contract, = and the file, as in --abi 0x…=vault.json", "flag --abi is %s", report.Quote(text))
		}
		if err == nil {
			err = out.put(at, file)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a abiFiles) put(at common.Address, file string) error {
	if _, twice := a[at]; twice {
		return usagef("give one file for a contract; a proxy's file is that of the code behind it", "flag --abi names %s twice", at.Hex())
	}
	a[at] = file
	return nil
}

// folder takes each file ADDRESS.json of a folder. Another .json file in it is a mistake,
// such as one digit of the address, and must not be passed over.
func (a abiFiles) folder(name string) error {
	const hint = "give --abi ADDRESS=FILE, or a folder of files that are called ADDRESS.json"
	entries, err := os.ReadDir(name)
	if err != nil {
		return usagef(hint, "flag --abi is %s, which is no folder that can be read: %s", report.Quote(name), cause(err))
	}
	found := 0
	for _, e := range entries {
		address, isJSON := strings.CutSuffix(e.Name(), ".json")
		if !isJSON {
			continue
		}
		if found++; found > maxABIFiles {
			return usagef("name the files that are needed", "the folder %s of flag --abi has more than %d files", report.Quote(name), maxABIFiles)
		}
		file := filepath.Join(name, e.Name())
		at, err := parseAddress("abi", address)
		if err != nil {
			return usagef(hint, "the file %s of flag --abi is not called by an address: %v", report.Quote(file), err)
		}
		if err := a.put(at, file); err != nil {
			return err
		}
	}
	if found == 0 {
		return usagef(hint, "the folder %s of flag --abi has no file that ends in .json", report.Quote(name))
	}
	return nil
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
func (p *program) contractABIs(files abiFiles) (*verify.ABIs, error) {
	out := &verify.ABIs{}
	for _, at := range slices.SortedFunc(maps.Keys(files), common.Address.Cmp) {
		name := files[at]
		raw, err := p.read(name, catalogue.MaxABIBytes)
		if err != nil {
			return nil, fmt.Errorf("the ABI %s %w", report.Quote(name), err)
		}
		if err := out.Read(at, raw); err != nil {
			hint := ""
			if e := (*catalogue.ABIError)(nil); errors.As(err, &e) {
				hint = e.Hint
			}
			return nil, &inputError{"the ABI " + report.Quote(name) + " cannot be used: " + err.Error(), hint}
		}
	}
	return out, nil
}
