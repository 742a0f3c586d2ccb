package geth

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// The modes of ERC-7579 and ERC-7821, as left-aligned words.
const (
	singleMode   = "<00"
	batchMode    = "<01"
	opBatchMode  = "<01000000000078210001"
	batchesMode  = "<01000000000078210002"
	delegateMode = "<ff"
)

// batchWords are two calls: 5 bytes and 7 wei to A, and nothing to B.
var batchWords = []string{"2", "40", "e0", "aaaa", "7", "60", "5", "<0102030405", "bbbb", "0", "60", "0"}

var (
	batchData   = enc(append([]string{"20"}, batchWords...)...)
	opBatchData = join(enc(append([]string{"40", "1e0"}, batchWords...)...)[:32], enc("1c0"), enc(batchWords...), enc("2", "<beef"))
	singleData  = join(unhex(addressA), enc("7"), unhex("0102030405"))
)

func accountArgs(mode string, data []byte) []byte {
	return join(enc(mode, "40"), encodeContent(data))
}

// batchesOf encodes a bytes[].
func batchesOf(list ...[]byte) []byte {
	heads, tails := enc("20"), []byte{}
	heads = append(heads, numberWord(len(list))...)
	for _, one := range list {
		heads = append(heads, numberWord(32*len(list)+len(tails))...)
		tails = append(tails, encodeContent(one)...)
	}
	return join(heads, tails)
}

var (
	twoCalls = func(n int) string {
		return callLines(fmt.Sprintf("data.execute[%d]", n), 0, addressA, "7", "0102030405") + "\n" + callLines(fmt.Sprintf("data.execute[%d]", n+1), 0, addressB, "0", "")
	}
	oneCallOfIt = func(operation int, value string) string {
		return callLines("data.execute", operation, addressA, value, "0102030405")
	}
)

var accountCases = []struct {
	name, mode string
	data       []byte
	want       string // the transcript from the container on, without the word
	whole      bool   // argument 1 is rendered whole
}{
	{"single", singleMode, singleData, "execute 1\n" + oneCallOfIt(0, "7"), false},
	{"single that may fail", "<0001", singleData, "execute 1\n" + oneCallOfIt(0, "7"), false},
	{"single without data", singleMode, singleData[:52], "execute 1\n" + callLines("data.execute", 0, addressA, "7", ""), false},
	{"single cut", singleMode, singleData[:51], "execute 0\nfault framing 0", true},
	{"single of nothing", singleMode, nil, "execute 0\nfault framing 0", true},
	{"delegatecall", delegateMode, join(unhex(addressA), unhex("0102030405")), "execute 1\n" + oneCallOfIt(1, "0"), false},
	{"delegatecall that may fail", "<ff01", join(unhex(addressA), unhex("0102030405")), "execute 1\n" + oneCallOfIt(1, "0"), false},
	{"delegatecall without data", delegateMode, unhex(addressA), "execute 1\n" + callLines("data.execute", 1, addressA, "0", ""), false},
	{"delegatecall cut", delegateMode, unhex(addressA)[:19], "execute 0\nfault framing 0", true},
	{"batch", batchMode, batchData, "execute 2\n" + twoCalls(0), false},
	{"batch that may fail", "<0101", batchData, "execute 2\n" + twoCalls(0), false},
	{"empty batch", batchMode, enc("20", "0"), "execute 0", false},
	{"batch and more", batchMode, join(batchData, []byte{9}), "execute 2\nfault suffix 0 0x09\n" + twoCalls(0), false},
	{"batch cut", batchMode, batchData[:len(batchData)-1], "execute 0\nfault framing 0", true},
	{"batch of nothing", batchMode, nil, "execute 0\nfault framing 0", true},
	{"batch with a dirty target", batchMode, enc("20", "1", "20", "010000000000000000000000000000000000aaaa0000", "7", "60", "0"), "execute 0\nfault framing 0", true},
	{"batch with opData in the plain mode", batchMode, opBatchData, "execute 0\nfault framing 0", true},
	{"batch with opData", opBatchMode, opBatchData, "execute 2\nopData 0 0xbeef\n" + twoCalls(0), false},
	{"batch without opData in its mode", opBatchMode, batchData, "execute 2\n" + twoCalls(0), false},
	{"batch with opData and more", opBatchMode, join(opBatchData, []byte{9}), "execute 2\nfault suffix 0 0x09\nopData 0 0xbeef\n" + twoCalls(0), false},
	{"batch with opData cut", opBatchMode, opBatchData[:len(opBatchData)-1], "execute 0\nfault framing 0", true},
	{"batches", batchesMode, batchesOf(batchData, opBatchData), "execute 4\nopData 1 0xbeef\n" + twoCalls(0) + "\n" + twoCalls(2), false},
	{"no batches", batchesMode, batchesOf(), "execute 0", false},
	{"batches with a broken one", batchesMode, batchesOf([]byte{1}, batchData, nil), "execute 2\nfault framing 0\nfault framing 2\n" + twoCalls(0), false},
	{"batches and more", batchesMode, join(batchesOf(join(batchData, []byte{8})), []byte{9}), "execute 2\nfault suffix 0 0x08\nfault suffix 1 0x09\n" + twoCalls(0), false},
	{"batches that are one", batchesMode, batchData, "execute 0\nfault framing 0", true},
	{"staticcall", "<fe", singleData, "execute 0\nfault mode 0xfe" + zeros64[:62], true},
	{"call type 2", "<02", batchData, "execute 0\nfault mode 0x02" + zeros64[:62], true},
	{"exec type 2", "<0102", batchData, "execute 2\nfault mode 0x0102" + zeros64[:60] + "\n" + twoCalls(0), false},
	{"exec type 2 and broken", "<0102", []byte{1}, "execute 0\nfault mode 0x0102" + zeros64[:60] + "\nfault framing 0", true},
	{"unused byte", "<010000000001", batchData, "execute 2\nfault mode 0x010000000001" + zeros64[:52] + "\n" + twoCalls(0), false},
	{"unknown selector", "<01000000000078210003", batchData, "execute 2\nfault mode 0x01000000000078210003" + zeros64[:44] + "\n" + twoCalls(0), false},
	{"payload", "<0000000000000000000001", singleData, "execute 1\nfault mode 0x0000000000000000000001" + zeros64[:42] + "\n" + oneCallOfIt(0, "7"), false},
	{"payload in the last byte", "01", singleData, "execute 1\nfault mode 0x" + zeros64[:62] + "01\n" + oneCallOfIt(0, "7"), false},
	{"opData that may fail", "<01010000000078210001", opBatchData, "execute 2\nfault mode 0x01010000000078210001" + zeros64[:44] + "\nopData 0 0xbeef\n" + twoCalls(0), false},
	{"single with a selector", "<00000000000078210001", singleData, "execute 1\nfault mode 0x00000000000078210001" + zeros64[:44] + "\n" + oneCallOfIt(0, "7"), false},
}

