package verify

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// builtIn names the catalogue as the source of a token's decimals.
const builtIn = "the built-in table"

// IntentEnv is what is known of units and libraries without a policy. Who reads an
// intent for another purpose than Verify must know the same, or the two would read
// two intents.
func IntentEnv() intent.Env {
	return intent.Env{
		NativeSymbol: func(chain uint64) (string, uint8, bool) {
			c, ok := catalogue.ChainByID(chain)
			return c.NativeSymbol, c.NativeDecimals, ok && c.NativeSymbol != ""
		},
		Token: func(chain uint64, token common.Address) (intent.Token, bool) {
			t, ok := catalogue.Token(chain, token)
			return intent.Token{Symbol: t.Symbol, Decimals: t.Decimals, Standard: effect.ERC20, Source: builtIn}, ok
		},
		Library: func(chain uint64, v safe.Version) (common.Address, bool) {
			if v.IsZero() {
				return common.Address{}, false
			}
			return catalogue.DefaultMultiSendCallOnly(chain, v.String())
		},
	}
}

// WithPolicy adds what the signer's policy knows: names, tokens, versions, libraries.
func WithPolicy(env intent.Env, p *policy.Policy) intent.Env {
	withPolicy(&env, p, yours)
	return env
}

// withPolicy adds what a policy knows; source names it beside what it says.
func withPolicy(env *intent.Env, p *policy.Policy, source string) {
	if p == nil {
		return
	}
	token := env.Token
	env.Name, env.Inexact = p.Resolve, p.Inexact
	env.Token = func(chain uint64, a common.Address) (intent.Token, bool) {
		if t, ok := p.Token(chain, a); ok {
			return intent.Token{Symbol: t.Symbol, Decimals: t.Decimals, Standard: t.Standard, Source: source}, true
		}
		return token(chain, a)
	}
	env.Symbol = func(chain uint64, symbol string) (common.Address, bool) {
		t, ok := p.TokenBySymbol(chain, symbol)
		return t.Address, ok
	}
	env.Around = func(chain uint64, a common.Address) (common.Address, bool) {
		if s, ok := p.Safe(chain, a); ok && s.MultiSend != nil {
			return *s.MultiSend, true
		}
		return common.Address{}, false
	}
	env.Version = func(chain uint64, a common.Address) (safe.Version, bool) {
		s, ok := p.Safe(chain, a)
		if !ok {
			return safe.Version{}, false
		}
		return s.Version, true
	}
}

// intentEnv is what this run knows beside the intent.
func (r *run) intentEnv() intent.Env {
	env := IntentEnv()
	env.Open = r.req.Open
	withPolicy(&env, r.policy, r.req.Policy.source())
	env.Proposal = r.otherProposal
	return env
}

// IntentProposal judges the proposal of another Safe that an intent wants to be
// approved, as Verify does with that intent (intent.Env.Proposal).
// The policy may be nil.
func IntentProposal(p *policy.Policy) func(raw []byte, chain *uint256.Int, v safe.Version) (intent.Proposal, error) {
	r := newRun(Request{Mode: ModeVerify})
	r.policy = p
	if err := r.joinBook(); err != nil {
		return nil
	}
	return r.otherProposal
}

// otherProposal judges the proposal of another Safe that the intent wants to be
// approved: by every rule, with nothing declared. What it holds that would need a
// declaration is refused; then its intent has to be named instead of the proposal.
func (r *run) otherProposal(raw []byte, chain *uint256.Int, v safe.Version) (intent.Proposal, error) {
	req := Request{Mode: ModeCheck, File: "approved", Input: raw, Given: Given{Chain: chain, Version: v}, FailOn: "high",
		Policy: r.req.Policy, Journal: r.req.Journal, Now: r.req.Now, Program: r.req.Program}
	sub := newRun(req)
	sub.parent = r
	rep := sub.answer()
	switch {
	case sub.safe == (common.Address{}):
		return intent.Proposal{}, errors.New("it does not say of which Safe it is; use a form that does, such as propose or typed-data, or name its intent in its place")
	case sub.p != nil && sub.p.Message == nil && (sub.tx == nil || sub.tx.Nonce == nil):
		return intent.Proposal{}, errors.New("it has no nonce; use a form that has one, such as propose or typed-data, or name its intent in its place")
	case hasCode(sub.findings, "NONCE_CONFLICT"):
		return intent.Proposal{}, errors.New(rep.Summary + "; if it is to take the place of the other one, name its intent in place of the file, with replaces")
	case rep.Verdict != report.NoObjection:
		return intent.Proposal{}, errors.New(rep.Summary)
	case sub.hashes == nil || sub.tx == nil || sub.tx.Nonce == nil:
		return intent.Proposal{}, errors.New("it has no hash")
	case r.req.Mode.verifies() && sub.from["version"] != report.Given:
		return intent.Proposal{}, fmt.Errorf("the version of its safe is only %s; write it beside the name of the file", sub.from["version"])
	}
	r.proposals = append(r.proposals, sub)
	out := intent.Proposal{Safe: sub.safe, Nonce: sub.tx.Nonce, Hash: sub.hashes.SafeTx}
	for _, e := range rep.Effects {
		out.Words = append(out.Words, e.Text)
	}
	for _, c := range leaves(sub.tree.Root, sub.chainID()) {
		out.Words = append(out.Words, sub.arguments(c)...)
	}
	if len(out.Words) > maxWords {
		return intent.Proposal{}, fmt.Errorf("it takes %d lines to say what it does, more than %d", len(out.Words), maxWords)
	}
	return out, nil
}

// maxWords bounds the lines of an approved proposal, which its approver is to read.
const maxWords = 2000

// arguments says what a call holds, value by value: an effect can be the call of a
// function by its name alone, and whom it favours stands in its arguments.
func (r *run) arguments(c *abi.Call) []string {
	var args []report.Arg
	for i, v := range c.Args {
		args = r.flatten(args, "args["+strconv.Itoa(i)+"]", v)
	}
	what := "at " + r.about(c.To).spoken + ", "
	if len(args) > 0 {
		what += c.Function + ", "
	}
	var out []string
	for _, a := range args {
		name := a.Path
		if a.Name != "" {
			name += " (" + a.Name + ")"
		}
		out = append(out, what+name+": "+a.Value)
	}
	if len(c.Suffix) > 0 {
		out = append(out, what+"followed by 0x"+hex.EncodeToString(c.Suffix))
	}
	return out
}
