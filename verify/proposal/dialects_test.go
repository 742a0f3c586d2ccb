package proposal

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/safe"
)

// TestNumbers mutates the amounts of the service's record; each refused form has
// its nearest honest one beside it.
func TestNumbers(t *testing.T) {
	const value = `"value":"1234567890123456789"`
	max := "115792089237316195423570985008687907853269984665640564039457584007913129639935"
	mutate(t, "service", []change{
		{"largest", value, `"value":"` + max + `"`, "", true, ""},
		{"above the largest", value, `"value":"` + max[:77] + `6"`, "NUMBER_OUT_OF_RANGE", false, "value"},
		{"79 digits", value, `"value":"1` + max + `"`, "NUMBER_OUT_OF_RANGE", false, "value"},
		{"zero", value, `"value":"0"`, "", true, ""},
		{"leading zero", value, `"value":"00"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"octal", value, `"value":"010"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"hex", value, `"value":"0x10"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"empty", value, `"value":""`, "AMBIGUOUS_NUMBER", false, "value"},
		{"blank before", value, `"value":" 1"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"blank after", value, `"value":"1 "`, "AMBIGUOUS_NUMBER", false, "value"},
		{"underscore", value, `"value":"1_000"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"comma", value, `"value":"1,000"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"point", value, `"value":"1.5"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"exponent", value, `"value":"1e18"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"plus", value, `"value":"+1"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"negative", value, `"value":"-1"`, "NUMBER_OUT_OF_RANGE", false, "value"},
		{"minus zero", value, `"value":"-0"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"arabic digits", value, `"value":"\u0661"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"full-width digits", value, `"value":"\uff11"`, "AMBIGUOUS_NUMBER", false, "value"},
		{"number", value, `"value":5`, "NUMBER_NOT_STRING", true, "value"},
		{"large number", value, `"value":1000000000000000001`, "NUMBER_NOT_STRING NUMBER_PRECISION", true, "value"},
		{"largest exact number", value, `"value":9007199254740991`, "NUMBER_NOT_STRING", true, "value"},
		{"first rounded number", value, `"value":9007199254740993`, "NUMBER_NOT_STRING NUMBER_PRECISION", true, "value"},
		{"number with exponent", value, `"value":1e18`, "NUMBER_PRECISION", false, "value"},
		{"number with fraction", value, `"value":1.0`, "NUMBER_PRECISION", false, "value"},
		{"negative number", value, `"value":-1`, "NUMBER_OUT_OF_RANGE", false, "value"},
		{"boolean", value, `"value":true`, "AMBIGUOUS_NUMBER", false, "value"},
		{"list", value, `"value":["1"]`, "AMBIGUOUS_NUMBER", false, "value"},
		{"null", value, `"value":null`, "FIELD_MISSING", false, "value"},
		{"missing", value + ",", ``, "FIELD_MISSING", false, "value"},
		{"gas price as number", `"gasPrice":"7"`, `"gasPrice":7`, "NUMBER_NOT_STRING", true, "gasPrice"},
		{"gas price 1e3", `"gasPrice":"7"`, `"gasPrice":"1e3"`, "AMBIGUOUS_NUMBER", false, "gasPrice"}, // safe_hashes.sh takes it
		{"v2 nonce", `"nonce":42`, `"nonce":"42"`, "", true, ""},
		{"v2 gas", `"safeTxGas":100000,"baseGas":50000`, `"safeTxGas":"100000","baseGas":"50000"`, "", true, ""},
		{"nonce -1", `"nonce":42`, `"nonce":-1`, "NUMBER_OUT_OF_RANGE", false, "nonce"},
		{"nonce missing", `,"nonce":42`, ``, "FIELD_MISSING", false, "nonce"},
		{"gas missing", `"safeTxGas":100000,`, ``, "FIELD_MISSING", false, "safeTxGas"},
	})
}

func TestOperation(t *testing.T) {
	const op = `"operation":1`
	mutate(t, "service", []change{
		{"call", op, `"operation":0`, "", true, ""},
		{"create", op, `"operation":2`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"256 is 0 to one byte", op, `"operation":256`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"257 is 1 to one byte", op, `"operation":257`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"string", op, `"operation":"1"`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"word", op, `"operation":"CALL"`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"boolean", op, `"operation":false`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"fraction", op, `"operation":1.0`, "NUMBER_PRECISION", false, "operation"},
		{"exponent", op, `"operation":1e0`, "NUMBER_PRECISION", false, "operation"},
		{"negative", op, `"operation":-1`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"null", op, `"operation":null`, "FIELD_MISSING", false, "operation"},
		{"missing", op + ",", ``, "FIELD_MISSING", false, "operation"},
		{"case pair", op, `"operation":0,"Operation":1`, "KEY_RESEMBLES_KNOWN", false, "Operation"},
		{"twice", op, `"operation":0,"operation":1`, "JSON_DUPLICATE_KEY", false, "operation"},
		{"only the wrong case", op, `"Operation":1`, "FIELD_MISSING KEY_RESEMBLES_KNOWN", false, "Operation"},
		{"long s", op, op + `,"\u017fafe":1`, "KEY_RESEMBLES_KNOWN NON_ASCII_KEY", false, ""},
		{"snake case", op, op + `,"safe_tx_gas":1`, "KEY_RESEMBLES_KNOWN", false, "safe_tx_gas"},
		{"new key", op, op + `,"newKey":1`, "JSON_UNKNOWN_KEY", true, ""},
	})
	mutate(t, "typed-data", []change{
		{"string, as ethers writes", op, `"operation":"1"`, "", true, ""},
		{"string 2", op, `"operation":"2"`, "NUMBER_OUT_OF_RANGE", false, ""},
		{"string 01", op, `"operation":"01"`, "AMBIGUOUS_NUMBER", false, ""},
	})
}

func TestHexAndAddresses(t *testing.T) {
	data, to := `"data":"`+sampleData+`"`, `"to":"`+sampleTo+`"`
	mutate(t, "service", []change{
		{"no data", data, `"data":null`, "", true, ""},
		{"data absent", data + ",", ``, "", true, ""},
		{"data 0x", data, `"data":"0x"`, "", true, ""},
		{"data empty", data, `"data":""`, "", true, ""},
		{"upper-case digits", data, `"data":"0xABcd"`, "", true, ""},
		{"odd", data, `"data":"0xabc"`, "INVALID_HEX", false, "data"},
		{"0X", data, `"data":"0Xabcd"`, "INVALID_HEX", false, "data"},
		{"no prefix", data, `"data":"abcd"`, "INVALID_HEX", false, "data"},
		{"blank", data, `"data":"0xab cd"`, "INVALID_HEX", false, "data"},
		{"newline at the end", data, `"data":"0xabcd\n"`, "INVALID_HEX", false, "data"},
		{"letter w", data, `"data":"0xabcw"`, "INVALID_HEX", false, "data"},
		{"data number", data, `"data":0`, "INVALID_HEX", false, "data"},

		{"lower case", to, `"to":"` + strings.ToLower(sampleToken) + `"`, "", true, ""},
		{"upper case", to, `"to":"0x` + strings.ToUpper(sampleToken[2:]) + `"`, "", true, ""},
		{"checksum", to, `"to":"` + sampleToken + `"`, "", true, ""},
		{"wrong checksum", to, `"to":"0x6b175474E89094C44Da98b954EedeAC495271d0F"`, "ADDRESS_CHECKSUM", true, "to"},
		{"short", to, `"to":"0x11"`, "INVALID_HEX", false, "to"},
		{"long", to, `"to":"` + sampleTo + `11"`, "INVALID_HEX", false, "to"},
		{"not hex", to, `"to":"0xZZZZ111111111111111111111111111111111111"`, "INVALID_HEX", false, "to"},
		{"no prefix", to, `"to":"` + sampleTo[2:] + `"`, "INVALID_HEX", false, "to"},
		{"0X", to, `"to":"0X` + sampleTo[2:] + `"`, "INVALID_HEX", false, "to"},
		{"blank around", to, `"to":" ` + sampleTo + `"`, "INVALID_HEX", false, "to"},
		{"ens name", to, `"to":"vitalik.eth"`, "ADDRESS_CHECKSUM", false, "to"},
		{"icap", to, `"to":"XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS"`, "ADDRESS_CHECKSUM", false, "to"},
		{"empty", to, `"to":""`, "FIELD_MISSING", false, "to"},
		{"null", to, `"to":null`, "FIELD_MISSING", false, "to"},
		{"object", to, `"to":{}`, "INVALID_HEX", false, "to"},
		{"prefix", to, `"to":"oeth:` + sampleTo + `"`, "", true, ""},
		{"unknown prefix", to, `"to":"foo:` + sampleTo + `"`, "CHAIN_MISMATCH", false, "to"},
		{"prefix look-alike", to, `"to":"\u043eeth:` + sampleTo + `"`, "CHAIN_MISMATCH UNICODE_SPOOF", false, "to"},
		{"two colons", to, `"to":"oeth:oeth:` + sampleTo + `"`, "INVALID_HEX", false, "to"},
		{"prefix against prefix", to + `,"value"`, `"to":"eth:` + sampleTo + `","chainId":10,"value"`, "CHAIN_MISMATCH", true, "chainId"},
		{"prefix like the chain", to + `,"value"`, `"to":"oeth:` + sampleTo + `","chainId":10,"value"`, "", true, ""},
		// op-txverify shows the second address and hashes the first.
		{"escape behind the address", to, `"to":"0x96221423681A6d52E184D440a8eFCEbB105C7242\u001b[9G0xd5F7000000000000000000000000000000000000\u001b[K"`, "CONTROL_CHARACTERS INVALID_HEX", false, "to"},
		{"gas token null", `"gasToken":"` + sampleToken + `"`, `"gasToken":null`, "", true, ""},
		{"refund receiver null", `"refundReceiver":"` + sampleGets + `"`, `"refundReceiver":null`, "", true, ""},
	})
	mutate(t, "protocol-kit", []change{
		{"gas token null", `"gasToken":"` + sampleToken + `"`, `"gasToken":null`, "FIELD_MISSING", false, "data.gasToken"},
	})
}

func TestPrefixWithoutTable(t *testing.T) {
	res, err := Parse([]byte(samples["op-txverify"]), Options{})
	if err != nil || strings.Join(codes(res), " ") != "CHAIN_MISMATCH" {
		t.Errorf("got %v, %v: a prefix that cannot be checked must be refused", codes(res), err)
	}
}

func TestTexts(t *testing.T) {
	const origin, name = `\"name\":\"Safe\"`, `"name":"to"`
	mutate(t, "service", []change{
		{"escape in origin", origin, `\"name\":\"\\u001b[2K\"`, "CONTROL_CHARACTERS", true, "origin.name"},
		{"raw escape in origin", origin, "\\\"name\\\":\\\"\x1b[2K\\\"", "CONTROL_CHARACTERS", false, ""},
		{"right-to-left in origin", origin, `\"name\":\"\u202eefaS\"`, "UNICODE_SPOOF", true, "origin.name"},
		{"zero width in origin", origin, `\"name\":\"Sa\u200bfe\"`, "UNICODE_SPOOF", true, "origin.name"},
		{"homoglyph in origin", origin, `\"name\":\"S\u0430fe\"`, "UNICODE_SPOOF", true, "origin.name"},
		{"combining mark in origin", origin, `\"name\":\"Safe\u0301\"`, "UNICODE_SPOOF", true, "origin.name"},
		{"accents in origin", origin, `\"name\":\"Z\u00fcrich caf\u00e9\"`, "", true, ""},
		{"accents in a symbol", name, `"symbol":"USD\u00c7",` + name, "UNICODE_SPOOF", true, ""},
		{"other language in origin", origin, `\"name\":\"\u0411\u0430\u043d\u043a\"`, "UNICODE_SPOOF", true, "origin.name"},
		{"homoglyph in a parameter's name", name, `"name":"t\u043e"`, "UNICODE_SPOOF", true, "dataDecoded.parameters[0].name"},
		{"homoglyph in a symbol", name, `"symbol":"U\u0405DC",` + name, "UNICODE_SPOOF", true, ""},
		{"escape in the method", `"method":"transfer"`, `"method":"deposit\u001b[2K"`, "CONTROL_CHARACTERS", true, "dataDecoded.method"},
		{"newline in the method", `"method":"transfer"`, `"method":"deposit\nok"`, "CONTROL_CHARACTERS", true, "dataDecoded.method"},
		{"C1 control", origin, `\"name\":\"\u009b2K\"`, "CONTROL_CHARACTERS", true, "origin.name"},
		{"delete", origin, `\"name\":\"\u007f\"`, "CONTROL_CHARACTERS", true, "origin.name"},
		{"origin in another language", origin, `\"text\":\"\u0411\u0430\u043d\u043a\"`, "", true, ""},
	})
	mutate(t, "tx-builder", []change{
		{"lines and tabs", `two\nlines`, `two\r\n\tlines`, "", true, ""},
		{"carriage return alone", `two\nlines`, `two\rlines`, "CONTROL_CHARACTERS", true, "meta.description"},
		{"escape", `two\nlines`, `two\u001blines`, "CONTROL_CHARACTERS", true, "meta.description"},
		{"language", `two\nlines`, `f\u00fcr \u6771\u4eac \ud83d\udc69\u200d\ud83d\udcbb`, "", true, ""},
		{"mixed word", `two\nlines`, `US\u0405 Dollar`, "UNICODE_SPOOF", true, "meta.description"},
		{"joiner between letters", `two\nlines`, `a\u200db`, "UNICODE_SPOOF", true, "meta.description"},
		{"newline in an argument", `{"n":"7"}`, `{"n":"7\n"}`, "", true, ""},
		{"newline in the name", `Transactions Batch`, `Transactions\nBatch`, "CONTROL_CHARACTERS", true, "meta.name"},
	})
}

func TestTypedData(t *testing.T) {
	const domainType = `{"type":"uint256","name":"chainId"},{"type":"address","name":"verifyingContract"}`
	const domain, bad = `"chainId":10`, "TYPED_DATA_NOT_CANONICAL"
	mutate(t, "typed-data", []change{
		{"chain as text", domain, `"chainId":"10"`, "", true, ""},
		{"chain as hex", domain, `"chainId":"0xa"`, "", true, ""},
		{"chain 0", domain, `"chainId":0`, "NUMBER_OUT_OF_RANGE", false, "domain.chainId"},
		{"chain null", domain, `"chainId":null`, "FIELD_MISSING", false, "domain.chainId"},
		{"chain missing", `,` + domain, ``, "FIELD_MISSING", false, "domain.chainId"},
		{"another primary type", `"primaryType":"SafeTx"`, `"primaryType":"SafeMessage"`, bad, false, "primaryType"},
		{"primary type by case", `"primaryType":"SafeTx"`, `"primaryType":"safeTx"`, bad, false, "primaryType"},
		{"no primary type", `"primaryType":"SafeTx",`, ``, bad, false, "primaryType"},
		{"name in the domain", domain, domain + `,"name":"Safe"`, bad, false, "domain.name"},
		{"salt in the domain's type", domainType, domainType + `,{"type":"bytes32","name":"salt"}`, bad, false, "types.EIP712Domain"},
		{"domain's type reordered", domainType, `{"type":"address","name":"verifyingContract"},{"type":"uint256","name":"chainId"}`, bad, false, "types.EIP712Domain"},
		{"no domain type", `"EIP712Domain":[` + domainType + `],`, ``, bad, false, "types.EIP712Domain"},
		{"chain only in the domain", `{"type":"uint256","name":"chainId"},`, ``, bad, false, "domain.chainId"},
		{"another type", `"SafeTx":[`, `"Mail":[],"SafeTx":[`, bad, false, "types.Mail"},
		{"field too many", `{"type":"uint256","name":"nonce"}`, `{"type":"uint256","name":"nonce"},{"type":"uint256","name":"x"}`, bad, false, "types.SafeTx"},
		{"field missing", `,{"type":"uint256","name":"nonce"}`, ``, bad, false, "types.SafeTx"},
		{"fields swapped", `{"type":"uint256","name":"safeTxGas"},{"type":"uint256","name":"baseGas"}`, `{"type":"uint256","name":"baseGas"},{"type":"uint256","name":"safeTxGas"}`, bad, false, "types.SafeTx"},
		{"type of a field", `"type":"uint8"`, `"type":"uint256"`, bad, false, "types.SafeTx"},
		{"extra key in a field", `{"type":"uint8",`, `{"type":"uint8","x":1,`, bad, false, "types.SafeTx"},
		{"old gas with the chain's domain", `"name":"baseGas"`, `"name":"dataGas"`, bad, false, "types.SafeTx"},
		{"key in the message", `"nonce":42`, `"nonce":42,"note":"x"`, bad, false, "message.note"},
		{"value as number", `"value":"1234567890123456789"`, `"value":7`, "", true, ""},
		{"value as large number", `"value":"1234567890123456789"`, `"value":1234567890123456789`, "NUMBER_PRECISION", true, "message.value"},
		{"data null", `"data":"` + sampleData + `"`, `"data":null`, "FIELD_MISSING", false, "message.data"},
		{"empty safe", `"verifyingContract":"` + sampleSafe + `"`, `"verifyingContract":""`, "FIELD_MISSING", false, "domain.verifyingContract"},
		{"no safe", `"verifyingContract":"` + sampleSafe + `",`, ``, "FIELD_MISSING", false, "domain.verifyingContract"},
	})
}

func TestGateway(t *testing.T) {
	mutate(t, "gateway", []change{
		{"no data, but a description with 68 bytes", `"hexData":"` + sampleData + `"`, `"hexData":null`, "DECODED_HINT_MISMATCH", true, "txInfo.dataSize"},
		{"no description", `"txInfo":{"type":"Custom",`, `"txInfo":null,"x":{`, "JSON_UNKNOWN_KEY", true, ""},
		{"hex value", `"to":{"value":"` + sampleTo + `","name":"Some token","logoUri":null},"value":"1234567890123456789"`, `"to":{"value":"` + sampleTo + `"},"value":"0x112210f47de98115"`, "", true, ""},
		{"word", `"operation":1`, `"operation":"DELEGATE"`, "NUMBER_OUT_OF_RANGE", false, "txData.operation"},
		{"target null", `"to":{"value":"` + sampleTo + `","name":"Some token","logoUri":null}`, `"to":null`, "FIELD_MISSING", false, "txData.to"},
		{"target without value", `"to":{"value":"` + sampleTo + `","name":"Some token","logoUri":null}`, `"to":{"name":"x"}`, "FIELD_MISSING", false, "txData.to.value"},
		{"another safe in the id", `"txId":"multisig_` + sampleSafe, `"txId":"multisig_` + sampleTo, "SAFE_ADDRESS_MISMATCH", true, "txId"},
		{"description of another target", `"txInfo":{"type":"Custom","to":{"value":"` + sampleTo, `"txInfo":{"type":"Custom","to":{"value":"` + sampleSafe, "DECODED_HINT_MISMATCH", true, "txInfo.to.value"},
		{"description of another value", `"dataSize":"68","value":"1234567890123456789"`, `"dataSize":"68","value":"1"`, "DECODED_HINT_MISMATCH", true, "txInfo.value"},
		{"gas as a decoy beside the details", `"txHash":null`, `"txHash":null,"tx_data":{}`, "KEY_RESEMBLES_KNOWN", false, "tx_data"},
		{"key in the data", `"hexData":`, `"HexData":"0x","hexData":`, "KEY_RESEMBLES_KNOWN", false, ""},
		{"signature not hex", sampleSig, "0x12345", "INVALID_HEX", true, "detailedExecutionInfo.confirmations[0].signature"},
	})
}

func TestOpTxVerify(t *testing.T) {
	mutate(t, "op-txverify", []change{
		{"safe not hex", "oeth:" + sampleSafe, "0xZZZZ", "INVALID_HEX", false, "safe"},
		{"chain against prefix", `"chain":10`, `"chain":1`, "CHAIN_MISMATCH", true, "safe"},
		{"camel-case gas", `"safe_tx_gas":100000`, `"safe_tx_gas":0,"safeTxGas":100000`, "KEY_RESEMBLES_KNOWN", false, "safeTxGas"},
		{"value -1", `"value":1234567890123456789`, `"value":-1`, "NUMBER_OUT_OF_RANGE", false, "value"},
		{"value 2^256", `"value":1234567890123456789`, `"value":115792089237316195423570985008687907853269984665640564039457584007913129639936`, "NUMBER_OUT_OF_RANGE", false, "value"},
		{"value 1e+21", `"value":1234567890123456789`, `"value":1e+21`, "NUMBER_PRECISION", false, "value"},
		{"value missing", `"value":1234567890123456789,`, ``, "FIELD_MISSING", false, "value"},
		{"nonce -1", `"nonce":42`, `"nonce":-1`, "NUMBER_OUT_OF_RANGE", false, "nonce"},
		{"operation 257", `"operation":1`, `"operation":257`, "NUMBER_OUT_OF_RANGE", false, "operation"},
		{"odd data", `"data":"` + sampleData + `"`, `"data":"0xabc"`, "INVALID_HEX", false, "data"},
		{"gas missing", `"base_gas":50000,`, ``, "FIELD_MISSING", false, "base_gas"},
	})
}

func TestPropose(t *testing.T) {
	mutate(t, "propose", []change{
		{"value as number", `"value":"1234567890123456789"`, `"value":7`, "NUMBER_NOT_STRING", true, "value"},
		{"gas price as number", `"gasPrice":"7"`, `"gasPrice":7`, "", true, ""},
		{"both hashes", `"sender"`, `"safeTxHash":"` + sampleOld + `","sender"`, "JSON_UNKNOWN_KEY", false, ""},
		{"hash without 0x", sampleHash, sampleHash[2:], "INVALID_HEX", true, "contractTransactionHash"},
		{"short hash", sampleHash, sampleHash[:64], "INVALID_HEX", true, "contractTransactionHash"},
	})
	mutate(t, "gateway-propose", []change{
		{"confirmations hidden by a sender", `"sender"`, `"safe":"` + sampleSafe + `","confirmations":[],"sender"`, "JSON_UNKNOWN_KEY", false, ""},
		{"data null", `"data":"` + sampleData + `"`, `"data":null`, "", true, ""},
	})
	mutate(t, "morpho", []change{
		{"strings", `"value":1234567890123456789`, `"value":"1234567890123456789"`, "", true, ""},
		{"versions differ", `"chainId":10`, `"chainId":10,"version":"1.3.0","safeVersion":"1.1.1"`, "SAFE_VERSION_MISMATCH", false, "safeVersion"},
		{"version", `"chainId":10`, `"chainId":10,"safeVersion":"1.1.1"`, "", true, ""},
		{"chain 0", `"chainId":10`, `"chainId":0`, "NUMBER_OUT_OF_RANGE", false, "chainId"},
	})
	mutate(t, "protocol-kit", []change{
		{"owner map", `[{"signer":"` + sampleOwner + `","data":"` + sampleSig + `","isContractSignature":false}]`, `{"` + strings.ToLower(sampleOwner) + `":{"signer":"` + sampleOwner + `","data":"` + sampleSig + `","isContractSignature":false}}`, "", true, ""},
		{"map of another owner", `[{"signer":"` + sampleOwner + `","data":"` + sampleSig + `","isContractSignature":false}]`, `{"` + sampleTo + `":{"signer":"` + sampleOwner + `","data":"` + sampleSig + `"}}`, "SIGNATURE_NOT_BY_CLAIMED_OWNER", true, ""},
		{"odd data", `"data":"` + sampleData + `"`, `"data":"0xabc"`, "INVALID_HEX", false, "data.data"},
	})
}

// The three hash rules of typed data, with Safe's own vectors.
func TestTypedDataEras(t *testing.T) {
	old := strings.NewReplacer(`{"type":"uint256","name":"chainId"},`, ``, `,"chainId":10`, ``).Replace(samples["typed-data"])
	for _, tt := range []struct {
		raw, hash string
		era       safe.Era
	}{
		{samples["typed-data"], sampleHash, safe.EraChainID},
		{old, sampleOld, safe.EraBaseGas},
		{strings.ReplaceAll(old, "baseGas", "dataGas"), sampleFirst, safe.EraDataGas},
	} {
		p := parseOK(t, tt.raw, testOptions)
		h, err := p.Tx.Hash(safe.Domain{Era: p.Era, ChainID: p.Chain, Safe: *p.Safe})
		if err != nil || p.Era != tt.era || h.SafeTx.Hex() != tt.hash {
			t.Errorf("era %v hash %v, %v; want %v %s", p.Era, h.SafeTx, err, tt.era, tt.hash)
		}
		if !p.Era.ChainBound() && p.Chain != nil {
			t.Errorf("chain %v in a domain without one", p.Chain)
		}
	}
}
