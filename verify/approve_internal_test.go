package verify

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const shownText = "what the person was shown"

var approvalSafe = common.HexToAddress("0x849D52316331967b6fF1198e5E32A0eB168D039d")

func approvalKey(n byte) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte{'k', n}))
	if err != nil {
		panic(err)
	}
	return k
}

func keyOwner(n byte) common.Address { return crypto.PubkeyToAddress(approvalKey(n).PublicKey) }

// approvalRequest is an honest payment that two keys own.
func approvalRequest(t testing.TB, changes ...func(*Request)) Request {
	t.Helper()
	req := Request{
		Mode: ModeSign, File: "pay.json", IntentOrigin: "--intent",
		Given:  Given{Version: safe.Version{Major: 1, Minor: 3}, Owners: []common.Address{keyOwner(1), keyOwner(2)}, Threshold: uint256.NewInt(2)},
		Fields: map[string]string{"to": "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3", "value": "1000000000000000000", "data": "0x", "operation": "0", "nonce": "7"},
		Intent: []byte("coldsign: intent/v1\nchain: 1\nsafe: \"" + approvalSafe.Hex() + "\"\nnonce: 7\nactions:\n  - send: {amount: \"1 ETH\", to: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\"}\n"),
	}
	freshJournal(t, &req)
	for _, change := range changes {
		change(&req)
	}
	return req
}

// freshJournal gives the request a journal of its own, and a clock.
func freshJournal(t testing.TB, req *Request) {
	t.Helper()
	req.Now, req.Program = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), "test"
	j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), req.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	req.Journal = j
}

func approved(t testing.TB, changes ...func(*Request)) *Approval {
	t.Helper()
	rep, a, err := Approve(approvalRequest(t, changes...), func(*report.Report) []byte { return []byte(shownText) })
	if err != nil || a == nil {
		t.Fatalf("not approved: %v, %s", err, rep.Summary)
	}
	return a
}

func shownDigest() [32]byte { return sha256.Sum256([]byte(shownText)) }

