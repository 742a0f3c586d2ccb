package safe_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// compact gives the form of EIP-2098 of a signature with v 27 or 28 and low s.
func compact(sig []byte) []byte {
	out := bytes.Clone(sig[:64])
	out[32] |= (sig[64] - 27) << 7
	return out
}

func attribute(t testing.TB, b []byte, h common.Hash, v string, owners ...common.Address) (safe.Attributed, error) {
	w, err := safe.WalletBytes(b)
	if err != nil {
		return safe.Attributed{}, err
	}
	return w.Attribute(h, version(t, v), owners)
}

func TestAttribute(t *testing.T) {
	h := hash(parentHash)
	odd, even := testKey("a"), testKey("a") // keys whose signatures have v 27 and 28
	stranger := keyAddress(testKey("stranger"))
	for _, k := range []string{"a", "b", "c", "d", "e", "f"} {
		if signECDSA(t, testKey(k), h)[64] == 27 {
			odd = testKey(k)
		} else {
			even = testKey(k)
		}
	}
	for _, key := range []struct {
		name   string
		typed  []byte
		signed []byte // as a personal message, in Safe's form
		owner  common.Address
	}{
		{"27", signECDSA(t, odd, h), signEthSign(t, odd, h), keyAddress(odd)},
		{"28", signECDSA(t, even, h), signEthSign(t, even, h), keyAddress(even)},
	} {
		plain := withV(key.signed, key.signed[64]-4)
		highTyped, highSigned := flipS(key.typed), flipS(key.signed)
		for _, tt := range []struct {
			name  string
			in    []byte
			want  []byte
			notes int // how many things were rewritten
		}{
			{"typed", key.typed, key.typed, 0},
			{"typed, parity", withV(key.typed, key.typed[64]-27), key.typed, 1},
			{"typed, compact", compact(key.typed), key.typed, 1},
			{"typed, high s", highTyped, key.typed, 1},
			{"typed, high s, parity", withV(highTyped, highTyped[64]-27), key.typed, 2},
			{"eth_sign", key.signed, key.signed, 0},
			{"eth_sign, not marked", plain, key.signed, 1},
			{"eth_sign, parity", withV(plain, plain[64]-27), key.signed, 2},
			{"eth_sign, compact", compact(plain), key.signed, 2},
			{"eth_sign, high s", highSigned, key.signed, 1},
			{"eth_sign, high s, not marked", withV(highSigned, highSigned[64]-4), key.signed, 2},
		} {
			t.Run(key.name+" "+tt.name, func(t *testing.T) {
				got, err := attribute(t, tt.in, h, "1.4.1", stranger, key.owner)
				if err != nil {
					t.Fatal(err)
				}
				if b := safe.PackBlob([]safe.Signature{got.Signature}); !bytes.Equal(b, tt.want) || got.Owner != key.owner {
					t.Errorf("got %x of %s, want %x of %s", b, got.Owner, tt.want, key.owner)
				}
				rewritten, blind := 0, false
				for _, n := range got.Notes {
					if errors.Is(&n, safe.ErrRewritten) {
						rewritten++
					}
					blind = blind || errors.Is(&n, safe.ErrSignedBlind)
				}
				if rewritten != tt.notes || blind != (got.Signature.Kind == safe.KindEthSign) {
					t.Errorf("%d rewritten, want %d, blind %v: %v", rewritten, tt.notes, blind, got.Notes)
				}
				if _, err := attribute(t, tt.in, h, "1.4.1", stranger); !errors.Is(err, safe.ErrForeignSigner) {
					t.Errorf("without the owner: error %v, want a foreign signer", err)
				}
			})
		}
	}
}

// TestAttributeDoesNotTryOtherParities: a wrong parity is somebody else's signature, never
// repaired.
func TestAttributeDoesNotTryOtherParities(t *testing.T) {
	h, key := hash(parentHash), testKey("a")
	sig := signECDSA(t, key, h)
	for _, v := range []byte{0, 1, 27, 28, 31, 32} {
		got, err := attribute(t, withV(sig, v), h, "1.4.1", keyAddress(key))
		right := v == sig[64] || v == sig[64]-27
		if (err == nil) != right {
			t.Errorf("v %d of a signature with %d: %+v, error %v", v, sig[64], got, err)
		}
	}
}

