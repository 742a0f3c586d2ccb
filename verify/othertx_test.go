package verify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

var (
	mySafe = common.HexToAddress("0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE")
	payee  = common.HexToAddress("0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1")
	v141   = safe.Version{Major: 1, Minor: 4, Patch: 1}
)

func payment() safe.Tx {
	zero := new(uint256.Int)
	return safe.Tx{To: payee, Value: uint256.NewInt(5), Operation: safe.Call, SafeTxGas: zero, BaseGas: zero, GasPrice: zero, Nonce: uint256.NewInt(42)}
}

// record writes a payment as the Transaction Service does, with one confirmation.
func record(claimed common.Hash, owner common.Address, signature []byte) []byte {
	hash := ""
	if claimed != (common.Hash{}) {
		hash = fmt.Sprintf(`"safeTxHash":"%s",`, claimed.Hex())
	}
	return fmt.Appendf(nil, `{"safe":"%s","to":"%s","value":"5","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,
		"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":42,%s"isExecuted":false,"confirmations":[{"owner":"%s","signature":"0x%x","signatureType":"EOA"}]}`,
		mySafe.Hex(), payee.Hex(), hash, owner.Hex(), signature)
}

// TestWhatWasReallySigned: a signature by the right owner over something else is
// compared with what somebody could have shown or meant instead.
func TestWhatWasReallySigned(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	owner := crypto.PubkeyToAddress(key.PublicKey)
	sign := func(h common.Hash) []byte {
		s, err := crypto.Sign(h[:], key)
		if err != nil {
			t.Fatal(err)
		}
		s[64] += 27
		return s
	}
	hash := func(era safe.Era, change func(*safe.Tx)) common.Hash {
		tx := payment()
		change(&tx)
		h, err := tx.Hash(safe.Domain{Era: era, ChainID: uint256.NewInt(1), Safe: mySafe})
		if err != nil {
			t.Fatal(err)
		}
		return h.SafeTx
	}
	same := func(*safe.Tx) {}
	elsewhere := common.Hash{1}
	for _, tt := range []struct {
		name    string
		claimed common.Hash
		signed  common.Hash
		want    string // among the words about the signature
		refused bool
	}{
		{"ours", common.Hash{}, hash(safe.EraChainID, same), "", false},
		{"the claimed hash", elsewhere, elsewhere, "the hash that the file claims", true},
		{"another hash rule", common.Hash{}, hash(safe.EraBaseGas, same), "under the hash rule of version", true},
		{"a delegatecall", common.Hash{}, hash(safe.EraChainID, func(tx *safe.Tx) { tx.Operation = safe.DelegateCall }), "with operation DELEGATECALL", true},
		{"the next nonce", common.Hash{}, hash(safe.EraChainID, func(tx *safe.Tx) { tx.Nonce = uint256.NewInt(43) }), "with the next nonce", true},
		{"the nonce before", common.Hash{}, hash(safe.EraChainID, func(tx *safe.Tx) { tx.Nonce = uint256.NewInt(41) }), "with the nonce before", true},
		{"something else", common.Hash{}, common.Hash{2}, "signed something else", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: record(tt.claimed, owner, sign(tt.signed)),
				Given: verify.Given{Chain: uint256.NewInt(1), Version: v141, Owners: []common.Address{owner}, Threshold: uint256.NewInt(1)}})
			if len(rep.Signatures) != 1 {
				t.Fatalf("%d signatures, want 1; %s", len(rep.Signatures), rep.Summary)
			}
			s := rep.Signatures[0]
			if !strings.Contains(s.Note, tt.want) || s.Counts == tt.refused {
				t.Errorf("note %q, counts %t; want %q, %t", s.Note, s.Counts, tt.want, !tt.refused)
			}
			refused := false
			for _, f := range rep.Findings {
				refused = refused || f.Code == "SIGNATURE_NOT_BY_CLAIMED_OWNER"
			}
			if refused != tt.refused {
				t.Errorf("found %t, want %t: %v", refused, tt.refused, codesOf(rep))
			}
		})
	}
}

// TestOwnersCount says how many of the signatures count, by what is known.
func TestOwnersCount(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	owner := crypto.PubkeyToAddress(key.PublicKey)
	tx := payment()
	h, err := tx.Hash(safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: mySafe})
	if err != nil {
		t.Fatal(err)
	}
	s, err := crypto.Sign(h.SafeTx[:], key)
	if err != nil {
		t.Fatal(err)
	}
	s[64] += 27
	for _, tt := range []struct {
		name   string
		owners []common.Address
		need   *uint256.Int
		want   string
	}{
		{"nothing known", nil, nil, "0 of ? count"},
		{"owners known", []common.Address{owner, payee}, nil, "1 of ? count"},
		{"not enough", []common.Address{owner, payee}, uint256.NewInt(2), "2 are needed (1 of 2 count)"},
		{"enough", []common.Address{owner, payee}, uint256.NewInt(1), "enough (1 of 1 count)"},
		{"a stranger", []common.Address{payee}, uint256.NewInt(1), "1 are needed (0 of 1 count)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: record(h.SafeTx, owner, s),
				Given: verify.Given{Chain: uint256.NewInt(1), Version: v141, Owners: tt.owners, Threshold: tt.need}})
			if !strings.Contains(rep.Owners, tt.want) {
				t.Errorf("got %q, want %q", rep.Owners, tt.want)
			}
		})
	}
}

