package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
)

// FuzzJSON: whatever is accepted, encoding/json accepts with the same values;
// whatever is refused as plain syntax, encoding/json refuses too. There is no
// exception.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",true,null,{}]}`, `[]`, `{"to":1,"To":2}`, "{} {}", `["\ud800"]`, "\xef\xbb\xbf[]", `[01]`, `[1.e5]`, `{"a":NaN}`, "[\"\x1b\"]", `"\/"`, `-`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lim := Limits{Depth: 40}
		v, err := Parse(data, lim)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || v != nil {
				t.Fatalf("Parse = %v, %v", v, err)
			}
			if e.Code == CodeSyntax && json.Valid(data) {
				t.Fatalf("%q: refused as syntax (%v), but encoding/json accepts it", data, e)
			}
			if e.Offset < 0 || e.Offset > len(data) || e.Line < 1 || e.Column < 1 {
				t.Fatalf("%q: place %d %d:%d", data, e.Offset, e.Line, e.Column)
			}
			return
		}
		want, err := decode(data)
		if err != nil {
			t.Fatalf("%q: accepted, but encoding/json says %v", data, err)
		}
		if err := same(v, want); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		again, err := Parse(v.AppendText(nil), lim)
		if err != nil {
			t.Fatalf("%q: its own text is refused: %v", data, err)
		}
		if err := same(again, want); err != nil {
			t.Fatalf("%q: after AppendText: %v", data, err)
		}
	})
}

func decode(data []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one document: %v", err)
	}
	return v, nil
}

func same(got *Value, want any) error {
	switch w := want.(type) {
	case nil:
		return expect(got.Kind == Null, got, want)
	case bool:
		return expect(got.Kind == Bool && got.Bool == w, got, want)
	case json.Number:
		return expect(got.Kind == Number && got.Text == string(w), got, want)
	case string:
		return expect(got.Kind == String && got.Text == w, got, want)
	case []any:
		if got.Kind != Array || len(got.Items) != len(w) {
			return expect(false, got, want)
		}
		for i := range w {
			if err := same(&got.Items[i], w[i]); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		if got.Kind != Object || len(got.Members) != len(w) {
			return expect(false, got, want)
		}
		for k, x := range w {
			if got.Get(k) == nil {
				return fmt.Errorf("the key %q is missing", k)
			}
			if err := same(got.Get(k), x); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("unexpected %T", want)
}

func expect(ok bool, got *Value, want any) error {
	if ok {
		return nil
	}
	return fmt.Errorf("got %+v, want %#v", got, want)
}

func BenchmarkParse(b *testing.B) {
	record := []byte(`{"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","to":"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","value":"30000000000000000000000","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":45745,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":71,"executionDate":null,"submissionDate":"2025-02-21T05:42:39Z","modified":"2025-02-21T14:11:39.370597Z","blockNumber":null,"transactionHash":null,"safeTxHash":"0x9d89e67333f99c136537be74029c44592985a4855172f4c2d0d942029868f98e","proposer":"0x1F4EB0a903619ac168b19A82F1a6e2e426522211","proposedByDelegate":null,"executor":null,"isExecuted":false,"isSuccessful":true,"ethGasPrice":null,"maxFeePerGas":null,"maxPriorityFeePerGas":null,"gasUsed":null,"fee":null,"origin":"{}","dataDecoded":null,"confirmationsRequired":3,"confirmations":[],"trusted":true,"signatures":null}`)
	b.SetBytes(int64(len(record)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(record, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseHostile(b *testing.B) {
	data := append(append([]byte("["), bytes.Repeat([]byte("0,"), DefaultItems-2)...), "0]"...)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	record := []byte(`{"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","to":"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","value":"30000000000000000000000","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":45745,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":71,"executionDate":null,"submissionDate":"2025-02-21T05:42:39Z","modified":"2025-02-21T14:11:39.370597Z","blockNumber":null,"transactionHash":null,"safeTxHash":"0x9d89e67333f99c136537be74029c44592985a4855172f4c2d0d942029868f98e","proposer":"0x1F4EB0a903619ac168b19A82F1a6e2e426522211","proposedByDelegate":null,"executor":null,"isExecuted":false,"isSuccessful":true,"ethGasPrice":null,"maxFeePerGas":null,"maxPriorityFeePerGas":null,"gasUsed":null,"fee":null,"origin":"{}","dataDecoded":null,"confirmationsRequired":3,"confirmations":[],"trusted":true,"signatures":null}`)
	b.SetBytes(int64(len(record)))
	for b.Loop() {
		if _, err := decode(record); err != nil {
			b.Fatal(err)
		}
	}
}
