//lint:file-ignore SA1019 the tests look at the number itself, as a thief would, and make numbers that are no keys

package keyfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

func digest(text string) common.Hash { return crypto.Keccak256Hash([]byte(text)) }

func TestSign(t *testing.T) {
	k := mustOpen(t, sample)
	for i := range 50 {
		d := digest(fmt.Sprint(i))
		sig, err := k.Sign(d)
		if err != nil {
			t.Fatal(err)
		}
		want, err := crypto.Sign(d[:], keyfiletest.Key(t, sampleKey))
		if err != nil {
			t.Fatal(err)
		}
		if want[64] += 27; !bytes.Equal(sig[:], want) {
			t.Fatalf("digest %d: got %x, want %x", i, sig, want)
		}
		s, err := safe.ParseConfirmation(sig[:])
		if err != nil || s.Kind != safe.KindECDSA || s.HighS() {
			t.Fatalf("digest %d: a safe reads %x as kind %s, high s %t, error %v", i, sig, s.Kind, s.HighS(), err)
		}
	}
}

// TestSignDeterministic holds the nonce of RFC 6979 to the vector that the libraries of
// this curve share: private key 1, SHA-256 of "Satoshi Nakamoto".
func TestSignDeterministic(t *testing.T) {
	const want = "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
	one, err := crypto.ToECDSA(common.LeftPadBytes([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	k := mustOpen(t, string(keyfiletest.JSON(t, one, passphrase, keyfiletest.FastN, keyfiletest.FastP)))
	sig, err := k.Sign(sha256.Sum256([]byte("Satoshi Nakamoto")))
	if got := hex.EncodeToString(sig[:64]); err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// TestChecked: every signature but the right one is thrown away.
func TestChecked(t *testing.T) {
	d, signer := digest("checked"), common.HexToAddress(sampleAddress)
	good, err := crypto.Sign(d[:], keyfiletest.Key(t, sampleKey))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := checked(good, d, signer); err != nil {
		t.Fatalf("the right one: %v", err)
	}
	with := func(edit func(b []byte)) []byte {
		b := bytes.Clone(good)
		edit(b)
		return b
	}
	for _, tt := range []struct {
		name, part string
		sig        []byte
	}{
		{"a bit of r", "", with(func(b []byte) { b[31] ^= 1 })},
		{"a bit of s", "recovers to", with(func(b []byte) { b[63] ^= 1 })},
		{"the other v", "recovers to", with(func(b []byte) { b[64] ^= 1 })},
		{"v 2", "", with(func(b []byte) { b[64] = 2 })},
		{"v 27", "out of range", with(func(b []byte) { b[64] = 27 })},
		{"high s", "out of range", with(func(b []byte) {
			s := new(big.Int).Sub(crypto.S256().Params().N, new(big.Int).SetBytes(b[32:64]))
			s.FillBytes(b[32:64])
			b[64] ^= 1
		})},
		{"zero r", "out of range", with(func(b []byte) { clear(b[:32]) })},
		{"zero s", "out of range", with(func(b []byte) { clear(b[32:64]) })},
		{"short", "out of range", good[:64]},
		{"long", "out of range", append(bytes.Clone(good), 0)},
		{"nothing", "out of range", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sig, err := checked(tt.sig, d, signer)
			wantError(t, err, ErrSignature, tt.part)
			if sig != ([65]byte{}) {
				t.Errorf("the bad signature came out: %x", sig)
			}
		})
	}
	_, err = checked(good, digest("another"), signer)
	wantError(t, err, ErrSignature, "instead of "+signer.Hex())
}

// TestSignForgedKey: the check inside Sign itself, with a key that is not the one the
// address belongs to.
func TestSignForgedKey(t *testing.T) {
	k := mustOpen(t, sample)
	k.secret.private = keyfiletest.Key(t, "another")
	sig, err := k.Sign(digest("x"))
	wantError(t, err, ErrSignature, "instead of "+sampleAddress)
	if sig != ([65]byte{}) {
		t.Errorf("a signature by another key came out: %x", sig)
	}
}

func TestSignNothing(t *testing.T) {
	_, err := mustOpen(t, sample).Sign(common.Hash{})
	wantError(t, err, ErrSignature, "the digest is zero")
	_, err = Key{}.Sign(digest("x"))
	wantError(t, err, ErrKey, "there is no key")
	Key{}.Destroy()
	if a := (Key{}).Address(); a != (common.Address{}) {
		t.Errorf("the zero Key has the address %s", a)
	}
}

func TestDestroy(t *testing.T) {
	k := mustOpen(t, sample)
	number := k.secret.private.D
	words := number.Bits()
	if words = words[:cap(words)]; len(words) == 0 || words[0] == 0 {
		t.Fatal("there is nothing to clear: the test would prove nothing")
	}
	same := *k
	k.Destroy()
	for i, w := range words {
		if w != 0 {
			t.Errorf("word %d of the key is still %x", i, w)
		}
	}
	if number.Sign() != 0 {
		t.Error("the number is not zero")
	}
	for _, key := range []*Key{k, &same} {
		_, err := key.Sign(digest("x"))
		wantError(t, err, ErrKey, "the key of "+sampleAddress+" was destroyed")
		if key.Address() != common.HexToAddress(sampleAddress) {
			t.Error("the address is gone")
		}
	}
	k.Destroy()
}

// TestDestroyWhileSigning: a signature is whole or an error, never made with half a key.
func TestDestroyWhileSigning(t *testing.T) {
	k := mustOpen(t, sample)
	want, err := k.Sign(digest("x"))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				if sig, err := k.Sign(digest("x")); err == nil && sig != want {
					t.Errorf("got %x, want %x", sig, want)
				}
				_ = k.String()
			}
		})
	}
	wg.Go(k.Destroy)
	wg.Wait()
}

