package verify_test

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

var collectedSafe = common.HexToAddress("0x849D52316331967b6fF1198e5E32A0eB168D039d")

func collectorKey(n int) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("collector"), []byte{byte(n)}))
	if err != nil {
		panic(err)
	}
	return k
}

func collectorOwner(n int) common.Address { return crypto.PubkeyToAddress(collectorKey(n).PublicKey) }

// collectRequest is an honest payment of a Safe that n keys own.
func collectRequest(n, threshold int) verify.Request {
	at := collectedSafe
	req := verify.Request{Mode: verify.ModeCheck, File: "x",
		Given:  verify.Given{Chain: uint256.NewInt(1), Safe: &at, Version: safe.Version{Major: 1, Minor: 4, Patch: 1}, Threshold: uint256.NewInt(uint64(threshold))},
		Fields: map[string]string{"to": "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3", "value": "7", "data": "0x", "operation": "0", "nonce": "7"}}
	for i := range n {
		req.Given.Owners = append(req.Given.Owners, collectorOwner(i))
	}
	return req
}

func collectHash(t testing.TB) safe.Hashes {
	t.Helper()
	tx := safe.Tx{To: common.HexToAddress("0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3"), Value: uint256.NewInt(7), Operation: safe.Call, SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: uint256.NewInt(7)}
	h, err := tx.Hash(safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: collectedSafe})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// rawSignature is one of a key, in the form that a number chooses.
func rawSignature(t testing.TB, n int, hash common.Hash, form int) []byte {
	t.Helper()
	personal := form&1 != 0
	digest := hash
	if personal {
		digest = safe.EthSignDigest(hash)
	}
	s, err := crypto.Sign(digest[:], collectorKey(n))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case form&2 != 0: // parity
	case form&4 != 0 && personal:
		s[64] += 31
	default:
		s[64] += 27
	}
	text := []byte("0x" + hex.EncodeToString(s))
	if form&8 != 0 {
		text = fmt.Appendf(nil, `{"r":"0x%x","s":"0x%x","v":%d}`, s[:32], s[32:64], s[64])
	}
	return text
}

func brought(raw ...[]byte) (out []verify.Named) {
	for i, r := range raw {
		out = append(out, verify.Named{Name: fmt.Sprint(i), Raw: r})
	}
	return out
}

// TestCollectedInAnyOrder: whatever the forms and the order of the inputs, the same bytes
// come out, as many signatures as are needed, of owners who signed, as the contract reads
// them.
func TestCollectedInAnyOrder(t *testing.T) {
	hash := collectHash(t)
	r := rand.New(rand.NewPCG(7, 41))
	for range 60 {
		owners := 1 + r.IntN(6)
		need := 1 + r.IntN(owners)
		signed := r.Perm(owners)[:need+r.IntN(owners-need+1)]
		req := collectRequest(owners, need)
		var raw [][]byte
		for _, n := range signed {
			raw = append(raw, rawSignature(t, n, hash.SafeTx, r.IntN(16)))
		}
		raw = append(raw, rawSignature(t, signed[0], hash.SafeTx, r.IntN(16))) // one owner twice
		req.Signatures = brought(raw...)
		rep, first, err := verify.Collect(req)
		if err != nil || first == nil {
			t.Fatalf("%d of %d, %d signed: %v, %s", need, owners, len(signed), err, rep.Summary)
		}
		for range 3 {
			r.Shuffle(len(raw), func(i, j int) { raw[i], raw[j] = raw[j], raw[i] })
			req.Signatures = brought(raw...)
			_, c, err := verify.Collect(req)
			if err != nil || c == nil || !bytes.Equal(c.Packed, first.Packed) {
				t.Fatalf("in another order: %v, %+v, want %x", err, c, first.Packed)
			}
		}
		checkPacked(t, first, need, signed)
		// What came out can be collected again, alone, and stays what it is.
		req.Signatures = brought(first.Packed)
		if _, again, err := verify.Collect(req); err != nil || again == nil || !bytes.Equal(again.Packed, first.Packed) {
			t.Fatalf("collected again: %v", err)
		}
	}
}

