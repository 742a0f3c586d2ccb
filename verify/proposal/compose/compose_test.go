package compose

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/go-cmp/cmp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/safe"
)

// The published vector: one transaction, hashed by ethers for all versions.
const (
	vectorHash  = "0xfa7fd7b22f304cf9d4f0b9d4d5b574ab0d8d94d5033b20233e1514be088ff10c" // 1.3.0 and later
	vectorOld   = "0x6f26e083af88375c03b24dcbcc3f946e113215be6a01acc9a69a0cd46faef155" // 1.0.0 to 1.2.0
	vectorFirst = "0xa6fb6b3d543dc0428328087de376a78e5048b8be7f3b60682d88e0381e785fb8" // 0.1.0
	vectorData  = "0xa9059cbb00000000000000000000000092d0ebaf7eb707f0650f9471e61348f4656c29bc00000000000000000000000000000000000000000000000000000005d21dba00"
	fields      = `"to":"0x1111111111111111111111111111111111111111","value":"1234567890123456789","data":"` + vectorData + `","operation":1,` +
		`"safeTxGas":"100000","baseGas":"50000","gasPrice":"7","gasToken":"0x6B175474E89094C44Da98b954EedeAC495271d0F","refundReceiver":"0x5aC255889882aCd3da2aA939679E3f3d4cea221e","nonce":"42"`
	safeTxFields = `[{"name":"to","type":"address"},{"name":"value","type":"uint256"},{"name":"data","type":"bytes"},{"name":"operation","type":"uint8"},{"name":"safeTxGas","type":"uint256"},` +
		`{"name":"baseGas","type":"uint256"},{"name":"gasPrice","type":"uint256"},{"name":"gasToken","type":"address"},{"name":"refundReceiver","type":"address"},{"name":"nonce","type":"uint256"}]`
)

var (
	v010  = safe.Version{Minor: 1}
	v111  = safe.Version{Major: 1, Minor: 1, Patch: 1}
	v130  = safe.Version{Major: 1, Minor: 3}
	v141  = safe.Version{Major: 1, Minor: 4, Patch: 1}
	owner = common.HexToAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
)

func u(n uint64) *uint256.Int { return uint256.NewInt(n) }

func vector(v safe.Version) Input {
	return Input{Chain: u(10), Safe: common.HexToAddress("0x2222222222222222222222222222222222222222"), Version: v, Tx: &safe.Tx{
		To: common.HexToAddress("0x1111111111111111111111111111111111111111"), Value: u(1234567890123456789), Data: common.FromHex(vectorData), Operation: safe.DelegateCall,
		SafeTxGas: u(100000), BaseGas: u(50000), GasPrice: u(7),
		GasToken: common.HexToAddress("0x6B175474E89094C44Da98b954EedeAC495271d0F"), RefundReceiver: common.HexToAddress("0x5aC255889882aCd3da2aA939679E3f3d4cea221e"), Nonce: u(42),
	}}
}

