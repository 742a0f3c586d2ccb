package safe_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/verify/safe"
)

const packedBody = "0x00a0b86991c6218b36c1d19d4a2e9eb0ce3606eb4800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000044a9059cbb00000000000000000000000092d0ebaf7eb707f0650f9471e61348f4656c29bc00000000000000000000000000000000000000000000000000000005d21dba000000000000000000000000000000000000deadbeef00000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000"

func twoCalls(t testing.TB) []safe.InnerCall {
	return []safe.InnerCall{
		{Operation: 0, To: addr("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), Value: u(0), Data: unhex(t, transferData)},
		{Operation: 0, To: addr("0x00000000000000000000000000000000DeaDBeef"), Value: u(1), Data: []byte{}},
	}
}

func TestMultiSendVectors(t *testing.T) {
	body, err := safe.PackMultiSend(twoCalls(t))
	if want := unhex(t, packedBody); err != nil || !bytes.Equal(body, want) {
		t.Fatalf("body %x, error %v, want %x", body, err, want)
	}
	want := unhex(t, "0x8d80ff0a000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000ee"+
		packedBody[2:]+"000000000000000000000000000000000000")
	if got := safe.MultiSendCalldata(body); !bytes.Equal(got, want) {
		t.Errorf("calldata %x, want %x", got, want)
	}
	calls, err := safe.UnpackMultiSend(body)
	if diff := cmp.Diff(twoCalls(t), calls); err != nil || diff != "" {
		t.Errorf("error %v, (-want +got):\n%s", err, diff)
	}
}

func TestMultiSendEmpty(t *testing.T) {
	body, err := safe.PackMultiSend(nil)
	if err != nil || len(body) != 0 {
		t.Errorf("packed %x, error %v", body, err)
	}
	if calls, err := safe.UnpackMultiSend(nil); err != nil || len(calls) != 0 {
		t.Errorf("unpacked %v, error %v", calls, err)
	}
	if got := safe.MultiSendCalldata(nil); len(got) != 4+64 {
		t.Errorf("%d bytes of calldata, want 68", len(got))
	}
}

func TestPackMultiSendRefuses(t *testing.T) {
	if b, err := safe.PackMultiSend([]safe.InnerCall{{Operation: 2, Value: u(0)}}); !errors.Is(err, safe.ErrMultiSendOperation) || b != nil {
		t.Errorf("operation 2: %x, error %v", b, err)
	}
	if b, err := safe.PackMultiSend([]safe.InnerCall{{}}); !errors.Is(err, safe.ErrMultiSendValue) || b != nil {
		t.Errorf("no value: %x, error %v", b, err)
	}
}

func TestUnpackMultiSendRefuses(t *testing.T) {
	body := unhex(t, packedBody)
	edit := func(at int, v byte) []byte { b := bytes.Clone(body); b[at] = v; return b }
	second := 85 + 68
	tests := []struct {
		name   string
		body   []byte
		want   error
		entry  int
		offset int
	}{
		{"operation 2", edit(0, 2), safe.ErrMultiSendOperation, 0, 0},
		{"operation 2 in the second", edit(second, 2), safe.ErrMultiSendOperation, 1, second},
		{"one byte more", append(bytes.Clone(body), 0), safe.ErrMultiSendTrailing, 2, len(body)},
		{"32 bytes more", append(bytes.Clone(body), make([]byte, 32)...), safe.ErrMultiSendTrailing, 2, len(body)},
		{"33 bytes more", append(bytes.Clone(body), make([]byte, 33)...), safe.ErrMultiSendTruncated, 2, len(body)},
		{"84 bytes more", append(bytes.Clone(body), make([]byte, 84)...), safe.ErrMultiSendTruncated, 2, len(body)},
		{"one byte less", body[:len(body)-1], safe.ErrMultiSendTruncated, 1, second},
		{"length one more than there is", edit(len(body)-1, 1), safe.ErrMultiSendOverrun, 1, second},
		{"length near 2^256", edit(53, 0xff), safe.ErrMultiSendOverrun, 0, 0},
		{"length 2^31", edit(84-3, 0x80), safe.ErrMultiSendOverrun, 0, 0},
		{"length 2^63", edit(84-7, 0x80), safe.ErrMultiSendOverrun, 0, 0},
		{"words of the old library", unhex(t, "0x000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000deadbeef0000000000000000000000000000000000000000000000000000000000000001000000000000000000000000000000000000000000000000000000000000008000000000000000000000000000000000000000000000000000000000000000031122330000000000000000000000000000000000000000000000000000000000"), safe.ErrMultiSendOverrun, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, err := safe.UnpackMultiSend(tt.body)
			var e *safe.MultiSendError
			if !errors.Is(err, tt.want) || !errors.As(err, &e) || calls != nil {
				t.Fatalf("calls %v, error %v, want %v", calls, err, tt.want)
			}
			if e.Entry != tt.entry || e.Offset != tt.offset {
				t.Errorf("entry %d at %d, want %d at %d", e.Entry, e.Offset, tt.entry, tt.offset)
			}
		})
	}
}

func TestUnpackedDataCannotGrowIntoTheNextEntry(t *testing.T) {
	body := unhex(t, packedBody)
	calls, err := safe.UnpackMultiSend(body)
	if err != nil {
		t.Fatal(err)
	}
	_ = append(calls[0].Data, 0xff)
	if body[85+68] != 0 {
		t.Error("appending to the data of entry 0 wrote into entry 1")
	}
}
