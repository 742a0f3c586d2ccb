package strictjson

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// Parse reads exactly one JSON document. The values share one copy of data, so
// the caller may reuse it. The error is always an *Error.
func Parse(data []byte, lim Limits) (*Value, error) {
	p := parser{data: data, lim: lim.orDefault()}
	if len(data) > p.lim.Bytes {
		return nil, p.fail(CodeLimit, 0, fmt.Sprintf("the document is %d bytes long, the limit is %d", len(data), p.lim.Bytes))
	}
	if !utf8.Valid(data) {
		at := invalidAt(data)
		return nil, p.fail(CodeUTF8, at, fmt.Sprintf("byte 0x%02x at offset %d is not UTF-8", data[at], at))
	}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		return nil, p.fail(CodeTrailing, 0, "the document begins with a byte order mark, which readers treat differently")
	}
	p.s = string(data)
	p.stacks = pool.Get().(*stacks)
	defer p.release()
	return p.document()
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data) - 1
}

// frame is one open list or object. Its finished parts lie on the parser's
// stacks from base on; they are moved to their own slice when it closes.
type frame struct {
	object  bool
	offset  int
	base    int
	key     string // object: the key whose value is being read
	keyAt   int
	escaped int // object: offset + 1 of the first key written with escapes
}

// stacks hold the parts of what is open. They are reused, because clearing
// them anew costs more than reading a short document.
type stacks struct {
	frames  []frame
	items   []Value
	members []Member
}

var pool = sync.Pool{New: func() any {
	return &stacks{frames: make([]frame, 0, 16), items: make([]Value, 0, 16), members: make([]Member, 0, 64)}
}}

// release forgets every text before the stacks go back; large ones do not.
func (p *parser) release() {
	st := p.stacks
	if cap(st.items) > 128 || cap(st.members) > 128 || cap(st.frames) > 128 {
		return
	}
	clear(st.frames[:p.deepest])
	clear(st.items[:cap(st.items)])
	clear(st.members[:cap(st.members)])
	st.frames, st.items, st.members = st.frames[:0], st.items[:0], st.members[:0]
	pool.Put(st)
}

// parser keeps its own stack, so that nesting costs no Go stack.
type parser struct {
	data  []byte
	s     string // one copy of data, which all texts share
	pos   int
	lim   Limits
	count int

	*stacks
	deepest int

	itemArena   []Value
	memberArena []Member
}

func (p *parser) document() (*Value, error) {
	for {
		v, open, err := p.value()
		if err != nil {
			return nil, err
		}
		for !open {
			if len(p.frames) == 0 {
				if err := p.end(); err != nil {
					return nil, err
				}
				root := v
				return &root, nil
			}
			p.attach(&v)
			closed, err := p.next()
			if err != nil {
				return nil, err
			}
			if !closed {
				break
			}
			if v, err = p.close(); err != nil {
				return nil, err
			}
		}
	}
}

// end makes sure that nothing but white space follows the document.
func (p *parser) end() error {
	p.space()
	if p.pos == len(p.s) {
		return nil
	}
	rest := p.s[p.pos:]
	if strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") {
		return p.failHere(CodeTrailing, "a comment follows the document; JSON has none")
	}
	return p.failHere(CodeTrailing, fmt.Sprintf("%d bytes follow the document; some readers would take them, others not", len(rest)))
}

// value reads one value, or opens a list or an object (open is true, and the
// next call reads what is inside).
func (p *parser) value() (v Value, open bool, err error) {
	p.space()
	if p.pos == len(p.s) {
		return v, false, p.failHere(CodeSyntax, "the document ends where a value is due")
	}
	if p.count++; p.count > p.lim.Items {
		return v, false, p.failHere(CodeLimit, fmt.Sprintf("the document has more than %d values", p.lim.Items))
	}
	v.Offset = p.pos
	switch c := p.s[p.pos]; {
	case c == '"':
		v.Kind = String
		v.Text, _, err = p.text()
		return v, false, err
	case c == '{':
		return p.openObject()
	case c == '[':
		return p.openList()
	case c == '-' || '0' <= c && c <= '9':
		v.Kind = Number
		v.Text, err = p.number()
		return v, false, err
	}
	return p.word(v)
}

// word reads null, true or false, and names what looks like JSON but is not.
func (p *parser) word(v Value) (Value, bool, error) {
	rest := p.s[p.pos:]
	switch {
	case strings.HasPrefix(rest, "null"):
		v.Kind = Null
		p.pos += 4
	case strings.HasPrefix(rest, "true"):
		v.Kind, v.Bool = Bool, true
		p.pos += 4
	case strings.HasPrefix(rest, "false"):
		v.Kind = Bool
		p.pos += 5
	default:
		return v, false, p.unexpected("a value")
	}
	return v, false, nil
}

func (p *parser) push(object bool, base int) error {
	if len(p.frames) >= p.lim.Depth {
		return p.failHere(CodeLimit, fmt.Sprintf("lists and objects nest deeper than %d", p.lim.Depth))
	}
	p.frames = append(p.frames, frame{object: object, offset: p.pos, base: base})
	p.deepest = max(p.deepest, len(p.frames))
	p.pos++
	return nil
}

func (p *parser) openList() (Value, bool, error) {
	if err := p.push(false, len(p.items)); err != nil {
		return Value{}, false, err
	}
	p.space()
	if p.pos < len(p.s) && p.s[p.pos] == ']' {
		p.pos++
		v, err := p.close()
		return v, false, err
	}
	return Value{}, true, nil
}

