package verify_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// TestABIs: a file that the signer brings gives names and types to the calls of one
// contract, and takes no warning away but that they are unknown.
func TestABIs(t *testing.T) {
	const target, other = "0x00000000000000000000000000000000000000c1", "0x00000000000000000000000000000000000000c2"
	const word = "000000000000000000000000000000000000000000000000000000000000002a"
	sel := "0x" + hex.EncodeToString(crypto.Keccak256([]byte("neverRegistered5821(uint256)"))[:4])
	abis := &verify.ABIs{}
	for _, declaration := range []string{"neverRegistered5821(uint256 share)", "collides(", "transfer(address to,uint256 amount)"} {
		abis.Add(common.HexToAddress(target), declaration)
	}
	for _, c := range []struct {
		name, to, data  string
		abis            *verify.ABIs
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

// TestPolicyABIs: a file that the policy pins is as good as one that the signer names,
// and any other file in its place leaves the proposal unchecked.
func TestPolicyABIs(t *testing.T) {
	const target = "0x00000000000000000000000000000000000000c1"
	const word = "000000000000000000000000000000000000000000000000000000000000002a"
	data := "0x" + hex.EncodeToString(crypto.Keccak256([]byte("neverRegistered5821(uint256)"))[:4]) + word
	file := []byte(`[{"type":"function","name":"neverRegistered5821","inputs":[{"name":"share","type":"uint256"}]}]`)
	sum := sha256.Sum256(file)
	with := func(origin, abi, allow string, files map[string][]byte) verify.Request {
		req := describedRequest("0", nil)
		req.Fields["to"], req.Fields["data"] = target, data
		text := "coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  1:\n    names: {vault-helper: \"" + target + "\"}\n"
		if abi != "" {
			text += "    abis: [{address: vault-helper, file: a.json, sha256: \"" + abi + "\"}]\n"
		}
		if allow != "" {
			text += "    allow: [{to: vault-helper, function: \"" + allow + "\"}]\n"
		}
		req.Policy = &verify.Policy{Named: verify.Named{Name: "p", Raw: []byte(text)}, Origin: origin, Open: func(name string) ([]byte, error) {
			raw, ok := files[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return raw, nil
		}}
		return req
	}
	good := hex.EncodeToString(sum[:])
	broken := []byte("[")
	brokenSum := sha256.Sum256(broken)
	for _, c := range []struct {
		name            string
		req             verify.Request
		function, grade string
		failure         string
	}{
		{"pinned", with("--policy", good, "", map[string][]byte{"a.json": file}), "neverRegistered5821(uint256)", "given", ""},
		{"found above the proposal", with(verify.FoundAbove, good, "", map[string][]byte{"a.json": file}), "neverRegistered5821(uint256)", "unknown", ""},
		{"exchanged", with("--policy", good, "", map[string][]byte{"a.json": broken}), "", "", "has sha256"},
		{"missing", with("--policy", good, "", nil), "", "", "cannot be read"},
		{"broken", with("--policy", hex.EncodeToString(brokenSum[:]), "", map[string][]byte{"a.json": broken}), "", "", "cannot be used"},
		{"a rule of the policy", with("--policy", "", "neverRegistered5821(uint256)", nil), "neverRegistered5821(uint256)", "given", ""},
		{"a rule found above", with(verify.FoundAbove, "", "neverRegistered5821(uint256)", nil), "neverRegistered5821(uint256)", "unknown", ""},
		{"neither", with("--policy", "", "", nil), "", "unknown", ""},
	} {
		rep := answer(t, c.req)
		if c.failure != "" {
			if rep.Verdict != report.Unchecked || !strings.Contains(rep.Failure, c.failure) || len(rep.Tree) != 0 {
				t.Errorf("%s: got %s, %q", c.name, rep.Verdict, rep.Failure)
			}
			continue
		}
		if len(rep.Tree) != 1 || rep.Tree[0].Function != c.function || rep.Tree[0].Grade != c.grade {
			t.Errorf("%s: got %+v, want %q, %s", c.name, rep.Tree, c.function, c.grade)
		}
	}
}

// TestABIDigests: a receipt says by which files a call was named.
func TestABIDigests(t *testing.T) {
	file := []byte(`[{"type":"function","name":"f","inputs":[]}]`)
	sum := sha256.Sum256(file)
	abis := &verify.ABIs{}
	if err := abis.Read(common.HexToAddress("0xc1"), file); err != nil {
		t.Fatal(err)
	}
	names, err := catalogue.ReadSignatures([]byte(catalogue.SignaturesHeader + "\ne96fd0d6\tneverRegistered5821(uint256)\n"))
	if err != nil {
		t.Fatal(err)
	}
	req := describedRequest("0", nil)
	req.ABIs, req.Names = abis, names
	got := answer(t, req).Digests
	want := []report.Digest{{Name: "abi 0x00000000000000000000000000000000000000C1", SHA256: hex.EncodeToString(sum[:])}, {Name: "signatures", SHA256: names.Digest()}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
