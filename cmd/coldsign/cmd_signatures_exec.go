package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const signaturesExecHelp = `Usage: coldsign signatures exec [--signature FILE]... [FLAGS] FILE

Writes the transaction that executes the proposal: a call of execTransaction of the
Safe, with value 0, and the keccak256 of its calldata. It is written only if no rule
objects and the signatures suffice, and was read back before. Whoever has it can send
it: executing takes no right. It is not sent from here, and not signed.

  --form text|calldata     a page for people (the default), or the calldata alone
  --tx-nonce N  --gas-limit N  --max-fee N  --max-priority-fee N
                           with all four: also the unsigned transaction (EIP-1559) of the
                           account that sends it, whose nonce this is, and the hash that
                           its device shows as "Transaction hash"; fees in wei per gas
` + gatherHelp + `
Example: coldsign signatures exec --signature all.sig --tx-nonce 12 --gas-limit 300000 --max-fee 30000000000 --max-priority-fee 1000000000 tx.json
`

func doSignaturesExec(p *program, o *options, args []string) error {
	form, err := o.choice("form", "text", "calldata")
	if err != nil {
		return err
	}
	sending, err := o.sending()
	if err != nil {
		return err
	}
	if sending != nil && form == "calldata" {
		return usagef("leave --form out, or the four flags", "the calldata alone holds nothing of --tx-nonce, --gas-limit, --max-fee and --max-priority-fee")
	}
	g, err := newGathering(p, o, args)
	if err != nil {
		return err
	}
	g.gather()
	if ok, err := g.usable(); err != nil || !ok {
		return err
	}
	return g.execution(form, sending)
}

// sending reads what the sender says of his transaction; nil if he says nothing.
func (o *options) sending() (*verify.Sending, error) {
	var n [4]*uint256.Int
	given := 0
	for i, name := range [4]string{"tx-nonce", "gas-limit", "max-fee", "max-priority-fee"} {
		var err error
		if n[i], err = o.number(name); err != nil {
			return nil, err
		}
		if n[i] == nil {
			continue
		}
		given++
		if i < 2 && !n[i].IsUint64() {
			return nil, usagef("it has 64 bits", "flag --%s is %s", name, n[i].Dec())
		}
	}
	switch given {
	case 0:
		return nil, nil
	case 4:
		if n[1].LtUint64(verify.MinGas) {
			return nil, usagef("a transaction costs this before it does anything", "flag --gas-limit is %s, less than %d", n[1].Dec(), verify.MinGas)
		}
		if n[3].Gt(n[2]) {
			return nil, usagef("the priority fee is a part of the fee (EIP-1559)", "flag --max-priority-fee is %s, more than --max-fee, %s", n[3].Dec(), n[2].Dec())
		}
		return &verify.Sending{Nonce: n[0].Uint64(), GasLimit: n[1].Uint64(), MaxFee: n[2], MaxPriorityFee: n[3]}, nil
	}
	return nil, usagef("give all four, or none", "a transaction takes --tx-nonce, --gas-limit, --max-fee and --max-priority-fee, and %d of them are given", given)
}

func (g *gathering) execution(form string, s *verify.Sending) error {
	data, err := g.collection.Calldata()
	if err != nil {
		return err
	}
	text := "0x" + hex.EncodeToString(data) + "\n"
	if form == "text" {
		if text, err = g.executionPage(data, s); err != nil {
			return err
		}
	}
	if _, err := g.p.stdout.Write([]byte(text)); err != nil {
		return fmt.Errorf("the transaction cannot be written: %w", err)
	}
	g.warn()
	if form != "text" {
		for _, w := range g.signers() {
			g.note("%s", w)
		}
	}
	return nil
}

// executionPage is for the person who sends it. The bytes to copy stand on lines of
// their own.
func (g *gathering) executionPage(data []byte, s *verify.Sending) (string, error) {
	c, o := g.collection, report.TextOptions{}
	var b strings.Builder
	say := func(format string, args ...any) {
		b.WriteString(strings.Join(report.Prose(fmt.Sprintf(format, args...), o), "\n") + "\n")
	}
	hash := func(label string, of []byte) {
		b.WriteString(strings.Join(report.HashLines(label, "0x"+hex.EncodeToString(of), o), "\n") + "\n")
	}
	say("TO EXECUTE: %s", g.rep.Summary)
	hash("safeTxHash", c.Hashes.SafeTx[:])
	say("  Safe's nonce    %s", c.Tx.Nonce.Dec())
	say("\nWHAT IT DOES")
	for i, e := range g.rep.Effects {
		say("  %d. %s", i+1, e.Text)
	}
	say("\nSIGNATURES, AS THE SAFE READS THEM")
	vouched := false
	for i, w := range g.signers() {
		say("  %s", w)
		vouched = vouched || c.Chosen[i].Signature.Kind == safe.KindApprovedHash
	}
	say("\nTHE CALL")
	say("  to (the Safe)   %s", report.GroupHex(c.Safe.Hex()))
	say("  value           0")
	say("  calldata        %d bytes:", len(data))
	b.WriteString("0x" + hex.EncodeToString(data) + "\n")
	hash("its keccak256", crypto.Keccak256(data))
	if s != nil {
		raw, h, err := c.Transaction(*s)
		if err != nil {
			return "", err
		}
		say("\nTHE UNSIGNED TRANSACTION (EIP-1559)")
		say("  chain           %s", c.Chain.Dec())
		say("  sender's nonce  %d", s.Nonce)
		say("  gas limit       %d", s.GasLimit)
		say("  max fee         %s wei per gas, of which %s to the block's proposer at most", s.MaxFee.Dec(), s.MaxPriorityFee.Dec())
		b.WriteString("0x" + hex.EncodeToString(raw) + "\n")
		hash("Transaction hash", h[:])
		say("  The device of the sender shows this hash when it is asked to sign.")
	}
	say("\nWhoever has this can send it: executing a Safe transaction takes no right. It was not sent, and nothing was signed here.")
	if vouched {
		say("A signature that you vouched for counts only if that owner has called approveHash for this safeTxHash, or is the one who sends it.")
	}
	say("%s", onFailure(c))
	return b.String(), nil
}

// onFailure says what is left if the call inside fails (execTransaction of each version).
func onFailure(c *verify.Collection) string {
	reverts := c.Version.Compare(safe.Version{Major: 1, Minor: 3}) >= 0 && c.Tx.SafeTxGas.IsZero() && c.Tx.GasPrice.IsZero()
	switch {
	case reverts:
		return "If the call inside fails, the whole is undone: the nonce is not used up, and the signatures stay valid."
	case c.Tx.GasPrice.IsZero():
		return "If the call inside fails, the nonce is used up all the same."
	}
	return "If the call inside fails, the nonce is used up and the refund is paid all the same."
}
