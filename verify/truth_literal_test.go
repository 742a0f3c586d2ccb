package verify_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/report"
)

// errUnsayable is for a payload of which no intent can be written.
var errUnsayable = errors.New("no intent says that")

// literal writes what a payload does, word for word, as an intent: what the attacker
// would write himself.
func literal(rep *report.Report) (string, error) {
	root, err := literalRoot(rep)
	if err != nil {
		return "", err
	}
	chain := uint256.MustFromDecimal(rep.Safe.Chain).Uint64()
	tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string {
		return append(catalogue.Lookup(chain, to, sel), "listCollateral5821(address)") // which Ionic's fixture invents
	})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	tx := rep.Tx
	fmt.Fprintf(&b, "coldsign: intent/v1\nchain: %s\nsafe: %q\nnonce: %s\nsafeTxGas: %s\nbaseGas: %s\ngasPrice: %s\ngasToken: %q\nrefundReceiver: %q\n",
		rep.Safe.Chain, rep.Safe.Address, tx.Nonce, tx.SafeTxGas, tx.BaseGas, tx.GasPrice, tx.GasToken, tx.RefundReceiver)
	around, calls := literalBatch(chain, tree.Root)
	b.WriteString(around + "actions:\n")
	for _, c := range calls {
		action, err := literalAction(c)
		if err != nil {
			return "", err
		}
		b.WriteString("  - " + action + "\n")
	}
	return b.String(), nil
}

// literalBatch is the line for the library around a batch, and the calls in it.
func literalBatch(chain uint64, root *abi.Call) (header string, calls []*abi.Call) {
	_, ours := catalogue.Published(chain, root.To)
	_, foreign := catalogue.ForeignLibrary(chain, root.To)
	switch {
	case root.Operation != 1:
	case ours && root.Container == "multiSend" && len(root.Children) > 1:
		return fmt.Sprintf("multisend: %q\n", root.To.Hex()), root.Children
	case foreign && root.Container == "aggregate3" && root.Children[0].Operation == 0:
		return fmt.Sprintf("multicall: {library: %q, function: aggregate3}\n", root.To.Hex()), root.Children
	}
	return "", []*abi.Call{root}
}

func literalRoot(rep *report.Report) (root abi.Root, err error) {
	tx := rep.Tx
	if tx == nil || tx.To == "" || tx.Nonce == "" || tx.GasPrice == "" || rep.Safe.Chain == "" || rep.Safe.Address == "" {
		return root, errUnsayable
	}
	operation, ok := map[string]uint8{"CALL": 0, "DELEGATECALL": 1}[tx.Operation]
	if !ok {
		return root, errUnsayable
	}
	return abi.Root{Operation: operation, To: common.HexToAddress(tx.To), Value: uint256.MustFromDecimal(tx.Value), Data: common.FromHex(tx.Data)}, nil
}

func literalAction(c *abi.Call) (string, error) {
	if c.Status == abi.StatusEmpty && c.Operation == 0 {
		return fmt.Sprintf("send: {amount: \"%s wei\", to: %q}", c.Value.Dec(), c.To.Hex()), nil
	}
	if c.Status != abi.StatusDecoded && c.Status != abi.StatusTrailing {
		return "", errUnsayable
	}
	args := make([]string, len(c.Args))
	for i, v := range c.Args {
		args[i] = literalValue(v)
	}
	said := fmt.Sprintf("{to: %q, function: %q, args: [%s]", c.To.Hex(), c.Function, strings.Join(args, ", "))
	if c.Operation == 1 && c.Value.IsZero() && len(c.Suffix) == 0 {
		return fmt.Sprintf("delegatecall: %s, code-hash: \"0x%s\"}", said, strings.Repeat("11", 32)), nil
	}
	if c.Operation != 0 {
		return "", errUnsayable
	}
	if len(c.Suffix) > 0 {
		said += fmt.Sprintf(", suffix: \"0x%x\"", c.Suffix)
	}
	return fmt.Sprintf("call: %s, value: \"%s wei\"}", said, c.Value.Dec()), nil
}

func literalValue(v abi.Value) string {
	switch {
	case strings.HasSuffix(v.Type, "]") || strings.HasPrefix(v.Type, "("):
		elems := make([]string, len(v.Elems))
		for i, e := range v.Elems {
			elems[i] = literalValue(e)
		}
		return "[" + strings.Join(elems, ", ") + "]"
	case v.Type == "string":
		return strconv.QuoteToASCII(string(v.Bytes))
	case v.Type == "bytes":
		return fmt.Sprintf("\"0x%x\"", v.Bytes)
	}
	return strconv.Quote(v.Text)
}

// TestLiteral turns it round. What an attacker would write himself of his payload
// agrees with the payload, so it is the right words; and it does not verify what the
// signers believed. A form of which nothing can be written is on the list.
func TestLiteral(t *testing.T) {
	forms, _ := cases(t)
	written, silent := map[string]int{}, map[string]int{}
	for _, x := range forms {
		rep := answer(t, x.asked(t))
		own, theirs := x.asked(t), honestly(t, x.twin)
		text, err := literal(rep)
		if err == nil {
			own.Intent, theirs.Intent = []byte(text), []byte(text)
			mine := answer(t, own)
			err = agreement(mine)
			if strings.Contains(text, "delegatecall: ") && mine.Verdict != report.Refused {
				t.Errorf("%s: declared by its author, a delegatecall is %s", x.form.Name, mine.Verdict)
			}
		}
		twin := answer(t, theirs)
		how, _ := stands(rep, twin)
		if err != nil {
			if how != unread && how != opaque {
				silent[x.id()]++
				t.Logf("%s: %.200v", x.form.Name, err)
			}
			continue
		}
		written[how]++
		_, lines := differing(twin)
		if want := how == same; (twin.Verdict == report.Verified) != want || slices.Contains(codesOf(twin), "INTENT_MISMATCH") == want || lines != (how == differs) {
			t.Errorf("%s: what it does is also said of %s, which is %s with %v, and the two stand as %q\n%s", x.form.Name, x.twin.Name, twin.Verdict, codesOf(twin), how, text)
		}
	}
	t.Logf("forms in the words of the attacker, by how they stand to the twin: %v", written)
	for id, n := range silent {
		if wordless[id].forms != n {
			t.Errorf("of %d forms of %s nothing can be written, the list has %d", n, id, wordless[id].forms)
		}
	}
	for id, w := range wordless {
		if silent[id] == 0 {
			t.Errorf("%s is on the list (%s), and all of its forms can be written", id, w.why)
		}
	}
}

// agreement is nil if the intent was read and matches.
func agreement(rep *report.Report) error {
	for _, f := range rep.Findings {
		if f.Code == "INTENT_MISMATCH" || f.Code == "INTENT_MISSING" {
			return fmt.Errorf("%w: %s", errUnsayable, f.Message)
		}
	}
	return nil
}
