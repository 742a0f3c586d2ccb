package strict

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestStatusWithoutArguments(t *testing.T) {
	head := "operation 1\nto 0x11000000000000000000000000000000000000ee\nvalue 1000000000000000000\n"
	for _, row := range []struct {
		name, data string
		decls      []string
		want       string
	}{
		{"empty", "", []string{"f()"}, "data 0 empty"},
		{"one byte", "00", []string{"f()"}, "data 1 short\nraw 0x00"},
		{"three bytes", "aabbcc", []string{"f()"}, "data 3 short\nraw 0xaabbcc"},
		{"four bytes, unknown", "aabbccdd", nil, "data 4 unknown\nselector 0xaabbccdd\nraw 0x"},
		{"unknown", "aabbccdd01", []string{"not a declaration"}, "data 5 unknown\nselector 0xaabbccdd\nraw 0x01"},
		{"no parameters", "aabbccdd", []string{"f()"}, "data 4 decoded\nselector 0xaabbccdd\ncandidate[0] f() decoded\nfunction f()"},
		{"noncanonical", "aabbccdd01", []string{"f(bool)"}, "data 5 noncanonical\nselector 0xaabbccdd\ncandidate[0] f(bool) noncanonical\nraw 0x01"},
		{"trailing", "aabbccdd01", []string{"f()"}, "data 5 trailing\nselector 0xaabbccdd\ncandidate[0] f() trailing\nfunction f()\nsuffix 0x01"},
	} {
		t.Run(row.name, func(t *testing.T) {
			in := Input{Operation: 1, To: address(0xee), Value: [32]byte(word(1e18)), Data: unhex(row.data)}
			c, err := Decode(in, knows(row.decls...), wide)
			if err != nil {
				t.Fatal(err)
			}
			checkLines(t, c.Transcript(), head+row.want)
		})
	}
}

func TestCandidates(t *testing.T) {
	const word1 = "0*31 01"
	for _, row := range []struct {
		name, args string
		decls      []string
		function   string // of the chosen one
		statuses   string
	}{
		{"first decoded wins", word1, []string{"a(uint8)", "b(bool)"}, "a(uint8)", "decoded decoded"},
		{"decoded before trailing", word1, []string{"a()", "b(bool)"}, "b(bool)", "trailing decoded"},
		{"decoded after noncanonical", word1, []string{"a(bytes)", "b(bool)"}, "b(bool)", "noncanonical decoded"},
		{"first trailing wins", word1 + " 00", []string{"a(bool)", "b()", "c(bytes)"}, "a(bool)", "trailing trailing noncanonical"},
		{"trailing after noncanonical", word1 + " 00", []string{"c(bytes)", "b()"}, "b()", "noncanonical trailing"},
		{"none", word1, []string{"a(bytes)", "b(string)"}, "", "noncanonical noncanonical"},
		{"left out ones are not numbered", word1, []string{"uint", "a(bytes)", "a(uint)", "b(bool)"}, "b(bool)", "noncanonical decoded"},
		{"repeated", word1, []string{"a(bool x)", "a(bool y)"}, "a(bool)", "decoded decoded"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := decode(t, append(unhex("aabbccdd"), unhex(row.args)...), row.decls...)
			var statuses []string
			for _, candidate := range c.Candidates {
				statuses = append(statuses, candidate.Status)
			}
			if got := strings.Join(statuses, " "); got != row.statuses || c.Function != row.function {
				t.Errorf("function %q statuses %q, want %q %q", c.Function, got, row.function, row.statuses)
			}
			checkRoundTrip(t, c)
		})
	}
}

func TestCandidatesAreTheFirst16(t *testing.T) {
	var decls []string
	for i := range 17 {
		decls = append(decls, fmt.Sprintf("f%d(bytes)", i))
	}
	decls[16] = "f16(bool)"
	data := append(unhex("aabbccdd"), word(1)...)
	c := decode(t, data, decls...)
	if len(c.Candidates) != 16 || c.Status != "noncanonical" {
		t.Errorf("%d candidates, status %q, want 16 noncanonical", len(c.Candidates), c.Status)
	}
	c = decode(t, data, decls[1:]...)
	if len(c.Candidates) != 16 || c.Function != "f16(bool)" {
		t.Errorf("%d candidates, function %q, want 16 f16(bool)", len(c.Candidates), c.Function)
	}
	decls[0] = "outside the grammar"
	if c = decode(t, data, decls...); len(c.Candidates) != 15 {
		t.Errorf("%d candidates, want 15: the first 16 are counted before the grammar", len(c.Candidates))
	}
}

