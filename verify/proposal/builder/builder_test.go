package builder

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// word is a number in 32 bytes; ">" behind it puts the digits to the left.
func words(w ...string) string {
	var b strings.Builder
	for _, s := range w {
		if left, ok := strings.CutSuffix(s, ">"); ok {
			b.WriteString(left + strings.Repeat("0", 64-len(left)))
			continue
		}
		b.WriteString(strings.Repeat("0", 64-len(s)) + s)
	}
	return b.String()
}

const (
	alice  = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045"
	aliceW = "d8da6bf26964af9d7eed9e03e53415d37aa96045"
	pair   = `{"name":"x","type":"tuple","components":[{"name":"a","type":"address"},{"name":"n","type":"uint256"}]}`
	flags  = `{"name":"x","type":"tuple","components":[{"name":"b","type":"bool"},{"name":"c","type":"bool"}]}`
)

func one(typ string) string { return `{"name":"x","type":"` + typ + `"}` }

// Each row was run through the app's own functions with ethers 6.17. An empty
// note means that the reading is no surprise.
func TestEncodeOne(t *testing.T) {
	for _, tt := range []struct{ input, value, want, note string }{
		{one("uint256"), `"5"`, words("5"), ""},
		{one("uint256"), `" 5\u00a0"`, words("5"), ""},
		{one("uint256"), `"0x10"`, words("10"), ""},
		{one("uint256"), `"1e18"`, words("1e18"), "hexadecimal number 7704"},
		{one("uint256"), `"beef"`, words("beef"), "hexadecimal number 48879"},
		{one("int16"), `"-ff"`, words(strings.Repeat("f", 62) + "01"), "hexadecimal number -255"},
		{one("uint256"), `"0b11"`, words("b11"), "hexadecimal number 2833"},
		{one("uint256"), `"0o17"`, words("f"), "read as 15"},
		{one("uint256"), `"0X10"`, words("10"), "read as 16"},
		{one("uint256"), `"007"`, words("7"), "read as 7"},
		{one("uint256"), `"+5"`, words("5"), "read as 5"},
		{one("uint256"), `"'7'"`, words("7"), "read as 7"},
		{one("uint256"), `"1'000"`, words("3e8"), "read as 1000"},
		{one("int8"), `"-128"`, words(strings.Repeat("f", 62) + "80"), ""},
		{one("uint"), `"5"`, words("5"), ""},
		{one("bool"), `"tRUE "`, words("1"), ""},
		{one("bool"), `true`, words("1"), ""},
		{one("bool"), `1`, words("1"), "refuses to import"},
		{one("bool"), `{}`, words("1"), "read as true"},
		{one("address"), `"` + alice + `"`, words(aliceW), ""},
		{one("address"), `"` + strings.ToLower(alice) + `"`, words(aliceW), ""},
		{one("address"), `"0x` + strings.ToUpper(alice[2:]) + `"`, words(aliceW), ""},
		{one("address"), `"` + alice[2:] + `"`, words(aliceW), "0xd8dA 6BF2"},
		{one("address"), `"XE65GB6LDNXYOFTX0NSV3FUWKOWIXAMJK36"`, words("8ba1f109551bd432803012645ac136ddd64dba72"), "0x8ba1 f109"},
		{one("bytes"), `"0X12"`, words("20", "1", "12>"), ""},
		{one("bytes4"), `"0x12345678"`, words("12345678>"), ""},
		{one("string"), `" a "`, words("20", "3", "206120>"), ""},
		{one("string"), `null`, words("20", "0"), "null is read as the empty text"},
		{one("string"), `0`, words("20", "0"), "read as the empty text"},

		{one("uint256[]"), `"[1, 2]"`, words("20", "2", "1", "2"), ""},
		{one("uint256[]"), `"[\"1\",'2']"`, words("20", "2", "1", "2"), ""},
		{one("uint256[]"), `"[1e3]"`, words("20", "1", "1e3"), "hexadecimal number 483"},
		{one("uint256[]"), `"[1 000]"`, words("20", "1", "3e8"), `"1 000" is read as "1000"`},
		{one("uint256[]"), `"[\"1\"\"2\"]"`, words("20", "1", "c"), "quotes inside"},
		{one("uint256[]"), `"[1,]"`, words("20", "1", "1"), "comma before the closing bracket"},
		{one("uint256[2]"), `"[1,2]"`, words("1", "2"), ""},
		{one("uint8[][2]"), `"[[1],[]]"`, words("20", "40", "80", "1", "1", "0"), ""},
		{one("bool[]"), `"[true,,1]"`, words("20", "3", "1", "0", "1"), "nothing is read as false"},
		{one("bool[]"), `"[[false]]"`, words("20", "1", "1"), "an array of 1 is read as true"},
		{one("bytes[]"), `"[0x]"`, words("20", "1", "20", "0"), ""},
		{one("string[]"), `"[\"a,\"]"`, words("20", "1", "20", "2", "612c>"), ""},
		{one("string[]"), `["[\"a\"","\"b\"]"]`, words("20", "2", "40", "80", "1", "61>", "1", "62>"), "instead of a text"},

		{pair, `"[\"` + alice + `\",\"5\"]"`, words(aliceW, "5"), ""},
		{pair, `"[\"` + alice + `\",5]"`, words(aliceW, "5"), ""},
		{pair, `"[\"` + alice + `\",1e3]"`, words(aliceW, "3e8"), "read as 1000"},
		{pair, `"[\"` + alice + `\",9007199254740990.9]"`, words(aliceW, "1fffffffffffff"), "read as 9007199254740991"},
		{pair, `"[\"` + alice + `\",\" \"]"`, words(aliceW, "0"), "read as 0"},
		{pair, `"[\"` + alice + `\",\"-\"]"`, words(aliceW, "0"), "read as 0"},
		{pair, `"[\"` + alice + `\",\"-+0\"]"`, words(aliceW, "0"), "read as 0"},
		{pair, `"{\"n\":\"5\",\"a\":\"` + alice + `\"}"`, words(aliceW, "5"), ""},
		{pair, `"{\"n\":\"5\",\"a\":\"` + alice + `\",\"n\":\"6\"}"`, words(aliceW, "6"), "more than once"},
		{pair, `"{\"n\":\"5\",\"a\":\"` + alice + `\",\"to\":\"6\"}"`, words(aliceW, "5"), `"to" is ignored`},
		{flags, `"[true,false]"`, words("1", "0"), ""},
		{flags, `"[1,0]"`, words("1", "0"), ""},
		{flags, `"[\"false\",false]"`, words("1", "0"), `"false" is read as true`},
		{flags, `"[true,null]"`, words("1", "0"), "null is read as false"},
		{flags, `"{\"b\":true}"`, words("1", "0"), "nothing is read as false"},
		{flags, `"[\"\\ud800\",false]"`, words("1", "0"), "read as true"},
	} {
		t.Run(tt.input+tt.value, func(t *testing.T) {
			got, err := Encode(mustJSON(t, `{"name":"f","inputs":[`+tt.input+`]}`), mustJSON(t, `{"x":`+tt.value+`}`))
			if err != nil {
				t.Fatal(err)
			}
			if hex.EncodeToString(got.Data[4:]) != tt.want {
				t.Errorf("\ngot  %x\nwant %s", got.Data[4:], tt.want)
			}
			notes := strings.Join(got.Notes, "\n")
			if (notes == "") != (tt.note == "") || !strings.Contains(notes, tt.note) {
				t.Errorf("notes: got %q, want %q", notes, tt.note)
			}
		})
	}
}