// spellings are the ways in which a key could be printed.
func spellings(k *Key) []string {
	d := k.secret.private.D
	list := []string{
		hex.EncodeToString(d.Bytes()), strings.ToUpper(hex.EncodeToString(d.Bytes())), d.String(),
		strings.Trim(fmt.Sprint(d.Bytes()), "[]"), fmt.Sprintf("%o", d), fmt.Sprintf("%b", d), string(d.Bytes()),
	}
	for _, w := range d.Bits() {
		list = append(list, fmt.Sprint(uint(w)), fmt.Sprintf("%x", uint(w)), fmt.Sprintf("%X", uint(w)))
	}
	return list
}

func leaks(text string, secrets []string) bool {
	for _, s := range secrets {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// TestFormat prints a key in every way that package fmt has, by itself and inside of
// other things.
func TestFormat(t *testing.T) {
	k := mustOpen(t, sample)
	secrets := spellings(k)
	if !leaks(fmt.Sprintf("%v", k.secret.private.D), secrets) || !leaks(fmt.Sprintf("%+v", struct{ p any }{k.secret.private.D.Bits()}), secrets) {
		t.Fatal("the test does not see a key that is printed")
	}
	values := map[string]any{
		"pointer": k, "value": *k, "list": []*Key{k}, "list of values": []Key{*k}, "map": map[string]Key{"k": *k},
		"exported":   struct{ K *Key }{k},
		"unexported": struct{ k Key }{*k}, "unexported pointer": &struct{ k *Key }{k},
		"embedded": struct{ *Key }{k}, "any": []any{k, *k}, "error": fmt.Errorf("with %v and %w", k, ErrKey),
	}
	tooMany := "%d"
	for name, v := range values {
		for _, verb := range "vTtbcdoOqxXUeEfFgGspw!" {
			for _, flags := range []string{"", "+", "#", "-", " ", "0", "+#", "# ", "8.3", "200"} {
				format := "%" + flags + string(verb)
				if text := fmt.Sprintf(format, v); leaks(text, secrets) {
					t.Errorf("%s with %q: %s", name, format, text)
				}
			}
		}
		//lint:ignore SA5009 one argument too many is the case
		if text := fmt.Sprint(v) + fmt.Sprintln(v) + fmt.Sprintf(tooMany, 1, v); leaks(text, secrets) {
			t.Errorf("%s: %s", name, text)
		}
	}
	for _, got := range []string{k.String(), k.GoString(), fmt.Sprintf("%v", k), fmt.Sprintf("%#v", *k), fmt.Sprintf("%x", k)} {
		if got != "key of "+sampleAddress {
			t.Errorf("got %q, want the address", got)
		}
	}
	k.Destroy()
	if got, zero := fmt.Sprint(k), fmt.Sprint(Key{}); got != "destroyed key of "+sampleAddress || zero != "no key" {
		t.Errorf("got %q and %q", got, zero)
	}
}

// TestEncoders: writing a key fails, whoever tries.
func TestEncoders(t *testing.T) {
	k := mustOpen(t, sample)
	secrets := spellings(k)
	for name, encode := range map[string]func(any) ([]byte, error){
		"json": json.Marshal, "xml": xml.Marshal,
		"gob": func(v any) ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(v)
			return b.Bytes(), err
		},
	} {
		for _, v := range []any{k, *k, struct{ K *Key }{k}, struct{ K Key }{*k}} {
			text, err := encode(v)
			if err == nil || leaks(string(text), secrets) || leaks(err.Error(), secrets) {
				t.Errorf("%s of %T: %s, %v; want an error", name, v, text, err)
			}
		}
	}
	_, err := k.MarshalText()
	wantError(t, err, ErrKey, "a key is not written anywhere")
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "key", k, "value", *k)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "key", k, "value", *k)
	if b.Len() == 0 || leaks(b.String(), secrets) {
		t.Errorf("the log says %s", b.String())
	}
}
