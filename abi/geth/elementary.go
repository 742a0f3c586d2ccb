package geth

import "strconv"

// elementary holds every type of one word, bytes and string, by its only
// spelling: "uint" and "uint08" are not found, because a selector is computed
// from the canonical text and another spelling would belong to another function.
var elementary = func() map[string]*typ {
	m := make(map[string]*typ, 100)
	add := func(text string, k kind, size int) {
		m[text] = &typ{kind: k, text: text, size: size, head: 1, least: 1}
	}
	for bits := 8; bits <= 256; bits += 8 {
		add("uint"+strconv.Itoa(bits), kindUint, bits)
		add("int"+strconv.Itoa(bits), kindInt, bits)
	}
	for n := 1; n <= 32; n++ {
		add("bytes"+strconv.Itoa(n), kindFixedBytes, n)
	}
	add("address", kindAddress, 20)
	add("bool", kindBool, 1)
	m["bytes"] = &typ{kind: kindBytes, text: "bytes", dynamic: true, head: 1, least: 2}
	m["string"] = &typ{kind: kindString, text: "string", dynamic: true, head: 1, least: 2}
	return m
}()
