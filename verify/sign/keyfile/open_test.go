//lint:file-ignore SA1019 the tests look at the number itself, as a thief would, and make numbers that are no keys

package keyfile

import (
	"crypto/ecdsa"
	"errors"
	"math/big"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

func mustOpen(t testing.TB, raw string) *Key {
	t.Helper()
	k, err := mustParse(t, raw).Open([]byte(passphrase))
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return k
}

func TestOpen(t *testing.T) {
	if got := mustOpen(t, sample).Address(); got != common.HexToAddress(sampleAddress) {
		t.Errorf("Address() = %s, want %s", got, sampleAddress)
	}
}

// TestOpenRefuses: the parameters are in order, and the content is not what it says.
func TestOpenRefuses(t *testing.T) {
	const other = "0x00000000000000000000000000000000DeaDBeef"
	for _, tt := range []struct {
		name, old, with string
		kind            error
		part            string
	}{
		{"another salt", `"salt":"db`, `"salt":"dc`, ErrPassphrase, "does not open the key file"},
		{"another ciphertext", `"ciphertext":"57`, `"ciphertext":"56`, ErrPassphrase, "does not open"},
		{"another mac", `"mac":"90`, `"mac":"91`, ErrPassphrase, "does not open"},
		{"another n", `"n":2`, `"n":4`, ErrPassphrase, "does not open"},
		{"another iv", `"iv":"fd`, `"iv":"fc`, ErrAddress, "claims the address " + sampleAddress + ", and its key is that of 0x"},
		{"another address", sampleAddress[2:], other[2:], ErrAddress, "claims the address " + common.HexToAddress(other).Hex() + ", and its key is that of " + sampleAddress},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw := change(t, change(t, sample, strings.ToLower(sampleAddress[2:]), sampleAddress[2:]), tt.old, tt.with)
			raw = strings.Replace(raw, other[2:], strings.ToLower(other[2:]), 1)
			k, err := mustParse(t, raw).Open([]byte(passphrase))
			wantError(t, err, tt.kind, tt.part)
			if k != nil {
				t.Error("a key came back")
			}
		})
	}
}

func TestOpenWrongPassphrase(t *testing.T) {
	for _, wrong := range []string{"", "correct horse ", "Correct horse", strings.Repeat("x", 1<<16)} {
		_, err := mustParse(t, sample).Open([]byte(wrong))
		wantError(t, err, ErrPassphrase, "does not open")
	}
}

// TestPassphraseIsBytes: any bytes are a passphrase, and none are changed on the way.
func TestPassphraseIsBytes(t *testing.T) {
	for _, p := range []string{"", "\x00\xff", "e\u0301", "\u00e9"} {
		raw := keyfiletest.JSON(t, keyfiletest.Key(t, sampleKey), p, keyfiletest.FastN, keyfiletest.FastP)
		if _, err := mustParse(t, string(raw)).Open([]byte(p)); err != nil {
			t.Errorf("%+q does not open its own file: %v", p, err)
		}
	}
}

// TestOpenUnclaimed: nothing in a file without an address shows that its iv was
// changed, so the caller must compare.
func TestOpenUnclaimed(t *testing.T) {
	raw := change(t, sample, `"address":"`+strings.ToLower(sampleAddress[2:])+`",`, "")
	if got := mustOpen(t, raw).Address(); got != common.HexToAddress(sampleAddress) {
		t.Errorf("Address() = %s, want %s", got, sampleAddress)
	}
	if got := mustOpen(t, change(t, raw, `"iv":"fd`, `"iv":"fc`)).Address(); got == common.HexToAddress(sampleAddress) {
		t.Error("another iv gave the same key")
	}
}

// TestOpenNoScalar: an encrypted number that is no private key.
func TestOpenNoScalar(t *testing.T) {
	for name, d := range map[string]*big.Int{"zero": new(big.Int), "the order of the curve": crypto.S256().Params().N} {
		public := keyfiletest.Key(t, sampleKey).PublicKey
		raw := keyfiletest.JSON(t, &ecdsa.PrivateKey{PublicKey: public, D: d}, passphrase, keyfiletest.FastN, keyfiletest.FastP)
		_, err := mustParse(t, string(raw)).Open([]byte(passphrase))
		if err == nil {
			t.Fatalf("%s: it was opened", name)
		}
		wantError(t, err, ErrFile, "cannot be opened: invalid key")
	}
}

func TestOpenZero(t *testing.T) {
	_, err := new(File).Open(nil)
	wantError(t, err, ErrFile, "no key file was read")
	_, err = (*File)(nil).Open(nil)
	wantError(t, err, ErrFile, "no key file was read")
}

// TestEncode: nothing goes to the other reader but what was read, and of that all.
func TestEncode(t *testing.T) {
	hostile := change(t, change(t, sample, `"00000000-0000-0000-0000-000000000000"`, `"hostile"`), `"id"`, `"hostile":"hostile","id"`)
	for name, raw := range map[string]string{"scrypt": hostile, "pbkdf2": asPBKDF2(t)} {
		f := mustParse(t, raw)
		again, err := f.encode()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(again), "hostile") {
			t.Errorf("%s: what is to be ignored is handed on: %s", name, again)
		}
		if g := mustParse(t, string(again)); !reflect.DeepEqual(f, g) {
			t.Errorf("%s: got %+v after encoding, want %+v", name, g, f)
		}
	}
}

// TestParseKeepsNothing: the caller may overwrite what he gave.
func TestParseKeepsNothing(t *testing.T) {
	raw := []byte(sample)
	f, err := Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	clear(raw)
	k, err := f.Open([]byte(passphrase))
	if err != nil || k.Address() != common.HexToAddress(sampleAddress) {
		t.Errorf("Open = %v, %v", k, err)
	}
}

func TestGuarded(t *testing.T) {
	for _, tt := range []struct {
		name    string
		decrypt func() (*keystore.Key, error)
		want    string
	}{
		{"runtime error", func() (*keystore.Key, error) { var b []byte; return nil, errors.New(string(b[4:])) }, "slice bounds out of range"},
		{"another panic", func() (*keystore.Key, error) { panic("the key is 7") }, "its reader panicked"},
		{"no key", func() (*keystore.Key, error) { return nil, nil }, "there is no key in it"},
		{"half a key", func() (*keystore.Key, error) { return &keystore.Key{}, nil }, "there is no key in it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := guarded(tt.decrypt)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "7") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			wantError(t, openError(err), ErrFile, tt.want)
		})
	}
}

func TestWrite(t *testing.T) {
	raw, err := os.ReadFile(keyfiletest.Write(t, keyfiletest.Key(t, sampleKey), passphrase))
	if err != nil {
		t.Fatal(err)
	}
	if got := mustOpen(t, string(raw)).Address(); got != common.HexToAddress(sampleAddress) {
		t.Errorf("Address() = %s, want %s", got, sampleAddress)
	}
}
