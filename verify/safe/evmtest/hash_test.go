package evmtest

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

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

func randomTx(r *rand.Rand) *safe.Tx {
	return &safe.Tx{
		To: randomAddress(r), Value: randomUint(r), Data: randomBytes(r, r.IntN(200)),
		Operation: safe.Operation(1 + r.IntN(2)), SafeTxGas: randomUint(r), BaseGas: randomUint(r),
		GasPrice: randomUint(r), GasToken: randomAddress(r), RefundReceiver: randomAddress(r), Nonce: randomUint(r),
	}
}

func TestCodeIsWhatIsDeployed(t *testing.T) {
	for _, v := range versions {
		t.Run(v.text, func(t *testing.T) {
			if v.codeHash == "" {
				t.Skip("SKIPPED: npm has other bytecode of this version than the chain")
			}
			w := newWorld(t, uint256.NewInt(1))
			at := common.HexToAddress("0x5afe")
			w.place(at, artifact(t, v.text, "Safe", "GnosisSafe"))
			if got := crypto.Keccak256Hash(w.db.GetCode(at)).Hex(); !strings.HasPrefix(got, v.codeHash) {
				t.Errorf("code hash %s, deployed is %s...", got, v.codeHash)
			}
		})
	}
}

func TestTransactionHashIsTheContracts(t *testing.T) {
	const each = 100
	caller := common.HexToAddress("0xca11e2")
	chains := []*uint256.Int{uint256.NewInt(1), uint256.NewInt(11155111), new(uint256.Int).Not(new(uint256.Int))}
	forEachVersion(t, func(t *testing.T, version string) {
		r := rand.New(rand.NewPCG(3, 1901))
		for _, chain := range chains {
			s := newWorld(t, chain).newSafe(version, randomAddress(r), 1, randomAddress(r))
			for range each {
				tx := randomTx(r)
				want, err := tx.Hash(s.domain())
				if err != nil {
					t.Fatal(err)
				}
				got, err := s.try(caller, s.at, call("getTransactionHash"+txTypes+"uint256)", txArgs(tx, tx.Nonce)...))
				if err != nil || common.BytesToHash(got) != want.SafeTx {
					t.Fatalf("chain %s, %+v: the contract says %x, error %v, package safe %s", chain, tx, got, err, want.SafeTx)
				}
				// 1.5.0 answers this one through its fallback handler.
				got, err = s.try(caller, s.at, call("encodeTransactionData"+txTypes+"uint256)", txArgs(tx, tx.Nonce)...))
				pre := safe.Preimage(want.Domain, want.Message)
				if err != nil || !bytes.Equal(unbytes(got), pre[:]) {
					t.Fatalf("chain %s, %+v: the contract's preimage is %x, error %v, want %x", chain, tx, got, err, pre)
				}
			}
			got, err := s.try(caller, s.at, call("VERSION()"))
			if err != nil || string(unbytes(got)) != version {
				t.Errorf("VERSION() is %q, error %v, want %s", unbytes(got), err, version)
			}
		}
	})
}

func TestMessageHashIsTheContracts(t *testing.T) {
	caller := common.HexToAddress("0xca11e2")
	forEachVersion(t, func(t *testing.T, version string) {
		r := rand.New(rand.NewPCG(4, 1901))
		s := newWorld(t, uint256.NewInt(10)).newSafe(version, randomAddress(r), 1, randomAddress(r))
		for range 50 {
			message := randomBytes(r, r.IntN(120))
			want, err := s.domain().HashMessage(message)
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.try(caller, s.at, call("getMessageHash(bytes)", message))
			if err != nil || common.BytesToHash(got) != want.SafeMessage {
				t.Fatalf("message %x: the contract says %x, error %v, package safe %s", message, got, err, want.SafeMessage)
			}
		}
	})
}
