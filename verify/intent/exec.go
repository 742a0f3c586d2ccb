package intent

import (
	"encoding/hex"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

// execNested makes another Safe execute a transaction, of which the Safe is an owner
// or whose signatures are all there.
type execNested struct {
	*fixed
	child *Intent
}

const own = "own"

// ownSignature is how a Safe that is msg.sender counts as a signer of another one
// (Safe.sol checkNSignatures, v = 1).
func ownSignature(account common.Address) []byte {
	b := make([]byte, 65)
	copy(b[12:32], account[:])
	b[64] = 1
	return b
}

func parseExecNested(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"intent", "signatures"}, []string{"version"})
	if err != nil {
		return nil, err
	}
	child, file, err := h.nested(f["intent"])
	if err != nil {
		return nil, err
	}
	v, why := h.versionOf(f["version"], child.Safe)
	if why != "" && f["version"] != nil {
		return nil, f["version"].fail(ErrValue, "write what the safe's VERSION() returns", "%s", why)
	}
	tx, err := h.transaction(f["intent"], child, v, why)
	if err != nil {
		return nil, err
	}
	signatures, written, err := h.signatures(f["signatures"])
	if err != nil {
		return nil, err
	}
	data, bad := safe.ExecTransactionCalldata(tx, signatures)
	if bad != nil {
		return nil, a.fail(ErrValue, "", "the call of the safe inside cannot be encoded: %s", bad.Error())
	}
	x := &execNested{child: child, fixed: &fixed{kind: "exec-nested", call: safe.InnerCall{To: child.Safe, Value: zero, Data: data}, function: execFunction}}
	x.words = "make the safe " + h.group(child.Safe) + " execute its transaction with nonce " + child.Nonce.Dec() + hashWords(tx, child, v, why)
	if hashes, bad := tx.Hash(safe.Domain{Era: v.Era(), ChainID: child.Chain, Safe: child.Safe}); why == "" && bad == nil {
		x.approves = &Approved{Executed: true, Intent: child, Version: v, Tx: tx, Hash: hashes.SafeTx}
	}
	x.below = child.says()
	x.yaml = func(in *Intent) string {
		return withVersion(in.flow().raw("intent", nestedText(child, file)).raw("signatures", written), f["version"]).String()
	}
	return x, nil
}

const execFunction = "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)"

// signatures reads the word own, or the bytes as execTransaction takes them.
func (h header) signatures(n *at) (raw []byte, written string, err *Error) {
	s, err := n.text()
	if err != nil {
		return nil, "", err
	}
	if s == own {
		return ownSignature(h.Safe), own, nil
	}
	raw, err = n.Hex("bytes", -1)
	return raw, quoteAll("0x" + hex.EncodeToString(raw)), err
}

// Executed returns the intents of the Safes that the actions make execute a
// transaction, at every level.
func (i *Intent) Executed() []*Intent {
	var out []*Intent
	for _, a := range i.Actions {
		if n, ok := a.(*execNested); ok {
			out = append(append(out, n.child), n.child.Executed()...)
		}
	}
	return out
}