// The app logs an error for each of these and sends 0x.
func TestEncodeOneThrows(t *testing.T) {
	for _, tt := range []struct{ input, value string }{
		{one("uint256"), `""`}, {one("uint256"), `null`}, {one("uint256"), `5`}, {one("uint256"), `["5"]`},
		{one("uint256"), `"1,000"`}, {one("uint256"), `"1_000"`}, {one("uint256"), `"1.0"`}, {one("uint256"), `"10n"`},
		{one("uint256"), `"0x"`}, {one("uint256"), `"+0x5"`}, {one("uint256"), `"- 5"`}, {one("uint256"), `"--5"`}, {one("uint256"), `"1 2"`},
		{one("uint256"), `"\u0665"`}, {one("uint256"), `"-1"`}, {one("uint8"), `"256"`}, {one("int8"), `"-129"`},
		{one("uint256"), `"0x1` + strings.Repeat("0", 64) + `"`}, {one("uint256"), `"` + strings.Repeat("9", 5000) + `"`},
		{one("bool"), `""`}, {one("bool"), `"yes"`}, {one("bool"), `false`}, {one("bool"), `"01"`},
		{one("address"), `""`}, {one("address"), `" ` + alice + `"`}, {one("address"), `"` + alice[:41] + `6"`}, {one("address"), `"vitalik.eth"`},
		{one("address"), `"0X` + alice[2:] + `"`}, {one("address"), `"` + strings.Replace(alice, "dA6", "Da6", 1) + `"`},
		{one("address"), `"XE65GB6LDNXYOFTX0NSV3FUWKOWIXAMJK37"`}, {one("address"), `["` + alice + `"]`},
		{one("bytes"), `""`}, {one("bytes"), `"0xabc"`}, {one("bytes"), `"12"`}, {one("bytes"), `"0x1g"`}, {one("bytes"), `"0x12 "`},
		{one("bytes4"), `"0x1234"`}, {one("bytes4"), `"0x1234567890"`}, {one("string"), `5`}, {one("string"), `["a"]`},
		{one("uint256[]"), `"1,2"`}, {one("uint256[]"), `[1,2]`}, {one("uint256[]"), `"[ ]"`}, {one("uint256[]"), `"[1,,2]"`},
		{one("uint256[]"), `"[[1]]"`}, {one("uint256[][]"), `"[1]"`}, {one("uint256[2]"), `"[1]"`}, {one("uint256[2]"), `"[1,2,3]"`}, {one("uint256[2]"), `"[1,2"`},
		{one("uint256[01]"), `"[1]"`}, {one("string[]"), `"['a']"`}, {one("string[]"), `"[a]"`}, {one("string[]"), `"[1]"`}, {one("string[]"), `"\"a\""`},
		{one("string[]"), `"[\"\\ud800\"]"`}, {one("string[]"), `"[\"\t\"]"`},
		{pair, `"[\"` + alice + `\",0x05]"`}, {pair, `"[\"` + alice + `\"]"`}, {pair, `"[\"` + alice + `\",\"ff\"]"`}, {pair, `"[\"` + alice + `\",\"\"]"`},
		{pair, `"[\"` + alice + `\",9007199254740993]"`}, {pair, `"[\"` + alice + `\",1.5]"`}, {pair, `"[\"` + alice + `\",1e400]"`},
		{pair, `"[\"` + alice + `\",true]"`}, {pair, `"{\"n\":\"5\"}"`}, {pair, `"5"`}, {pair, `5`}, {pair, `{"a":"` + alice + `","n":"5"}`},
		{pair, `"[\"` + alice + `\",5,]"`}, {pair, `"[\"` + alice + `\" 5]"`}, {pair, `"[\"` + alice + `\",5]]"`}, {pair, `"[\"` + alice + `\",05]"`}, {pair, `"(1,2)"`},
	} {
		t.Run(tt.input+tt.value, func(t *testing.T) {
			got, err := Encode(mustJSON(t, `{"name":"f","inputs":[`+tt.input+`]}`), mustJSON(t, `{"x":`+tt.value+`}`))
			wantError(t, got, err, ErrThrows)
		})
	}
}

