package strictjson

import "strconv"

// Bounds of a path in messages: keys are untrusted and may be huge.
const (
	maxPath = 240
	maxKey  = 48
)

// JoinKey appends a key to a path: "a.b", or "a[\"odd key\"]" for keys that are
// no plain identifier. Long keys and paths are cut with "...".
func JoinKey(path, key string) string {
	if len(path) > maxPath {
		return path
	}
	if !plainKey(key) {
		return path + "[" + quoteKey(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// JoinIndex appends a list index to a path: "a[3]".
func JoinIndex(path string, i int) string {
	if len(path) > maxPath {
		return path
	}
	return path + "[" + strconv.Itoa(i) + "]"
}

func plainKey(key string) bool {
	if key == "" || len(key) > maxKey {
		return false
	}
	for i := 0; i < len(key); i++ {
		c := key[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// quoteKey quotes an untrusted key in ASCII and bounds its length.
func quoteKey(key string) string {
	if len(key) > maxKey {
		return strconv.QuoteToASCII(key[:maxKey]) + "..."
	}
	return strconv.QuoteToASCII(key)
}
