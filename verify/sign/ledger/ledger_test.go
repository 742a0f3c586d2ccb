package ledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/ledger"
)

var most = new(uint256.Int).SetAllOne()

func u(n uint64) *uint256.Int { return uint256.NewInt(n) }

func domainOf(e safe.Era) safe.Domain {
	return safe.Domain{Era: e, ChainID: u(1), Safe: common.HexToAddress("0x1c694Fc3006D81ff4a56F97E1b99529066a23725")}
}

// transactions are those at the edges of what is sent.
func transactions() map[string]*safe.Tx {
	to, token, receiver := common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), common.HexToAddress("0xdAC17F958D2ee523a2206206994597C13D831ec7"), common.HexToAddress("0x00000000000000000000000000000000000000ff")
	fill := func(n int) []byte { return bytes.Repeat([]byte{0xa9, 0x05, 0x9c, 0xbb, 0x00}, n/5+1)[:n] }
	tx := func(n *uint256.Int, op safe.Operation, data []byte) *safe.Tx {
		return &safe.Tx{To: to, Value: n, Data: data, Operation: op, SafeTxGas: n, BaseGas: n, GasPrice: n, GasToken: token, RefundReceiver: receiver, Nonce: n}
	}
	out := map[string]*safe.Tx{
		"all zero":      {Value: u(0), Operation: safe.Call, SafeTxGas: u(0), BaseGas: u(0), GasPrice: u(0), Nonce: u(0)},
		"all most":      tx(most, safe.DelegateCall, fill(68)),
		"small numbers": tx(u(255), safe.Call, fill(4)),
		"two bytes":     tx(u(256), safe.Call, fill(4)),
		"20 kB":         tx(u(7), safe.DelegateCall, fill(20_000)),
	}
	// around the ends of commands, and the longest
	for _, n := range []int{1, 252, 253, 254, 507, 508, 509, 65535} {
		out[fmt.Sprintf("%d bytes", n)] = tx(u(1), safe.Call, fill(n))
	}
	return out
}

