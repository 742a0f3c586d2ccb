package eip712_test

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// mail is the example of EIP-712.
const mail = `{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
"Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
"Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},{"name":"contents","type":"string"}]},
"primaryType":"Mail","domain":{"name":"Ether Mail","version":"1","chainId":1,"verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
"message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},"to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},"contents":"Hello, Bob!"}}`

// safeOp is the SafeOp of Safe4337Module 0.3.0 (EntryPoint 0.7).
const safeOp = `{"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
"SafeOp":[{"type":"address","name":"safe"},{"type":"uint256","name":"nonce"},{"type":"bytes","name":"initCode"},{"type":"bytes","name":"callData"},{"type":"uint128","name":"verificationGasLimit"},{"type":"uint128","name":"callGasLimit"},{"type":"uint256","name":"preVerificationGas"},{"type":"uint128","name":"maxPriorityFeePerGas"},{"type":"uint128","name":"maxFeePerGas"},{"type":"bytes","name":"paymasterAndData"},{"type":"uint48","name":"validAfter"},{"type":"uint48","name":"validUntil"},{"type":"address","name":"entryPoint"}]},
"primaryType":"SafeOp","domain":{"chainId":1,"verifyingContract":"0x75cf11467937ce3F2f357CE24ffc3DBF8fD5c226"},
"message":{"safe":"0x1111111111111111111111111111111111111111","nonce":0,"initCode":"0x","callData":"0x7bb37428","verificationGasLimit":1,"callGasLimit":2,"preVerificationGas":3,"maxPriorityFeePerGas":4,"maxFeePerGas":5,"paymasterAndData":"0x","validAfter":0,"validUntil":0,"entryPoint":"0x0000000071727De22E5E9d8BAf0edAc6f37da032"}}`

