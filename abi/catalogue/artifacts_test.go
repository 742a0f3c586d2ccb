package catalogue

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// artifact is what the published packages hold of a contract.
type artifact struct {
	Bytecode         string `json:"bytecode"`
	DeployedBytecode string `json:"deployedBytecode"`
}

// The table against the published build artifacts: the init code hashes to what gives
// the address (TestCreate2), and the runtime code to the hash that a snapshot is compared
// with. Code that was built differently (zkSync) or was never published is not covered.
func TestArtifacts(t *testing.T) {
	dir := os.Getenv("COLDSIGN_ARTIFACTS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_ARTIFACTS is not set, so no code hash was computed from published code")
	}
	var initCodes, codes, differ int
	for record, rest := contractTable.next(); record != ""; record, rest = rest.next() {
		c := parseContract(record)
		raw, err := os.ReadFile(filepath.Join(dir, c.Version, c.Name+".json"))
		if err != nil || c.Variant == "zksync" {
			continue
		}
		var a artifact
		if err := json.Unmarshal(raw, &a); err != nil {
			t.Fatalf("%s %s: %v", c.Name, c.Version, err)
		}
		if c.InitCodeHash != (common.Hash{}) && c.Name != "SafeMigration" { // which has arguments
			initCodes++
			if got := crypto.Keccak256Hash(common.FromHex(a.Bytecode)); got != c.InitCodeHash {
				t.Errorf("%s %s: the published init code hashes to %s, the table says %s", c.Name, c.Version, got, c.InitCodeHash)
			}
		}
		code := common.FromHex(a.DeployedBytecode)
		if crypto.Keccak256Hash(code) == c.CodeHash || crypto.Keccak256Hash(ownAddressIn(code, c.Address)) == c.CodeHash {
			codes++
			continue
		}
		differ++
		if !otherwiseBuilt[c.Name+" "+c.Version] {
			t.Errorf("%s %s at %s: the published runtime code hashes to something else than %s", c.Name, c.Version, c.Address, c.CodeHash)
		}
	}
	t.Logf("%d init-code hashes and %d code hashes recomputed, %d code hashes not", initCodes, codes, differ)
	if initCodes != 37 || codes != 42 || differ != 6 {
		t.Errorf("recomputed %d init-code hashes and %d code hashes, and not %d, want 37, 42 and 6", initCodes, codes, differ)
	}
}

// ownAddressIn fills in what the constructor writes where a contract compares its own
// address: an immutable, of which the artifact has 32 zero bytes.
func ownAddressIn(code []byte, a common.Address) []byte {
	const push32 = 0x7f
	hole := append([]byte{push32}, make([]byte, 32)...)
	return bytes.ReplaceAll(code, hole, append([]byte{push32}, common.LeftPadBytes(a[:], 32)...))
}

// otherwiseBuilt are contracts whose package holds another build than was deployed, and
// SafeMigration 1.5.0, whose immutables are addresses of other contracts.
var otherwiseBuilt = map[string]bool{
	"GnosisSafe 1.0.0": true, "ProxyFactory 1.0.0": true, "GnosisSafe 1.2.0": true, "SignMessageLib 1.3.0": true, "SafeMigration 1.5.0": true,
}
