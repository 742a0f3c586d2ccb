package strict

import (
	"strings"
	"sync"
)

// maxCache bounds the declarations kept, in bytes of their text. A parsed
// declaration takes up to some 70 times its text.
const maxCache = 256 << 10

// cacheEntry is what an entry costs beside its text, so that many short texts
// are bounded too.
const cacheEntry = 64

// declarations holds the declarations parsed so far: a batch asks for the same
// few thousands of times.
var declarations = declarationCache{}

// declarationCache maps a text to its declaration, nil if it is outside the
// grammar. It is safe for concurrent use.
type declarationCache struct {
	mu    sync.RWMutex
	known map[string]*declaration
	bytes int
}

// get returns the declaration of a text, or nil. A full cache starts again from
// nothing: slower, never different.
func (c *declarationCache) get(text string) *declaration {
	if len(text) > maxDeclaration {
		return nil
	}
	c.mu.RLock()
	decl, ok := c.known[text]
	c.mu.RUnlock()
	if ok {
		return decl
	}
	text = strings.Clone(text)
	decl = parseDeclaration(text)
	c.put(text, decl)
	return decl
}

func (c *declarationCache) put(text string, decl *declaration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cost := len(text) + cacheEntry
	if c.known == nil || c.bytes+cost > maxCache {
		c.known, c.bytes = map[string]*declaration{}, 0
	}
	if _, ok := c.known[text]; ok {
		return
	}
	c.known[text] = decl
	c.bytes += cost
}
