package sigtext

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// MaxInput bounds what is read, in bytes.
const MaxInput = 4096

// space is what a copied text has around it.
const space = " \t\r\n"

// Read reads one signature in any of the forms above. The error is an *Error, or a
// *safe.Fault about the signature itself.
func Read(input []byte) (safe.WalletSignature, error) {
	if len(input) > MaxInput {
		return none, refuse(ErrTooLong, fmt.Sprintf("%d bytes, a signature takes at most %d", len(input), MaxInput), "give the signature alone")
	}
	if !isText(input) {
		return readRaw(input)
	}
	text := strings.Trim(string(input), space)
	switch {
	case text == "":
		return none, refuse(ErrEmpty, "the input is empty", "give the signature as the wallet returned it")
	case text[0] == '{' || text[0] == '"' || text[0] == '[':
		return readJSON(text)
	case strings.ContainsAny(text, ",\n\r"):
		return readLines(text)
	}
	return readHex(text)
}

var none safe.WalletSignature

// isText: a signature as raw bytes is printable in all of its bytes once in 2^80
// times, and then its text is refused as hex digits.
func isText(b []byte) bool {
	for _, c := range b {
		if (c < 0x20 || c > 0x7e) && strings.IndexByte(space, c) < 0 {
			return false
		}
	}
	return true
}

func readRaw(b []byte) (safe.WalletSignature, error) {
	if len(b) != 64 && len(b) != 65 {
		return none, refuse(ErrText, fmt.Sprintf("%d bytes that are not ASCII text; a signature as raw bytes has 65, or 64 in its compact form", len(b)),
			"give the signature as hex digits")
	}
	return safe.WalletBytes(b)
}

// readHex reads the digits of the whole signature.
func readHex(text string) (safe.WalletSignature, error) {
	digits, _ := cutPrefix(text)
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) == 0 {
		return none, refuse(ErrHex, report.Quote(text)+" is not whole bytes in hex digits", "give 0x and 130 hex digits, as the wallet returned them")
	}
	return safe.WalletBytes(b)
}

func cutPrefix(text string) (digits string, prefixed bool) {
	if strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") {
		return text[2:], true
	}
	return text, false
}

// readLines reads r, s and v as three parts: an end of line or a comma separates,
// not both.
func readLines(text string) (safe.WalletSignature, error) {
	var parts []string
	if strings.Contains(text, ",") {
		parts = strings.Split(text, ",")
	} else {
		parts = strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	}
	for i := range parts {
		parts[i] = strings.Trim(parts[i], space)
	}
	if len(parts) != 3 {
		return none, refuse(ErrNotSingle, fmt.Sprintf("%d lines or parts, want the three numbers r, s and v of one signature", len(parts)),
			"give one signature: as hex digits in one piece, or r, s and v on three lines")
	}
	r, err := scalar("r", parts[0])
	if err != nil {
		return none, err
	}
	s, err := scalar("s", parts[1])
	if err != nil {
		return none, err
	}
	v, err := small("v", parts[2])
	if err != nil {
		return none, err
	}
	return safe.WalletParts(r, s, v)
}
