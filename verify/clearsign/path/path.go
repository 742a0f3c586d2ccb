// Package path reads the paths of ERC-7730 (section "Path references"): a root
// and steps, in the dot notation that the standard leaves of JSONPath.
//
//	#.params.path.[0].to    decoded arguments or message
//	$.metadata.constants.x  the descriptor after its includes
//	@.value                 the container: from, to, value, chainId
//	params.path.[-20:]      relative to the enclosing group, or to "#"
//
// Steps are names, ".[i]" (negative from the end), ".[]" and ".[a:b]" with either
// bound left out; there is no step width. A name is [A-Za-z_$][A-Za-z0-9_$]*, and
// under "$" any run of letters, digits, "_", "$" and "-". Refused is everything
// else: brackets without a dot, empty steps, spaces, signs other than "-", leading
// zeros, "-0", an unknown value of the container.
//
// The text is untrusted. A path has at most 512 bytes and 32 steps.
package path

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// ErrPath is the kind of every error of Parse.
var ErrPath = errors.New("no path of ERC-7730")

const (
	maxBytes = 512
	maxSteps = 32
	maxIndex = 1 << 20
)

// Root says where a path begins; the zero value is no path.
type Root uint8

// The roots.
const (
	Invalid    Root = iota
	Relative        // no root: the enclosing group
	Data            // "#"
	Descriptor      // "$"
	Container       // "@"
)

// Kind is the kind of a step; the zero value is none.
type Kind uint8

// The kinds.
const (
	None  Kind = iota
	Name       // a member
	Index      // one element
	All        // every element
	Slice      // the elements or bytes from From to To
)

// Step is one selector.
type Step struct {
	Kind     Kind
	Name     string
	Index    int // Index; negative counts from the end
	From, To int // Slice; negative counts from the end
	HasFrom  bool
	HasTo    bool
}

// Path is a parsed path. It is immutable.
type Path struct {
	Root  Root
	Steps []Step
}

// Parse reads a path. Its errors are ErrPath.
func Parse(text string) (Path, error) {
	if len(text) > maxBytes {
		return Path{}, fmt.Errorf("%w: %d bytes long, at most %d are read", ErrPath, len(text), maxBytes)
	}
	p := Path{Root: Relative}
	rest := text
	if text != "" {
		switch text[0] {
		case '#':
			p.Root = Data
		case '$':
			p.Root = Descriptor
		case '@':
			p.Root = Container
		}
	}
	if p.Root != Relative {
		var ok bool
		if rest, ok = strings.CutPrefix(text[1:], "."); !ok {
			return Path{}, fail(text, "a root is followed by a dot")
		}
	}
	for _, part := range strings.Split(rest, ".") {
		if len(p.Steps) == maxSteps {
			return Path{}, fail(text, fmt.Sprintf("more than %d steps", maxSteps))
		}
		step, why := parseStep(part, p.Root)
		if why != "" {
			return Path{}, fail(text, why)
		}
		p.Steps = append(p.Steps, step)
	}
	if p.Root == Container && !p.containerValue() {
		return Path{}, fail(text, "the container has from, to, value and chainId")
	}
	return p, nil
}

func fail(text, why string) error {
	return fmt.Errorf("%w: %s: %s", ErrPath, report.Quote(text), why)
}

func (p Path) containerValue() bool {
	if len(p.Steps) == 0 || p.Steps[0].Kind != Name {
		return false
	}
	switch p.Steps[0].Name {
	case "from", "to", "value", "chainId":
		return true
	}
	return false
}

func parseStep(part string, root Root) (Step, string) {
	if part == "" {
		return Step{}, "an empty step"
	}
	if part[0] != '[' {
		if !isName(part, root == Descriptor) {
			return Step{}, "a step is a name, or brackets after a dot"
		}
		return Step{Kind: Name, Name: part}, ""
	}
	inner, ok := strings.CutSuffix(part[1:], "]")
	if !ok {
		return Step{}, "brackets that do not close"
	}
	if inner == "" {
		return Step{Kind: All}, ""
	}
	from, to, isSlice := strings.Cut(inner, ":")
	if !isSlice {
		n, ok := number(inner)
		if !ok {
			return Step{}, "an index is a whole number without leading zeros"
		}
		return Step{Kind: Index, Index: n}, ""
	}
	s := Step{Kind: Slice, HasFrom: from != "", HasTo: to != ""}
	okFrom, okTo := true, true
	if s.HasFrom {
		s.From, okFrom = number(from)
	}
	if s.HasTo {
		s.To, okTo = number(to)
	}
	if !okFrom || !okTo {
		return Step{}, "the bounds of a slice are whole numbers without leading zeros"
	}
	return s, ""
}

// number reads a decimal of at most maxIndex, with "-" if negative.
func number(s string) (int, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if digits == "" || len(digits) > 7 || strings.Trim(digits, "0123456789") != "" || digits[0] == '0' && (len(digits) > 1 || negative) {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > maxIndex {
		return 0, false
	}
	if negative {
		n = -n
	}
	return n, true
}

func isName(s string, key bool) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
		digit := '0' <= c && c <= '9'
		if !letter && !(digit && (i > 0 || key)) && !(c == '-' && key) {
			return false
		}
	}
	return true
}

// Under returns the path as seen from the root, where prefix is that of the
// enclosing group (Relative paths are appended to it). False means that the
// result has too many steps, or that prefix is not under "#".
func (p Path) Under(prefix Path) (Path, bool) {
	if p.Root != Relative {
		return p, true
	}
	if prefix.Root != Data || len(prefix.Steps)+len(p.Steps) > maxSteps {
		return Path{}, false
	}
	steps := make([]Step, 0, len(prefix.Steps)+len(p.Steps))
	return Path{Root: Data, Steps: append(append(steps, prefix.Steps...), p.Steps...)}, true
}

// String writes the path back in its one spelling.
func (p Path) String() string {
	var b strings.Builder
	switch p.Root {
	case Data:
		b.WriteByte('#')
	case Descriptor:
		b.WriteByte('$')
	case Container:
		b.WriteByte('@')
	}
	for _, s := range p.Steps {
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.String())
	}
	return b.String()
}

// String writes a step without its dot.
func (s Step) String() string {
	switch s.Kind {
	case Name:
		return s.Name
	case Index:
		return "[" + strconv.Itoa(s.Index) + "]"
	case All:
		return "[]"
	case Slice:
		return "[" + bound(s.From, s.HasFrom) + ":" + bound(s.To, s.HasTo) + "]"
	}
	return ""
}

func bound(n int, there bool) string {
	if !there {
		return ""
	}
	return strconv.Itoa(n)
}

// Bounds returns the half-open range that a Slice or All selects of n elements.
// False means that it reaches outside, or that it ends before it begins:
// nothing is clamped, because a shorter piece is another value.
func (s Step) Bounds(n int) (from, to int, ok bool) {
	from, to = 0, n
	if s.HasFrom {
		from = fromEnd(s.From, n)
	}
	if s.HasTo {
		to = fromEnd(s.To, n)
	}
	return from, to, 0 <= from && from <= to && to <= n
}

// At returns the element that an Index selects of n, or false.
func (s Step) At(n int) (int, bool) {
	i := fromEnd(s.Index, n)
	return i, 0 <= i && i < n
}

func fromEnd(i, n int) int {
	if i < 0 {
		return n + i
	}
	return i
}
