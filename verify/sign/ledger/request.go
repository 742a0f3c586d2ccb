package ledger

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// Request is what the device is to sign. Its zero value is nothing, and is refused.
type Request struct {
	domain, message common.Hash
	structs         []typed // the domain, then the message; none if only the hashes are known
}

// Domain is the domain separator.
func (r Request) Domain() common.Hash { return r.domain }

// Message is the hash of the struct, which the device calls "message hash".
func (r Request) Message() common.Hash { return r.message }

// Digest is what is signed: keccak256(0x1901 ‖ Domain ‖ Message).
func (r Request) Digest() common.Hash {
	pre := safe.Preimage(r.domain, r.message)
	return crypto.Keccak256Hash(pre[:])
}

// Hashes asks for a signature over a domain separator and a struct hash of which nothing
// else is known; only ByHashes takes it.
func Hashes(domain, message common.Hash) Request { return Request{domain: domain, message: message} }

// Transaction asks for a signature over a SafeTx, whose type and domain depend on the era.
func Transaction(d safe.Domain, t *safe.Tx) (Request, error) {
	h, err := t.Hash(d)
	if err != nil {
		return Request{}, unknown(err)
	}
	gas := "baseGas"
	if d.Era == safe.EraDataGas {
		gas = "dataGas"
	}
	op, _ := t.Operation.Wire() // Hash has refused an unknown one
	return Request{h.Domain, h.Message, []typed{typedDomain(d), {"SafeTx", []field{
		address("to", t.To), number("value", t.Value), octets("data", t.Data), {name: "operation", kind: kindUint, size: 1, value: []byte{op}},
		number("safeTxGas", t.SafeTxGas), number(gas, t.BaseGas), number("gasPrice", t.GasPrice),
		address("gasToken", t.GasToken), address("refundReceiver", t.RefundReceiver), number("nonce", t.Nonce),
	}}}}, nil
}

// Message asks for a signature over a SafeMessage of these bytes: the 66-byte preimage or
// the 32-byte hash by which a Safe approves for another, or whatever it signs off chain.
func Message(d safe.Domain, wrapped []byte) (Request, error) {
	h, err := d.HashMessage(wrapped)
	if err != nil {
		return Request{}, unknown(err)
	}
	return Request{h.Domain, h.Message, []typed{typedDomain(d), {"SafeMessage", []field{octets("message", wrapped)}}}}, nil
}

func unknown(err error) error { return fail(ErrRequest, "", "%v", err) }

func typedDomain(d safe.Domain) typed {
	t := typed{name: "EIP712Domain"}
	if d.Era.ChainBound() {
		t.fields = append(t.fields, number("chainId", d.ChainID))
	}
	t.fields = append(t.fields, address("verifyingContract", d.Safe))
	return t
}

func address(name string, a common.Address) field {
	return field{name: name, kind: kindAddress, value: a[:]}
}

// octets copies: what was hashed is what is sent.
func octets(name string, b []byte) field {
	return field{name: name, kind: kindBytes, value: slices.Clone(b)}
}

// number is a uint256 in as few bytes as it needs; zero needs one, since the app refuses
// an empty integer.
func number(name string, n *uint256.Int) field {
	word := n.Bytes32()
	return field{name: name, kind: kindUint, size: 32, value: word[min(31, 32-n.ByteLen()):]}
}
