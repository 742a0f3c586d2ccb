package evmtest

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// published are the addresses on chain 1 at which a policy may say that a handler stands.
var published = map[string]common.Address{
	"1.3.0": common.HexToAddress("0xf48f2B2d2a534e402487b3ee7C18c33Aec0Fe5e4"),
	"1.4.1": common.HexToAddress("0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99"),
	"1.5.0": common.HexToAddress("0x3EfCBb83A4A7AfcB4F68D501E2c2203a38be77f4"),
}

// treasury is a Safe that two keys, and a Safe below it, own; that one is owned by a key
// and a Safe below it in turn.
type treasury struct {
	*world
	t                   *testing.T
	version             string
	vault, council, low *account
	a, b, c             party
}

func newTreasury(t *testing.T, version string) *treasury {
	w := newWorld(t, uint256.NewInt(1))
	r := &treasury{world: w, t: t, version: version, a: newParty("a"), b: newParty("b"), c: newParty("c")}
	r.low = w.newSafe(version, common.HexToAddress("0x3333333333333333333333333333333333333333"), 1, r.c.addr)
	r.council = w.newSafe(version, common.HexToAddress("0x2222222222222222222222222222222222222222"), 2, r.a.addr, r.low.at)
	r.vault = w.newSafe(version, common.HexToAddress("0x1111111111111111111111111111111111111111"), 2, r.a.addr, r.b.addr, r.council.at)
	at := published[version]
	w.place(at, artifact(t, version, "CompatibilityFallbackHandler"))
	for _, s := range []*account{r.low, r.council, r.vault} {
		w.db.SetState(s.at, handlerSlot, common.BytesToHash(at[:]))
	}
	w.db.AddBalance(r.vault.at, uint256.NewInt(1000), tracing.BalanceChangeUnspecified)
	return r
}

var payee = common.HexToAddress("0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3")

func (r *treasury) request(change func(*verify.Request), signatures ...[]byte) verify.Request {
	text := fmt.Sprintf("coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  1:\n    names: {alice: %q, bob: %q, carol: %q, payroll: %q}\n    safes:\n", r.a.addr.Hex(), r.b.addr.Hex(), r.c.addr.Hex(), payee.Hex())
	for _, s := range []struct {
		name, owners string
		threshold    int
		at           *account
	}{{"vault", "alice, bob, council", 2, r.vault}, {"council", "alice, low", 2, r.council}, {"low", "carol", 1, r.low}} {
		text += fmt.Sprintf("      %s: {address: %q, version: %s, owners: [%s], threshold: %d, fallback-handler: %q}\n", s.name, s.at.at.Hex(), r.version, s.owners, s.threshold, published[r.version].Hex())
	}
	at := r.vault.at
	req := verify.Request{Mode: verify.ModeCheck, File: "x", Given: verify.Given{Chain: uint256.NewInt(1), Safe: &at},
		Fields: map[string]string{"to": payee.Hex(), "value": "7", "data": "0x", "operation": "0", "nonce": "0"},
		Policy: &verify.Policy{Named: verify.Named{Name: "p.yaml", Raw: []byte(text)}, Origin: "--policy"}}
	for i, s := range signatures {
		req.Signatures = append(req.Signatures, verify.Named{Name: fmt.Sprint(i), Raw: []byte("0x" + hex.EncodeToString(s))})
	}
	if change != nil {
		change(&req)
	}
	return req
}

func (r *treasury) collect(change func(*verify.Request), signatures ...[]byte) *verify.Collection {
	r.t.Helper()
	rep, c, err := verify.Collect(r.request(change, signatures...))
	if err != nil || c == nil {
		r.t.Fatalf("nothing collected: %v, %s", err, rep.Summary)
	}
	return c
}

// runs reports whether the calldata, sent by somebody, moves the value.
func (r *treasury) runs(sender common.Address, data []byte) bool {
	r.t.Helper()
	mark := r.db.Snapshot()
	defer r.db.RevertToSnapshot(mark)
	before := r.db.GetBalance(payee).Clone()
	if _, err := r.apply(sender, r.vault.at, data); r.reverted(err) {
		return false
	}
	return new(uint256.Int).Sub(r.db.GetBalance(payee), before).Eq(uint256.NewInt(7))
}

func (r *treasury) executes(sender common.Address, c *verify.Collection) bool {
	r.t.Helper()
	data, err := c.Calldata()
	if err != nil {
		r.t.Fatal(err)
	}
	return r.runs(sender, data)
}

