package proposal

import (
	"strings"
	"testing"
)

// A signature whose owner the file does not name can never be contradicted.
func TestSignatureWithoutOwner(t *testing.T) {
	owner := `"owner":"` + sampleOwner + `",`
	mutate(t, "service", []change{
		{"owner null", owner, `"owner":null,`, "FIELD_MISSING", true, "confirmations[0].owner"},
		{"owner empty", owner, `"owner":"",`, "FIELD_MISSING", true, "confirmations[0].owner"},
		{"owner missing", owner, ``, "FIELD_MISSING", true, "confirmations[0].owner"},
		{"neither signature nor owner", `{"owner":"` + sampleTo + `","signature":null,`, `{"signature":null,`, "", true, ""},
	})
	signer := `"signer":{"value":"` + sampleOwner + `","name":null,"logoUri":null}`
	mutate(t, "gateway", []change{
		{"signer null", signer, `"signer":null`, "FIELD_MISSING", true, "detailedExecutionInfo.confirmations[0].signer"},
		{"signer missing", signer + ",", ``, "FIELD_MISSING", true, "detailedExecutionInfo.confirmations[0].signer"},
		{"signer without address", signer, `"signer":{"name":"x"}`, "FIELD_MISSING", true, "detailedExecutionInfo.confirmations[0].signer.value"},
		{"signer as text", signer, `"signer":"` + sampleOwner + `"`, "", true, ""},
		{"no signature", sampleSig, ``, "", true, ""},
	})
	for _, form := range []string{"propose", "gateway-propose"} {
		sender := `"sender":"` + sampleOwner + `"`
		mutate(t, form, []change{
			{"sender null", sender, `"sender":null`, "FIELD_MISSING", true, "sender"},
			{"nothing signed", `"signature":"` + sampleSig + `"`, `"signature":null`, "", true, ""},
		})
	}
}

func TestKitOwners(t *testing.T) {
	list := `[{"signer":"` + sampleOwner + `","data":"` + sampleSig + `","isContractSignature":false}]`
	entry := `"data":"` + sampleSig + `","isContractSignature":false`
	mutate(t, "protocol-kit", []change{
		{"list without signer", list, `[{` + entry + `}]`, "FIELD_MISSING", true, "signatures[0].signer"},
		{"map without signer", list, `{"` + sampleOwner + `":{` + entry + `}}`, "", true, ""},
		{"map in lower case", list, `{"` + strings.ToLower(sampleOwner) + `":{` + entry + `}}`, "", true, ""},
		{"map with the signer", list, `{"` + strings.ToLower(sampleOwner) + `":{"signer":"` + sampleOwner + `",` + entry + `}}`, "", true, ""},
		{"map with another signer", list, `{"` + sampleTo + `":{"signer":"` + sampleOwner + `",` + entry + `}}`, "SIGNATURE_NOT_BY_CLAIMED_OWNER", true, ""},
		{"map by name", list, `{"alice":{` + entry + `}}`, "INVALID_HEX", true, ""},
		{"map by name with the signer", list, `{"alice":{"signer":"` + sampleOwner + `",` + entry + `}}`, "INVALID_HEX", true, ""},
		{"map by a wrong checksum", list, `{"0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266":{` + entry + `}}`, "ADDRESS_CHECKSUM", true, ""},
	})
	raw := strings.Replace(samples["protocol-kit"], list, `{"`+sampleTo+`":{`+entry+`}}`, 1)
	c := parseOK(t, raw, testOptions).Claims.Confirmations
	if len(c) != 1 || c[0].Owner == nil || *c[0].Owner != *addr(sampleTo) || len(c[0].Signature) != 65 {
		t.Errorf("the key of the map is not the claimed owner: %+v", c)
	}
}

func TestApiKitOwner(t *testing.T) {
	raw := `{"safeAddress":"` + sampleSafe + `","safeTransactionData":{` + flatAll + `},"safeTxHash":"` + sampleHash + `","senderAddress":"` + sampleOwner + `","senderSignature":"` + sampleSig + `"}`
	parseOK(t, raw, testOptions)
	res, err := Parse([]byte(strings.Replace(raw, `"senderAddress":"`+sampleOwner+`",`, ``, 1)), testOptions)
	if err != nil || strings.Join(codes(res), " ") != "FIELD_MISSING" || res.Findings[0].Where != "senderAddress" {
		t.Errorf("got %+v, %v", res.Findings, err)
	}
}
