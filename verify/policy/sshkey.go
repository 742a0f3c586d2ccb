package policy

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/plainyaml"
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
	p.Keys = make(map[string]ed25519.PublicKey, len(entries))
	names := crowdOf()
	for _, e := range entries {
		if err := names.take(e.Key, e.Name); err != nil {
			return err
		}
		text, err := e.Value.Words()
		if err != nil {
			return err
		}
		k, why := parseKey(text)
		if why != "" {
			return e.Value.Fail(plainyaml.ErrValue, "write ssh-ed25519, one space and the base64 text of the .pub file, without the comment", "the key %s", why)
		}
		for _, name := range slices.Sorted(maps.Keys(p.Keys)) {
			if p.Keys[name].Equal(k) {
				return e.Value.Fail(plainyaml.ErrValue, "one person must not count twice", "the keys %s and %s are the same", name, e.Key)
			}
		}
		p.Keys[e.Key] = k
	}
	return nil
}

// parseKey reads a public key in the form of OpenSSH: the type, a space and the
// base64 of two strings (RFC 4251, section 5; RFC 8709, section 4), the type again
// and 32 bytes.
func parseKey(s string) (ed25519.PublicKey, string) {
	text, ok := strings.CutPrefix(s, keyType+" ")
	if !ok {
		return nil, "is not of the type " + keyType
	}
	wire, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(wire) != text {
		return nil, "is not written in base64"
	}
	name, rest, ok1 := wireString(wire)
	key, rest, ok2 := wireString(rest)
	switch {
	case !ok1 || !ok2 || len(rest) > 0:
		return nil, "does not hold exactly a type and a key"
	case string(name) != keyType:
		return nil, "says another type inside than " + keyType
	case len(key) != ed25519.PublicKeySize:
		return nil, fmt.Sprintf("has %d bytes, not %d", len(key), ed25519.PublicKeySize)
	case smallOrder(key):
		return nil, "is of small order: anybody can sign under it"
	}
	return ed25519.PublicKey(key), ""
}

func wireString(b []byte) (s, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	n := binary.BigEndian.Uint32(b)
	if uint64(n) > uint64(len(b)-4) {
		return nil, nil, false
	}
	return b[4 : 4+n], b[4+n:], true
}

// smallOrderY are the encodings of y, little-endian without the sign of x, of the
// points whose order divides 8: 0, 1, -1 and the two of order 8 (RFC 8032, section
// 5.1), and 0 and 1 once more as they are above the prime, which readers accept.
var smallOrderY = []string{
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

func smallOrder(key []byte) bool {
	y := slices.Clone(key)
	y[len(y)-1] &= 0x7f
	return slices.Contains(smallOrderY, hex.EncodeToString(y))
}
