package verify

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/risk"
	"github.com/coldsign/coldsign/verify/safe"
)

// message runs the stages over an off-chain payload. It is judged, never verified:
// no intent can say yet what a signature over it is for. Only a plain text that a
// Safe signs passes check.
func (r *run) message() {
	r.bindSigner()
	r.hashMessage()
	r.askedHash()
	r.signatures()
	if op := r.p.Message.Operation; op != nil {
		r.operationCalls(op)
	}
	r.judgeMessage()
	if r.intent != nil {
		r.add("INTENT_MISMATCH", "", "the intent is about a transaction, and the file is "+r.what(), "an intent cannot say yet what may be signed off chain")
	}
	r.present()
	r.presentMessage()
}

// bindSigner: a request names an account. If the signer says that this is his
// Safe, the wallet wraps the content in a SafeMessage.
func (r *run) bindSigner() {
	m, given := r.p.Message, r.req.Given.Safe
	if m.Account == nil || given == nil || *m.Account != *given || m.Request == "eth_sign" {
		return
	}
	switch m.Kind {
	case proposal.MessageText, proposal.MessageTyped, proposal.MessageBytes:
		m.BySafe = true
	}
}

// signing is what a signature over the payload would be over.
type signing struct {
	as    string // what the hash is called
	hash  common.Hash
	steps []report.Field
}

func step(name string, h common.Hash) report.Field { return report.Field{Name: name, Value: h.Hex()} }

func (r *run) hashMessage() {
	m := r.p.Message
	switch {
	case m.Operation != nil:
		r.hashOperation(m)
	case m.Kind == proposal.MessageAuthorization:
		r.hashAuthorizations(m)
	case m.BySafe:
		r.hashSafeMessage(m)
	default:
		r.hashAccount(m)
	}
}

// claimedOf returns the hash of a kind that the file claims.
func (r *run) claimedOf(kind proposal.HashKind) *common.Hash {
	for _, c := range r.p.Claims.Hashes {
		if c.Kind == kind {
			h := c.Hash
			return &h
		}
	}
	return nil
}

// reading is one way in which a content becomes the bytes that a SafeMessage
// wraps, or the hash that an account signs.
type reading struct {
	message []byte
	steps   []report.Field
}

func hashed(name string, h common.Hash) reading {
	return reading{message: h.Bytes(), steps: []report.Field{step(name, h)}}
}

// readings lists the ways of the content, the most usual first; none if it is not
// exact.
func readings(m *proposal.Message) []reading {
	switch {
	case m.Kind == proposal.MessageTyped && m.Typed != nil && m.Typed.Hashes != nil:
		return []reading{hashed("EIP-712 digest of the typed data", m.Typed.Hashes.Digest)}
	case m.Kind == proposal.MessageBytes && m.Request == "" && m.Bytes != nil:
		return []reading{{message: m.Bytes}}
	case m.Kind == proposal.MessageBytes && m.Bytes != nil:
		return []reading{hashed("EIP-191 hash of the bytes", safe.TextHash(m.Bytes))}
	case m.Kind == proposal.MessageText && m.Bytes != nil:
		return []reading{hashed("EIP-191 hash of the text", safe.TextHash(m.Bytes))}
	case m.Kind == proposal.MessageText:
		return textReadings(m.Text)
	}
	return nil
}

func textReadings(text string) []reading {
	var out []reading
	all, _ := safe.TextReadings(text)
	for _, t := range all {
		name := "EIP-191 hash of the text"
		if t.Name == "bytes" {
			name = "EIP-191 hash of the bytes that the text stands for in hex"
		}
		out = append(out, hashed(name, t.Hash))
	}
	return out
}

// hashAccount is for what an account signs itself: typed data by its digest, a text
// with the prefix of EIP-191, and for eth_sign the bytes in both of the ways in
// which wallets and nodes sign them.
func (r *run) hashAccount(m *proposal.Message) {
	if m.Kind == proposal.MessageTyped && m.Typed != nil && m.Typed.Hashes != nil {
		h := m.Typed.Hashes
		r.hashes = &safe.Hashes{Domain: h.Domain, Message: h.Message, SafeTx: h.Digest}
		r.signing = &signing{as: "EIP-712 digest", hash: h.Digest}
		return
	}
	all := readings(m)
	if len(all) == 0 || !m.Exact {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the content is not exact, so nobody can say what would be signed")
		return
	}
	s := &signing{as: "EIP-191 hash", hash: common.BytesToHash(all[0].message)}
	if m.Request == "eth_sign" && len(m.Bytes) == common.HashLength {
		s.as, s.hash = "hash", common.Hash(m.Bytes)
		s.steps = append(s.steps, step("signed as it stands by wallets", s.hash))
	}
	for _, a := range all {
		s.steps = append(s.steps, a.steps...)
	}
	r.hashes, r.signing = &safe.Hashes{SafeTx: s.hash}, s
}

