package intent

import (
	"path"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// maxNested bounds how deep intents stand in intents.
const maxNested = 8

// maxIntents bounds how many intents stand in one: each is judged by every rule.
const maxIntents = 256

// nested reads the intent of another Safe: a mapping, or the name of a file.
func (h header) nested(n *at) (in *Intent, file string, err *Error) {
	env := h.env
	if env.depth++; env.depth > maxNested {
		return nil, "", n.fail(ErrLimit, "nobody can review this", "intents inside intents, more than %d deep", maxNested)
	}
	if h.all.used.intents++; h.all.used.intents > maxIntents {
		return nil, "", n.fail(ErrLimit, "nobody can review this; split the batch", "more than %d intents inside intents", maxIntents)
	}
	if n.IsMapping() {
		in, err = n.intent(env, h.all)
	} else {
		var raw []byte
		if file, raw, err = h.include(n); err != nil {
			return nil, file, err
		}
		env.dir = path.Join(h.env.dir, path.Dir(file))
		child, bad := parse(raw, env, h.all)
		if bad != nil {
			return nil, file, n.fail(bad.Kind, bad.Hint, "in %s: %s", report.Quote(file), bad.Error())
		}
		in = child
	}
	switch {
	case err != nil:
		return nil, file, err
	case !in.Chain.Eq(h.Chain):
		return nil, file, n.fail(ErrValue, "a transaction acts on one chain", "the intent inside is for chain %s, this one for %s", in.Chain.Dec(), h.Chain.Dec())
	case in.Safe == h.Safe:
		return nil, file, n.fail(ErrValue, "name the other safe", "the intent inside is for the same safe")
	}
	return in, file, nil
}

// transaction encodes a nested intent.
func (h header) transaction(n *at, in *Intent, v safe.Version, why string) (*safe.Tx, *Error) {
	library := common.Address{}
	if why == "" {
		library = h.env.Default(h.Chain, in.Safe, v)
	}
	tx, bad := in.Tx(library)
	if bad != nil {
		return nil, n.fail(ErrValue, "name the library with the key multisend in the intent inside, or give the safe's version", "the intent inside cannot be encoded: %s", bad.Error())
	}
	return tx, nil
}
