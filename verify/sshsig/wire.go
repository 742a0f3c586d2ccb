package sshsig

import "encoding/binary"

// wire reads the strings of a blob. After the first that is not there it stays
// failed and gives nothing more.
type wire struct {
	rest   []byte
	failed bool
}

// take returns the next n bytes.
func (w *wire) take(n int) []byte {
	if w.failed || n > len(w.rest) {
		w.failed = true
		return nil
	}
	out := w.rest[:n:n]
	w.rest = w.rest[n:]
	return out
}

func (w *wire) uint32() uint32 {
	b := w.take(4)
	if w.failed {
		return 0
	}
	return binary.BigEndian.Uint32(b)
}

// text returns the next string.
func (w *wire) text() []byte {
	n := w.uint32()
	if w.failed || uint64(n) > uint64(len(w.rest)) {
		w.failed = true
		return nil
	}
	return w.take(int(n))
}

// done reports whether all was there and nothing is left.
func (w *wire) done() bool { return !w.failed && len(w.rest) == 0 }

// appendText appends a string.
func appendText(dst, s []byte) []byte {
	return append(binary.BigEndian.AppendUint32(dst, uint32(len(s))), s...)
}
