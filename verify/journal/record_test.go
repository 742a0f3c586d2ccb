package journal_test

import (
	"bytes"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/safe"
)

const nothing = "0000000000000000000000000000000000000000000000000000000000000000"

// line2 makes a record the second of a journal.
func line2(r journal.Record) journal.Record {
	r.Sequence, r.Previous = 2, digest
	return r
}

var born = journal.Record{Sequence: 1, Previous: nothing, Time: start, Kind: journal.Born, Identity: "000102030405060708090a0b0c0d0e0f"}

// The form is written down here by hand: it is the specification, and a file of today
// must be readable for ever.
func TestForm(t *testing.T) {
	max := new(uint256.Int).Not(new(uint256.Int))
	all := line2(signed(71))
	all.Chain, all.Outflow = max, []journal.Outflow{{Asset: ether, Amount: max}, {Asset: usdc}, {Asset: effect.Asset{Standard: effect.ERC721, Token: other}, Amount: num(0)},
		{Asset: effect.Asset{Standard: effect.ERC1155, Token: other}, Amount: num(1)}}
	bare := line2(journal.Record{Time: start, Kind: journal.Refused, Reason: "X_1", Program: "p"})
	plain := line2(record(0))
	plain.Policy, plain.Outflow = "", nil
	const maxText = "115792089237316195423570985008687907853269984665640564039457584007913129639935"
	for _, tt := range []struct {
		name string
		r    journal.Record
		want string
	}{
		{"init", born, `{"coldsign":"journal/v1","sequence":1,"previous":"` + nothing + `","time":"2026-01-31T12:00:00Z","kind":"init","identity":"000102030405060708090a0b0c0d0e0f"}`},
		{"all keys", all, `{"sequence":2,"previous":"` + digest + `","time":"2026-01-31T13:11:00Z","kind":"signed","chain":"` + maxText + `","safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","version":"1.4.1","nonce":"71",` +
			`"safeTxHash":"0x0000000000000000000000000000000000000000000000000000000000000047","payload":"` + digest + `","policy":"` + digest + `","intent":"` + digest + `","program":"v1.0.0","signer":"0x1F4EB0a903619ac168b19A82F1a6e2e426522211",` +
			`"outflow":[{"standard":"native","amount":"` + maxText + `"},{"standard":"erc20","token":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","amount":"unlimited"},` +
			`{"standard":"erc721","token":"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","amount":"0"},{"standard":"erc1155","token":"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","amount":"1"}]}`},
		{"parties", parties(other, cold), strings.TrimSuffix(withoutParties(t, parties(other, cold)), "}\n") + `,"parties":["0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"]}`},
		{"nothing leaves, nonce 0, no policy", plain, `{"sequence":2,"previous":"` + digest + `","time":"2026-01-31T12:00:00Z","kind":"approved","chain":"1","safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","version":"1.4.1","nonce":"0",` +
			`"safeTxHash":"0x0000000000000000000000000000000000000000000000000000000000000000","payload":"` + digest + `","intent":"` + digest + `","program":"v1.0.0","outflow":[]}`},
		{"refused knowing nothing", bare, `{"sequence":2,"previous":"` + digest + `","time":"2026-01-31T12:00:00Z","kind":"refused","program":"p","reason":"X_1"}`},
		{"refused", line2(refused(3)), `{"sequence":2,"previous":"` + digest + `","time":"2026-01-31T12:03:00Z","kind":"refused","safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","nonce":"3","program":"(devel)","reason":"INTENT_MISMATCH"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := tt.want + "\n"
			if tt.r.Kind == journal.Approved {
				tt.r.Hash = common.HexToHash("0x01")
				want = strings.Replace(want, `0000","payload`, `0001","payload`, 1)
			}
			got, err := tt.r.Encode()
			if err != nil || string(got) != want {
				t.Fatalf("Encode = %v\n got %swant %s", err, got, want)
			}
			back, err := journal.Parse(got)
			if err != nil || !reflect.DeepEqual(back, tt.r) {
				t.Errorf("Parse = %v\n got %+v\nwant %+v", err, back, tt.r)
			}
		})
	}
}

// A line is accepted in one form only; everything near to it is refused.
func TestParseRefuses(t *testing.T) {
	r := line2(signed(71))
	r.Outflow = []journal.Outflow{{Asset: usdc, Amount: num(10)}}
	honest, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Parse(honest); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, from, to, says string }{
		{"no line feed", "}\n", "}", "byte"},
		{"two line feeds", "}\n", "}\n\n", "byte"},
		{"carriage return", "}\n", "}\r\n", "byte"},
		{"blank", `,"time"`, `, "time"`, "byte"},
		{"blank before", `{"sequence"`, ` {"sequence"`, "byte"},
		{"second document", "}\n", "}{}\n", "follow the document"},
		{"no json", `"kind":`, `"kind"`, "colon"},
		{"list", `{"sequence"`, `[{"sequence"`, ""},
		{"unknown key", `,"kind"`, `,"note":"x","kind"`, `the key kind is due, and "note" stands there`},
		{"unknown last key", "}]}\n", `}],"note":"x"}` + "\n", `"note" is unknown`},
		{"unknown empty key", `,"kind"`, `,"":"x","kind"`, ""},
		{"other order", `"chain":"1","safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"`, `"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","chain":"1"`, `the key "chain" is unknown, or out of its order`},
		{"duplicate key", `"chain":"1"`, `"chain":"1","chain":"1"`, "twice"},
		{"case pair", `"chain":"1"`, `"chain":"1","Chain":"1"`, "differ by case"},
		{"key in other case", `"nonce"`, `"Nonce"`, `"Nonce"`},
		{"key in escapes", `"nonce"`, `"nonc\u0065"`, "escape"},
		{"value in escapes", `"kind":"signed"`, `"kind":"signe\u0064"`, "byte"},
		{"missing sequence", `"sequence":2,`, ``, ""},
		{"sequence as text", `"sequence":2`, `"sequence":"2"`, "a string, not a number"},
		{"sequence zero", `"sequence":2`, `"sequence":0`, "sequence number is 0"},
		{"sequence negative", `"sequence":2`, `"sequence":-2`, "-2"},
		{"sequence with fraction", `"sequence":2`, `"sequence":2.0`, `"2.0"`},
		{"sequence with exponent", `"sequence":2`, `"sequence":2e0`, `"2e0"`},
		{"sequence huge", `"sequence":2`, `"sequence":99999999999999999999`, "sequence number"},
		{"missing previous", `"previous":"` + digest + `",`, ``, "previous"},
		{"previous in upper case", "9f86d081884c7d659a", "9F86d081884c7d659a", "previous"},
		{"previous short", `0f00a08","time"`, `0f00a0","time"`, "previous"},
		{"time with offset", "13:11:00Z", "13:11:00+00:00", "time"},
		{"time with fraction", "13:11:00Z", "13:11:00.5Z", ""},
		{"time with comma", "13:11:00Z", "13:11:00,0Z", ""},
		{"time with blank", "31T13", "31 13", "time"},
		{"time that is none", "13:11:00Z", "24:11:00Z", "time"},
		{"day that is none", "01-31T", "02-30T", "time"},
		{"leap second", "13:11:00Z", "13:11:60Z", "time"},
		{"time before any journal", "2026-", "2019-", "clock"},
		{"kind unknown", `"kind":"signed"`, `"kind":"unknown"`, "kind"},
		{"kind in capitals", `"kind":"signed"`, `"kind":"Signed"`, "kind"},
		{"kind null", `"kind":"signed"`, `"kind":null`, "kind is null"},
		{"kind that has no signer", `"kind":"signed"`, `"kind":"approved"`, "signer belongs to signed"},
		{"kind refused with outflow", `"kind":"signed"`, `"kind":"refused"`, "belongs to"},
		{"kind init", `"kind":"signed"`, `"kind":"init"`, "belongs"},
		{"tag", `{"sequence"`, `{"coldsign":"journal/v1","sequence"`, "byte"},
		{"tag of another version", `{"sequence"`, `{"coldsign":"journal/v2","sequence"`, `"journal/v2"`},
		{"identity", `,"chain"`, `,"identity":"000102030405060708090a0b0c0d0e0f","chain"`, "identity belongs to init"},
		{"chain zero", `"chain":"1"`, `"chain":"0"`, "chain is 0"},
		{"chain as number", `"chain":"1"`, `"chain":1`, "a number, not a string"},
		{"chain empty", `"chain":"1"`, `"chain":""`, "chain is missing"},
		{"chain with leading zero", `"chain":"1"`, `"chain":"01"`, ""},
		{"chain in hex", `"chain":"1"`, `"chain":"0x1"`, "decimal"},
		{"chain with sign", `"chain":"1"`, `"chain":"+1"`, ""},
		{"chain too large", `"chain":"1"`, `"chain":"115792089237316195423570985008687907853269984665640564039457584007913129639936"`, "decimal"},
		{"no chain", `"chain":"1",`, ``, "chain is missing"},
		{"no safe", `"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4",`, ``, "safe is missing"},
		{"safe zero", "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "0x0000000000000000000000000000000000000000", "safe is missing"},
		{"safe in lower case", "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4", "byte"},
		{"safe with a digit less", "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF", "no address"},
		{"safe without prefix", "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "byte"},
		{"no version", `"version":"1.4.1",`, ``, "version of the safe is missing"},
		{"version that is none", `"1.4.1"`, `"1.4.2"`, "version"},
		{"version with metadata", `"1.4.1"`, `"1.4.1+L2"`, "byte"},
		{"no nonce", `"nonce":"71",`, ``, "nonce is missing"},
		{"nonce negative", `"nonce":"71"`, `"nonce":"-71"`, "decimal"},
		{"no hash", `"safeTxHash":"0x0000000000000000000000000000000000000000000000000000000000000047",`, ``, "safeTxHash is missing"},
		{"hash zero", `0047","payload"`, `0000","payload"`, "safeTxHash is missing"},
		{"hash short", `0047","payload"`, `004","payload"`, "safeTxHash"},
		{"hash without prefix", `"safeTxHash":"0x`, `"safeTxHash":"`, "safeTxHash"},
		{"hash in capitals", `0047","payload"`, `00AB","payload"`, "byte"},
		{"no payload", `"payload":"` + digest + `",`, ``, "payload or intent is missing"},
		{"payload with prefix", `"payload":"9f`, `"payload":"0x9f`, "no digest"},
		{"no intent", `"intent":"` + digest + `",`, ``, "payload or intent is missing"},
		{"policy empty", `"policy":"` + digest + `"`, `"policy":""`, "byte"},
		{"no program", `"program":"v1.0.0",`, ``, "program"},
		{"program with a control", `"v1.0.0"`, `"v1\u001b[2J"`, "program"},
		{"program with a quote", `"v1.0.0"`, `"v\"1"`, "program"},
		{"program outside ascii", `"v1.0.0"`, "\"v\u0131\"", "program"},
		{"program too long", `"v1.0.0"`, `"` + strings.Repeat("v", 101) + `"`, "program"},
		{"no signer", `"signer":"0x1F4EB0a903619ac168b19A82F1a6e2e426522211",`, ``, "signer is missing"},
		{"reason", `,"outflow"`, `,"reason":"X","outflow"`, "reason belongs to refused"},
		{"no outflow", `,"outflow":[{"standard":"erc20","token":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","amount":"10"}]`, ``, "byte"},
		{"outflow as object", `[{"standard"`, `{"a":[{"standard"`, ""},
		{"outflow null", `[{"standard":"erc20","token":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","amount":"10"}]`, `null`, "outflow is null"},
		{"outflow of a text", `[{"standard":"erc20","token":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","amount":"10"}]`, `["unlimited"]`, "outflow 0"},
		{"outflow of an empty object", `[{"standard":"erc20","token":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","amount":"10"}]`, `[{}]`, "outflow 0: the amount is missing"},
		{"outflow unknown standard", `"erc20"`, `"erc777"`, "no asset"},
		{"outflow unknown", `"erc20"`, `"unknown"`, "no asset"},
		{"native with token", `"erc20"`, `"native"`, "no asset"},
		{"token missing", `"token":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",`, ``, "no asset"},
		{"amount missing", `,"amount":"10"`, ``, "amount is missing"},
		{"amount as number", `"amount":"10"`, `"amount":10`, "a number, not a string"},
		{"amount under another key", `"amount":"10"`, `"max":"unlimited"`, "amount is missing"},
		{"amount with leading zero", `"amount":"10"`, `"amount":"010"`, ""},
		{"amount in words", `"amount":"10"`, `"amount":"infinite"`, "decimal"},
		{"key behind the amount", `"amount":"10"`, `"amount":"10","id":"1"`, `"id" is unknown`},
		{"nested deeper", `"amount":"10"`, `"amount":[["10"]]`, ""},
		{"nul", `"v1.0.0"`, "\"v1.\x000\"", "control"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(string(honest), tt.from) < 1 {
				t.Fatalf("%q is not in the line", tt.from)
			}
			line := strings.Replace(string(honest), tt.from, tt.to, 1)
			_, err := journal.Parse([]byte(line))
			if e := wantError(t, err, journal.ErrText); !strings.Contains(e.Msg, tt.says) {
				t.Errorf("says %q, want %q in it", e.Msg, tt.says)
			}
		})
	}
}

// Every byte of a line counts: exchanged by any other, cut out or doubled, the line is
// another record or none.
func TestEveryByteCounts(t *testing.T) {
	r := line2(signed(71))
	honest, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for i := range honest {
		for _, c := range []byte("\x00\n 0159afAZ\",:{}[]\\x\xff") {
			if c != honest[i] {
				differs(t, r, append(append(bytes.Clone(honest[:i]), c), honest[i+1:]...))
			}
		}
		differs(t, r, append(bytes.Clone(honest[:i]), honest[i+1:]...))
		differs(t, r, append(bytes.Clone(honest[:i+1]), honest[i:]...))
	}
}

func differs(t *testing.T, r journal.Record, line []byte) {
	t.Helper()
	got, err := journal.Parse(line)
	if err == nil && reflect.DeepEqual(got, r) {
		t.Errorf("%q reads as the same record", line)
	}
	if again, _ := got.Encode(); err == nil && !bytes.Equal(again, line) {
		t.Errorf("%q is accepted and written as %q", line, again)
	}
}

// What has no line is not written. Each case has the nearest neighbour that has one.
func TestEncodeRefuses(t *testing.T) {
	set := func(base journal.Record, change func(*journal.Record)) journal.Record {
		base = line2(base)
		change(&base)
		return base
	}
	wide := func(n int) func(*journal.Record) {
		return func(r *journal.Record) {
			for range n {
				r.Outflow = append(r.Outflow, journal.Outflow{Asset: usdc, Amount: num(1)})
			}
		}
	}
	long := func(n int) string { return strings.Repeat("A", n) }
	for _, tt := range []struct {
		name      string
		bad, good journal.Record
		kind      error
	}{
		{"unknown kind", set(record(1), func(r *journal.Record) { r.Kind = 0 }), set(record(1), func(*journal.Record) {}), journal.ErrRecord},
		{"kind out of range", set(record(1), func(r *journal.Record) { r.Kind = 200 }), set(record(1), func(*journal.Record) {}), journal.ErrRecord},
		{"zero record", journal.Record{}, born, journal.ErrRecord},
		{"zero time", set(record(1), func(r *journal.Record) { r.Time = time.Time{} }), set(record(1), func(r *journal.Record) { r.Time = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }), journal.ErrClock},
		{"year 10000", set(record(1), func(r *journal.Record) { r.Time = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }), set(record(1), func(r *journal.Record) { r.Time = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }), journal.ErrClock},
		{"half seconds", set(record(1), func(r *journal.Record) { r.Time = start.Add(1) }), set(record(1), func(r *journal.Record) { r.Time = start }), journal.ErrRecord},
		{"init later", set(born, func(*journal.Record) {}), born, journal.ErrRecord},
		{"init without identity", journal.Record{Sequence: 1, Previous: nothing, Time: start, Kind: journal.Born}, born, journal.ErrRecord},
		{"init with a program", func() journal.Record { r := born; r.Program = "x"; return r }(), born, journal.ErrRecord},
		{"init with a safe", func() journal.Record { r := born; r.Safe = cold; return r }(), born, journal.ErrRecord},
		{"approval first", func() journal.Record { r := record(1); r.Sequence, r.Previous = 1, nothing; return r }(), set(record(1), func(*journal.Record) {}), journal.ErrRecord},
		{"refused without reason", set(refused(1), func(r *journal.Record) { r.Reason = "" }), set(refused(1), func(*journal.Record) {}), journal.ErrRecord},
		{"reason of words", set(refused(1), func(r *journal.Record) { r.Reason = "NOT GOOD" }), set(refused(1), func(r *journal.Record) { r.Reason = "NOT_GOOD" }), journal.ErrRecord},
		{"reason too long", set(refused(1), func(r *journal.Record) { r.Reason = long(65) }), set(refused(1), func(r *journal.Record) { r.Reason = long(64) }), journal.ErrRecord},
		{"refused with a signer", set(refused(1), func(r *journal.Record) { r.Signer = signer }), set(signed(1), func(*journal.Record) {}), journal.ErrRecord},
		{"refused with chain 0", set(refused(1), func(r *journal.Record) { r.Chain = num(0) }), set(refused(1), func(r *journal.Record) { r.Chain = num(1) }), journal.ErrRecord},
		{"version never released", set(record(1), func(r *journal.Record) { r.Version = safe.Version{Major: 9} }), set(record(1), func(r *journal.Record) { r.Version = old }), journal.ErrRecord},
		{"digest with prefix", set(record(1), func(r *journal.Record) { r.Policy = "0x" + digest[2:] }), set(record(1), func(r *journal.Record) { r.Policy = digest }), journal.ErrRecord},
		{"program in two lines", set(record(1), func(r *journal.Record) { r.Program = "a\nb" }), set(record(1), func(r *journal.Record) { r.Program = "a b" }), journal.ErrRecord},
		{"program too long", set(record(1), func(r *journal.Record) { r.Program = long(101) }), set(record(1), func(r *journal.Record) { r.Program = long(100) }), journal.ErrRecord},
		{"asset of no standard", set(record(1), func(r *journal.Record) { r.Outflow[0].Asset = effect.Asset{Token: other} }), set(record(1), func(r *journal.Record) { r.Outflow[0].Asset = usdc }), journal.ErrRecord},
		{"standard out of range", set(record(1), func(r *journal.Record) { r.Outflow[0].Asset = effect.Asset{Standard: 77, Token: other} }), set(record(1), func(*journal.Record) {}), journal.ErrRecord},
		{"token without address", set(record(1), func(r *journal.Record) { r.Outflow[1].Asset.Token = common.Address{} }), set(record(1), func(*journal.Record) {}), journal.ErrRecord},
		{"native with address", set(record(1), func(r *journal.Record) { r.Outflow[0].Asset.Token = other }), set(record(1), func(*journal.Record) {}), journal.ErrRecord},
		{"line too long", set(record(1), wide(800)), set(record(1), wide(600)), journal.ErrLimit},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.bad.Encode()
			wantError(t, err, tt.kind)
			line, err := tt.good.Encode()
			if err != nil {
				t.Fatalf("the neighbour: %v", err)
			}
			if back, err := journal.Parse(line); err != nil || !reflect.DeepEqual(back, tt.good) {
				t.Errorf("the neighbour reads as %+v, %v", back, err)
			}
		})
	}
}

// The longest line is read too: limits of reader and writer are the same.
func TestLongestLine(t *testing.T) {
	path := fresh(t)
	j := mustOpen(t, path)
	r := record(1)
	r.Outflow = nil
	for range 3000 {
		r.Outflow = append(r.Outflow, journal.Outflow{Asset: ether, Amount: num(1)})
	}
	_, err := j.Append(r)
	wantError(t, err, journal.ErrLimit)
	for err != nil {
		r.Outflow = r.Outflow[1:]
		_, err = j.Append(r)
	}
	r.Outflow, r.Nonce = r.Outflow[1:], num(2)
	mustAppend(t, j, r)
	mustClose(t, j)
	long := lines(t, path)[1]
	if len(long) > journal.MaxLine || len(long) < journal.MaxLine-40 {
		t.Errorf("the longest line has %d bytes", len(long))
	}
	if got := mustOpen(t, path).Len(); got != 3 {
		t.Errorf("%d records, want 3", got)
	}
}

// TestKindNames: an out of range kind is unknown.
func TestKindNames(t *testing.T) {
	want := "unknown init approved refused signed unknown"
	if got := fmt.Sprint(journal.Unknown, journal.Born, journal.Approved, journal.Refused, journal.Signed, journal.Kind(99)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// parties is a signed record with these parties, in their order.
func parties(all ...common.Address) journal.Record {
	r := line2(signed(71))
	r.Outflow = nil
	slices.SortFunc(all, common.Address.Cmp)
	r.Parties = all
	return r
}

func withoutParties(t *testing.T, r journal.Record) string {
	t.Helper()
	r.Parties = nil
	line, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

// TestPartiesRefused: parties have one order, and a kind that nobody signs has none.
func TestPartiesRefused(t *testing.T) {
	unsorted, twice, zero, many, kind := parties(cold, other), parties(cold, cold), parties(common.Address{}), parties(), line2(refused(1))
	slices.Reverse(unsorted.Parties)
	kind.Parties = []common.Address{cold}
	for i := range journal.MaxParties + 1 {
		many.Parties = append(many.Parties, common.BigToAddress(big.NewInt(int64(i+1))))
	}
	for name, r := range map[string]journal.Record{"unsorted": unsorted, "twice": twice, "zero": zero, "too many": many, "refused": kind} {
		if line, err := r.Encode(); err == nil {
			t.Errorf("%s: encoded as %s", name, line)
		}
	}
	honest, err := parties(cold, other).Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"empty":     {`"parties":["0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"]`, `"parties":[]`},
		"no list":   {`["0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"]`, `"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"`},
		"lower":     {"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4\",\"0x88", "0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4\",\"0x88"},
		"number":    {`["0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4",`, `[1,`},
		"order":     {`"outflow":[],"parties":["0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"]`, `"parties":["0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"],"outflow":[]`},
		"reordered": {`"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"]`, `"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"]`},
	} {
		changed := bytes.Replace(honest, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(changed, honest) {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := journal.Parse(changed); err == nil {
			t.Errorf("%s was read: %s", name, changed)
		}
	}
}

// TestRoom: however many outflows a record has that can be written at all, the parties
// that it has room for never make it too long.
func TestRoom(t *testing.T) {
	max := new(uint256.Int).SetAllOne()
	for n := 0; n <= 360; n += 20 {
		r := parties()
		r.Program = strings.Repeat("x", 100)
		for range n {
			r.Outflow = append(r.Outflow, journal.Outflow{Asset: effect.Asset{Standard: effect.ERC1155, Token: other}, Amount: max})
		}
		if _, err := r.Encode(); err != nil {
			break
		}
		for i := range r.Room() {
			r.Parties = append(r.Parties, common.BigToAddress(big.NewInt(int64(i+1))))
		}
		if line, err := r.Encode(); err != nil {
			t.Errorf("%d outflows and %d parties: %v", n, len(r.Parties), err)
		} else if n == 0 && len(r.Parties) != journal.MaxParties {
			t.Errorf("room for %d parties only, in %d bytes", len(r.Parties), len(line))
		}
	}
}
