package ledger_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/ledger"
)

func messageRequest(t testing.TB) ledger.Request {
	t.Helper()
	r, err := ledger.Message(domainOf(safe.EraChainID), bytes.Repeat([]byte{7}, 300))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// attempt runs all of it, twice where it can, and returns the first error.
func attempt(m *model, r ledger.Request, how ledger.Flow) error {
	a, err := ledger.Open(m, ledger.DefaultPath())
	if err != nil {
		return err
	}
	_, err = a.Sign(r, how)
	if _, again := a.Sign(r, how); again == nil {
		return errors.New("signed twice")
	}
	return err
}

// total is how many commands an honest device gets.
func total(t testing.TB, r ledger.Request, how ledger.Flow) int {
	t.Helper()
	m := newModel(t)
	if err := attempt(m, r, how); err != nil {
		t.Fatal(err)
	}
	return len(m.commands)
}

var flows = []ledger.Flow{ledger.ByHashes, ledger.ByFields}

// refusedAt spoils the reply to each command in turn and demands an error of the kind,
// and that no command follows it.
func refusedAt(t *testing.T, want error, spoil func(reply []byte) ([]byte, error)) {
	t.Helper()
	r := messageRequest(t)
	for _, how := range flows {
		for at := range total(t, r, how) {
			m := newModel(t)
			m.spoil = func(n int, reply []byte) ([]byte, error) {
				if n == at {
					return spoil(reply)
				}
				return reply, nil
			}
			err := attempt(m, r, how)
			var e *ledger.Error
			if !errors.As(err, &e) || e.Msg == "" || e.Hint == "" || want != nil && e.Kind != want {
				t.Errorf("flow %d, command %d: error %v, want kind %v and a hint", how, at, err, want)
			}
			if len(m.commands) != at+1 {
				t.Errorf("flow %d: %d commands were sent, want none after number %d", how, len(m.commands), at)
			}
		}
	}
}

func TestStatusWords(t *testing.T) {
	for word, want := range map[uint16]error{
		0x6985: ledger.ErrRejected, 0x6982: ledger.ErrRejected, 0x5515: ledger.ErrLocked, 0x6a80: ledger.ErrData,
		0x6e00: ledger.ErrApp, 0x6e01: ledger.ErrApp, 0x6d00: ledger.ErrApp, 0x6d02: ledger.ErrApp, 0x6511: ledger.ErrApp,
		0x6a00: ledger.ErrInterrupted, 0x6986: ledger.ErrInterrupted, 0x6b00: ledger.ErrParameters, 0x6700: ledger.ErrParameters, 0x6a84: ledger.ErrData,
		0x6f00: ledger.ErrStatus, 0x0000: ledger.ErrStatus, 0xffff: ledger.ErrStatus, 0x9001: ledger.ErrStatus, 0x0090: ledger.ErrStatus,
	} {
		t.Run(fmt.Sprintf("%04x", word), func(t *testing.T) {
			sw := binary.BigEndian.AppendUint16(nil, word)
			refusedAt(t, want, func([]byte) ([]byte, error) { return sw, nil })
			// a refusal is one, whatever stands before it
			refusedAt(t, want, func(reply []byte) ([]byte, error) { return append(reply[:len(reply)-2], sw...), nil })
			m := newModel(t)
			m.spoil = func(int, []byte) ([]byte, error) { return sw, nil }
			var e *ledger.Error
			if err := attempt(m, messageRequest(t), ledger.ByHashes); !errors.As(err, &e) || e.Status != word || !bytes.Contains([]byte(e.Msg), fmt.Appendf(nil, "%04x", word)) {
				t.Errorf("the status word is not in the error: %v", err)
			}
		})
	}
}

func TestRepliesOfAnotherLength(t *testing.T) {
	for name, spoil := range map[string]func([]byte) ([]byte, error){
		"nil":         func([]byte) ([]byte, error) { return nil, nil },
		"empty":       func([]byte) ([]byte, error) { return []byte{}, nil },
		"one byte":    func([]byte) ([]byte, error) { return []byte{0x90}, nil },
		"a byte more": func(r []byte) ([]byte, error) { return append(append(r[:len(r)-2:len(r)-2], 0), 0x90, 0x00), nil },
		"a byte before": func(r []byte) ([]byte, error) {
			return append([]byte{0}, r...), nil
		},
		"longest":  func([]byte) ([]byte, error) { return append(make([]byte, 256), 0x90, 0x00), nil },
		"too long": func([]byte) ([]byte, error) { return append(make([]byte, 257), 0x90, 0x00), nil },
		"huge":     func([]byte) ([]byte, error) { return append(make([]byte, 1<<20), 0x90, 0x00), nil },
	} {
		t.Run(name, func(t *testing.T) { refusedAt(t, ledger.ErrReply, spoil) })
	}
	t.Run("the reply to another command", func(t *testing.T) {
		// what a device answers to a program that was stopped while it waited
		sig := append(newModel(t).signature(common.Hash{1}), 0x90, 0x00)
		m := newModel(t)
		m.spoil = func(n int, reply []byte) ([]byte, error) {
			if n == 0 {
				return sig, nil
			}
			return reply, nil
		}
		if err := attempt(m, messageRequest(t), ledger.ByHashes); !errors.Is(err, ledger.ErrReply) || len(m.commands) != 1 {
			t.Errorf("error %v, %d commands", err, len(m.commands))
		}
	})
}

func TestTruncatedReplies(t *testing.T) {
	for cut := 1; cut <= 110; cut++ {
		refusedAt(t, nil, func(r []byte) ([]byte, error) { return r[:max(0, len(r)-cut)], nil })
	}
}

func TestTransportFails(t *testing.T) {
	refusedAt(t, ledger.ErrTransport, func(r []byte) ([]byte, error) { return r, io.ErrUnexpectedEOF })
	refusedAt(t, ledger.ErrTransport, func([]byte) ([]byte, error) { return nil, io.ErrClosedPipe })
}

// spoiled runs it with one reply changed.
func spoiled(t *testing.T, how ledger.Flow, at int, change func(m *model, data []byte) []byte) (int, error) {
	t.Helper()
	m := newModel(t)
	m.spoil = func(n int, reply []byte) ([]byte, error) {
		if n == at {
			return append(change(m, reply[:len(reply)-2]), 0x90, 0x00), nil
		}
		return reply, nil
	}
	err := attempt(m, messageRequest(t), how)
	return len(m.commands), err
}

func TestForgedAccount(t *testing.T) {
	at := func(i int, b byte) func(*model, []byte) []byte {
		return func(_ *model, d []byte) []byte { d[i] = b; return d }
	}
	for name, tt := range map[string]struct {
		change func(*model, []byte) []byte
		want   error
	}{
		"another address":          {func(_ *model, d []byte) []byte { copy(d[67:], "00000000000000000000000000000000000000aa"); return d }, ledger.ErrAddress},
		"last digit":               {func(_ *model, d []byte) []byte { d[106] ^= 1; return d }, nil},
		"key not on the curve":     {func(_ *model, d []byte) []byte { d[40] ^= 1; return d }, ledger.ErrReply},
		"compressed key's prefix":  {at(1, 2), ledger.ErrReply},
		"hybrid key's prefix":      {at(1, 6), ledger.ErrReply},
		"key's length":             {at(0, 64), ledger.ErrReply},
		"address's length":         {at(66, 42), ledger.ErrReply},
		"no hex digit":             {at(67, 'g'), ledger.ErrReply},
		"0x":                       {func(_ *model, d []byte) []byte { copy(d[67:], "0x"); return d }, ledger.ErrReply},
		"escape sequence":          {func(_ *model, d []byte) []byte { copy(d[67:], "\x1b[2J\n"); return d }, ledger.ErrReply},
		"point at infinity":        {func(_ *model, d []byte) []byte { clear(d[2:66]); return d }, ledger.ErrReply},
		"other key, other address": {otherAccount, ledger.ErrOther},
	} {
		t.Run(name, func(t *testing.T) {
			sent, err := spoiled(t, ledger.ByHashes, 1, tt.change)
			var e *ledger.Error
			if !errors.As(err, &e) || tt.want != nil && e.Kind != tt.want {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if tt.want != ledger.ErrOther && sent != 2 {
				t.Errorf("%d commands, want 2", sent)
			}
			for _, b := range []byte(e.Msg) {
				if b < 0x20 {
					t.Errorf("the message holds control characters: %q", e.Msg)
				}
			}
		})
	}
}

// otherAccount says the account of another key, which is right in itself.
func otherAccount(_ *model, d []byte) []byte {
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		panic(err)
	}
	copy(d[1:], crypto.FromECDSAPub(&key.PublicKey))
	copy(d[67:], crypto.PubkeyToAddress(key.PublicKey).Hex()[2:])
	return d
}

// upperHalf is the same signature's other form, which recovers to the same key.
func upperHalf(_ *model, d []byte) []byte {
	s := new(big.Int).SetBytes(d[33:])
	s.Sub(crypto.S256().Params().N, s).FillBytes(d[33:])
	d[0] = 27 + 28 - d[0]
	return d
}

func TestForgedSignature(t *testing.T) {
	order := crypto.S256().Params().N
	v := func(v byte) func(*model, []byte) []byte {
		return func(_ *model, d []byte) []byte { d[0] = v; return d }
	}
	put := func(at int, n *big.Int) func(*model, []byte) []byte {
		return func(_ *model, d []byte) []byte { n.FillBytes(d[at : at+32]); return d }
	}
	r := messageRequest(t)
	for name, tt := range map[string]struct {
		change func(*model, []byte) []byte
		want   error
	}{
		"high s":            {upperHalf, ledger.ErrSignature},
		"v 0":               {v(0), ledger.ErrSignature},
		"v 1":               {v(1), ledger.ErrSignature},
		"v 26":              {v(26), ledger.ErrSignature},
		"v 29":              {v(29), ledger.ErrSignature},
		"v 31":              {v(31), ledger.ErrSignature},
		"v 255":             {v(255), ledger.ErrSignature},
		"r zero":            {put(1, new(big.Int)), ledger.ErrSignature},
		"s zero":            {put(33, new(big.Int)), ledger.ErrSignature},
		"r of the order":    {put(1, order), ledger.ErrSignature},
		"s of the order":    {put(33, order), ledger.ErrSignature},
		"r no x coordinate": {put(1, big.NewInt(5)), ledger.ErrSignature},
		"all zero":          {func(_ *model, d []byte) []byte { return make([]byte, 65) }, ledger.ErrSignature},
		"all ones":          {func(_ *model, d []byte) []byte { return bytes.Repeat([]byte{255}, 65) }, ledger.ErrSignature},
		"other parity":      {func(_ *model, d []byte) []byte { d[0] = 27 + 28 - d[0]; return d }, ledger.ErrOther},
		"another hash":      {func(m *model, _ []byte) []byte { return m.signature(common.Hash{1}) }, ledger.ErrOther},
		"as a message":      {func(m *model, _ []byte) []byte { return m.signature(safe.EthSignDigest(r.Digest())) }, ledger.ErrOther},
		"order r s v":       {func(_ *model, d []byte) []byte { return append(d[1:65:65], d[0]) }, nil},
	} {
		for _, how := range flows {
			t.Run(fmt.Sprintf("%s/%d", name, how), func(t *testing.T) {
				last := total(t, r, how) - 1
				sent, err := spoiled(t, how, last, tt.change)
				var e *ledger.Error
				if !errors.As(err, &e) || tt.want != nil && e.Kind != tt.want {
					t.Errorf("error %v, want %v", err, tt.want)
				}
				if strings.HasPrefix(name, "v ") != strings.Contains(e.Msg, "has v ") && tt.want == ledger.ErrSignature && !strings.HasPrefix(name, "all") {
					t.Errorf("the message is about something else: %s", e.Msg)
				}
				if sent != last+1 {
					t.Errorf("%d commands, want %d", sent, last+1)
				}
			})
		}
	}
}
