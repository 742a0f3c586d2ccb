package strictjson

import (
	"errors"
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, in, code, path string
		line, column         int
	}{
		{"empty", "", CodeSyntax, "", 1, 1},
		{"blank", " \n ", CodeSyntax, "", 2, 2},
		{"byte order mark", "\xef\xbb\xbf{}", CodeTrailing, "", 1, 1},
		{"second document", "{}\n{}", CodeTrailing, "", 2, 1},
		{"nul after the document", "{}\x00", CodeTrailing, "", 1, 3},
		{"comment before", "// x\n{}", CodeTrailing, "", 1, 1},
		{"comment inside", "{\"a\":1,\n /* x */ \"b\":2}", CodeTrailing, "a", 2, 2},
		{"comment after", "{} // x", CodeTrailing, "", 1, 4},
		{"nan", `{"a":NaN}`, CodeTrailing, "a", 1, 6},
		{"infinity", `[Infinity]`, CodeTrailing, "[0]", 1, 2},
		{"minus infinity", `[-Infinity]`, CodeTrailing, "[0]", 1, 2},
		{"trailing comma object", `{"a":1,}`, CodeSyntax, "a", 1, 8},
		{"trailing comma list", `[1,]`, CodeSyntax, "[1]", 1, 4},
		{"single quotes", `{'a':1}`, CodeSyntax, "", 1, 2},
		{"bare key", `{a:1}`, CodeSyntax, "", 1, 2},
		{"leading zero", `[01]`, CodeSyntax, "[0]", 1, 2},
		{"hex number", `[0x1]`, CodeSyntax, "[0]", 1, 2},
		{"underscore", `[1_0]`, CodeSyntax, "[0]", 1, 2},
		{"plus", `[+1]`, CodeSyntax, "[0]", 1, 2},
		{"bare point", `[1.]`, CodeSyntax, "[0]", 1, 4},
		{"bare exponent", `[1e]`, CodeSyntax, "[0]", 1, 4},
		{"bare minus", `[-]`, CodeSyntax, "[0]", 1, 3},
		{"open string", `["a`, CodeSyntax, "[0]", 1, 2},
		{"open escape", `["a\`, CodeSyntax, "[0]", 1, 4},
		{"bad escape", `["\x"]`, CodeSyntax, "[0]", 1, 3},
		{"short unicode escape", `["\u00f"]`, CodeSyntax, "[0]", 1, 3},
		{"open list", `[1`, CodeSyntax, "[1]", 1, 3},
		{"open object", `{"a":1`, CodeSyntax, "a", 1, 7},
		{"wrong bracket", `[1}`, CodeSyntax, "[1]", 1, 3},
		{"missing colon", `{"a" 1}`, CodeSyntax, "a", 1, 6},
		{"word", `[nul]`, CodeSyntax, "[0]", 1, 2},
		{"upper-case word", `[True]`, CodeSyntax, "[0]", 1, 2},
		{"invalid utf-8", "{\"a\":\"\xff\"}", CodeUTF8, "", 1, 7},
		{"overlong utf-8", "[\"\xc0\xaf\"]", CodeUTF8, "", 1, 3},
		{"utf-16", "{\x00\"\x00\xd8", CodeUTF8, "", 1, 5},
		{"lone high surrogate", `["\ud800"]`, CodeUTF8, "[0]", 1, 3},
		{"lone low surrogate", `["\udc00"]`, CodeUTF8, "[0]", 1, 3},
		{"two high surrogates", `["\ud800\ud800"]`, CodeUTF8, "[0]", 1, 3},
		{"duplicate key", `{"to":1,"to":2}`, CodeDuplicate, "to", 1, 9},
		{"duplicate by escape", `{"to":1,"\u0074o":2}`, CodeDuplicate, "to", 1, 9},
		{"duplicate deep", `{"a":[{},{"b":1,"c":2,"b":3,"d":0}],"e":0}`, CodeDuplicate, "a[1].b", 1, 23},
		{"escaped key before others", `{"x\u0061":1,"y":2}`, CodeKeyResembles, "xa", 1, 2},
		{"case pair", `{"operation":0,"Operation":1}`, CodeKeyResembles, "Operation", 1, 16},
		{"escaped key", `{"oper\u0061tion":1}`, CodeKeyResembles, "operation", 1, 2},
		{"escaped slash in key", `{"a\/b":1}`, CodeKeyResembles, `["a/b"]`, 1, 2},
		{"long s", "{\"safe\":1,\"\u017fafe\":2}", CodeNonASCIIKey, "safe", 1, 11},
		{"long s by escape", `{"\u017fafe":2}`, CodeNonASCIIKey, "", 1, 2},
		{"kelvin", "{\"\u212aey\":2}", CodeNonASCIIKey, "", 1, 2},
		{"zero width in key", "{\"to\u200b\":2}", CodeNonASCIIKey, "", 1, 2},
		{"control in key", `{"a\u001b":2}`, CodeControl, "", 1, 2},
		{"delete in key", "{\"a\x7f\":2}", CodeControl, "", 1, 2},
		{"raw escape byte", "[\"a\x1b[2K\"]", CodeControl, "[0]", 1, 4},
		{"raw newline", "[\"a\nb\"]", CodeControl, "[0]", 1, 4},
		{"form feed between", "[\f1]", CodeSyntax, "[0]", 1, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, err := Parse([]byte(tt.in), Limits{})
			var e *Error
			if !errors.As(err, &e) || v != nil {
				t.Fatalf("Parse = %v, %v; want nil and an *Error", v, err)
			}
			if e.Code != tt.code || e.Path != tt.path || e.Line != tt.line || e.Column != tt.column {
				t.Errorf("got %q at %q %d:%d (%s); want %q at %q %d:%d", e.Code, e.Path, e.Line, e.Column, e.Msg, tt.code, tt.path, tt.line, tt.column)
			}
			if e.Msg == "" || strings.ContainsAny(e.Msg, "\x1b\n") {
				t.Errorf("message %q is empty or not escaped", e.Msg)
			}
		})
	}
}

func TestParseAccepts(t *testing.T) {
	for _, in := range []string{
		`null`, ` true `, "\r\n\tfalse\n", `0`, `-0`, `1e5`, `1.25E-3`, `123456789012345678901234567890`,
		`""`, `"\u00e9\ud83d\ude00\/\b\f\n\r\t\\\""`, `"\u001b"`, `"ü"`, `[]`, `{}`, `[[],{},[{}]]`,
		`{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}`, `{"":1}`, `{"ab":1,"abc":2,"a":3}`, `{"a_b":1,"ab":2}`,
	} {
		if _, err := Parse([]byte(in), Limits{}); err != nil {
			t.Errorf("Parse(%s) = %v", in, err)
		}
	}
}

func TestValues(t *testing.T) {
	v, err := Parse([]byte(`{"s":"a\u0041\ud83d\ude00","n":-1.50,"l":[true,null,"x"],"o":{"k":false}}`), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		got  *Value
		kind Kind
		text string
	}{
		{"string", v.Get("s"), String, "aA\U0001f600"},
		{"number keeps its text", v.Get("n"), Number, "-1.50"},
		{"nested", v.Get("o").Get("k"), Bool, ""},
		{"item", &v.Get("l").Items[2], String, "x"},
	} {
		if tt.got == nil || tt.got.Kind != tt.kind || tt.got.Text != tt.text {
			t.Errorf("%s: got %+v, want %v %q", tt.name, tt.got, tt.kind, tt.text)
		}
	}
	if v.Get("S") != nil || v.Has("q") || v.Get("n").Get("x") != nil || (*Value)(nil).Get("x") != nil {
		t.Error("Get found a key that is not there")
	}
	if l := v.Get("l"); !l.Items[0].Bool || l.Items[1].Given() || l.Items[1].Kind != Null {
		t.Errorf("list = %+v", l)
	}
	want := `{"s":"aA\ud83d\ude00","n":-1.50,"l":[true,null,"x"],"o":{"k":false}}`
	if got := string(v.AppendText(nil)); got != want {
		t.Errorf("AppendText = %s, want %s", got, want)
	}
}

func TestManyKeys(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 3000 {
		b.WriteString(`"` + strings.Repeat("k", i/50) + string(rune('a'+i%25)) + string(rune('A'+i%50/25)) + `":0,`)
	}
	good := b.String() + `"last":0}`
	if _, err := Parse([]byte(good), Limits{}); err != nil && err.(*Error).Code != CodeKeyResembles {
		t.Fatal(err)
	}
	for _, tt := range []struct{ tail, code string }{{`"last":0,"last":1}`, CodeDuplicate}, {`"last":0,"LAST":1}`, CodeKeyResembles}} {
		var e *Error
		big := "{"
		for i := range 500 {
			big += `"` + strings.Repeat("k", i) + `":0,`
		}
		if _, err := Parse([]byte(big+tt.tail), Limits{}); !errors.As(err, &e) || e.Code != tt.code {
			t.Errorf("%s: got %v, want %s", tt.tail, err, tt.code)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		lim      Limits
		ok       bool
	}{
		{"bytes", `[1,2]`, Limits{Bytes: 4}, false},
		{"bytes just", `[1,2]`, Limits{Bytes: 5}, true},
		{"depth", `[[[]]]`, Limits{Depth: 2}, false},
		{"depth just", `[[[]]]`, Limits{Depth: 3}, true},
		{"depth of objects", `{"a":{"a":{}}}`, Limits{Depth: 2}, false},
		{"items", `[1,2,3]`, Limits{Items: 3}, false},
		{"items just", `[1,2,3]`, Limits{Items: 4}, true},
		{"default depth", strings.Repeat("[", DefaultDepth+1), Limits{}, false},
		{"default items", "[" + strings.Repeat("0,", DefaultItems) + "0]", Limits{}, false},
		{"default bytes", `"` + strings.Repeat("a", DefaultBytes) + `"`, Limits{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.in), tt.lim)
			var e *Error
			if tt.ok && err != nil || !tt.ok && (!errors.As(err, &e) || e.Code != CodeLimit) {
				t.Errorf("got %v, want ok %v", err, tt.ok)
			}
		})
	}
}

func TestSkeleton(t *testing.T) {
	for in, want := range map[string]string{
		"\u017fafe": "safe", "\u212aey": "key", "t\u043e": "to", "to\u200b": "to", "\uff54\uff4f": "to", "to\u0301": "to", "größe": "", "to": "to",
	} {
		if got := Skeleton(in); got != want {
			t.Errorf("Skeleton(%+q) = %q, want %q", in, got, want)
		}
	}
}

func TestPosition(t *testing.T) {
	data := []byte("a\nbé€x\n")
	for _, tt := range []struct{ offset, line, column int }{{0, 1, 1}, {1, 1, 2}, {2, 2, 1}, {3, 2, 2}, {8, 2, 4}, {10, 3, 1}, {99, 3, 1}, {-1, 1, 1}} {
		if line, column := Position(data, tt.offset); line != tt.line || column != tt.column {
			t.Errorf("Position(%d) = %d, %d; want %d, %d", tt.offset, line, column, tt.line, tt.column)
		}
	}
}