func wantError(t *testing.T, got Result, err, kind error) {
	t.Helper()
	var ee *EncodeError
	if !errors.Is(err, kind) || !errors.As(err, &ee) {
		t.Fatalf("got 0x%x, %v, want the kind %q", got.Data, err, kind)
	}
	if ee.Found == "" || ee.Why == "" {
		t.Errorf("the error lacks what was found or why: %+v", ee)
	}
	if got.Data != nil || got.Signature != "" {
		t.Errorf("data 0x%x beside an error", got.Data)
	}
	for _, c := range []byte(err.Error()) {
		if c < ' ' || c > '~' {
			t.Fatalf("unprintable byte in %q", err)
		}
	}
	if len(err.Error()) > 1200 {
		t.Errorf("the message is %d bytes long", len(err.Error()))
	}
}

func TestEncodeMethod(t *testing.T) {
	const x = `{"name":"x","type":"uint256"}`
	for _, tt := range []struct{ name, method, values, signature, want, note string }{
		{"no inputs", `{"name":"acceptOwnership","inputs":[]}`, `null`, "acceptOwnership()", "79ba5097", ""},
		{"inputs absent", `{"name":"acceptOwnership"}`, `{}`, "acceptOwnership()", "79ba5097", ""},
		{"no inputs, values no object", `{"name":"acceptOwnership"}`, `[]`, "acceptOwnership()", "79ba5097", ""},
		{"transfer", `{"name":"transfer","payable":false,"inputs":[{"internalType":"address","name":"to","type":"address"},{"name":"amount","type":"uint256"}]}`,
			`{"amount":"1","to":"` + alice + `"}`, "transfer(address,uint256)", "a9059cbb" + words(aliceW, "1"), ""},
		{"aliases", `{"name":"f","inputs":[{"name":"x","type":"uint"}]}`, `{"x":"1"}`, "f(uint256)", "b3de648b" + words("1"), ""},
		{"unnamed by index", `{"name":"k","inputs":[{"name":"","type":"uint256"},{"type":"uint256"}]}`, `{"0":"1","1":"2"}`, "k(uint256,uint256)", "c2761031" + words("1", "2"), ""},
		{"equal names", `{"name":"k","inputs":[` + x + `,` + x + `]}`, `{"x":"1"}`, "k(uint256,uint256)", "c2761031" + words("1", "1"), "more than once"},
		{"value for nobody", `{"name":"f","inputs":[` + x + `]}`, `{"x":"1","X":"2"}`, "f(uint256)", "b3de648b" + words("1"), `"X" is ignored`},
		{"repeated value", `{"name":"f","inputs":[` + x + `]}`, `{"x":"1","x":"2"}`, "f(uint256)", "b3de648b" + words("2"), ""},
		{"indexed but not first", `{"name":"k","inputs":[` + x + `,{"name":"y","type":"uint256","indexed":true}]}`, `{"x":"1","y":"2"}`, "k(uint256,uint256)", "c2761031" + words("1", "2"), ""},
		{"outputs", `{"name":"acceptOwnership","outputs":[{"type":"bool"}]}`, `null`, "acceptOwnership()", "79ba5097", ""},
		{"components named anew", `{"name":"f","inputs":[{"name":"x","type":"tuple[1]","components":[{"type":"tuple","components":[` + x + `]}]}]}`,
			`{"x":"[[[\"1\"]]]"}`, "f(((uint256))[1])", "", ""},
		{"inherited", `{"name":"f","inputs":[{"name":"constructor","type":"bool"}]}`, `{}`, "f(bool)", "98c3a6c1" + words("1"), "every object inherits"},
		// Random cases against the app found this one: Object.prototype passes for a tuple.
		{"inherited object", `{"name":"f","inputs":[{"name":"__proto__","type":"(bool)","components":[{"name":"b","type":"bool"}]}]}`, `{}`, "f((bool))", "19cabbc5" + words("0"), "nothing is read as false"},
		{"inherited object as bool", `{"name":"f","inputs":[{"name":"__proto__","type":"bool"}]}`, `{}`, "f(bool)", "98c3a6c1" + words("1"), "an object of 0 members is read as true"},
		{"fallback", `{"name":"fallback","inputs":[]}`, `{}`, "", "", "no function"},
		{"receive", `{"name":"receive"}`, `null`, "", "", "no function"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Encode(mustJSON(t, tt.method), mustJSON(t, tt.values))
			if err != nil {
				t.Fatal(err)
			}
			if got.Signature != tt.signature {
				t.Errorf("signature: got %s, want %s", got.Signature, tt.signature)
			}
			if (tt.want != "" || tt.signature == "") && hex.EncodeToString(got.Data) != tt.want {
				t.Errorf("\ngot  %x\nwant %s", got.Data, tt.want)
			}
			notes := strings.Join(got.Notes, "\n")
			if (notes == "") != (tt.note == "") || !strings.Contains(notes, tt.note) {
				t.Errorf("notes: got %q, want %q", notes, tt.note)
			}
		})
	}
}

