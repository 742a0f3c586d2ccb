package strict

import (
	"bytes"
	"testing"
)

func BenchmarkTransfer(b *testing.B) {
	data := unhex("a9059cbb 0*12 92d0ebaf7eb707f0650f9471e61348f4656c29bc 0*27 05d21dba00")
	benchmark(b, data)
}

func BenchmarkMultiSend100(b *testing.B)   { benchmark(b, batchOf(100)) }
func BenchmarkMultiSend1000(b *testing.B)  { benchmark(b, batchOf(1000)) }
func BenchmarkMultiSend10000(b *testing.B) { benchmark(b, batchOf(10000)) }

func batchOf(n int) []byte {
	return append(unhex("8d80ff0a"), list(content(string(bytes.Repeat(unhex(usdcEntry), n))))...)
}

func benchmark(b *testing.B, data []byte) {
	decls := map[[4]byte][]string{{0x8d, 0x80, 0xff, 0x0a}: {multiSendDecl}, {0xa9, 0x05, 0x9c, 0xbb}: {transferDecl}}
	lookup := func(_ [20]byte, s [4]byte) []string { return decls[s] }
	lim := Limits{Calls: 20000, Depth: 8, Bytes: 4 << 20}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		c, err := Decode(Input{Data: data}, lookup, lim)
		if err != nil || c.Status != statusDecoded {
			b.Fatal(c, err)
		}
		if len(c.Transcript()) == 0 {
			b.Fatal("no transcript")
		}
	}
}
