package path

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func name(s string) Step { return Step{Kind: Name, Name: s} }

func TestParse(t *testing.T) {
	all, first, last := Step{Kind: All}, Step{Kind: Index}, Step{Kind: Index, Index: -1}
	for text, want := range map[string]Path{
		"a":                    {Relative, []Step{name("a")}},
		"#.a.b":                {Data, []Step{name("a"), name("b")}},
		"a.[0].b.[-1].to":      {Relative, []Step{name("a"), first, name("b"), last, name("to")}},
		"#.details.[]":         {Data, []Step{name("details"), all}},
		"[].amount":            {Relative, []Step{all, name("amount")}},
		"p.[0:20]":             {Relative, []Step{name("p"), {Kind: Slice, To: 20, HasFrom: true, HasTo: true}}},
		"p.[:20]":              {Relative, []Step{name("p"), {Kind: Slice, To: 20, HasTo: true}}},
		"p.[-20:]":             {Relative, []Step{name("p"), {Kind: Slice, From: -20, HasFrom: true}}},
		"p.[:]":                {Relative, []Step{name("p"), {Kind: Slice}}},
		"@.value":              {Container, []Step{name("value")}},
		"$.metadata.enums.x-1": {Descriptor, []Step{name("metadata"), name("enums"), name("x-1")}},
		"$.metadata.maps.1":    {Descriptor, []Step{name("metadata"), name("maps"), name("1")}},
		"_a.$b":                {Relative, []Step{name("_a"), name("$b")}},
	} {
		got, err := Parse(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, want)
		}
		if err == nil && got.String() != text {
			t.Errorf("Parse(%q) writes %q", text, got.String())
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", ".", "a.", ".a", "a..b", "#", "#a", "#.", "@", "@.", "@.gas", "@.[0]", "$", "$.", "a[0]", "a.[0", "a.0]", "a.[ 0]", "a.[0 ]",
		"a.[01]", "a.[-0]", "a.[+1]", "a.[1:2:3]", "a.[1:2:]", "a.[x]", "a.[--1]", "a.[]]", "a.[[]", "a b", " a", "a ", "1a", "a-b", "a.*",
		"a.['b']", "ä", "a\x00", "a.[1048577]", "a.[99999999999999999999]", "##.a", "#.#.a", strings.Repeat("a", 513), strings.Repeat("a.", 32) + "a",
	} {
		if p, err := Parse(text); !errors.Is(err, ErrPath) {
			t.Errorf("Parse(%q) = %+v, %v, want ErrPath", text, p, err)
		}
	}
	if _, err := Parse(strings.Repeat("a.", 31) + "a"); err != nil {
		t.Errorf("32 steps: %v", err)
	}
}

func TestUnder(t *testing.T) {
	parse := func(s string) Path {
		p, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct{ path, prefix, want string }{
		{"a", "#.b.[]", "#.b.[].a"}, {"#.a", "#.b", "#.a"}, {"@.to", "#.b", "@.to"}, {"$.x", "#.b", "$.x"}, {"[]", "#.b", "#.b.[]"},
	} {
		got, ok := parse(c.path).Under(parse(c.prefix))
		if !ok || got.String() != c.want {
			t.Errorf("%s under %s is %q, %v, want %s", c.path, c.prefix, got, ok, c.want)
		}
	}
	if got, ok := parse("a").Under(parse("@.to")); ok {
		t.Errorf("a under @.to is %q", got)
	}
	if got, ok := parse(strings.Repeat("a.", 20) + "a").Under(parse("#." + strings.Repeat("a.", 20) + "a")); ok {
		t.Errorf("42 steps are %q", got)
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		text     string
		n        int
		from, to int
		ok       bool
	}{
		{"[]", 3, 0, 3, true}, {"[]", 0, 0, 0, true}, {"[:]", 2, 0, 2, true},
		{"[1:3]", 3, 1, 3, true}, {"[1:3]", 2, 1, 3, false}, {"[:2]", 1, 0, 2, false},
		{"[-2:]", 5, 3, 5, true}, {"[-2:]", 1, -1, 1, false}, {"[-2:-1]", 5, 3, 4, true},
		{"[3:1]", 5, 3, 1, false}, {"[5:]", 5, 5, 5, true}, {"[6:]", 5, 6, 5, false}, {"[2:2]", 5, 2, 2, true},
	} {
		p, err := Parse("x." + c.text)
		if err != nil {
			t.Fatal(err)
		}
		from, to, ok := p.Steps[1].Bounds(c.n)
		if from != c.from || to != c.to || ok != c.ok {
			t.Errorf("%s of %d: %d, %d, %v, want %d, %d, %v", c.text, c.n, from, to, ok, c.from, c.to, c.ok)
		}
	}
	for _, c := range []struct{ i, n, at int }{{0, 1, 0}, {-1, 3, 2}, {-3, 3, 0}, {2, 3, 2}, {3, 3, -1}, {-4, 3, -1}, {0, 0, -1}} {
		at, ok := Step{Kind: Index, Index: c.i}.At(c.n)
		if ok != (c.at >= 0) || ok && at != c.at {
			t.Errorf("[%d] of %d: %d, %v, want %d", c.i, c.n, at, ok, c.at)
		}
	}
}

// FuzzParse: what is read is written back as it was, so that no two texts are one
// path and a template cannot name a field in a second way.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"#.a.[0].b.[-20:]", "@.value", "$.metadata.constants.x", "[].a", "a.[1:2]"} {
		f.Add(s, 7)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		p, err := Parse(text)
		if err != nil {
			if !errors.Is(err, ErrPath) || len(err.Error()) > 1024 {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if p.String() != text {
			t.Fatalf("%q is written %q", text, p.String())
		}
		n &= 0xffff
		for _, s := range p.Steps {
			if from, to, ok := s.Bounds(n); ok && (from < 0 || from > to || to > n) {
				t.Fatalf("%s of %d selects %d to %d", s, n, from, to)
			}
			if at, ok := s.At(n); ok && (at < 0 || at >= n) {
				t.Fatalf("%s of %d is %d", s, n, at)
			}
		}
	})
}
