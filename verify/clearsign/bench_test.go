package clearsign

import (
	"math/big"
	"os"
	"testing"
)

// BenchmarkLoadRegistry reads the whole registry with its cases.
func BenchmarkLoadRegistry(b *testing.B) {
	fsys := os.DirFS(corpus(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCall(b *testing.B) {
	const text = "transfer(address to,uint256 value)"
	bundle := load(b, file(`"`+text+`": {"intent": "Send", "interpolatedIntent": "Send {value} to {to}", "fields": [
		{"path": "value", "label": "Amount", "format": "tokenAmount", "params": {"token": "`+tokenA+`"}}, {"path": "to", "label": "To", "format": "addressName"}]}`))
	c := call(b, text, alice, big.NewInt(1500000))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bundle.Call(c, known{}); err != nil {
			b.Fatal(err)
		}
	}
}
