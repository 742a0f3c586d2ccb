package keyfile

import (
	"fmt"
	"testing"

	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

func BenchmarkParse(b *testing.B) {
	raw := []byte(sample)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(raw); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen: n 4096 with p 1, the standard of geth, and the costliest files that
// are let in: by memory, by work, and by rounds (whose passphrase is wrong).
func BenchmarkOpen(b *testing.B) {
	for _, c := range []struct{ n, p int }{{4096, 1}, {262144, 1}, {1 << 20, 1}, {1 << 20, 2}} {
		b.Run(fmt.Sprintf("n=%d,p=%d", c.n, c.p), func(b *testing.B) {
			f := mustParse(b, string(keyfiletest.JSON(b, keyfiletest.Key(b, sampleKey), passphrase, c.n, c.p)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Open([]byte(passphrase)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, c := range []string{"262144", "10000000"} {
		b.Run("c="+c, func(b *testing.B) {
			f := mustParse(b, change(b, asPBKDF2(b), "262144", c))
			for b.Loop() {
				if _, err := f.Open([]byte(passphrase)); err == nil {
					b.Fatal("a wrong passphrase opened the file")
				}
			}
		})
	}
}

func BenchmarkSign(b *testing.B) {
	k := mustOpen(b, sample)
	for b.Loop() {
		if _, err := k.Sign(digest("x")); err != nil {
			b.Fatal(err)
		}
	}
}
