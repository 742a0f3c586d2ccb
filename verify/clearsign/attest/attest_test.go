package attest

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

func TestScriptNumbers(t *testing.T) {
	for f, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 1: "1", -1: "-1", 0.5: "0.5", 10: "10", 123456: "123456", 1e21: "1e+21", 1e20: "100000000000000000000",
		999999999999999900000: "999999999999999900000", 1e-6: "0.000001", 1e-7: "1e-7", 1.5e-7: "1.5e-7", 9007199254740992: "9007199254740992",
		295147905179352830000: "295147905179352830000", 5e-324: "5e-324", math.MaxFloat64: "1.7976931348623157e+308", 1e23: "1e+23",
		333333333.3333333: "333333333.3333333", -0.000033333: "-0.000033333", 4.5: "4.5", 12.25: "12.25",
	} {
		if got := script(f); got != want {
			t.Errorf("%g is written %s, want %s", f, got, want)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{` { "b" : 1 , "a" : [ true , null , "x" ] } `, `{"a":[true,null,"x"],"b":1}`},
		{`{"a":"\u00e9\/\u0007\n\t\"\\"}`, `{"a":"é/\u0007\n\t\"\\"}`},
		{`{"aa":1,"a":2,"B":3,"$":4}`, `{"$":4,"B":3,"a":2,"aa":1}`},
		{`{}`, `{}`}, {`[]`, `[]`}, {`"\b\f\r\u007f"`, "\"\\b\\f\\r\u007f\""}, {`1.5`, `1.5`},
		{`1.0`, ``}, {`1e3`, ``}, {`9007199254740993`, ``}, {`-0`, ``}, {`0.1000000000000000055`, ``}, {`1e400`, ``}, {`1E21`, ``}, {`1e21`, ``}, {`1e+21`, `1e+21`},
	} {
		root, err := strictjson.Parse([]byte(c.in), strictjson.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := canonical(nil, root)
		if (err == nil) != (c.want != "") || string(got) != c.want {
			t.Errorf("%s gives %s, %v, want %s", c.in, got, err, c.want)
		}
	}
	if compareUnits("\U0001f600", "\uffff") >= 0 {
		t.Error("keys are sorted by code points, not by UTF-16 units")
	}
}

func signer(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("a key of this test")))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const sampleTypes = `{"Attest":[{"name":"version","type":"uint16"},{"name":"schema","type":"bytes32"},{"name":"recipient","type":"address"},{"name":"time","type":"uint64"},{"name":"expirationTime","type":"uint64"},{"name":"revocable","type":"bool"},{"name":"refUID","type":"bytes32"},{"name":"data","type":"bytes"},{"name":"salt","type":"bytes32"}]}`

