package encode

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestDeclaration(t *testing.T) {
	for _, tt := range []struct{ decl, signature, selector string }{
		{"transfer(address to,uint256 amount)", "transfer(address,uint256)", "a9059cbb"},
		{"transfer(address,uint256)", "transfer(address,uint256)", "a9059cbb"},
		{"acceptOwnership()", "acceptOwnership()", "79ba5097"},
		{"aggregate3((address target,bool allowFailure,bytes callData)[] calls)", "aggregate3((address,bool,bytes)[])", "82ad56cb"},
		{"multiSend(bytes transactions)", "multiSend(bytes)", "8d80ff0a"},
		{"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
			"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", "6a761202"},
		{"f(((int8 a)[3] b,bytes32)[][65535] $c_1)", "f(((int8)[3],bytes32)[][65535])", ""},
	} {
		t.Run(tt.decl, func(t *testing.T) {
			d, err := ParseDeclaration(tt.decl)
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Signature(); got != tt.signature {
				t.Errorf("signature: got %s, want %s", got, tt.signature)
			}
			if got := fmt.Sprintf("%x", d.Selector()); tt.selector != "" && got != tt.selector {
				t.Errorf("selector: got %s, want %s", got, tt.selector)
			}
			again, err := ParseDeclaration(d.Signature())
			if err != nil || again.Signature() != d.Signature() {
				t.Errorf("the signature reads as %q, %v", again.Signature(), err)
			}
		})
	}
}

func TestDeclarationNames(t *testing.T) {
	d, err := ParseDeclaration("f(address to,(uint8 kind,bytes) part)")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{d.Name, d.Inputs[0].Name, d.Inputs[1].Name, d.Inputs[1].Type.Components[0].Name, d.Inputs[1].Type.Components[1].Name}
	if want := []string{"f", "to", "part", "kind", ""}; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDeclarationRefused(t *testing.T) {
	many := strings.Repeat("bool,", 64) + "bool"
	for _, decl := range []string{
		"", "f", "f(", "f)", "()", "f(bool", "f(bool,)", "f(,bool)", "f(bool;bool)", "f(bool))", "f(bool) ", " f(bool)", "f (bool)",
		"function f(bool)", "f(bool)view", "f(bool)(bool)", "1f(bool)", "f-g(bool)", "ƒ(bool)",
		"f(uint)", "f(int)", "f(byte)", "f(uint7)", "f(uint0)", "f(uint08)", "f(uint264)", "f(uint2560)", "f(int257)", "f(uint-8)",
		"f(bytes0)", "f(bytes33)", "f(bytes01)", "f(bytes032)", "f(Address)", "f(addresspayable)", "f(address payable to)",
		"f(function)", "f(fixed128x18)", "f(tuple)", "f(tuple(bool))", "f()[]", "f(())", "f(()[] a)",
		"f(bool[0])", "f(bool[01])", "f(bool[65536])", "f(bool[99999999999999999999])", "f(bool[-1])", "f(bool[ ])", "f(bool[1)", "f(bool[)", "f(bool[]1)", "f(bool[]x)",
		"f(bool  a)", "f(bool a )", "f(bool 1a)", "f(bool a b)", "f(bool\ta)", "f(bool, bool)", "f(bool\x00)",
		"f(" + many + ")", "f((" + many + "))",
		"f(" + strings.Repeat("(", 17) + "bool" + strings.Repeat(")", 17) + ")",
		"f(bool" + strings.Repeat("[]", 17) + ")",
		"f(" + strings.Repeat("(", 8) + "bool[]" + strings.Repeat("[])", 8) + ")",
		"f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat(")", 8) + strings.Repeat("[]", 9) + ")",
		"f(" + strings.Repeat("(", 4096-2),
		"f(bool " + strings.Repeat("x", 4096) + ")",
	} {
		t.Run(quote(decl), func(t *testing.T) {
			d, err := ParseDeclaration(decl)
			var de *DeclarationError
			if !errors.Is(err, ErrDeclaration) || !errors.As(err, &de) {
				t.Fatalf("got %s, %v, want a *DeclarationError", d.Signature(), err)
			}
			if len(err.Error()) > 600 {
				t.Errorf("the message is %d bytes long", len(err.Error()))
			}
		})
	}
}

// The nearest neighbours of what TestDeclarationRefused calls too many and too deep.
func TestDeclarationLimits(t *testing.T) {
	many := strings.Repeat("bool,", 63) + "bool"
	for name, decl := range map[string]string{
		"64 parameters":      "f(" + many + ")",
		"64 components":      "f((" + many + "))",
		"16 deep, tuples":    "f(" + strings.Repeat("(", 16) + "bool" + strings.Repeat(")", 16) + ")",
		"16 deep, arrays":    "f(bool" + strings.Repeat("[]", 16) + ")",
		"16 deep, mixed":     "f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat("[])", 8) + ")",
		"16 deep, outside":   "f(" + strings.Repeat("(", 8) + "bool" + strings.Repeat(")", 8) + strings.Repeat("[]", 8) + ")",
		"4096 bytes":         "f(bool " + strings.Repeat("x", 4096-8) + ")",
		"widest and longest": "f(uint256[65535][65535] a,int256[1] b,bytes32[] c)",
	} {
		t.Run(name, func(t *testing.T) {
			d, err := ParseDeclaration(decl)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range d.Inputs {
				if err := p.Type.check(argPath(i), 1); err != nil {
					t.Errorf("parsed, but not encodable: %v", err)
				}
			}
		})
	}
}

func FuzzDeclaration(f *testing.F) {
	for _, s := range []string{"transfer(address to,uint256 amount)", "f((uint8,bytes[2])[] x)", "f(bool[01])", "f(((((bool)))))"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, decl string) {
		d, err := ParseDeclaration(decl)
		if err != nil {
			if !errors.Is(err, ErrDeclaration) {
				t.Fatalf("error of another kind: %v", err)
			}
			return
		}
		sig := d.Signature()
		if strings.Contains(sig, "invalid") && !strings.Contains(decl, "invalid") || strings.ContainsAny(sig, " ") {
			t.Fatalf("signature %q of %q", sig, decl)
		}
		again, err := ParseDeclaration(sig)
		if err != nil || again.Signature() != sig {
			t.Fatalf("%q gives %q, which reads as %q, %v", decl, sig, again.Signature(), err)
		}
		for i, p := range d.Inputs {
			if err := p.Type.check(argPath(i), 1); err != nil {
				t.Fatalf("%q parsed, but not encodable: %v", decl, err)
			}
		}
	})
}
