package selftest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign"
)

// mutant breaks one part of the program. The checks that it names fail, and no others.
type mutant struct {
	name   string
	fails  []string
	mutate func(*subject)
}

var errBroken = errors.New("broken")

// TestEveryCheckFails: a check that cannot fail says nothing. Each mutant is seen by
// the checks that it names, and every check is named.
func TestEveryCheckFails(t *testing.T) {
	caught := map[string]int{}
	for _, m := range slices.Concat(hashMutants(), decoderMutants, verdictMutants, keyMutants, approvalMutants(t), textMutants) {
		t.Run(m.name, func(t *testing.T) {
			s := program()
			m.mutate(&s)
			for _, c := range append(slices.Clone(short), journaled(t.TempDir())) { // a folder of its own for each mutant
				got, want := c.try(s), measure.Held
				if slices.Contains(m.fails, c.name) {
					want = measure.Failed
					caught[c.name]++
				}
				if got.Status != want || got.Detail == "" || (got.Detail == c.says) != (want == measure.Held) {
					t.Errorf("%s; want %s", got, want)
				}
			}
		})
	}
	for _, c := range append(slices.Clone(short), journaled("")) {
		if caught[c.name] == 0 {
			t.Errorf("no mutant is caught by %q", c.name)
		}
	}
	if len(caught) != len(short)+1 {
		t.Errorf("mutants name %d checks, and there are %d", len(caught), len(short)+1)
	}
}

// hashMutants flip one bit of each of the three hashes, under one rule at a time.
func hashMutants() []mutant {
	hash := program().hash
	out := []mutant{
		{"keccak", []string{"digests"}, func(s *subject) { s.keccak = func([]byte) common.Hash { return common.Hash{} } }},
		{"keccak of half the input", []string{"digests"}, func(s *subject) {
			real := s.keccak
			s.keccak = func(b []byte) common.Hash { return real(b[:len(b)/2]) }
		}},
		{"sha256", []string{"digests"}, func(s *subject) { s.sha256 = func([]byte) [32]byte { return [32]byte{} } }},
		{"hash errs", []string{"transaction hashes", "nested Safes"}, func(s *subject) {
			s.hash = func(*safe.Tx, safe.Domain) (safe.Hashes, error) { return safe.Hashes{}, errBroken }
		}},
		{"hash leaves the refund receiver out", []string{"transaction hashes"}, func(s *subject) {
			s.hash = func(tx *safe.Tx, d safe.Domain) (safe.Hashes, error) {
				c := *tx
				c.RefundReceiver = common.Address{}
				return hash(&c, d)
			}
		}},
		{"hash halves the value", []string{"transaction hashes", "nested Safes"}, func(s *subject) {
			s.hash = func(tx *safe.Tx, d safe.Domain) (safe.Hashes, error) {
				c := *tx
				c.Value = uint256.NewInt(c.Value.Uint64() >> 1)
				return hash(&c, d)
			}
		}},
		{"message errs", []string{"message hash"}, func(s *subject) {
			s.message = func(safe.Domain, []byte) (safe.MessageHashes, error) { return safe.MessageHashes{}, errBroken }
		}},
		{"message of another Safe", []string{"message hash"}, func(s *subject) {
			s.message = func(d safe.Domain, b []byte) (safe.MessageHashes, error) {
				d.Safe[0] ^= 1
				return d.HashMessage(b)
			}
		}},
		{"nested errs", []string{"nested Safes"}, func(s *subject) {
			s.through = func(safe.Parent, []safe.Level) ([]safe.LevelHashes, error) { return nil, errBroken }
		}},
		{"nested by the version of the owner", []string{"nested Safes"}, func(s *subject) {
			s.through = func(p safe.Parent, l []safe.Level) ([]safe.LevelHashes, error) {
				p.Version = safe.Version{Major: 1, Minor: 5}
				return safe.Through(p, l)
			}
		}},
		{"nested only one level", []string{"nested Safes"}, func(s *subject) {
			s.through = func(p safe.Parent, l []safe.Level) ([]safe.LevelHashes, error) { return safe.Through(p, l[:1]) }
		}},
		{"nested where none can count", []string{"nested Safes"}, func(s *subject) {
			s.through = func(p safe.Parent, l []safe.Level) ([]safe.LevelHashes, error) {
				out, err := safe.Through(p, l)
				if errors.Is(err, safe.ErrNestingImpossible) {
					return out, nil
				}
				return out, err
			}
		}},
	}
	for _, era := range safe.Eras() {
		fails := []string{"transaction hashes"}
		if era == safe.EraChainID { // that of the parent
			fails = append(fails, "nested Safes")
		}
		for i, field := range []string{"domain", "message", "safeTxHash"} {
			out = append(out, mutant{era.String() + " " + field, fails, func(s *subject) {
				s.hash = func(tx *safe.Tx, d safe.Domain) (safe.Hashes, error) {
					h, err := hash(tx, d)
					if d.Era == era {
						[]*common.Hash{&h.Domain, &h.Message, &h.SafeTx}[i][31] ^= 1
					}
					return h, err
				}
			}})
		}
	}
	return out
}

