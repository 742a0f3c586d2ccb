package sarif

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// plain makes a text of a report one that a viewer shows as it is. In a SARIF message
// "[text](target)" is a link and "{0}" a placeholder, in plain text too; a space takes
// their meaning and leaves them readable. (The standard would have every brace doubled;
// viewers do not undo that, and what is said of an intent would be copied with it.)
func plain(s string) string {
	s = strings.ReplaceAll(report.Escape(s), "](", "] (")
	if !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] == '{' && i+1 < len(s) && '0' <= s[i+1] && s[i+1] <= '9' {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// unreserved are the bytes that a URI holds as they are (RFC 3986, section 2.3).
const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// uri writes a file name as a URI reference: relative to where the program ran, or a file
// URI if the name is absolute. Every byte that is not unreserved is percent-encoded, so
// that no name can begin a scheme, a query or another host.
func uri(name string) string {
	path := strings.TrimPrefix(slashes(name), "./")
	var b strings.Builder
	switch {
	case strings.HasPrefix(path, "/"):
		b.WriteString("file://")
		path = "/" + strings.TrimLeft(path, "/")
	case hasDrive(path):
		b.WriteString("file:///")
	}
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '/' || strings.IndexByte(unreserved, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

// hasDrive reports a name such as C:/x.
func hasDrive(path string) bool {
	return len(path) > 2 && path[1] == ':' && path[2] == '/' && ('a' <= path[0]|0x20 && path[0]|0x20 <= 'z')
}