func TestEncodeMethodRefused(t *testing.T) {
	inputs := func(s string) string { return `{"name":"f","inputs":` + s + `}` }
	typed := func(s string) string { return inputs(`[{"name":"x","type":` + s + `}]`) }
	deep := strings.Repeat(`{"type":"tuple","components":[`, 17) + `{"type":"bool"}` + strings.Repeat(`]}`, 17)
	for _, tt := range []struct {
		method, values string
		kind           error
	}{
		{`"f"`, `{}`, ErrThrows}, {`5`, `{}`, ErrThrows}, {`[]`, `{}`, ErrThrows}, {`{}`, `{}`, ErrThrows}, {`{"name":""}`, `{}`, ErrThrows},
		{`{"name":null}`, `{}`, ErrThrows}, {`{"name":5}`, `{}`, ErrThrows}, {`{"name":"1f"}`, `{}`, ErrThrows}, {`{"name":"f(uint256)"}`, `{}`, ErrThrows},
		{`{"name":"f\n"}`, `{}`, ErrThrows}, {`{"name":"ƒ"}`, `{}`, ErrThrows},
		{`{"name":"fallback","inputs":[{"name":"x","type":"bytes"}]}`, `{"x":"0x"}`, ErrThrows},
		{inputs(`{}`), `{}`, ErrThrows}, {inputs(`"x"`), `{}`, ErrThrows}, {inputs(`[null]`), `{}`, ErrThrows}, {inputs(`["uint256 x"]`), `{}`, ErrThrows},
		{inputs(`[{"name":"x"}]`), `{"x":"1"}`, ErrThrows}, {inputs(`[{"name":"a b","type":"bool"}]`), `{"a b":"1"}`, ErrThrows},
		{inputs(`[{"name":5,"type":"bool"}]`), `{"5":"1"}`, ErrThrows},
		{inputs(`[{"name":"x","type":"bool","indexed":false}]`), `{"x":"1"}`, ErrThrows},
		{typed(`5`), `{"x":"1"}`, ErrThrows}, {typed(`""`), `{"x":"1"}`, ErrThrows}, {typed(`"uint7"`), `{"x":"1"}`, ErrThrows}, {typed(`"uint0"`), `{"x":"1"}`, ErrThrows},
		{typed(`"uint264"`), `{"x":"1"}`, ErrThrows}, {typed(`"bytes33"`), `{"x":"0x"}`, ErrThrows}, {typed(`"byte"`), `{"x":"0x"}`, ErrThrows},
		{typed(`"address payable"`), `{"x":"` + alice + `"}`, ErrThrows}, {typed(`"function"`), `{"x":"0x"}`, ErrThrows}, {typed(`"Bool"`), `{"x":"1"}`, ErrThrows},
		{typed(`"tuple"`), `{"x":"[]"}`, ErrThrows}, {typed(`"tuple","components":{}`), `{"x":"[]"}`, ErrThrows}, {typed(`"tuple","components":[null]`), `{"x":"[1]"}`, ErrThrows},
		{`{"name":"f","outputs":[{"type":"boo"}]}`, `{}`, ErrThrows}, {`{"name":"f","outputs":{}}`, `{}`, ErrThrows},

		{typed(`"uint08"`), `{"x":"1"}`, ErrNotReproduced}, {typed(`"bytes04"`), `{"x":"0x12345678"}`, ErrNotReproduced}, {typed(`"uint8[0]"`), `{"x":"[]"}`, ErrNotReproduced},
		{typed(`"uint8[65536]"`), `{"x":"[]"}`, ErrNotReproduced}, {typed(`"uint8[99999999999999999999]"`), `{"x":"[]"}`, ErrNotReproduced},
		{typed(`"tuple","components":[]`), `{"x":"[]"}`, ErrNotReproduced}, {typed(`"tuple","components":["uint8 a"]`), `{"x":"[1]"}`, ErrNotReproduced},
		{`{"name":"f","outputs":["bool"]}`, `{}`, ErrNotReproduced}, {`{"name":"` + strings.Repeat("f", 513) + `"}`, `{}`, ErrNotReproduced},
		{inputs(`[` + deep + `]`), `{}`, ErrNotReproduced}, {typed(`"bool` + strings.Repeat("[]", 17) + `"`), `{"x":"[]"}`, ErrNotReproduced},
		{typed(`"bool"`), `["1"]`, ErrNotReproduced}, {typed(`"bool"`), `"1"`, ErrNotReproduced},
		{typed(`"address"`), `{"x":"XE54ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"}`, ErrNotReproduced},
	} {
		t.Run(tt.method+tt.values, func(t *testing.T) {
			got, err := Encode(mustJSON(t, tt.method), mustJSON(t, tt.values))
			wantError(t, got, err, tt.kind)
		})
	}
}

