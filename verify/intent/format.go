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
	fmt.Fprintf(&b, "safe: %q\n", in.Safe.Hex())
	number(&b, "nonce", in.Nonce, true)
	number(&b, "safeTxGas", in.SafeTxGas, false)
	number(&b, "baseGas", in.BaseGas, false)
	number(&b, "gasPrice", in.GasPrice, false)
	account(&b, "gasToken", in.GasToken)
	account(&b, "refundReceiver", in.RefundReceiver)
	if in.MultiSend != nil {
		fmt.Fprintf(&b, "multisend: %q\n", in.MultiSend.Hex())
	}
	if in.Note != "" {
		b.WriteString("note: " + strconv.QuoteToASCII(in.Note) + "\n")
	}
	b.WriteString("actions:\n")
	for _, a := range in.Actions {
		if a != nil {
			b.WriteString("  - " + a.Kind() + ": " + a.canonical() + "\n")
		}
	}
	return b.Bytes()
}

func number(b *bytes.Buffer, key string, n *uint256.Int, always bool) {
	if n != nil && (always || !n.IsZero()) {
		b.WriteString(key + ": " + n.Dec() + "\n")
	}
}

func account(b *bytes.Buffer, key string, a common.Address) {
	if a != (common.Address{}) {
		fmt.Fprintf(b, "%s: %q\n", key, a.Hex())
	}
}

// canonicalList writes ABI values as a YAML flow list of quoted texts.
func canonicalList(b *strings.Builder, values []any) {
	b.WriteByte('[')
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		canonicalValue(b, v)
	}
	b.WriteByte(']')
}

func canonicalValue(b *strings.Builder, v any) {
	switch v := v.(type) {
	case []any:
		canonicalList(b, v)
	case *big.Int:
		b.WriteString(`"` + v.String() + `"`)
	case common.Address:
		b.WriteString(`"` + v.Hex() + `"`)
	case bool:
		b.WriteString(`"` + strconv.FormatBool(v) + `"`)
	case []byte:
		b.WriteString(`"0x` + hex.EncodeToString(v) + `"`)
	case string:
		b.WriteString(strconv.QuoteToASCII(v))
	}
}
