package safe_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

func parsed(t testing.TB, blob []byte) safe.Signature {
	t.Helper()
	s, err := safe.ParseConfirmation(blob)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPackVectors(t *testing.T) {
	v := safe.Version{Major: 1, Minor: 4, Patch: 1}
	c := safe.ContractSignature(nestedSafe("2").Safe, unhex(t, childSig66))
	own := parsed(t, unhex(t, parentSig))
	for _, tt := range []struct {
		name string
		sigs []safe.Signature
		want string
	}{
		{"contract signature alone", []safe.Signature{c}, standalone},
		{"sorted", []safe.Signature{c, own}, merged},
		{"unsorted", []safe.Signature{own, c}, merged},
		{"approved hash", []safe.Signature{safe.ApprovedHash(addr(anvil0))}, prevalidated},
		{"eth_sign", []safe.Signature{parsed(t, unhex(t, parentSigEth))}, parentSigEth},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := safe.Pack(hash(parentHash), v, tt.sigs)
			if err != nil || !bytes.Equal(got, unhex(t, tt.want)) {
				t.Errorf("got %x, error %v, want %s", got, err, tt.want)
			}
		})
	}
}

func TestMadeSignaturesAreWhatIsRead(t *testing.T) {
	owner := addr("0x2222222222222222222222222222222222222222")
	for _, inner := range [][]byte{nil, {1}, make([]byte, 130)} {
		made := safe.ContractSignature(owner, inner)
		read := parsed(t, safe.PackBlob([]safe.Signature{made}))
		if read.R != made.R || read.S != made.S || read.V != made.V || read.Kind != made.Kind || read.Owner != owner || read.Offset != made.Offset || !bytes.Equal(read.Dynamic, inner) {
			t.Errorf("made %+v, read %+v", made, read)
		}
	}
	made := safe.ApprovedHash(owner)
	if read := parsed(t, safe.PackBlob([]safe.Signature{made})); read.R != made.R || read.S != made.S || read.V != 1 || read.Kind != made.Kind || read.Owner != owner {
		t.Errorf("made %+v, read %+v", made, read)
	}
}

// TestPackIsInOrder: whatever the order given, the blob has the owners ascending
// and holds each signature once.
func TestPackIsInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1901))
	h, v := hash(parentHash), safe.Version{Major: 1, Minor: 3}
	var all []safe.Signature
	for _, name := range []string{"a", "b", "c", "d"} {
		all = append(all, parsed(t, signECDSA(t, testKey(name), h)), parsed(t, signEthSign(t, testKey("x"+name), h)))
	}
	for range 4 {
		all = append(all, safe.ApprovedHash(randomAddress(r)), safe.ContractSignature(randomAddress(r), randomBytes(r, r.IntN(200))))
	}
	for range 50 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		n := 1 + r.IntN(len(all))
		blob, err := safe.Pack(h, v, all[:n])
		if err != nil {
			t.Fatal(err)
		}
		b, err := safe.ParseBlob(blob, n)
		if err != nil || b.Malformed() || len(b.Signatures) != n || len(b.Extra) != 0 {
			t.Fatalf("%x: faults %v, error %v", blob, b.Faults, err)
		}
		if _, faults := b.Recover(h, v); len(faults) != 0 {
			t.Fatalf("%x: %v", blob, faults)
		}
	}
}

func TestPackRefuses(t *testing.T) {
	h, v := hash(parentHash), safe.Version{Major: 1, Minor: 4, Patch: 1}
	key := testKey("a")
	own := parsed(t, signECDSA(t, key, h))
	contract := safe.ContractSignature(addr("0x22"), nil)
	changed := func(f func(*safe.Signature)) safe.Signature {
		s := own
		f(&s)
		return s
	}
	for _, tt := range []struct {
		name    string
		version safe.Version
		sigs    []safe.Signature
		kind    error
		index   int
	}{
		{"nothing", v, nil, safe.ErrTooFew, -1},
		{"version unknown", safe.Version{}, []safe.Signature{own}, safe.ErrEraUnknown, -1},
		{"one twice", v, []safe.Signature{own, contract, own}, safe.ErrDuplicate, 2},
		{"one in two forms", v, []safe.Signature{own, parsed(t, signEthSign(t, key, h))}, safe.ErrDuplicate, 1},
		{"a key that also approved", v, []safe.Signature{safe.ApprovedHash(keyAddress(key)), own}, safe.ErrDuplicate, 1},
		{"approved by zero", v, []safe.Signature{own, safe.ApprovedHash(common.Address{})}, safe.ErrOwnerReserved, 1},
		{"approved by the sentinel", v, []safe.Signature{safe.ApprovedHash(addr("0x01"))}, safe.ErrOwnerReserved, 0},
		{"contract of zero", v, []safe.Signature{safe.ContractSignature(common.Address{}, nil)}, safe.ErrOwnerReserved, 0},
		{"eth_sign before 1.1.0", version(t, "1.0.0"), []safe.Signature{parsed(t, signEthSign(t, key, h))}, safe.ErrEthSignTooEarly, 0},
		{"zero value", v, []safe.Signature{{}}, safe.ErrOwnerReserved, 0},
		{"kind of nothing", v, []safe.Signature{changed(func(s *safe.Signature) { s.Kind = safe.KindInvalid })}, safe.ErrUnknownV, 0},
		{"kind and v differ", v, []safe.Signature{changed(func(s *safe.Signature) { s.Kind = safe.KindEthSign })}, safe.ErrUnknownV, 0},
		{"owner beside r", v, []safe.Signature{func() safe.Signature { s := contract; s.Owner = addr("0x23"); return s }()}, safe.ErrUnknownV, 0},
		{"unknown v", v, []safe.Signature{changed(func(s *safe.Signature) { s.V = 29 })}, safe.ErrUnknownV, 0},
		{"r zero", v, []safe.Signature{changed(func(s *safe.Signature) { s.R = [32]byte{} })}, safe.ErrScalar, 0},
		{"r of no point", v, []safe.Signature{changed(func(s *safe.Signature) { s.R = [32]byte{31: 5} })}, safe.ErrUnrecoverable, 0},
		{"too long", v, []safe.Signature{safe.ContractSignature(addr("0x22"), make([]byte, safe.MaxBlob))}, safe.ErrBlobTooLong, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := safe.Pack(h, tt.version, tt.sigs)
			var f *safe.Fault
			if !errors.Is(err, tt.kind) || !errors.As(err, &f) || got != nil {
				t.Fatalf("got %x, error %v, want kind %v", got, err, tt.kind)
			}
			if f.Index != tt.index || f.Hint == "" {
				t.Errorf("index %d, hint %q, want index %d", f.Index, f.Hint, tt.index)
			}
		})
	}
}

// TestPackPlacesEachUnderItsSigner: over another hash a signature belongs to
// somebody else, and is sorted as such.
func TestPackPlacesEachUnderItsSigner(t *testing.T) {
	v := safe.Version{Major: 1, Minor: 4, Patch: 1}
	own := parsed(t, signECDSA(t, testKey("a"), hash(parentHash)))
	for _, h := range []common.Hash{hash(parentHash), hash(bybitHash)} {
		signers, err := safe.Sort(h, v, []safe.Signature{own})
		if err != nil || len(signers) != 1 || !signers[0].Proven || signers[0].Extra {
			t.Fatalf("%+v, error %v", signers, err)
		}
		if is := signers[0].Owner == keyAddress(testKey("a")); is != (h == hash(parentHash)) {
			t.Errorf("over %s the signer is %s", h, signers[0].Owner)
		}
	}
}