func mustOpen(t testing.TB, m *model) *ledger.Account {
	t.Helper()
	a, err := ledger.Open(m, ledger.DefaultPath())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// recovered is the signer by the wire's own rule.
func recovered(t testing.TB, sig [65]byte, digest common.Hash) common.Address {
	t.Helper()
	sig[64] -= 27
	key, err := crypto.SigToPub(digest[:], sig[:])
	if err != nil {
		t.Fatal(err)
	}
	return crypto.PubkeyToAddress(*key)
}

func checkSigned(t *testing.T, r ledger.Request, want common.Hash, how ledger.Flow) {
	t.Helper()
	m := newModel(t)
	a := mustOpen(t, m)
	if a.Address() != m.address() || a.App() != (ledger.App{Version: ledger.Version{1, 22, 0}, BlindSigning: true}) || a.Path() != ledger.DefaultPath() {
		t.Fatalf("got %s, %+v, %s", a.Address(), a.App(), a.Path())
	}
	sig, err := a.Sign(r, how)
	if err != nil {
		t.Fatal(err)
	}
	if r.Digest() != want || m.signed != want {
		t.Fatalf("request %s, device %s, want %s", r.Digest(), m.signed, want)
	}
	if by := recovered(t, sig, want); by != m.address() {
		t.Errorf("recovers to %s, want %s", by, m.address())
	}
	sent := len(m.commands)
	if _, err := a.Sign(r, how); !errors.Is(err, ledger.ErrSpent) || len(m.commands) != sent {
		t.Errorf("second signature: error %v, %d more commands", err, len(m.commands)-sent)
	}
}

// TestTransactions: the device's own hash of what it was sent, by another library, is
// ours, for each generation of the type and of the domain.
func TestTransactions(t *testing.T) {
	for _, era := range safe.Eras() {
		for name, tx := range transactions() {
			t.Run(era.String()+"/"+name, func(t *testing.T) {
				want, err := tx.Hash(domainOf(era))
				if err != nil {
					t.Fatal(err)
				}
				r, err := ledger.Transaction(domainOf(era), tx)
				if err != nil {
					t.Fatal(err)
				}
				if r.Domain() != want.Domain || r.Message() != want.Message {
					t.Errorf("hashes %s and %s, want %+v", r.Domain(), r.Message(), want)
				}
				checkSigned(t, r, want.SafeTx, ledger.ByFields)
				checkSigned(t, r, want.SafeTx, ledger.ByHashes)
				checkSigned(t, ledger.Hashes(want.Domain, want.Message), want.SafeTx, ledger.ByHashes)
			})
		}
	}
}

func TestMessages(t *testing.T) {
	pre := safe.Preimage(common.Hash{1}, common.Hash{2})
	for name, text := range map[string][]byte{"66 bytes": pre[:], "32 bytes": bytes.Repeat([]byte{0xfe}, 32), "empty": {}, "long": bytes.Repeat([]byte{1}, 1000)} {
		for _, era := range safe.Eras() {
			t.Run(era.String()+"/"+name, func(t *testing.T) {
				want, err := domainOf(era).HashMessage(text)
				if err != nil {
					t.Fatal(err)
				}
				r, err := ledger.Message(domainOf(era), text)
				if err != nil {
					t.Fatal(err)
				}
				checkSigned(t, r, want.SafeMessage, ledger.ByFields)
				checkSigned(t, r, want.SafeMessage, ledger.ByHashes)
			})
		}
	}
}

// TestRequestHoldsItsBytes: what was hashed is what is sent, whatever becomes of the
// caller's memory.
func TestRequestHoldsItsBytes(t *testing.T) {
	text := bytes.Repeat([]byte{1}, 32)
	r, err := ledger.Message(domainOf(safe.EraChainID), text)
	if err != nil {
		t.Fatal(err)
	}
	want := r.Digest()
	text[0] = 2
	checkSigned(t, r, want, ledger.ByFields)
}

func TestRefusedRequests(t *testing.T) {
	good := transactions()["small numbers"]
	long := *good
	long.Data = make([]byte, 65536)
	noNonce, noOp := *good, *good
	noNonce.Nonce, noOp.Operation = nil, safe.OperationUnknown
	noChain := domainOf(safe.EraChainID)
	noChain.ChainID = nil
	for name, make := range map[string]func() (ledger.Request, error){
		"no nonce":     func() (ledger.Request, error) { return ledger.Transaction(domainOf(safe.EraChainID), &noNonce) },
		"no operation": func() (ledger.Request, error) { return ledger.Transaction(domainOf(safe.EraChainID), &noOp) },
		"no chain":     func() (ledger.Request, error) { return ledger.Transaction(noChain, good) },
		"no era":       func() (ledger.Request, error) { return ledger.Message(safe.Domain{}, nil) },
	} {
		if _, err := make(); !errors.Is(err, ledger.ErrRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	tooLong, err := ledger.Transaction(domainOf(safe.EraChainID), &long)
	if err != nil {
		t.Fatal(err)
	}
	ok, err := ledger.Transaction(domainOf(safe.EraChainID), good)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		r    ledger.Request
		how  ledger.Flow
		want error
	}{
		{"zero", ledger.Request{}, ledger.ByHashes, ledger.ErrRequest},
		{"zero by fields", ledger.Request{}, ledger.ByFields, ledger.ErrRequest},
		{"no message hash", ledger.Hashes(common.Hash{1}, common.Hash{}), ledger.ByHashes, ledger.ErrRequest},
		{"no domain hash", ledger.Hashes(common.Hash{}, common.Hash{2}), ledger.ByHashes, ledger.ErrRequest},
		{"flow unknown", ok, ledger.FlowUnknown, ledger.ErrRequest},
		{"flow of tomorrow", ok, ledger.ByFields + 1, ledger.ErrRequest},
		{"hashes by fields", ledger.Hashes(common.Hash{1}, common.Hash{2}), ledger.ByFields, ledger.ErrRequest},
		{"64 KiB by fields", tooLong, ledger.ByFields, ledger.ErrRequest},
		{"blind signing off", ok, ledger.ByHashes, ledger.ErrBlindSigning},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newModel(t)
			if tt.want == ledger.ErrBlindSigning {
				m.flags = 0x32
			}
			a := mustOpen(t, m)
			if _, err := a.Sign(tt.r, tt.how); !errors.Is(err, tt.want) || len(m.commands) != 2 {
				t.Errorf("error %v, want %v; %d commands, want the 2 of Open", err, tt.want, len(m.commands))
			}
		})
	}
	checkSigned(t, tooLong, tooLong.Digest(), ledger.ByHashes)
}

