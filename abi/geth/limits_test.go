package geth

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// nested wraps empty data in n calls of execute.
func nested(n int) []byte {
	var data []byte
	for range n {
		data = join(testSelector[:], enc("aaaa", "0", "60"), encodeContent(data))
	}
	return data
}

// batch is a MultiSend of n calls without data.
func batch(n int) []byte {
	var packed []byte
	for range n {
		packed = append(packed, packedEntry(0, "aaaa", "0", "0")...)
	}
	return join(testSelector[:], enc("20"), encodeContent(packed))
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, decl string
		data       []byte
		lim        Limits
		want       *LimitError
	}{
		{"zero", "f()", nil, Limits{}, &LimitError{What: "depth", Limit: 0, Got: 1}},
		{"no bytes", "f()", nil, Limits{1, 1, 0}, nil},
		{"a byte too many", "f()", []byte{1}, Limits{1, 1, 0}, &LimitError{What: "bytes", Limit: 0, Got: 1}},
		{"no calls", "f()", nil, Limits{0, 1, 0}, &LimitError{What: "calls", Limit: 0, Got: 1}},
		{"negative", "f()", nil, Limits{-1, -1, -1}, &LimitError{What: "bytes", Limit: -1, Got: 0}},
		{"bytes", "f()", testSelector[:], Limits{1, 1, 4}, nil},
		{"one byte over", "f()", testSelector[:], Limits{1, 1, 3}, &LimitError{What: "bytes", Limit: 3, Got: 4}},
		{"depth", "execute(address,uint256,bytes)", nested(3), Limits{9, 4, 999}, nil},
		{"one call too deep", "execute(address,uint256,bytes)", nested(4), Limits{9, 4, 999}, &LimitError{What: "depth", Limit: 4, Got: 5}},
		{"calls", "multiSend(bytes)", batch(9), Limits{10, 2, 9999}, nil},
		{"one call too many", "multiSend(bytes)", batch(10), Limits{10, 2, 9999}, &LimitError{What: "calls", Limit: 10, Got: 11}},
		{"batch at the last depth", "multiSend(bytes)", batch(1), Limits{10, 1, 9999}, &LimitError{What: "depth", Limit: 1, Got: 2}},
		{"empty batch at the last depth", "multiSend(bytes)", batch(0), Limits{1, 1, 9999}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode(Input{Data: c.data}, only(c.decl), c.lim)
			if c.want == nil {
				if err != nil || got == nil {
					t.Fatalf("Decode: %v, %v, want a tree", got, err)
				}
				return
			}
			var limit *LimitError
			if !errors.As(err, &limit) || *limit != *c.want {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if got != nil {
				t.Error("there is a tree beside the error")
			}
		})
	}
}

func TestLimitErrorText(t *testing.T) {
	for _, c := range []struct{ what, want string }{
		{"calls", "the calldata carries at least 8 calls, the limit is 7; split the batch"},
		{"depth", "the calldata carries calls nested 8 deep, the limit is 7; ask for a flat batch"},
		{"bytes", "the calldata has 8 bytes, the limit is 7; split the batch"},
		{"", "a limit is exceeded: 8, the limit is 7"},
	} {
		if got := (&LimitError{What: c.what, Limit: 7, Got: 8}).Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestTranscriptIsLinear packs calls into calls: each byte is rendered at one
// depth only.
func TestTranscriptIsLinear(t *testing.T) {
	payload := make([]byte, 100_000)
	payload[0] = 0xfe
	data := payload
	for range 10 {
		data = join(testSelector[:], enc("aaaa", "0", "60"), encodeContent(data))
	}
	got := mustDecode(t, Input{Data: data}, only("execute(address,uint256,bytes)"))
	if n := len(text(got.Transcript())); n > 2*len(payload)+20_000 {
		t.Errorf("a transcript of %d bytes for %d bytes of data", n, len(data))
	}
}

func TestTreeIsItsOwn(t *testing.T) {
	data := batch(3)
	got := mustDecode(t, Input{Data: data}, only("multiSend(bytes)"))
	before := text(got.Transcript())
	for i := range data {
		data[i] = 0xff
	}
	if text(got.Transcript()) != before || got.Data[0] == 0xff {
		t.Error("the tree changes with the caller's bytes")
	}
}

func TestLookupIsAskedForTheCall(t *testing.T) {
	var asked []string
	lookup := func(to common.Address, sel [4]byte) []string {
		asked = append(asked, strings.ToLower(to.Hex())+" "+hexText(sel[:]))
		return []string{"execute(address,uint256,bytes)"}
	}
	data := join(testSelector[:], enc("aaaa", "0", "60"), encodeContent(unhex("01020304")))
	if _, err := Decode(Input{To: testTarget, Data: data}, lookup, wide); err != nil {
		t.Fatal(err)
	}
	want := strings.ToLower(testTarget.Hex()) + " 0xabcdef01\n" + addressA + " 0x01020304"
	if got := text(asked); got != want {
		t.Errorf("asked\n%s\nwant\n%s", got, want)
	}
}

// TestConcurrentUse shares the cache between goroutines, with declarations that
// nobody has used before.
func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 200 {
				decl := "c" + strings.Repeat("o", i) + "(uint8[] a)"
				c, err := Decode(Input{Data: join(testSelector[:], enc("20", "1", "7"))}, only(decl), wide)
				if err != nil || c.Status != Decoded || c.Args[0].Elems[0].Text != "7" {
					t.Errorf("goroutine %d, declaration %d: %v, %v", g, i, c, err)
				}
			}
		})
	}
	wg.Wait()
}
