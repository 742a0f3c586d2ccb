package safe_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

const bybitBlob = "0xd0afef78a52fd504479dc2af3dc401334762cbd05609c7ac18db9ec5abf4a07a5cc09fc86efd3489707b89b0c729faed616459189cb50084f208d03b201b001f1f" +
	"0f62ad358d6b319d3c1221d44456080068fe02ae5b1a39b4afb1e6721ca7f9903ac523a801533f265231cd35fc2dfddc3bd9a9563b51315cf9d5ff23dc6d2c221f" +
	"df9e4b878877a8dbeee951a4a31ddbf1d3b71e127d5eda44b4730030114baba52e06dd23da37cd2a07a6e84f9950db867374a0f77558f42adf4409bfd569673c1f"

func TestBybitSigners(t *testing.T) {
	b, err := safe.ParseBlob(unhex(t, bybitBlob), 3)
	if err != nil || b.Malformed() {
		t.Fatalf("faults %v, error %v", b.Faults, err)
	}
	signers, faults := b.Recover(hash(bybitHash), safe.Version{Major: 1, Minor: 1, Patch: 1})
	want := []common.Address{
		addr("0x1F4EB0a903619ac168b19A82F1a6e2e426522211"),
		addr("0x3Cc3A225769900e003E264dd4CB43E90896BC21A"),
		addr("0xe3dF2cCEAc61B1aFA311372ecC5B40A3A6585a9E"),
	}
	if len(signers) != len(want) || len(faults) != 0 {
		t.Fatalf("%d signers, faults %v", len(signers), faults)
	}
	for i, s := range signers {
		if s.Owner != want[i] || !s.Proven || s.Extra || s.Signature.Kind != safe.KindEthSign {
			t.Errorf("signer %d: %+v, want %s", i, s, want[i])
		}
	}
	// Over any other hash they are nobody's that anybody knows.
	other, _ := b.Recover(hash(parentHash), safe.Version{})
	for i, s := range other {
		if slices.Contains(want, s.Owner) {
			t.Errorf("signer %d is %s over another hash", i, s.Owner)
		}
	}
}

func TestMergedVector(t *testing.T) {
	blob := unhex(t, merged)
	for _, threshold := range []int{0, 2} {
		b, err := safe.ParseBlob(blob, threshold)
		if err != nil || b.Malformed() || len(b.Signatures) != 2 || len(b.Extra) != 0 {
			t.Fatalf("threshold %d: %+v, error %v", threshold, b, err)
		}
		c, e := b.Signatures[0], b.Signatures[1]
		if c.Kind != safe.KindContract || c.Offset != 130 || !bytes.Equal(c.Dynamic, unhex(t, childSig66)) || e.Kind != safe.KindECDSA {
			t.Errorf("threshold %d: %+v", threshold, b.Signatures)
		}
		signers, faults := b.Recover(hash(parentHash), safe.Version{})
		if len(faults) != 0 || signers[0].Proven || signers[0].Owner != nestedSafe("2").Safe || !signers[1].Proven || signers[1].Owner != addr(anvil0) {
			t.Errorf("threshold %d: signers %+v, faults %v", threshold, signers, faults)
		}
	}
}

func TestPackMergesConfirmations(t *testing.T) {
	c, err := safe.ParseConfirmation(unhex(t, standalone))
	if err != nil {
		t.Fatal(err)
	}
	e, err := safe.ParseConfirmation(unhex(t, parentSig))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := safe.PackBlob([]safe.Signature{c, e}), unhex(t, merged); !bytes.Equal(got, want) {
		t.Errorf("merged %x, want %x", got, want)
	}
	if got := safe.PackBlob(nil); len(got) != 0 {
		t.Errorf("no signatures give %x", got)
	}
}

// faultKinds are the malformed ones of parsing and recovering together.
func faultKinds(t *testing.T, blob []byte, threshold int) (b safe.Blob, kinds []error) {
	t.Helper()
	b, err := safe.ParseBlob(blob, threshold)
	if err != nil {
		t.Fatal(err)
	}
	_, more := b.Recover(hash(parentHash), safe.Version{})
	for _, f := range append(slices.Clone(b.Faults), more...) {
		if f.Malformed() {
			kinds = append(kinds, f.Kind)
		}
		if f.Message == "" || f.Hint == "" || f.Code == "" {
			t.Errorf("fault without text: %+v", f)
		}
	}
	return b, kinds
}