// TestFieldsWithoutBlindSigning: raw messages are enough for fields; with neither the app
// refuses, and what it says names the setting.
func TestFieldsWithoutBlindSigning(t *testing.T) {
	r, err := ledger.Transaction(domainOf(safe.EraChainID), transactions()["small numbers"])
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(t)
	m.flags = 0x02
	a := mustOpen(t, m)
	if _, err := a.Sign(r, ledger.ByFields); err != nil || a.App().BlindSigning {
		t.Errorf("error %v, %+v", err, a.App())
	}
	m = newModel(t)
	m.flags, m.raw = 0x02, false
	_, err = mustOpen(t, m).Sign(r, ledger.ByFields)
	var e *ledger.Error
	if !errors.As(err, &e) || e.Kind != ledger.ErrData || !strings.Contains(e.Hint, "Raw messages") || !strings.Contains(e.Hint, "Blind signing") {
		t.Errorf("got %v", err)
	}
}

func TestVersions(t *testing.T) {
	for _, tt := range []struct {
		version [3]byte
		want    error
	}{
		{[3]byte{0, 0, 0}, ledger.ErrOld}, {[3]byte{1, 9, 19}, ledger.ErrOld}, {[3]byte{1, 21, 255}, ledger.ErrOld}, {[3]byte{0, 255, 255}, ledger.ErrOld},
		{[3]byte{1, 22, 0}, nil}, {[3]byte{1, 22, 1}, nil}, {[3]byte{1, 23, 0}, nil}, {[3]byte{2, 0, 0}, nil},
	} {
		m := newModel(t)
		m.version = tt.version
		_, err := ledger.Open(m, ledger.DefaultPath())
		if !errors.Is(err, tt.want) {
			t.Errorf("%v: error %v, want %v", tt.version, err, tt.want)
		}
		if err != nil && len(m.commands) != 1 {
			t.Errorf("%v: %d commands after the version was refused, want none", tt.version, len(m.commands)-1)
		}
	}
}

func TestOtherPath(t *testing.T) {
	p, err := ledger.ParsePath("m/44'/60'/7'/0/3")
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(t)
	m.path = []uint32{0x8000002c, 0x8000003c, 0x80000007, 0, 3}
	if _, err := ledger.Open(m, p); err != nil {
		t.Error(err)
	}
	m = newModel(t)
	if _, err := ledger.Open(m, ledger.Path{}); !errors.Is(err, ledger.ErrPath) || len(m.commands) != 0 {
		t.Errorf("no path: %v, %d commands", err, len(m.commands))
	}
}

// TestCommands holds the bytes of what has no recorded transcript, written by hand from
// the documentation.
func TestCommands(t *testing.T) {
	m := newModel(t)
	a := mustOpen(t, m)
	d, s := common.HexToHash("0x11"), common.HexToHash("0x22")
	if _, err := a.Sign(ledger.Hashes(d, s), ledger.ByHashes); err != nil {
		t.Fatal(err)
	}
	path := "058000002c8000003c800000000000000000000000"
	want := []string{"e006000000", "e002000015" + path, "e00c000055" + path + d.Hex()[2:] + s.Hex()[2:]}
	if len(m.commands) != len(want) {
		t.Fatalf("%d commands, want %d", len(m.commands), len(want))
	}
	for i, w := range want {
		if !bytes.Equal(m.commands[i], unhex(t, w)) {
			t.Errorf("command %d is %x, want %s", i, m.commands[i], w)
		}
	}
}
