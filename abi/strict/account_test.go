package strict

import (
	"fmt"
	"strings"
	"testing"
)

const accountDecl = "execute(bytes32 mode,bytes executionCalldata)"

// The modes of the standards.
const (
	modeSingle    = "00 0*31"
	modeSingleTry = "00 01 0*30"
	modeBatch     = "01 0*31"
	modeBatchTry  = "01 01 0*30"
	modeOpData    = "01 00 0*4 78210001 0*22"
	modeBatches   = "01 00 0*4 78210002 0*22"
	modeDelegate  = "ff 0*31"
)

// single and batchOfTwo are data of an account's execute.
func single(to [20]byte, value uint64, data string) string {
	return string(to[:]) + string(word(value)) + data
}

var (
	batchOfTwo  = string(list(pairAmount))
	batchOpData = string(list(pairAmount, content("\xaa\xbb")))
	emptyBatch  = string(list(slice()))
)

func account(t testing.TB, mode, data string) *Call {
	t.Helper()
	return decode(t, calldata(raw(mode), content(data)), accountDecl)
}

func TestAccountExecutions(t *testing.T) {
	two := func(kind string) string {
		return fmt.Sprintf("data.%s[0] 0 a 5 0x01; data.%s[1] 0 b 6 0x", kind, kind)
	}
	inner := content(batchOpData)
	for _, row := range []struct {
		name, mode, data string
		want             string // the calls
		faults, opData   string
		opened           bool
	}{
		{"single", modeSingle, single(toA, 5, "\x01\x02"), "data.execute 0 a 5 0x0102", "", "", true},
		{"single, try", modeSingleTry, single(toA, 5, ""), "data.execute 0 a 5 0x", "", "", true},
		{"single, a byte short", modeSingle, single(toA, 5, "")[:51], "", "framing 0", "", false},
		{"single, empty", modeSingle, "", "", "framing 0", "", false},
		{"delegate", modeDelegate, string(toA[:]) + "\x01\x02", "data.execute 1 a 0 0x0102", "", "", true},
		{"delegate, try", "ff 01 0*30", string(toA[:]), "data.execute 1 a 0 0x", "", "", true},
		{"delegate, a byte short", modeDelegate, string(toA[:19]), "", "framing 0", "", false},
		{"batch", modeBatch, batchOfTwo, two("execute"), "", "", true},
		{"batch, try", modeBatchTry, batchOfTwo, two("execute"), "", "", true},
		{"empty batch", modeBatch, emptyBatch, "", "", "", true},
		{"batch, a suffix", modeBatch, batchOfTwo + "\x07", two("execute"), "suffix 0 0x07", "", true},
		{"batch, no data", modeBatch, "", "", "framing 0", "", false},
		{"batch, cut", modeBatch, batchOfTwo[:len(batchOfTwo)-1], "", "framing 0", "", false},
		{"batch, dirty target", modeBatch, strings.Replace(batchOfTwo, string(padLeft(toA[:])), "\x01"+string(padLeft(toA[:]))[1:], 1), "", "framing 0", "", false},
		{"plain batch with opData", modeBatch, batchOpData, "", "framing 0", "", false},
		{"opData", modeOpData, batchOpData, two("execute"), "", "0 0xaabb", true},
		{"opData, empty", modeOpData, string(list(pairAmount, content(""))), two("execute"), "", "0 0x", true},
		{"opData left out", modeOpData, batchOfTwo, two("execute"), "", "", true},
		{"opData, a suffix", modeOpData, batchOpData + "\x07", two("execute"), "suffix 0 0x07", "0 0xaabb", true},
		{"opData, cut", modeOpData, batchOpData[:len(batchOpData)-1], "", "framing 0", "", false},
		{"batches", modeBatches, string(list(slice(content(batchOfTwo), content(string(list(slice(dyn(addr(toB), num(7), content("\x03"))), content("\xee"))))))),
			two("execute") + "; data.execute[2] 0 b 7 0x03", "", "1 0xee", true},
		{"no batches", modeBatches, string(list(slice())), "", "", "", true},
		{"batches, one broken", modeBatches, string(list(slice(content("\x01"), content(batchOfTwo)))), two("execute"), "framing 0", "", true},
		{"batches, two broken", modeBatches, string(list(slice(content("\x01"), inner, content("")))), two("execute"), "framing 0;framing 2", "1 0xaabb", true},
		{"batches, suffixes", modeBatches, string(list(slice(content(batchOfTwo+"\x05")))) + "\x06", two("execute"), "suffix 0 0x05;suffix 1 0x06", "", true},
		{"batches that are a batch", modeBatches, batchOfTwo, "", "framing 0", "", false},
		{"batches, no list", modeBatches, "\x01", "", "framing 0", "", false},
		{"staticcall", "fe 0*31", single(toA, 0, ""), "", "mode 0xfe" + strings.Repeat("00", 31), "", false},
		{"call type 2", "02 0*31", batchOfTwo, "", "mode 0x02" + strings.Repeat("00", 31), "", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := account(t, row.mode, row.data)
			if c.Status != statusDecoded || c.Container != "execute" {
				t.Fatalf("status %s container %q, want decoded and execute", c.Status, c.Container)
			}
			if got := children(c); got != row.want {
				t.Errorf("calls\ngot  %s\nwant %s", got, row.want)
			}
			if got := strings.Join(c.Faults, ";"); got != row.faults {
				t.Errorf("faults %q, want %q", got, row.faults)
			}
			if got := strings.Join(c.OpData, ";"); got != row.opData {
				t.Errorf("opData %q, want %q", got, row.opData)
			}
			if got := strings.HasPrefix(c.Args[1].Text, openedPrefix); got != row.opened {
				t.Errorf("argument 1 is %q, want opened: %t", c.Args[1].Text, row.opened)
			}
			checkRoundTrip(t, c)
		})
	}
}

