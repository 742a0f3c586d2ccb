package intent

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

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
		words := a.Text()
		out = append(out, report.Group(in.Safe)+": "+words)
		out = append(out, whole(in, a, words)...)
		out = append(out, below(a)...)
	}
	return append(in.around(), out...)
}

// whole is the canonical form of an action whose words were cut: a line that hides an
// argument does not show what is signed.
func whole(in *Intent, a Action, words string) []string {
	if !strings.Contains(words, cutMark) {
		return nil
	}
	return []string{"in full: " + a.Kind() + ": " + a.canonical(in)}
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
	for _, h := range in.Replaces {
		out = append(out, report.Group(in.Safe)+": takes the place of what was approved for this nonce before, safeTxHash "+h.Hex())
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
