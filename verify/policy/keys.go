package policy

import "github.com/coldsign/coldsign/verify/plainyaml"

// keys are the keys of one kind of mapping.
type keys struct{ required, optional []string }

// The keys of the format. The schema for editors is compared with them.
var (
	topKeys        = keys{[]string{"coldsign", "version", "treasury", "chains"}, []string{"journal", "require", "keys", "approvers", "lists", "inexact", "descriptors"}}
	chainKeys      = keys{nil, []string{"names", "groups", "safes", "tokens", "allow", "deny", "delegatecall", "limits", "tiers", "abis"}}
	safeKeys       = keys{[]string{"address", "version"}, []string{"owners", "threshold", "modules", "guard", "module-guard", "fallback-handler", "multisend", "owner-of"}}
	tokenKeys      = keys{[]string{"address"}, []string{"decimals", "standard"}}
	allowKeys      = keys{[]string{"to", "function"}, []string{"args", "value", "safes"}}
	denyKeys       = keys{[]string{"to", "function"}, []string{"safes"}}
	partyKeys      = keys{[]string{"party"}, nil}
	constraintKeys = keys{nil, []string{"equal", "in", "max"}}
	valueKeys      = keys{nil, []string{"equal", "max"}}
	delegateKeys   = keys{[]string{"to", "code-hash", "functions"}, nil}
	limitKeys      = keys{[]string{"asset"}, []string{"per-transaction", "per", "safes"}}
	assetKeys      = keys{[]string{"address", "decimals"}, nil}
	windowKeys     = keys{[]string{"days", "amount"}, nil}
	tierKeys       = keys{[]string{"above", "require"}, []string{"safes"}}
	tierNeedKeys   = keys{nil, []string{"min-signatures", "snapshot", "simulation", "approvers", "confirm"}}
	requireKeys    = keys{nil, []string{"intent", "intent-authors", "min-signatures", "journal", "snapshot", "simulation", "approvers"}}
	abiKeys        = keys{[]string{"address", "file", "sha256"}, nil}
	listKeys       = keys{[]string{"file", "sha256"}, nil}
)

func (k keys) of(n *plainyaml.Node) (plainyaml.Fields, *plainyaml.Error) {
	return n.Fields(k.required, k.optional)
}

// one reads a mapping with exactly one of the optional keys.
func (k keys) one(n *plainyaml.Node) (key string, value *plainyaml.Node, err *plainyaml.Error) {
	f, err := k.of(n)
	if err != nil {
		return "", nil, err
	}
	if len(f) != 1 {
		return "", nil, n.Fail(plainyaml.ErrKey, "write exactly one of "+listed(k.optional), "%d keys stand where one is due", len(f))
	}
	for key, value = range f {
	}
	return key, value, nil
}
