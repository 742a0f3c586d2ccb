package safe_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

var magic6492 = bytes.Repeat([]byte{0x64, 0x92}, 16)

func withV(sig []byte, v byte) []byte {
	b := bytes.Clone(sig)
	b[64] = v
	return b
}

func TestSignatureVectors(t *testing.T) {
	if got := safe.EthSignDigest(hash(parentHash)); got != hash("0x2f666dd0194027a588abfd9aeb76691ea8e1ee81c7eaa7fc5b8d812b3fd0ef33") {
		t.Errorf("eth_sign digest %s", got)
	}
	tests := []struct {
		name      string
		blob      string
		kind      safe.Kind
		service   string
		owner     string // claimed in the blob
		recovered string
		code      string // of the only note, "" for none
	}{
		{"EIP-712", parentSig, safe.KindECDSA, "EOA", "", anvil0, ""},
		{"eth_sign", parentSigEth, safe.KindEthSign, "ETH_SIGN", "", anvil0, safe.CodeEthSign},
		{"prevalidated", prevalidated, safe.KindApprovedHash, "APPROVED_HASH", anvil0, "", safe.CodeUnverifiable},
		{"contract", standalone, safe.KindContract, "CONTRACT_SIGNATURE", "0x2222222222222222222222222222222222222222", "", safe.CodeContract},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			blob := unhex(t, tt.blob)
			s, err := safe.ParseConfirmation(blob)
			if err != nil {
				t.Fatal(err)
			}
			if s.Kind != tt.kind || s.Kind.String() != tt.service || s.Owner != addr(tt.owner) {
				t.Errorf("kind %s (%d), owner %s", s.Kind, s.Kind, s.Owner)
			}
			if got := safe.PackBlob([]safe.Signature{s}); !bytes.Equal(got, blob) {
				t.Errorf("packed again: %x, want %x", got, blob)
			}
			owner, err := s.Recover(hash(parentHash))
			if owner != addr(tt.recovered) || (err == nil) != (tt.recovered != "") {
				t.Errorf("recovered %s, error %v, want %q", owner, err, tt.recovered)
			}
			codes := ""
			for _, n := range s.Notes(0) {
				codes += n.Code
			}
			if codes != tt.code {
				t.Errorf("notes %q, want %q", codes, tt.code)
			}
		})
	}
}

func TestParseConfirmationRefuses(t *testing.T) {
	sig := unhex(t, parentSig)
	contract := unhex(t, standalone)
	r := func(b []byte) []byte { return join(b, sig[32:]) }
	n := unhex(t, "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	zero := make([]byte, 32)
	owner := addr(anvil0)
	tests := []struct {
		name string
		blob []byte
		want error
		code string
	}{
		{"empty", nil, safe.ErrSignatureLength, safe.CodeMalformed},
		{"one byte", []byte{27}, safe.ErrSignatureLength, safe.CodeMalformed},
		{"53 bytes", sig[:53], safe.ErrSignatureLength, safe.CodeMalformed},
		{"compact", sig[:64], safe.ErrCompact, safe.CodeNoncanonical},
		{"one byte more", join(sig, []byte{0}), safe.ErrTrailing, safe.CodeMalformed},
		{"two signatures", join(sig, sig), safe.ErrTrailing, safe.CodeMalformed},
		{"parity 0", withV(sig, 0), safe.ErrOwnerWord, safe.CodeMalformed},
		{"parity 1", withV(sig, 1), safe.ErrOwnerWord, safe.CodeMalformed},
		{"P-256", withV(sig, 2), safe.ErrP256, safe.CodeMalformed},
		{"v 3", withV(sig, 3), safe.ErrUnknownV, safe.CodeMalformed},
		{"v 26", withV(sig, 26), safe.ErrUnknownV, safe.CodeMalformed},
		{"v 29", withV(sig, 29), safe.ErrUnknownV, safe.CodeMalformed},
		{"v 30", withV(sig, 30), safe.ErrUnknownV, safe.CodeMalformed},
		{"v 33", withV(sig, 33), safe.ErrUnknownV, safe.CodeMalformed},
		{"v 34", withV(sig, 34), safe.ErrUnknownV, safe.CodeMalformed},
		{"v 35", withV(sig, 35), safe.ErrReplayV, safe.CodeMalformed},
		{"v 37", withV(sig, 37), safe.ErrReplayV, safe.CodeMalformed},
		{"v 38", withV(sig, 38), safe.ErrReplayV, safe.CodeMalformed},
		{"v 255", withV(sig, 255), safe.ErrReplayV, safe.CodeMalformed},
		{"r 0", r(zero), safe.ErrScalar, safe.CodeMalformed},
		{"r n", r(n), safe.ErrScalar, safe.CodeMalformed},
		{"s 0", join(sig[:32], zero, sig[64:]), safe.ErrScalar, safe.CodeMalformed},
		{"s n", join(sig[:32], n, sig[64:]), safe.ErrScalar, safe.CodeMalformed},
		{"eth_sign with s 0", join(sig[:32], zero, []byte{31}), safe.ErrScalar, safe.CodeMalformed},
		{"approved by zero", owned(common.Address{}, 0, 1), safe.ErrOwnerReserved, safe.CodeMalformed},
		{"approved by the sentinel", owned(addr("0x01"), 0, 1), safe.ErrOwnerReserved, safe.CodeMalformed},
		{"approved, more bytes", join(owned(owner, 0, 1), zero), safe.ErrTrailing, safe.CodeMalformed},
		{"contract of zero", join(owned(common.Address{}, 65, 0), dynamic(nil)), safe.ErrOwnerReserved, safe.CodeMalformed},
		{"contract without its part", contract[:65], safe.ErrOffset, safe.CodeMalformed},
		{"contract, part of a length", contract[:96], safe.ErrOffset, safe.CodeMalformed},
		{"contract, one byte short", contract[:161], safe.ErrDynamicLength, safe.CodeMalformed},
		{"contract, one byte more", join(contract, []byte{0}), safe.ErrTrailing, safe.CodeMalformed},
		{"contract, padded to words", join(contract, make([]byte, 31)), safe.ErrTrailing, safe.CodeMalformed},
		{"contract, offset inside", join(owned(owner, 64, 0), dynamic(sig)), safe.ErrOffset, safe.CodeMalformed},
		{"contract, offset 0", join(owned(owner, 0, 0), dynamic(sig)), safe.ErrOffset, safe.CodeMalformed},
		{"contract, gap", join(owned(owner, 66, 0), []byte{0}, dynamic(sig)), safe.ErrLayout, safe.CodeMalformed},
		{"contract, offset of a merged blob", join(owned(owner, 130, 0), dynamic(sig)), safe.ErrDynamicLength, safe.CodeMalformed},
		{"contract, offset 2^31", join(owned(owner, 1<<31, 0), dynamic(sig)), safe.ErrOffset, safe.CodeMalformed},
		{"contract, offset 2^63", join(owned(owner, 1<<63, 0), dynamic(sig)), safe.ErrOffset, safe.CodeMalformed},
		{"contract, length 2^256-1", join(owned(owner, 65, 0), bytes.Repeat([]byte{0xff}, 32)), safe.ErrDynamicLength, safe.CodeMalformed},
		{"ERC-6492", join(make([]byte, 96), sig, magic6492), safe.ErrWrapped6492, safe.CodeMalformed},
		{"too long", make([]byte, safe.MaxBlob+1), safe.ErrBlobTooLong, safe.CodeMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := safe.ParseConfirmation(tt.blob)
			var f *safe.Fault
			if !errors.Is(err, tt.want) || !errors.As(err, &f) {
				t.Fatalf("signature %+v, error %v, want %v", s, err, tt.want)
			}
			if f.Code != tt.code || !f.Malformed() || s.Kind != safe.KindInvalid || s.Owner != (common.Address{}) {
				t.Errorf("code %s, malformed %v, kind %s, owner %s", f.Code, f.Malformed(), s.Kind, s.Owner)
			}
			if f.Message == "" || f.Hint == "" || strings.HasSuffix(f.Message, ".") || len(f.Message) > 300 {
				t.Errorf("message %q, hint %q", f.Message, f.Hint)
			}
		})
	}
}

