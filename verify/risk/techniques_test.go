package risk_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/risk"
	"github.com/coldsign/coldsign/verify/safe"
)

type technique struct {
	ID    string   `json:"id"`
	Flags []string `json:"expected_flags"`
	Vec   *struct {
		ChainID        uint64         `json:"chainId"`
		Safe           common.Address `json:"safe"`
		SafeVersion    string         `json:"safeVersion"`
		To             common.Address `json:"to"`
		Value          string         `json:"value"`
		Data           string         `json:"data"`
		Operation      uint8          `json:"operation"`
		SafeTxGas      string         `json:"safeTxGas"`
		BaseGas        string         `json:"baseGas"`
		GasPrice       string         `json:"gasPrice"`
		GasToken       common.Address `json:"gasToken"`
		RefundReceiver common.Address `json:"refundReceiver"`
		Nonce          string         `json:"nonce"`
		Hash           string         `json:"expectedSafeTxHash"`
	} `json:"vector"`
}

// elsewhere lists the expected codes that this package does not raise: stages
// that compare with an intent, a policy, a journal or the file, and rules that
// are not written yet. It must shrink, never grow.
var elsewhere = []string{
	"INTENT_MISMATCH", "HASH_MISMATCH", "SAFE_VERSION_MISMATCH", "NONCE_GAP", "SAFETXGAS_NONZERO",
	"UNKNOWN_SPENDER", "UNKNOWN_RECIPIENT", "LOOKALIKE_OF_KNOWN_ADDRESS", "TOKEN_UNITS_UNVERIFIED", "AMOUNT_OUTLIER", "SETUP_DELEGATECALL",
}

// disputed are expected codes that do not fit their payload. D03 approves
// 3,047,000 USDC: an amount, and no unlimited one; who the spender is, is for
// address book and look-alike rules to say.
var disputed = map[string]string{"D03-approve-in-batch-lookalike": "UNLIMITED_APPROVAL"}

// TestTechniques runs the rules over the payloads of the attack catalogue.
func TestTechniques(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the attack catalogue was NOT run")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "techniques.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Techniques []technique }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	ran, raised := 0, 0
	for _, k := range file.Techniques {
		if k.Vec == nil {
			continue
		}
		ran++
		t.Run(k.ID, func(t *testing.T) {
			got := runTechnique(t, k)
			for _, want := range k.Flags {
				if slices.Contains(elsewhere, want) || disputed[k.ID] == want {
					continue
				}
				if !slices.Contains(got, want) {
					t.Errorf("%s is missing among %v", want, got)
					continue
				}
				raised++
			}
		})
	}
	t.Logf("%d techniques with a payload, %d expected codes raised", ran, raised)
	if ran < 30 {
		t.Errorf("%d techniques with a payload, want at least 30", ran)
	}
}

func runTechnique(t *testing.T, k technique) []string {
	v := k.Vec
	data := []byte{}
	if v.Data != "" && v.Data != "0x" {
		data = hexutil.MustDecode(v.Data)
	}
	num := uint256.MustFromDecimal
	tx := &safe.Tx{To: v.To, Value: num(v.Value), Data: data, Operation: safe.OperationFromWire(v.Operation), SafeTxGas: num(v.SafeTxGas), BaseGas: num(v.BaseGas),
		GasPrice: num(v.GasPrice), GasToken: v.GasToken, RefundReceiver: v.RefundReceiver, Nonce: num(v.Nonce)}
	version, err := safe.ParseVersion(v.SafeVersion)
	if err != nil {
		t.Fatal(err)
	}
	h, err := tx.Hash(safe.Domain{Era: version.Era(), ChainID: uint256.NewInt(v.ChainID), Safe: v.Safe})
	if err != nil {
		t.Fatal(err)
	}
	if v.Hash != "" && h.SafeTx != common.HexToHash(v.Hash) {
		t.Errorf("safeTxHash = %s, want %s", h.SafeTx, v.Hash)
	}
	tree, err := abi.Decode(abi.Root{Operation: v.Operation, To: v.To, Value: tx.Value, Data: data},
		func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(v.ChainID, to, sel) })
	if err != nil {
		t.Fatal(err)
	}
	cc := calls.Context{Chain: v.ChainID, Safe: v.Safe}
	fs := risk.Run(&risk.Context{Chain: v.ChainID, Safe: v.Safe, Version: version, Era: version.Era(), Tx: tx, Tree: tree, Actors: calls.Actors(tree, cc), Effects: calls.Derive(tree, cc)})
	var codes []string
	for _, f := range fs {
		if _, ok := report.LookupCode(f.Code); !ok {
			t.Errorf("code %s is not in the catalogue", f.Code)
		}
		codes = append(codes, f.Code)
	}
	return codes
}
