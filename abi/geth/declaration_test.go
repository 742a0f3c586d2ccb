package geth

import (
	"strings"
	"testing"
)

func TestDeclarations(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no parameters", "pause()", "pause()"},
		{"names", "transfer(address to,uint256 amount)", "transfer(address,uint256)"},
		{"no names", "transfer(address,uint256)", "transfer(address,uint256)"},
		{"some names", "f(address,uint256 n,bool)", "f(address,uint256,bool)"},
		{"odd names", "$_Aa09(bool _,bool $,bool a9_$Z)", "$_Aa09(bool,bool,bool)"},
		{"names that are types", "uint256(address uint256,bool tuple)", "uint256(address,bool)"},
		{"equal names", "f(bool a,bool a)", "f(bool,bool)"},
		{"tuple list", "aggregate3((address target,bool allowFailure,bytes callData)[] calls)", "aggregate3((address,bool,bytes)[])"},
		{"tuple in tuple", "f(((bool a) b,(int8)[2] c) d)", "f(((bool),(int8)[2]))"},
		{"arrays of arrays", "f(uint8[][3][] x,string[65535] y)", "f(uint8[][3][],string[65535])"},
		{"smallest and largest", "f(uint8,uint256,int8,int256,bytes1,bytes32,uint8[1])", "f(uint8,uint256,int8,int256,bytes1,bytes32,uint8[1])"},
		{"64 parameters", "f(" + repeat("bool", 64) + ")", "f(" + repeat("bool", 64) + ")"},
		{"64 components", "f((" + repeat("bool", 64) + "))", "f((" + repeat("bool", 64) + "))"},
		{"16 tuples", "f(" + strings.Repeat("(", 16) + "bool" + strings.Repeat(")", 16) + ")", "f(" + strings.Repeat("(", 16) + "bool" + strings.Repeat(")", 16) + ")"},
		{"16 lists", "f(bool" + strings.Repeat("[]", 16) + ")", "f(bool" + strings.Repeat("[]", 16) + ")"},
		{"8 tuples and 8 arrays", "f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat(")[1]", 8) + ")", "f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat(")[1]", 8) + ")"},
		{"4096 bytes", strings.Repeat("f", 4094) + "()", strings.Repeat("f", 4094) + "()"},
	} {
		t.Run(c.name, func(t *testing.T) {
			name, fields, ok := parseDeclaration(c.text)
			if got := name + typesOf(fields); !ok || got != c.want {
				t.Errorf("parseDeclaration(%q) = %q, %v, want %q", c.text, got, ok, c.want)
			}
		})
	}
}

func TestDeclarationsOutsideTheGrammar(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"empty", ""},
		{"no list", "transfer"},
		{"no name", "(bool)"},
		{"open list", "f("},
		{"open parameter", "f(bool"},
		{"open after name", "f(bool a"},
		{"behind the list", "f(bool) "},
		{"returns", "f(bool)(bool)"},
		{"space in front", " f(bool)"},
		{"space before the list", "f (bool)"},
		{"space after the comma", "f(bool, bool)"},
		{"space before the comma", "f(bool ,bool)"},
		{"space in an empty list", "f( )"},
		{"two spaces", "f(bool  a)"},
		{"tab", "f(bool\ta)"},
		{"two names", "f(bytes memory a)"},
		{"empty parameter", "f(bool,)"},
		{"only a comma", "f(,)"},
		{"digit first", "9f(bool)"},
		{"digit first in a name", "f(bool 9)"},
		{"dash as a name", "f(bool -)"},
		{"not ASCII", "f(bool é)"},
		{"NUL", "f(bool\x00)"},
		{"NUL at the end", "f(bool)\x00"},
		{"newline", "f(bool)\n"},
		{"uint", "f(uint)"},
		{"int", "f(int)"},
		{"uint0", "f(uint0)"},
		{"uint7", "f(uint7)"},
		{"uint08", "f(uint08)"},
		{"uint264", "f(uint264)"},
		{"int12", "f(int12)"},
		{"bytes0", "f(bytes0)"},
		{"bytes33", "f(bytes33)"},
		{"bytes01", "f(bytes01)"},
		{"byte", "f(byte)"},
		{"function", "f(function)"},
		{"fixed", "f(fixed128x18)"},
		{"tuple as a word", "f(tuple)"},
		{"capital", "f(Bool)"},
		{"contract", "f(IERC20)"},
		{"address payable", "f(address payable x)"},
		{"array of 0", "f(bool[0])"},
		{"leading zero", "f(bool[01])"},
		{"array of 65536", "f(bool[65536])"},
		{"huge array", "f(bool[99999999999999999999])"},
		{"negative array", "f(bool[-1])"},
		{"hex array", "f(bool[0x1])"},
		{"space in an array", "f(bool[ ])"},
		{"open array", "f(bool[)"},
		{"array without type", "f([])"},
		{"array after the name", "f(bool a[])"},
		{"empty tuple", "f(())"},
		{"empty tuple in a list", "f(()[])"},
		{"open tuple", "f((bool)"},
		{"65 parameters", "f(" + repeat("bool", 65) + ")"},
		{"65 components", "f((" + repeat("bool", 65) + "))"},
		{"17 tuples", "f(" + strings.Repeat("(", 17) + "bool" + strings.Repeat(")", 17) + ")"},
		{"17 lists", "f(bool" + strings.Repeat("[]", 17) + ")"},
		{"9 tuples and 8 arrays", "f((" + strings.Repeat("(", 8) + "bool" + strings.Repeat(")[1]", 8) + "))"},
		{"4097 bytes", strings.Repeat("f", 4095) + "()"},
		{"only brackets", strings.Repeat("(", 4096)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if name, fields, ok := parseDeclaration(c.text); ok {
				t.Errorf("parseDeclaration(%q) = %q, want it left out", c.text, name+typesOf(fields))
			}
		})
	}
}

