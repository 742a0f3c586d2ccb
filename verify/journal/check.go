package journal

import (
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const (
	format      = "journal/v1"
	zeros       = "0000000000000000000000000000000000000000000000000000000000000000"
	lowerHex    = "0123456789abcdef"
	codeLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	longestName = 100
	longestCode = 64
	identityHex = 32
	timeLayout  = "2006-01-02T15:04:05Z"
	firstYear   = 2020 // no clock that is set shows less
	lastYear    = 9999 // RFC 3339 has four digits
)

// check decides whether the record has a line. It is asked before a record is written
// and after one is read, so that there is one rule.
func (r Record) check() *Error {
	switch {
	case r.Sequence < 1 || r.Sequence > MaxRecords:
		return r.bad("the sequence number is %d", r.Sequence)
	case !isHex(r.Previous, len(zeros)):
		return r.bad("the digest of the previous line is %s", report.Quote(r.Previous))
	}
	if err := r.checkTime(); err != nil {
		return err
	}
	if err := r.checkPlaces(); err != nil {
		return err
	}
	switch r.Kind {
	case Born:
		return r.checkBorn()
	case Refused:
		return r.checkRefused()
	case Approved, Signed:
		return r.checkAllowed()
	}
	return r.bad("the kind is unknown")
}

func (r Record) bad(format string, args ...any) *Error {
	return fail(ErrRecord, "fill it from what was verified", "record "+r.Kind.String()+": "+format, args...)
}

func (r Record) checkTime() *Error {
	if y := r.Time.UTC().Year(); y < firstYear || y > lastYear {
		return fail(ErrClock, "set the clock of this machine", "the clock says %s, which is not the time", r.Time.UTC().Format(time.RFC3339))
	}
	if r.Time.Nanosecond() != 0 {
		return r.bad("the time is not in whole seconds")
	}
	return nil
}

// checkPlaces refuses what a kind has no place for: it would get lost.
func (r Record) checkPlaces() *Error {
	switch {
	case r.Identity != "" && r.Kind != Born:
		return r.bad("an identity belongs to init")
	case r.Signer != common.Address{} && r.Kind != Signed:
		return r.bad("a signer belongs to signed")
	case r.Reason != "" && r.Kind != Refused:
		return r.bad("a reason belongs to refused")
	case len(r.Outflow) > 0 && !r.counts():
		return r.bad("an outflow belongs to approved and signed")
	case len(r.Parties) > 0 && !r.counts():
		return r.bad("parties belong to approved and signed")
	}
	return nil
}

func (r Record) checkBorn() *Error {
	switch {
	case r.Sequence != 1 || r.Previous != zeros:
		return r.bad("it stands in line %d after %s, and belongs at the beginning only", r.Sequence, r.Previous)
	case !isHex(r.Identity, identityHex):
		return r.bad("the identity is %s, not 32 hex digits", report.Quote(r.Identity))
	case r.about():
		return r.bad("it names a transaction")
	}
	return nil
}

// about reports whether anything is said of a transaction.
func (r Record) about() bool {
	return r.Chain != nil || r.Safe != common.Address{} || !r.Version.IsZero() || r.Nonce != nil || r.Hash != common.Hash{} ||
		r.Payload+r.Policy+r.Intent+r.Program != ""
}

func (r Record) checkRefused() *Error {
	if len(r.Reason) > longestCode || r.Reason == "" || strings.Trim(r.Reason, codeLetters) != "" {
		return r.bad("the reason is %s, which is no code of a finding", report.Quote(r.Reason))
	}
	return r.checkValues()
}

func (r Record) checkAllowed() *Error {
	switch {
	case r.Chain == nil:
		return r.bad("the chain is missing")
	case r.Safe == common.Address{}:
		return r.bad("the safe is missing")
	case r.Version.IsZero():
		return r.bad("the version of the safe is missing")
	case r.Nonce == nil:
		return r.bad("the nonce is missing")
	case r.Hash == common.Hash{}:
		return r.bad("the safeTxHash is missing")
	case r.Payload == "" || r.Intent == "":
		return r.bad("the digest of payload or intent is missing")
	case r.Kind == Signed && r.Signer == common.Address{}:
		return r.bad("the signer is missing")
	}
	for i, o := range r.Outflow {
		if (o.Asset.Standard == effect.Native) != (o.Asset.Token == common.Address{}) || o.Asset.Standard.String() == effect.StandardUnknown.String() {
			return r.bad("outflow %d is of %s at %s, which is no asset", i, o.Asset.Standard, o.Asset.Token)
		}
	}
	if len(r.Parties) > MaxParties {
		return r.bad("it has %d parties, at most %d", len(r.Parties), MaxParties)
	}
	last := common.Address{}
	for i, a := range r.Parties {
		if a.Cmp(last) <= 0 {
			return r.bad("party %d is out of order, or stands twice", i)
		}
		last = a
	}
	return r.checkValues()
}

// checkValues looks at the form of what may stand in every record of a transaction.
func (r Record) checkValues() *Error {
	if r.Sequence == 1 {
		return r.bad("the first line is init")
	}
	if r.Chain != nil && r.Chain.IsZero() {
		return r.bad("the chain is 0, which is none")
	}
	if v, err := safe.ParseVersion(r.Version.String()); !r.Version.IsZero() && (err != nil || v != r.Version) {
		return r.bad("the version of the safe is %s, which was never released", r.Version)
	}
	for _, d := range []string{r.Payload, r.Policy, r.Intent} {
		if d != "" && !isHex(d, len(zeros)) {
			return r.bad("%s is no digest", report.Quote(d))
		}
	}
	if len(r.Program) > longestName || r.Program == "" || strings.ContainsFunc(r.Program, notPlain) {
		return r.bad("the version of the program is %s", report.Quote(r.Program))
	}
	return nil
}

// notPlain is what cannot stand in a JSON string as itself.
func notPlain(c rune) bool { return c < 0x20 || c > 0x7e || c == '"' || c == '\\' }

func isHex(s string, n int) bool { return len(s) == n && strings.Trim(s, lowerHex) == "" }
