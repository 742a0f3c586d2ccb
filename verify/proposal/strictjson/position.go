package strictjson

import (
	"bytes"
	"unicode/utf8"
)

// Position returns the 1-based line and the 1-based column, in code points, of
// a byte offset. Lines end with a line feed. It costs one pass over the data
// before the offset, so call it for what is shown only.
func Position(data []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(data))
	before := data[:offset]
	line = 1 + bytes.Count(before, []byte{'\n'})
	start := 1 + bytes.LastIndexByte(before, '\n')
	return line, 1 + utf8.RuneCount(before[start:])
}