// The nearest neighbour of what TestEncodeMethodRefused calls too deep.
func TestEncodeDeep(t *testing.T) {
	for name, tt := range map[string]struct{ input, value string }{
		"tuples": {strings.Repeat(`{"name":"x","type":"tuple","components":[`, 16) + `{"type":"bool"}` + strings.Repeat(`]}`, 16), strings.Repeat("[", 16) + "true" + strings.Repeat("]", 16)},
		"arrays": {one("bool" + strings.Repeat("[1]", 16)), strings.Repeat("[", 16) + "true" + strings.Repeat("]", 16)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Encode(mustJSON(t, `{"name":"f","inputs":[`+tt.input+`]}`), object(strictjson.Member{Key: "x", Value: *text(tt.value)}))
			if err != nil || hex.EncodeToString(got.Data[4:]) != words("1") {
				t.Errorf("got %x, %v", got.Data, err)
			}
		})
	}
}

// Without a method the app sends a plain transfer.
func TestEncodeWithoutMethod(t *testing.T) {
	for _, method := range []*strictjson.Value{nil, {}, {Kind: strictjson.Null}} {
		if got, err := Encode(method, nil); err != nil || got.Data != nil || got.Notes != nil {
			t.Errorf("got %+v, %v", got, err)
		}
	}
}

