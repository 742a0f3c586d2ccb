package proposal

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// record is the service's sample with another nonce and hash.
func record(nonce, hash string) string {
	r := strings.Replace(samples["service"], `"nonce":42`, `"nonce":`+nonce, 1)
	return strings.Replace(r, sampleHash, hash, 1)
}

func TestServiceList(t *testing.T) {
	page := func(items ...string) string {
		return `{"count":2,"next":null,"previous":null,"results":[` + strings.Join(items, ",") + `],"countUniqueNonce":1}`
	}
	hash := func(h string) *common.Hash { x := common.HexToHash(h); return &x }
	two := page(record("42", sampleHash), record("42", sampleOld))
	apart := page(record("42", sampleHash), record("43", sampleOld))
	other := `{"txType":"ETHEREUM_TRANSACTION","txHash":"0x"}`
	for _, tt := range []struct {
		name, raw  string
		nonce      *uint256.Int
		hash       *common.Hash
		want       string
		read       bool
		candidates int
		says       string
	}{
		{"one", page(samples["service"]), nil, nil, "", true, 0, ""},
		{"one in a bare list", "[" + samples["service"] + "]", nil, nil, "", true, 0, ""},
		{"one beside another kind", page(other, samples["service"]), nil, nil, "", true, 0, ""},
		{"two with one nonce", two, nil, nil, "NONCE_CONFLICT", false, 2, "compete for nonce"},
		{"two with one nonce, chosen by it", two, uint256.NewInt(42), nil, "NONCE_CONFLICT", false, 2, "compete for nonce"},
		{"two with one nonce, chosen by hash", two, nil, hash(sampleOld), "NONCE_CONFLICT", true, 1, "other transactions for nonce"},
		{"two nonces", apart, nil, nil, "NONCE_CONFLICT", false, 2, "holds 2 transactions"},
		{"two nonces, chosen", apart, uint256.NewInt(43), nil, "", true, 0, ""},
		{"two nonces, chosen by hash", apart, nil, hash(sampleOld), "", true, 0, ""},
		{"one hash twice", page(record("42", sampleHash), record("43", sampleHash)), nil, hash(sampleHash), "NONCE_CONFLICT", false, 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte(tt.raw), Options{SelectNonce: tt.nonce, SelectHash: tt.hash})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(codes(res), " "); got != tt.want || (res.Proposal != nil) != tt.read || len(res.Candidates) != tt.candidates {
				t.Errorf("codes %q read %v candidates %v; want %q %v %d", got, res.Proposal != nil, res.Candidates, tt.want, tt.read, tt.candidates)
			}
			if tt.says != "" && !strings.Contains(res.Findings[0].Message, tt.says) {
				t.Errorf("message %q does not say %q", res.Findings[0].Message, tt.says)
			}
			if tt.hash != nil && tt.read && res.Proposal.Claims.Hashes[0].Hash != *tt.hash {
				t.Error("the wrong one was chosen")
			}
		})
	}
	if _, err := Parse([]byte(two), Options{SelectNonce: uint256.NewInt(1)}); !errors.Is(err, ErrNotProposal) || !strings.Contains(err.Error(), "none with nonce 1") {
		t.Errorf("no match: %v", err)
	}
	res, _ := Parse([]byte(two), Options{})
	if c := res.Candidates[0]; c.Nonce != "42" || c.SafeTxHash != sampleHash || c.To != sampleTo || c.Executed {
		t.Errorf("candidate %+v", c)
	}
}

func TestLocalsafe(t *testing.T) {
	one := samples["protocol-kit"]
	for _, tt := range []struct {
		name, raw string
		nonce     *uint256.Int
		want      string
		read      bool
	}{
		{"export", `{"transactions":[` + one + `]}`, nil, "", true},
		{"old export", `{"tx":` + one + `}`, nil, "", true},
		{"two", `{"transactions":[` + one + `,` + strings.Replace(one, `"nonce":42`, `"nonce":43`, 1) + `]}`, nil, "NONCE_CONFLICT", false},
		{"two, chosen", `{"transactions":[` + one + `,` + strings.Replace(one, `"nonce":42`, `"nonce":43`, 1) + `]}`, uint256.NewInt(43), "", true},
		{"data alone", one[strings.Index(one, `{"to"`) : strings.Index(one, "},\n")+1], nil, "", true},
		{"lost signatures", one[:strings.Index(one, "[{")] + "{}}", nil, "", true},
		{"api-kit", `{"safeAddress":"` + sampleSafe + `","safeTransactionData":` + one[strings.Index(one, `{"to"`):strings.Index(one, "},\n")+1] + `,"safeTxHash":"` + sampleHash + `","senderAddress":"` + sampleOwner + `","senderSignature":"` + sampleSig + `"}`, nil, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte(tt.raw), Options{SelectNonce: tt.nonce})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(codes(res), " "); got != tt.want || (res.Proposal != nil) != tt.read {
				t.Errorf("codes %q read %v, want %q %v: %v", got, res.Proposal != nil, tt.want, tt.read, res.Findings)
			}
			if tt.name == "lost signatures" && len(res.Proposal.Facts) == 0 {
				t.Error("nobody is told that the signatures are lost")
			}
			if tt.name == "api-kit" && (len(res.Proposal.Claims.Confirmations) != 1 || *res.Proposal.Safe != *addr(sampleSafe)) {
				t.Errorf("claims %+v", res.Proposal.Claims)
			}
		})
	}
}

// What competes for a nonce is bounded, because each signature is compared with
// each of them later; the sentence still says how many there are.
func TestManyCandidates(t *testing.T) {
	var items []string
	for i := range 50 {
		items = append(items, record("42", common.BigToHash(big.NewInt(int64(i))).Hex()))
	}
	raw := []byte("[" + strings.Join(items, ",") + "]")
	zero := common.Hash{}
	for _, tt := range []struct {
		name string
		opt  Options
		says string
	}{
		{"none chosen", Options{}, "50 transactions compete"},
		{"one chosen", Options{SelectHash: &zero}, "and 44 more"},
	} {
		res, err := Parse(raw, tt.opt)
		if err != nil || len(res.Candidates) != maxCandidates || maxCandidates > 10 || len(res.Findings) != 1 || !strings.Contains(res.Findings[0].Message, tt.says) {
			t.Errorf("%s: %d candidates, %+v, %v", tt.name, len(res.Candidates), res.Findings, err)
		}
	}
}
