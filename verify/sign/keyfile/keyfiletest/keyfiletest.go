// Package keyfiletest makes key files for tests. No program may import it: it writes
// keys that everybody can compute, behind passphrases that cost nothing to guess.
package keyfiletest

import (
	"crypto/ecdsa"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"
)

// Key returns the same private key for the same name.
func Key(t testing.TB, name string) *ecdsa.PrivateKey {
	t.Helper()
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("keyfiletest " + name)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// FastN and FastP are the cheapest parameters of scrypt (r is 8).
const (
	FastN = 2
	FastP = 1
)

// JSON returns the key file that geth writes for the key, with scrypt parameters n and
// p. Salt and iv are random.
func JSON(t testing.TB, key *ecdsa.PrivateKey, passphrase string, n, p int) []byte {
	t.Helper()
	raw, err := keystore.EncryptKey(&keystore.Key{Address: crypto.PubkeyToAddress(key.PublicKey), PrivateKey: key}, passphrase, n, p)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Write writes a key file with the cheapest parameters into a folder of the test and
// returns its name.
func Write(t testing.TB, key *ecdsa.PrivateKey, passphrase string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "key.json")
	if err := os.WriteFile(name, JSON(t, key, passphrase, FastN, FastP), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