func TestErrorNamesTheParameter(t *testing.T) {
	method := mustJSON(t, `{"name":"f","inputs":[{"name":"calls","type":"tuple[]","components":[{"name":"target","type":"address"},{"name":"","type":"uint8[]"}]}]}`)
	for value, want := range map[string]string{
		`[["0x",[]]]`:                              `parameter "calls[0].target": found "0x", expected an address of 40 hexadecimal digits`,
		`[["` + alice + `",[1,300]]]`:              `parameter "calls[0].1[1]": found the number "300", expected an integer of 0 to 255 for uint8`,
		`[["` + alice + `",[]],["` + alice + `"]]`: `parameter "calls[1]": found an array of 1, expected 2 components`,
	} {
		_, err := Encode(method, object(strictjson.Member{Key: "calls", Value: *text(value)}))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Hostile sizes: each of these would cost far more than it is long.
func TestEncodeBounded(t *testing.T) {
	same := strings.TrimSuffix(strings.Repeat(`{"name":"x","type":"string"},`, 1000), ",")
	wide := strings.TrimSuffix(strings.Repeat(`{"name":"","type":"bool"},`, 1000), ",")
	long := strings.Repeat("n", 512)
	for _, tt := range []struct{ name, inputs, value string }{
		{"one text for a thousand parameters", same, strings.Repeat("a", 100_000)},
		{"commas", one("bool[]"), "[" + strings.Repeat(",", maxNodes+1) + "1]"},
		{"elements", one("uint8[]"), "[" + strings.Repeat("1,", maxNodes) + "1]"},
		{"brackets", one("bool[]"), strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)},
		{"json brackets", one("string[]"), strings.Repeat("[", 1_000_000)},
		{"json objects", pair, strings.Repeat(`{"a":`, 1_000_000)},
		{"json elements", one("string[]"), `[` + strings.Repeat(`"",`, maxNodes) + `""]`},
		{"components", `{"name":"x","type":"tuple[]","components":[` + wide + `]}`, "[" + strings.Repeat("["+strings.Repeat("0,", 999)+"0],", 300) + "[]]"},
		{"long paths", `{"name":"` + long + `","type":"uint8[]"}`, "[" + strings.Repeat("1,", maxNodes) + "1]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			values := object(strictjson.Member{Key: "x", Value: *text(tt.value)}, strictjson.Member{Key: long, Value: *text(tt.value)})
			got, err := Encode(mustJSON(t, `{"name":"f","inputs":[`+tt.inputs+`]}`), values)
			wantError(t, got, err, ErrNotReproduced)
		})
	}
}