func read(t *testing.T, raw string) (*eip712.Data, []eip712.Problem) {
	t.Helper()
	root, err := strictjson.Parse([]byte(raw), strictjson.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return eip712.Read(root, "")
}

// Published hashes: the example of EIP-712, and the SafeOp vector of Safe's
// modules.
func TestPublishedVectors(t *testing.T) {
	for _, v := range []struct{ name, raw, typ, domain, message, digest string }{
		{"mail", mail, "Mail(Person from,Person to,string contents)Person(string name,address wallet)",
			"0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", "0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2"},
		{"SafeOp 0.7", safeOp, "SafeOp(address safe,uint256 nonce,bytes initCode,bytes callData,uint128 verificationGasLimit,uint128 callGasLimit,uint256 preVerificationGas,uint128 maxPriorityFeePerGas,uint128 maxFeePerGas,bytes paymasterAndData,uint48 validAfter,uint48 validUntil,address entryPoint)",
			"", "", "0x0c59fa54c715479f47a6b8cedb75d5e5d89cf01e31c5f3f3259fe4b4aea12044"},
	} {
		t.Run(v.name, func(t *testing.T) {
			d, problems := read(t, v.raw)
			if len(problems) > 0 || d.Hashes == nil {
				t.Fatalf("problems %+v", problems)
			}
			if d.Type != v.typ {
				t.Errorf("encodeType %q, want %q", d.Type, v.typ)
			}
			for _, h := range []struct{ name, got, want string }{
				{"domain", d.Hashes.Domain.Hex(), v.domain}, {"message", d.Hashes.Message.Hex(), v.message}, {"digest", d.Hashes.Digest.Hex(), v.digest},
			} {
				if h.want != "" && h.got != h.want {
					t.Errorf("%s hash %s, want %s", h.name, h.got, h.want)
				}
			}
		})
	}
}

// Without a declared domain its type follows from its fields, and that is said.
func TestGuessedDomain(t *testing.T) {
	start := strings.Index(mail, `"EIP712Domain"`)
	end := strings.Index(mail, `"Person":`)
	d, problems := read(t, mail[:start]+mail[end:])
	if len(problems) > 0 || !d.Guessed || d.Hashes.Digest.Hex() != "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2" {
		t.Errorf("got %+v, %+v", d, problems)
	}
	if d, _ := read(t, mail); d.Guessed {
		t.Error("a declared domain is called guessed")
	}
}

// Each change makes a payload of which two signers could make two hashes, or
// none.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ name, old, new, code string }{
		{"type of a field unknown", `"name":"contents","type":"string"`, `"name":"contents","type":"text"`, "TYPED_DATA_NOT_CANONICAL"},
		{"uint", `"name":"contents","type":"string"`, `"name":"contents","type":"uint"`, "TYPED_DATA_NOT_CANONICAL"},
		{"uint7", `"name":"contents","type":"string"`, `"name":"contents","type":"uint7"`, "TYPED_DATA_NOT_CANONICAL"},
		{"bytes33", `"name":"contents","type":"string"`, `"name":"contents","type":"bytes33"`, "TYPED_DATA_NOT_CANONICAL"},
		{"array of zero", `"name":"contents","type":"string"`, `"name":"contents","type":"string[0]"`, "TYPED_DATA_NOT_CANONICAL"},
		{"blank in a type", `"name":"contents","type":"string"`, `"name":"contents","type":"string "`, "TYPED_DATA_NOT_CANONICAL"},
		{"comma in a name", `"name":"contents","type":"string"`, `"name":"contents,uint256 x","type":"string"`, "TYPED_DATA_NOT_CANONICAL"},
		{"type called like an elementary one", `"Person":[`, `"address":[],"Person":[`, "TYPED_DATA_NOT_CANONICAL"},
		{"type called uint", `"Person":[`, `"uint":[],"Person":[`, "TYPED_DATA_NOT_CANONICAL"},
		{"type contains itself", `"Person":[`, `"Person":[{"name":"boss","type":"Person"},`, "TYPED_DATA_NOT_CANONICAL"},
		{"types contain each other", `"Person":[`, `"Person":[{"name":"letters","type":"Mail[]"},`, "TYPED_DATA_NOT_CANONICAL"},
		{"field declared twice", `"Person":[`, `"Person":[{"name":"name","type":"string"},`, "TYPED_DATA_NOT_CANONICAL"},
		{"annotated field", `{"name":"contents","type":"string"}`, `{"name":"contents","type":"string","internalType":"string"}`, "TYPED_DATA_NOT_CANONICAL"},
		{"domain as a field", `"name":"contents","type":"string"`, `"name":"contents","type":"EIP712Domain"`, "TYPED_DATA_NOT_CANONICAL"},
		{"types a list", `"types":{`, `"types":[],"x":{`, "TYPED_DATA_NOT_CANONICAL"},
		{"primary type unknown", `"primaryType":"Mail"`, `"primaryType":"Letter"`, "TYPED_DATA_NOT_CANONICAL"},
		{"primary type the domain", `"primaryType":"Mail"`, `"primaryType":"EIP712Domain"`, "TYPED_DATA_NOT_CANONICAL"},
		{"no primary type", `"primaryType":"Mail",`, ``, "FIELD_MISSING"},
		{"domain fields out of order", `{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId"`, `{"name":"version","type":"string"},{"name":"name","type":"string"},{"name":"chainId"`, "TYPED_DATA_NOT_CANONICAL"},
		{"domain field of another type", `"name":"chainId","type":"uint256"`, `"name":"chainId","type":"string"`, "TYPED_DATA_NOT_CANONICAL"},
		{"domain field unknown", `"name":"version","type":"string"`, `"name":"edition","type":"string"`, "TYPED_DATA_NOT_CANONICAL"},
		{"domain key not declared", `"domain":{`, `"domain":{"salt":"0x0000000000000000000000000000000000000000000000000000000000000001",`, "TYPED_DATA_NOT_CANONICAL"},
		{"domain key missing", `"version":"1",`, ``, "FIELD_MISSING"},
		{"no domain", `"domain":`, `"realm":`, "FIELD_MISSING"},
		{"message key not declared", `"contents":"Hello`, `"postscript":"x","contents":"Hello`, "TYPED_DATA_NOT_CANONICAL"},
		{"message key missing", `,"contents":"Hello, Bob!"`, ``, "FIELD_MISSING"},
		{"message value null", `"Hello, Bob!"`, `null`, "FIELD_MISSING"},
		{"struct null", `"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"}`, `"from":null`, "FIELD_MISSING"},
		{"struct as text", `"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"}`, `"from":"Cow"`, "TYPED_DATA_NOT_CANONICAL"},
		{"text as number", `"Hello, Bob!"`, `5`, "TYPED_DATA_NOT_CANONICAL"},
		{"address without prefix", `"wallet":"0xCD2a`, `"wallet":"CD2a`, "INVALID_HEX"},
		{"address with one wrong digit", `"wallet":"0xCD2a`, `"wallet":"0xCD3a`, "ADDRESS_CHECKSUM"},
		{"address of 19 bytes", `DD826"`, `DD8"`, "INVALID_HEX"},
		{"chain with a leading zero", `"chainId":1,`, `"chainId":"01",`, "AMBIGUOUS_NUMBER"},
		{"chain with a blank", `"chainId":1,`, `"chainId":" 1",`, "AMBIGUOUS_NUMBER"},
		{"chain empty", `"chainId":1,`, `"chainId":"",`, "AMBIGUOUS_NUMBER"},
		{"chain in capitals", `"chainId":1,`, `"chainId":"0X1",`, "AMBIGUOUS_NUMBER"},
		{"chain negative", `"chainId":1,`, `"chainId":-1,`, "NUMBER_OUT_OF_RANGE"},
		{"chain true", `"chainId":1,`, `"chainId":true,`, "AMBIGUOUS_NUMBER"},
		{"chain with exponent", `"chainId":1,`, `"chainId":1e0,`, "NUMBER_PRECISION"},
		{"chain rounded", `"chainId":1,`, `"chainId":9007199254740993,`, "NUMBER_PRECISION"},
		{"chain too large", `"chainId":1,`, `"chainId":"0x1` + strings.Repeat("0", 64) + `",`, "AMBIGUOUS_NUMBER"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(mail, c.old) {
				t.Fatalf("the example does not hold %s", c.old)
			}
			d, problems := read(t, strings.Replace(mail, c.old, c.new, 1))
			if d != nil && d.Hashes != nil {
				t.Fatalf("it was hashed: %+v", d)
			}
			if len(problems) == 0 || problems[0].Code != c.code {
				t.Errorf("problems %+v, want %s", problems, c.code)
			}
		})
	}
}