func signatureBy(t testing.TB, k *ecdsa.PrivateKey, h common.Hash) safe.Signature {
	t.Helper()
	raw, err := crypto.Sign(h[:], k)
	if err != nil {
		t.Fatal(err)
	}
	raw[64] += 27
	s, err := safe.ParseConfirmation(raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestApprovalIsOneSignature: the way from approval to signature, with what the journal
// has after each step.
func TestApprovalIsOneSignature(t *testing.T) {
	a := approved(t)
	if _, err := a.ToSign(); !errors.Is(err, ErrNotConfirmed) {
		t.Fatalf("before it was confirmed: %v", err)
	}
	if err := a.Confirm(sha256.Sum256([]byte("something else"))); !errors.Is(err, ErrNotConfirmed) {
		t.Fatalf("another text: %v", err)
	}
	if n := a.journal.Len(); n != 1 {
		t.Fatalf("%d records before it was confirmed", n)
	}
	if err := a.Confirm(shownDigest()); err != nil {
		t.Fatal(err)
	}
	if err := a.Confirm(shownDigest()); !errors.Is(err, ErrSpent) {
		t.Errorf("confirmed twice: %v", err)
	}
	what, err := a.ToSign()
	if err != nil {
		t.Fatal(err)
	}
	if what.Digest != a.hashes.SafeTx || len(what.Owners) != 2 {
		t.Errorf("to sign %v, want the safeTxHash %v", what.Digest, a.hashes.SafeTx)
	}
	for name, s := range map[string]safe.Signature{
		"a stranger's":           signatureBy(t, approvalKey(9), what.Digest),
		"over another hash":      signatureBy(t, approvalKey(1), common.Hash{1}),
		"an approved hash":       {Kind: safe.KindApprovedHash, Owner: keyOwner(1), V: 1},
		"a contract's":           {Kind: safe.KindContract, Owner: keyOwner(1)},
		"none":                   {},
		"the form of a high s":   highS(signatureBy(t, approvalKey(1), what.Digest)),
		"eth_sign over its hash": signatureBy(t, approvalKey(1), safe.EthSignDigest(what.Digest)),
	} {
		if _, err := a.Complete(s); !errors.Is(err, ErrNotBySigner) {
			t.Errorf("%s: %v", name, err)
		}
	}
	owner, err := a.Complete(signatureBy(t, approvalKey(2), what.Digest))
	if err != nil || owner != keyOwner(2) {
		t.Fatalf("owner %s, %v", owner, err)
	}
	if _, err := a.Complete(signatureBy(t, approvalKey(1), what.Digest)); !errors.Is(err, ErrSpent) {
		t.Errorf("a second signature: %v", err)
	}
	if _, err := a.ToSign(); !errors.Is(err, ErrSpent) {
		t.Errorf("used again: %v", err)
	}
	if err := a.Refuse("CONFIRMATION_FAILED"); !errors.Is(err, ErrSpent) {
		t.Errorf("refused after it was signed: %v", err)
	}
	all := a.journal.Records()
	if len(all) != 3 || all[1].Kind != journal.Approved || all[2].Kind != journal.Signed || all[2].Signer != keyOwner(2) || all[2].Hash != what.Digest {
		t.Errorf("journal %+v", all)
	}
}

func highS(s safe.Signature) safe.Signature {
	n := uint256.MustFromHex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	s.S = new(uint256.Int).Sub(n, new(uint256.Int).SetBytes(s.S[:])).Bytes32()
	s.V = 55 - s.V
	return s
}

// TestRefusedApproval: a confirmation that failed stands in the journal, and nothing can
// be signed with what is left.
func TestRefusedApproval(t *testing.T) {
	for _, confirmed := range []bool{false, true} {
		a := approved(t)
		if confirmed {
			if err := a.Confirm(shownDigest()); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Refuse("CONFIRMATION_FAILED"); err != nil {
			t.Fatal(err)
		}
		if err := a.Confirm(shownDigest()); !errors.Is(err, ErrSpent) {
			t.Errorf("confirmed after it was refused: %v", err)
		}
		if _, err := a.ToSign(); !errors.Is(err, ErrSpent) {
			t.Errorf("to sign after it was refused: %v", err)
		}
		all := a.journal.Records()
		if last := all[len(all)-1]; last.Kind != journal.Refused || last.Reason != "CONFIRMATION_FAILED" || last.Hash != a.hashes.SafeTx {
			t.Errorf("journal %+v", last)
		}
	}
}

// TestForeignApproval: what no Approve has made, and a copy of what one has made, sign
// nothing.
func TestForeignApproval(t *testing.T) {
	made := approved(t)
	foreign := map[string]*Approval{"nil": nil, "zero": {}, "a copy": copyOf(made)}
	own := copyOf(made) // as another process would: the same fields, and a seal without the key
	own.self = own
	foreign["a copy that points to itself"] = own
	void := copyOf(made)
	void.self, void.seal = void, [32]byte{}
	dead := copyOf(made)
	dead.self, dead.life = dead, &life{state: approvalConfirmed}
	foreign["with another life"] = dead
	foreign["without a seal"] = void
	for name, a := range foreign {
		if err := a.Confirm(shownDigest()); !errors.Is(err, ErrNotApproved) {
			t.Errorf("%s: confirmed: %v", name, err)
		}
		if _, err := a.ToSign(); !errors.Is(err, ErrNotApproved) {
			t.Errorf("%s: to sign: %v", name, err)
		}
		if _, err := a.Complete(safe.Signature{}); !errors.Is(err, ErrNotApproved) {
			t.Errorf("%s: complete: %v", name, err)
		}
		if err := a.Refuse("CONFIRMATION_FAILED"); !errors.Is(err, ErrNotApproved) {
			t.Errorf("%s: refused: %v", name, err)
		}
	}
}

// copyOf copies field by field, as reflection in another package could.
func copyOf(a *Approval) *Approval {
	b := &Approval{}
	from, to := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range from.NumField() {
		writable(to.Field(i)).Set(writable(from.Field(i)))
	}
	return b
}

func writable(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
}

// TestChangedApproval changes every field, and each part of those that have parts, after
// the approval was confirmed: nothing of it signs any more.
func TestChangedApproval(t *testing.T) {
	changed := 0
	var walk func(t *testing.T, path string, pick func(*Approval) reflect.Value)
	walk = func(t *testing.T, path string, pick func(*Approval) reflect.Value) {
		probe := approved(t)
		v := pick(probe)
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				walk(t, path+"."+v.Type().Field(i).Name, func(a *Approval) reflect.Value { return writable(pick(a).Field(i)) })
			}
			return
		case reflect.Pointer:
			if v.Type() == reflect.TypeFor[*uint256.Int]() && !v.IsNil() {
				walk(t, path+".value", func(a *Approval) reflect.Value { return pick(a).Elem() })
			}
		case reflect.Slice:
			if v.Len() > 0 && v.Type().Elem().Kind() == reflect.Struct {
				walk(t, path+"[0]", func(a *Approval) reflect.Value { return pick(a).Index(0) })
			}
		}
		t.Run(path, func(t *testing.T) {
			a := approved(t)
			if err := a.Confirm(shownDigest()); err != nil {
				t.Fatal(err)
			}
			if !another(pick(a)) {
				t.Skip("cannot be changed")
			}
			changed++
			if _, err := a.ToSign(); !errors.Is(err, ErrNotApproved) {
				t.Errorf("it still signs: %v", err)
			}
		})
	}
	typ := reflect.TypeFor[Approval]()
	for i := range typ.NumField() {
		if name := typ.Field(i).Name; name != "began" && name != "journal" {
			walk(t, name, func(a *Approval) reflect.Value { return writable(reflect.ValueOf(a).Elem().Field(i)) })
		}
	}
	if changed < 60 {
		t.Errorf("%d fields were changed, want at least 60: the test shows nothing", changed)
	}
}

// another gives a value of the same type that is not this one.
func another(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(v.Uint() ^ 1)
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Array:
		return another(v.Index(v.Len() - 1))
	case reflect.Slice:
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
			return v.Type() == reflect.TypeFor[*uint256.Int]()
		}
		v.SetZero()
	default:
		return false
	}
	return true
}

