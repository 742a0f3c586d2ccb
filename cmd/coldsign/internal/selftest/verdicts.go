package selftest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/fixtures/incidents/bybit"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// The hashes that were published with the transactions.
const (
	theftHash   = "0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8"
	paymentHash = "0x232e9c50965997d04d38c002ca162b3b27f99129791d321265e51dc1cc0844e2"
)

// bybitRequest is a question about a transaction of that Safe, which was of 1.1.1.
func bybitRequest(mode verify.Mode, payload, intent string) verify.Request {
	q := verify.Request{Mode: mode, File: "selftest", Input: []byte(payload), Given: verify.Given{Version: safe.Version{Major: 1, Minor: 1, Patch: 1}}}
	if intent != "" {
		q.Intent, q.IntentName, q.IntentOrigin = []byte(intent), "selftest", "--intent"
	}
	return q
}

var theft = check{"a theft, checked", "the transaction that emptied Bybit's Safe is refused without an intent: it hands the Safe to unknown code", func(s subject) error {
	return s.refuses(bybitRequest(verify.ModeCheck, bybit.Theft, ""), theftHash, "DELEGATECALL_UNKNOWN_TARGET")
}}

var theftMeant = check{"a theft, verified", "it is refused with the intent of its signers, who meant a payment", func(s subject) error {
	return s.refuses(bybitRequest(verify.ModeVerify, bybit.Theft, bybit.TheftIntent), theftHash, "DELEGATECALL_UNKNOWN_TARGET", "INTENT_MISMATCH")
}}

var payment = check{"an honest payment", "a payment of the same Safe is verified with its intent", func(s subject) error {
	return s.verifies(bybitRequest(verify.ModeVerify, bybit.Payment, bybit.PaymentIntent), paymentHash)
}}

var paymentChanged = check{"one byte changed", "the same payment is refused when one digit of its amount is another", func(s subject) error {
	const amount, another = `"value": "3`, `"value": "4`
	if strings.Count(bybit.Payment, amount) != 1 {
		return fmt.Errorf("the payment is not the one that is known")
	}
	q := bybitRequest(verify.ModeVerify, strings.Replace(bybit.Payment, amount, another, 1), bybit.PaymentIntent)
	return s.refuses(q, "", "HASH_MISMATCH", "INTENT_MISMATCH")
}}

// verifies demands that it is verified.
func (s subject) verifies(q verify.Request, hash string) error {
	rep, err := s.answer(q, hash)
	if err != nil {
		return err
	}
	if rep.Verdict != report.Verified {
		return fmt.Errorf("it is %s instead of verified: %s", rep.Verdict, rep.Summary)
	}
	return nil
}

// refuses demands a refusal for these reasons.
func (s subject) refuses(q verify.Request, hash string, codes ...string) error {
	rep, err := s.answer(q, hash)
	if err != nil {
		return err
	}
	if rep.Verdict != report.Refused {
		return fmt.Errorf("it is %s instead of refused: %s", rep.Verdict, rep.Summary)
	}
	for _, code := range codes {
		if !slices.ContainsFunc(rep.Findings, func(f report.Finding) bool { return f.Code == code && f.Refuses() }) {
			return fmt.Errorf("it is refused, and %s is not among the reasons: %s", code, rep.Summary)
		}
	}
	return nil
}

// answer asks, and compares the hash; "" is not compared.
func (s subject) answer(q verify.Request, hash string) (*report.Report, error) {
	rep, err := s.verify(q)
	switch {
	case err != nil:
		return nil, err
	case rep == nil:
		return nil, fmt.Errorf("there is no answer")
	case hash == "":
		return rep, nil
	case rep.Hashes == nil:
		return nil, fmt.Errorf("no hash is computed: %s", rep.Summary)
	case rep.Hashes.SafeTx != hash:
		return nil, fmt.Errorf("its safeTxHash is %s instead of %s", rep.Hashes.SafeTx, hash)
	}
	return rep, nil
}