// sorted returns the ECDSA signatures of n keys over the parent hash, ascending by owner.
func sorted(t *testing.T, n int) (sigs [][]byte, owners []common.Address) {
	t.Helper()
	type one struct {
		owner common.Address
		sig   []byte
	}
	var all []one
	for i := range n {
		key := testKey(string(rune('a' + i)))
		all = append(all, one{keyAddress(key), signECDSA(t, key, hash(parentHash))})
	}
	slices.SortFunc(all, func(a, b one) int { return a.owner.Cmp(b.owner) })
	for _, o := range all {
		sigs, owners = append(sigs, o.sig), append(owners, o.owner)
	}
	return sigs, owners
}

func TestBlobFaults(t *testing.T) {
	s, owners := sorted(t, 3)
	low, high := addr("0x02"), addr("0xffffffffffffffffffffffffffffffffffffffff")
	dyn := dynamic([]byte("anything"))
	tests := []struct {
		name      string
		blob      []byte
		threshold int
		read      int
		extra     int
		want      []error
	}{
		{"well formed", join(s...), 3, 3, 0, nil},
		{"well formed, threshold unknown", join(s...), 0, 3, 0, nil},
		{"empty, threshold unknown", nil, 0, 0, 0, nil},
		{"empty", nil, 1, 0, 0, []error{safe.ErrTooFew}},
		{"one extra", join(s...), 2, 2, 1, nil},
		{"too few", join(s...), 4, 3, 0, []error{safe.ErrTooFew}},
		{"enormous threshold", join(s...), 1<<31 - 1, 3, 0, []error{safe.ErrTooFew}},
		{"unsorted", join(s[1], s[0], s[2]), 3, 3, 0, []error{safe.ErrOrder}},
		{"reversed", join(s[2], s[1], s[0]), 3, 3, 0, []error{safe.ErrOrder, safe.ErrOrder}},
		{"duplicate", join(s[0], s[0], s[1]), 3, 3, 0, []error{safe.ErrDuplicate}},
		{"duplicate in two forms", join(s[0], flipS(s[0])), 2, 2, 0, []error{safe.ErrDuplicate}},
		{"duplicate far away", join(s[0], s[1], s[0]), 3, 3, 0, []error{safe.ErrDuplicate}},
		{"duplicate by claim", join(s[0], owned(owners[0], 0, 1)), 2, 2, 0, []error{safe.ErrDuplicate}},
		{"one byte more", join(s[0], s[1], []byte{0}), 2, 2, 0, []error{safe.ErrTrailing}},
		{"64 bytes more", join(s[0], s[1][:64]), 1, 1, 0, []error{safe.ErrTrailing}},
		{"65 zeros more", join(s[0], make([]byte, 65)), 1, 1, 1, []error{safe.ErrOwnerReserved}},
		{"one compact", s[0][:64], 1, 0, 0, []error{safe.ErrTooFew, safe.ErrCompact}},
		{"one cut", s[0][:40], 0, 0, 0, []error{safe.ErrSignatureLength}},
		{"wrapped", join(s[0], magic6492), 1, 1, 0, []error{safe.ErrTrailing, safe.ErrWrapped6492}},
		{"owner behind claim", join(owned(high, 0, 1), s[0]), 2, 2, 0, []error{safe.ErrOrder}},
		{"contract first", join(owned(low, 130, 0), s[0], dyn), 2, 2, 0, nil},
		{"contract last", join(s[0], owned(high, 130, 0), dyn), 2, 2, 0, nil},
		{"contract with empty part", join(owned(low, 130, 0), s[0], dynamic(nil)), 2, 2, 0, nil},
		{"two contracts", join(owned(low, 130, 0), owned(high, uint64(130+len(dyn)), 0), dyn, dyn), 2, 2, 0, nil},
		{"two contracts share", join(owned(low, 130, 0), owned(high, 130, 0), dyn), 2, 2, 0, []error{safe.ErrLayout}},
		{"two contracts, parts swapped", join(owned(low, uint64(130+len(dyn)), 0), owned(high, 130, 0), dyn, dyn), 2, 2, 0, []error{safe.ErrLayout, safe.ErrLayout}},
		{"contract part inside extra", join(owned(low, 65, 0), dyn), 1, 1, 0, nil},
		{"contract part interleaved", join(owned(low, 65, 0), dyn, s[0]), 2, 1, 0, []error{safe.ErrTooFew, safe.ErrOffset, safe.ErrTrailing}},
		{"contract part before the threshold", join(s[0], owned(high, 130, 0), dynamic(s[2])), 3, 2, 0, []error{safe.ErrTooFew, safe.ErrOffset, safe.ErrTrailing}},
		{"contract part with a gap", join(owned(low, 131, 0), s[0], []byte{0}, dyn), 2, 2, 0, []error{safe.ErrLayout}},
		{"bytes after the contract part", join(owned(low, 130, 0), s[0], dyn, []byte{1}), 2, 2, 0, []error{safe.ErrTrailing}},
		{"contract part cut", join(owned(low, 130, 0), s[0], dyn[:len(dyn)-1]), 2, 2, 0, []error{safe.ErrDynamicLength, safe.ErrTrailing}},
		{"parity among them", join(s[0], withV(s[1], 1)), 2, 2, 0, []error{safe.ErrOwnerWord}},
		{"sentinel", join(owned(addr("0x01"), 0, 1), s[0]), 2, 2, 0, []error{safe.ErrOwnerReserved}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, kinds := faultKinds(t, tt.blob, tt.threshold)
			if !slices.Equal(kinds, tt.want) {
				t.Errorf("faults %q, want %q", kinds, tt.want)
			}
			if len(b.Signatures) != tt.read || len(b.Extra) != tt.extra {
				t.Errorf("%d read and %d extra signatures, want %d and %d", len(b.Signatures), len(b.Extra), tt.read, tt.extra)
			}
		})
	}
}

