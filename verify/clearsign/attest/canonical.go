package attest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// canonical appends the form of RFC 8785. The depth is bounded by strictjson.
func canonical(dst []byte, v *strictjson.Value) ([]byte, error) {
	switch v.Kind {
	case strictjson.Null:
		return append(dst, "null"...), nil
	case strictjson.Bool:
		return strconv.AppendBool(dst, v.Bool), nil
	case strictjson.Number:
		return appendNumber(dst, v.Text)
	case strictjson.String:
		return appendText(dst, v.Text), nil
	case strictjson.Array:
		return appendList(dst, v.Items)
	case strictjson.Object:
		return appendObject(dst, v.Members)
	}
	return nil, errors.New("the document holds nothing")
}

func appendList(dst []byte, items []strictjson.Value) ([]byte, error) {
	dst = append(dst, '[')
	for i := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = canonical(dst, &items[i]); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

// appendObject sorts the keys by their UTF-16 code units (RFC 8785, 3.2.3).
func appendObject(dst []byte, members []strictjson.Member) ([]byte, error) {
	sorted := slices.Clone(members)
	slices.SortFunc(sorted, func(a, b strictjson.Member) int { return compareUnits(a.Key, b.Key) })
	dst = append(dst, '{')
	for i := range sorted {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendText(dst, sorted[i].Key), ':')
		var err error
		if dst, err = canonical(dst, &sorted[i].Value); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}

func compareUnits(a, b string) int {
	return slices.CompareFunc(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)), cmp.Compare[uint16])
}

// appendText escapes what RFC 8785, 3.2.2.2 escapes, and nothing else.
func appendText(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c >= 0x20:
			dst = append(dst, c)
		case strings.IndexByte("\b\t\n\f\r", c) >= 0:
			dst = append(dst, '\\', "btnfr"[strings.IndexByte("\b\t\n\f\r", c)])
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(dst, '"')
}

// appendNumber takes only numbers that are written as ECMAScript writes them:
// any other spelling has the hash of that one and may be read as another value.
func appendNumber(dst []byte, text string) ([]byte, error) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) || script(f) != text {
		return nil, fmt.Errorf("the number %s is not in its canonical form", report.Quote(text))
	}
	return append(dst, text...), nil
}

// script writes a number as ECMAScript does (ECMA-262, Number::toString; RFC 8785,
// 3.2.2.3): the shortest digits that read back, whole or as a fraction for
// exponents from -7 to 20, else with an exponent.
func script(f float64) string {
	if f == 0 {
		return "0"
	}
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	digits := strings.Replace(mantissa, ".", "", 1)
	e, _ := strconv.Atoi(exponent) // of the first digit; FormatFloat writes a number here
	switch {
	case e >= 21 || e < -6:
		if len(digits) > 1 {
			digits = digits[:1] + "." + digits[1:]
		}
		return fmt.Sprintf("%s%se%+d", sign, digits, e)
	case e < 0:
		return sign + "0." + strings.Repeat("0", -e-1) + digits
	case e+1 >= len(digits):
		return sign + digits + strings.Repeat("0", e+1-len(digits))
	}
	return sign + digits[:e+1] + "." + digits[e+1:]
}
