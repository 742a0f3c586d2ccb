package sign

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/proposal/compose"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// ErrExport says that what is to be signed cannot be written so that it reads as that
// and nothing else.
var ErrExport = errors.New("nothing to hand over")

// Request is what a device or another program gets.
type Request struct {
	TypedData []byte // EIP-712 JSON, as eth_signTypedData_v4 takes it
	Hashes    []byte // the two hashes and the digest, for a device that takes hashes, and for eyes
}

// Export writes what was approved and confirmed for somebody else to sign. It is built
// from the fields that were approved and read back by our own reader, whose hashes have
// to be the approved ones.
func Export(a *verify.Approval) (Request, error) {
	what, _, err := built(a)
	if err != nil {
		return Request{}, err
	}
	var out Request
	if what.Wrapped == nil {
		t := what.Transaction
		out.TypedData, err = compose.Write("typed-data", compose.Input{Chain: t.Chain, Safe: t.Safe, Version: t.Version, Tx: &t.Tx})
	} else {
		out.TypedData, err = messageData(what)
	}
	if err != nil {
		return Request{}, fmt.Errorf("%w: %w", ErrExport, err)
	}
	out.Hashes = hashesText(what)
	return out, nil
}

// typedMessage is EIP-712 JSON of a SafeMessage; its types are in the order of the
// contract's type string.
type typedMessage struct {
	Types       map[string][]typedField `json:"types"`
	PrimaryType string                  `json:"primaryType"`
	Domain      map[string]any          `json:"domain"`
	Message     map[string]string       `json:"message"`
}

type typedField struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

func messageData(what verify.ToSign) ([]byte, error) {
	m := typedMessage{
		Types: map[string][]typedField{
			"EIP712Domain": {{"verifyingContract", "address"}},
			"SafeMessage":  {{"message", "bytes"}},
		},
		PrimaryType: "SafeMessage",
		Domain:      map[string]any{"verifyingContract": what.Contract.Hex()},
		Message:     map[string]string{"message": "0x" + hex.EncodeToString(what.Wrapped)},
	}
	if what.Version.Era().ChainBound() {
		m.Types["EIP712Domain"] = []typedField{{"chainId", "uint256"}, {"verifyingContract", "address"}}
		m.Domain["chainId"] = what.Transaction.Chain.Dec()
		if c := what.Transaction.Chain; c.IsUint64() && c.Uint64() <= 1<<53 { // as JavaScript keeps it, and as the transaction is written
			m.Domain["chainId"] = c.Uint64()
		}
	}
	out, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return append(out, '\n'), readBack(out, what)
}

// readBack reads what was written as a stranger's file, and compares.
func readBack(raw []byte, what verify.ToSign) error {
	res, err := proposal.Parse(raw, proposal.Options{})
	if err != nil {
		return err
	}
	p := res.Proposal
	if p == nil || p.Message == nil || len(res.Findings) > 0 && refuses(res.Findings) || p.Safe == nil || *p.Safe != what.Contract {
		return errors.New("our own reader does not read it as a message of that Safe")
	}
	h, err := safe.Domain{Era: what.Version.Era(), ChainID: what.Transaction.Chain, Safe: what.Contract}.HashMessage(what.Wrapped)
	if err != nil || h.SafeMessage != what.Digest {
		return errors.New("its hash is not the one that was approved")
	}
	return nil
}

func refuses(all []report.Finding) bool {
	for _, f := range all {
		if f.Stage <= report.StageParse && f.Refuses() {
			return true
		}
	}
	return false
}

// hashesText is what a person compares with the device, and what a device that signs
// hashes is given.
func hashesText(what verify.ToSign) []byte {
	var b strings.Builder
	put := func(label string, h common.Hash) {
		lines := safe.ShownLines(h)
		fmt.Fprintf(&b, "%-13s %s\n%-13s 0x%s\n%-13s   %s\n", label, safe.LowerHex(h), "", lines[0], "", lines[1])
	}
	put("domain hash", what.Domain)
	put("message hash", what.Message)
	put("signed hash", what.Digest)
	if what.Wrapped != nil {
		fmt.Fprintf(&b, "these are of a message of the Safe %s, version %s, which the device shows as verifyingContract; the transaction in it:\n", what.Contract.Hex(), what.Version)
		put("safeTxHash", what.Transaction.Hashes.SafeTx)
	}
	t := what.Transaction
	fmt.Fprintf(&b, "of the Safe   %s\nversion       %s\nchain         %s\nnonce         %s\n", t.Safe.Hex(), t.Version, t.Chain.Dec(), t.Tx.Nonce.Dec())
	return []byte(b.String())
}
