package catalogue

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

func TestFunctionTable(t *testing.T) {
	packages := map[string]bool{}
	last := ""
	for _, r := range records(t, "packages", packageTable, 4) {
		if r[0] <= last || r[1] == "" || r[2] == "" || r[3] == "" {
			t.Errorf("package %q stands after %q, or lacks name, version or licence", r[0], last)
		}
		last, packages[r[0]] = r[0], true
	}
	last = ""
	signatures := map[string]bool{}
	selectors := map[string]string{}
	for _, r := range records(t, "functions", functionTable, 3) {
		sel, source, text := r[0], r[1], r[2]
		signature := types(text)
		if err := checkGrammar(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if want := fmt.Sprintf("%x", crypto.Keccak256([]byte(signature))[:4]); sel != want {
			t.Errorf("%q: selector %s, want %s", text, sel, want)
		}
		if sel < last {
			t.Errorf("%q: %s stands after %s", text, sel, last)
		}
		last = sel
		if !packages[source] && section(source) == "" || packageSource(source) == "" {
			t.Errorf("%q: package %q is unknown", text, source)
		}
		if signatures[signature] {
			t.Errorf("%q stands twice", signature)
		}
		signatures[signature] = true
		// Two functions of one selector would both be offered. It has not happened by
		// chance, so if it happens, somebody wanted it: look at the package.
		if other, ok := selectors[sel]; ok {
			t.Errorf("selector %s belongs to %q and %q", sel, other, signature)
		}
		selectors[sel] = signature
	}
	for _, r := range records(t, "declarations", declarationTable, 4) {
		if other, ok := selectors[r[0]]; ok {
			t.Errorf("selector %s belongs to %q, written by hand, and to %q", r[0], types(r[3]), other)
		}
	}
	if len(signatures) < 8000 {
		t.Errorf("got %d functions, want 8,000 or more", len(signatures))
	}
}

// What tests and test frameworks declare is in no table: such a function exists in no
// contract that a Safe calls.
func TestNoRehearsals(t *testing.T) {
	for _, signature := range []string{
		"setUp()", "IS_TEST()", "targetContracts()", "failed()", "excludeSenders()", "test_swap_helper_oneForZero_exactInput()",
		"setTotalNativeBalanceTestingOnlyXXX(uint96)", "expectPartialRevert(bytes4)", "stealEthTransfer(bytes32,bytes)",
	} {
		if g := SelectorGrade(1, common.Address{}, selectorOf(signature)); g != GradeUnknown {
			t.Errorf("%s: got %v, want unknown", signature, g)
		}
	}
}

func TestFunctionGrade(t *testing.T) {
	callOnly := common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D")
	for _, c := range []struct {
		signature string
		sel       string
		want      Grade
	}{
		{"multiSend(bytes)", "0x8d80ff0a", GradePublished},
		{"transfer(address,uint256)", "0xa9059cbb", GradeInterface},
		{"many_msg_babbage(bytes1)", "0xa9059cbb", GradeUnknown},
		{"sweepETH(address)", "0x1163b2b0", GradeDatabase},
		{"setEnforcedOptions((uint32,uint16,bytes)[])", "0xb98bd070", GradeInterface},
		{"setEnforcedOptions((uint32,uint16,bytes))", "0xb98bd070", GradeUnknown},
		{"", "0xa9059cbb", GradeUnknown},
	} {
		sel := selector(t, c.sel)
		if got := FunctionGrade(1, callOnly, sel, c.signature); got != c.want {
			t.Errorf("%s: got %v, want %v", c.signature, got, c.want)
		}
	}
}

func TestDeclares(t *testing.T) {
	for _, text := range []string{"f()", "f(uint256 a)", "f((bool a,bytes[2] b)[] c,string)", "f(address payable)"} {
		if !declares(text, types(text)) || declares(text, types(text)+" ") || declares(text, "g()") || declares(text, text[:len(text)-1]) {
			t.Errorf("%q is not taken for %q alone", text, types(text))
		}
	}
	if declares("f(uint256 a", "f(uint256)") || declares("", "f()") {
		t.Error("no declaration declares something")
	}
}

// Names that were registered to collide with transfer and approve, one of them for the
// very selector of transfer, are guesses beside true ones: never offered.
func TestRegisteredFakes(t *testing.T) {
	defer func(d lines) { declarationTable = d }(declarationTable)
	fakes := "a9059cbb\tdatabase\terc20\tjoin_tg_invmru_haha_fd06787(address,bool)\n" +
		"a9059cbb\tdatabase\terc20\tmany_msg_babbage(bytes1)\n"
	i := strings.Index(string(declarationTable), "\na9059cbb")
	for name, table := range map[string]lines{
		"after":  declarationTable[:i+1] + lines(nextLine(string(declarationTable[i+1:]))) + lines(fakes) + lines(afterLine(string(declarationTable[i+1:]))),
		"before": declarationTable[:i+1] + lines(fakes) + declarationTable[i+1:],
	} {
		declarationTable = table
		got := Lookup(1, common.Address{19: 1}, selector(t, "0xa9059cbb"))
		if len(got) != 1 || got[0] != "transfer(address to,uint256 value)" {
			t.Errorf("fakes %s the true one: got %q, want transfer alone", name, got)
		}
	}
	declarationTable = lines("b98bd070\tdatabase\terc20\tfake(bytes1)\n")
	if got := Lookup(1, common.Address{19: 1}, selector(t, "0xb98bd070")); len(got) != 1 || types(got[0]) != "setEnforcedOptions((uint32,uint16,bytes)[])" {
		t.Errorf("a fake beside a function of packages: got %q, want that one alone", got)
	}
}

func nextLine(s string) string  { return s[:strings.IndexByte(s, '\n')+1] }
func afterLine(s string) string { return s[strings.IndexByte(s, '\n')+1:] }
