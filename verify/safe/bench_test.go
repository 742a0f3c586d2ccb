package safe_test

import (
	"testing"

	"github.com/coldsign/coldsign/verify/safe"
)

func BenchmarkHash(b *testing.B) {
	tx := fullTx(b)
	d := safe.Domain{Era: safe.EraChainID, ChainID: u(10), Safe: addr("0x2222222222222222222222222222222222222222")}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tx.Hash(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRecover(b *testing.B) {
	s, err := safe.ParseConfirmation(unhex(b, parentSig))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Recover(hash(parentHash)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseBlob(b *testing.B) {
	blob := unhex(b, bybitBlob)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := safe.ParseBlob(blob, 3); err != nil {
			b.Fatal(err)
		}
	}
}
