package addressbook

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

const (
	alice = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
	bob   = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
)

func csv(lines ...string) string { return header + "\n" + strings.Join(lines, "\n") }

// TestExport is the form that Safe{Wallet} writes: byte order mark, CR LF, no
// line end after the last entry.
func TestExport(t *testing.T) {
	raw := "\ufeff" + strings.Join([]string{header, alice + ",Payroll,1", alice + ",Payroll on Base,8453", bob + `,"Müller, ""Ann"" & Co.",1`}, "\r\n")
	b, err := Parse([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		chain   uint64
		address string
		name    string
	}{
		{1, alice, "Payroll"},
		{8453, alice, "Payroll on Base"},
		{1, bob, `Müller, "Ann" & Co.`},
		{8453, bob, ""},
		{10, alice, ""},
		{0, alice, ""},
	} {
		if got, ok := b.Name(tt.chain, common.HexToAddress(tt.address)); got != tt.name || ok != (tt.name != "") {
			t.Errorf("Name(%d, %s) = %q, %v, want %q", tt.chain, tt.address, got, ok, tt.name)
		}
	}
	if got := b.Named(common.HexToAddress(alice)); len(got) != 2 || got[0].Chain != 1 || got[1].Chain != 8453 || got[0].Line != 2 {
		t.Errorf("Named = %+v, want the two chains of line 2 and 3", got)
	}
	if x := b.Index(); x.Len() != 2 || !x.Has(common.HexToAddress(alice)) {
		t.Errorf("the index has %d addresses, want the two of the book", x.Len())
	}
	if got := b.Named(common.Address{1}); len(got) != 0 {
		t.Errorf("Named of a stranger = %+v", got)
	}
	if !b.Knows(8453) || b.Knows(10) || len(b.Entries()) != 3 {
		t.Errorf("Knows(8453) = %v, Knows(10) = %v, %d entries; want true, false, 3", b.Knows(8453), b.Knows(10), len(b.Entries()))
	}
}

func TestNilBook(t *testing.T) {
	var b *Book
	if n, ok := b.Name(1, common.HexToAddress(alice)); ok || n != "" || b.Knows(1) || b.Named(common.Address{}) != nil || b.Entries() != nil || b.Index().Len() != 0 {
		t.Error("a nil book knows somebody")
	}
}

func TestAccepted(t *testing.T) {
	for name, raw := range map[string]string{
		"one entry":                         csv(alice + ",Payroll,1"),
		"line end":                          csv(alice+",Payroll,1", ""),
		"empty lines at the end":            csv(alice+",Payroll,1", "", "\r", ""),
		"lower case":                        csv(strings.ToLower(alice) + ",Payroll,1"),
		"blanks around a name":              csv(alice + ",  Payroll ,1"),
		"all fields quoted":                 csv(`"` + alice + `","Payroll","1"`),
		"one name on two chains":            csv(alice+",Payroll,1", bob+",Payroll,10"),
		"names that differ by a digit":      csv(alice+",payroll 1,1", bob+",payroll 2,1"),
		"the largest chain":                 csv(alice + ",Payroll,18446744073709551615"),
		"an apostrophe, brackets, a symbol": csv(alice + ",Ann's (cold) wallet #2 <x>,1"),
	} {
		if b, err := Parse([]byte(raw)); err != nil || len(b.Entries()) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestJoined: a file and a policy can each be full, and together they are one book.
func TestJoined(t *testing.T) {
	entries := make([]Entry, MaxJoined+1)
	for i := range entries {
		entries[i] = Entry{Chain: 1, Address: common.BigToAddress(big.NewInt(int64(i + 1))), Name: fmt.Sprintf("n%d", i)}
	}
	if b, err := New(entries[:MaxJoined]); err != nil || len(b.Entries()) != 2*MaxEntries {
		t.Errorf("%v", err)
	}
	if _, err := New(entries); !errors.Is(err, ErrLimit) {
		t.Errorf("got %v, want %v", err, ErrLimit)
	}
}

func TestRefused(t *testing.T) {
	many := make([]string, MaxEntries+1)
	for i := range many {
		many[i] = fmt.Sprintf("0x%040x,n%d,1", i+1, i)
	}
	for _, tt := range []struct {
		name, raw string
		kind      error
		code      string
		line      int
	}{
		{"too large", csv(alice+",Payroll,1") + strings.Repeat("\n", MaxSize), ErrLimit, "INPUT_LIMIT", 0},
		{"too many", csv(many...), ErrLimit, "INPUT_LIMIT", 0},
		{"empty", "", ErrSyntax, "", 1},
		{"another header", "address,name\n" + alice + ",Payroll", ErrSyntax, "", 1},
		{"a header in other case", "Address,Name,ChainId\n" + alice + ",Payroll,1", ErrSyntax, "", 1},
		{"a header with a trick", "address,name,chainId\u200b\n" + alice + ",Payroll,1", ErrSyntax, "", 1},
		{"two byte order marks", "\ufeff\ufeff" + csv(alice+",Payroll,1"), ErrSyntax, "", 1},
		{"no entry", header + "\n", ErrSyntax, "", 1},
		{"semicolons", csv(alice + ";Payroll;1"), ErrSyntax, "", 2},
		{"two fields", csv(alice + ",Payroll"), ErrSyntax, "", 2},
		{"four fields", csv(alice + ",Payroll,1,"), ErrSyntax, "", 2},
		{"an empty line between", csv(alice+",Payroll,1", "", bob+",Bob,1"), ErrSyntax, "", 3},
		{"an open quote", csv(alice + `,"Payroll,1`), ErrSyntax, "", 2},
		{"a name over two lines", csv(alice+`,"Pay`, `roll",1`), ErrSyntax, "", 2},
		{"text after a quote", csv(alice + `,"Payroll"x,1`), ErrSyntax, "", 2},
		{"a quote inside", csv(alice + `,Pay"roll,1`), ErrSyntax, "", 2},
		{"a carriage return inside", csv(alice + ",Pay\rroll,1"), ErrText, "CONTROL_CHARACTERS", 2},
		{"an escape sequence", csv(alice+",Payroll,1", bob+",\x1b[2K,1"), ErrText, "CONTROL_CHARACTERS", 3},
		{"a bidirectional control", csv(alice + ",Pay\u202eroll,1"), ErrText, "UNICODE_SPOOF", 2},
		{"a zero-width character in the chain", csv(alice + ",Payroll,\u200b1"), ErrText, "UNICODE_SPOOF", 2},
		{"a homoglyph", csv(alice + ",P\u0430yroll,1"), ErrText, "UNICODE_SPOOF", 2},
		{"not UTF-8", csv(alice + ",Payroll\xff,1"), ErrText, "INVALID_UTF8", 2},
		{"an empty name", csv(alice + ",,1"), ErrName, "", 2},
		{"a long name", csv(alice + "," + strings.Repeat("x", MaxName+1) + ",1"), ErrName, "", 2},
		{"a name that is an address", csv(alice + "," + bob + ",1"), ErrName, "", 2},
		{"a name that is part of an address", csv(alice + ",Bob 0x15d3...6A65,1"), ErrName, "", 2},
		{"a wrong checksum", csv("0x90F79bf6EB2c4f870365E785982E1f101E93b907,Payroll,1"), ErrAddress, "ADDRESS_CHECKSUM", 2},
		{"a chain prefix", csv("eth:" + alice + ",Payroll,1"), ErrAddress, "INVALID_HEX", 2},
		{"the zero address", csv("0x0000000000000000000000000000000000000000,Payroll,1"), ErrAddress, "", 2},
		{"no chain", csv(alice + ",Payroll,"), ErrChain, "", 2},
		{"chain 0", csv(alice + ",Payroll,0"), ErrChain, "", 2},
		{"a leading zero", csv(alice + ",Payroll,01"), ErrChain, "", 2},
		{"a hexadecimal chain", csv(alice + ",Payroll,0x1"), ErrChain, "", 2},
		{"a chain over 64 bits", csv(alice + ",Payroll,18446744073709551616"), ErrChain, "", 2},
		{"an address twice", csv(alice+",Payroll,1", alice+",Bonus,1"), ErrConflict, "", 3},
		{"an address twice, in other case", csv(alice+",Payroll,1", strings.ToLower(alice)+",Payroll,1"), ErrConflict, "", 3},
		{"a name twice", csv(alice+",Payroll,1", bob+",Payroll,1"), ErrConflict, "", 3},
		{"a name that looks like another", csv(alice+",Payroll,1", bob+",payroIl,1"), ErrConflict, "", 3},
		{"a name with another separator", csv(alice+",hot wallet,1", bob+",Hot-Wallet,1"), ErrConflict, "", 3},
		{"a name with an accent", csv(alice+",Jose,1", bob+",Jos\u00e9,1"), ErrConflict, "", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.raw))
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, tt.kind) || e.Code != tt.code || e.Line != tt.line {
				t.Fatalf("error = %+v, want %v with code %q in line %d", err, tt.kind, tt.code, tt.line)
			}
			if e.Hint == "" || strings.ContainsFunc(e.Error(), func(r rune) bool { return r < 0x20 || r > 0x7e }) {
				t.Errorf("hint %q, text %q: want a hint, and a text that a terminal shows as it stands", e.Hint, e.Error())
			}
		})
	}
}

