package ledger

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Flow is what the device is given, and so what it shows. The zero value is unknown, and
// is refused.
type Flow uint8

// The flows.
const (
	FlowUnknown Flow = iota
	ByHashes         // the two hashes
	ByFields         // types and values
)

// The second parameter of SIGN ETH EIP 712.
const (
	signHashes byte = 0x00
	signFields byte = 0x01
)

// signatureSize is v ‖ r ‖ s.
const signatureSize = 65

// Sign asks for the signature, waits for the person who holds the device, and returns
// r ‖ s ‖ v with a low s and v 27 or 28. It has been recovered to Address over r.Digest()
// then. A second call is refused, whatever became of the first.
func (a *Account) Sign(r Request, how Flow) ([65]byte, error) {
	if a.asked {
		return [65]byte{}, fail(ErrSpent, "start again for another signature", "the device was asked for a signature already")
	}
	commands, err := a.commands(r, how)
	if err != nil {
		return [65]byte{}, err
	}
	a.asked = true
	var data []byte
	for _, c := range commands {
		if data, err = c.send(a.to); err != nil {
			return [65]byte{}, err
		}
	}
	return a.check(data, r.Digest())
}

// commands are all that Sign sends. They are made before the first of them is sent, so
// that what cannot be sent whole is not begun. The last one asks for the signature.
func (a *Account) commands(r Request, how Flow) ([]command, error) {
	if r.domain == (common.Hash{}) || r.message == (common.Hash{}) {
		return nil, fail(ErrRequest, "", "there is nothing to sign: a hash is unset")
	}
	last := command{ins: insSign, p2: signFields, data: a.path.encode(), answer: signatureSize, doing: "asking for the signature"}
	switch how {
	case ByHashes:
		if !a.app.BlindSigning {
			return nil, fail(ErrBlindSigning, "turn on \"Blind signing\" in the app's settings, or sign by fields, and start again", "the device signs hashes only with blind signing on, and it is off")
		}
		last.p2 = signHashes
		last.data = append(append(last.data, r.domain[:]...), r.message[:]...)
		return []command{last}, nil
	case ByFields:
		if len(r.structs) == 0 {
			return nil, fail(ErrRequest, "sign by hashes", "the fields are not known, only their hashes")
		}
		out, err := sendTyped(r.structs)
		return append(out, last), err
	}
	return nil, fail(ErrRequest, "", "it is not said whether the device is given hashes or fields")
}

// check brings v ‖ r ‖ s into the order that a Safe reads, and throws away whatever is
// not this account's signature over the digest.
func (a *Account) check(data []byte, digest common.Hash) (out [65]byte, err error) {
	const hint = "it was thrown away; use another device, and find out what this one is"
	v := data[0]
	if v != 27 && v != 28 {
		return out, fail(ErrSignature, hint, "the signature has v %d, want 27 or 28", v)
	}
	r, s := new(big.Int).SetBytes(data[1:33]), new(big.Int).SetBytes(data[33:])
	if !crypto.ValidateSignatureValues(v-27, r, s, false) {
		return out, fail(ErrSignature, hint, "r or s of the signature is out of range")
	}
	if !crypto.ValidateSignatureValues(v-27, r, s, true) {
		return out, fail(ErrSignature, hint, "s of the signature is in the upper half, which the app never gives")
	}
	var raw [65]byte
	copy(raw[:], data[1:])
	raw[64] = v - 27
	key, err := crypto.SigToPub(digest[:], raw[:])
	if err != nil {
		return out, fail(ErrSignature, hint, "no key belongs to the signature")
	}
	if by := crypto.PubkeyToAddress(*key); by != a.address {
		return out, fail(ErrOther, "it was thrown away; the device signed another hash, or with another key: do not use it again before you know which", "the signature is not that of %s over the hash that was asked for: over that hash it would be one of %s", a.address.Hex(), by.Hex())
	}
	raw[64] = v
	return raw, nil
}