// decoded makes a mutant that changes the answer of the decoders.
func decoded(name string, change func(abi.Root, *abi.Tree) error) mutant {
	return mutant{name, []string{"decoders"}, func(s *subject) {
		real := s.decode
		s.decode = func(r abi.Root, l abi.Lookup) (*abi.Tree, error) {
			tree, err := real(r, l)
			if err != nil {
				return nil, err
			}
			return tree, change(r, tree)
		}
	}}
}

var decoderMutants = []mutant{
	decoded("disagree", func(abi.Root, *abi.Tree) error { return &abi.DisagreementError{Line: 3} }),
	decoded("nothing compared", func(_ abi.Root, t *abi.Tree) error { t.Lines = 0; return nil }),
	decoded("last line not compared", func(_ abi.Root, t *abi.Tree) error { t.Lines--; return nil }),
	decoded("another amount", func(_ abi.Root, t *abi.Tree) error {
		t.Root.Walk(func(c *abi.Call) {
			for i := range c.Args {
				c.Args[i].Text = strings.TrimSuffix(c.Args[i].Text, "0")
			}
		})
		return nil
	}),
	decoded("batch not opened", func(_ abi.Root, t *abi.Tree) error { t.Root.Children = nil; return nil }),
	decoded("last call left out", func(_ abi.Root, t *abi.Tree) error {
		t.Root.Children = t.Root.Children[:len(t.Root.Children)/2]
		return nil
	}),
	{"dirty address taken", []string{"decoders"}, func(s *subject) {
		real := s.decode
		s.decode = func(r abi.Root, l abi.Lookup) (*abi.Tree, error) {
			if r.Data = bytes.Clone(r.Data); r.To == usdc {
				clear(r.Data[4:16])
			}
			return real(r, l)
		}
	}},
	{"nothing known", []string{"decoders"}, func(s *subject) {
		real := s.decode
		s.decode = func(r abi.Root, _ abi.Lookup) (*abi.Tree, error) { return real(r, nil) }
	}},
}

// answered makes a mutant that changes the answer of Verify.
func answered(name string, change func(*report.Report) *report.Report, fails ...string) mutant {
	return mutant{name, fails, func(s *subject) {
		s.verify = func(q verify.Request) (*report.Report, error) {
			rep, err := verify.Verify(q)
			if err != nil {
				return nil, err
			}
			return change(rep), nil
		}
	}}
}

// without removes the findings of a code.
func without(code string) func(*report.Report) *report.Report {
	return func(r *report.Report) *report.Report {
		r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool { return f.Code == code })
		return r
	}
}

var refusing = []string{"a theft, checked", "a theft, verified", "one byte changed"}

var verdictMutants = []mutant{
	answered("verifies all", func(r *report.Report) *report.Report { r.Verdict = report.Verified; return r }, refusing...),
	answered("objects to nothing", func(r *report.Report) *report.Report { r.Verdict = report.NoObjection; return r }, append(slices.Clone(refusing), "an honest payment", "approvals")...),
	answered("refuses all", func(r *report.Report) *report.Report { r.Verdict = report.Refused; return r }, "an honest payment", "approvals"),
	answered("checks nothing", func(*report.Report) *report.Report { return &report.Report{} }, append(slices.Clone(refusing), "an honest payment", "approvals")...),
	answered("answers nothing", func(*report.Report) *report.Report { return nil }, append(slices.Clone(refusing), "an honest payment", "approvals")...),
	answered("refuses without reason", func(r *report.Report) *report.Report { r.Findings = nil; return r }, refusing...),
	answered("delegatecalls unseen", without("DELEGATECALL_UNKNOWN_TARGET"), "a theft, checked", "a theft, verified"),
	answered("intent not compared", without("INTENT_MISMATCH"), "a theft, verified", "one byte changed"),
	answered("hash not compared", without("HASH_MISMATCH"), "one byte changed"),
	answered("delegatecalls declared", func(r *report.Report) *report.Report {
		for i := range r.Findings {
			r.Findings[i].Severity = report.Notice
		}
		return r
	}, refusing...),
	answered("another hash", func(r *report.Report) *report.Report { r.Hashes.SafeTx = hopEthDigest; return r }, "a theft, checked", "a theft, verified", "an honest payment", "approvals"),
	{"verify errs", append(slices.Clone(refusing), "an honest payment", "approvals"), func(s *subject) {
		s.verify = func(verify.Request) (*report.Report, error) { return nil, errBroken }
	}},
	{"reads another payload", append(slices.Clone(refusing), "an honest payment"), func(s *subject) {
		s.verify = func(q verify.Request) (*report.Report, error) {
			q.Input, q.Intent = []byte(hopPayment.Replace(hopProposal)), []byte(hopPayment.Replace(hopIntent))
			return verify.Verify(q)
		}
	}},
}

