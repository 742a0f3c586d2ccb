package clearsign

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/report"
)

func (e *engine) addressName(f *descriptor.Field, el elem) (string, error) {
	a, ok := el.value.AsAddress()
	if !ok {
		return "", fmt.Errorf("%w: %s is no address and the format is %s", ErrDoesNotFit, report.Quote(el.where), f.Format)
	}
	if name, ok := e.name(f, e.box.chain, a); ok {
		return name, nil
	}
	return a.Hex(), nil
}

// name looks an address up in the sources that a field allows, in its order; all
// of them if it names none. Sources are of the wallet's making: "local" and "ens"
// are known here.
func (e *engine) name(f *descriptor.Field, chain uint64, a common.Address) (string, bool) {
	if slices.Contains(f.Params.Sender, a) {
		return "Sender", true
	}
	sources := f.Params.Sources
	if sources == nil {
		sources = []string{"local", "ens"}
	}
	for _, s := range sources {
		var n Name
		ok := false
		switch s {
		case "local":
			n, ok = e.source.LocalName(chain, a)
		case "ens":
			n, ok = e.source.ENSName(a)
		}
		if !ok {
			continue
		}
		if n.Type != "" && f.Params.Types != nil && !slices.Contains(f.Params.Types, n.Type) {
			e.notice("%s is known as %s, which the descriptor does not expect", a.Hex(), n.Type)
			continue
		}
		return n.Text, true
	}
	return "", false
}

func (e *engine) ticker(f *descriptor.Field, el elem) (string, error) {
	a, ok := el.value.AsAddress()
	if !ok {
		return "", fmt.Errorf("%w: %s is no address and the format is %s", ErrDoesNotFit, report.Quote(el.where), f.Format)
	}
	chain, err := e.chain(f, el)
	if err != nil {
		return "", err
	}
	if u, ok := e.token(chain, a); ok {
		return u.Symbol, nil
	}
	return a.Hex(), nil
}

// interoperable writes an address of ERC-7930 on an EVM chain. Every other one is
// given raw: its text form is for its own chain's rules to say.
func (e *engine) interoperable(f *descriptor.Field, el elem) (string, error) {
	b, ok := el.value.Content()
	if !ok {
		return "", fmt.Errorf("%w: %s holds no bytes and the format is %s", ErrDoesNotFit, report.Quote(el.where), f.Format)
	}
	chain, a, ok := parseInteroperable(b)
	if !ok {
		e.notice("an interoperable address is malformed, or on no EVM chain")
		return el.value.Text(), nil
	}
	if name, ok := e.name(f, chain, a); ok {
		return name, nil
	}
	sum := crypto.Keccak256(b[2:])[:4]
	return fmt.Sprintf("%s@eip155:%d#%s", a.Hex(), chain, strings.ToUpper(hex.EncodeToString(sum))), nil
}

// parseInteroperable reads version 1 with chain type eip155 (0x0000), a chain
// reference without leading zeros and an address of 20 bytes.
func parseInteroperable(b []byte) (uint64, common.Address, bool) {
	if len(b) < 5 || b[0] != 0 || b[1] != 1 || b[2] != 0 || b[3] != 0 {
		return 0, common.Address{}, false
	}
	n := int(b[4])
	if n < 1 || n > 8 || len(b) != 5+n+1+common.AddressLength || b[5] == 0 || b[5+n] != common.AddressLength {
		return 0, common.Address{}, false
	}
	return new(big.Int).SetBytes(b[5 : 5+n]).Uint64(), common.Address(b[6+n:]), true
}