// attested signs an attestation, after a change of its typed data.
func attested(t testing.TB, descriptor, old, new string) []byte {
	t.Helper()
	h, err := Hash([]byte(descriptor))
	if err != nil {
		t.Fatal(err)
	}
	zero := "0x" + strings.Repeat("0", 64)
	body := `"version":2,"uid":"` + zero + `","domain":{"name":"EAS Attestation","version":"0.26","chainId":"1","verifyingContract":"0xA1207F3BBa224E2c9c3c6D5aF63D0eb1582Ce587"},"primaryType":"Attest",
		"message":{"version":2,"schema":"` + schema.Hex() + `","recipient":"0x0000000000000000000000000000000000000000","time":"1785288536","expirationTime":"0","revocable":true,"refUID":"` + zero + `","data":"` + h.Hex() + `","salt":"` + zero + `"},
		"types":` + sampleTypes
	if !strings.Contains(body, old) {
		t.Fatalf("nothing to replace: %s", old)
	}
	body = strings.Replace(body, old, new, 1)
	root, err := strictjson.Parse([]byte("{"+body+"}"), strictjson.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	digest := make([]byte, 32)
	if d, problems := eip712.Read(root, ""); len(problems) == 0 {
		digest = d.Hashes.Digest[:]
	}
	k := signer(t)
	sig, err := crypto.Sign(digest, k)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Appendf(nil, `{"sig":{%s,"signature":{"v":%d,"r":"%s","s":"%s"}},"signer":"%s"}`, body, 27+sig[64], hexutil.Encode(sig[:32]), hexutil.Encode(sig[32:64]), crypto.PubkeyToAddress(k.PublicKey).Hex())
}

func TestVerify(t *testing.T) {
	const plain, including = `{"a": 1}`, `{"includes": "x.json"}`
	a, err := Verify(attested(t, plain, "", ""), []byte(" { \"a\":1 }\n"))
	if err != nil || a.Signer != crypto.PubkeyToAddress(signer(t).PublicKey) || a.Chain != 1 || a.Time != 1785288536 || a.Expires != 0 || !a.Revocable || a.Scope() != "attested" {
		t.Errorf("%+v, %v", a, err)
	}
	a, err = Verify(attested(t, including, "", ""), []byte(including))
	if err != nil || !a.Includes || a.Scope() != "attested (top file only; what it includes is not)" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := Verify(attested(t, plain, "", ""), []byte(`{"a": 2}`)); !errors.Is(err, ErrOther) {
		t.Errorf("another descriptor: %v", err)
	}
	for _, text := range []string{`{"a": 1.0}`, `{"a": 1, "a": 1}`, `{`, ``} {
		if _, err := Verify(attested(t, plain, "", ""), []byte(text)); !errors.Is(err, ErrDescriptor) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestFormMutations: rightly signed, but not of the form.
func TestFormMutations(t *testing.T) {
	for _, c := range []struct{ name, old, new string }{
		{"another schema", schema.Hex(), "0x" + strings.Repeat("1", 64)},
		{"another version", `"message":{"version":2`, `"message":{"version":1`},
		{"another service", `"name":"EAS Attestation"`, `"name":"EAS"`},
		{"another type", `"type":"uint16"`, `"type":"uint32"`},
		{"another primary type", `"primaryType":"Attest"`, `"primaryType":"Attests"`},
		{"no chain", `"chainId":"1",`, ``},
		{"data that are no hash", `,"salt"`, `00","salt"`},
		{"an unknown key", `"uid"`, `"uuid"`},
		{"a declared domain", `"types":{`, `"types":{"EIP712Domain":[{"name":"name","type":"string"}],`},
		{"a number as a fraction", `"time":"1785288536"`, `"time":1785288536.5`},
	} {
		text := attested(t, `{}`, strings.Replace(c.old, `,"salt"`, `","salt"`, 1), c.new)
		if _, err := Verify(text, []byte(`{}`)); !errors.Is(err, ErrForm) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestSignatureMutations(t *testing.T) {
	good := string(attested(t, `{}`, "", ""))
	me := crypto.PubkeyToAddress(signer(t).PublicKey).Hex()
	root, err := strictjson.Parse([]byte(good), strictjson.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	sig := root.Get("sig").Get("signature")
	v, s := sig.Get("v").Text, sig.Get("s").Text
	n, _ := strconv.Atoi(v)
	high, _ := hexutil.DecodeBig("0x" + strings.TrimLeft(s[2:], "0"))
	high.Sub(crypto.S256().Params().N, high)
	for _, c := range []struct{ name, old, new string }{
		{"another signer", me, "0x3846c3A30E62075Fa916216b35EF04B8F53931f6"},
		{"the signer in lower case", me, strings.ToLower(me)},
		{"the other v", `"v":` + v, fmt.Sprintf(`"v":%d`, 55-n)},
		{"v without 27", `"v":` + v, fmt.Sprintf(`"v":%d`, n-27)},
		{"v as text", `"v":` + v, `"v":"` + v + `"`},
		{"the higher s", `"v":` + v, fmt.Sprintf(`"v":%d`, 55-n)},
		{"a short s", s, s[:64]},
		{"a later time", `1785288536`, `1785288537`},
		{"an expiry", `"expirationTime":"0"`, `"expirationTime":"1"`},
		{"another salt", `"salt":"0x0`, `"salt":"0x1`},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if c.name == "the higher s" {
			text = strings.Replace(text, s, fmt.Sprintf("0x%064x", high), 1)
		}
		if text == good {
			t.Fatalf("%s: nothing to replace", c.name)
		}
		if a, err := Verify([]byte(text), []byte(`{}`)); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
	}
}

// TestRegistryAttestations checks all attestations of the registry.
func TestRegistryAttestations(t *testing.T) {
	root := os.Getenv("COLDSIGN_CORPUS")
	if root == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the registry's attestations are NOT tested")
	}
	files, err := filepath.Glob(filepath.Join(root, "erc7730/registry/*/sigs/*.json"))
	if err != nil || len(files) < 100 {
		t.Fatalf("%d attestations, %v", len(files), err)
	}
	partial := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		of, _, _ := strings.Cut(filepath.Base(name), ".eip155-")
		descriptor, err := os.ReadFile(filepath.Join(filepath.Dir(name), "..", of+".json"))
		if err != nil {
			t.Fatal(err)
		}
		a, err := Verify(text, descriptor)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.HasSuffix(name, a.Signer.Hex()+".json") {
			t.Errorf("%s is signed by %s", name, a.Signer)
		}
		if a.Includes {
			partial++
		}
	}
	t.Logf("%d attestations, %d of them of descriptors that include another file", len(files), partial)
}

// FuzzVerify: no bytes verify that are not a signature of the signer over this
// descriptor; nothing panics.
func FuzzVerify(f *testing.F) {
	f.Add(attested(f, `{"a":1}`, "", ""), []byte(`{"a":1}`))
	f.Fuzz(func(t *testing.T, text, descriptor []byte) {
		a, err := Verify(text, descriptor)
		if err != nil {
			return
		}
		if a.Signer == [20]byte{} {
			t.Fatal("signed by nobody")
		}
		root, err := strictjson.Parse(descriptor, descriptorLimits)
		if err != nil {
			t.Fatal(err)
		}
		form, err := canonical(nil, root)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Verify(text, form)
		if err != nil || again != a {
			t.Fatalf("the canonical form of it: %+v, %v", again, err)
		}
	})
}