func TestAttributeRefuses(t *testing.T) {
	h, key := hash(parentHash), testKey("a")
	owner := keyAddress(key)
	sig, personal := signECDSA(t, key, h), signEthSign(t, key, h)
	both := func() []common.Address {
		s := parsed(t, sig)
		typed, err := s.Recover(h)
		if err != nil {
			t.Fatal(err)
		}
		s.Kind, s.V = safe.KindEthSign, s.V+4
		signed, err := s.Recover(h)
		if err != nil {
			t.Fatal(err)
		}
		return []common.Address{typed, signed}
	}
	for _, tt := range []struct {
		name    string
		in      []byte
		hash    common.Hash
		version string
		owners  []common.Address
		kind    error
		says    string
	}{
		{"nothing", nil, h, "1.4.1", []common.Address{owner}, safe.ErrSignatureLength, "this one 0"},
		{"a hash", h[:], h, "1.4.1", []common.Address{owner}, safe.ErrSignatureLength, "are a hash"},
		{"66 bytes", append(bytes.Clone(sig), 0), h, "1.4.1", []common.Address{owner}, safe.ErrSignatureLength, "this one 66"},
		{"two owners", join(sig, sig), h, "1.4.1", []common.Address{owner}, safe.ErrSignatureLength, "each of them apart"},
		{"contract signature", unhex(t, standalone), h, "1.4.1", []common.Address{owner}, safe.ErrSignatureLength, "contract signature"},
		{"wrapped", join(sig, magic6492), h, "1.4.1", []common.Address{owner}, safe.ErrWrapped6492, "ERC-6492"},
		{"transaction", withV(sig, 37), h, "1.4.1", []common.Address{owner}, safe.ErrReplayV, "EIP-155"},
		{"v 255", withV(sig, 255), h, "1.4.1", []common.Address{owner}, safe.ErrReplayV, "255"},
		{"v 34", withV(sig, 34), h, "1.4.1", []common.Address{owner}, safe.ErrUnknownV, "34"},
		{"v 29", withV(sig, 29), h, "1.4.1", []common.Address{owner}, safe.ErrUnknownV, "29"},
		{"v 2", withV(sig, 2), h, "1.4.1", []common.Address{owner}, safe.ErrP256, "P-256"},
		{"approved hash", unhex(t, prevalidated), h, "1.4.1", []common.Address{addr(anvil0)}, safe.ErrNoKey, "approval on chain by 0xf39F"},
		{"contract, static part", owned(owner, 65, 0), h, "1.4.1", []common.Address{owner}, safe.ErrNoKey, "contract signature of " + owner.Hex()},
		{"r zero", join(make([]byte, 32), sig[32:]), h, "1.4.1", []common.Address{owner}, safe.ErrScalar, "r is"},
		{"s zero", join(sig[:32], make([]byte, 32), sig[64:]), h, "1.4.1", []common.Address{owner}, safe.ErrScalar, "s is"},
		{"compact s zero", join(sig[:32], make([]byte, 32)), h, "1.4.1", []common.Address{owner}, safe.ErrScalar, "s is"},
		{"r of no point", join(make([]byte, 31), []byte{5}, sig[32:]), h, "1.4.1", []common.Address{owner}, safe.ErrForeignSigner, "to nobody"},
		{"no owners", sig, h, "1.4.1", nil, safe.ErrNoOwners, "no owners"},
		{"owner zero", join(make([]byte, 31), []byte{5}, sig[32:]), h, "1.4.1", []common.Address{{}}, safe.ErrForeignSigner, "to nobody"},
		{"another hash", sig, hash(bybitHash), "1.4.1", []common.Address{owner}, safe.ErrForeignSigner, "the device signed something else"},
		{"a stranger", sig, h, "1.4.1", []common.Address{addr(anvil0)}, safe.ErrForeignSigner, "over " + parentHash + " it recovers to " + owner.Hex()},
		{"a stranger's personal message", withV(personal, personal[64]-4), h, "1.4.1", []common.Address{addr(anvil0)}, safe.ErrForeignSigner, "as a personal message to " + owner.Hex()},
		{"typed, marked as personal", withV(sig, sig[64]+4), h, "1.4.1", []common.Address{owner}, safe.ErrForeignSigner, "signed the typed data"},
		{"eth_sign before 1.1.0", personal, h, "1.0.0", []common.Address{owner}, safe.ErrEthSignTooEarly, "1.0.0"},
		{"eth_sign before 1.1.0, not marked", withV(personal, personal[64]-4), h, "0.1.0", []common.Address{owner}, safe.ErrEthSignTooEarly, "0.1.0"},
		{"owner in both readings", sig, h, "1.4.1", both(), safe.ErrAmbiguous, "both are given"},
		{"owner in both readings, marked", withV(sig, sig[64]+4), h, "1.4.1", both(), safe.ErrAmbiguous, "both are given"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := attribute(t, tt.in, tt.hash, tt.version, tt.owners...)
			var f *safe.Fault
			if !errors.Is(err, tt.kind) || !errors.As(err, &f) {
				t.Fatalf("got %+v, error %v, want kind %v", got, err, tt.kind)
			}
			if !strings.Contains(f.Message+"\n"+f.Hint, tt.says) || f.Hint == "" || f.Code == "" {
				t.Errorf("%s / %s, code %q, want %q in it", f.Message, f.Hint, f.Code, tt.says)
			}
		})
	}
}

