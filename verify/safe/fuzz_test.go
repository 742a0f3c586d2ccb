package safe_test

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

// FuzzParseBlob: no input panics, a blob without malformed faults is given back
// byte for byte by PackBlob, only keys are proven, and the one-owner form agrees.
func FuzzParseBlob(f *testing.F) {
	sig := unhex(f, parentSig)
	for _, s := range []string{parentSig, parentSigEth, prevalidated, standalone, merged, bybitBlob} {
		f.Add(unhex(f, s), 0)
		f.Add(unhex(f, s), 2)
	}
	f.Add(sig[:64], 1)
	f.Add(join(sig, magic6492), 1)
	f.Add(join(owned(addr("0x02"), 130, 0), owned(addr("0x03"), 130, 0), dynamic(sig)), 2)
	f.Fuzz(func(t *testing.T, blob []byte, threshold int) {
		before := bytes.Clone(blob)
		b, err := safe.ParseBlob(blob, threshold)
		if err != nil {
			return
		}
		if !bytes.Equal(before, blob) {
			t.Fatal("the blob was changed")
		}
		if packed := safe.PackBlob(b.All()); !b.Malformed() && !bytes.Equal(packed, blob) {
			t.Fatalf("%x is said to be well formed, packed again it is %x", blob, packed)
		}
		if threshold > 0 && len(b.Signatures) < threshold && !b.Malformed() {
			t.Fatalf("%d signatures pass a threshold of %d", len(b.Signatures), threshold)
		}
		checkSigners(t, &b)
		checkConfirmation(t, blob)
	})
}

func checkSigners(t *testing.T, b *safe.Blob) {
	signers, faults := b.Recover(hash(parentHash), safe.Version{})
	if len(signers) != len(b.Signatures)+len(b.Extra) {
		t.Fatalf("%d signers of %d signatures", len(signers), len(b.All()))
	}
	var last common.Address
	for i, s := range signers {
		if s.Proven && s.Signature.Kind != safe.KindECDSA && s.Signature.Kind != safe.KindEthSign {
			t.Fatalf("signer %d of kind %s is proven", i, s.Signature.Kind)
		}
		if len(faults) == 0 && !b.Malformed() && s.Owner.Cmp(last) <= 0 {
			t.Fatalf("owner %s after %s without a fault", s.Owner, last)
		}
		last = s.Owner
	}
}

func checkConfirmation(t *testing.T, blob []byte) {
	s, err := safe.ParseConfirmation(blob)
	if err != nil {
		return
	}
	if packed := safe.PackBlob([]safe.Signature{s}); !bytes.Equal(packed, blob) {
		t.Fatalf("confirmation %x, packed again %x", blob, packed)
	}
	one, err := safe.ParseBlob(blob, 1)
	if err != nil || one.Malformed() || len(one.Signatures) != 1 || one.Signatures[0].Kind != s.Kind {
		t.Fatalf("a confirmation that is no blob of one: %+v, error %v", one, err)
	}
}

// FuzzUnpackMultiSend: whatever is accepted packs to the same bytes, and nothing
// that is refused could have come from packing.
func FuzzUnpackMultiSend(f *testing.F) {
	f.Add([]byte{})
	f.Add(unhex(f, packedBody))
	f.Add(append(unhex(f, packedBody), make([]byte, 33)...))
	f.Add(make([]byte, 85))
	f.Fuzz(func(t *testing.T, body []byte) {
		calls, err := safe.UnpackMultiSend(body)
		if err != nil {
			if calls != nil {
				t.Fatalf("calls beside an error: %v", calls)
			}
			return
		}
		packed, err := safe.PackMultiSend(calls)
		if err != nil || !bytes.Equal(packed, body) {
			t.Fatalf("%x unpacks to %v, packs to %x, error %v", body, calls, packed, err)
		}
	})
}