// TestOddModes: a mode that the standards do not know is a fault, but an account
// that looks at less of the mode executes the calls, so they are listed.
func TestOddModes(t *testing.T) {
	two := "data.execute[0] 0 a 5 0x01; data.execute[1] 0 b 6 0x"
	for _, row := range []struct{ name, mode, data, want string }{
		{"exec type 2", "01 02 0*30", batchOfTwo, two},
		{"unused", "01 00 00000001 0*26", batchOfTwo, two},
		{"other selector", "01 00 0*4 78210003 0*22", batchOfTwo, two},
		{"payload", "01 0*30 01", batchOfTwo, two},
		{"payload of a hook", "00 00 0*4 0*4 0*2 " + strings.Repeat("11", 20), single(toA, 5, "\x01"), "data.execute 0 a 5 0x01"},
		{"opData, try", "01 01 0*4 78210001 0*22", batchOpData, two},
		{"batches, payload", "01 00 0*4 78210002 0*21 01", string(list(slice(content(batchOfTwo)))), two},
		{"selector of a batch in a single", "00 00 0*4 78210001 0*22", single(toA, 5, "\x01"), "data.execute 0 a 5 0x01"},
		{"selector of batches in a delegatecall", "ff 00 0*4 78210002 0*22", string(toA[:]), "data.execute 1 a 0 0x"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := account(t, row.mode, row.data)
			want := fmt.Sprintf("mode 0x%x", unhex(row.mode))
			if got := strings.Join(c.Faults, ";"); got != want {
				t.Errorf("faults %q, want %q", got, want)
			}
			if got := children(c); got != row.want {
				t.Errorf("calls\ngot  %s\nwant %s", got, row.want)
			}
		})
	}
	c := account(t, "01 02 0*30", "\x01")
	if got, want := strings.Join(c.Faults, ";"), "mode 0x0102"+strings.Repeat("00", 30)+";framing 0"; got != want {
		t.Errorf("an odd mode with broken data: faults %q, want %q", got, want)
	}
}

