package eip712_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// geth hashes the payload with go-ethereum's signer. It is laxer than package
// eip712, so only what both accept is compared.
func geth(raw []byte) (digest common.Hash, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	var td apitypes.TypedData
	if err := json.Unmarshal(raw, &td); err != nil {
		return digest, err
	}
	b, _, err := apitypes.TypedDataAndHash(td)
	return common.BytesToHash(b), err
}

func TestAgreesWithApitypes(t *testing.T) {
	const each = 600
	g := &generator{rand.New(rand.NewPCG(712, 1))}
	equal := 0
	for range each {
		raw := g.payload()
		d, problems := read(t, raw)
		if len(problems) > 0 || d.Hashes == nil {
			t.Fatalf("an honest payload is refused: %+v\n%s", problems, raw)
		}
		want, err := geth([]byte(raw))
		if err != nil {
			t.Fatalf("geth refuses what the generator makes: %v\n%s", err, raw)
		}
		if d.Hashes.Digest != want {
			t.Fatalf("digest %s, geth %s\n%s", d.Hashes.Digest, want, raw)
		}
		equal++
	}
	t.Logf("%d payloads with equal digests", equal)
}

// generator writes random payloads: a few types that refer to earlier ones,
// arrays of them, and a value for each field.
type generator struct{ *rand.Rand }

type genType struct {
	name    string
	members [][2]string // type, name
}

func (g *generator) payload() string {
	types := []genType{}
	for i := range 1 + g.IntN(4) {
		types = append(types, g.typ(i, types))
	}
	domain, values := g.domain()
	var b strings.Builder
	b.WriteString(`{"types":{"EIP712Domain":` + declare(domain))
	for _, i := range g.Perm(len(types)) {
		fmt.Fprintf(&b, `,%q:%s`, types[i].name, declare(types[i].members))
	}
	primary := types[len(types)-1]
	fmt.Fprintf(&b, `},"primaryType":%q,"domain":{%s},"message":%s}`, primary.name, values, g.object(primary, types))
	return b.String()
}

func declare(members [][2]string) string {
	parts := make([]string, len(members))
	for i, m := range members {
		parts[i] = fmt.Sprintf(`{"name":%q,"type":%q}`, m[1], m[0])
	}
	return "[" + strings.Join(parts, ",") + "]"
}

var elementary = []string{"uint8", "uint48", "uint160", "uint256", "int8", "int128", "int256", "bool", "address", "bytes1", "bytes4", "bytes32", "bytes", "string"}

func (g *generator) typ(i int, earlier []genType) genType {
	// Names in no order, so that sorting them matters.
	t := genType{name: fmt.Sprintf("%c%d", 'A'+g.IntN(26), i)}
	for j := range 1 + g.IntN(5) {
		typ := elementary[g.IntN(len(elementary))]
		if len(earlier) > 0 && g.IntN(3) == 0 {
			typ = earlier[g.IntN(len(earlier))].name
		}
		switch g.IntN(6) {
		case 0:
			typ += "[]"
		case 1:
			typ += fmt.Sprintf("[%d]", 1+g.IntN(3))
		case 2:
			typ += fmt.Sprintf("[%d][]", 1+g.IntN(2))
		}
		t.members = append(t.members, [2]string{typ, fmt.Sprintf("f%d", j)})
	}
	return t
}

// domain declares some of the five fields. Geth refuses a domain without any, and
// leaves empty ones out, so none is empty.
func (g *generator) domain() (members [][2]string, values string) {
	var parts []string
	for _, f := range [][3]string{
		{"string", "name", `"x"`}, {"string", "version", `"1"`}, {"uint256", "chainId", `"10"`},
		{"address", "verifyingContract", `"0xcccccccccccccccccccccccccccccccccccccccc"`}, {"bytes32", "salt", `"0x` + strings.Repeat("ab", 32) + `"`},
	} {
		if f[1] == "name" || g.IntN(3) > 0 {
			members = append(members, [2]string{f[0], f[1]})
			parts = append(parts, fmt.Sprintf("%q:%s", f[1], f[2]))
		}
	}
	return members, strings.Join(parts, ",")
}

