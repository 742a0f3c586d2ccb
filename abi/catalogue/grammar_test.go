package catalogue

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	namePattern       = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*`)
	elementaryPattern = regexp.MustCompile(`^(uint|int)(8|16|24|32|40|48|56|64|72|80|88|96|104|112|120|128|136|144|152|160|168|176|184|192|200|208|216|224|232|240|248|256)$|^bytes([1-9]|[12][0-9]|3[0-2])?$|^(address|bool|string)$`)
	suffixPattern     = regexp.MustCompile(`^(\[([1-9][0-9]{0,4})?\])*`)
)

// checkGrammar is the grammar of package abi, written down a second time.
func checkGrammar(d string) error {
	name := namePattern.FindString(d)
	if name == "" || len(d) > 4096 {
		return fmt.Errorf("no name or too long")
	}
	rest, err := checkParams(d[len(name):], 1)
	if err == nil && rest != "" {
		err = fmt.Errorf("%q follows the parameters", rest)
	}
	return err
}

// checkParams reads a parenthesised list; depth 1 may be empty.
func checkParams(s string, depth int) (string, error) {
	s, ok := strings.CutPrefix(s, "(")
	if !ok || depth > 16 {
		return s, fmt.Errorf("want ( at depth %d, have %q", depth, s)
	}
	if rest, ok := strings.CutPrefix(s, ")"); ok && depth == 1 {
		return rest, nil
	}
	for n := 1; ; n++ {
		var err error
		if s, err = checkParam(s, depth); err != nil {
			return s, err
		}
		if rest, ok := strings.CutPrefix(s, ")"); ok && n <= 64 {
			return rest, nil
		}
		if s, ok = strings.CutPrefix(s, ","); !ok {
			return s, fmt.Errorf("want , or ) before %q", s)
		}
	}
}

func checkParam(s string, depth int) (string, error) {
	if strings.HasPrefix(s, "(") {
		var err error
		if s, err = checkParams(s, depth+1); err != nil {
			return s, err
		}
	} else {
		t := s[:len(s)-len(strings.TrimLeft(s, "abcdefghijklmnopqrstuvwxyz0123456789"))]
		if !elementaryPattern.MatchString(t) {
			return s, fmt.Errorf("%q is not an elementary type", t)
		}
		s = s[len(t):]
	}
	arrays := suffixPattern.FindString(s)
	for _, n := range regexp.MustCompile(`[0-9]+`).FindAllString(arrays, -1) {
		if v, _ := strconv.Atoi(n); v > 65535 {
			return s, fmt.Errorf("array of %s", n)
		}
	}
	s = s[len(arrays):]
	if rest, ok := strings.CutPrefix(s, " "); ok {
		n := namePattern.FindString(rest)
		if n == "" {
			return s, fmt.Errorf("no name after a space before %q", rest)
		}
		s = rest[len(n):]
	}
	return s, nil
}

// types drops the names: transfer(address to,uint256 v) → transfer(address,uint256).
func types(d string) string {
	return regexp.MustCompile(` [A-Za-z_$][A-Za-z0-9_$]*`).ReplaceAllString(d, "")
}

func TestGrammarCheckItself(t *testing.T) {
	for d, want := range map[string]bool{
		"f()": true, "f(uint256 a,(bytes[2] b,bool)[] c)": true, "f(uint a)": false, "f(())": false, "f(uint256[0] a)": false,
		"f(uint256 a,)": false, "f(uint256  a)": false, "f(uint256 a": false, "f(uint256 a) view": false, "1f()": false,
		"f(uint7 a)": false, "f(bytes33 a)": false, "f(uint256[65536] a)": false, "f(address payable)": true, "f(uint256[01] a)": false,
	} {
		if got := checkGrammar(d) == nil; got != want {
			t.Errorf("%q: got %v, want %v", d, got, want)
		}
	}
}