// checkPacked reads the bytes as the contract would.
func checkPacked(t *testing.T, c *verify.Collection, need int, signed []int) {
	t.Helper()
	b, err := safe.ParseBlob(c.Packed, need)
	if err != nil || b.Malformed() || len(b.Signatures) != need || len(b.Extra) > 0 {
		t.Fatalf("packed: %v, %+v", err, b.Faults)
	}
	signers, faults := b.Recover(c.Signed, c.Version)
	if len(faults) > 0 {
		t.Fatalf("recovered: %+v", faults)
	}
	for _, s := range signers {
		if !s.Proven || !slices.ContainsFunc(signed, func(n int) bool { return collectorOwner(n) == s.Owner }) {
			t.Fatalf("%s is among the signers, and did not sign", s.Owner)
		}
	}
}

// TestCollectRefuses: without the evidence there is no collection, and the report says
// why.
func TestCollectRefuses(t *testing.T) {
	hash := collectHash(t)
	a, b := rawSignature(t, 0, hash.SafeTx, 0), rawSignature(t, 1, hash.SafeTx, 0)
	for _, tt := range []struct {
		name   string
		change func(*verify.Request)
		want   string
	}{
		{"nothing", func(q *verify.Request) {}, "SIGNATURES_MISSING"},
		{"no owners", func(q *verify.Request) { q.Signatures, q.Given.Owners = brought(a, b), nil }, "OWNERS_UNKNOWN"},
		{"no threshold", func(q *verify.Request) { q.Signatures, q.Given.Threshold = brought(a, b), nil }, "OWNERS_UNKNOWN"},
		{"threshold zero", func(q *verify.Request) { q.Signatures, q.Given.Threshold = brought(a, b), new(uint256.Int) }, "OWNERS_UNKNOWN"},
		{"a threshold of 2^255", func(q *verify.Request) {
			q.Signatures, q.Given.Threshold = brought(a, b), new(uint256.Int).Lsh(uint256.NewInt(1), 255)
		}, "SIGNATURES_MISSING"},
		{"no version", func(q *verify.Request) { q.Signatures, q.Given.Version = brought(a, b), safe.Version{} }, "FIELD_MISSING"},
		{"no nonce", func(q *verify.Request) { q.Signatures = brought(a, b); delete(q.Fields, "nonce") }, "FIELD_MISSING"},
		{"eth_sign below 1.1.0", func(q *verify.Request) {
			q.Given.Version = safe.Version{Major: 1}
			q.Signatures = brought(a, b)
		}, "SIGNER_NOT_OWNER"}, // another hash rule: another hash
		{"through a Safe without a policy", func(q *verify.Request) { q.Signatures, q.Via = brought(a, b), []common.Address{collectorOwner(0)} }, "OWNERS_UNKNOWN"},
		{"a text message", func(q *verify.Request) {
			q.Fields, q.Input = nil, []byte(`{"safe":"0x849D52316331967b6fF1198e5E32A0eB168D039d","message":"hello","messageHash":null,"confirmations":[],"proposedBy":null}`)
			q.Signatures = brought(a, b)
		}, ""},
		{"an unlimited approval with fail-on high", func(q *verify.Request) {
			q.Fields["data"] = "0x095ea7b3" + strings.Repeat("0", 24) + "88a1493366d48225fc3cefbdae9ebb23e323ade3" + strings.Repeat("f", 64)
			q.Fields["value"], q.FailOn = "0", "high"
		}, "UNLIMITED_APPROVAL"},
	} {
		req := collectRequest(3, 2)
		tt.change(&req)
		rep, c, err := verify.Collect(req)
		if err != nil || c != nil || rep.Verdict == report.NoObjection {
			t.Errorf("%s: collected %v, %v, %s", tt.name, c != nil, err, rep.Verdict)
			continue
		}
		if tt.want != "" && !slices.Contains(codesOf(rep), tt.want) {
			t.Errorf("%s: %s is missing among %v", tt.name, tt.want, codesOf(rep))
		}
	}
	for name, change := range map[string]func(*verify.Request){
		"verify":                func(q *verify.Request) { q.Mode = verify.ModeVerify },
		"no mode":               func(q *verify.Request) { q.Mode = verify.ModeUnknown },
		"approvals through one": func(q *verify.Request) { q.Via, q.ApprovedBy = q.Given.Owners[:1], q.Given.Owners[1:2] },
	} {
		req := collectRequest(3, 2)
		change(&req)
		if _, c, err := verify.Collect(req); !errors.Is(err, verify.ErrRequest) || c != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBybitIsNotCollected: three true signatures of owners give nothing that executes.
func TestBybitIsNotCollected(t *testing.T) {
	raw, err := fixtures.Read("incidents/bybit/collected-over-payload.json")
	if err != nil {
		t.Fatal(err)
	}
	req := verify.Request{Mode: verify.ModeCheck, File: "x", Input: raw, Given: verify.Given{Chain: uint256.NewInt(1), Version: safe.Version{Major: 1, Minor: 1, Patch: 1}, Threshold: uint256.NewInt(3), Owners: []common.Address{
		common.HexToAddress("0x1F4EB0a903619ac168b19A82F1a6e2e426522211"), common.HexToAddress("0xe3dF2cCEAc61B1aFA311372ecC5B40A3A6585a9E"), common.HexToAddress("0x3Cc3A225769900e003E264dd4CB43E90896BC21A"),
	}}}
	rep, c, err := verify.Collect(req)
	if err != nil || c != nil || rep.Verdict != report.Refused || !strings.HasPrefix(rep.Summary, "DELEGATECALL_UNKNOWN_TARGET") {
		t.Errorf("collected %v, %v: %s", c != nil, err, rep.Summary)
	}
	if !strings.Contains(rep.Owners, "enough (3 of 3 count)") {
		t.Errorf("owners %q: the test shows nothing", rep.Owners)
	}
}

// TestSafesThatOwnEachOther: a policy in which two Safes wait for one another makes no
// signature count, and ends.
func TestSafesThatOwnEachOther(t *testing.T) {
	one, two := common.HexToAddress("0x2222222222222222222222222222222222222222"), common.HexToAddress("0x3333333333333333333333333333333333333333")
	s := safe.PackBlob([]safe.Signature{safe.ContractSignature(two, make([]byte, 65))})
	for range 20 {
		s = safe.PackBlob([]safe.Signature{safe.ContractSignature(one, s)})
		one, two = two, one
	}
	req := collectRequest(1, 1)
	req.Given.Owners = []common.Address{common.HexToAddress("0x2222222222222222222222222222222222222222"), common.HexToAddress("0x3333333333333333333333333333333333333333")}
	req.Policy = &verify.Policy{Named: verify.Named{Name: "p.yaml", Raw: fmt.Appendf(nil, "coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  1:\n    safes:\n      vault: {address: %q, version: 1.4.1}\n      council: {address: \"0x2222222222222222222222222222222222222222\", version: 1.4.1, owners: [board], threshold: 1, fallback-handler: \"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99\"}\n      board: {address: \"0x3333333333333333333333333333333333333333\", version: 1.4.1, owners: [council], threshold: 1, fallback-handler: \"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99\"}\n", collectedSafe.Hex())}, Origin: "--policy"}
	req.Signatures = brought(s)
	rep, c, err := verify.Collect(req)
	if err != nil || c != nil || rep.Verdict != report.Refused {
		t.Fatalf("collected %v, %v", c != nil, err)
	}
	if got := codesOf(rep); !slices.Contains(got, "CONTRACT_SIGNATURE_UNVERIFIED") {
		t.Errorf("findings %v: %s", got, rep.Summary)
	}
}

// TestThroughTwoSafes: where one owner is enough for the Safe in the middle, its own
// contract signature comes out, which the Safe of the transaction takes.
func TestThroughTwoSafes(t *testing.T) {
	vectors, err := fixtures.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(vectors, func(v fixtures.Vector) bool { return v.Name == "signatures_contract_via_below" })
	req := vectorRequest(t, vectors[i])
	_, c, err := verify.Collect(req)
	if err != nil || c == nil || c.Contract == nil {
		t.Fatalf("collected %v, %v", c, err)
	}
	if c.Contract.Owner != req.Via[0] || c.Above != *mustSafe(t, vectors[i]) || len(c.Via) != 2 {
		t.Errorf("the signature of %s for %s, want that of %s", c.Contract.Owner, c.Above, req.Via[0])
	}
	if _, err := c.Calldata(); !errors.Is(err, verify.ErrExecution) {
		t.Errorf("calldata of signatures for another Safe: %v", err)
	}
	req.Via, req.Signatures = nil, brought([]byte("0x"+hex.EncodeToString(c.ContractBytes)))
	rep, whole, err := verify.Collect(req)
	if err != nil || whole == nil || whole.Chosen[0].Owner != c.Contract.Owner {
		t.Fatalf("for the Safe itself: %v, %s", err, rep.Summary)
	}
	if !bytes.Equal(whole.Packed, c.ContractBytes) {
		t.Errorf("packed %x, want %x", whole.Packed, c.ContractBytes)
	}
}

func mustSafe(t *testing.T, v fixtures.Vector) *common.Address {
	t.Helper()
	rep := answer(t, vectorRequest(t, v))
	a := common.HexToAddress(rep.Safe.Address)
	return &a
}

// TestVersionOfTheFile: in which form the owners of a Safe sign for another depends on
// that one's version, and 1.4.1 and 1.5.0 hash a transaction alike. A file that chooses
// it could choose the form that somebody has signed.
func TestVersionOfTheFile(t *testing.T) {
	hash := collectHash(t)
	council := common.HexToAddress("0x2222222222222222222222222222222222222222")
	pre := safe.Preimage(hash.Domain, hash.Message)
	m, err := safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: council}.HashMessage(pre[:])
	if err != nil {
		t.Fatal(err)
	}
	inner := common.FromHex(string(rawSignature(t, 0, m.SafeMessage, 0)))
	for _, given := range []bool{false, true} {
		req := collectRequest(0, 1)
		req.Fields = nil
		req.Input = []byte(`{"safe":"0x849D52316331967b6fF1198e5E32A0eB168D039d","safe_version":"1.4.1","chain":1,"to":"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3","value":7,"data":"0x","operation":0,"safe_tx_gas":0,"base_gas":0,"gas_price":0,"gas_token":"0x0000000000000000000000000000000000000000","refund_receiver":"0x0000000000000000000000000000000000000000","nonce":7}`)
		if !given {
			req.Given.Version = safe.Version{}
		}
		req.Given.Owners = []common.Address{council}
		req.Policy = &verify.Policy{Named: verify.Named{Name: "p.yaml", Raw: fmt.Appendf(nil, "coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  1:\n    names: {alice: %q}\n    safes:\n      council: {address: %q, version: 1.4.1, owners: [alice], threshold: 1, fallback-handler: \"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99\"}\n", collectorOwner(0).Hex(), council.Hex())}, Origin: "--policy"}
		req.Signatures = brought(safe.PackBlob([]safe.Signature{safe.ContractSignature(council, inner)}))
		rep, c, err := verify.Collect(req)
		if err != nil || c != nil {
			t.Fatalf("given %v: collected, %v", given, err) // a Safe that the policy does not know
		}
		if n := slices.IndexFunc(rep.Signatures, func(s report.Signature) bool { return s.Counts }); (n >= 0) != given {
			t.Errorf("the version given %v: signatures %+v", given, rep.Signatures)
		}
	}
}

// TestExecution: the unsigned transaction is the one that go-ethereum makes of the same
// fields, and its hash is what a sender signs.
func TestExecution(t *testing.T) {
	hash := collectHash(t)
	req := collectRequest(2, 2)
	req.Signatures = brought(rawSignature(t, 0, hash.SafeTx, 0), rawSignature(t, 1, hash.SafeTx, 1))
	_, c, err := verify.Collect(req)
	if err != nil || c == nil {
		t.Fatal(err)
	}
	data, err := c.Calldata()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []verify.Sending{
		{Nonce: 0, GasLimit: 50000, MaxFee: new(uint256.Int), MaxPriorityFee: new(uint256.Int)},
		{Nonce: 12, GasLimit: 300000, MaxFee: uint256.NewInt(30e9), MaxPriorityFee: uint256.NewInt(1e9)},
		{Nonce: 1<<64 - 2, GasLimit: 1<<64 - 1, MaxFee: new(uint256.Int).SetAllOne(), MaxPriorityFee: new(uint256.Int).SetAllOne()},
	} {
		raw, h, err := c.Transaction(s)
		if err != nil {
			t.Errorf("%+v: %v", s, err)
			continue
		}
		at := collectedSafe
		tx := types.NewTx(&types.DynamicFeeTx{ChainID: c.Chain.ToBig(), Nonce: s.Nonce, GasTipCap: s.MaxPriorityFee.ToBig(), GasFeeCap: s.MaxFee.ToBig(), Gas: s.GasLimit, To: &at, Value: new(uint256.Int).ToBig(), Data: data})
		if want := types.NewLondonSigner(c.Chain.ToBig()).Hash(tx); h != want || crypto.Keccak256Hash(raw) != want {
			t.Errorf("%+v: hash %s, want %s", s, h, want)
		}
	}
	for name, s := range map[string]verify.Sending{
		"zero":                     {},
		"no priority fee":          {GasLimit: 21000, MaxFee: uint256.NewInt(1)},
		"priority above the whole": {GasLimit: 21000, MaxFee: uint256.NewInt(1), MaxPriorityFee: uint256.NewInt(2)},
		"too little gas":           {GasLimit: 20999, MaxFee: uint256.NewInt(1), MaxPriorityFee: uint256.NewInt(1)},
		"the last nonce":           {Nonce: 1<<64 - 1, GasLimit: 21000, MaxFee: uint256.NewInt(1), MaxPriorityFee: uint256.NewInt(1)},
	} {
		if raw, _, err := c.Transaction(s); !errors.Is(err, verify.ErrExecution) || raw != nil {
			t.Errorf("%s: %x, %v", name, raw, err)
		}
	}
	// A collection whose fields were changed gives nothing away: what is read back has
	// another hash.
	changed := *c
	changed.Tx.Value = uint256.NewInt(8)
	if _, err := changed.Calldata(); !errors.Is(err, verify.ErrExecution) {
		t.Errorf("another value: %v", err)
	}
	if _, err := new(verify.Collection).Calldata(); !errors.Is(err, verify.ErrExecution) {
		t.Errorf("an empty collection: %v", err)
	}
}

// FuzzCollect: whatever bytes are brought as signatures, nothing panics, every output is
// printable, and only owners who signed are collected.
func FuzzCollect(f *testing.F) {
	hash := collectHash(f)
	a, b := rawSignature(f, 0, hash.SafeTx, 0), rawSignature(f, 1, hash.SafeTx, 3)
	council := common.HexToAddress("0x2222222222222222222222222222222222222222")
	pre := safe.Preimage(hash.Domain, hash.Message)
	m, err := safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: council}.HashMessage(pre[:])
	if err != nil {
		f.Fatal(err)
	}
	inner := common.FromHex(string(rawSignature(f, 0, m.SafeMessage, 0)))
	contract := safe.PackBlob([]safe.Signature{safe.ContractSignature(council, inner)})
	for _, s := range [][]byte{a, b, contract, safe.PackBlob([]safe.Signature{safe.ApprovedHash(council)}), []byte("{\"signatures\":\"0x" + hex.EncodeToString(contract) + "\"}"), rawSignature(f, 2, hash.SafeTx, 0), nil} {
		f.Add(s, a)
		f.Add(a, s)
	}
	policy := fmt.Appendf(nil, "coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  1:\n    names: {payroll: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\", alice: %q, bob: %q}\n    safes:\n      vault: {address: %q, version: 1.4.1, owners: [alice, bob, council], threshold: 2}\n      council: {address: %q, version: 1.4.1, owners: [alice], threshold: 1, fallback-handler: \"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99\"}\n",
		collectorOwner(0).Hex(), collectorOwner(1).Hex(), collectedSafe.Hex(), council.Hex())
	f.Fuzz(func(t *testing.T, one, two []byte) {
		req := collectRequest(0, 1)
		req.Given.Owners, req.Given.Threshold = nil, nil
		req.Policy = &verify.Policy{Named: verify.Named{Name: "p.yaml", Raw: policy}, Origin: "--policy"}
		req.Signatures = brought(one, two)
		rep, c, err := verify.Collect(req)
		if err != nil || (c != nil) != (rep.Verdict == report.NoObjection) {
			t.Fatalf("%v: verdict %s, collected %v", err, rep.Verdict, c != nil)
		}
		var text, line bytes.Buffer
		report.Text(&text, rep, report.TextOptions{Width: 80})
		report.JSON(&line, rep)
		for _, b := range append(text.Bytes(), line.Bytes()...) {
			if b != '\n' && (b < 0x20 || b > 0x7e) {
				t.Fatalf("byte 0x%02x reaches an output", b)
			}
		}
		if c == nil {
			return
		}
		if got, err := safe.ParseBlob(c.Packed, 2); err != nil || got.Malformed() || len(c.Chosen) != 2 || c.Chosen[0].Owner == c.Chosen[1].Owner {
			t.Fatalf("collected %+v: %v", c.Chosen, err)
		}
		for _, s := range c.Chosen {
			signed := s.Proven && (s.Owner == collectorOwner(0) || s.Owner == collectorOwner(1))
			if !signed && (s.Owner != council || !bytes.Contains(s.Signature.Dynamic, inner[:32])) {
				t.Fatalf("%s is collected, and did not sign", s.Owner)
			}
		}
	})
}
