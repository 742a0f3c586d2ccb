package safe_test

import (
	"crypto/ecdsa"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil {
		t.Fatalf("test data: %v", err)
	}
	return b
}

func number(t testing.TB, s string) *uint256.Int {
	t.Helper()
	n, err := uint256.FromDecimal(s)
	if err != nil {
		t.Fatalf("test data %q: %v", s, err)
	}
	return n
}

func addr(s string) common.Address { return common.HexToAddress(s) }

func hash(s string) common.Hash { return common.HexToHash(s) }

func u(n uint64) *uint256.Int { return uint256.NewInt(n) }

// plainTx is a transaction without gas and refund fields.
func plainTx(to string, value uint64, data []byte, op safe.Operation, nonce uint64) *safe.Tx {
	return &safe.Tx{To: addr(to), Value: u(value), Data: data, Operation: op,
		SafeTxGas: u(0), BaseGas: u(0), GasPrice: u(0), Nonce: u(nonce)}
}

// testKey is a key that everybody can compute.
func testKey(name string) *ecdsa.PrivateKey {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("coldsign test key " + name)))
	if err != nil {
		panic(err)
	}
	return key
}

func keyAddress(key *ecdsa.PrivateKey) common.Address { return crypto.PubkeyToAddress(key.PublicKey) }

// signECDSA and signEthSign return the two forms that a key makes.
func signECDSA(t testing.TB, key *ecdsa.PrivateKey, h common.Hash) []byte {
	return signWire(t, key, h, 27)
}

func signEthSign(t testing.TB, key *ecdsa.PrivateKey, h common.Hash) []byte {
	return signWire(t, key, safe.EthSignDigest(h), 31)
}

func signWire(t testing.TB, key *ecdsa.PrivateKey, digest common.Hash, base byte) []byte {
	t.Helper()
	sig, err := crypto.Sign(digest[:], key)
	if err != nil {
		t.Fatal(err)
	}
	sig[64] += base
	return sig
}

// flipS gives the other valid form of an ECDSA signature: n-s, other parity.
func flipS(sig []byte) []byte {
	n := uint256.MustFromHex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	s := new(uint256.Int).Sub(n, new(uint256.Int).SetBytes(sig[32:64])).Bytes32()
	out := append([]byte(nil), sig...)
	copy(out[32:64], s[:])
	if sig[64]%2 == 1 {
		out[64] = sig[64] + 1
	} else {
		out[64] = sig[64] - 1
	}
	return out
}

// owned is the static part of v 0 and v 1.
func owned(owner common.Address, s uint64, v byte) []byte {
	b := make([]byte, 65)
	copy(b[12:], owner[:])
	w := u(s).Bytes32()
	copy(b[32:], w[:])
	b[64] = v
	return b
}

// dynamic is the dynamic part of a contract signature.
func dynamic(content []byte) []byte {
	w := u(uint64(len(content))).Bytes32()
	return append(w[:], content...)
}

func join(parts ...[]byte) []byte {
	var b []byte
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// randomTx covers small and full-width values of every field.
func randomTx(r *rand.Rand) *safe.Tx {
	return &safe.Tx{
		To: randomAddress(r), Value: randomUint(r), Data: randomBytes(r, r.IntN(200)),
		Operation: safe.Operation(1 + r.IntN(2)), SafeTxGas: randomUint(r), BaseGas: randomUint(r),
		GasPrice: randomUint(r), GasToken: randomAddress(r), RefundReceiver: randomAddress(r), Nonce: randomUint(r),
	}
}

func randomBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func randomAddress(r *rand.Rand) common.Address { return common.Address(randomBytes(r, 20)) }

func randomUint(r *rand.Rand) *uint256.Int {
	return new(uint256.Int).SetBytes(randomBytes(r, r.IntN(33)))
}
