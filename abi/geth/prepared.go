package geth

import (
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// prepared is a declaration made ready for reading.
type prepared struct {
	signature string // types only
	fields    []field
	shape     shape // what calls it carries, if it is a container

	once sync.Once
	args abi.Arguments
	err  error
}

// newPrepared returns nil for a text outside the grammar.
func newPrepared(text string) *prepared {
	name, fields, ok := parseDeclaration(text)
	if !ok {
		return nil
	}
	p := &prepared{signature: name + typesOf(fields), fields: fields}
	p.shape = shapes[p.signature]
	return p
}

// read returns the arguments as the library gives them and the length of their
// canonical encoding, if the data begins with it. The library's types are made
// at the first use and behind the guard: they cost much more than a reading, and
// for absurd sizes they cannot be made at all.
func (p *prepared) read(data []byte) (values []any, size int, ok bool) {
	words, ok := guarded(p.fields, data)
	if !ok {
		return nil, 0, false
	}
	p.once.Do(func() { p.args, p.err = prepare(p.fields) })
	if p.err != nil {
		return nil, 0, false
	}
	values, size, ok = roundTrip(p.args, data)
	// Guard and library follow the same offsets. If they ever count differently,
	// one of them has read what the other has not.
	if !ok || size != words*wordSize {
		return nil, 0, false
	}
	return values, size, true
}

// maxCached bounds the declarations kept, as bytes of their texts: what is made
// of a text is at most some fifty times as large.
const maxCached = 256 << 10

// cache keeps declarations by their text, and remembers with nil those outside
// the grammar. When it is full it starts again from nothing: which texts are
// asked for may be an attacker's choice, so no policy of keeping is worth more.
type cache struct {
	mu      sync.RWMutex
	entries map[string]*prepared
	bytes   int
}

var declarations cache

// get returns the prepared declaration of a text, or nil.
func (c *cache) get(text string) *prepared {
	if len(text) > maxDeclaration {
		return nil
	}
	c.mu.RLock()
	p, known := c.entries[text]
	c.mu.RUnlock()
	if known {
		return p
	}
	text = strings.Clone(text) // it may be a piece of a whole file
	p = newPrepared(text)
	c.put(text, p)
	return p
}

func (c *cache) put(text string, p *prepared) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.entries[text]; known {
		return
	}
	if c.entries == nil || c.bytes+len(text) > maxCached {
		c.entries, c.bytes = make(map[string]*prepared), 0
	}
	c.entries[text] = p
	c.bytes += len(text)
}
