package main

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/eip55"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const maxSafeInfo = 1 << 20

// safeInfo reads what a Safe service says of a Safe: the SafeInfo of the Client
// Gateway, or the Safe of the Transaction Service. ok is false if it is refused,
// which has been said then. Names in it are not taken: a server wrote them.
func (p *program) safeInfo(name string) (s policy.Safe, ok bool, err error) {
	raw, err := p.read(name, maxSafeInfo)
	if err != nil {
		return s, false, fmt.Errorf("the file %s %w", report.Quote(name), err)
	}
	v, err := strictjson.Parse(raw, strictjson.Limits{Bytes: maxSafeInfo})
	if err == nil {
		s, err = readSafeInfo(v)
	}
	if err != nil {
		p.complain(report.Quote(name)+": "+err.Error(), "give the JSON of /v1/chains/N/safes/0x... or /api/v1/safes/0x.../, or the flags instead")
		p.code = worse(p.code, exitRefused)
		return s, false, nil
	}
	return s, true, nil
}

func readSafeInfo(v *strictjson.Value) (s policy.Safe, err error) {
	if !v.Is(strictjson.Object) {
		return s, fmt.Errorf("not an object")
	}
	a, err := infoAddress(v, "address")
	if err != nil {
		return s, err
	}
	if a == nil || isZero(*a) {
		return s, fmt.Errorf("the key address is missing")
	}
	s.Address = *a
	if s.Version, err = safe.ParseVersion(infoText(v.Get("version"))); err != nil {
		return s, err
	}
	if c := v.Get("chainId"); c.Given() {
		n, err := infoNumber(v, "chainId")
		if err != nil || !n.IsUint64() || n.IsZero() {
			return s, fmt.Errorf("chainId is no chain id")
		}
		s.Chain = n.Uint64()
	}
	if s.Threshold, err = infoNumber(v, "threshold"); err != nil {
		return s, err
	}
	if s.Owners, err = infoAddresses(v, "owners"); err != nil {
		return s, err
	}
	if s.Modules, err = infoAddresses(v, "modules"); err != nil {
		return s, err
	}
	for _, x := range []struct {
		key string
		to  **common.Address
	}{{"guard", &s.Guard}, {"moduleGuard", &s.ModuleGuard}, {"fallbackHandler", &s.FallbackHandler}} {
		if *x.to, err = infoAddress(v, x.key); err != nil {
			return s, err
		}
	}
	return s, nil
}

// infoText is a text or the token of a number, "" for anything else.
func infoText(v *strictjson.Value) string {
	if v.Is(strictjson.String) || v.Is(strictjson.Number) {
		return v.Text
	}
	return ""
}

func infoNumber(v *strictjson.Value, key string) (*uint256.Int, error) {
	n, why := plainyaml.Decimal(infoText(v.Get(key)))
	if why != "" {
		return nil, fmt.Errorf("the number %s %s", key, why)
	}
	return n, nil
}

// infoAddress reads an address, or an object that holds it as value. Null is the zero
// address, by which the gateway says that there is none; nil is a key that is absent.
func infoAddress(v *strictjson.Value, key string) (*common.Address, error) {
	if !v.Has(key) {
		return nil, nil
	}
	a, err := addressOf(v.Get(key))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	return &a, nil
}

func addressOf(v *strictjson.Value) (a common.Address, err error) {
	if v.Is(strictjson.Null) {
		return a, nil
	}
	if v.Is(strictjson.Object) {
		v = v.Get("value")
	}
	if !v.Is(strictjson.String) {
		return a, fmt.Errorf("no address")
	}
	a, f := eip55.Parse(v.Text)
	if f != nil {
		return a, fmt.Errorf("%s", f.Msg)
	}
	return a, nil
}

// infoAddresses reads a list. Null is the empty one; nil is a key that is absent.
func infoAddresses(v *strictjson.Value, key string) ([]common.Address, error) {
	l := v.Get(key)
	switch {
	case l == nil:
		return nil, nil
	case l.Is(strictjson.Null):
		return []common.Address{}, nil
	case !l.Is(strictjson.Array):
		return nil, fmt.Errorf("%s is no list", key)
	}
	out := make([]common.Address, 0, len(l.Items))
	for i := range l.Items {
		a, err := addressOf(&l.Items[i])
		if err != nil {
			return nil, fmt.Errorf("%s[%d]: %w", key, i, err)
		}
		out = append(out, a)
	}
	return out, nil
}

func isZero(a common.Address) bool { return a == common.Address{} }
