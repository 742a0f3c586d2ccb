package clearsign

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
)

const mailKey = "Mail(Person from,Person[] to,int16 rank,string text)Person(string name,address wallet)"

// typed is a payload for mailKey with this domain, as its fields and their types.
func typed(t testing.TB, domainTypes, domain string) *eip712.Data {
	t.Helper()
	text := `{"types": {"EIP712Domain": [` + domainTypes + `], "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
		"Mail": [{"name": "from", "type": "Person"}, {"name": "to", "type": "Person[]"}, {"name": "rank", "type": "int16"}, {"name": "text", "type": "string"}]},
		"primaryType": "Mail", "domain": {` + domain + `},
		"message": {"from": {"name": "A", "wallet": "` + alice + `"}, "to": [{"name": "B", "wallet": "` + bob + `"}], "rank": -3, "text": "hi"}}`
	d, _, err := readMessage([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	fullTypes = `{"name": "name", "type": "string"}, {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}`
	saltTypes = `{"name": "verifyingContract", "type": "address"}, {"name": "salt", "type": "bytes32"}`
)

func mailFile(context string) string {
	return `{"$schema": "erc7730-v2.schema.json", "context": {"eip712": {` + context + `}}, "metadata": {"owner": "O"}, "display": {"formats": {"` + mailKey + `": {"intent": "Mail",
		"fields": [{"path": "from.wallet", "label": "From", "format": "addressName"}, {"path": "to.[].name", "label": "To"}, {"path": "rank", "label": "Rank"},
		{"path": "@.to", "label": "At"}, {"path": "@.value", "label": "V", "format": "amount"}, {"path": "@.chainId", "label": "On"}]}}}}`
}

func TestMessage(t *testing.T) {
	at := `"deployments": [{"chainId": 1, "address": "` + target + `"}]`
	full := `"name": "N", "chainId": 1, "verifyingContract": "` + target + `"`
	salt := func(n string) string {
		return `"verifyingContract": "` + target + `", "salt": "0x` + strings.Repeat("0", 64-len(n)) + n + `"`
	}
	separator := typed(t, fullTypes, full).Hashes.Domain.Hex()
	for _, c := range []struct {
		name, context, types, domain string
		kind                         error
		notices                      int
	}{
		{"deployment", at, fullTypes, full, nil, 0},
		{"deployment of what a proxy runs", at, fullTypes, strings.Replace(full, target, bob, 1), nil, 0},
		{"another contract", at, fullTypes, strings.Replace(full, target, other, 1), ErrNoDescriptor, 0},
		{"another chain", at, fullTypes, strings.Replace(full, `"chainId": 1`, `"chainId": 10`, 1), ErrNoDescriptor, 0},
		{"a chain beyond 64 bits", at, fullTypes, strings.Replace(full, `"chainId": 1`, `"chainId": "0x10000000000000001"`, 1), ErrNoDescriptor, 0},
		{"name", at + `, "domain": {"name": "N"}`, fullTypes, full, nil, 0},
		{"another name", at + `, "domain": {"name": "M"}`, fullTypes, full, ErrNoDescriptor, 0},
		{"a value that the domain lacks", at + `, "domain": {"version": "1"}`, fullTypes, full, ErrNoDescriptor, 0},
		{"all values", `"domain": {"name": "N", "chainId": 1, "verifyingContract": "` + target + `"}`, fullTypes, full, nil, 1},
		{"a wrong number", `"domain": {"name": "N", "chainId": 2}`, fullTypes, full, ErrNoDescriptor, 0},
		{"separator", `"domainSeparator": "` + separator + `"`, fullTypes, full, nil, 1},
		{"another separator", `"domainSeparator": "0x` + strings.Repeat("ab", 32) + `"`, fullTypes, full, ErrNoDescriptor, 0},
		{"separator right, deployment wrong", `"domainSeparator": "` + separator + `", "deployments": []`, fullTypes, full, ErrNoDescriptor, 0},
		{"chain in the salt", at, saltTypes, salt("1"), nil, 1},
		{"another chain in the salt", at, saltTypes, salt("a"), ErrNoDescriptor, 0},
		{"a salt that is none", at, saltTypes, salt("1" + strings.Repeat("0", 63)), ErrNoDescriptor, 0},
		{"no chain", `"domain": {"verifyingContract": "` + target + `"}`, `{"name": "verifyingContract", "type": "address"}`, `"verifyingContract": "` + target + `"`, ErrNoDescriptor, 0},
		{"no contract", `"domain": {"chainId": 1}`, `{"name": "chainId", "type": "uint256"}`, `"chainId": 1`, ErrNoDescriptor, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := load(t, mailFile(c.context))
			r, err := b.Message(typed(t, c.types, c.domain), nil, known{})
			if !errors.Is(err, c.kind) {
				t.Fatalf("%+v, %v, want %v", r, err, c.kind)
			}
			if err != nil {
				return
			}
			if got, want := brief(r.Fields), "From=Alice; To=B; Rank=-3; At=0x00000000000000000000000000000000000000"; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "; V=0 ETH; On=1") {
				t.Errorf("%s, want %s…", got, want)
			}
			hidden := "#.from.name=A (not mentioned); #.to.[0].wallet=" + address(bob).Hex() + " (not mentioned); #.text=hi (not mentioned)"
			if got := briefHidden(r.Hidden); got != hidden || len(r.Notices) != c.notices {
				t.Errorf("hidden %s with %q, want %s", got, r.Notices, hidden)
			}
		})
	}
}

func TestMessageRefuses(t *testing.T) {
	at := `"deployments": [{"chainId": 1, "address": "` + target + `"}]`
	full := `"name": "N", "chainId": 1, "verifyingContract": "` + target + `"`
	data := typed(t, fullTypes, full)
	if _, err := load(t, strings.Replace(mailFile(at), "Person from,Person[] to", "Person[] to,Person from", 1)).Message(data, nil, nil); !errors.Is(err, ErrNoFormat) {
		t.Errorf("members in another order: %v", err)
	}
	if _, err := load(t, mailFile(at), mailFile(at)).Message(data, nil, nil); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("two descriptors: %v", err)
	}
	if _, err := load(t, mailFile(at)).Message(nil, nil, nil); !errors.Is(err, ErrNotCanonical) {
		t.Errorf("nothing: %v", err)
	}
	inexact := *data
	inexact.Hashes = nil
	if _, err := load(t, mailFile(at)).Message(&inexact, nil, nil); !errors.Is(err, ErrNotCanonical) {
		t.Errorf("data without hashes: %v", err)
	}
}

// TestIntentParts: an intent with parts keeps their order.
func TestIntentParts(t *testing.T) {
	b := load(t, strings.Replace(mailFile(`"deployments": [{"chainId": 1, "address": "`+target+`"}]`), `"intent": "Mail"`, `"intent": {"Z": "first", "A": "second"}`, 1))
	r, err := b.Message(typed(t, fullTypes, `"name": "N", "chainId": 1, "verifyingContract": "`+target+`"`), nil, known{})
	if err != nil {
		t.Fatal(err)
	}
	parts, _ := json.Marshal(r.Parts)
	if r.Intent != "Z: first, A: second" || string(parts) != `[{"Label":"Z","Text":"first"},{"Label":"A","Text":"second"}]` {
		t.Errorf("%q, %s", r.Intent, parts)
	}
}
