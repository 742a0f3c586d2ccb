package policy

import (
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

var standards = map[string]effect.Standard{"erc20": effect.ERC20, "erc721": effect.ERC721, "erc1155": effect.ERC1155}

func (b *builder) readTokens(n *node) *Error {
	entries, err := n.Entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := b.symbol(e); err != nil {
			return err
		}
		t, err := readToken(e.Key, e.Value)
		if err != nil {
			return err
		}
		if other, twice := b.c.tokenAt[t.Address]; twice {
			return e.Value.Fail(plainyaml.ErrValue, "one contract is one token: keep one", "%s is %s and %s", report.Group(t.Address), other.Symbol, t.Symbol)
		}
		if *b.count++; *b.count > maxNames {
			return e.Name.Fail(plainyaml.ErrLimit, "keep one policy for each treasury", "more than %d names", maxNames)
		}
		b.c.tokens, b.c.tokenAt[t.Address], b.c.symbols[t.Symbol] = append(b.c.tokens, t), t, t
	}
	return nil
}

// symbol keeps symbols apart from each other and from the native one: an amount in
// the wrong one of two look-alikes is another amount of something else.
func (b *builder) symbol(e plainyaml.Entry) *Error {
	if !plainyaml.Symbol(e.Key) || label.Fold(e.Key) == "" {
		return e.Name.Fail(plainyaml.ErrValue, "write up to 20 letters, digits and . $ + -, not beginning with a digit", "%s cannot be a token symbol", report.Quote(e.Key))
	}
	fold := label.Fold(e.Key)
	if other, taken := b.crowd.folds[fold]; taken {
		return e.Name.Fail(plainyaml.ErrValue, "give one of them another symbol, such as USDC-bridged", "the symbol %s can be taken for %s", report.Quote(e.Key), other)
	}
	b.crowd.folds[fold] = "the token symbol " + e.Key
	return nil
}

func readToken(symbol string, n *node) (t Token, err *Error) {
	f, err := tokenKeys.of(n)
	if err != nil {
		return t, err
	}
	t = Token{Symbol: symbol, Standard: effect.ERC20}
	if t.Address, err = f["address"].Target(); err != nil {
		return t, err
	}
	if s := f["standard"]; s != nil {
		word, err := s.Text()
		if err != nil {
			return t, err
		}
		if t.Standard = standards[word]; t.Standard == effect.StandardUnknown {
			return t, s.Fail(plainyaml.ErrValue, "write erc20, erc721 or erc1155", "%s is no standard that is known here", report.Quote(word))
		}
	}
	d := f["decimals"]
	switch {
	case t.Standard == effect.ERC20 && d == nil:
		return t, n.Fail(plainyaml.ErrKey, "write what decimals() of the contract returns; nothing is assumed", "the key decimals is missing")
	case t.Standard != effect.ERC20 && d != nil:
		return t, d.Fail(plainyaml.ErrKey, "leave it out: such tokens are counted, not divided", "decimals of an %s token", t.Standard)
	case d == nil:
		return t, nil
	}
	v, err := d.Small(plainyaml.MaxDecimals)
	t.Decimals = uint8(v)
	return t, err
}
