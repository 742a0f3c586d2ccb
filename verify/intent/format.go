package intent

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Format writes the canonical text of an intent: keys in the order of the
// package comment, defaults left out, one line for each action, every text in
// double quotes and ASCII, addresses with their checksum, LF as line ending.
// Parsing it with the same Env gives an equal Intent. What an incomplete Intent
// lacks is left out, so that its text is refused.
func Format(in *Intent) []byte {
	if in == nil {
		return nil
	}
	var b bytes.Buffer
	b.WriteString("coldsign: " + version + "\n")
	number(&b, "chain", in.Chain, true)
	b.WriteString("safe: " + in.account(in.Safe) + "\n")
	number(&b, "nonce", in.Nonce, true)
	number(&b, "safeTxGas", in.SafeTxGas, false)
	number(&b, "baseGas", in.BaseGas, false)
	number(&b, "gasPrice", in.GasPrice, false)
	in.writeAccount(&b, "gasToken", in.GasToken)
	in.writeAccount(&b, "refundReceiver", in.RefundReceiver)
	if in.MultiSend != nil {
		fmt.Fprintf(&b, "multisend: %s\n", in.account(*in.MultiSend))
	}
	if in.Multicall != nil {
		b.WriteString("multicall: " + in.Multicall.canonical(in) + "\n")
	}
	if len(in.Replaces) > 0 {
		b.WriteString("replaces: " + in.replaced() + "\n")
	}
	if in.Note != "" {
		b.WriteString("note: " + strconv.QuoteToASCII(in.Note) + "\n")
	}
	if in.csv != "" {
		b.WriteString("actions: {csv: " + quoteAll(in.csv) + "}\n")
		return b.Bytes()
	}
	b.WriteString("actions:\n")
	for _, a := range in.Actions {
		if a != nil {
			b.WriteString("  - " + a.Kind() + ": " + a.canonical(in) + "\n")
		}
	}
	return b.Bytes()
}

func (i *Intent) replaced() string {
	var list []string
	for _, h := range i.Replaces {
		list = append(list, quoteAll(h.Hex()))
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// inline writes the intent as a flow mapping, as it stands inside another one.
func (i *Intent) inline() string {
	f := i.flow().raw("coldsign", version).number("chain", i.Chain).account("safe", i.Safe).number("nonce", i.Nonce)
	for _, n := range []struct {
		key   string
		value *uint256.Int
	}{{"safeTxGas", i.SafeTxGas}, {"baseGas", i.BaseGas}, {"gasPrice", i.GasPrice}} {
		if !n.value.IsZero() {
			f.number(n.key, n.value)
		}
	}
	for _, a := range []struct {
		key   string
		value common.Address
	}{{"gasToken", i.GasToken}, {"refundReceiver", i.RefundReceiver}} {
		if a.value != (common.Address{}) {
			f.account(a.key, a.value)
		}
	}
	if i.MultiSend != nil {
		f.account("multisend", *i.MultiSend)
	}
	if i.Multicall != nil {
		f.raw("multicall", i.Multicall.canonical(i))
	}
	if len(i.Replaces) > 0 {
		f.raw("replaces", i.replaced())
	}
	if i.Note != "" {
		f.quoted("note", i.Note)
	}
	return f.raw("actions", i.inlineActions()).String()
}

func (i *Intent) inlineActions() string {
	if i.csv != "" {
		return "{csv: " + quoteAll(i.csv) + "}"
	}
	var list []string
	for _, a := range i.Actions {
		list = append(list, "{"+a.Kind()+": "+a.canonical(i)+"}")
	}
	return "[" + strings.Join(list, ", ") + "]"
}

func number(b *bytes.Buffer, key string, n *uint256.Int, always bool) {
	if n != nil && (always || !n.IsZero()) {
		b.WriteString(key + ": " + n.Dec() + "\n")
	}
}

func (i *Intent) writeAccount(b *bytes.Buffer, key string, a common.Address) {
	if a != (common.Address{}) {
		fmt.Fprintf(b, "%s: %s\n", key, i.account(a))
	}
}

// canonicalList writes ABI values as a YAML flow list of quoted texts.
func canonicalList(b *strings.Builder, in *Intent, values []any) {
	b.WriteByte('[')
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		canonicalValue(b, in, v)
	}
	b.WriteByte(']')
}

func canonicalValue(b *strings.Builder, in *Intent, v any) {
	switch v := v.(type) {
	case []any:
		canonicalList(b, in, v)
	case inner:
		b.WriteString(v.canonical(in))
	case *big.Int:
		b.WriteString(`"` + v.String() + `"`)
	case common.Address:
		b.WriteString(in.account(v))
	case bool:
		b.WriteString(`"` + strconv.FormatBool(v) + `"`)
	case []byte:
		b.WriteString(`"0x` + hex.EncodeToString(v) + `"`)
	case string:
		b.WriteString(strconv.QuoteToASCII(v))
	}
}