// brokenKey changes what a key makes.
type brokenKey struct {
	sign.Key
	change func(sig [65]byte, digest common.Hash) ([65]byte, error)
}

func (k brokenKey) Sign(digest common.Hash) ([65]byte, error) {
	sig, err := k.Key.Sign(digest)
	if err != nil {
		return sig, err
	}
	return k.change(sig, digest)
}

func keyed(name string, change func([65]byte, common.Hash) ([65]byte, error), fails ...string) mutant {
	return mutant{name, fails, func(s *subject) {
		real := s.open
		s.open = func(file, passphrase []byte) (sign.Key, error) {
			k, err := real(file, passphrase)
			if err != nil {
				return nil, err
			}
			return brokenKey{k, change}, nil
		}
	}}
}

type otherKey struct{ sign.Key }

func (otherKey) Address() common.Address { return safe1 }

var needsKey = []string{"signatures", "key file", "approvals", "signing"}

var keyMutants = []mutant{
	keyed("random nonce", func(sig [65]byte, _ common.Hash) ([65]byte, error) { sig[0] ^= 1; return sig, nil }, "signatures", "signing"),
	keyed("other parity", func(sig [65]byte, _ common.Hash) ([65]byte, error) { sig[64] ^= 7; return sig, nil }, "signatures", "signing"), // 27 and 28
	keyed("signing errs", func(sig [65]byte, _ common.Hash) ([65]byte, error) { return sig, errBroken }, "signatures", "signing"),
	keyed("eth_sign only is wrong", func(sig [65]byte, d common.Hash) ([65]byte, error) {
		if d.Hex() == hopEthDigest {
			sig[40] ^= 1
		}
		return sig, nil
	}, "signatures"),
	{"eth_sign of the text", []string{"signatures"}, func(s *subject) {
		s.ethSign = func(h common.Hash) common.Hash { return safe.TextHash([]byte(h.Hex())) }
	}},
	{"recovers to nobody", []string{"signatures"}, func(s *subject) {
		s.recover = func(safe.Signature, common.Hash) (common.Address, error) { return common.Address{}, errBroken }
	}},
	{"recovers to another", []string{"signatures"}, func(s *subject) {
		s.recover = func(safe.Signature, common.Hash) (common.Address, error) { return safe1, nil }
	}},
	{"recovers to the same over everything", []string{"signatures"}, func(s *subject) {
		s.recover = func(safe.Signature, common.Hash) (common.Address, error) {
			return common.HexToAddress(testAccount), nil
		}
	}},
	{"key does not open", needsKey, func(s *subject) { s.open = func(_, _ []byte) (sign.Key, error) { return nil, errBroken } }},
	{"every passphrase opens", []string{"key file"}, func(s *subject) {
		s.open = func(file, _ []byte) (sign.Key, error) { return openKey(file, []byte(testPassphrase)) }
	}},
	{"a wrong passphrase fails otherwise", []string{"key file"}, func(s *subject) {
		s.open = func(file, p []byte) (sign.Key, error) {
			k, err := openKey(file, p)
			if err != nil {
				return nil, errBroken
			}
			return k, nil
		}
	}},
	{"another key", []string{"key file", "signing"}, func(s *subject) {
		s.open = func(file, p []byte) (sign.Key, error) {
			k, err := openKey(file, p)
			if err != nil {
				return nil, err
			}
			return otherKey{k}, nil
		}
	}},
}

// signed makes a mutant that changes what Sign answers; n counts its calls.
func signed(name string, change func(n int, r sign.Result, err error) (sign.Result, error), fails ...string) mutant {
	return mutant{name, fails, func(s *subject) {
		real, n := s.sign, 0
		s.sign = func(a *verify.Approval, k sign.Key) (sign.Result, error) {
			r, err := real(a, k)
			n++
			return change(n, r, err)
		}
	}}
}

// approving makes a mutant that changes what Approve answers.
func approving(name string, approve func(verify.Request) (*report.Report, *verify.Approval, error), fails ...string) mutant {
	return mutant{name, fails, func(s *subject) {
		s.approve = func(q verify.Request, _ func(*report.Report) []byte) (*report.Report, *verify.Approval, error) {
			return approve(q)
		}
	}}
}

