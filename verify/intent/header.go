package intent

import (
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// header compares what stands around the actions. Every difference is a line and
// a finding of its own; equal fields give neither.
func (m *matcher) header(tx *safe.Tx) {
	in := m.in
	m.number("chain", in.Chain, m.opts.Chain, "a signature for another chain is lost or misused")
	m.account("safe", in.Safe, m.opts.Safe, "the transaction is for another safe")
	m.number("nonce", in.Nonce, tx.Nonce, "another nonce replaces or delays another transaction; ask which one is meant")
	const gas = "gas and refund fields pay whoever executes; declare them only if they are meant"
	m.number("safeTxGas", in.SafeTxGas, tx.SafeTxGas, gas)
	m.number("baseGas", in.BaseGas, tx.BaseGas, gas)
	m.number("gasPrice", in.GasPrice, tx.GasPrice, gas)
	m.account("gasToken", in.GasToken, tx.GasToken, gas)
	m.account("refundReceiver", in.RefundReceiver, tx.RefundReceiver, gas)
}

func (m *matcher) number(field string, declared, decoded *uint256.Int, hint string) {
	if !sameNumber(declared, decoded) {
		m.headerLine(field, decWords(declared), decWords(decoded), hint)
	}
}

func (m *matcher) account(field string, declared, decoded common.Address, hint string) {
	if declared != decoded {
		m.headerLine(field, report.Group(declared), report.Group(decoded), hint)
	}
}

func (m *matcher) headerLine(field, declared, decoded, hint string) {
	m.headers = append(m.headers, report.IntentLine{Declared: field + " " + declared, Decoded: field + " " + decoded, Note: hint})
	m.differ(field, "declared "+field+" "+declared+", the proposal has "+decoded, hint)
}

func quoteAll(s string) string { return strconv.QuoteToASCII(s) }