// fromWallet is a signature as a wallet writes it: the parity in place of v.
func fromWallet(by party, hash common.Hash, ethSign bool) []byte {
	s := (&maker{hash: hash}).ecdsa(by, ethSign)
	if s[64] >= 31 {
		s[64] -= 4
	}
	s[64] -= 27
	return s
}

// TestWhatIsCollectedExecutes: the calldata that Collect gives runs on the published
// contracts: of keys, of owners that are Safes, two of them below each other, and of who
// sends it. With one byte of any signature changed it does not.
func TestWhatIsCollectedExecutes(t *testing.T) {
	for version := range published {
		t.Run(version, func(t *testing.T) {
			r := newTreasury(t, version)
			tx := safe.Tx{To: payee, Value: uint256.NewInt(7), Operation: safe.Call, SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: new(uint256.Int)}
			h, err := tx.Hash(r.vault.domain())
			if err != nil {
				t.Fatal(err)
			}
			byA, byB := fromWallet(r.a, h.SafeTx, false), fromWallet(r.b, h.SafeTx, true)
			keys := r.collect(nil, byB, byA)
			if keys.Hashes != h || !r.executes(outsider, keys) {
				t.Error("two keys: refused by the contract")
			}
			nested := r.collect(nil, byA, r.councils(h))
			if !r.executes(outsider, nested) {
				t.Error("a key and a Safe below: refused by the contract")
			}
			sent := r.collect(func(q *verify.Request) { q.ApprovedBy = []common.Address{r.b.addr} }, byA)
			if !r.executes(r.b.addr, sent) || r.executes(outsider, sent) {
				t.Error("an owner who sends it counts if he does, and only then")
			}
			r.mutations(keys)
			r.mutations(nested)
		})
	}
}

// councils is the contract signature of the council, put together from the lowest level
// up.
func (r *treasury) councils(h safe.Hashes) []byte {
	r.t.Helper()
	handler := map[string]safe.Handler{"1.3.0": safe.Handler130, "1.4.1": safe.Handler141, "1.5.0": safe.Handler150}[r.version]
	council, low := safe.Level{Safe: r.council.at, Version: r.vault.version, Handler: handler}, safe.Level{Safe: r.low.at, Version: r.vault.version, Handler: handler}
	all, err := safe.Through(safe.Parent{Safe: r.vault.at, Version: r.vault.version, ChainID: uint256.NewInt(1), Hashes: h}, []safe.Level{council, low})
	if err != nil {
		r.t.Fatal(err)
	}
	lowest := r.collect(func(q *verify.Request) { q.Via = []common.Address{r.council.at, r.low.at} }, fromWallet(r.c, all[1].Hashes.SafeMessage, false))
	if lowest.Contract == nil || lowest.Contract.Owner != r.low.at || lowest.Above != r.council.at {
		r.t.Fatalf("the lowest Safe gives %+v", lowest.Contract)
	}
	middle := r.collect(func(q *verify.Request) { q.Via = []common.Address{r.council.at} }, lowest.ContractBytes, fromWallet(r.a, all[0].Hashes.SafeMessage, true))
	if middle.Contract == nil || middle.Contract.Owner != r.council.at || middle.Above != r.vault.at {
		r.t.Fatalf("the Safe in the middle gives %+v", middle.Contract)
	}
	return middle.ContractBytes
}

// mutations changes bytes of the packed signatures: what the contract refuses must not be
// collected again, and what is collected it takes.
func (r *treasury) mutations(c *verify.Collection) {
	r.t.Helper()
	refused := 0
	for i := range c.Packed {
		packed := slices.Clone(c.Packed)
		packed[i] ^= 0x40
		data, err := safe.ExecTransactionCalldata(&c.Tx, packed)
		if err != nil {
			r.t.Fatal(err)
		}
		takes := r.runs(outsider, data)
		rep, again, err := verify.Collect(r.request(nil, packed))
		switch {
		case err != nil:
			r.t.Fatal(err)
		case again != nil && !r.executes(outsider, again):
			r.t.Errorf("byte %d of %d changed: collected, and the contract refuses what came out", i, len(packed))
		case again == nil && rep.Verdict != report.Refused:
			r.t.Errorf("byte %d changed: %s", i, rep.Verdict)
		case !takes && again == nil:
			refused++
		}
	}
	if refused < len(c.Packed)/2 {
		r.t.Errorf("%d of %d changed bytes are refused by both: the comparison shows nothing: %s", refused, len(c.Packed), strings.Join(c.By, ", "))
	}
}