func TestExecuteFromExecutor(t *testing.T) {
	c := decode(t, calldata(raw(modeBatch), content(batchOfTwo)), "executeFromExecutor(bytes32,bytes)")
	if got, want := children(c), "data.executeFromExecutor[0] 0 a 5 0x01; data.executeFromExecutor[1] 0 b 6 0x"; got != want {
		t.Errorf("calls\ngot  %s\nwant %s", got, want)
	}
}

func TestAccountTranscript(t *testing.T) {
	c := account(t, modeBatches, string(list(slice(content(batchOpData+"\x05")))))
	text := strings.Join(c.Transcript(), "\n")
	want := `arg[1] bytes executionCalldata opened 672
container execute 2
fault suffix 0 0x05
opData 0 0xaabb
data.execute[0].operation 0
data.execute[0].to 0x110000000000000000000000000000000000000a
data.execute[0].value 5
data.execute[0].data 1 short
data.execute[0].raw 0x01
data.execute[1].operation 0
data.execute[1].to 0x110000000000000000000000000000000000000b
data.execute[1].value 6
data.execute[1].data 0 empty`
	if got := text[strings.Index(text, "arg[1]"):]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestBatchesAreLinear: a batch of nothing but broken or empty batches, and one
// that repeats its bytes at every depth, give no more than their bytes.
func TestBatchesAreLinear(t *testing.T) {
	broken := make([]item, 3000)
	for i := range broken {
		broken[i] = content("")
	}
	data := strings.Repeat("\x01", 1<<16)
	nestedIn := data
	for range 8 {
		nestedIn = string(calldata(raw(modeBatch), content(string(list(slice(dyn(addr(toA), num(0), content(nestedIn))))))))
	}
	for name, body := range map[string][]byte{
		"broken": calldata(raw(modeBatches), content(string(list(slice(broken...))))),
		"nested": []byte(nestedIn),
	} {
		c, err := Decode(Input{Data: body}, func(_ [20]byte, s [4]byte) []string {
			if s == [4]byte{0xaa, 0xbb, 0xcc, 0xdd} {
				return []string{accountDecl}
			}
			return nil
		}, Limits{Calls: 5000, Depth: 64, Bytes: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(strings.Join(c.Transcript(), "\n")); got > 3*len(body)+20_000 {
			t.Errorf("%s: a transcript of %d bytes for %d", name, got, len(body))
		}
	}
}

func TestAccountLimits(t *testing.T) {
	know := knows(accountDecl)
	for _, row := range []struct {
		name string
		data []byte
		lim  Limits
		what string
	}{
		{"calls", calldata(raw(modeBatch), content(batchOfTwo)), Limits{2, 9, 1 << 16}, "calls"},
		{"calls of batches", calldata(raw(modeBatches), content(string(list(slice(content(batchOfTwo), content(batchOfTwo)))))), Limits{4, 9, 1 << 16}, "calls"},
		{"depth of a batch", calldata(raw(modeBatch), content(batchOfTwo)), Limits{9, 1, 1 << 16}, "depth"},
		{"depth of a single", calldata(raw(modeSingle), content(single(toA, 0, ""))), Limits{9, 1, 1 << 16}, "depth"},
		{"bytes", calldata(raw(modeSingle), content(single(toA, 0, ""))), Limits{9, 9, 100}, "bytes"},
	} {
		c, err := Decode(Input{Data: row.data}, know, row.lim)
		if limit, ok := err.(*LimitError); !ok || limit.What != row.what || c != nil {
			t.Errorf("%s: error %v, want a limit on %s and no tree", row.name, err, row.what)
		}
	}
	if _, err := Decode(Input{Data: calldata(raw(modeBatch), content(batchOfTwo))}, know, Limits{3, 2, 1 << 16}); err != nil {
		t.Errorf("three calls at depth 2: %v", err)
	}
}