func TestBlobRefusesInput(t *testing.T) {
	if b, err := safe.ParseBlob(nil, -1); !errors.Is(err, safe.ErrInvalidThreshold) || len(b.Signatures) != 0 {
		t.Errorf("threshold -1: %+v, error %v", b, err)
	}
	if b, err := safe.ParseBlob(make([]byte, safe.MaxBlob+1), 0); !errors.Is(err, safe.ErrBlobTooLong) || len(b.Signatures) != 0 {
		t.Errorf("too long: %+v, error %v", b, err)
	}
}

func TestNotesOfABlobKeepTheirPlace(t *testing.T) {
	s, _ := sorted(t, 2)
	b, err := safe.ParseBlob(join(owned(addr("0x02"), 0, 1), s[0], flipS(s[1])), 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Faults) != 2 || b.Faults[0].Code != safe.CodeUnverifiable || b.Faults[0].Index != 0 ||
		b.Faults[1].Code != safe.CodeNoncanonical || b.Faults[1].Index != 2 || b.Malformed() {
		t.Errorf("faults %+v", b.Faults)
	}
}

func TestExtraSignaturesAreMarked(t *testing.T) {
	s, owners := sorted(t, 3)
	b, err := safe.ParseBlob(join(s...), 2)
	if err != nil {
		t.Fatal(err)
	}
	signers, faults := b.Recover(hash(parentHash), safe.Version{})
	if len(signers) != 3 || len(faults) != 0 {
		t.Fatalf("signers %+v, faults %v", signers, faults)
	}
	for i, want := range []bool{false, false, true} {
		if signers[i].Extra != want || signers[i].Owner != owners[i] {
			t.Errorf("signer %d: %+v, want extra %v, owner %s", i, signers[i], want, owners[i])
		}
	}
}

func TestEthSignInABlobOfAnOldSafe(t *testing.T) {
	b, err := safe.ParseBlob(unhex(t, parentSigEth), 1)
	if err != nil {
		t.Fatal(err)
	}
	signers, faults := b.Recover(hash(parentHash), safe.Version{Major: 1})
	if len(faults) != 1 || faults[0].Kind != safe.ErrEthSignTooEarly || signers[0].Proven || signers[0].Owner != (common.Address{}) {
		t.Errorf("signers %+v, faults %v", signers, faults)
	}
}