// FuzzParse: whatever is accepted keeps the rules, and its entries make the same
// book again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(csv(alice+",Payroll,1", bob+`,"Müller, ""Ann""",8453`)))
	f.Add([]byte("\ufeff" + header + "\r\n" + alice + ",Payroll,1\r\n"))
	f.Add([]byte(csv(alice+",\xff,1", bob+",\x1b,2")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Parse(raw)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Kind == nil || e.Msg == "" {
				t.Fatalf("error %#v is not complete", err)
			}
			return
		}
		var lines []string
		for _, e := range b.Entries() {
			if e.Chain == 0 || e.Address == (common.Address{}) || e.Name == "" || len(e.Name) > MaxName {
				t.Fatalf("entry %+v breaks the rules", e)
			}
			if n, ok := b.Name(e.Chain, e.Address); !ok || n != e.Name {
				t.Fatalf("Name = %q, %v, want %q", n, ok, e.Name)
			}
			lines = append(lines, fmt.Sprintf("%s,\"%s\",%d", e.Address.Hex(), strings.ReplaceAll(e.Name, `"`, `""`), e.Chain))
		}
		again, err := Parse([]byte(csv(lines...)))
		if err != nil || len(again.Entries()) != len(b.Entries()) {
			t.Fatalf("its own entries are refused: %v", err)
		}
	})
}