// hashAuthorizations computes what the key of each account signs, and who did.
func (r *run) hashAuthorizations(m *proposal.Message) {
	if !m.Exact || len(m.Authorizations) == 0 {
		return
	}
	s := &signing{as: "authorization hash", hash: m.Authorizations[0].Hash()}
	for i, a := range m.Authorizations {
		s.steps = append(s.steps, step(fmt.Sprintf("authorization %d: keccak256(0x05 and the RLP of chain, address and nonce)", i+1), a.Hash()))
		if !a.Signed {
			continue
		}
		who, err := a.Signer(a.Parity, a.R, a.S)
		if err != nil {
			r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("authorization %d: %s", i+1, err.Error()))
			continue
		}
		r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("authorization %d is signed by %s", i+1, report.Group(who)))
	}
	r.signing = s
	if len(m.Authorizations) == 1 {
		r.hashes = &safe.Hashes{SafeTx: s.hash}
	}
}

// askedHash: with --safe-tx-hash the signer says which transaction he means, and a
// message is none. That the message is this very hash is a rule of its own.
func (r *run) askedHash() {
	want := r.req.SafeTxHash
	if want == nil || r.hashes != nil && r.hashes.SafeTx == *want || bytes.Equal(r.p.Message.Bytes, want[:]) {
		return
	}
	r.add("HASH_MISMATCH", "safeTxHash", fmt.Sprintf("the safeTxHash %s was asked for, but the file is %s", want.Hex(), r.what()), "this is no transaction; find out why it was handed to you")
}

// judgeMessage runs the rules about off-chain payloads.
func (r *run) judgeMessage() {
	if d := r.p.Message.Typed; d != nil && r.p.Message.BySafe && r.chain != nil {
		if n, ok := d.Domain.Get("chainId").Uint(); ok && !n.Eq(r.chain) {
			r.add("CHAIN_MISMATCH", "domain.chainId", fmt.Sprintf("the typed data is for chain %s, the Safe is on chain %s", n.Dec(), r.chain.Dec()), "a contract on another chain cannot ask this Safe; find out which one is meant")
		}
	}
	r.findings = append(r.findings, risk.RunMessage(&risk.Context{
		Chain: r.chainID(), Safe: r.safe, Version: r.version, Era: r.era, Claims: &r.p.Claims, Message: r.p.Message, Known: r.knownHashes(),
	})...)
}

// knownHashes collects the hashes of transactions that a message must not be: the
// one that the signer names, those that the file claims, and those of
// transactions that stand in it.
func (r *run) knownHashes() []risk.KnownHash {
	var out []risk.KnownHash
	if h := r.req.SafeTxHash; h != nil {
		out = append(out, risk.KnownHash{Hash: *h, Where: "--safe-tx-hash"})
	}
	out = append(out, claimedTxHashes(&r.p.Claims)...)
	for _, p := range r.p.Message.Beside {
		out = append(out, claimedTxHashes(&p.Claims)...)
		out = append(out, r.hashesOf(p)...)
	}
	return out
}

func claimedTxHashes(c *proposal.Claims) []risk.KnownHash {
	var out []risk.KnownHash
	for _, h := range c.Hashes {
		if h.Kind == proposal.HashSafeTx {
			out = append(out, risk.KnownHash{Hash: h.Hash, Where: "the file's " + h.Field})
		}
	}
	return out
}

// hashesOf computes what a transaction beside the message hashes to, under every
// rule and on every chain that it can be on.
func (r *run) hashesOf(p *proposal.Proposal) []risk.KnownHash {
	a := r.safe
	if p.Safe != nil {
		a = *p.Safe
	}
	var out []risk.KnownHash
	structs := map[safe.Era]common.Hash{} // the data can be long, and the chains are many
	for _, era := range safe.Eras() {
		if h, err := p.Tx.MessageHash(era); err == nil {
			structs[era] = h
		}
	}
	for _, d := range domainsOf(a, firstChain(p.Chain, r.chain)) {
		domain, err := d.Hash()
		if message, ok := structs[d.Era]; ok && err == nil {
			out = append(out, risk.KnownHash{Hash: safe.FromParts(domain, message), Where: "it stands in the same file"})
		}
	}
	return out
}

func firstChain(chains ...*uint256.Int) *uint256.Int {
	for _, c := range chains {
		if c != nil {
			return c
		}
	}
	return nil
}

// domainsOf lists the domains that a Safe can have; a nil chain is any known one.
func domainsOf(a common.Address, chain *uint256.Int) []safe.Domain {
	list := []safe.Domain{{Era: safe.EraBaseGas, Safe: a}, {Era: safe.EraDataGas, Safe: a}}
	if chain != nil {
		return append(list, safe.Domain{Era: safe.EraChainID, ChainID: chain, Safe: a})
	}
	for id := range catalogue.ChainIDs() {
		list = append(list, safe.Domain{Era: safe.EraChainID, ChainID: uint256.NewInt(id), Safe: a})
	}
	return list
}
