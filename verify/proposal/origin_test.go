package proposal

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// withOrigin is the service's record with a text as its origin.
func withOrigin(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return strings.Replace(samples["service"], `"origin":"{\"url\":\"https://app.safe.global\",\"name\":\"Safe\"}"`, `"origin":`+string(b), 1)
}

// JSON inside origin is looked at as far as a file is, or not passed.
func TestOriginLimits(t *testing.T) {
	list := func(n int, last string) string {
		return `{"a":[` + strings.Repeat(`"x",`, n) + `"` + last + `"]}`
	}
	deep := func(n int, inner string) string {
		return strings.Repeat(`[`, n) + `"` + inner + `"` + strings.Repeat(`]`, n)
	}
	for _, tt := range []struct{ name, origin, want string }{
		{"long", list(5000, "x"), ""},
		{"spoof behind 5000 items", list(5000, `\u202e`), "UNICODE_SPOOF"},
		{"control behind 5000 items", list(5000, `\u001b[2K`), "CONTROL_CHARACTERS"},
		{"more items than a file", list(250_000, `\u202e`), "INPUT_LIMIT"},
		{"deep", deep(20, "x"), ""},
		{"spoof 20 deep", deep(20, `\u202e`), "UNICODE_SPOOF"},
		{"deeper than a file", deep(70, `\u202e`), "INPUT_LIMIT"},
		{"key twice", `{"a":"\u202e","a":"x"}`, "JSON_DUPLICATE_KEY"},
		{"second document", `{"a":"x"}{"a":"\u202e"}`, "JSON_TRAILING_DATA"},
		{"comment", `{"a":"\u202e"/**/}`, "JSON_TRAILING_DATA"},
		{"blanks around", ` {"a":"\u202e"} `, "UNICODE_SPOOF"},
		{"origin in origin", fmt.Sprintf(`{"origin":%q}`, `{"a":"\u202e"}`), "UNICODE_SPOOF"},
		{"plain text", `Safe Apps: the {treasury}`, ""},
		{"address", `https://app.safe.global // treasury`, ""},
		{"broken JSON", `{"a":`, ""},
		{"empty", ``, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw := withOrigin(tt.origin)
			if raw == samples["service"] {
				t.Fatal("the origin was not replaced")
			}
			res, err := Parse([]byte(raw), testOptions)
			if err != nil || res.Proposal == nil {
				t.Fatal(res.Findings, err)
			}
			if got := strings.Join(codes(res), " "); got != tt.want {
				t.Errorf("codes %q, want %q: %+v", got, tt.want, res.Findings)
			}
			for _, f := range res.Findings {
				if !printable(f.Message+f.Where) || f.Line == 0 || !strings.HasPrefix(f.Where, "origin") {
					t.Errorf("got %+v", f)
				}
			}
		})
	}
}

// More findings in origin than are kept are counted.
func TestOriginFindings(t *testing.T) {
	res, err := Parse([]byte(withOrigin(`["`+strings.Repeat(`\u202e","`, 3*maxFindings)+`"]`)), testOptions)
	if err != nil || len(res.Findings) != maxFindings+1 || res.Findings[maxFindings].Code != "INPUT_LIMIT" || !strings.Contains(res.Findings[maxFindings].Message, fmt.Sprint(2*maxFindings)) {
		t.Errorf("got %d findings, %v: %+v", len(res.Findings), err, res.Findings[len(res.Findings)-1])
	}
}