// TestGolden: each form to the byte.
func TestGolden(t *testing.T) {
	zeros := strings.Repeat("0", 64)
	word := func(h string) string { return zeros[len(h):] + h }
	for _, tt := range []struct {
		name, dialect string
		in            Input
		want          string
	}{
		{"propose", "propose", vector(v130), `{"safe":"0x2222222222222222222222222222222222222222",` + fields + `,"contractTransactionHash":"` + vectorHash + `"}`},
		{"propose with sender", "propose", sentBy(vector(v111)), `{"safe":"0x2222222222222222222222222222222222222222",` + fields + `,"contractTransactionHash":"` + vectorOld + `","sender":"` + owner.Hex() + `"}`},
		{"gateway", "gateway-propose", vector(v010), `{` + fields + `,"safeTxHash":"` + vectorFirst + `","sender":null,"signature":null,"origin":null}`},
		{"gateway with sender", "gateway-propose", sentBy(vector(v141)), `{` + fields + `,"safeTxHash":"` + vectorHash + `","sender":"` + owner.Hex() + `","signature":null,"origin":null}`},
		{"typed data", "typed-data", vector(v130), `{"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"SafeTx":` + safeTxFields +
			`},"domain":{"chainId":10,"verifyingContract":"0x2222222222222222222222222222222222222222"},"primaryType":"SafeTx","message":{` + fields + `}}`},
		{"typed data without chain", "typed-data", vector(v111), `{"types":{"EIP712Domain":[{"name":"verifyingContract","type":"address"}],"SafeTx":` + safeTxFields +
			`},"domain":{"verifyingContract":"0x2222222222222222222222222222222222222222"},"primaryType":"SafeTx","message":{` + fields + `}}`},
		{"typed data with dataGas", "typed-data", vector(v010), strings.ReplaceAll(`{"types":{"EIP712Domain":[{"name":"verifyingContract","type":"address"}],"SafeTx":`+safeTxFields+
			`},"domain":{"verifyingContract":"0x2222222222222222222222222222222222222222"},"primaryType":"SafeTx","message":{`+fields+`}}`, "baseGas", "dataGas")},
		{"morpho", "morpho", vector(v130), `{"safe":"0x2222222222222222222222222222222222222222","chainId":10,"version":"1.3.0","to":"0x1111111111111111111111111111111111111111","value":1234567890123456789,"data":"` + vectorData + `","operation":1,` +
			`"safeTxGas":100000,"baseGas":50000,"gasPrice":7,"gasToken":"0x6B175474E89094C44Da98b954EedeAC495271d0F","refundReceiver":"0x5aC255889882aCd3da2aA939679E3f3d4cea221e","nonce":42}`},
		{"protocol-kit", "protocol-kit", vector(v130), `{` + strings.Replace(fields, `"nonce":"42"`, `"nonce":42`, 1) + `}`},
		{"op-txverify", "op-txverify", vector(v141), `{"safe":"0x2222222222222222222222222222222222222222","safe_version":"1.4.1","chain":10,"to":"0x1111111111111111111111111111111111111111","value":1234567890123456789,"data":"` + vectorData + `","operation":1,` +
			`"safe_tx_gas":100000,"base_gas":50000,"gas_price":7,"gas_token":"0x6B175474E89094C44Da98b954EedeAC495271d0F","refund_receiver":"0x5aC255889882aCd3da2aA939679E3f3d4cea221e","nonce":42}`},
		{"calldata", "calldata", vector(v130), "0x6a761202" + word("1111111111111111111111111111111111111111") + word("112210f47de98115") + word("140") + word("1") +
			word("186a0") + word("c350") + word("7") + word("6b175474e89094c44da98b954eedeac495271d0f") + word("5ac255889882acd3da2aa939679e3f3d4cea221e") + word("1c0") +
			word("44") + vectorData[2:] + zeros[:56] + word("0")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Write(tt.dialect, tt.in)
			if err != nil || string(got) != tt.want+"\n" {
				t.Errorf("Write: %v, (-want +got)\n%s", err, cmp.Diff(tt.want+"\n", string(got)))
			}
		})
	}
}

func sentBy(in Input) Input {
	in.Sender = &owner
	return in
}

func payment() Input {
	in := vector(v141)
	in.Tx = &safe.Tx{To: owner, Value: u(5), Operation: safe.Call, SafeTxGas: u(0), BaseGas: u(0), GasPrice: u(0), Nonce: u(3)}
	return in
}