func TestContractSignatureThatHoldsAWrappedOne(t *testing.T) {
	// The owner contract, not the Safe, reads these bytes: no fault of the blob.
	inner := join([]byte{1, 2, 3}, magic6492)
	s, err := safe.ParseConfirmation(join(owned(addr(anvil0), 65, 0), dynamic(inner)))
	if err != nil || !bytes.Equal(s.Dynamic, inner) || s.Offset != 65 {
		t.Errorf("signature %+v, error %v", s, err)
	}
}

func TestHighSRecoversAndIsSaid(t *testing.T) {
	key := testKey("a")
	for name, sig := range map[string][]byte{
		"ECDSA":    flipS(signECDSA(t, key, hash(parentHash))),
		"eth_sign": flipS(signEthSign(t, key, hash(parentHash))),
	} {
		s, err := safe.ParseConfirmation(sig)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if owner, err := s.Recover(hash(parentHash)); err != nil || owner != keyAddress(key) {
			t.Errorf("%s: recovered %s, error %v, want %s", name, owner, err, keyAddress(key))
		}
		notes := s.Notes(3)
		if !s.HighS() || len(notes) == 0 || notes[0].Kind != safe.ErrHighS || notes[0].Code != safe.CodeNoncanonical || notes[0].Index != 3 {
			t.Errorf("%s: notes %+v", name, notes)
		}
	}
}

func TestApprovedHashWithHiddenBytes(t *testing.T) {
	s, err := safe.ParseConfirmation(owned(addr(anvil0), 7, 1))
	if err != nil {
		t.Fatal(err)
	}
	notes := s.Notes(0)
	if len(notes) != 2 || notes[1].Kind != safe.ErrUnusedBytes {
		t.Errorf("notes %+v, want one about s", notes)
	}
}

func TestZeroSignatureRecoversNobody(t *testing.T) {
	for _, s := range []safe.Signature{{}, {Kind: safe.KindECDSA}, {Kind: safe.KindEthSign}, {Kind: safe.KindECDSA, V: 27}, {Kind: safe.KindContract}, {Kind: 99}} {
		if owner, err := s.Recover(hash(parentHash)); err == nil || owner != (common.Address{}) {
			t.Errorf("%+v: recovered %s", s, owner)
		}
	}
}

func TestEthSignNeedsVersion(t *testing.T) {
	s, err := safe.ParseConfirmation(unhex(t, parentSigEth))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]error{"0.1.0": safe.ErrEthSignTooEarly, "1.0.0": safe.ErrEthSignTooEarly, "1.1.0": nil, "1.1.1": nil, "1.5.0": nil} {
		v, err := safe.ParseVersion(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.CheckVersion(v, 0); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", text, err, want)
		}
	}
	if err := s.CheckVersion(safe.Version{}, 0); err != nil {
		t.Errorf("unknown version: %v", err)
	}
}
