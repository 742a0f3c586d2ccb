package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/sshsig"
)

const keyType = "ssh-ed25519"

func (p *Policy) readKeys(n *node) *Error {
	entries, err := n.Entries()
	if err != nil {
		return err
	}
	if len(entries) > maxKeys {
		return n.Fail(plainyaml.ErrLimit, "", "%d keys, more than %d", len(entries), maxKeys)
	}
	p.Keys = make(map[string]sshsig.Key, len(entries))
	names := crowdOf()
	names.people = true // a name here leads to no address that could be paid
	for _, e := range entries {
		if err := names.take(e.Key, e.Name); err != nil {
			return err
		}
		text, err := e.Value.Words()
		if err != nil {
			return err
		}
		k, bad := sshsig.ParseKey(text)
		if bad == nil && (k.String() != text || !strings.HasPrefix(text, keyType+" ")) {
			bad = fmt.Errorf("the key is not exactly %s and base64", keyType)
		}
		if bad != nil {
			return e.Value.Fail(plainyaml.ErrValue, "write ssh-ed25519, one space and the base64 text of the .pub file, without the comment", "%v", bad)
		}
		for _, name := range slices.Sorted(maps.Keys(p.Keys)) {
			if p.Keys[name] == k {
				return e.Value.Fail(plainyaml.ErrValue, "one person must not count twice", "the keys %s and %s are the same", name, e.Key)
			}
		}
		p.Keys[e.Key] = k
	}
	return nil
}