// TestBatchGolden: a batch file with the checksum over the serialisation, which
// stands here as the app's algorithm writes it.
func TestBatchGolden(t *testing.T) {
	in := sentBy(payment())
	in.CreatedAt = 1702396600164
	sum := crypto.Keccak256Hash([]byte(`{["chainId","createdAt","meta","transactions","version"]"10",1702396600164,` +
		`{["createdFromOwnerAddress","createdFromSafeAddress","description","name"]"` + owner.Hex() + `","0x2222222222222222222222222222222222222222","",null,},` +
		`[{["contractInputsValues","contractMethod","data","to","value"]null,null,"0x","` + owner.Hex() + `","5",}],"1.0",}`)).Hex()
	want := `{"version":"1.0","chainId":"10","createdAt":1702396600164,"meta":{"name":"Transactions Batch","description":"","createdFromSafeAddress":"0x2222222222222222222222222222222222222222",` +
		`"createdFromOwnerAddress":"` + owner.Hex() + `","checksum":"` + sum + `"},"transactions":[{"to":"` + owner.Hex() + `","value":"5","data":"0x","contractMethod":null,"contractInputsValues":null}]}` + "\n"
	got, err := Write("tx-builder", in)
	if err != nil || string(got) != want {
		t.Errorf("Write: %v, (-want +got)\n%s", err, cmp.Diff(want, string(got)))
	}
}

var onlyCall141 = common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2")

func batch(calls ...safe.InnerCall) Input {
	in := payment()
	body, err := safe.PackMultiSend(calls)
	if err != nil {
		panic(err)
	}
	in.Tx.To, in.Tx.Value, in.Tx.Operation, in.Tx.Data = onlyCall141, u(0), safe.DelegateCall, safe.MultiSendCalldata(body)
	return in
}

func twoCalls() []safe.InnerCall {
	return []safe.InnerCall{{To: owner, Value: u(1)}, {To: onlyCall141, Value: u(0), Data: []byte{1, 2, 3}}}
}

// TestBatchRefused: what the app would make another transaction of, each beside
// the nearest that it would not.
func TestBatchRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(in *Input)
		want   string // part of the message; "" if it can be said
	}{
		{"two calls", func(*Input) {}, ""},
		{"another nonce", func(in *Input) { in.Tx.Nonce = u(1 << 60) }, ""},
		{"safeTxGas", func(in *Input) { in.Tx.SafeTxGas = u(1) }, "safeTxGas, which is 1"},
		{"baseGas", func(in *Input) { in.Tx.BaseGas = u(1) }, "baseGas, which is 1"},
		{"gasPrice", func(in *Input) { in.Tx.GasPrice = u(1) }, "gasPrice, which is 1"},
		{"gasToken", func(in *Input) { in.Tx.GasToken = owner }, "gasToken"},
		{"refundReceiver", func(in *Input) { in.Tx.RefundReceiver = owner }, "refundReceiver"},
		{"delegatecall to another library", func(in *Input) { in.Tx.To = common.HexToAddress("0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526") }, "operation 1"},
		{"delegatecall to anything", func(in *Input) { in.Tx.To = owner }, "operation 1"},
		{"the library of another version", func(in *Input) { in.Version = v130 }, "operation 1"},
		{"a chain without library", func(in *Input) { in.Chain = u(424242424242) }, "none is known"},
		{"a chain above 2^64", func(in *Input) { in.Chain = new(uint256.Int).Lsh(u(1), 64) }, "none is known"},
		{"value beside the calls", func(in *Input) { in.Tx.Value = u(1) }, "value beside"},
		{"one call", func(in *Input) { *in = batch(twoCalls()[0]) }, "holds 1 calls"},
		{"no call", func(in *Input) { *in = batch() }, "holds 0 calls"},
		{"delegatecall inside", func(in *Input) {
			calls := twoCalls()
			calls[1].Operation = 1
			*in = batch(calls...)
		}, "call 2 has operation 1"},
		{"trailing byte", func(in *Input) { in.Tx.Data = append(in.Tx.Data, 0) }, "not the canonical encoding"},
		{"dirty padding", func(in *Input) { in.Tx.Data[len(in.Tx.Data)-1] = 1 }, "not the canonical encoding"},
		{"another offset", func(in *Input) { in.Tx.Data[35]++ }, "not the canonical encoding"},
		{"length beyond the end", func(in *Input) { in.Tx.Data[64]++ }, "not the canonical encoding"},
		{"no argument", func(in *Input) { in.Tx.Data = in.Tx.Data[:36] }, "not the canonical encoding"},
		{"half an entry", func(in *Input) { in.Tx.Data = safe.MultiSendCalldata(make([]byte, 40)) }, "ends inside its header"},
		{"largest date", func(in *Input) { in.CreatedAt = maxSafeInteger }, ""},
		{"date that is rounded", func(in *Input) { in.CreatedAt = maxSafeInteger + 1 }, "createdAt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := batch(twoCalls()...)
			tt.change(&in)
			got, err := Write("tx-builder", in)
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != nil || !errors.Is(err, ErrCannotSay) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
			if hint := err.(*Error).Hint; hint == "" {
				t.Error("no hint")
			}
		})
	}
}

