package strict

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestDeclarationAccepted(t *testing.T) {
	deep := strings.Repeat("(", 16) + "uint8" + strings.Repeat(")", 16)
	many := strings.TrimSuffix(strings.Repeat("bool,", 64), ",")
	fill := "f(uint8 " + strings.Repeat("n", 4096-9) + ")"
	for _, row := range []struct{ name, text, signature string }{
		{"no parameters", "pause()", "pause()"},
		{"one", "f(uint8)", "f(uint8)"},
		{"names are dropped", "transfer(address to,uint256 amount)", "transfer(address,uint256)"},
		{"some names", "f(bool,bytes32 b,string)", "f(bool,bytes32,string)"},
		{"strange names", "$_a9Z(int8 $,int8 _)", "$_a9Z(int8,int8)"},
		{"name of a type", "uint256(uint256 uint256)", "uint256(uint256)"},
		{"tuple", "f((address a,bytes) t)", "f((address,bytes))"},
		{"array of tuples", "f((address target,bool,bytes callData)[] calls)", "f((address,bool,bytes)[])"},
		{"arrays", "f(uint8[2][][3] x)", "f(uint8[2][][3])"},
		{"largest array", "f(uint8[65535])", "f(uint8[65535])"},
		{"overflowing size", "f(uint8[65535][65535][65535][65535][65535])", "f(uint8[65535][65535][65535][65535][65535])"},
		{"16 tuples deep", "f(" + deep + ")", "f(" + deep + ")"},
		{"16 arrays deep", "f(uint8" + strings.Repeat("[]", 16) + ")", "f(uint8" + strings.Repeat("[]", 16) + ")"},
		{"16 fixed arrays deep", "f(bool" + strings.Repeat("[1]", 16) + ")", "f(bool" + strings.Repeat("[1]", 16) + ")"},
		{"64 parameters", "f(" + many + ")", "f(" + many + ")"},
		{"64 components", "f((" + many + "))", "f((" + many + "))"},
		{"4096 bytes", fill, "f(uint8)"},
	} {
		t.Run(row.name, func(t *testing.T) {
			decl := parseDeclaration(row.text)
			if decl == nil {
				t.Fatalf("%.80q was left out", row.text)
			}
			if decl.signature != row.signature {
				t.Errorf("signature %q, want %q", decl.signature, row.signature)
			}
		})
	}
}

func TestDeclarationEveryElementaryType(t *testing.T) {
	accepted := map[string]bool{"address": true, "bool": true, "bytes": true, "string": true}
	for n := 8; n <= 256; n += 8 {
		accepted[fmt.Sprintf("uint%d", n)] = true
		accepted[fmt.Sprintf("int%d", n)] = true
		accepted[fmt.Sprintf("bytes%d", n/8)] = true
	}
	for n := range 300 {
		for _, base := range []string{"uint", "int", "bytes", "bool", "address", "string", "function", "fixed"} {
			name := fmt.Sprintf("%s%d", base, n)
			if got := parseDeclaration("f("+name+")") != nil; got != accepted[name] {
				t.Errorf("%s accepted: %v, want %v", name, got, accepted[name])
			}
		}
	}
	for name := range accepted {
		if parseDeclaration("f("+name+")") == nil {
			t.Errorf("%s was left out", name)
		}
	}
}

