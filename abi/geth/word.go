package geth

// holds reports whether a word is the encoding of a value of a one-word type:
// in range, with clean padding (Contract ABI Specification, Formal Specification
// of the Encoding). The library has no such check for most widths of integers:
// uint160 with a bit above comes out as it went in, and is shown as a number
// that no uint160 has, while the contract may cut it to another.
func (t *typ) holds(word []byte) bool {
	switch t.kind {
	case kindUint:
		return zero(word[:wordSize-t.size/8])
	case kindInt:
		return signExtended(word, wordSize-t.size/8)
	case kindAddress:
		return zero(word[:12])
	case kindBool:
		return zero(word[:31]) && word[31] <= 1
	case kindFixedBytes:
		return zero(word[t.size:])
	}
	return false
}

// signExtended reports whether the first n bytes repeat the sign bit of the
// number that starts behind them.
func signExtended(word []byte, n int) bool {
	var fill byte
	if word[n]&0x80 != 0 {
		fill = 0xff
	}
	for _, b := range word[:n] {
		if b != fill {
			return false
		}
	}
	return true
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
