package strict

import (
	"fmt"
	"strings"
	"testing"
)

// letters stands in for the hash: the first letters of the text.
func letters(text string) (s [4]byte) {
	copy(s[:], text)
	return s
}

func decodeNamed(t *testing.T, selector func(string) [4]byte, data []byte, declaration string) *Call {
	t.Helper()
	c, err := Decode(Input{To: address(0xee), Data: data, Selector: selector}, func(_ [20]byte, s [4]byte) []string {
		if s == [4]byte{0xaa, 0xbb, 0xcc, 0xdd} {
			return []string{declaration}
		}
		return nil
	}, wide)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNamedCalls(t *testing.T) {
	for _, kind := range []string{"queueTransaction", "executeTransaction"} {
		decl := kind + "(address target,uint256 value,string signature,bytes data,uint256 eta)"
		for _, row := range []struct{ name, data, want string }{
			{"", "", "0x"},
			{"", "\x01\x02\x03\x04", "0x01020304"},
			{"abcd()", "", "0x61626364"},
			{"abcd(uint256)", "\x09", "0x6162636409"},
			{"\"\n", "", "0x220a0000"},
			{"é", "", "0xc3a90000"},
		} {
			t.Run(fmt.Sprintf("%s %q", kind, row.name), func(t *testing.T) {
				c := decodeNamed(t, letters, calldata(addr(toA), num(5), content(row.name), content(row.data), num(9)), decl)
				if got, want := children(c), "data."+kind+" 0 a 5 "+row.want; got != want || len(c.Faults) > 0 {
					t.Errorf("calls %s with faults %q, want %s without", got, c.Faults, want)
				}
				if c.Args[3].Text != fmt.Sprintf("opened %d", len(row.data)) || strings.HasPrefix(c.Args[2].Text, openedPrefix) {
					t.Errorf("arguments %q and %q: only the data are opened", c.Args[2].Text, c.Args[3].Text)
				}
				checkRoundTrip(t, c)
			})
		}
	}
}

func TestNamedProposal(t *testing.T) {
	const decl = "propose(address[],uint256[],string[],bytes[],string)"
	names := slice(content("abcd()"), content(""))
	c := decodeNamed(t, letters, calldata(targets, values, names, payloads, content("why")), decl)
	if got, want := children(c), "data.propose[0] 0 a 5 0x6162636401; data.propose[1] 0 b 6 0x"; got != want || len(c.Faults) > 0 {
		t.Errorf("calls %s with faults %q, want %s without", got, c.Faults, want)
	}
	if got := strings.Count(rendered(c), " opened "); got != 2 {
		t.Errorf("%d values opened, want 2", got)
	}
	for _, row := range []struct {
		args []item
		want string
	}{
		{[]item{slice(addr(toA)), values, names, payloads}, "lengths 1 2 2 2"},
		{[]item{targets, slice(), names, payloads}, "lengths 2 0 2 2"},
		{[]item{targets, values, slice(), payloads}, "lengths 2 2 0 2"},
		{[]item{targets, values, names, slice(content("a"))}, "lengths 2 2 2 1"},
	} {
		c := decodeNamed(t, letters, calldata(join(row.args, content("why"))...), decl)
		if got := strings.Join(c.Faults, ";"); got != row.want || len(c.Children) != 0 || strings.Contains(rendered(c), "opened") {
			t.Errorf("faults %q with %d calls, want %q, no calls and nothing opened", got, len(c.Children), row.want)
		}
	}
}

// TestNameThatIsNoText: the contract would hash it; nobody could be shown it.
func TestNameThatIsNoText(t *testing.T) {
	c := decodeNamed(t, letters, calldata(addr(toA), num(5), content("\xff"), content(""), num(9)), "queueTransaction(address,uint256,string,bytes,uint256)")
	if c.Status != statusNoncanonical || c.Container != "" {
		t.Errorf("status %s container %q, want noncanonical and none", c.Status, c.Container)
	}
}

func TestNamesWithoutSelector(t *testing.T) {
	const decl = "propose(address[],uint256[],string[],bytes[],string)"
	c := decodeNamed(t, nil, calldata(targets, values, slice(content("abcd()"), content("")), payloads, content("")), decl)
	if got := children(c); got != "data.propose[0] 0 b 6 0x" || strings.Join(c.Faults, ";") != "selector" {
		t.Errorf("calls %s with faults %q, want the one without a name and fault selector", got, c.Faults)
	}
	if !strings.Contains(rendered(c), "arg[3][0] bytes - 0x01") {
		t.Errorf("the data that no call shows are not rendered:\n%s", rendered(c))
	}
	c = decodeNamed(t, nil, calldata(addr(toA), num(5), content("abcd()"), content("\x01"), num(9)), "queueTransaction(address,uint256,string,bytes,uint256)")
	if len(c.Children) != 0 || strings.Join(c.Faults, ";") != "selector" || c.Args[3].Text != "0x01" {
		t.Errorf("calls %s with faults %q and data %s, want none, selector and the data", children(c), c.Faults, c.Args[3].Text)
	}
}

func TestMulticallToOthers(t *testing.T) {
	c := decode(t, calldata(targets, payloads), othersMulticall)
	if got, want := children(c), "data.multicallTo[0] 0 a 0 0x01; data.multicallTo[1] 0 b 0 0x"; got != want || c.Container != "multicallTo" {
		t.Errorf("container %q with calls %s, want multicallTo with %s", c.Container, got, want)
	}
	for want, args := range map[string][]item{"lengths 1 2": {slice(addr(toA)), payloads}, "lengths 2 0": {targets, slice()}} {
		for _, decl := range []string{othersMulticall, "executeBatch(address[],bytes[])"} {
			c := decode(t, calldata(args...), decl)
			if got := strings.Join(c.Faults, ";"); got != want || len(c.Children) != 0 || strings.Contains(rendered(c), "opened") {
				t.Errorf("%s: faults %q with %d calls, want %q, no calls and nothing opened", decl, got, len(c.Children), want)
			}
		}
	}
}