// TestIncomplete: a field that is not known is refused in every form, also in one
// that does not hold it.
func TestIncomplete(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(in *Input)
	}{
		{"chain", func(in *Input) { in.Chain = nil }},
		{"chain 0", func(in *Input) { in.Chain = u(0) }},
		{"safe", func(in *Input) { in.Safe = common.Address{} }},
		{"version", func(in *Input) { in.Version = safe.Version{} }},
		{"version that was never released", func(in *Input) { in.Version.Patch = 9 }},
		{"tx", func(in *Input) { in.Tx = nil }},
		{"operation", func(in *Input) { in.Tx.Operation = safe.OperationUnknown }},
		{"operation 2", func(in *Input) { in.Tx.Operation = 3 }},
		{"value", func(in *Input) { in.Tx.Value = nil }},
		{"safeTxGas", func(in *Input) { in.Tx.SafeTxGas = nil }},
		{"baseGas", func(in *Input) { in.Tx.BaseGas = nil }},
		{"gasPrice", func(in *Input) { in.Tx.GasPrice = nil }},
		{"nonce", func(in *Input) { in.Tx.Nonce = nil }},
	} {
		for _, d := range Dialects() {
			t.Run(tt.name+" "+d, func(t *testing.T) {
				in := payment()
				tt.change(&in)
				if got, err := Write(d, in); got != nil || !errors.Is(err, ErrIncomplete) {
					t.Errorf("got %q, %v", got, err)
				}
				if _, err := in.Hashes(); !errors.Is(err, ErrIncomplete) {
					t.Errorf("Hashes: %v", err)
				}
			})
		}
	}
}

func TestUnknownDialect(t *testing.T) {
	for _, name := range []string{"", "service", "Propose", "tx-builder ", "\x1b[2J"} {
		if got, err := Write(name, payment()); got != nil || !errors.Is(err, ErrDialect) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: got %q, %v", name, got, err)
		}
		if Lacks(name, safe.EraChainID) != nil {
			t.Errorf("%q lacks something", name)
		}
	}
}

// TestSender: a form that has no place for it refuses it.
func TestSender(t *testing.T) {
	for d, holds := range map[string]bool{"propose": true, "gateway-propose": true, "tx-builder": true, "typed-data": false, "calldata": false, "morpho": false, "protocol-kit": false, "op-txverify": false} {
		got, err := Write(d, sentBy(payment()))
		if holds && (err != nil || !strings.Contains(string(got), owner.Hex())) || !holds && (got != nil || !errors.Is(err, ErrCannotSay)) {
			t.Errorf("%s: got %q, %v", d, got, err)
		}
		if plain, err := Write(d, payment()); err != nil || bytes.Equal(plain, got) {
			t.Errorf("%s without sender: %q, %v", d, plain, err)
		}
	}
}

// TestTooLarge: what our own reader would not open is not written.
func TestTooLarge(t *testing.T) {
	in := payment()
	in.Tx.Data = make([]byte, 4<<20)
	for _, d := range Dialects() {
		if got, err := Write(d, in); got != nil || !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s: %d bytes, %v", d, len(got), err)
		}
	}
}