func TestDeclarationLeftOut(t *testing.T) {
	deep := strings.Repeat("(", 17) + "uint8" + strings.Repeat(")", 17)
	many := strings.TrimSuffix(strings.Repeat("bool,", 65), ",")
	for _, row := range []struct{ name, text string }{
		{"empty", ""},
		{"name only", "f"},
		{"no name", "()"},
		{"no closing", "f(uint8"},
		{"no opening", "f)"},
		{"digit first", "9f()"},
		{"hyphen", "a-b()"},
		{"not ascii", "ſ()"},
		{"nul", "f\x00()"},
		{"blank before", " f()"},
		{"blank after", "f() "},
		{"newline after", "f()\n"},
		{"modifier after", "f() view"},
		{"keyword", "function f()"},
		{"blank in front of parenthesis", "f ()"},
		{"blank in parentheses", "f( )"},
		{"blank after comma", "f(bool, bool)"},
		{"two blanks", "f(bool  a)"},
		{"tab", "f(bool\ta)"},
		{"blank without name", "f(bool )"},
		{"two names", "f(bytes memory data)"},
		{"name from digit", "f(bool 1)"},
		{"name not ascii", "f(bool é)"},
		{"comma first", "f(,bool)"},
		{"comma last", "f(bool,)"},
		{"two commas", "f(bool,,bool)"},
		{"uint", "f(uint)"},
		{"int", "f(int)"},
		{"byte", "f(byte)"},
		{"upper case", "f(UINT8)"},
		{"leading zero in width", "f(uint08)"},
		{"function type", "f(function)"},
		{"fixed type", "f(fixed128x18)"},
		{"payable address", "f(address payable)()"},
		{"contract type", "f(IERC20 token)"},
		{"tuple word", "f(tuple)"},
		{"tuple prefix", "f(tuple(bool))"},
		{"empty tuple", "f(())"},
		{"array of empty tuples", "f(()[])"},
		{"empty tuple inside", "f((bool,()))"},
		{"array of nothing", "f([])"},
		{"length zero", "f(bool[0])"},
		{"length 00", "f(bool[00])"},
		{"leading zero in length", "f(bool[01])"},
		{"length too large", "f(bool[65536])"},
		{"length far too large", "f(bool[99999999999999999999999])"},
		{"negative length", "f(bool[-1])"},
		{"length with sign", "f(bool[+1])"},
		{"length in hex", "f(bool[0x1])"},
		{"blank in brackets", "f(bool[ ])"},
		{"unclosed bracket", "f(bool[)"},
		{"bracket after name", "f(bool a[])"},
		{"bracket after declaration", "f()[]"},
		{"two declarations", "f()g()"},
		{"17 tuples deep", "f(" + deep + ")"},
		{"17 arrays deep", "f(uint8" + strings.Repeat("[1]", 17) + ")"},
		{"8 tuples around 9 arrays", "f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat("[]", 9) + strings.Repeat(")", 8) + ")"},
		{"deep component beside shallow ones", "f((bool,bool" + strings.Repeat("[]", 15) + ",bool)[])"},
		{"65 parameters", "f(" + many + ")"},
		{"65 components", "f((" + many + "))"},
		{"4097 bytes", "f(uint8 " + strings.Repeat("n", 4097-9) + ")"},
		{"only parentheses", strings.Repeat("(", 4000)},
	} {
		t.Run(row.name, func(t *testing.T) {
			if decl := parseDeclaration(row.text); decl != nil {
				t.Errorf("%.80q was accepted as %q", row.text, decl.signature)
			}
			if got := decode(t, unhex("aabbccdd"), row.text).Status; got != "unknown" {
				t.Errorf("status %q, want unknown", got)
			}
		})
	}
}

func TestDeclarationNestingMixed(t *testing.T) {
	text := "f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat("[]", 8) + strings.Repeat(")", 8) + ")"
	if parseDeclaration(text) == nil {
		t.Errorf("%q was left out", text)
	}
}

func TestCacheIsBoundedAndExact(t *testing.T) {
	var c declarationCache
	for i := range 3 * maxCache / 200 {
		text := fmt.Sprintf("f%d(uint8 %s)", i, strings.Repeat("n", 200))
		if got, want := c.get(text).signature, fmt.Sprintf("f%d(uint8)", i); got != want {
			t.Fatalf("signature %q, want %q", got, want)
		}
		if c.get(text) == nil || c.bytes > maxCache || len(c.known)*cacheEntry > c.bytes {
			t.Fatalf("after %d declarations: %d entries of %d bytes", i+1, len(c.known), c.bytes)
		}
	}
	for range 2 { // the second answer is the one that was kept
		if c.get("nonsense") != nil {
			t.Error("nonsense was accepted")
		}
	}
	before := len(c.known)
	if c.get("f(uint8 "+strings.Repeat("n", 5000)+")") != nil || len(c.known) != before {
		t.Error("a text that is too long was kept")
	}
}

var parameterName = regexp.MustCompile(` [A-Za-z_$][A-Za-z0-9_$]*`)

// FuzzDeclaration: an accepted text is, without its parameter names, its own
// signature, and that is accepted as itself. So no two readings of a text exist.
func FuzzDeclaration(f *testing.F) {
	for _, text := range []string{
		"f()", "transfer(address to,uint256 amount)", "f((address a,bytes b)[2][] c,string)", "f(uint8[65535][65535])",
		"f(())", "f(bool[0])", "f(uint a)", "multiSend(bytes transactions)",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		decl := parseDeclaration(text)
		if decl == nil {
			return
		}
		if len(text) > 4096 {
			t.Fatalf("accepted %d bytes", len(text))
		}
		if want := parameterName.ReplaceAllString(text, ""); decl.signature != want {
			t.Fatalf("%q gives signature %q, want %q", text, decl.signature, want)
		}
		again := parseDeclaration(decl.signature)
		if again == nil || again.signature != decl.signature {
			t.Fatalf("signature %q is not its own", decl.signature)
		}
		if decl.params.head > 64*maxSize {
			t.Fatalf("%q has size %d", text, decl.params.head)
		}
	})
}
