package report

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestJSONString: what stands in a line is what was put in, in ASCII, wherever in the text
// an escape stands.
func TestJSONString(t *testing.T) {
	texts := []string{"", "plain", `"`, `\`, "a\"b\\c\nd", "\u2028<>&", "\U0001f600", "a\xffb", "\xf0\x9f", "\ufeff"}
	for c := range 256 {
		texts = append(texts, string([]byte{byte(c)}), "a"+string([]byte{byte(c)})+"b", string(rune(c))+string(rune(c)))
	}
	for _, text := range texts {
		line := appendJSONString(nil, text)
		if i := strings.IndexFunc(string(line), func(r rune) bool { return r < 0x20 || r > 0x7e }); i >= 0 {
			t.Errorf("%q: byte %#x in the line", text, line[i])
		}
		var got string
		if err := json.Unmarshal(line, &got); err != nil || got != strings.ToValidUTF8(text, "\ufffd") && got != string([]rune(text)) {
			t.Errorf("%q came back as %q, %v", text, got, err)
		}
	}
}
