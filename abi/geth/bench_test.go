package geth

import (
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func benchmark(b *testing.B, in Input, lookup Lookup) {
	b.Helper()
	b.ReportAllocs()
	b.SetBytes(int64(len(in.Data)))
	for b.Loop() {
		c, err := Decode(in, lookup, wide)
		if err != nil {
			b.Fatal(err)
		}
		if len(c.Transcript()) == 0 {
			b.Fatal("no transcript")
		}
	}
}

func transferData() []byte {
	return join(unhex("a9059cbb"), enc("92d0ebaf7eb707f0650f9471e61348f4656c29bc", "05d21dba00"))
}

func BenchmarkTransfer(b *testing.B) {
	lookup := book{"a9059cbb": {"transfer(address to,uint256 amount)"}}.lookup
	benchmark(b, Input{To: testTarget, Data: transferData()}, lookup)
}

func BenchmarkExecTransaction(b *testing.B) {
	benchmark(b, Input{To: testTarget, Data: vectorExecTransaction()}, published.lookup)
}

func BenchmarkMultiSend(b *testing.B) {
	lookup := book{"a9059cbb": {"transfer(address to,uint256 amount)"}, "8d80ff0a": {"multiSend(bytes)"}}.lookup
	for _, n := range []int{10, 100, 1000, 10_000} {
		var packed []byte
		for range n {
			packed = append(packed, packedEntry(0, "aaaa", "0", "44", transferData()...)...)
		}
		in := Input{Operation: 1, To: testTarget, Data: join(unhex("8d80ff0a"), enc("20"), encodeContent(packed))}
		b.Run(strconv.Itoa(n), func(b *testing.B) { benchmark(b, in, lookup) })
	}
}

// BenchmarkHostile measures the most expensive megabytes that are known.
func BenchmarkHostile(b *testing.B) {
	const size = 1 << 20
	lists := enc("20", "4000")
	for i := range 0x4000 {
		lists = append(lists, numberWord(0x4000*32+i*32)...)
	}
	lists = append(lists, make([]byte, 0x4000*32)...)
	wideTuple := "(" + repeat("("+repeat("uint8", 10)+")", 60) + ")"
	for _, c := range []struct {
		name, decl string
		args       []byte
	}{
		{"words", "f(uint256[])", join(enc("20"), numberWord(size/32), []byte(strings.Repeat("\xff", size)))},
		{"bytes", "f(bytes)", join(enc("20"), encodeContent([]byte(strings.Repeat("\xff", size))))},
		{"lists", "f(uint8[][])", lists},
		{"lists of a wide tuple", "f(" + wideTuple + "[][])", lists},
		{"bomb", "f(uint8" + strings.Repeat("[]", 16) + ")", bomb(15, size/32/15)},
		{"nothing fits", "f(uint8[65535][65535])", make([]byte, size)},
	} {
		b.Run(c.name, func(b *testing.B) {
			if s := decodeArgs(b, c.args, c.decl).Status; s == Unknown {
				b.Fatal("the declaration is outside the grammar")
			}
			benchmark(b, Input{Data: join(testSelector[:], c.args)}, func(common.Address, [4]byte) []string { return []string{c.decl} })
		})
	}
	b.Run("nested 63 deep", func(b *testing.B) {
		data := make([]byte, size)
		for range 63 {
			data = join(testSelector[:], enc("aaaa", "0", "60"), encodeContent(data))
		}
		benchmark(b, Input{Data: data}, only("execute(address,uint256,bytes)"))
	})
}
