package strictjson

import (
	"fmt"
	"strings"
)

// checkKey refuses what no key of any known format holds.
func (p *parser) checkKey(key string, at int) error {
	for i := 0; i < len(key); i++ {
		if c := key[i]; c < 0x20 || c == 0x7f {
			return p.fail(CodeControl, at, fmt.Sprintf("the key %s holds the control character 0x%02x", quoteKey(key), c))
		}
		if key[i] >= 0x80 {
			return p.nonASCIIKey(key, at)
		}
	}
	return nil
}

func (p *parser) nonASCIIKey(key string, at int) error {
	msg := fmt.Sprintf("the key %s holds characters outside ASCII", quoteKey(key))
	folded := Skeleton(key)
	if folded != "" {
		msg += fmt.Sprintf(" and looks like or folds to %s", quoteKey(folded))
	}
	err := p.fail(CodeNonASCIIKey, at, msg)
	err.Folded = folded
	return err
}

// Objects up to this size are checked with a small filter and a scan, larger
// ones with a map, whose hash an attacker cannot aim at.
const scanKeys = 64

// checkKeys refuses an object with two keys that are equal or differ by case
// only, and one with a key written in escapes: an honest writer has no reason,
// and whoever searches the file for "operation" does not find it.
func (p *parser) checkKeys(m []Member, escaped int) error {
	top := &p.frames[len(p.frames)-1]
	if i, j := collision(m); j > 0 {
		top.key = m[j].Key
		return p.keyCollision(m[i].Key, m[j].Key, m[j].Offset)
	}
	if escaped > 0 {
		for i := range m {
			if m[i].Offset == escaped-1 {
				top.key = m[i].Key
			}
		}
		return p.fail(CodeKeyResembles, escaped-1, "a key is written with escape sequences, which hides its name from people who search the file")
	}
	return nil
}

func (p *parser) keyCollision(first, second string, at int) error {
	if first == second {
		return p.fail(CodeDuplicate, at, fmt.Sprintf("the key %s occurs twice in one object; readers take the first or the last", quoteKey(second)))
	}
	return p.fail(CodeKeyResembles, at, fmt.Sprintf("the keys %s and %s of one object differ by case only; some readers take one for the other", quoteKey(first), quoteKey(second)))
}

// collision returns the indices of two colliding keys, or j = 0.
func collision(m []Member) (i, j int) {
	if len(m) > scanKeys {
		return collisionMap(m)
	}
	var filter [4]uint64
	for j := range m {
		h := shape(m[j].Key)
		bit := uint64(1) << (h & 63)
		word := &filter[h>>6&3]
		if *word&bit != 0 {
			for i := range m[:j] {
				if equalFold(m[i].Key, m[j].Key) {
					return i, j
				}
			}
		}
		*word |= bit
	}
	return 0, 0
}

func collisionMap(m []Member) (i, j int) {
	seen := make(map[string]int, len(m))
	for j := range m {
		k := strings.ToLower(m[j].Key)
		if i, ok := seen[k]; ok {
			return i, j
		}
		seen[k] = j
	}
	return 0, 0
}

// shape is the same for keys that are equal without regard to case.
func shape(k string) uint32 {
	n := uint32(len(k))
	if n == 0 {
		return 0
	}
	h := n*31 + uint32(k[0]|0x20)
	h = h*31 + uint32(k[n/2]|0x20)
	h = h*31 + uint32(k[n-1]|0x20)
	return h ^ h>>8
}

// equalFold compares two ASCII keys without regard to case.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}