// random makes transactions with many zeros and many largest values.
type random struct{ *rand.Rand }

func (r random) number() *uint256.Int {
	n := &uint256.Int{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	switch r.IntN(4) {
	case 0:
		return u(0)
	case 1:
		return new(uint256.Int).Not(u(0))
	}
	return n.Rsh(n, uint(r.IntN(256)))
}

func (r random) address() (a common.Address) {
	if r.IntN(4) == 0 {
		return a
	}
	for i := range a {
		a[i] = byte(r.Uint32())
	}
	return a
}

func (r random) bytes() []byte {
	b := make([]byte, r.IntN(4)*r.IntN(60))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

var versions = []string{"0.1.0", "1.0.0", "1.1.0", "1.1.1", "1.2.0", "1.3.0", "1.4.0", "1.4.1", "1.5.0"}

func (r random) input(t *testing.T) Input {
	v, err := safe.ParseVersion(versions[r.IntN(len(versions))])
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Chain: r.number(), Safe: owner, Version: v, CreatedAt: r.Uint64() >> 11, Tx: &safe.Tx{
		To: r.address(), Value: r.number(), Data: r.bytes(), Operation: safe.OperationFromWire(uint8(r.IntN(2))),
		SafeTxGas: r.number(), BaseGas: r.number(), GasPrice: r.number(), GasToken: r.address(), RefundReceiver: r.address(), Nonce: r.number()}}
	if in.Chain.IsZero() {
		in.Chain = u(1 + r.Uint64N(200))
	}
	if r.IntN(2) == 0 {
		in.Sender = &owner
	}
	return in
}

// TestRoundTrip: whatever is written is read as the same fields, and hashes the
// same. Nothing of the readback in Write is used here.
func TestRoundTrip(t *testing.T) {
	r := random{rand.New(rand.NewPCG(4, 712))}
	for range 400 {
		in := r.input(t)
		for _, d := range Dialects() {
			in := in
			if !find(d).sender {
				in.Sender = nil
			}
			raw, err := Write(d, in)
			if d == "tx-builder" && errors.Is(err, ErrCannotSay) {
				continue
			}
			if err != nil {
				t.Fatalf("%s %+v: %v", d, in.Tx, err)
			}
			sameFields(t, d, raw, in)
			if again, err := Write(d, in); err != nil || !bytes.Equal(again, raw) {
				t.Fatalf("%s: written again %v\n%s\n%s", d, err, raw, again)
			}
		}
	}
}

// TestBatchRoundTrip: the calls of a batch come back in their order, and packed
// again they are the data to the byte.
func TestBatchRoundTrip(t *testing.T) {
	r := random{rand.New(rand.NewPCG(5, 712))}
	for range 200 {
		calls := make([]safe.InnerCall, 1+r.IntN(6))
		for i := range calls {
			calls[i] = safe.InnerCall{To: r.address(), Value: r.number(), Data: r.bytes()}
		}
		in := batch(calls...)
		if len(calls) == 1 {
			in.Tx.To, in.Tx.Value, in.Tx.Data, in.Tx.Operation = calls[0].To, calls[0].Value, calls[0].Data, safe.Call
		}
		raw, err := Write("tx-builder", in)
		if err != nil {
			t.Fatal(err)
		}
		sameFields(t, "tx-builder", raw, in)
	}
}

func sameFields(t *testing.T, dialect string, raw []byte, in Input) {
	t.Helper()
	if !bytes.HasSuffix(raw, []byte("\n")) || bytes.Count(raw, []byte("\n")) != 1 {
		t.Fatalf("%s: not one line", dialect)
	}
	res, err := proposal.Parse(raw, proposal.Options{})
	if err != nil || len(res.Findings) > 0 || res.Proposal == nil || res.Proposal.Dialect != dialect {
		t.Fatalf("%s is read as %+v, %v\n%s", dialect, res, err, raw)
	}
	p := res.Proposal
	lacks := map[string]bool{}
	for _, f := range Lacks(dialect, in.Version.Era()) {
		lacks[f] = true
	}
	if lacks["chain"] != (p.Chain == nil) || lacks["safe"] != (p.Safe == nil) || lacks["version"] != (p.Version == "") {
		t.Fatalf("%s lacks %v, read %v %v %q", dialect, lacks, p.Chain, p.Safe, p.Version)
	}
	if p.Chain != nil && !p.Chain.Eq(in.Chain) || p.Safe != nil && *p.Safe != in.Safe || p.Version != "" && p.Version != in.Version.String() {
		t.Fatalf("%s: chain %v, safe %v, version %q", dialect, p.Chain, p.Safe, p.Version)
	}
	got := fill(t, p, in)
	if d := cmp.Diff(in.Tx, got, cmp.Comparer(func(a, b *uint256.Int) bool { return a != nil && b != nil && a.Eq(b) }), cmp.Comparer(bytes.Equal)); d != "" {
		t.Fatalf("%s (-want +got)\n%s", dialect, d)
	}
	want, err := in.Hashes()
	if err != nil {
		t.Fatal(err)
	}
	again := in
	again.Tx = got
	if h, err := again.Hashes(); err != nil || h != want {
		t.Fatalf("%s: hashes %+v, %v; want %+v", dialect, h, err, want)
	}
	for _, c := range p.Claims.Hashes {
		if c.Hash != want.SafeTx {
			t.Fatalf("%s claims %s, want %s", dialect, c.Hash, want.SafeTx)
		}
	}
	if dialect == "tx-builder" && !strings.Contains(strings.Join(p.Facts, " "), "checksum of the batch is valid") {
		t.Fatalf("facts %q", p.Facts)
	}
}

// fill gives what the form does not hold, as a wallet does.
func fill(t *testing.T, p *proposal.Proposal, in Input) *safe.Tx {
	t.Helper()
	tx := p.Tx
	if tx == nil {
		body, err := safe.PackMultiSend(p.Batch)
		if err != nil {
			t.Fatal(err)
		}
		tx = &safe.Tx{To: onlyCall141, Value: u(0), Data: safe.MultiSendCalldata(body), Operation: safe.DelegateCall}
	}
	if p.Dialect == "tx-builder" {
		tx.SafeTxGas, tx.BaseGas, tx.GasPrice = u(0), u(0), u(0)
	}
	if tx.Nonce == nil {
		tx.Nonce = in.Tx.Nonce
	}
	return tx
}

// FuzzWrite: whatever the fields are, Write answers with an error of its kinds or
// with a file that is read as the same fields.
func FuzzWrite(f *testing.F) {
	f.Add(uint8(0), uint8(0), []byte{1}, []byte{}, []byte("data"))
	f.Add(uint8(2), uint8(7), []byte{0x21, 5}, []byte{9}, safe.MultiSendCalldata(make([]byte, 170)))
	f.Fuzz(func(t *testing.T, dialect, version uint8, chain, number, data []byte) {
		names := Dialects()
		d := names[int(dialect)%len(names)]
		v, _ := safe.ParseVersion(versions[int(version)%len(versions)])
		n := new(uint256.Int).SetBytes(number)
		in := payment()
		in.Version, in.Chain = v, new(uint256.Int).SetBytes(chain)
		in.Tx.Value, in.Tx.Nonce, in.Tx.Data = n, n, data
		if version&0x80 != 0 {
			in.Tx.To, in.Tx.Operation = onlyCall141, safe.DelegateCall
			in.Tx.Value = u(0)
		}
		raw, err := Write(d, in)
		if err == nil {
			sameFields(t, d, raw, in)
			return
		}
		var e *Error
		if raw != nil || !errors.As(err, &e) || e.Msg == "" || errors.Is(err, ErrUnreadable) || errors.Is(err, ErrDialect) {
			t.Fatalf("%s: %d bytes, %v", d, len(raw), err)
		}
	})
}
