package sigtext_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sigtext"
)

// TestReadCollectedKey: whatever Read takes for the signature of a key, ReadCollected
// takes for the same.
func TestReadCollectedKey(t *testing.T) {
	for _, v := range []byte{27, 28} {
		sig, owner := sample(t, v)
		for name, text := range forms(sig, owner) {
			want, err := sigtext.Read([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			got, err := sigtext.ReadCollected([]byte(text))
			if err != nil || got.Blob != nil || got.Key != want {
				t.Errorf("%s: got %+v, %v, want the key %+v", name, got, err, want)
			}
		}
		got, err := sigtext.ReadCollected([]byte(`{"signatures":"0x` + hex.EncodeToString(sig) + `"}`))
		if err != nil || got.Blob != nil || got.Key.R != [32]byte(sig[:32]) {
			t.Errorf("signatures with one: %+v, %v", got, err)
		}
	}
}

func TestReadCollectedBlob(t *testing.T) {
	one, _ := sample(t, 27)
	two, _ := sample(t, 28)
	owner := common.HexToAddress("0xc0fFEe00c0FfEe00c0fFEE00C0ffee00C0fFEE00")
	both := append(bytes.Clone(one), two...)
	contract := safe.PackBlob([]safe.Signature{safe.ContractSignature(owner, one)})
	approved := safe.PackBlob([]safe.Signature{safe.ApprovedHash(owner)})
	hx := func(b []byte) string { return "0x" + hex.EncodeToString(b) }
	for _, tt := range []struct {
		name, text string
		want       []byte
		claimed    common.Address
	}{
		{"hex", hx(both), both, common.Address{}},
		{"hex without 0x, with space around", "\n" + hx(both)[2:] + " \r\n", both, common.Address{}},
		{"raw", string(both), both, common.Address{}},
		{"string", `"` + hx(both) + `"`, both, common.Address{}},
		{"signatures", ` {"signatures": "` + hx(both) + `"}`, both, common.Address{}},
		{"contract", hx(contract), contract, common.Address{}},
		{"approved", hx(approved), approved, common.Address{}},
		{"record of a contract", `{"owner":"` + owner.Hex() + `","signature":"` + hx(contract) + `","signatureType":"CONTRACT_SIGNATURE","submissionDate":"2026-01-01","transactionHash":null}`, contract, owner},
		{"record of an approval", `{"owner":"` + owner.Hex() + `","signature":"` + hx(approved) + `","signatureType":"APPROVED_HASH","transactionHash":"0x12"}`, approved, owner},
		{"as much as there can be", hx(make([]byte, safe.MaxBlob)), make([]byte, safe.MaxBlob), common.Address{}},
	} {
		got, err := sigtext.ReadCollected([]byte(tt.text))
		if err != nil || !bytes.Equal(got.Blob, tt.want) || got.Claimed != tt.claimed {
			t.Errorf("%s: got %x for %s, %v", tt.name, got.Blob, got.Claimed, err)
		}
	}
}

func TestReadCollectedRefuses(t *testing.T) {
	one, _ := sample(t, 27)
	two, _ := sample(t, 28)
	owner := common.HexToAddress("0xc0fFEe00c0FfEe00c0fFEE00C0ffee00C0fFEE00")
	both := "0x" + hex.EncodeToString(append(bytes.Clone(one), two...))
	contract := "0x" + hex.EncodeToString(safe.PackBlob([]safe.Signature{safe.ContractSignature(owner, one)}))
	for _, tt := range []struct {
		name, text string
		want       error
	}{
		{"nothing", "", sigtext.ErrEmpty},
		{"blanks", " \n", sigtext.ErrEmpty},
		{"too long", strings.Repeat("a", sigtext.MaxCollected+1), sigtext.ErrTooLong},
		{"one byte more than a Safe reads", "0x" + strings.Repeat("00", safe.MaxBlob+1), sigtext.ErrTooLong},
		{"half a byte", both[:len(both)-1], sigtext.ErrHex},
		{"no hex, and long", strings.Repeat("xy", 5000), sigtext.ErrHex},
		{"a hash", "0x" + strings.Repeat("ab", 32), safe.ErrSignatureLength},
		{"v of a transaction", "0x" + hex.EncodeToString(append(bytes.Clone(one[:64]), 37)), safe.ErrReplayV},
		{"a list", "[" + both + "]", sigtext.ErrJSON},
		{"a list of strings", `["` + both + `"]`, sigtext.ErrNotSingle},
		{"signatures and more", `{"signatures":"` + both + `","safe":"0x"}`, sigtext.ErrNotSingle},
		{"signatures twice", `{"signatures":"` + both + `","signatures":"` + both + `"}`, sigtext.ErrJSON},
		{"signatures null", `{"signatures":null}`, sigtext.ErrValue},
		{"signatures as a list", `{"signatures":["` + both + `"]}`, sigtext.ErrValue},
		{"another key", `{"signature":"` + contract + `","nonce":1}`, sigtext.ErrKey},
		{"another kind", `{"signature":"` + contract + `","signatureType":"EOA"}`, sigtext.ErrContra},
		{"several as one", `{"signature":"` + both + `","signatureType":"EOA"}`, sigtext.ErrContra},
		{"no address", `{"owner":"0x12","signature":"` + contract + `"}`, sigtext.ErrValue},
	} {
		got, err := sigtext.ReadCollected([]byte(tt.text))
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %+v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

// FuzzReadCollected: what is read is one thing, of a bounded size, and reads the same
// written as hex.
func FuzzReadCollected(f *testing.F) {
	one, owner := sample(f, 27)
	two, _ := sample(f, 28)
	for _, text := range forms(one, owner) {
		f.Add([]byte(text))
	}
	for _, b := range [][]byte{append(bytes.Clone(one), two...), safe.PackBlob([]safe.Signature{safe.ContractSignature(owner, one)}), safe.PackBlob([]safe.Signature{safe.ApprovedHash(owner)})} {
		f.Add(b)
		f.Add([]byte(hex.EncodeToString(b)))
		f.Add([]byte(`{"signatures":"0x` + hex.EncodeToString(b) + `"}`))
		f.Add([]byte(`{"owner":"` + owner.Hex() + `","signature":"0x` + hex.EncodeToString(b) + `"}`))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := sigtext.ReadCollected(raw)
		key, keyErr := sigtext.Read(raw)
		switch {
		case err != nil:
			return
		case c.Blob == nil && keyErr == nil && c.Key != key:
			t.Fatalf("a key %+v, read alone %+v, %v", c.Key, key, keyErr)
		case c.Blob == nil:
			return
		case c.Key != safe.WalletSignature{} || len(c.Blob) < 65 || len(c.Blob) > safe.MaxBlob || 2*len(c.Blob) > 2*len(raw):
			t.Fatalf("%d bytes and a key %+v out of %d", len(c.Blob), c.Key, len(raw))
		}
		again, err := sigtext.ReadCollected([]byte("0x" + hex.EncodeToString(c.Blob)))
		if err != nil || !bytes.Equal(again.Blob, c.Blob) {
			t.Fatalf("as hex it reads %x, %v", again.Blob, err)
		}
	})
}
