package intent

import (
	"encoding/hex"
	"path"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// maxNested bounds how deep intents stand in intents.
const maxNested = 8

// nested reads the intent of another Safe: a mapping, or the name of a file.
func (h header) nested(n *at) (in *Intent, file string, err *Error) {
	env := h.env
	if env.depth++; env.depth > maxNested {
		return nil, "", n.fail(ErrLimit, "nobody can review this", "intents inside intents, more than %d deep", maxNested)
	}
	if n.IsMapping() {
		in, err = n.intent(env, h.all)
	} else {
		var raw []byte
		if file, raw, err = h.include(n); err != nil {
			return nil, file, err
		}
		env.dir = path.Join(h.env.dir, path.Dir(file))
		child, bad := parse(raw, env, h.all)
		if bad != nil {
			return nil, file, n.fail(bad.Kind, bad.Hint, "in %s: %s", report.Quote(file), bad.Error())
		}
		in = child
	}
	switch {
	case err != nil:
		return nil, file, err
	case !in.Chain.Eq(h.Chain):
		return nil, file, n.fail(ErrValue, "a transaction acts on one chain", "the intent inside is for chain %s, this one for %s", in.Chain.Dec(), h.Chain.Dec())
	case in.Safe == h.Safe:
		return nil, file, n.fail(ErrValue, "name the other safe", "the intent inside is for the same safe")
	}
	return in, file, nil
}

// transaction encodes a nested intent.
func (h header) transaction(n *at, in *Intent, v safe.Version, why string) (*safe.Tx, *Error) {
	library := common.Address{}
	if why == "" {
		library = h.env.Default(h.Chain, in.Safe, v)
	}
	tx, bad := in.Tx(library)
	if bad != nil {
		return nil, n.fail(ErrValue, "name the library with the key multisend in the intent inside, or give the safe's version", "the intent inside cannot be encoded: %s", bad.Error())
	}
	return tx, nil
}

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

// hashWords says the hash of a nested transaction where the version is known.
func hashWords(tx *safe.Tx, in *Intent, v safe.Version, why string) string {
	if why != "" {
		return " (hash not known: " + why + ")"
	}
	hashes, err := tx.Hash(safe.Domain{Era: v.Era(), ChainID: in.Chain, Safe: in.Safe})
	if err != nil {
		return " (hash not known: " + err.Error() + ")"
	}
	return ", safeTxHash " + hashes.SafeTx.Hex()
}

// says lists what an intent means, an action a line.
func (in *Intent) says() []string {
	var out []string
	for _, a := range in.Actions {
		out = append(out, report.Group(in.Safe)+": "+a.Text())
		out = append(out, whole(in, a)...)
		out = append(out, below(a)...)
	}
	return append(in.around(), out...)
}

// whole is the canonical form of an action whose words were cut, where nothing else
// shows the rest: what is only bound by a hash has no call tree.
func whole(in *Intent, a Action) []string {
	if !strings.Contains(a.Text(), cutMark) {
		return nil
	}
	return []string{"in full: " + a.Kind() + ": " + a.canonical(in)}
}

// unseen is the canonical form of a message whose words were cut: the call holds its
// digest only. Of other calls the tree shows everything.
func unseen(in *Intent, a Action) []string {
	if a.Kind() != signMessage {
		return nil
	}
	return whole(in, a)
}

// around says what stands around the actions of another Safe's intent, as far as it is
// not the usual: the library, refunds for gas.
func (in *Intent) around() []string {
	var out []string
	say := func(what, value string) { out = append(out, report.Group(in.Safe)+": "+what+" "+value) }
	if in.MultiSend != nil {
		say("through the library at", in.group(*in.MultiSend))
	}
	if in.Multicall != nil {
		say("through "+in.Multicall.Function+" of the contract at", in.group(in.Multicall.Library))
	}
	for _, n := range []struct {
		key   string
		value *uint256.Int
	}{{"safeTxGas", in.SafeTxGas}, {"baseGas", in.BaseGas}, {"gasPrice", in.GasPrice}} {
		if !n.value.IsZero() {
			say(n.key, n.value.Dec())
		}
	}
	for _, a := range []struct {
		key   string
		value common.Address
	}{{"gasToken", in.GasToken}, {"refundReceiver", in.RefundReceiver}} {
		if a.value != (common.Address{}) {
			say(a.key, in.group(a.value))
		}
	}
	return out
}

// below lists what an action binds beside its own words.
func below(a Action) []string {
	if d, ok := a.(interface{ details() []string }); ok {
		return d.details()
	}
	return nil
}

func nestedText(child *Intent, file string) string {
	if file != "" {
		return quoteAll(file)
	}
	return child.inline()
}

func withVersion(f *flow, n *at) *flow {
	if n == nil {
		return f
	}
	s, _ := n.text()
	return f.quoted("version", s)
}

const approveHash = "approve-hash"

// parseApproveHash approves a transaction of another Safe, of which this one is an
// owner. The hash is never written: it follows from the other intent, or from the
// other proposal, whose content so stands in this intent.
func parseApproveHash(a *at, h header) (Action, *Error) {
	f, err := a.fields(nil, []string{"intent", "proposal", "version"})
	if err != nil {
		return nil, err
	}
	if (f["intent"] == nil) == (f["proposal"] == nil) {
		return nil, a.fail(ErrKey, "a bare hash approves what nobody can read: name the intent or the proposal that it belongs to", "one of intent and proposal is due")
	}
	if f["proposal"] != nil {
		return h.approveProposal(a, f)
	}
	child, file, err := h.nested(f["intent"])
	if err != nil {
		return nil, err
	}
	v, why := h.versionOf(f["version"], child.Safe)
	if why != "" {
		return nil, a.fail(ErrValue, "write version: what the safe's VERSION() returns", "%s", why)
	}
	tx, err := h.transaction(f["intent"], child, v, why)
	if err != nil {
		return nil, err
	}
	hashes, bad := tx.Hash(safe.Domain{Era: v.Era(), ChainID: child.Chain, Safe: child.Safe})
	if bad != nil {
		return nil, a.fail(ErrValue, "", "the transaction of the safe inside cannot be hashed: %s", bad.Error())
	}
	x, err := h.approval(a, child.Safe, child.Nonce, hashes.SafeTx)
	if err != nil {
		return nil, err
	}
	x.below, x.approves = child.says(), &Approved{Intent: child, Version: v, Tx: tx, Hash: hashes.SafeTx}
	x.yaml = func(in *Intent) string {
		return withVersion(in.flow().raw("intent", nestedText(child, file)), f["version"]).String()
	}
	return x, nil
}

// Approved is a transaction of another Safe whose hash an intent approves, by the intent
// of that Safe. Nothing of it stands in the proposal: it has to be judged by itself.
type Approved struct {
	Intent  *Intent
	Version safe.Version
	Tx      *safe.Tx
	Hash    common.Hash
}

// Approved returns the transactions of other Safes that the actions approve, also
// those that another Safe approves which is made to act.
func (i *Intent) Approved() []*Approved {
	var out []*Approved
	for _, a := range i.Actions {
		switch a := a.(type) {
		case *fixed:
			if a.approves != nil {
				out = append(out, a.approves)
			}
		case *execNested:
			out = append(out, a.child.Approved()...)
		}
	}
	return out
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

func (h header) approveProposal(a *at, f fields) (Action, *Error) {
	n := f["proposal"]
	if h.env.Proposal == nil {
		return nil, n.fail(ErrValue, "name its intent", "a proposal cannot be judged here")
	}
	name, raw, err := h.include(n)
	if err != nil {
		return nil, err
	}
	v := safe.Version{}
	if f["version"] != nil {
		var why string
		if v, why = h.versionOf(f["version"], common.Address{}); why != "" {
			return nil, f["version"].fail(ErrValue, "write what the safe's VERSION() returns", "%s", why)
		}
	}
	p, bad := h.env.Proposal(raw, h.Chain, v)
	if bad != nil {
		return nil, n.fail(ErrValue, "check that proposal as a file of its own", "the proposal %s is not approved: %s", report.Quote(name), bad.Error())
	}
	if p.Safe == h.Safe || p.Safe == (common.Address{}) || p.Nonce == nil {
		return nil, n.fail(ErrValue, "name the proposal of the other safe", "the proposal %s is not one of another safe", report.Quote(name))
	}
	x, err := h.approval(a, p.Safe, p.Nonce, p.Hash)
	if err != nil {
		return nil, err
	}
	x.below = p.Words
	x.yaml = func(in *Intent) string { return withVersion(in.flow().quoted("proposal", name), f["version"]).String() }
	return x, nil
}

// approval is the call of approveHash at the other Safe (Safe.sol).
func (h header) approval(a *at, account common.Address, nonce *uint256.Int, hash common.Hash) (*fixed, *Error) {
	x, err := a.must(calling(approveHash, account, "approveHash(bytes32)", []any{hash[:]},
		effect.Effect{Kind: effect.HashApproved, Target: account, From: h.Safe, ID: new(uint256.Int).SetBytes32(hash[:])}))
	if err != nil {
		return nil, err
	}
	x.words = "approve the transaction with nonce " + nonce.Dec() + " of the safe " + h.group(account) + ", safeTxHash " + hash.Hex()
	return x, nil
}
