package policy

import (
	"testing"

	"github.com/coldsign/coldsign/abi"
)

func BenchmarkParse(b *testing.B) {
	raw := []byte(example(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	p := parsed(b, base)
	for name, n := range map[string]int{"1": 1, "5000": 5000} {
		entries := make([]abi.Root, n)
		for i := range entries {
			entries[i] = send(hot, ether(1))
		}
		f := about(b, p, batch(b, entries...))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.Judge(f)
			}
		})
	}
}