func TestLookupArguments(t *testing.T) {
	var got []string
	lookup := func(to [20]byte, selector [4]byte) []string {
		got = append(got, fmt.Sprintf("%x %x", to[19], selector))
		return []string{"execute(address,uint256,bytes)"}
	}
	inner := unhex("01020304")
	data := calldata(addr(address(0x77)), num(0), content(string(inner)))
	if _, err := Decode(Input{To: address(0xee), Data: data}, lookup, wide); err != nil {
		t.Fatal(err)
	}
	if want := []string{"ee aabbccdd", "77 01020304"}; !slices.Equal(got, want) {
		t.Errorf("looked up %q, want %q", got, want)
	}
	if c, err := Decode(Input{Data: data}, nil, wide); err != nil || c.Status != "unknown" {
		t.Errorf("nil lookup: %v %v, want unknown", c, err)
	}
}

func TestTreeOwnsItsBytes(t *testing.T) {
	data := calldata(content("abc"))
	in := slices.Clone(data)
	c, err := Decode(Input{Data: in}, knows("f(bytes)"), wide)
	if err != nil {
		t.Fatal(err)
	}
	before := c.Transcript()
	clear(in)
	if !slices.Equal(before, c.Transcript()) || string(c.Args[0].Bytes) != "abc" {
		t.Error("the tree changed with the input")
	}
}

func TestLimits(t *testing.T) {
	nest := func(depth int) []byte {
		data := []byte{}
		for range depth - 1 {
			data = calldata(addr(address(1)), num(0), content(string(data)))
		}
		return data
	}
	batch := func(n int) []byte {
		var body []byte
		for range n {
			body = append(body, packed(0, address(1), 0, nil)...)
		}
		return calldata(content(string(body)))
	}
	self := func(n int) []byte { return calldata(slice(slices.Repeat([]item{content("")}, n)...)) }
	for _, row := range []struct {
		name, decl string
		data       []byte
		lim        Limits
		want       *LimitError
	}{
		{"zero limits", "f()", nil, Limits{}, &LimitError{"depth", 0, 1}},
		{"zero calls", "f()", nil, Limits{0, 1, 0}, &LimitError{"calls", 0, 1}},
		{"root only", "f()", nil, Limits{1, 1, 0}, nil},
		{"negative", "f()", nil, Limits{-1, -1, -1}, &LimitError{"bytes", -1, 0}},
		{"bytes at limit", "f()", unhex("0*100"), Limits{1, 1, 100}, nil},
		{"bytes over", "f()", unhex("0*101"), Limits{1, 1, 100}, &LimitError{"bytes", 100, 101}},
		{"depth at limit", "execute(address,uint256,bytes)", nest(4), Limits{100, 4, 1e6}, nil},
		{"depth over", "execute(address,uint256,bytes)", nest(5), Limits{100, 4, 1e6}, &LimitError{"depth", 4, 5}},
		{"calls at limit", "multiSend(bytes)", batch(9), Limits{10, 2, 1e6}, nil},
		{"calls over", "multiSend(bytes)", batch(10), Limits{10, 2, 1e6}, &LimitError{"calls", 10, 11}},
		{"calls over in a chain", "execute(address,uint256,bytes)", nest(5), Limits{4, 100, 1e6}, &LimitError{"calls", 4, 5}},
		{"calls over in an array", "multicall(bytes[])", self(10), Limits{10, 2, 1e6}, &LimitError{"calls", 10, 11}},
		{"empty container at full depth", "multicall(bytes[])", self(0), Limits{1, 1, 1e6}, nil},
		{"depth over in a batch", "multiSend(bytes)", batch(1), Limits{10, 1, 1e6}, &LimitError{"depth", 1, 2}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := Decode(Input{Data: row.data}, knows(row.decl), row.lim)
			if row.want == nil {
				if err != nil || c == nil {
					t.Fatalf("error %v, want a tree", err)
				}
				return
			}
			var limit *LimitError
			if !errors.As(err, &limit) || *limit != *row.want || c != nil {
				t.Fatalf("tree %v error %#v, want %#v", c, err, row.want)
			}
			if text := err.Error(); !strings.Contains(text, fmt.Sprint(row.want.Got)) || !strings.Contains(text, fmt.Sprint(row.want.Limit)) {
				t.Errorf("error %q does not give %d and %d", text, row.want.Got, row.want.Limit)
			}
		})
	}
}

// fuzzDeclarations are chosen by the first byte of a selector.
var fuzzDeclarations = [][]string{
	{"f(uint8)", "f(bool b)", "f(int16)", "f(bytes4)", "f(address)"},
	{"f(bytes,string)", "f(string[] s)"},
	{"f((bytes d,uint8[] e)[] list)", "f(uint8[2][])", "f(uint8[][2])"},
	{"f(((((((((uint8)))))))))", "f(uint8[1][1][1][1][1][1][1][1])", "f(uint8[][][][][][][][])"},
	{"multiSend(bytes transactions)"},
	{"multicall(bytes[] data)"},
	{"multicall(uint256,bytes[])", "multicall(bytes32,bytes[])"},
	{"aggregate3((address target,bool allowFailure,bytes callData)[] calls)"},
	{"aggregate3Value((address,bool,uint256,bytes)[])", "aggregate((address,bytes)[])"},
	{"executeBatch(address[],uint256[],bytes[])"},
	{"execute(address to,uint256 value,bytes data)"},
	{"execTransactionFromModule(address to,uint256 value,bytes data,uint8 operation)"},
	{"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)"},
	{"f()", "f(uint)"},
	{},
	{accountDecl},
	{"queueTransaction(address target,uint256 value,string signature,bytes data,uint256 eta)"},
	{"propose(address[],uint256[],string[],bytes[],string)"},
	{"forward(bytes evmScript)", "newVote(bytes,string)"},
	{othersMulticall, "executeBatch(address[],bytes[])"},
	{"execute(bytes32,(address,uint256,bytes)[],uint256)"},
}

func fuzzLookup(_ [20]byte, selector [4]byte) []string {
	return fuzzDeclarations[int(selector[0])%len(fuzzDeclarations)]
}

// accountSeeds are the arguments of an account's execute in every mode.
func accountSeeds() (out [][]byte) {
	for mode, data := range map[string]string{
		modeSingle: single(toA, 5, "\x0f\x00\x00\x00"), modeDelegate: string(toA[:]) + "\x0f\x00\x00\x00", modeBatch: batchOfTwo, modeOpData: batchOpData,
		modeBatches: string(list(slice(content(batchOfTwo), content(batchOpData)))), "fe 0*31": "\x01", modeBatchTry: batchOfTwo + "\x01",
	} {
		out = append(out, list(raw(mode), content(data)))
	}
	return out
}

// FuzzDecode: whatever the bytes are, the transcript is printable ASCII and
// linear in them, the readable calls encode to their data again, two runs agree,
// and decoding succeeds unless a limit is passed.
func FuzzDecode(f *testing.F) {
	for _, seed := range sampleTrees {
		data := seed.data()
		if len(data) >= 4 {
			data[0] = 4
		}
		f.Add(seed.to[:], data)
	}
	for i := range fuzzDeclarations {
		f.Add([]byte{}, append([]byte{byte(i), 0, 0, 0}, list(content(string(packed(2, address(1), 3, unhex("04000000")))))...))
		f.Add(wordsMultiSend[:], append([]byte{byte(i), 0, 0, 0}, list(num(1), num(2), slice(content("ab"), content("")))...))
	}
	for _, seed := range accountSeeds() {
		f.Add([]byte{}, append([]byte{15, 0, 0, 0}, seed...))
	}
	names := slice(content("abcd()"), content(""))
	f.Add([]byte{}, append([]byte{16, 0, 0, 0}, list(addr(toA), num(5), content("abcd()"), content("\x01"), num(9))...))
	f.Add([]byte{}, append([]byte{17, 0, 0, 0}, list(targets, values, names, payloads, content("why"))...))
	f.Add([]byte{}, append([]byte{18, 0, 0, 0}, list(content("\x00\x00\x00\x01"+scripted(toA, 4, "\x0f\x00\x00\x00")))...))
	f.Add([]byte{}, append([]byte{19, 0, 0, 0}, list(targets, payloads)...))
	f.Add([]byte{}, append([]byte{20, 0, 0, 0}, list(num(1), pairAmount, num(2))...))
	f.Fuzz(func(t *testing.T, to, data []byte) {
		in := Input{Data: data, Selector: letters}
		copy(in.To[:], to)
		lim := Limits{Calls: 1000, Depth: 6, Bytes: 1 << 16}
		c, err := Decode(in, fuzzLookup, lim)
		if err != nil {
			var limit *LimitError
			if !errors.As(err, &limit) || limit.Got <= limit.Limit || c != nil {
				t.Fatalf("tree %v, error %v", c, err)
			}
			return
		}
		lines := c.Transcript()
		total := 0
		for _, line := range lines {
			total += len(line)
			if at := strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }); at >= 0 {
				t.Fatalf("line %q is not printable ASCII at %d", line, at)
			}
			if strings.Contains(line, "inconsistent") {
				t.Fatalf("inconsistent tree: %q", line)
			}
		}
		if bound := 60 * (len(data) + 1000); total > bound {
			t.Fatalf("%d bytes give a transcript of %d, more than %d", len(data), total, bound)
		}
		checkRoundTrip(t, c)
		again, err := Decode(in, fuzzLookup, lim)
		if err != nil || !slices.Equal(lines, again.Transcript()) {
			t.Fatalf("a second run differs: %v", err)
		}
	})
}
