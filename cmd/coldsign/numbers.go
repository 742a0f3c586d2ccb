package main

import (
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// givenFlags reads the flags by which the signer says what the file does not say, or
// contradicts it.
func (o *options) givenFlags() (g verify.Given, err error) {
	for _, f := range []struct {
		name string
		to   **uint256.Int
	}{{"chain", &g.Chain}, {"nonce", &g.Nonce}, {"safe-tx-gas", &g.SafeTxGas}, {"base-gas", &g.BaseGas}, {"gas-price", &g.GasPrice}, {"threshold", &g.Threshold}, {"current-nonce", &g.CurrentNonce}} {
		if *f.to, err = o.number(f.name); err != nil {
			return verify.Given{}, err
		}
	}
	if g.Chain != nil && g.Chain.IsZero() {
		return verify.Given{}, usagef("Ethereum is 1", "flag --chain is 0, which is no chain")
	}
	for _, f := range []struct {
		name string
		to   **common.Address
	}{{"safe", &g.Safe}, {"gas-token", &g.GasToken}, {"refund-receiver", &g.RefundReceiver}} {
		if *f.to, err = o.address(f.name); err != nil {
			return verify.Given{}, err
		}
	}
	if g.Owners, err = o.owners(); err != nil {
		return verify.Given{}, err
	}
	if n := uint64(len(g.Owners)); g.Threshold != nil && g.Owners != nil && (g.Threshold.IsZero() || g.Threshold.GtUint64(n)) {
		return verify.Given{}, usagef("ask the Safe for getOwners() and getThreshold()", "flag --threshold is %s, but %d owners are given", g.Threshold.Dec(), n)
	}
	g.Version, err = o.version()
	return g, err
}

// number reads a flag with an unsigned number, nil if it was not given. The
// library's own number flags read 010 as 8 and 1_0 as 10.
func (o *options) number(name string) (*uint256.Int, error) {
	text := o.text(name)
	if !o.given(name) {
		return nil, nil
	}
	const hint = "write a decimal number, or 0x and hex digits, without sign, leading zero, blank or underscore"
	if body, hex := strings.CutPrefix(text, "0x"); hex {
		if !digits(body, isHex) || (len(body) > 1 && body[0] == '0') {
			return nil, usagef(hint, "flag --%s is %s, which is no plain number", name, report.Quote(text))
		}
	} else if !digits(text, isDecimal) || (len(text) > 1 && text[0] == '0') {
		return nil, usagef(hint, "flag --%s is %s, which is no plain number", name, report.Quote(text))
	}
	n, err := parseUint(text)
	if err != nil {
		return nil, usagef("the largest number of a safe transaction is 2^256-1", "flag --%s is %s, which does not fit in 256 bits", name, report.Quote(text))
	}
	return n, nil
}

func parseUint(text string) (*uint256.Int, error) {
	if strings.HasPrefix(text, "0x") {
		return uint256.FromHex(text)
	}
	return uint256.FromDecimal(text)
}

// mostJobs bounds --jobs; more than there are processors help nobody.
const mostJobs = 1024

// jobs reads --jobs, 0 if it was not given.
func (o *options) jobs() (int, error) {
	n, err := o.number("jobs")
	if err != nil || n == nil {
		return 0, err
	}
	if n.IsZero() || n.GtUint64(mostJobs) {
		return 0, usagef("", "flag --jobs takes 1 to %d", mostJobs)
	}
	return int(n.Uint64()), nil
}

// address reads a flag with an address, nil if it was not given.
func (o *options) address(name string) (*common.Address, error) {
	if !o.given(name) {
		return nil, nil
	}
	a, err := parseAddress(name, o.text(name))
	if err != nil {
		return nil, err
	}
	return &a, nil
}

func parseAddress(name, text string) (a common.Address, err error) {
	if strings.Contains(text, ":") {
		return a, usagef("give the address without prefix, and the chain with --chain", "flag --%s is %s, an address with a chain prefix", name, report.Quote(text))
	}
	body, ok := strings.CutPrefix(text, "0x")
	if !ok || len(body) != 2*common.AddressLength || !digits(body, isHex) {
		return a, usagef("write 0x and 40 hex digits; names are not resolved offline", "flag --%s is %s, which is no address", name, report.Quote(text))
	}
	a = common.HexToAddress(text)
	if text != a.Hex() && body != strings.ToLower(body) && body != strings.ToUpper(body) {
		return common.Address{}, usagef("one of its digits or capitals is wrong; copy it again from your own records", "flag --%s is %s, whose checksum (EIP-55) is wrong", name, report.Quote(text))
	}
	return a, nil
}

// owners reads the owners of the Safe, separated by commas.
func (o *options) owners() ([]common.Address, error) {
	if !o.given("owners") {
		return nil, nil
	}
	var all []common.Address
	for _, text := range strings.Split(o.text("owners"), ",") {
		a, err := parseAddress("owners", text)
		if err != nil {
			return nil, err
		}
		if slices.Contains(all, a) {
			return nil, usagef("an owner counts once", "flag --owners names %s twice", a.Hex())
		}
		all = append(all, a)
	}
	return all, nil
}

// hash reads a flag with a 32-byte hash, nil if it was not given.
func (o *options) hash(name string) (*common.Hash, error) {
	if !o.given(name) {
		return nil, nil
	}
	text := o.text(name)
	body, ok := strings.CutPrefix(text, "0x")
	if !ok || len(body) != 2*common.HashLength || !digits(body, isHex) {
		return nil, usagef("write 0x and 64 hex digits", "flag --%s is %s, which is no hash", name, report.Quote(text))
	}
	h := common.HexToHash(text)
	return &h, nil
}

// pasted reads hashes as people copy them from a device, a photograph or a message: in
// any case, in groups, over several lines. All digits are needed: of two transactions
// the first and last digits can be made the same.
func (o *options) pasted(name string) ([]common.Hash, error) {
	var out []common.Hash
	for _, text := range o.texts(name) {
		plain := strings.ToLower(strings.NewReplacer(" ", "", "\t", "", "\n", "", "\r", "", ":", "", "-", "").Replace(text))
		body := strings.TrimPrefix(plain, "0x")
		if len(body) != 2*common.HashLength || !digits(body, isHex) {
			return nil, usagef("write all 64 hex digits; blanks, colons and hyphens between them do not matter", "flag --%s is %s, which is no whole hash", name, report.Quote(text))
		}
		out = append(out, common.HexToHash(body))
	}
	return out, nil
}

func (o *options) version() (safe.Version, error) {
	if !o.given("safe-version") {
		return safe.Version{}, nil
	}
	v, err := safe.ParseVersion(o.text("safe-version"))
	if err != nil {
		return safe.Version{}, usagef("ask the Safe itself for VERSION()", "flag --safe-version: %s", err.Error())
	}
	return v, nil
}

// choice reads a flag that takes one of a few words; the first is the default.
func (o *options) choice(name string, words ...string) (string, error) {
	if !o.given(name) {
		return words[0], nil
	}
	for _, w := range words {
		if o.text(name) == w {
			return w, nil
		}
	}
	return "", usagef("", "flag --%s is %s, not one of %s", name, report.Quote(o.text(name)), strings.Join(words, ", "))
}

func digits(s string, is func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !is(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDecimal(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool {
	return isDecimal(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
