package main

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/report"
)

// libraryOf returns the library of a batch, zero for a single action. One that Safe
// did not publish as a MultiSend on this very chain is code that nobody knows, with
// all rights of the Safe.
func (b build) libraryOf(f *intentFile) (common.Address, error) {
	if f.Multicall != nil {
		return common.Address{}, b.knownMulticall(f)
	}
	if len(f.Actions) < 2 {
		if b.multisend != nil {
			return common.Address{}, &refusal{"--multisend names the library around several actions, and the intent has one", "leave it out: one action is a plain call"}
		}
		return common.Address{}, nil
	}
	library, from := b.chosen(f)
	switch {
	case library == (common.Address{}):
		return library, &refusal{fmt.Sprintf("no MultiSendCallOnly is known for Safes %s on chain %s", b.version, f.Chain.Dec()), "name the library in the intent with the key multisend"}
	case f.MultiSend != nil && b.multisend != nil && *f.MultiSend != *b.multisend:
		return library, &refusal{"the intent names the library " + report.Group(*f.MultiSend) + ", and --multisend " + report.Group(*b.multisend), "find out which of the two is meant, and leave --multisend out"}
	case !f.Chain.IsUint64() || !calls.IsMultiSend(library, f.Chain.Uint64()):
		return library, &refusal{fmt.Sprintf("%s names %s, where Safe published no MultiSend on chain %s: its code would have all rights of the Safe", from, report.Group(library), f.Chain.Dec()), "leave it out to take the library of the Safe's version"}
	}
	return library, nil
}

// knownMulticall refuses a contract around the actions that is none of those whose
// code is known.
func (b build) knownMulticall(f *intentFile) error {
	library := f.Multicall.Library
	_, known := f.foreign(library)
	switch {
	case b.multisend != nil:
		return &refusal{"the intent names the multicall " + report.Group(library) + ", and --multisend " + report.Group(*b.multisend), "leave --multisend out"}
	case !known:
		return &refusal{fmt.Sprintf("the intent names the multicall %s, where no Multicall3 is known on chain %s: its code would have all rights of the Safe", report.Group(library), f.Chain.Dec()), "leave the key out to take a MultiSend"}
	}
	return nil
}

func (b build) chosen(f *intentFile) (library common.Address, from string) {
	switch {
	case f.MultiSend != nil:
		return *f.MultiSend, "the intent"
	case b.multisend != nil:
		return *b.multisend, "--multisend"
	case !f.Chain.IsUint64():
		return common.Address{}, ""
	}
	return f.env.Default(f.Chain, f.Safe, b.version), "the policy, or the table of Safe's libraries,"
}

func (f *intentFile) foreign(a common.Address) (name string, known bool) {
	if !f.Chain.IsUint64() {
		return "", false
	}
	return catalogue.ForeignLibrary(f.Chain.Uint64(), a)
}

// otherOperations refuses actions that what is around them would not run as they say:
// a library that only calls reverts at a delegatecall, and of a multicall the contract
// alone decides which of the two each of its calls is.
func otherOperations(f *intentFile, library common.Address) error {
	around, only := runsOnly(f, library)
	if around == "" {
		return nil
	}
	for i, a := range f.Actions {
		c, err := a.Call(f.Intent)
		if err != nil {
			return err
		}
		if c.Operation != only {
			return &refusal{fmt.Sprintf("action %d is a %s, and %s runs %ss only", i+1, operationWord(c.Operation), around, operationWord(only)),
				"name a MultiSend in the intent with the key multisend, or make it a transaction of its own"}
		}
	}
	return nil
}

// runsOnly names what is around the actions if it knows one operation only.
func runsOnly(f *intentFile, library common.Address) (around string, operation uint8) {
	if f.Multicall != nil {
		name, _ := f.foreign(f.Multicall.Library)
		if name == "Multicall3Delegatecall" {
			return name, 1
		}
		return name, 0
	}
	if len(f.Actions) < 2 || !f.Chain.IsUint64() {
		return "", 0
	}
	if k, ok := catalogue.Published(f.Chain.Uint64(), library); ok && k.Role == catalogue.RoleMultiSendCallOnly {
		return "MultiSendCallOnly", 0
	}
	return "", 0
}

func operationWord(op uint8) string {
	if op == 0 {
		return "call"
	}
	return "delegatecall"
}