func TestAccount(t *testing.T) {
	for _, c := range accountCases {
		t.Run(c.name, func(t *testing.T) {
			got := decodeArgs(t, accountArgs(c.mode, c.data), "execute(bytes32 mode,bytes executionCalldata)")
			if lines := from(got, "container"); lines != "container "+c.want {
				t.Errorf("got\n%s\nwant\ncontainer %s", lines, c.want)
			}
			if whole := canReencode(got.Args); whole != c.whole {
				t.Errorf("argument 1 is %q, want it whole: %t", got.Args[1].Text, c.whole)
			}
		})
	}
	got := decodeArgs(t, accountArgs(batchMode, batchData), "executeFromExecutor(bytes32,bytes)")
	if want := strings.ReplaceAll("container execute 2\n"+twoCalls(0), "execute", "executeFromExecutor"); from(got, "container") != want {
		t.Errorf("got\n%s\nwant\n%s", from(got, "container"), want)
	}
}

func TestAccountLimits(t *testing.T) {
	for _, c := range []struct {
		name string
		args []byte
		lim  Limits
		want LimitError
	}{
		{"calls", accountArgs(batchMode, batchData), Limits{2, 9, 9999}, LimitError{What: "calls", Limit: 2, Got: 3}},
		{"calls of batches", accountArgs(batchesMode, batchesOf(batchData, batchData)), Limits{4, 9, 9999}, LimitError{What: "calls", Limit: 4, Got: 5}},
		{"depth", accountArgs(singleMode, singleData), Limits{9, 1, 9999}, LimitError{What: "depth", Limit: 1, Got: 2}},
	} {
		got, err := Decode(Input{Data: join(testSelector[:], c.args)}, only("execute(bytes32,bytes)"), c.lim)
		var limit *LimitError
		if got != nil || !errors.As(err, &limit) || *limit != c.want {
			t.Errorf("%s: tree %v, error %v, want %v", c.name, got, err, &c.want)
		}
	}
}

// TestAccountsAreLinear: bytes inside accounts inside accounts are rendered once,
// and so is opData.
func TestAccountsAreLinear(t *testing.T) {
	payload := make([]byte, 100_000)
	payload[0] = 0xfe
	data := payload
	for range 10 {
		data = join(testSelector[:], accountArgs(singleMode, join(unhex(addressA), enc("0"), data)))
	}
	withOpData := join(enc("40", "60", "0"), encodeContent(payload))
	for name, data := range map[string][]byte{
		"nested": data,
		"opData": join(testSelector[:], accountArgs(batchesMode, batchesOf(withOpData, withOpData))),
	} {
		got := mustDecode(t, Input{Data: data}, only("execute(bytes32,bytes)"))
		if n := len(text(got.Transcript())); n > 2*len(data)+20_000 {
			t.Errorf("%s: a transcript of %d bytes for %d bytes of data", name, n, len(data))
		}
	}
}