// TestApprovalSeals: no field is left out of the tests above when one is added.
func TestApprovalSeals(t *testing.T) {
	for typ, want := range map[reflect.Type]int{
		reflect.TypeFor[Approval](): 19, reflect.TypeFor[safe.Tx](): 10, reflect.TypeFor[safe.Domain](): 3, reflect.TypeFor[safe.Level](): 3, reflect.TypeFor[journal.Record](): 18,
	} {
		if got := typ.NumField(); got != want {
			t.Errorf("%s has %d fields, and the seal was written for %d", typ, got, want)
		}
	}
}

// TestRefusedIsRemembered: what sign refuses stands in the journal with its reason, and
// leads to no approval.
func TestRefusedIsRemembered(t *testing.T) {
	tests := []struct {
		name, reason string
		change       func(*Request)
	}{
		{"another recipient", "INTENT_MISMATCH", func(r *Request) { r.Fields["to"] = keyOwner(9).Hex() }},
		{"a delegatecall", "DELEGATECALL_UNKNOWN_TARGET", func(r *Request) { r.Fields["operation"], r.Fields["data"] = "1", "0xdeadbeef" }},
		{"no owners", "OWNERS_UNKNOWN", func(r *Request) { r.Given.Owners, r.Given.Threshold = nil, nil }},
		{"no version", "EVIDENCE_MISSING", func(r *Request) { r.Given.Version = safe.Version{} }},
		{"no fields", "NUMBER_OUT_OF_RANGE", func(r *Request) { r.Fields["nonce"] = "1" + fmt.Sprintf("%080d", 0) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req := approvalRequest(t, tt.change)
			rep, a, err := Approve(req, func(*report.Report) []byte { t.Error("shown"); return nil })
			if err != nil || a != nil || rep.Verdict != report.Refused {
				t.Fatalf("%v, approval %v, %s", err, a != nil, rep.Verdict)
			}
			all := req.Journal.Records()
			if last := all[len(all)-1]; last.Kind != journal.Refused || last.Reason != tt.reason {
				t.Errorf("journal %+v, want %s (%s)", last, tt.reason, rep.Summary)
			}
			if rep.Journal == nil || rep.Journal.Length != 2 {
				t.Errorf("the report says %+v", rep.Journal)
			}
		})
	}
}