// The bounds of every integer type, and lists of the wrong length.
func TestRanges(t *testing.T) {
	payload := func(typ, value string) string {
		return `{"types":{"EIP712Domain":[],"T":[{"name":"v","type":"` + typ + `"}]},"primaryType":"T","domain":{},"message":{"v":` + value + `}}`
	}
	for _, c := range []struct {
		typ, value string
		ok         bool
	}{
		{"uint8", "255", true}, {"uint8", "256", false}, {"uint8", `"0xff"`, true}, {"uint8", `"0x0100"`, false}, {"uint8", `"0x00ff"`, true}, {"uint8", `"-1"`, false},
		{"int8", "127", true}, {"int8", "128", false}, {"int8", "-128", true}, {"int8", "-129", false}, {"int8", `"-0x1"`, false}, {"int8", "-0", false},
		{"uint256", `"115792089237316195423570985008687907853269984665640564039457584007913129639935"`, true},
		{"uint256", `"115792089237316195423570985008687907853269984665640564039457584007913129639936"`, false},
		{"int256", `"-57896044618658097711785492504343953926634992332820282019728792003956564819968"`, true},
		{"int256", `"-57896044618658097711785492504343953926634992332820282019728792003956564819969"`, false},
		{"int256", `"57896044618658097711785492504343953926634992332820282019728792003956564819968"`, false},
		{"bool", "true", true}, {"bool", `"true"`, false}, {"bool", "1", false},
		{"bytes4", `"0x01020304"`, true}, {"bytes4", `"0x010203"`, false}, {"bytes4", `"0x0102030405"`, false}, {"bytes", `"0x"`, true}, {"bytes", `""`, false}, {"bytes", `"0x1"`, false},
		{"uint8[2]", "[1,2]", true}, {"uint8[2]", "[1]", false}, {"uint8[]", "[]", true}, {"uint8[]", `"1"`, false}, {"uint8[2][]", "[[1,2],[3,4],[5,6]]", true}, {"uint8[2][]", "[[1,2,3]]", false},
		{"uint8[]", "[null]", false}, {"uint8[01]", "[1]", false}, {"uint8[1", "[1]", false}, {"uint8]", "1", false},
	} {
		d, problems := read(t, payload(c.typ, c.value))
		if ok := d != nil && d.Hashes != nil && len(problems) == 0; ok != c.ok {
			t.Errorf("%s %s: accepted %v, want %v (%+v)", c.typ, c.value, ok, c.ok, problems)
		}
	}
}

// What is not exact is still shown, so that a person learns what is asked for.
func TestInexactIsNamed(t *testing.T) {
	d, problems := read(t, strings.Replace(mail, `"Hello, Bob!"`, `5`, 1))
	if d == nil || len(problems) != 1 || d.Primary != "Mail" || d.Message.Get("from").Get("name").String() != `"Cow"` || d.Message.Get("contents").Kind != eip712.KindUnknown {
		t.Errorf("got %+v, %+v", d, problems)
	}
}
