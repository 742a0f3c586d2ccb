package builder

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// FuzzEncode: no panic; either data or an *EncodeError; and data that accounts/abi
// reads by the signature and writes again to the same bytes.
func FuzzEncode(f *testing.F) {
	for _, seed := range [][2]string{
		{`{"name":"f","inputs":[{"name":"x","type":"uint256"}]}`, `{"x":"1e18"}`},
		{`{"name":"f","inputs":[{"name":"x","type":"bool[][2]"}]}`, `{"x":"[[true,,0],[ ]]"}`},
		{`{"name":"f","inputs":[` + pair + `,{"type":"string[]"}]}`, `{"x":"{\"n\":\"-\",\"a\":\"` + alice + `\"}","1":"[\"a\"]"}`},
		{`{"name":"f","inputs":[{"name":"x","type":"tuple[]","components":[{"type":"bytes"},{"type":"int8"}]}]}`, `{"x":["[[\"0x12\",-1]]"]}`},
		{`{"name":"fallback"}`, `null`},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, methodText, valuesText string) {
		method, err := readJSON([]byte(methodText))
		if err != nil {
			return
		}
		values, err := readJSON([]byte(valuesText))
		if err != nil {
			return
		}
		got, err := Encode(method, values)
		if err != nil {
			if !errors.Is(err, ErrThrows) && !errors.Is(err, ErrNotReproduced) {
				t.Fatalf("an error of no kind: %v", err)
			}
			if got.Data != nil {
				t.Fatal("data beside an error")
			}
			return
		}
		for _, note := range got.Notes {
			for _, c := range []byte(note) {
				if c < ' ' || c > '~' {
					t.Fatalf("unprintable byte in the note %q", note)
				}
			}
		}
		if got.Signature != "" {
			roundTrip(t, got)
			return
		}
		if len(got.Data) != 0 {
			t.Fatalf("data %x without a signature", got.Data)
		}
	})
}

func roundTrip(t *testing.T, got Result) {
	d, err := encode.ParseDeclaration(got.Signature)
	if err != nil {
		return // more parameters than a declaration may have
	}
	if id := d.Selector(); !bytes.HasPrefix(got.Data, id[:]) {
		t.Fatalf("%s: selector %x of data %x", got.Signature, id, got.Data)
	}
	parsed, err := abi.ParseSelector(got.Signature)
	if err != nil {
		t.Fatalf("%s: %v", got.Signature, err)
	}
	var args abi.Arguments
	for _, in := range parsed.Inputs {
		typ, err := abi.NewType(in.Type, in.InternalType, in.Components)
		if err != nil {
			t.Fatalf("%s: %v", got.Signature, err)
		}
		args = append(args, abi.Argument{Type: typ})
	}
	values, err := args.Unpack(got.Data[4:])
	if len(args) > 0 && err != nil {
		t.Fatalf("%s: accounts/abi cannot read %x: %v", got.Signature, got.Data, err)
	}
	again, err := args.Pack(values...)
	if err != nil || !bytes.Equal(again, got.Data[4:]) {
		t.Fatalf("%s: %v\ngot   %x\nagain %x", got.Signature, err, got.Data[4:], again)
	}
}

// FuzzChecksum: no panic, and neither name nor checksum has a part in it.
func FuzzChecksum(f *testing.F) {
	f.Add(checksumFile)
	f.Add(`{"meta":{"\uff01":[1e21,-0]},"x":{"b":[],"a":{}}}`)
	f.Fuzz(func(t *testing.T, file string) {
		root, err := readJSON([]byte(file))
		if err != nil {
			return
		}
		sum, err := Checksum(root)
		if err != nil {
			return
		}
		meta := member(root, "meta")
		for i, m := range meta.Members {
			if m.Key == "name" || m.Key == "checksum" {
				meta.Members[i].Value = *text("changed")
			}
		}
		if again, err := Checksum(root); err != nil || again != sum {
			t.Fatalf("got %s, %v, then %s", sum, err, again)
		}
	})
}

func BenchmarkEncodeTransfer(b *testing.B) {
	method := mustJSON(b, `{"name":"transfer","inputs":[{"name":"to","type":"address"},{"name":"amount","type":"uint256"}]}`)
	values := mustJSON(b, `{"to":"`+alice+`","amount":"1000000"}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(method, values); err != nil {
			b.Fatal(err)
		}
	}
}

// The cost of one element, in a call as long as is followed.
func BenchmarkEncodeElements(b *testing.B) {
	method := mustJSON(b, `{"name":"f","inputs":[{"name":"x","type":"uint256[]"}]}`)
	values := object(strictjson.Member{Key: "x", Value: *text("[" + strings.Repeat("5,", maxNodes/4) + "5]")})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(method, values); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(maxNodes/4), "ns/element")
}

func BenchmarkChecksum(b *testing.B) {
	root := mustJSON(b, checksumFile)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Checksum(root); err != nil {
			b.Fatal(err)
		}
	}
}