func TestAttributeClaimsAndVersions(t *testing.T) {
	h, key := hash(parentHash), testKey("a")
	owner := keyAddress(key)
	w, err := safe.WalletBytes(signECDSA(t, key, h))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Attribute(h, safe.Version{}, []common.Address{owner}); !errors.Is(err, safe.ErrEraUnknown) {
		t.Errorf("unknown version: error %v", err)
	}
	w.Owner = owner
	if _, err := w.Attribute(h, version(t, "0.1.0"), []common.Address{owner}); err != nil {
		t.Errorf("said to be of its owner: error %v", err)
	}
	w.Owner = addr(anvil0)
	if _, err := w.Attribute(h, version(t, "1.4.1"), []common.Address{owner, addr(anvil0)}); !errors.Is(err, safe.ErrNotClaimed) {
		t.Errorf("said to be of another owner: error %v", err)
	}
	if _, err := (safe.WalletSignature{}).Attribute(h, version(t, "1.4.1"), []common.Address{owner, {}}); err == nil {
		t.Error("the zero value is accepted")
	}
}

func TestWalletParts(t *testing.T) {
	sig := signECDSA(t, testKey("a"), hash(parentHash))
	r, s := new(uint256.Int).SetBytes(sig[:32]), new(uint256.Int).SetBytes(sig[32:64])
	whole, err := safe.WalletBytes(sig)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := safe.WalletParts(r, s, u(uint64(sig[64]))); err != nil || got != whole {
		t.Errorf("got %+v, error %v, want %+v", got, err, whole)
	}
	for _, v := range []*uint256.Int{u(35), u(283), u(256 + 27), new(uint256.Int).Not(u(0)), new(uint256.Int).Lsh(u(1), 64)} {
		if _, err := safe.WalletParts(r, s, v); !errors.Is(err, safe.ErrReplayV) {
			t.Errorf("v %s: error %v", v.Dec(), err)
		}
	}
	for _, p := range [][3]*uint256.Int{{nil, s, u(27)}, {r, nil, u(27)}, {r, s, nil}} {
		if _, err := safe.WalletParts(p[0], p[1], p[2]); !errors.Is(err, safe.ErrSignatureLength) {
			t.Errorf("a part missing: error %v", err)
		}
	}
}

// FuzzAttribute: whatever is brought, the answer is an error or a signature that
// recovers to one of the owners over the hash, in the form that the version reads.
// The owners are those of the input itself and a stranger, so that the accepting
// paths are reached with any bytes.
func FuzzAttribute(f *testing.F) {
	h := hash(parentHash)
	key := testKey("a")
	for _, sig := range [][]byte{signECDSA(f, key, h), signEthSign(f, key, h), flipS(signECDSA(f, key, h)), flipS(signEthSign(f, key, h))} {
		for v := range byte(38) {
			f.Add(withV(sig, v), h[:], uint8(v))
		}
		f.Add(sig[:64], h[:], uint8(1))
		f.Add(sig[:63], h[:], uint8(2))
	}
	f.Add(unhex(f, prevalidated), h[:], uint8(0))
	f.Add(unhex(f, standalone), h[:], uint8(0))
	versions := []safe.Version{{}, {Minor: 1}, {Major: 1}, {Major: 1, Minor: 1, Patch: 1}, {Major: 1, Minor: 3}, {Major: 1, Minor: 5}}
	f.Fuzz(func(t *testing.T, b, digest []byte, pick uint8) {
		h, v := common.BytesToHash(digest), versions[int(pick)%len(versions)]
		w, err := safe.WalletBytes(b)
		if err != nil {
			return
		}
		owners := []common.Address{addr(anvil0)}
		for _, kind := range []safe.Kind{safe.KindECDSA, safe.KindEthSign} {
			s := safe.Signature{Kind: kind, R: w.R, S: w.S}
			for parity := range byte(2) {
				s.V = parity + map[safe.Kind]byte{safe.KindECDSA: 27, safe.KindEthSign: 31}[kind]
				if a, err := s.Recover(h); err == nil && pick>>(2*uint(kind)+uint(parity))&1 == 1 {
					owners = append(owners, a)
				}
			}
		}
		got, err := w.Attribute(h, v, owners)
		if err != nil {
			var fault *safe.Fault
			if !errors.As(err, &fault) || fault.Hint == "" {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		checkAttributed(t, got, h, v, owners)
	})
}

func checkAttributed(t *testing.T, got safe.Attributed, h common.Hash, v safe.Version, owners []common.Address) {
	t.Helper()
	by, err := got.Signature.Recover(h)
	if err != nil || by != got.Owner || !slices.Contains(owners, by) {
		t.Fatalf("%+v recovers to %s, error %v, of the owners %v", got, by, err, owners)
	}
	if got.Signature.HighS() || got.Signature.CheckVersion(v, 0) != nil {
		t.Fatalf("%+v is not in the form that version %s wants", got, v)
	}
	blob, err := safe.Pack(h, v, []safe.Signature{got.Signature})
	if err != nil || len(blob) != 65 {
		t.Fatalf("%+v packs to %x, error %v", got, blob, err)
	}
	again, err := safe.WalletBytes(blob)
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := again.Attribute(h, v, []common.Address{by}); err != nil || twice.Signature.R != got.Signature.R || twice.Signature.S != got.Signature.S || twice.Signature.V != got.Signature.V {
		t.Fatalf("%+v is not the same read again: %+v, error %v", got, twice, err)
	}
}
