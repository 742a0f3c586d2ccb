package verify_test

import (
	"encoding/hex"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify"
)

// TestABIs: a file that the signer brings gives names and types to the calls of one
// contract, and takes no warning away but that they are unknown.
func TestABIs(t *testing.T) {
	const target, other = "0x00000000000000000000000000000000000000c1", "0x00000000000000000000000000000000000000c2"
	const word = "000000000000000000000000000000000000000000000000000000000000002a"
	sel := "0x" + hex.EncodeToString(crypto.Keccak256([]byte("neverRegistered5821(uint256)"))[:4])
	abis := verify.ABIs{}
	for _, declaration := range []string{"neverRegistered5821(uint256 share)", "collides(", "transfer(address to,uint256 amount)"} {
		abis.Add(common.HexToAddress(target), declaration)
	}
	for _, c := range []struct {
		name, to, data  string
		abis            verify.ABIs
		function, grade string
		has, lacks      string
	}{
		{"without a file", target, sel + word, nil, "", "unknown", "UNKNOWN_SELECTOR", "UNREVIEWED_FUNCTION"},
		{"with it", target, sel + word, abis, "neverRegistered5821(uint256)", "given", "UNREVIEWED_FUNCTION", "UNKNOWN_SELECTOR"},
		{"another contract", other, sel + word, abis, "", "unknown", "UNKNOWN_SELECTOR", "UNREVIEWED_FUNCTION"},
		{"a byte too many", target, sel + word + "00", abis, "neverRegistered5821(uint256)", "given", "TRAILING_CALLDATA", "UNKNOWN_SELECTOR"},
		{"what the catalogue knows", target, "0xa9059cbb" + word + word, abis, "transfer(address,uint256)", "given", "SUSPICIOUS_RECIPIENT", "UNREVIEWED_FUNCTION"},
	} {
		req := describedRequest("0", nil)
		req.ABIs = c.abis
		req.Fields["to"], req.Fields["data"] = c.to, c.data
		rep := answer(t, req)
		codes := codesOf(rep)
		if len(rep.Tree) == 0 || rep.Tree[0].Function != c.function || rep.Tree[0].Grade != c.grade {
			t.Errorf("%s: got %+v, want %q, %s", c.name, rep.Tree, c.function, c.grade)
		}
		if !slices.Contains(codes, c.has) || slices.Contains(codes, c.lacks) {
			t.Errorf("%s: got %v, want %s and not %s", c.name, codes, c.has, c.lacks)
		}
	}
}
