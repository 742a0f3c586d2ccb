package main

import (
	"crypto/sha256"
	"encoding/hex"
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
		b.WriteString(actionWords(i, a))
	}
	b.WriteString("\nTOTALS (what the actions name that leaves the Safe)\n")
	totals := verify.IntentTotals(in)
	for _, t := range totals {
		b.WriteString("  " + t.Text + "\n")
	}
	if len(totals) == 0 {
		b.WriteString("  nothing\n")
	}
	b.WriteString(includeWords(in))
	return b.String()
}

// actionWords says an action, and below it what it binds another Safe to.
func actionWords(i int, a intent.Action) string {
	words := fmt.Sprintf("  %d. %s\n", i+1, a.Text())
	for _, d := range intent.Details(a) {
		words += "     - " + d + "\n"
	}
	return words
}

// includeWords lists the other files of an intent, whose content is declared too.
func includeWords(in *intent.Intent) string {
	if len(in.Includes) == 0 {
		return ""
	}
	words := "\nINCLUDED FILES\n"
	for _, f := range in.Includes {
		words += "  " + report.Quote(f.Name) + "\n    " + digest(f.Raw) + "\n"
	}
	return words
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return "sha256 " + hex.EncodeToString(sum[:])
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
	for _, h := range in.Replaces {
		lines = append(lines, [2]string{"replaces", "the transaction with safeTxHash " + h.Hex()})
	}
	if around, library := aroundActions(in); around != "" {
		lines = append(lines, [2]string{around, library})
	}
	if in.Note != "" {
		lines = append(lines, [2]string{"note", strconv.QuoteToASCII(in.Note) + " (words of the author, compared with nothing)"})
	}
	return lines
}

// aroundActions says what the actions go through by delegatecall, "" for nothing.
func aroundActions(in *intent.Intent) (key, library string) {
	switch {
	case in.Multicall != nil:
		return "multicall", in.Multicall.Function + " of " + report.Group(in.Multicall.Library)
	case len(in.Actions) < 2:
		return "", ""
	case in.MultiSend != nil:
		return "multisend", report.Group(*in.MultiSend)
	}
	return "multisend", "MultiSendCallOnly of the Safe's version"
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
