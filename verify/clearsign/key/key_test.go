package key

import (
	"errors"
	"strings"
	"testing"
)

func TestFunction(t *testing.T) {
	for _, c := range []struct {
		text, signature string
		strict          bool
	}{
		{"transfer(address to,uint256 value)", "transfer(address,uint256)", true},
		{"transfer(address to, uint256 value)", "transfer(address,uint256)", false},
		{"transfer(address to,  uint256 value)", "transfer(address,uint256)", false},
		{"f()", "f()", true},
		{"f(uint256)", "f(uint256)", true},
		{"f((address token,uint256[2][] amounts) order,bytes32)", "f((address,uint256[2][]),bytes32)", true},
		{"f((address token, uint256 amount)[] orders, bytes32 salt)", "f((address,uint256)[],bytes32)", false},
	} {
		for mode, want := range map[Mode]bool{Strict: c.strict, Lenient: true} {
			d, err := Function(c.text, mode)
			if (err == nil) != want || want && d.Signature() != c.signature {
				t.Errorf("Function(%q, %d) = %s, %v", c.text, mode, d.Signature(), err)
			}
		}
	}
}

func TestFunctionRefuses(t *testing.T) {
	for _, text := range []string{
		"", "f", "f(", "(address a)", "f(uint a)", "f(int a)", "f(byte a)", "f(address  a)", "f( address a)", "f(address a )", "f (address a)",
		"f(address a)b", "f(address a ,uint256 b)", "f(address a,)", "f(address a,,uint256 b)", "f(MyType a)", "f(bytes memory a)", "f(() a)",
		"f(uint256 a,uint256 a)", "f((uint256 a,uint256 a) b)", "f((uint256 a,uint8 a)[] b)", "f(uint256 a,(uint8 b,uint8 b)[2][] c)",
		" f()", "f() ", "function f()", "f(uint256 ä)", "f(uint256\ta)", "f(uint256 a,\nuint256 b)", "f(uint7 a)", "f(bytes33 a)", "f(uint256[0] a)",
		"f(" + strings.Repeat("uint256 a,", 500) + "uint256 b)",
	} {
		for _, mode := range []Mode{Strict, Lenient} {
			if d, err := Function(text, mode); !errors.Is(err, ErrKey) {
				t.Errorf("Function(%q, %d) = %s, %v, want ErrKey", text, mode, d.Signature(), err)
			}
		}
	}
	if _, err := Function("f((uint256 a) b,(uint256 a) c)", Strict); err != nil {
		t.Errorf("one name in two lists: %v", err)
	}
}

func TestMessage(t *testing.T) {
	for _, c := range []struct{ text, primary, layout string }{
		{"Ping(uint256 n)", "Ping", "(uint256)"},
		{"Empty()", "Empty", ""},
		{"Mail(Person from,Person to,string contents)Person(string name,address wallet)", "Mail", "((string,address),(string,address),string)"},
		{"Batch(Details[] details,address[2][] x)Details(address token,uint160 amount)", "Batch", "((address,uint160)[],address[2][])"},
		{"Z(B b)A(uint8 n)B(A a)", "Z", "(((uint8)))"},
		{"HyperliquidTransaction:Send(string a)", "HyperliquidTransaction:Send", "(string)"},
	} {
		m, err := Message(c.text, Strict)
		if err != nil || m.Primary != c.primary || m.Text != c.text || c.layout != "" && m.Type.String() != c.layout {
			t.Errorf("Message(%q) = %q, %q, %s, %v", c.text, m.Primary, m.Text, m.Type, err)
		}
	}
	m, err := Message("Ping(uint256 n, address a)", Lenient)
	if err != nil || m.Text != "Ping(uint256 n,address a)" {
		t.Errorf("lenient: %q, %v", m.Text, err)
	}
}

func TestMessageRefuses(t *testing.T) {
	for _, text := range []string{
		"", "Ping", "Ping(", "Ping)", "Ping(uint256)", "Ping(uint256 n", "Ping(uint256  n)", "Ping(uint n)", "Ping( uint256 n)", "Ping(uint256 n,)",
		"Ping(uint256 n)x", "Ping(Pong p)", "Ping(uint256 n)Pong(uint256 n)", "Ping(Ping p)", "A(B b)B(A a)", "A(B[] b)B(B[] b)",
		"A(C c,B b)C(uint8 n)B(uint8 n)", "A(B b)B(uint8 n)B(uint8 n)", "A(A2 b)A2(uint8 n)A(uint8 n)", "A(uint8 n,uint8 n)", "uint8(uint8 n)",
		"A(uint8[0] n)", "A(uint8[01] n)", "A(uint8] n)", "A(uint8[ n)", "A(uint8[-1] n)", "A(uint8[65536] n)", "A(uint256 n:m)", "A(B b) B(uint8 n)",
		"A(uint8" + strings.Repeat("[]", 20) + " n)", strings.Repeat("A", 65) + "(uint8 n)",
	} {
		if m, err := Message(text, Strict); !errors.Is(err, ErrKey) {
			t.Errorf("Message(%q) = %+v, %v, want ErrKey", text, m, err)
		}
	}
}

// FuzzFunction: Lenient accepts what Strict does, with the same meaning, and
// nothing more than spaces after commas.
func FuzzFunction(f *testing.F) {
	f.Add("transfer(address to, uint256 value)")
	f.Add("f((address a,uint256[2] b)[] c,bytes32)")
	f.Fuzz(func(t *testing.T, text string) {
		strict, errStrict := Function(text, Strict)
		lenient, errLenient := Function(text, Lenient)
		if errStrict == nil && (errLenient != nil || strict.Signature() != lenient.Signature()) {
			t.Fatalf("%q: strict %s, lenient %s, %v", text, strict.Signature(), lenient.Signature(), errLenient)
		}
		if errLenient != nil {
			return
		}
		bare := text
		for strings.Contains(bare, ", ") {
			bare = strings.ReplaceAll(bare, ", ", ",")
		}
		again, err := Function(bare, Strict)
		if err != nil || again.Signature() != lenient.Signature() {
			t.Fatalf("%q is read as %s, but %q is %v", text, lenient.Signature(), bare, err)
		}
	})
}

// FuzzMessage: what is read is a type that has members for each name, and its
// text is read the same again.
func FuzzMessage(f *testing.F) {
	f.Add("Mail(Person from,Person to,string contents)Person(string name,address wallet)")
	f.Add("A(B[2][] b)B(uint8 n)")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := Message(text, Lenient)
		if err != nil {
			return
		}
		again, err := Message(m.Text, Strict)
		if err != nil || again.Text != m.Text || again.Primary != m.Primary {
			t.Fatalf("%q gives %q, which gives %+v, %v", text, m.Text, again, err)
		}
		if m.Type.Base != "tuple" || !strings.HasPrefix(m.Text, m.Primary+"(") {
			t.Fatalf("%q gives %+v", text, m)
		}
	})
}