func approvalMutants(t *testing.T) []mutant {
	elsewhere := func() *journal.Journal {
		j, err := journal.Init(t.TempDir()+"/journal", testTime)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = j.Close() })
		return j
	}
	is := func(kind error) func(int, sign.Result, error) (sign.Result, error) {
		return func(_ int, r sign.Result, err error) (sign.Result, error) {
			if errors.Is(err, kind) {
				return sign.Result{}, nil
			}
			return r, err
		}
	}
	return []mutant{
		signed("signs what nobody approved", is(verify.ErrNotApproved), "approvals"),
		signed("signs what nobody confirmed", is(verify.ErrNotConfirmed), "signing"),
		signed("signs twice", is(verify.ErrSpent), "signing"),
		signed("never signs", func(int, sign.Result, error) (sign.Result, error) { return sign.Result{}, errBroken }, "approvals", "signing"),
		signed("refuses, and hands a signature out", func(_ int, r sign.Result, err error) (sign.Result, error) {
			return sign.Result{Packed: make([]byte, 65)}, err
		}, "approvals", "signing"),
		signed("signs something else", func(_ int, r sign.Result, err error) (sign.Result, error) {
			if len(r.Packed) > 0 {
				r.Packed[64] ^= 1
			}
			return r, err
		}, "signing"),
		{"every text is confirmed", []string{"signing"}, func(s *subject) { s.confirm = func(*verify.Approval, [32]byte) error { return nil } }},
		{"no text is confirmed", []string{"signing"}, func(s *subject) {
			s.confirm = func(*verify.Approval, [32]byte) error { return verify.ErrNotConfirmed }
		}},
		approving("approves nothing", func(verify.Request) (*report.Report, *verify.Approval, error) {
			return &report.Report{Verdict: report.Refused}, nil, nil
		}, "approvals", "signing"),
		approving("approve errs", func(verify.Request) (*report.Report, *verify.Approval, error) { return nil, nil, errBroken }, "approvals", "signing"),
		approving("answers nothing", func(verify.Request) (*report.Report, *verify.Approval, error) { return nil, nil, nil }, "approvals", "signing"),
		approving("approves without a journal", func(q verify.Request) (*report.Report, *verify.Approval, error) {
			if q.Journal == nil {
				q.Journal = elsewhere()
			}
			return verify.Approve(q, shown)
		}, "approvals"),
		approving("journal not asked", func(q verify.Request) (*report.Report, *verify.Approval, error) {
			rep, a, err := verify.Approve(q, shown)
			return without("JOURNAL_MISSING")(rep), a, err
		}, "approvals"),
		approving("remembers elsewhere", func(q verify.Request) (*report.Report, *verify.Approval, error) {
			if q.Journal != nil {
				q.Journal = elsewhere()
			}
			return verify.Approve(q, shown)
		}, "signing"),
		approving("forgets", func(q verify.Request) (*report.Report, *verify.Approval, error) {
			if strings.Contains(string(q.Input), `"value":"2"`) {
				q.Journal = elsewhere()
			}
			return verify.Approve(q, shown)
		}, "signing"),
		approving("nonce not compared", func(q verify.Request) (*report.Report, *verify.Approval, error) {
			rep, a, err := verify.Approve(q, shown)
			return without("NONCE_CONFLICT")(rep), a, err
		}, "signing"),
	}
}

func escaped(name string, change func(string) string) mutant {
	return mutant{name, []string{"escaping"}, func(s *subject) {
		real := s.escape
		s.escape = func(text string) string { return change(real(text)) }
	}}
}

func random(name string, read func(b []byte, n int) (int, error)) mutant {
	return mutant{name, []string{"randomness"}, func(s *subject) {
		real, n := s.random, 0
		s.random = func(b []byte) (int, error) {
			if _, err := real(b); err != nil {
				return 0, err
			}
			n++
			return read(b, n)
		}
	}}
}

var textMutants = []mutant{
	{"nothing escaped", []string{"escaping"}, func(s *subject) { s.escape = func(t string) string { return t } }},
	escaped("a tab comes through", func(t string) string { return t + "\t" }),
	escaped("hostile bytes left out", func(t string) string { return strings.ReplaceAll(t, `\x1b`, "") }),
	escaped("empty", func(string) string { return "" }),
	random("zeros", func(b []byte, _ int) (int, error) { clear(b); return len(b), nil }),
	random("second read is zeros", func(b []byte, n int) (int, error) {
		if n == 2 {
			clear(b)
		}
		return len(b), nil
	}),
	random("the same again", func(b []byte, _ int) (int, error) {
		for i := range b {
			b[i] = byte(i)
		}
		return len(b), nil
	}),
	random("short", func(b []byte, _ int) (int, error) { return len(b) - 1, nil }),
	random("errs", func(b []byte, _ int) (int, error) { return len(b), errBroken }),
}