// TestLibraryAgreesOnTypes asks the library how it reads our notation: a type
// that it takes for another would be read as that other.
func TestLibraryAgreesOnTypes(t *testing.T) {
	for name := range elementary {
		for _, shape := range []string{"%", "%[]", "%[3]", "%[][2]", "(%,bool)", "(%)[]", "((%)[2] a,% b)[][65535]"} {
			decl := "f(" + strings.ReplaceAll(shape, "%", name) + ")"
			_, fields, ok := parseDeclaration(decl)
			if !ok {
				t.Fatalf("%s is outside the grammar", decl)
			}
			args, err := prepare(fields)
			if err != nil {
				t.Fatalf("%s: %v", decl, err)
			}
			if got, want := args[0].Type.String(), fields[0].typ.text; got != want {
				t.Errorf("%s: the library reads %s, want %s", decl, got, want)
			}
		}
	}
	if got, want := len(elementary), 32+32+32+4; got != want {
		t.Errorf("%d elementary types, want %d", got, want)
	}
}

func TestUnusableDeclarationsAreLeftOut(t *testing.T) {
	c := decodeArgs(t, enc("1"), "f(uint)", "g(bool )", "h(bool x)", "")
	if got, want := text(linesWith(c, "candidate")), "candidate[0] h(bool) decoded"; got != want {
		t.Errorf("candidates %q, want %q", got, want)
	}
	c = decodeArgs(t, enc("1"), "f(uint)")
	if c.Status != Unknown {
		t.Errorf("status %q with no usable declaration, want %q", c.Status, Unknown)
	}
}

func TestOnlySixteenDeclarationsAreUsed(t *testing.T) {
	many := make([]string, 40)
	for i := range many {
		many[i] = "f(bytes)"
	}
	many[3] = "outside"
	many[16] = "late(bool)"
	c := decodeArgs(t, enc("1"), many...)
	if got, want := len(c.Candidates), 15; got != want {
		t.Errorf("%d candidates, want %d", got, want)
	}
	if c.Status != Noncanonical {
		t.Errorf("status %q: the seventeenth declaration was used", c.Status)
	}
	many[15] = "last(bool)"
	if c = decodeArgs(t, enc("1"), many...); c.Function != "last(bool)" {
		t.Errorf("function %q, want the sixteenth declaration", c.Function)
	}
}

func TestCacheIsBounded(t *testing.T) {
	var c cache
	for i := range 3000 {
		text := "f" + strings.Repeat("x", 200) + string(rune('a'+i%26)) + strings.Repeat("y", i/26) + "(bool)"
		if p := c.get(text); p == nil || p.signature != text {
			t.Fatalf("text %d is not usable", i)
		}
		if first := c.get(text); c.get(text) != first {
			t.Fatalf("text %d is not kept", i)
		}
		held := 0
		for k := range c.entries {
			held += len(k)
		}
		if held != c.bytes || held > maxCached {
			t.Fatalf("the cache holds %d bytes of text and counts %d, at most %d", held, c.bytes, maxCached)
		}
	}
	for range 2 { // the second answer is the one that was kept
		if c.get("nonsense") != nil {
			t.Error("a text outside the grammar is usable")
		}
	}
	if c.get(strings.Repeat("z", maxDeclaration+1)) != nil {
		t.Error("a text that is too long is usable")
	}
}

func repeat(s string, n int) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }
