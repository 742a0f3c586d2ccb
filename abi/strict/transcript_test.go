package strict

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Vectors published for Safe: a multiSend of two entries, the old format of
// entries, an execTransaction with its signature, and the aggregate3Value of
// superchain-ops task 065.
const (
	usdcEntry = "00a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48 0*32 0*31 44 " +
		"a9059cbb 0*12 92d0ebaf7eb707f0650f9471e61348f4656c29bc 0*27 05d21dba00"
	valueEntry       = "00 0*16 deadbeef 0*31 01 0*32"
	multiSendData    = "8d80ff0a 0*31 20 0*31 ee " + usdcEntry + " " + valueEntry + " 0*18"
	wordsBody        = "0*32 0*28 deadbeef 0*31 01 0*31 80 0*31 03 112233 0*29"
	aggregateData    = "174dea71 0*31 20 0*31 01 0*31 20 0*12 62c0a111929fa32cec2f76adba54c16afb6e8364 0*32 0*32 0*31 80 0*31 24 f2fde38b 0*12 847b5c174615b1b7fdf770882256e2d3e95b9d92 0*28"
	execData         = "6a761202 0*28 deadbeef 0*31 01 0*30 0140 0*32 0*32 0*32 0*32 0*32 0*32 0*30 0160 0*32 0*31 41 " + signature + " 0*31"
	signature        = "0bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada085806284bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f1c"
	multiSendDecl    = "multiSend(bytes transactions)"
	transferDecl     = "transfer(address to,uint256 amount)"
	ownershipDecl    = "transferOwnership(address newOwner)"
	aggregateDecl    = "aggregate3Value((address target,bool allowFailure,uint256 value,bytes callData)[] calls)"
	execDecl         = "execTransaction(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,bytes signatures)"
	execSignature    = "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)"
	sampleDecl       = "sample(uint8 a,int16 b,address c,bool d,bytes3 e,bytes f,string g,(bool h,bytes i)[] j,uint8[2] k,(int8) l)"
	zeroAddress      = "0x0000000000000000000000000000000000000000"
	deadBeef         = "0x00000000000000000000000000000000deadbeef"
	multicall3       = "ca11bde05977b3631167028862be2a173976ca11"
	multiSendLibrary = "40a2accbd92bca938b02010e17a5b8929b49130d"
)

func knownSelectors(_ [20]byte, selector [4]byte) []string {
	return map[string][]string{
		"8d80ff0a": {multiSendDecl},
		"a9059cbb": {transferDecl},
		"f2fde38b": {ownershipDecl},
		"174dea71": {aggregateDecl},
		"6a761202": {execDecl},
		"5a5a5a5a": {"other(bytes)", sampleDecl, "sample()"},
		"ba7c4000": {"executeBatch(address[],uint256[],bytes[])"},
		"7e2e0000": {"nothing()"},
		"e9ae5c53": {accountDecl},
		"24856bc3": {"execute(bytes,bytes[])"},
	}[fmt.Sprintf("%x", selector)]
}

// sample is an input whose tree the tests of transcripts use.
type sample struct {
	name string
	to   [20]byte
	hex  string
	want string // "" if only its properties are tested
}

func (s sample) data() []byte { return unhex(s.hex) }

