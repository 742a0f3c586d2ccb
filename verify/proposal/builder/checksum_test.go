package builder

import (
	"errors"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// The vector of the app's own test.
const checksumFile = `{"version":"1.0","chainId":"4","createdAt":1646321521061,
"meta":{"name":"any name","txBuilderVersion":"1.4.0","createdFromSafeAddress":"0xDF8a1Ce35c9a6ACE153B4e0767942f1E2291a1Aa",
"createdFromOwnerAddress":"0x49d4450977E2c95362C13D3a31a09311E0Ea26A6","checksum":"0x00"},
"transactions":[
{"to":"0x49d4450977E2c95362C13D3a31a09311E0Ea26A6","value":"0","contractMethod":{"inputs":[{"internalType":"address","name":"paramAddress","type":"address"}],"name":"testAddress","payable":false},"contractInputsValues":{"paramAddress":"0x49d4450977E2c95362C13D3a31a09311E0Ea26A6"}},
{"to":"0x49d4450977E2c95362C13D3a31a09311E0Ea26A6","value":"0","contractMethod":{"inputs":[{"internalType":"bool","name":"paramBool","type":"bool"}],"name":"testBool","payable":false},"contractInputsValues":{"paramAddress":"","paramBool":"false"}},
{"to":"0x49d4450977E2c95362C13D3a31a09311E0Ea26A6","value":"2000000000000000000","data":"0x42f4579000000000000000000000000049d4450977e2c95362c13d3a31a09311e0ea26a6"}]}`

const checksumWant = "0x86c81826dbf7e8a37612153294cc85fdf5c81998dd0a44b86d945502a7eace7c"

func TestChecksum(t *testing.T) {
	for name, change := range map[string][2]string{
		"as published":     {"", ""},
		"name is free":     {"any name", "another"},
		"no name":          {`"name":"any name",`, ""},
		"no checksum":      {`,"checksum":"0x00"`, ""},
		"other number":     {"1646321521061", "1.646321521061e12"},
		"other order":      {`{"version":"1.0","chainId":"4",`, `{"chainId":"4","version":"1.0",`},
		"escapes":          {`"1.4.0"`, `"\u0031.4.0"`},
		"repeated, last":   {`"chainId":"4"`, `"chainId":"5","chainId":"4"`},
		"blanks in syntax": {`"value":"0"`, "\"value\" :\n\"0\""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Checksum(mustJSON(t, strings.Replace(checksumFile, change[0], change[1], 1)))
			if err != nil || got.Hex() != checksumWant {
				t.Errorf("got %s, %v, want %s", got, err, checksumWant)
			}
		})
	}
}

// Everything but the name and the checksum itself is covered.
func TestChecksumCovers(t *testing.T) {
	for name, change := range map[string][2]string{
		"chain":        {`"chainId":"4"`, `"chainId":"5"`},
		"chain's type": {`"chainId":"4"`, `"chainId":4`},
		"extra key":    {`"version":"1.0"`, `"version":"1.0","x":null`},
		"meta":         {`"1.4.0"`, `"1.4.1"`},
		"value":        {"2000000000000000000", "2000000000000000001"},
		"input":        {`"paramBool":"false"`, `"paramBool":"true"`},
		"payable":      {`"payable":false`, `"payable":true`},
		"moved":        {`"chainId":"4"`, `"chainId":["4"]`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Checksum(mustJSON(t, strings.Replace(checksumFile, change[0], change[1], 1)))
			if err != nil || got.Hex() == checksumWant {
				t.Errorf("got %s, %v, want another checksum", got, err)
			}
		})
	}
}

// The texts are what JSON.stringify of a JavaScript engine writes.
func TestSerialise(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`{}`, `{[]}`},
		{`[]`, `[]`},
		{`{"b":[2,true,null],"a":1}`, `{["a","b"]1,[2,true,null],}`},
		{`"<>&\u2028\u2029\u007f\/"`, "\"<>&\u2028\u2029\x7f/\""},
		{`"\u0000\b\t\n\u000b\f\r\u001f\"\\"`, `"\u0000\b\t\n\u000b\f\r\u001f\"\\"`},
		{`{"\uff01":1,"\ud83d\ude00":2}`, "{[\"\U0001f600\",\"\uff01\"]2,1,}"},
		{`{"10":1,"2":2}`, `{["10","2"]1,2,}`},
		{`[1.0,-0,0.0,1e2,1E21,1e20,1e-6,1e-7,-1.5e-10]`, `[1,0,0,100,1e+21,100000000000000000000,0.000001,1e-7,-1.5e-10]`},
		{`[9007199254740993,123456789012345678901234567890,5e-324,1e400,-1e400,1e-400]`,
			`[9007199254740992,1.2345678901234568e+29,5e-324,null,null,0]`},
		{`[1646321521061,0.1,100,1.10,999999999999999868928]`, `[1646321521061,0.1,100,1.1,999999999999999900000]`},
	} {
		t.Run(tt.json, func(t *testing.T) {
			got, err := serialise(nil, mustJSON(t, tt.json), 1)
			if err != nil || string(got) != tt.want {
				t.Errorf("\ngot  %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}

func TestChecksumRefused(t *testing.T) {
	deep := strictjson.Value{Kind: strictjson.Null}
	for range 300 {
		deep = strictjson.Value{Kind: strictjson.Array, Items: []strictjson.Value{deep}}
	}
	meta := strictjson.Member{Key: "meta", Value: *object()}
	for name, root := range map[string]*strictjson.Value{
		"nil": nil, "zero": {}, "array": {Kind: strictjson.Array}, "no meta": object(),
		"meta null": mustJSON(t, `{"meta":null}`), "meta text": mustJSON(t, `{"meta":"a"}`), "meta array": mustJSON(t, `{"meta":[]}`),
		"too deep": object(meta, strictjson.Member{Key: "x", Value: deep}),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Checksum(root); !errors.Is(err, ErrChecksum) {
				t.Errorf("got %s, %v, want ErrChecksum", got, err)
			}
		})
	}
}

// The file itself must stay as it was: it is shown afterwards.
func TestChecksumKeepsTheFile(t *testing.T) {
	root := mustJSON(t, checksumFile)
	if _, err := Checksum(root); err != nil {
		t.Fatal(err)
	}
	if name := member(member(root, "meta"), "name"); name == nil || name.Text != "any name" {
		t.Errorf("meta.name is now %v", name)
	}
	if member(member(root, "meta"), "checksum") == nil {
		t.Error("meta.checksum is gone")
	}
}
