package evmtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

const callGas = 30_000_000

// world is a chain in memory without blocks.
type world struct {
	t      testing.TB
	db     *state.StateDB
	config params.ChainConfig
	tracer *tracing.Hooks
	// outOfGas counts calls that ended so; only 0.1.0 should have any.
	outOfGas int
}

func newWorld(t testing.TB, chain *uint256.Int) *world {
	t.Helper()
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, config: *params.MergedTestChainConfig}
	w.config.ChainID = chain.ToBig()
	return w
}

func (w *world) evm(origin common.Address) *vm.EVM {
	block := vm.BlockContext{
		CanTransfer: func(db vm.StateDB, a common.Address, n *uint256.Int) bool { return db.GetBalance(a).Cmp(n) >= 0 },
		Transfer: func(db vm.StateDB, from, to common.Address, n *uint256.Int, _ *params.Rules) {
			db.SubBalance(from, n, tracing.BalanceChangeTransfer)
			db.AddBalance(to, n, tracing.BalanceChangeTransfer)
		},
		GetHash:     func(uint64) common.Hash { return common.Hash{} },
		GasLimit:    callGas,
		BlockNumber: big.NewInt(1), Time: 1, Difficulty: new(big.Int), BaseFee: new(big.Int), BlobBaseFee: new(big.Int),
		Random: &common.Hash{},
	}
	evm := vm.NewEVM(block, w.db, &w.config, vm.Config{Tracer: w.tracer, NoBaseFee: true})
	evm.SetTxContext(vm.TxContext{Origin: origin, GasPrice: new(uint256.Int)})
	rules := w.config.Rules(block.BlockNumber, true, block.Time)
	w.db.Prepare(rules, origin, common.Address{}, nil, vm.ActivePrecompiles(rules), nil)
	return evm
}

// apply makes a call whose effects stay.
func (w *world) apply(from, to common.Address, input []byte) ([]byte, error) {
	out, _, err := w.evm(from).Call(from, to, input, vm.NewGasBudget(callGas, 0), new(uint256.Int))
	return out, err
}

// try makes a call whose effects are undone.
func (w *world) try(from, to common.Address, input []byte) ([]byte, error) {
	mark := w.db.Snapshot()
	defer w.db.RevertToSnapshot(mark)
	return w.apply(from, to, input)
}

// reverted reports whether the contract refused, and stops on any other failure,
// which would pass for a refusal. An offset without bounds, which 0.1.0 follows,
// costs more gas than there is.
func (w *world) reverted(err error) bool {
	w.t.Helper()
	if errors.Is(err, vm.ErrGasUintOverflow) || errors.Is(err, vm.ErrOutOfGas) {
		w.outOfGas++
		return true
	}
	if err != nil && !errors.Is(err, vm.ErrExecutionReverted) {
		w.t.Fatalf("the call failed with %v", err)
	}
	return err != nil
}

// place runs init code and puts the code that it returns at an address, with
// empty storage: there a singleton can be set up like a proxy.
func (w *world) place(at common.Address, init []byte) {
	w.t.Helper()
	deployer := common.HexToAddress("0xdeb10e4")
	code, _, _, err := w.evm(deployer).Create(deployer, init, vm.NewGasBudget(callGas, 0), new(uint256.Int))
	if err != nil {
		w.t.Fatalf("init code: %v", err)
	}
	w.db.SetCode(at, bytes.Clone(code), tracing.CodeChangeUnspecified)
	w.db.SetNonce(at, 1, tracing.NonceChangeUnspecified)
}

// artifact returns the init code of a published contract.
func artifact(t testing.TB, version string, names ...string) []byte {
	t.Helper()
	folder := os.Getenv("COLDSIGN_ARTIFACTS")
	if folder == "" {
		t.Skip("SKIPPED: COLDSIGN_ARTIFACTS is not set, so that nothing was compared with real Safe contracts; run .ci/fetch-safe-artifacts")
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(folder, version, name+".json"))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var a struct{ Bytecode string }
		if err := json.Unmarshal(text, &a); err != nil {
			t.Fatal(err)
		}
		code := common.FromHex(a.Bytecode)
		if len(code) == 0 {
			t.Fatalf("%s %s has no bytecode", version, name)
		}
		return code
	}
	t.Fatalf("no %v of version %s in %s", names, version, folder)
	return nil
}

// account is a Safe in the world.
type account struct {
	*world
	text    string
	version safe.Version
	at      common.Address
}

// The versions that npm has. The code of those with a hash is the code that is
// deployed (safe-deployments, codeHash); the others were compiled with other
// settings from the sources of that version.
var versions = []struct{ text, codeHash string }{
	{"0.1.0", ""},
	{"1.0.0", ""},
	{"1.1.0", ""},
	{"1.1.1", "0x56b8be58"},
	{"1.2.0", ""},
	{"1.3.0", "0xbba688fb"},
	{"1.4.1", "0x1fe2df85"},
	{"1.5.0", "0xdda019cb"},
}

func forEachVersion(t *testing.T, f func(t *testing.T, version string)) {
	for _, v := range versions {
		t.Run(v.text, func(t *testing.T) { f(t, v.text) })
	}
}

// newSafe sets a Safe up at an address.
func (w *world) newSafe(version string, at common.Address, threshold uint64, owners ...common.Address) *account {
	w.t.Helper()
	v, err := safe.ParseVersion(version)
	if err != nil {
		w.t.Fatal(err)
	}
	w.place(at, artifact(w.t, version, "Safe", "GnosisSafe"))
	s := &account{world: w, text: version, version: v, at: at}
	if _, err := w.apply(common.HexToAddress("0xdeb10e4"), at, s.setupCall(threshold, owners)); err != nil {
		w.t.Fatalf("%s: setup: %v", version, err)
	}
	return s
}

// setupCall: three forms of setup, by version.
func (s *account) setupCall(threshold uint64, owners []common.Address) []byte {
	signature, handler := "setup(address[],uint256,address,bytes,address,address,uint256,address)", s.handler()
	args := []any{owners, threshold, common.Address{}, []byte{}, handler, common.Address{}, uint64(0), common.Address{}}
	switch s.text {
	case "0.1.0":
		signature, args = "setup(address[],uint256,address,bytes)", args[:4]
	case "1.0.0":
		signature = "setup(address[],uint256,address,bytes,address,uint256,address)"
		args = append(args[:4:4], args[5:]...)
	}
	return call(signature, args...)
}

// handler places the CompatibilityFallbackHandler of the version, where one exists.
func (s *account) handler() common.Address {
	if s.version.Compare(safe.Version{Major: 1, Minor: 3}) < 0 {
		return common.Address{}
	}
	at := crypto.CreateAddress(s.at, 7)
	s.place(at, artifact(s.t, s.text, "CompatibilityFallbackHandler"))
	return at
}

func (s *account) domain() safe.Domain {
	chain, _ := uint256.FromBig(s.config.ChainID)
	return safe.Domain{Era: s.version.Era(), ChainID: chain, Safe: s.at}
}

// setNonce writes slot 5.
func (s *account) setNonce(n *uint256.Int) {
	s.db.SetState(s.at, common.Hash{31: 5}, n.Bytes32())
}
