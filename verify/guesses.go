package verify

import (
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/report"
)

// maxGuessed bounds the calls that are looked up in a list of names: nobody reads more.
// Behind it the report says that names are missing.
const maxGuessed = 500

// guesses shows by which names of the signer's list an unknown call could be read. The
// names come from a list to which anybody adds, some to mislead, so all that fit are
// shown and none is chosen: the call stays unknown to every check, for risk, policy and
// intent alike. A name fits if the bytes are exactly the encoding of its arguments, and
// it carries no other calls.
func (r *run) guesses(c *abi.Call) (out []report.Arg) {
	if c.Status != abi.StatusUnknown || r.req.Names == nil || c.Operation == 1 && !c.Unbound {
		return nil
	}
	if r.guessed++; r.guessed > maxGuessed {
		if r.guessed == maxGuessed+1 {
			r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("the list of names was asked for %d unknown calls only; of the calls behind them it says nothing here", maxGuessed))
		}
		return nil
	}
	for _, declaration := range r.req.Names.Lookup(c.Selector) {
		tree, err := abi.Decode(abi.Root{To: c.To, Data: c.Data}, func(common.Address, [4]byte) []string { return []string{declaration} })
		if err != nil || tree.Root.Status != abi.StatusDecoded || tree.Root.Container != "" {
			continue
		}
		at := "name[" + strconv.Itoa(len(out)) + "]"
		out = append(out, report.Arg{Path: at, Type: "name of a list, may be wrong", Value: tree.Root.Function})
	}
	return out
}
