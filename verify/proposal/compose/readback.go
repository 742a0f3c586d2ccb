package compose

import (
	"bytes"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// readBack refuses a file that our own reader does not recognise, has a finding
// about, or takes for another transaction.
func (d *dialect) readBack(in *whole, out []byte) *Error {
	res, err := proposal.Parse(out, proposal.Options{})
	if err != nil {
		return unreadable("%v", err)
	}
	if len(res.Findings) > 0 {
		f := res.Findings[0]
		return unreadable("%s: %s", f.Code, f.Message)
	}
	p := res.Proposal
	if p == nil {
		return unreadable("it holds no transaction")
	}
	if p.Dialect != d.name {
		return unreadable("it is taken for the form %s, not %s", p.Dialect, d.name)
	}
	if what := in.differs(p, d.lacks(in.era)); what != "" {
		return unreadable("another %s is read than was written", what)
	}
	return nil
}

func unreadable(format string, args ...any) *Error {
	e := fail(ErrUnreadable, "write it in another form; if the transaction is an ordinary one, please report this", format, args...)
	e.Msg = "the file would not be read as what it is: " + report.Escape(e.Msg)
	return e
}

// differs names the first thing that a proposal says otherwise, or "". What the
// form lacks must be unknown, and everything else be there and equal.
func (in *whole) differs(p *proposal.Proposal, lacks []string) string {
	holds := func(name string) bool {
		for _, l := range lacks {
			if l == name {
				return false
			}
		}
		return true
	}
	switch {
	case holds("chain") != (p.Chain != nil) || p.Chain != nil && !p.Chain.Eq(in.Chain):
		return "chain"
	case holds("safe") != (p.Safe != nil) || p.Safe != nil && *p.Safe != in.Safe:
		return "safe"
	case holds("version") != (p.Version != "") || p.Version != "" && p.Version != in.Version.String():
		return "version"
	case p.Era != safe.EraUnknown && p.Era != in.era:
		return "hash rule"
	case len(p.Claims.Confirmations) > 0 || len(p.Claims.Signatures) > 0:
		return "signature"
	}
	for _, h := range p.Claims.Hashes {
		if h.Kind != proposal.HashSafeTx || h.Hash != in.hashes.SafeTx {
			return "hash"
		}
	}
	if p.Tx == nil {
		return in.differentBatch(p.Batch)
	}
	return in.differentTx(p.Tx, holds("nonce"))
}

// differentBatch compares the calls of a batch file with the data that the app
// makes of them; calls has settled library, value and operation.
func (in *whole) differentBatch(calls []safe.InnerCall) string {
	packed, err := safe.PackMultiSend(calls)
	if err != nil || len(calls) < 2 || in.Tx.Operation != safe.DelegateCall || !bytes.Equal(safe.MultiSendCalldata(packed), in.Tx.Data) {
		return "list of calls"
	}
	return ""
}

// differentTx compares the ten fields. A batch file of one call holds four of them;
// the others are zero, which onlyCalls has settled.
func (in *whole) differentTx(got *safe.Tx, nonce bool) string {
	want := in.Tx
	switch {
	case got.To != want.To:
		return "to"
	case !bytes.Equal(got.Data, want.Data):
		return "data"
	case got.Operation != want.Operation:
		return "operation"
	case got.GasToken != want.GasToken:
		return "gasToken"
	case got.RefundReceiver != want.RefundReceiver:
		return "refundReceiver"
	case nonce != (got.Nonce != nil):
		return "nonce"
	}
	read := Input{Tx: got}.numbers()
	for i, f := range in.numbers() {
		if !sameOrUnsaid(f, read[i].n) {
			return f.name
		}
	}
	return ""
}

// sameOrUnsaid: value is always said, and a gas field that is not said is zero.
func sameOrUnsaid(want field, got *uint256.Int) bool {
	if got == nil {
		return want.name == "nonce" || want.name != "value" && want.n.IsZero()
	}
	return got.Eq(want.n)
}