// TestMergedSignatures: where the owners are known, signatures that are filed under
// nobody count for whom they recover to, once, and one over something else is said
// to be that.
func TestMergedSignatures(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	owner := crypto.PubkeyToAddress(key.PublicKey)
	signed := func(nonce uint64) []byte {
		tx := payment()
		tx.Nonce = uint256.NewInt(nonce)
		h, err := tx.Hash(safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(1), Safe: mySafe})
		if err != nil {
			t.Fatal(err)
		}
		s, err := crypto.Sign(h.SafeTx[:], key)
		if err != nil {
			t.Fatal(err)
		}
		s[64] += 27
		return s
	}
	merged := func(filed, blob []byte) []byte {
		b := record(common.Hash{}, owner, filed)
		if filed == nil {
			b = []byte(strings.Replace(string(b), fmt.Sprintf(`{"owner":"%s","signature":"0x","signatureType":"EOA"}`, owner.Hex()), "", 1))
		}
		return []byte(strings.Replace(string(b), `"isExecuted"`, fmt.Sprintf(`"signatures":"0x%x","isExecuted"`, blob), 1))
	}
	for _, tt := range []struct {
		name    string
		input   []byte
		owners  []common.Address
		want    string
		refused []string // of the codes about who signed
	}{
		{"an owner", merged(nil, signed(42)), []common.Address{owner, payee}, "enough (1 of 1 count)", nil},
		{"filed and merged", merged(signed(42), signed(42)), []common.Address{owner, payee}, "enough (1 of 1 count)", nil},
		{"the nonce before", merged(nil, signed(41)), []common.Address{owner, payee}, "(0 of 1 count)", []string{"SIGNATURE_NOT_BY_CLAIMED_OWNER", "SIGNER_NOT_OWNER"}},
		{"a stranger", merged(nil, signed(42)), []common.Address{payee}, "(0 of 1 count)", []string{"SIGNER_NOT_OWNER"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: tt.input,
				Given: verify.Given{Chain: uint256.NewInt(1), Version: v141, Owners: tt.owners, Threshold: uint256.NewInt(1)}})
			if !strings.Contains(rep.Owners, tt.want) {
				t.Errorf("got %q, want %q (%s)", rep.Owners, tt.want, rep.Summary)
			}
			for _, code := range []string{"SIGNATURE_NOT_BY_CLAIMED_OWNER", "SIGNER_NOT_OWNER"} {
				got := slices.ContainsFunc(rep.Findings, func(f report.Finding) bool { return f.Code == code })
				if want := slices.Contains(tt.refused, code); got != want {
					t.Errorf("%s found: %t, want %t; %v", code, got, want, codesOf(rep))
				}
			}
		})
	}
}

// TestBeforeAndAfter shows the Safe as a batch leaves it, not its steps.
func TestBeforeAndAfter(t *testing.T) {
	a, b := common.HexToAddress("0x0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"), common.HexToAddress("0x0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b")
	data := "0x0d582f13000000000000000000000000be9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c10000000000000000000000000000000000000000000000000000000000000001"
	fields := map[string]string{"to": mySafe.Hex(), "value": "0", "data": data, "operation": "0", "nonce": "1"}
	for _, tt := range []struct {
		name  string
		given verify.Given
		want  string
	}{
		{"known", verify.Given{Owners: []common.Address{a, b}, Threshold: uint256.NewInt(2)}, "owners 2 owners -> 3 owners, with 0xBe9e F1C1 be9E F1C1 bE9E f1c1 bE9e f1C1 bE9e f1c1; threshold 2 -> 1"},
		{"unknown", verify.Given{}, "owners  -> the same owners, with 0xBe9e F1C1 be9E F1C1 bE9E f1c1 bE9e f1C1 bE9e f1c1; threshold  -> 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.given.Chain, tt.given.Safe, tt.given.Version = uint256.NewInt(1), &mySafe, v141
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, Fields: fields, Given: tt.given})
			var got []string
			for _, c := range rep.Safe.Changes {
				got = append(got, c.What+" "+c.Before+" -> "+c.After)
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}