func (g *generator) object(t genType, types []genType) string {
	var parts []string
	for _, i := range g.Perm(len(t.members)) {
		parts = append(parts, fmt.Sprintf("%q:%s", t.members[i][1], g.value(t.members[i][0], types)))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func (g *generator) value(typ string, types []genType) string {
	if i := strings.LastIndexByte(typ, '['); i >= 0 {
		n := g.IntN(4)
		if size := typ[i+1 : len(typ)-1]; size != "" {
			fmt.Sscan(size, &n)
		}
		parts := make([]string, n)
		for j := range parts {
			parts[j] = g.value(typ[:i], types)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	for _, t := range types {
		if t.name == typ {
			return g.object(t, types)
		}
	}
	return g.scalar(typ)
}

func (g *generator) scalar(typ string) string {
	var size int
	switch {
	case typ == "bool":
		return []string{"true", "false"}[g.IntN(2)]
	case typ == "address":
		return fmt.Sprintf(`"0x%x"`, g.bytes(20))
	case typ == "string":
		return []string{`""`, `"a"`, `"\u00e9\n"`, `"0x12"`}[g.IntN(4)]
	case typ == "bytes":
		return fmt.Sprintf(`"0x%x"`, g.bytes(g.IntN(70)))
	case strings.HasPrefix(typ, "bytes"):
		fmt.Sscan(typ[5:], &size)
		return fmt.Sprintf(`"0x%x"`, g.bytes(size))
	case strings.HasPrefix(typ, "uint"):
		fmt.Sscan(typ[4:], &size)
		return g.number(size)
	}
	fmt.Sscan(typ[3:], &size)
	if g.IntN(2) == 0 {
		return []string{`"-1"`, "-1", `"-128"`}[g.IntN(3)]
	}
	return g.number(size - 1)
}

func (g *generator) number(bits int) string {
	n := common.BytesToHash(g.bytes(bits / 8)).Big()
	switch g.IntN(3) {
	case 0:
		return `"` + n.String() + `"`
	case 1:
		return fmt.Sprintf(`"0x%x"`, n)
	}
	return fmt.Sprint(g.IntN(1 << min(bits, 30)))
}

func (g *generator) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(g.Uint32())
	}
	return b
}

// FuzzRead: no payload panics; what is said is plain and bounded; hashes stand
// there exactly if nothing is wrong; geth, where it accepts, gives the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(mail))
	f.Add([]byte(safeOp))
	g := &generator{rand.New(rand.NewPCG(712, 2))}
	for range 20 {
		f.Add([]byte(g.payload()))
	}
	f.Add([]byte(`{"types":{"EIP712Domain":[],"A":[{"name":"b","type":"B[2][]"}],"B":[]},"primaryType":"A","domain":{},"message":{"b":[[{},{}]]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		root, err := strictjson.Parse(raw, strictjson.Limits{})
		if err != nil {
			return
		}
		d, problems := eip712.Read(root, "x")
		if (d != nil && d.Hashes != nil) != (len(problems) == 0) {
			t.Fatalf("hashes %v with problems %+v", d, problems)
		}
		for _, p := range problems {
			if p.Code == "" || len(p.Message) > 2000 || !printable(p.Message) {
				t.Fatalf("problem %+v", p)
			}
		}
		if d == nil {
			return
		}
		d.Message.Walk(func(path string, v *eip712.Value) bool {
			if s := v.String(); !printable(s) || len(s) > 1000 {
				t.Fatalf("%s is shown as %q", path, s)
			}
			return true
		})
		if d.Hashes == nil || d.Guessed {
			return
		}
		if want, err := geth(raw); err == nil && want != d.Hashes.Digest {
			t.Fatalf("digest %s, geth %s", d.Hashes.Digest, want)
		}
	})
}

func printable(s string) bool {
	for _, c := range s {
		if c < 0x20 || c > 0x7e {
			return false
		}
	}
	return true
}

// What an attacker declares must not cost more than what he writes.
func TestBounded(t *testing.T) {
	many := make([]string, 65)
	for i := range many {
		many[i] = fmt.Sprintf(`"T%d":[]`, i)
	}
	long := make([]string, 60)
	for i := range long {
		fields := make([]string, 20)
		for j := range fields {
			fields[j] = fmt.Sprintf(`{"name":"%s%d","type":"uint256"}`, strings.Repeat("n", 50), j)
		}
		long[i] = fmt.Sprintf(`"T%d":[%s]`, i, strings.Join(fields, ","))
	}
	for name, types := range map[string]string{"too many types": strings.Join(many, ","), "declarations too long": strings.Join(long, ",")} {
		d, problems := read(t, `{"types":{`+types+`},"primaryType":"T0","domain":{},"message":{}}`)
		if d != nil || len(problems) == 0 || problems[0].Code != "INPUT_LIMIT" {
			t.Errorf("%s: %v, %+v", name, d, problems)
		}
	}
	wrong := strings.Repeat(`"x",`, 1000) + `"x"`
	_, problems := read(t, `{"types":{"EIP712Domain":[],"T":[{"name":"v","type":"uint8[]"}]},"primaryType":"T","domain":{},"message":{"v":[`+wrong+`]}}`)
	if len(problems) != 20 {
		t.Errorf("%d problems are said, want 20", len(problems))
	}
}
