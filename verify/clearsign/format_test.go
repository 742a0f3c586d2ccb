package clearsign

import (
	"errors"
	"math/big"
	"strings"
	"testing"
)

func TestFormats(t *testing.T) {
	big1 := new(big.Int).Lsh(big.NewInt(1), 200)
	word := func(s string) []byte { return unhex(strings.Repeat("0", 64-len(s)) + s) }
	for _, c := range []struct {
		name, key, field string
		args             []any
		want             string // value; "!" for ErrDoesNotFit
	}{
		{"raw uint", "f(uint256 a)", `"format": "raw"`, list(1000), "1000"},
		{"raw int", "f(int64 a)", `"format": "raw"`, list(-7), "-7"},
		{"raw without format", "f(uint256 a)", `"visible": "always"`, list(5), "5"},
		{"raw bool", "f(bool a)", `"format": "raw"`, list(true), "true"},
		{"raw address", "f(address a)", `"format": "raw"`, list("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},
		{"raw bytes", "f(bytes a)", `"format": "raw"`, list([]byte{0x12, 0xaf}), "0x12af"},
		{"raw empty bytes", "f(bytes a)", `"format": "raw"`, list([]byte{}), "0x"},
		{"raw bytes4", "f(bytes4 a)", `"format": "raw"`, list([]byte{1, 2, 3, 4}), "0x01020304"},
		{"raw string", "f(string a)", `"format": "raw"`, list("ünï"), "ünï"},

		{"amount", "f(uint256 a)", `"format": "amount"`, list(198661440000000000), "0.19866144 ETH"},
		{"amount zero", "f(uint256 a)", `"format": "amount"`, list(0), "0 ETH"},
		{"amount wei", "f(uint256 a)", `"format": "amount"`, list(1), "0.000000000000000001 ETH"},
		{"amount at threshold", "f(uint256 a)", `"format": "amount", "params": {"threshold": "0x10"}`, list(16), "All"},
		{"amount below threshold", "f(uint256 a)", `"format": "amount", "params": {"threshold": "0x10"}`, list(15), "0.000000000000000015 ETH"},
		{"amount with message", "f(uint256 a)", `"format": "amount", "params": {"threshold": 16, "message": "Lots"}`, list(17), "Lots"},
		{"amount of text", "f(string a)", `"format": "amount"`, list("7"), "!"},
		{"amount of an address", "f(address a)", `"format": "amount"`, list(alice), "!"},

		{"token constant", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + tokenA + `"}`, list(1500000), "1.5 AAA"},
		{"token by path to a constant", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "$.metadata.constants.token"}`, list(1), "0.000001 AAA"},
		{"token by map", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": {"map": "$.metadata.maps.tokens", "keyPath": "@.chainId"}}`, list(2000000), "2 AAA"},
		{"token by map without entry", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": {"map": "$.metadata.maps.tokens", "keyPath": "a"}}`, list(3), "!"},
		{"token by path", "f(uint256 a,address token)", `"format": "tokenAmount", "params": {"tokenPath": "token"}`, list(1000000, tokenA), "1 AAA"},
		{"token in bytes", "f(uint256 a,bytes p)", `"format": "tokenAmount", "params": {"tokenPath": "p.[-20:]"}`, list(1000000, append([]byte{9, 9}, address(tokenA).Bytes()...)), "1 AAA"},
		{"token in a number", "f(uint256 a,uint256 p)", `"format": "tokenAmount", "params": {"tokenPath": "p"}`, list(1000000, address(tokenA).Big()), "1 AAA"},
		{"token in a number with flags", "f(uint256 a,uint256 p)", `"format": "tokenAmount", "params": {"tokenPath": "p"}`, list(1000000, new(big.Int).Add(big1, address(tokenA).Big())), "1000000"},
		{"token in the low bytes", "f(uint256 a,uint256 p)", `"format": "tokenAmount", "params": {"tokenPath": "p.[-20:]"}`, list(1000000, new(big.Int).Add(big1, address(tokenA).Big())), "1 AAA"},
		{"token unknown", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + alice + `"}`, list(1500000), "1500000"},
		{"token unknown, over threshold", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + alice + `", "threshold": "1"}`, list(1500000), "1500000"},
		{"token not named", "f(uint256 a)", `"format": "tokenAmount"`, list(1500000), "1500000"},
		{"token at threshold", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + tokenA + `", "threshold": "0xffffffff"}`, list(0xffffffff), "Unlimited AAA"},
		{"token over threshold, message", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + tokenA + `", "threshold": "0xff", "message": "Max"}`, list(0xffffffff), "Max AAA"},
		{"token is native", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + native + `", "nativeCurrencyAddress": "$.metadata.constants.native"}`, list(2000000000000000), "0.002 ETH"},
		{"token is native, list", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + native + `", "nativeCurrencyAddress": ["` + alice + `", "` + native + `"]}`, list(2000000000000000), "0.002 ETH"},
		{"token on a chain", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + tokenA + `", "chainId": 10}`, list(150), "1.5 OPA"},
		{"token on a chain by path", "f(uint256 a,uint256 c)", `"format": "tokenAmount", "params": {"token": "` + tokenA + `", "chainIdPath": "c"}`, list(150, 10), "1.5 OPA"},
		{"native on a chain", "f(uint256 a)", `"format": "tokenAmount", "params": {"token": "` + native + `", "chainId": 10, "nativeCurrencyAddress": "` + native + `"}`, list(1500), "1.5 OPN"},
		{"token on no chain", "f(uint256 a,uint256 c)", `"format": "tokenAmount", "params": {"token": "` + tokenA + `", "chainIdPath": "c"}`, list(150, big1), "!"},
		{"own token is not believed", "f(uint256 a)", `"format": "tokenAmount", "params": {"tokenPath": "@.to"}`, list(150), "150"},

		{"nft", "f(uint256 a)", `"format": "nftName", "params": {"collection": "` + tokenB + `"}`, list(1036), "Things #1036"},
		{"nft unknown", "f(uint256 a)", `"format": "nftName", "params": {"collectionPath": "@.to"}`, list(1036), "1036"},
		{"date", "f(uint256 a)", `"format": "date", "params": {"encoding": "timestamp"}`, list(1709191632), "2024-02-29 07:27:12Z"},
		{"date zero", "f(uint256 a)", `"format": "date", "params": {"encoding": "timestamp"}`, list(0), "1970-01-01 00:00:00Z"},
		{"last date", "f(uint256 a)", `"format": "date", "params": {"encoding": "timestamp"}`, list(253402300799), "9999-12-31 23:59:59Z"},
		{"no date", "f(uint256 a)", `"format": "date", "params": {"encoding": "timestamp"}`, list(253402300800), "253402300800"},
		{"negative date", "f(int256 a)", `"format": "date", "params": {"encoding": "timestamp"}`, list(-1), "-1"},
		{"date beyond 64 bits", "f(uint256 a)", `"format": "date", "params": {"encoding": "timestamp"}`, list(big1), big1.String()},
		{"block", "f(uint256 a)", `"format": "date", "params": {"encoding": "blockheight"}`, list(18000000), "2023-11-14 22:13:20Z"},
		{"block unknown", "f(uint256 a)", `"format": "date", "params": {"encoding": "blockheight"}`, list(5), "5"},
		{"duration", "f(uint256 a)", `"format": "duration"`, list(8250), "02:17:30"},
		{"duration zero", "f(uint256 a)", `"format": "duration"`, list(0), "00:00:00"},
		{"duration long", "f(uint256 a)", `"format": "duration"`, list(31536000), "8760:00:00"},
		{"duration negative", "f(int256 a)", `"format": "duration"`, list(-61), "-00:01:01"},

		{"unit", "f(uint256 a)", `"format": "unit", "params": {"base": "h"}`, list(10), "10h"},
		{"unit decimals", "f(uint256 a)", `"format": "unit", "params": {"base": "d", "decimals": 1}`, list(15), "1.5d"},
		{"unit prefix", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true}`, list(36000), "36ks"},
		{"unit prefix exact", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true}`, list(1234567), "1.234567Ms"},
		{"unit prefix below a thousand", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true}`, list(999), "999s"},
		{"unit prefix small", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true, "decimals": 4}`, list(25), "2.5ms"},
		{"unit prefix one below", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true, "decimals": 3}`, list(999), "999ms"},
		{"unit prefix zero", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true, "decimals": 4}`, list(0), "0s"},
		{"unit prefix huge", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true}`, list(new(big.Int).Exp(big.NewInt(10), big.NewInt(40), nil)), "10000000000Qs"},
		{"unit prefix tiny", "f(uint256 a)", `"format": "unit", "params": {"base": "s", "prefix": true, "decimals": 40}`, list(1), "0.0000000001qs"},
		{"unit negative", "f(int256 a)", `"format": "unit", "params": {"base": "%", "decimals": 2}`, list(-150), "-1.5%"},
		{"unit base constant", "f(uint256 a)", `"format": "unit", "params": {"base": "$.metadata.constants.note"}`, list(1), "1as is"},

		{"enum", "f(uint8 a)", `"format": "enum", "params": {"$ref": "$.metadata.enums.mode"}`, list(2), "Two"},
		{"enum unknown", "f(uint8 a)", `"format": "enum", "params": {"$ref": "$.metadata.enums.mode"}`, list(3), "3"},
		{"enum of a byte", "f(uint256 a)", `"path": "a.[0:1]", "format": "enum", "params": {"$ref": "$.metadata.enums.mode"}`, list(new(big.Int).Lsh(big.NewInt(2), 248)), "Two"},
		{"enum of a truth value", "f(bool a)", `"format": "enum", "params": {"$ref": "$.metadata.enums.yes"}`, list(false), "No"},
		{"enum by number of a truth value", "f(bool a)", `"format": "enum", "params": {"$ref": "$.metadata.enums.mode"}`, list(true), "One"},
		{"chainId", "f(uint256 a)", `"format": "chainId"`, list(1), "Mainnet"},
		{"chainId unknown", "f(uint256 a)", `"format": "chainId"`, list(99), "99"},

		{"addressName local", "f(address a)", `"format": "addressName"`, list(alice), "Alice"},
		{"addressName ens", "f(address a)", `"format": "addressName"`, list(bob), "bob.eth"},
		{"addressName none", "f(address a)", `"format": "addressName"`, list(tokenA), address(tokenA).Hex()},
		{"addressName ens only", "f(address a)", `"format": "addressName", "params": {"sources": ["ens"]}`, list(alice), "alice.eth"},
		{"addressName local only", "f(address a)", `"format": "addressName", "params": {"sources": ["local"]}`, list(bob), address(bob).Hex()},
		{"addressName ens first", "f(address a)", `"format": "addressName", "params": {"sources": ["ens", "local"]}`, list(alice), "alice.eth"},
		{"addressName no source", "f(address a)", `"format": "addressName", "params": {"sources": []}`, list(alice), address(alice).Hex()},
		{"addressName other sources", "f(address a)", `"format": "addressName", "params": {"sources": ["phonebook"]}`, list(alice), address(alice).Hex()},
		{"addressName right type", "f(address a)", `"format": "addressName", "params": {"types": ["contract"]}`, list(other), "Other"},
		{"addressName wrong type", "f(address a)", `"format": "addressName", "params": {"types": ["eoa"]}`, list(other), address(other).Hex()},
		{"addressName sender", "f(address a)", `"format": "addressName", "params": {"senderAddress": ["` + tokenA + `"]}`, list(tokenA), "Sender"},
		{"addressName of bytes", "f(bytes a)", `"path": "a.[0:20]", "format": "addressName"`, list(append(address(alice).Bytes(), 1, 2)), "Alice"},
		{"addressName of a word", "f(bytes32 a)", `"format": "addressName"`, list(word(alice[2:])), "Alice"},
		{"addressName of short bytes", "f(bytes a)", `"format": "addressName"`, list([]byte{1}), "!"},
		{"tokenTicker", "f(address a)", `"format": "tokenTicker"`, list(tokenA), "AAA"},
		{"tokenTicker on a chain", "f(address a)", `"format": "tokenTicker", "params": {"chainId": 10}`, list(tokenA), "OPA"},
		{"tokenTicker unknown", "f(address a)", `"format": "tokenTicker"`, list(alice), address(alice).Hex()},
		{"tokenTicker of text", "f(string a)", `"format": "tokenTicker"`, list("x"), "!"},
		{"interoperable", "f(bytes a)", `"format": "interoperableAddressName"`, list(unhex("00010000010114d8da6bf26964af9d7eed9e03e53415d37aa96045")), "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045@eip155:1#4CA88C9C"},
		{"interoperable with a name", "f(bytes a)", `"format": "interoperableAddressName"`, list(append(unhex("00010000010114"), address(alice).Bytes()...)), "Alice"},
		{"interoperable elsewhere", "f(bytes a)", `"format": "interoperableAddressName"`, list(unhex("000100020101140000000000000000000000000000000000000000")), "0x000100020101140000000000000000000000000000000000000000"},
		{"interoperable with a zero", "f(bytes a)", `"format": "interoperableAddressName"`, list(unhex("0001000002000114d8da6bf26964af9d7eed9e03e53415d37aa96045")), "0x0001000002000114d8da6bf26964af9d7eed9e03e53415d37aa96045"},
		{"interoperable with more", "f(bytes a)", `"format": "interoperableAddressName"`, list(unhex("00010000010114d8da6bf26964af9d7eed9e03e53415d37aa9604500")), "0x00010000010114d8da6bf26964af9d7eed9e03e53415d37aa9604500"},
		{"interoperable empty", "f(bytes a)", `"format": "interoperableAddressName"`, list([]byte{}), "0x"},

		{"encrypted", "f(bytes32 a)", `"format": "tokenAmount", "encryption": {"scheme": "fhevm", "fallbackLabel": "[Secret]"}`, list(word("01")), "[Secret]"},
		{"encrypted without label", "f(bytes32 a)", `"format": "tokenAmount", "encryption": {"scheme": "fhevm"}`, list(word("01")), "[Encrypted]"},
		{"sender", "f(address a)", `"path": "@.from", "format": "addressName"`, list(bob), "Alice"},
		{"target", "f(address a)", `"path": "@.to", "format": "raw"`, list(bob), address(target).Hex()},
		{"chain", "f(address a)", `"path": "@.chainId", "format": "chainId"`, list(bob), "Mainnet"},
		{"literal text", "f(address a)", `"value": "Fixed", "format": "raw"`, list(bob), "Fixed"},
		{"literal number", "f(address a)", `"value": 1000, "format": "amount"`, list(bob), "0.000000000000001 ETH"},
		{"literal constant", "f(address a)", `"value": "$.metadata.constants.note", "format": "raw"`, list(bob), "as is"},
		{"constant by path", "f(address a)", `"path": "$.metadata.constants.seven", "format": "unit", "params": {"base": "x"}`, list(bob), "7x"},
		{"literal address", "f(address a)", `"value": "` + alice + `", "format": "addressName"`, list(bob), "Alice"},
		{"literal that is no number", "f(address a)", `"value": "x", "format": "amount"`, list(bob), "!"},
	} {
		t.Run(c.name, func(t *testing.T) {
			field := c.field
			if !strings.Contains(field, `"path":`) && !strings.Contains(field, `"value":`) {
				field = `"path": "a", ` + field
			}
			b := load(t, file(format(c.key, `{"label": "L", `+field+`}`)))
			r, err := b.Call(call(t, c.key, c.args...), known{})
			if c.want == "!" {
				if !errors.Is(err, ErrDoesNotFit) {
					t.Fatalf("%+v, %v, want ErrDoesNotFit", r, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Fields) != 1 || r.Fields[0].Value != c.want || r.Fields[0].Label != "L" {
				t.Errorf("%s, want %s", brief(r.Fields), c.want)
			}
			if _, err := b.Call(call(t, c.key, c.args...), nil); err != nil && !errors.Is(err, ErrDoesNotFit) {
				t.Errorf("without a source: %v", err)
			}
		})
	}
}

func TestOwnToken(t *testing.T) {
	const text = "f(uint256 a)"
	b := loadWith(t, Options{OwnToken: true}, file(format(text, `{"path": "a", "format": "tokenAmount", "params": {"tokenPath": "@.to"}}, {"path": "@.to", "format": "tokenTicker"}, {"path": "a", "format": "tokenAmount", "params": {"tokenPath": "@.to", "chainId": 10}}`)))
	r, err := b.Call(call(t, text, 1500), known{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := brief(r.Fields), "=1.5 OWN; =OWN; =1500"; got != want || len(r.Notices) == 0 {
		t.Errorf("%s with %q, want %s", got, r.Notices, want)
	}
}