func (s sample) decode(t testing.TB) *Call {
	t.Helper()
	c, err := Decode(Input{Operation: 1, To: s.to, Data: s.data(), Possible: knownSelectors}, knownSelectors, wide)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func libraryAt(s string) [20]byte { return [20]byte(unhex(s)) }

var sampleTrees = []sample{
	{"multiSend of two", libraryAt(multiSendLibrary), multiSendData, `
operation 1
to 0x40a2accbd92bca938b02010e17a5b8929b49130d
value 0
data 324 decoded
selector 0x8d80ff0a
candidate[0] multiSend(bytes) decoded
function multiSend(bytes)
arg[0] bytes transactions opened 238
container multiSend 2
data.multiSend[0].operation 0
data.multiSend[0].to 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48
data.multiSend[0].value 0
data.multiSend[0].data 68 decoded
data.multiSend[0].selector 0xa9059cbb
data.multiSend[0].candidate[0] transfer(address,uint256) decoded
data.multiSend[0].function transfer(address,uint256)
data.multiSend[0].arg[0] address to 0x92d0ebaf7eb707f0650f9471e61348f4656c29bc
data.multiSend[0].arg[1] uint256 amount 25000000000
data.multiSend[1].operation 0
data.multiSend[1].to 0x00000000000000000000000000000000deadbeef
data.multiSend[1].value 1
data.multiSend[1].data 0 empty
`},
	{"multiSend of words", wordsMultiSend, "8d80ff0a 0*31 20 0*31 c0 " + wordsBody, `
operation 1
to 0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e
value 0
data 260 decoded
selector 0x8d80ff0a
candidate[0] multiSend(bytes) decoded
function multiSend(bytes)
arg[0] bytes transactions opened 192
container multiSend 1
data.multiSend[0].operation 0
data.multiSend[0].to ` + deadBeef + `
data.multiSend[0].value 1
data.multiSend[0].data 3 short
data.multiSend[0].raw 0x112233
`},
	{"aggregate3Value", libraryAt(multicall3), aggregateData, `
operation 1
to 0xca11bde05977b3631167028862be2a173976ca11
value 0
data 324 decoded
selector 0x174dea71
candidate[0] aggregate3Value((address,bool,uint256,bytes)[]) decoded
function aggregate3Value((address,bool,uint256,bytes)[])
arg[0] (address,bool,uint256,bytes)[] calls [1]
arg[0][0] (address,bool,uint256,bytes) - {4}
arg[0][0].0 address target 0x62c0a111929fa32cec2f76adba54c16afb6e8364
arg[0][0].1 bool allowFailure false
arg[0][0].2 uint256 value 0
arg[0][0].3 bytes callData opened 36
container aggregate3Value 1
data.aggregate3Value[0].operation 0
data.aggregate3Value[0].to 0x62c0a111929fa32cec2f76adba54c16afb6e8364
data.aggregate3Value[0].value 0
data.aggregate3Value[0].data 36 decoded
data.aggregate3Value[0].selector 0xf2fde38b
data.aggregate3Value[0].candidate[0] transferOwnership(address) decoded
data.aggregate3Value[0].function transferOwnership(address)
data.aggregate3Value[0].arg[0] address newOwner 0x847b5c174615b1b7fdf770882256e2d3e95b9d92
`},
	{"execTransaction", [20]byte{}, execData, `
operation 1
to ` + zeroAddress + `
value 0
data 484 decoded
selector 0x6a761202
candidate[0] ` + execSignature + ` decoded
function ` + execSignature + `
arg[0] address to ` + deadBeef + `
arg[1] uint256 value 1
arg[2] bytes data opened 0
arg[3] uint8 operation 0
arg[4] uint256 safeTxGas 0
arg[5] uint256 baseGas 0
arg[6] uint256 gasPrice 0
arg[7] address gasToken ` + zeroAddress + `
arg[8] address refundReceiver ` + zeroAddress + `
arg[9] bytes signatures 0x` + signature + `
container execTransaction 1
data.execTransaction.operation 0
data.execTransaction.to ` + deadBeef + `
data.execTransaction.value 1
data.execTransaction.data 0 empty
`},
	{"faults and a suffix", [20]byte{}, "8d80ff0a 0*31 20 0*31 55 05 0*15 01 0*3 02 0*32 0*31 ff 0*11 77", `
operation 1
to ` + zeroAddress + `
value 0
data 165 trailing
selector 0x8d80ff0a
candidate[0] multiSend(bytes) trailing
function multiSend(bytes)
arg[0] bytes transactions opened 85
suffix 0x77
container multiSend 1
fault overrun 0 255 0
fault operation 0 5
data.multiSend[0].operation 5
data.multiSend[0].to 0x0000000000000000000000000000000100000002
data.multiSend[0].value 0
data.multiSend[0].data 0 empty
`},
	{"every type", [20]byte{}, sampleData, `
operation 1
to ` + zeroAddress + `
value 0
data 676 decoded
selector 0x5a5a5a5a
candidate[0] other(bytes) noncanonical
candidate[1] sample(uint8,int16,address,bool,bytes3,bytes,string,(bool,bytes)[],uint8[2],(int8)) decoded
candidate[2] sample() trailing
function sample(uint8,int16,address,bool,bytes3,bytes,string,(bool,bytes)[],uint8[2],(int8))
arg[0] uint8 a 7
arg[1] int16 b -2
arg[2] address c 0x110000000000000000000000000000000000000a
arg[3] bool d true
arg[4] bytes3 e 0x010203
arg[5] bytes f 0xbeef
arg[6] string g "a \"b\""
arg[7] (bool,bytes)[] j [1]
arg[7][0] (bool,bytes) - {2}
arg[7][0].0 bool h true
arg[7][0].1 bytes i 0x09
arg[8] uint8[2] k [2]
arg[8][0] uint8 - 4
arg[8][1] uint8 - 5
arg[9] (int8) l {1}
arg[9].0 int8 - -1
`},
	{"lengths", [20]byte{}, "ba7c4000 0*31 60 0*31 a0 0*31 c0 0*31 01 0*12 11 0*18 22 0*32 0*32", `
operation 1
to ` + zeroAddress + `
value 0
data 228 decoded
selector 0xba7c4000
candidate[0] executeBatch(address[],uint256[],bytes[]) decoded
function executeBatch(address[],uint256[],bytes[])
arg[0] address[] - [1]
arg[0][0] address - 0x1100000000000000000000000000000000000022
arg[1] uint256[] - [0]
arg[2] bytes[] - [0]
container executeBatch 0
fault lengths 1 0 0
`},
	{"noncanonical", [20]byte{}, "f2fde38b 01 0*31", `
operation 1
to ` + zeroAddress + `
value 0
data 36 noncanonical
selector 0xf2fde38b
candidate[0] transferOwnership(address) noncanonical
raw 0x0100000000000000000000000000000000000000000000000000000000000000
`},
	{"unknown", [20]byte{}, "12345678 9a", ""},
	{"short", [20]byte{}, "123456", ""},
	{"empty", [20]byte{}, "", ""},
	{"no arguments, trailing", [20]byte{}, "7e2e0000 00", ""},
	{"batch of everything", [20]byte{}, batchOfEverything(), ""},
	{"router", [20]byte{}, fmt.Sprintf("24856bc3 %x", list(content(routerCodes), routerInputs())), ""},
	{"possible calls", [20]byte{}, otherOf(otherOf("f2fde38b 0*12 1*40")), ""},
	{"account's batches", [20]byte{}, fmt.Sprintf("e9ae5c53 %x", list(raw(modeBatches), content(string(list(slice(content(batchOpData+"\x05"), content(batchOfTwo))))))), ""},
}

const sampleData = "5a5a5a5a 0*31 07 f*31 fe 0*12 11 0*18 0a 0*31 01 010203 0*29 0*30 0160 0*30 01a0 0*30 01e0 0*31 04 0*31 05 f*32" +
	" 0*31 02 beef 0*30 0*31 05 6120226222 0*27 0*31 01 0*31 20 0*31 01 0*31 40 0*31 01 09 0*31"

// otherOf is other(bytes) of the bytes.
func otherOf(s string) string {
	return fmt.Sprintf("5a5a5a5a %x", list(content(string(unhex(s)))))
}

// batchOfEverything is a multiSend with one entry of each status.
func batchOfEverything() string {
	var body []byte
	for _, data := range []string{"", "01", "12345678", sampleData, "f2fde38b 01 0*31", "7e2e0000 05", aggregateData} {
		body = append(body, packed(0, toA, 1, unhex(data))...)
	}
	return fmt.Sprintf("8d80ff0a %x", list(content(string(body)+"\x01")))
}

func TestTranscripts(t *testing.T) {
	for _, s := range sampleTrees {
		t.Run(s.name, func(t *testing.T) {
			c := s.decode(t)
			checkRoundTrip(t, c)
			if s.want != "" {
				checkLines(t, c.Transcript(), s.want)
			}
		})
	}
}

// TestEveryFieldIsInTheTranscript changes each exported field of each node of
// each tree, one at a time. A field that could change without the transcript
// changing would be a fact on which the decoders never have to agree.
//
// Only the content of bytes that are shown in another form is left to
// checkRoundTrip: Data of readable calls (shown as arguments) and Bytes of opened
// values (shown as calls). Their lengths are tested here too.
func TestEveryFieldIsInTheTranscript(t *testing.T) {
	seen := map[string]int{}
	for _, s := range sampleTrees {
		c := s.decode(t)
		m := mutator{t: t, root: c, before: c.Transcript(), seen: seen}
		m.node(s.name, reflect.ValueOf(c).Elem())
		if !slices.Equal(m.before, c.Transcript()) {
			t.Fatalf("%s: the tree was not restored", s.name)
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[Call](), reflect.TypeFor[Value](), reflect.TypeFor[Candidate](), reflect.TypeFor[Entry]()} {
		for i := range typ.NumField() {
			if name := typ.Name() + "." + typ.Field(i).Name; seen[name] == 0 {
				t.Errorf("%s was never changed", name)
			}
		}
	}
}

// mutator changes fields of root and compares transcripts.
type mutator struct {
	t      *testing.T
	root   *Call
	before []string
	seen   map[string]int
}

func (m *mutator) node(where string, node reflect.Value) {
	typ := node.Type()
	for i := range typ.NumField() {
		name := typ.Field(i).Name
		field := node.Field(i)
		for j, changed := range changes(node, name, field) {
			m.try(fmt.Sprintf("%s.%s change %d", where, name, j), field, changed)
			m.seen[typ.Name()+"."+name]++
		}
		m.below(where+"."+name, field)
	}
}

// below visits the nodes that a field holds.
func (m *mutator) below(where string, field reflect.Value) {
	if field.Kind() != reflect.Slice {
		return
	}
	for i := range field.Len() {
		element := reflect.Indirect(field.Index(i))
		if element.Kind() == reflect.Struct {
			m.node(fmt.Sprintf("%s[%d]", where, i), element)
		}
		if element.Kind() == reflect.String {
			m.try(fmt.Sprintf("%s[%d]", where, i), element, reflect.ValueOf(element.String()+"x"))
		}
	}
}

func (m *mutator) try(where string, field, changed reflect.Value) {
	saved := reflect.New(field.Type()).Elem()
	saved.Set(field)
	field.Set(changed)
	if slices.Equal(m.before, m.root.Transcript()) {
		m.t.Errorf("%s does not show in the transcript", where)
	}
	field.Set(saved)
}

// changes returns other values for a field.
func changes(node reflect.Value, name string, field reflect.Value) (out []reflect.Value) {
	switch v := field.Interface().(type) {
	case string:
		out = append(out, reflect.ValueOf(v+"x"))
		if v != "" {
			out = append(out, reflect.ValueOf(v[:len(v)-1]))
		}
	case int:
		out = append(out, reflect.ValueOf(v+1), reflect.ValueOf(v-1))
	case byte:
		out = append(out, reflect.ValueOf(v^1), reflect.ValueOf(v^0x80))
	case [4]byte, [20]byte, [32]byte:
		for i := range field.Len() {
			changed := reflect.New(field.Type()).Elem()
			changed.Set(field)
			changed.Index(i).SetUint(field.Index(i).Uint() ^ 1)
			out = append(out, changed)
		}
	case []byte:
		out = append(out, reflect.ValueOf(append(slices.Clone(v), 0)))
		if len(v) > 0 {
			out = append(out, reflect.ValueOf(v[:len(v)-1]))
		}
		if shownElsewhere(node, name) {
			return out
		}
		for i := range v {
			changed := slices.Clone(v)
			changed[i] ^= 1
			out = append(out, reflect.ValueOf(changed))
		}
	default: // slices of nodes
		zero := reflect.Zero(field.Type().Elem())
		if zero.Kind() == reflect.Pointer {
			zero = reflect.New(zero.Type().Elem())
		}
		grown := reflect.MakeSlice(field.Type(), 0, field.Len()+1)
		out = append(out, reflect.Append(reflect.AppendSlice(grown, field), zero))
		if field.Len() > 0 {
			out = append(out, field.Slice(0, field.Len()-1), reflect.Zero(field.Type()))
		}
	}
	return out
}

func shownElsewhere(node reflect.Value, name string) bool {
	switch n := node.Addr().Interface().(type) {
	case *Call:
		return name == "Data" && n.readable()
	case *Entry:
		return name == "Data" && len(n.Args) > 0
	case *Value:
		return strings.HasPrefix(n.Text, "opened ")
	}
	return false
}

// TestTextIsDerived: Text, which other packages show, is what Bytes and Elems
// give, for all values of all trees.
func TestTextIsDerived(t *testing.T) {
	var check func([]Value)
	check = func(values []Value) {
		for _, v := range values {
			if got := string(v.appendText(nil)); got != v.Text {
				t.Errorf("%s: text %q, want %q", v.Type, v.Text, got)
			}
			check(v.Elems)
		}
	}
	for _, s := range sampleTrees {
		check(s.decode(t).Args)
	}
}
