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

// A Walker turns offsets into positions in one pass, where there are many.
type Walker struct {
	data         []byte
	at           int
	line, column int
}

// Walk starts at the beginning of the data.
func Walk(data []byte) *Walker { return &Walker{data: data, line: 1, column: 1} }

// To returns what Position does of an offset that is not before the last one.
func (w *Walker) To(offset int) (line, column int) {
	offset = min(max(offset, w.at), len(w.data))
	part := w.data[w.at:offset]
	if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
		w.line += bytes.Count(part, []byte{'\n'})
		w.column, part = 1, part[i+1:]
	}
	w.column += utf8.RuneCount(part)
	w.at = offset
	return w.line, w.column
}
