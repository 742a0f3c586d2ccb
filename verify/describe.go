package verify

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/clearsign"
	"github.com/coldsign/coldsign/verify/report"
)

// Descriptors is a bundle of ERC-7730 descriptors that the signer gives.
type Descriptors struct {
	Name   string // of its folder or file, for the report
	Bundle *clearsign.Bundle
}

// maxDescribed bounds the calls of one run for which a descriptor is found, whether it
// fits or not: nobody reads more. Behind it the report says that words are missing.
const maxDescribed = 1000

// descriptors looks at the bundle once. It returns false if the policy pins another one:
// leaving the words out would be silent, and using them would be against its word.
func (r *run) descriptors() bool {
	d := r.req.Descriptors
	if d == nil {
		return true
	}
	sum := d.Bundle.Digest()
	digest := hex.EncodeToString(sum[:])
	r.rep.Digests = append(r.rep.Digests, report.Digest{Name: "descriptors", SHA256: digest})
	pinned := ""
	if r.policy != nil {
		pinned = r.policy.Descriptors
	}
	switch {
	case pinned == "":
		r.rep.NotChecked = append(r.rep.NotChecked, "the descriptors "+report.Quote(d.Name)+": no policy pins them, so their words are their author's")
	case pinned != digest:
		r.rep.Failure = fmt.Sprintf("the descriptors %s have sha256 %s, and the policy says %s", report.Quote(d.Name), digest, pinned)
		r.rep.Hint = "get the bundle that the policy was written with, or have the policy changed"
		return false
	}
	if n := len(d.Bundle.Problems()); n > 0 {
		r.rep.NotChecked = append(r.rep.NotChecked, fmt.Sprintf("%s of the descriptors that are not valid", plural(n, "file")))
	}
	return true
}

// describe puts calls into the words of descriptors, beside our own. At the target of a
// delegatecall a function's name says nothing, and a descriptor's words less.
func (r *run) describe() {
	if r.req.Descriptors == nil || r.tree == nil || r.chainID() == 0 {
		return
	}
	n, over := 0, false
	r.tree.Root.Walk(func(c *abi.Call) {
		if c.Operation != 0 || c.Unbound || len(c.Data) < 4 {
			return
		}
		if n >= maxDescribed {
			over = true
			return
		}
		call := clearsign.Call{Chain: r.chainID(), To: c.To, Data: c.Data}
		if actor := r.actors[c.Path]; actor != (common.Address{}) {
			call.From = &actor
		}
		if c.Value != nil {
			call.Value = c.Value.ToBig()
		} else {
			call.Value = new(big.Int)
		}
		got, err := r.req.Descriptors.Bundle.Call(call, known{r: r})
		switch {
		case errors.Is(err, clearsign.ErrNoDescriptor) || errors.Is(err, clearsign.ErrNoFormat):
			return
		case err != nil:
			n++
			r.rep.Facts = append(r.rep.Facts, "a descriptor does not fit the call at "+place(c.Path)+", so its words are left out: "+err.Error())
			return
		}
		n++
		r.rep.Described = append(r.rep.Described, inWords(c.Path, got))
	})
	if over {
		r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("descriptors were asked for %d calls only; of the calls behind them they say nothing here", maxDescribed))
	}
}

// describeMessage does the same for typed data that is signed off chain.
func (r *run) describeMessage() {
	if r.req.Descriptors == nil || r.p == nil || r.p.Message == nil || r.p.Message.Typed == nil {
		return
	}
	got, err := r.req.Descriptors.Bundle.Message(r.p.Message.Typed, nil, known{r: r})
	switch {
	case errors.Is(err, clearsign.ErrNoDescriptor) || errors.Is(err, clearsign.ErrNoFormat):
	case err != nil:
		r.rep.Facts = append(r.rep.Facts, "a descriptor does not fit the typed data, so its words are left out: "+err.Error())
	default:
		r.rep.Described = append(r.rep.Described, inWords("", got))
	}
}

func place(path string) string {
	if path == "" {
		return "the top"
	}
	return path
}

func inWords(path string, d *clearsign.Rendering) report.Described {
	out := report.Described{Path: path, File: d.File, Owner: d.Owner, Intent: d.InterpolatedIntent, Notices: d.Notices}
	if out.Intent == "" {
		out.Intent = d.Intent
	}
	flatten(&out, "", d)
	if len(d.Suffix) > 0 {
		out.Notices = append(out.Notices, fmt.Sprintf("%s follow that the descriptor says nothing about", plural(len(d.Suffix), "byte")))
	}
	return out
}

// flatten lists shown and hidden fields of a rendering and of what it embeds.
func flatten(out *report.Described, prefix string, d *clearsign.Rendering) {
	for _, f := range d.Fields {
		label := prefix + f.Label
		if f.Nested != nil {
			out.Fields = append(out.Fields, report.Field{Name: label, Value: or(f.Nested.InterpolatedIntent, f.Nested.Intent)})
			flatten(out, label+": ", f.Nested)
			continue
		}
		out.Fields = append(out.Fields, report.Field{Name: label, Value: f.Value})
	}
	for _, f := range d.Hidden {
		value := or(f.Raw, f.Value)
		out.Hidden = append(out.Hidden, report.Field{Name: prefix + or(f.Label, f.Path), Value: value + " (" + f.Reason.String() + ")"})
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// known answers descriptors with what the signer and the published lists say: never with
// what the file claims.
type known struct {
	clearsign.Nothing
	r *run
}

// Token is a token whose decimals somebody trusted knows, on this run's chain.
func (k known) Token(chain uint64, a common.Address) (clearsign.Unit, bool) {
	if chain != k.r.chainID() {
		t, ok := catalogue.Token(chain, a)
		return clearsign.Unit{Symbol: t.Symbol, Decimals: int(t.Decimals)}, ok
	}
	t, ok := k.r.token(a)
	return clearsign.Unit{Symbol: t.Symbol, Decimals: int(t.Decimals)}, ok
}

// Native is the chain's currency.
func (k known) Native(chain uint64) (clearsign.Unit, bool) {
	c, ok := catalogue.ChainByID(chain)
	return clearsign.Unit{Symbol: c.NativeSymbol, Decimals: int(c.NativeDecimals)}, ok && c.NativeSymbol != ""
}

// ChainName is the published name.
func (k known) ChainName(chain uint64) (string, bool) {
	c, ok := catalogue.ChainByID(chain)
	return c.Name, ok && c.Name != ""
}

// LocalName is the signer's own name, or the published one.
func (k known) LocalName(chain uint64, a common.Address) (clearsign.Name, bool) {
	if chain != k.r.chainID() {
		return clearsign.Name{}, false
	}
	n := k.r.name(a)
	return clearsign.Name{Text: n}, n != ""
}