func TestNotesBounded(t *testing.T) {
	value := "[" + strings.TrimSuffix(strings.Repeat("007,", 100), ",") + "]"
	got, err := Encode(mustJSON(t, `{"name":"f","inputs":[`+one("uint8[]")+`]}`), object(strictjson.Member{Key: "x", Value: *text(value)}))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(got.Notes); n != maxNotes+1 || got.Notes[maxNotes] != "and 84 more readings of this kind" {
		t.Errorf("got %d notes, the last %q", n, got.Notes[n-1])
	}
}

// Zero values and hand-made nonsense must not panic.
func TestEncodeNonsense(t *testing.T) {
	for _, method := range []*strictjson.Value{
		{Kind: 99}, {Kind: strictjson.Object}, {Kind: strictjson.Object, Members: []strictjson.Member{{}}},
		object(strictjson.Member{Key: "name", Value: *text("f")}, strictjson.Member{Key: "inputs", Value: strictjson.Value{Kind: 99}}),
		object(strictjson.Member{Key: "name", Value: *text("f")}, strictjson.Member{Key: "inputs", Value: strictjson.Value{Kind: strictjson.Array, Items: []strictjson.Value{{}, {Kind: 99}}}}),
		object(strictjson.Member{Key: "name", Value: *text("f\xff")}),
	} {
		for _, values := range []*strictjson.Value{nil, {}, {Kind: 99}, object(strictjson.Member{})} {
			if got, err := Encode(method, values); err == nil && method.Kind != strictjson.Invalid {
				t.Errorf("%+v: got %+v, want an error", method, got)
			}
		}
	}
}
