package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

// intentWords says an intent in plain words, in lines that still are to be wrapped.
// Words of its author stand in quotes.
func intentWords(in *intent.Intent) string {
	var b strings.Builder
	for _, l := range intentHeader(in) {
		fmt.Fprintf(&b, "  %-16s %s\n", l[0], l[1])
	}
	b.WriteString("\nACTIONS (made by the Safe in this order)\n")
	for i, a := range in.Actions {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, a.Text())
	}
	b.WriteString("\nTOTALS (what the actions name that leaves the Safe)\n")
	totals := verify.IntentTotals(in)
	for _, t := range totals {
		b.WriteString("  " + t.Text + "\n")
	}
	if len(totals) == 0 {
		b.WriteString("  nothing\n")
	}
	return b.String()
}

func intentHeader(in *intent.Intent) [][2]string {
	lines := [][2]string{
		{"Safe", report.Group(in.Safe)},
		{"chain", chainWords(in.Chain)},
		{"nonce", in.Nonce.Dec()},
		{"safeTxGas", in.SafeTxGas.Dec()},
		{"baseGas", in.BaseGas.Dec()},
		{"gasPrice", in.GasPrice.Dec()},
		{"gasToken", accountWords(in.GasToken, "the chain's own currency")},
		{"refundReceiver", accountWords(in.RefundReceiver, "whoever executes")},
	}
	if len(in.Actions) > 1 {
		library := "MultiSendCallOnly of the Safe's version"
		if in.MultiSend != nil {
			library = report.Group(*in.MultiSend)
		}
		lines = append(lines, [2]string{"multisend", library})
	}
	if in.Note != "" {
		lines = append(lines, [2]string{"note", strconv.QuoteToASCII(in.Note) + " (words of the author, compared with nothing)"})
	}
	return lines
}

func chainWords(chain *uint256.Int) string {
	if chain.IsUint64() {
		if c, ok := catalogue.ChainByID(chain.Uint64()); ok && c.Name != "" {
			return chain.Dec() + " (" + c.Name + ")"
		}
	}
	return chain.Dec() + " (a chain that is not known here)"
}

func accountWords(a common.Address, zero string) string {
	if a == (common.Address{}) {
		return "zero: " + zero
	}
	return report.Group(a)
}
