package builder

import (
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
)

// address is getAddress of ethers: 40 digits with or without 0x, of one case or
// with a right EIP-55 checksum, or the ICAP form XE… with its own checksum.
func (e *encoder) address(path string, v js) (any, error) {
	const why = "the address encoder of ethers throws"
	if v.kind != textKind {
		return nil, throws(path, v.describe(), "an address", why)
	}
	if isICAP(v.text) {
		return e.icap(path, v.text)
	}
	body, prefixed := strings.CutPrefix(v.text, "0x")
	if len(body) != 40 || strings.Trim(body, "0123456789abcdefABCDEF") != "" {
		return nil, throws(path, v.describe(), "an address of 40 hexadecimal digits", why)
	}
	a := common.HexToAddress(body)
	if isMixedCase(body) && a.Hex()[2:] != body {
		return nil, throws(path, v.describe(), "the EIP-55 form "+a.Hex(), why+" for a wrong checksum")
	}
	if !prefixed {
		e.notes.add("%s: %s is read as the address %s", report.Quote(path), v.describe(), report.Group(a))
	}
	return a, nil
}

func isMixedCase(s string) bool {
	return strings.ContainsAny(s, "abcdef") && strings.ContainsAny(s, "ABCDEF")
}

func isICAP(s string) bool {
	if len(s) != 34 && len(s) != 35 || !strings.HasPrefix(s, "XE") {
		return false
	}
	for i, c := range []byte(s[2:]) {
		digit := c >= '0' && c <= '9'
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !digit && (i < 2 || !letter) {
			return false
		}
	}
	return true
}

// icap reads the direct form of ICAP (ERC-55's older relative): an IBAN whose
// account is the address in base 36 under a checksum modulo 97.
func (e *encoder) icap(path, text string) (any, error) {
	if sum := ibanChecksum(text); text[2:4] != sum {
		return nil, throws(path, report.Quote(text), "the checksum digits "+sum, "the address encoder of ethers throws for a wrong ICAP checksum")
	}
	n, _ := new(big.Int).SetString(strings.ToLower(text[4:]), 36)
	if n.BitLen() > 160 {
		return nil, notReproduced(path, report.Quote(text), "the ICAP text is longer than an address, and ethers would write a word that is none")
	}
	a := common.BigToAddress(n)
	e.notes.add("%s: %s is read as the address %s", report.Quote(path), report.Quote(text), report.Group(a))
	return a, nil
}

// ibanChecksum is ISO 13616: the text turned round, letters as numbers from 10,
// modulo 97, taken from 98.
func ibanChecksum(text string) string {
	rest := 0
	for _, c := range []byte(strings.ToUpper(text[4:] + text[:2] + "00")) {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
			continue
		}
		rest = (rest*10 + int(c-'0')) % 97
	}
	sum := 98 - rest
	return string([]byte{byte('0' + sum/10), byte('0' + sum%10)})
}
