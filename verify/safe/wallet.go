package safe

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// WalletSignature is what somebody brings from a wallet or device and calls a
// signature: the two values of ECDSA and a v in whatever way the wallet counts.
// Nothing about it is known before Attribute, and it is not in a form that a Safe
// reads: v 0 and 1, the parity of many wallets, mean something else to a Safe.
type WalletSignature struct {
	R, S [32]byte
	V    byte // 0 and 1 (parity), 27 and 28, or 31 and 32 (Safe's form of eth_sign)
	// Compact says that the parity stood in the top bit of s (EIP-2098).
	Compact bool
	// Owner is whose signature it is said to be, zero if nothing is said.
	Owner common.Address
}

// WalletBytes reads the 65 bytes {r}{s}{v}, or the 64 bytes of EIP-2098. The error
// is a *Fault.
func WalletBytes(b []byte) (WalletSignature, error) {
	if f := checkWalletLength(b); f != nil {
		return WalletSignature{}, f
	}
	w := WalletSignature{R: [32]byte(b[:32]), S: [32]byte(b[32:64]), Compact: len(b) < staticSize}
	if w.Compact {
		w.V = 27 + w.S[0]>>7
		w.S[0] &= 0x7f
	} else {
		w.V = b[64]
	}
	return w.checked()
}

// WalletParts makes a signature of its three numbers. nil is not given. The error
// is a *Fault.
func WalletParts(r, s, v *uint256.Int) (WalletSignature, error) {
	if r == nil || s == nil || v == nil {
		return WalletSignature{}, &Fault{CodeMalformed, ErrSignatureLength, 0, "a signature is r, s and v, and one of them is missing", "give all three"}
	}
	if !v.LtUint64(35) {
		return WalletSignature{}, replayV(v)
	}
	return WalletSignature{R: r.Bytes32(), S: s.Bytes32(), V: byte(v.Uint64())}.checked()
}

func (w WalletSignature) checked() (WalletSignature, error) {
	if f := w.check(); f != nil {
		return WalletSignature{}, f
	}
	return w, nil
}

func checkWalletLength(b []byte) *Fault {
	n := len(b)
	switch {
	case n == 64 || n == staticSize:
		return nil
	case wrapped(b):
		return wrappedFault()
	}
	hint := "ask the signer for the signature as the wallet returned it"
	switch {
	case n == 32:
		hint = "32 bytes are a hash: give what the device returned when it signed that hash"
	case n > staticSize && n%staticSize == 0:
		hint = "these look like the signatures of several owners: give each of them apart"
	case n > staticSize:
		hint = "a contract signature is not made by a wallet: give what the owners of that contract signed"
	}
	return &Fault{CodeMalformed, ErrSignatureLength, 0, fmt.Sprintf("a signature of a key has 65 bytes, or 64 in its compact form, this one %d", n), hint}
}

// check refuses what is no signature of a key over a bare hash, whatever the hash.
func (w *WalletSignature) check() *Fault {
	switch w.V {
	case 0, 1:
		if f := w.ownerWord(); f != nil {
			return f
		}
	case 27, 28, 31, 32:
	default:
		if w.V >= 35 {
			return replayV(uint256.NewInt(uint64(w.V)))
		}
		return unknownV(w.V, 0)
	}
	s := Signature{R: w.R, S: w.S}
	return s.checkScalars(0)
}

// ownerWord refuses v 0 or 1 above an address in r: that is Safe's way to write an
// approval on chain, which no key made. A key makes such an r once in 2^96 times.
func (w *WalletSignature) ownerWord() *Fault {
	if !isZero(w.R[:12]) {
		return nil
	}
	owner := common.BytesToAddress(w.R[12:])
	if w.V == 0 {
		return &Fault{CodeContract, ErrNoKey, 0, fmt.Sprintf("v is 0 and r is an address: a contract signature of %s, not one of a key", owner.Hex()),
			"give what the owners of that contract signed"}
	}
	return &Fault{CodeUnverifiable, ErrNoKey, 0, fmt.Sprintf("v is 1 and r is an address: an approval on chain by %s, not a signature of a key", owner.Hex()),
		"look up approvedHashes on chain; there is nothing to bring"}
}

func replayV(v *uint256.Int) *Fault {
	return &Fault{CodeMalformed, ErrReplayV, 0,
		fmt.Sprintf("v is %s: signed as a transaction is (EIP-155), which no safe accepts", v.Dec()),
		"have the owner sign the typed data or the hash of the safe transaction, not a transaction"}
}