// TestSignedIsRemembered: after a signature another transaction with its nonce is
// refused, and the same one is not.
func TestSignedIsRemembered(t *testing.T) {
	a := approved(t)
	if err := a.Confirm(shownDigest()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Complete(signatureBy(t, approvalKey(1), a.hashes.SafeTx)); err != nil {
		t.Fatal(err)
	}
	same := func(r *Request) { r.Journal, r.Now = a.journal, r.Now.Add(time.Hour) }
	if _, again, err := Approve(approvalRequest(t, same), func(*report.Report) []byte { return nil }); err != nil || again == nil {
		t.Errorf("the same transaction again: %v", err)
	}
	other := func(r *Request) {
		same(r)
		r.Fields["value"] = "2000000000000000000"
		r.Intent = []byte(string(r.Intent[:len(r.Intent)-len("1 ETH\", to: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\"}\n")]) + "2 ETH\", to: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\"}\n")
	}
	rep, second, err := Approve(approvalRequest(t, other), func(*report.Report) []byte { return nil })
	if err != nil || second != nil || rep.Findings[0].Code != "NONCE_CONFLICT" {
		t.Errorf("another transaction with the nonce: %v, %s", err, rep.Summary)
	}
}

// TestApproveNeedsItsMode: verify answers as before and never approves.
func TestApproveNeedsItsMode(t *testing.T) {
	show := func(*report.Report) []byte { return nil }
	for _, mode := range []Mode{ModeUnknown, ModeCheck, ModeVerify, ModeDecode, ModeHash, ModeSign + 1} {
		if _, a, err := Approve(approvalRequest(t, func(r *Request) { r.Mode = mode }), show); a != nil || !errors.Is(err, ErrRequest) {
			t.Errorf("mode %d: %v", mode, err)
		}
	}
	if _, a, err := Approve(approvalRequest(t), nil); a != nil || !errors.Is(err, ErrRequest) {
		t.Errorf("without a way to show it: %v", err)
	}
	if s := hex.EncodeToString(approved(t).seal[:]); s == hex.EncodeToString(make([]byte, 32)) {
		t.Error("no seal")
	}
}

// TestRevivedApproval: an older value, put back where the approval was, brings no state
// back.
func TestRevivedApproval(t *testing.T) {
	a := approved(t)
	before := *a
	if err := a.Refuse("CONFIRMATION_FAILED"); err != nil {
		t.Fatal(err)
	}
	*a = before
	if err := a.Confirm(shownDigest()); !errors.Is(err, ErrSpent) {
		t.Errorf("confirmed after it was refused: %v", err)
	}
	b := approved(t)
	if err := b.Confirm(shownDigest()); err != nil {
		t.Fatal(err)
	}
	before = *b
	if _, err := b.Complete(signatureBy(t, approvalKey(1), b.hashes.SafeTx)); err != nil {
		t.Fatal(err)
	}
	*b = before
	if _, err := b.Complete(signatureBy(t, approvalKey(2), b.hashes.SafeTx)); !errors.Is(err, ErrSpent) {
		t.Errorf("signed twice: %v", err)
	}
	b.life.state = approvalConfirmed
	if _, err := b.ToSign(); !errors.Is(err, ErrNotApproved) {
		t.Errorf("its state was changed: %v", err)
	}
}

// TestShowChangesNothing: whoever shows the report cannot change what is approved.
func TestShowChangesNothing(t *testing.T) {
	req := approvalRequest(t)
	rep, a, err := Approve(req, func(rep *report.Report) []byte {
		req.Given.Owners[0] = keyOwner(9)
		req.Fields["value"] = "2"
		rep.Hashes.SafeTx = "0x00"
		return []byte(shownText)
	})
	if err != nil || a == nil {
		t.Fatalf("%v, %s", err, rep.Summary)
	}
	if err := a.Confirm(shownDigest()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Complete(signatureBy(t, approvalKey(9), a.hashes.SafeTx)); !errors.Is(err, ErrNotBySigner) {
		t.Errorf("a key that was put among the owners while they were shown: %v", err)
	}
}

// TestOneOfMany: of many that complete at once one does.
func TestOneOfMany(t *testing.T) {
	a := approved(t)
	if err := a.Confirm(shownDigest()); err != nil {
		t.Fatal(err)
	}
	s := signatureBy(t, approvalKey(1), a.hashes.SafeTx)
	var done atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := a.Complete(s); err == nil {
				done.Add(1)
			}
		})
	}
	all.Wait()
	if done.Load() != 1 {
		t.Errorf("%d of 16 completed", done.Load())
	}
}

// TestJournalGone: while a person reads, the journal is removed, or an older one put in
// its place. Nothing is confirmed then, and nothing signed.
func TestJournalGone(t *testing.T) {
	for name, gone := range map[string]func(path string) error{
		"removed": os.Remove,
		"exchanged": func(path string) error {
			raw, err := os.ReadFile(path)
			return errors.Join(err, os.Remove(path), os.WriteFile(path, raw, 0o600))
		},
	} {
		for _, confirmed := range []bool{false, true} {
			path := ""
			a := approved(t, func(r *Request) {
				path = filepath.Join(t.TempDir(), "journal")
				j, err := journal.Init(path, r.Now)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = j.Close() })
				r.Journal = j
			})
			if confirmed {
				if err := a.Confirm(shownDigest()); err != nil {
					t.Fatal(err)
				}
			}
			if err := gone(path); err != nil {
				t.Fatal(err)
			}
			var err error
			if confirmed {
				_, err = a.Complete(signatureBy(t, approvalKey(1), a.hashes.SafeTx))
			} else {
				err = a.Confirm(shownDigest())
			}
			if !errors.Is(err, ErrJournal) {
				t.Errorf("%s, confirmed %v: %v", name, confirmed, err)
			}
		}
	}
}