func (p *parser) openObject() (Value, bool, error) {
	if err := p.push(true, len(p.members)); err != nil {
		return Value{}, false, err
	}
	p.space()
	if p.pos < len(p.s) && p.s[p.pos] == '}' {
		p.pos++
		v, err := p.close()
		return v, false, err
	}
	return Value{}, true, p.key()
}

// key reads a key and its colon into the top frame.
func (p *parser) key() error {
	p.space()
	if p.pos == len(p.s) || p.s[p.pos] != '"' {
		return p.unexpected("a key in double quotes")
	}
	f := &p.frames[len(p.frames)-1]
	f.keyAt = p.pos
	key, escaped, err := p.text()
	if err != nil {
		return err
	}
	if err := p.checkKey(key, f.keyAt); err != nil {
		return err
	}
	f.key = key
	if escaped && f.escaped == 0 {
		f.escaped = f.keyAt + 1
	}
	p.space()
	if p.pos == len(p.s) || p.s[p.pos] != ':' {
		return p.unexpected("a colon after the key " + quoteKey(key))
	}
	p.pos++
	return nil
}

// next reads what follows a finished part: a comma (and in an object the next
// key), or the closing bracket.
func (p *parser) next() (closed bool, err error) {
	f := &p.frames[len(p.frames)-1]
	end, what := byte(']'), "a comma or a closing square bracket"
	if f.object {
		end, what = '}', "a comma or a closing brace"
	}
	p.space()
	if p.pos == len(p.s) {
		return false, p.unexpected(what)
	}
	switch p.s[p.pos] {
	case end:
		p.pos++
		return true, nil
	case ',':
		p.pos++
	default:
		return false, p.unexpected(what)
	}
	if f.object {
		return false, p.key()
	}
	return false, nil
}

// attach puts a finished value into the list or object on top.
func (p *parser) attach(v *Value) {
	f := &p.frames[len(p.frames)-1]
	if f.object {
		p.members = append(p.members, Member{Key: f.key, Offset: f.keyAt, Value: *v})
		return
	}
	p.items = append(p.items, *v)
}

// close moves the parts of the top frame out of the stack.
func (p *parser) close() (Value, error) {
	f := p.frames[len(p.frames)-1]
	v := Value{Offset: f.offset}
	if !f.object {
		v.Kind = Array
		v.Items = carve(&p.itemArena, p.items[f.base:])
		p.items = p.items[:f.base]
		p.frames = p.frames[:len(p.frames)-1]
		return v, nil
	}
	v.Kind = Object
	if err := p.checkKeys(p.members[f.base:], f.escaped); err != nil {
		return v, err
	}
	v.Members = carve(&p.memberArena, p.members[f.base:])
	p.members = p.members[:f.base]
	p.frames = p.frames[:len(p.frames)-1]
	return v, nil
}

// carve copies parts into the arena and returns them with no spare capacity, so
// that nobody can append into a neighbour.
func carve[T any](arena *[]T, parts []T) []T {
	n := len(parts)
	if n == 0 {
		return nil
	}
	if cap(*arena)-len(*arena) < n {
		*arena = make([]T, 0, max(n, min(2*cap(*arena), 1024), 8))
	}
	at := len(*arena)
	*arena = append(*arena, parts...)
	return (*arena)[at : at+n : at+n]
}

func (p *parser) space() {
	for p.pos < len(p.s) {
		switch p.s[p.pos] {
		case ' ', '\n', '\t', '\r':
			p.pos++
		default:
			return
		}
	}
}

// unexpected names what stands where something else is due. Comments, NaN and
// Infinity are told apart, because tolerant readers accept them.
func (p *parser) unexpected(due string) error {
	if p.pos == len(p.s) {
		return p.failHere(CodeSyntax, "the document ends where "+due+" is due")
	}
	rest := p.s[p.pos:]
	for _, w := range [...]string{"//", "/*"} {
		if strings.HasPrefix(rest, w) {
			return p.failHere(CodeTrailing, "a comment stands where "+due+" is due; JSON has none")
		}
	}
	for _, w := range [...]string{"NaN", "Infinity", "-Infinity"} {
		if strings.HasPrefix(rest, w) {
			return p.failHere(CodeTrailing, w+" is no JSON value, and readers disagree about it")
		}
	}
	if c := rest[0]; c == '}' || c == ']' {
		return p.failHere(CodeSyntax, fmt.Sprintf("%q stands where %s is due (a comma too many, or a bracket of the wrong kind)", c, due))
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return p.failHere(CodeSyntax, fmt.Sprintf("%+q stands where %s is due", r, due))
}

func (p *parser) failHere(code, msg string) error { return p.fail(code, p.pos, msg) }

func (p *parser) fail(code string, at int, msg string) *Error {
	line, column := Position(p.data, at)
	return &Error{Code: code, Path: p.path(), Offset: at, Line: line, Column: column, Msg: msg}
}

func (p *parser) path() string {
	path := ""
	if p.stacks == nil {
		return ""
	}
	for i, f := range p.frames {
		if f.object {
			if f.key != "" {
				path = JoinKey(path, f.key)
			}
			continue
		}
		end := len(p.items)
		for _, g := range p.frames[i+1:] {
			if !g.object {
				end = g.base
				break
			}
		}
		path = JoinIndex(path, end-f.base)
	}
	return path
}
