package safe_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

func version(t testing.TB, text string) safe.Version {
	t.Helper()
	v, err := safe.ParseVersion(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// level is a Safe with the handler of its own release.
func level(t testing.TB, digit, text string) safe.Level {
	v := version(t, text)
	h := safe.CompatibilityHandler(v)
	if h == safe.HandlerUnknown {
		h = safe.HandlerCore
	}
	return safe.Level{Safe: nestedSafe(digit).Safe, Version: v, Handler: h}
}

func parentOf(t testing.TB, text string) safe.Parent {
	t.Helper()
	d := nestedSafe("1")
	d.Era = version(t, text).Era()
	h, err := parentTx().Hash(d)
	if err != nil {
		t.Fatal(err)
	}
	return safe.Parent{Safe: d.Safe, Version: version(t, text), ChainID: u(1), Hashes: h}
}

func TestThroughVectors(t *testing.T) {
	for _, tt := range []struct {
		name   string
		parent string
		levels []safe.Level
		want   []string // the SafeMessage hash of each level
	}{
		{"two levels by bytes", "1.4.1", []safe.Level{level(t, "2", "1.4.1")}, []string{"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5"}},
		{"two levels by hash", "1.5.0", []safe.Level{level(t, "2", "1.5.0")}, []string{"0xb9ae04fe08dfe34915ae89c5b76eb11b84d682891eb05d57cc950b1036ed035f"}},
		{"a new parent of an old safe", "1.5.0", []safe.Level{level(t, "2", "1.3.0")}, []string{"0xb9ae04fe08dfe34915ae89c5b76eb11b84d682891eb05d57cc950b1036ed035f"}},
		{"all 1.4.1", "1.4.1", []safe.Level{level(t, "2", "1.4.1"), level(t, "3", "1.4.1")},
			[]string{"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5", "0x7c109c87142bf0f129b80b88121bb0f2d586383c60ccbcb4d63c8ab54e8d9c60"}},
		{"all 1.4.0", "1.4.0", []safe.Level{level(t, "2", "1.4.0"), level(t, "3", "1.4.0")},
			[]string{"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5", "0x7c109c87142bf0f129b80b88121bb0f2d586383c60ccbcb4d63c8ab54e8d9c60"}},
		{"1.3.0 in the middle", "1.4.1", []safe.Level{level(t, "2", "1.3.0"), level(t, "3", "1.4.1")},
			[]string{"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5", "0x88e2d19230761a9623af6895c788fd6cc57fe49999953e21019c3f5cd1ad345b"}},
		{"all 1.5.0", "1.5.0", []safe.Level{level(t, "2", "1.5.0"), level(t, "3", "1.5.0")},
			[]string{"0xb9ae04fe08dfe34915ae89c5b76eb11b84d682891eb05d57cc950b1036ed035f", "0xba69709917c35e56ea859d67f6d020347ebde87fd2a6411610fcdde4ccf3ccba"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := safe.Through(parentOf(t, tt.parent), tt.levels)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(tt.want) {
				t.Fatalf("%d levels, want %d", len(got), len(tt.want))
			}
			for i := range got {
				if got[i].Hashes.SafeMessage != hash(tt.want[i]) || got[i].Level != tt.levels[i] {
					t.Errorf("level %d: %s of %+v, want %s of %+v", i, got[i].Hashes.SafeMessage, got[i].Level, tt.want[i], tt.levels[i])
				}
			}
		})
	}
}

// wrap names what a SafeMessage wraps: P and H are preimage and hash of the
// parent's transaction, p and h those of the message of the Safe in the middle.
func wrap(p safe.Parent, got []safe.LevelHashes, err error) string {
	if errors.Is(err, safe.ErrNestingImpossible) {
		return "-"
	}
	if err != nil {
		return err.Error()
	}
	last := got[len(got)-1].Wrapped
	pre := safe.Preimage(p.Hashes.Domain, p.Hashes.Message)
	up := got[0].Hashes
	above := safe.Preimage(up.Domain, up.Message)
	switch {
	case bytes.Equal(last, pre[:]):
		return "P"
	case bytes.Equal(last, p.Hashes.SafeTx[:]):
		return "H"
	case bytes.Equal(last, above[:]):
		return "p"
	case bytes.Equal(last, up.SafeMessage[:]):
		return "h"
	}
	return "?"
}

// TestThroughTwoLevels is the matrix that was executed with Safes that have the
// handler of their own release.
func TestThroughTwoLevels(t *testing.T) {
	children := strings.Fields("0.1.0 1.0.0 1.1.0 1.1.1 1.2.0 1.3.0 1.4.0 1.4.1 1.5.0")
	for parent, row := range map[string]string{
		"0.1.0": "P P P P P P P P -",
		"1.0.0": "- P P P P P P P -",
		"1.1.0": "- P P P P P P P -",
		"1.1.1": "- P P P P P P P -",
		"1.2.0": "- P P P P P P P -",
		"1.3.0": "- P P P P P P P -",
		"1.4.0": "- P P P P P P P -",
		"1.4.1": "- P P P P P P P -",
		"1.5.0": "- - - - - H H H H",
	} {
		for i, want := range strings.Fields(row) {
			p := parentOf(t, parent)
			got, err := safe.Through(p, []safe.Level{level(t, "2", children[i])})
			if w := wrap(p, got, err); w != want {
				t.Errorf("%s over %s: got %s, want %s", parent, children[i], w, want)
			}
		}
	}
}

func TestThroughThreeLevels(t *testing.T) {
	lowest := strings.Fields("1.1.1 1.3.0 1.4.1 1.5.0")
	for _, tt := range []struct{ parents, middles, row string }{
		{"1.1.1 1.3.0 1.4.1", "1.1.1 1.3.0", "P P P -"},
		{"1.1.1 1.3.0 1.4.1", "1.4.1", "p p p -"},
		{"1.1.1 1.3.0 1.4.1", "1.5.0", "- - - -"},
		{"1.5.0", "1.1.1", "- - - -"},
		{"1.5.0", "1.3.0", "H H H -"},
		{"1.5.0", "1.4.1", "p p p -"},
		{"1.5.0", "1.5.0", "- h h h"},
	} {
		for _, parent := range strings.Fields(tt.parents) {
			for _, middle := range strings.Fields(tt.middles) {
				for i, want := range strings.Fields(tt.row) {
					p := parentOf(t, parent)
					got, err := safe.Through(p, []safe.Level{level(t, "2", middle), level(t, "3", lowest[i])})
					if w := wrap(p, got, err); w != want {
						t.Errorf("%s over %s over %s: got %s, want %s", parent, middle, lowest[i], w, want)
					}
				}
			}
		}
	}
}

// TestThroughForeignHandlers: the handler need not be of the Safe's release.
func TestThroughForeignHandlers(t *testing.T) {
	with := func(digit, text string, h safe.Handler) safe.Level {
		l := level(t, digit, text)
		l.Handler = h
		return l
	}
	for _, tt := range []struct {
		parent string
		levels []safe.Level
		want   string
	}{
		{"1.4.1", []safe.Level{with("2", "1.5.0", safe.Handler130)}, "P"},
		{"1.4.1", []safe.Level{with("2", "1.5.0", safe.Handler141)}, "P"},
		{"1.5.0", []safe.Level{with("2", "1.4.1", safe.Handler150)}, "-"},
		{"1.5.0", []safe.Level{with("2", "1.3.0", safe.HandlerExtensible150)}, "-"},
		{"1.5.0", []safe.Level{with("2", "1.5.0", safe.HandlerExtensible150)}, "H"},
		{"1.4.1", []safe.Level{with("2", "1.5.0", safe.HandlerExtensible150)}, "-"},
		{"1.4.1", []safe.Level{with("2", "1.3.0", safe.HandlerCore)}, "-"},
		{"1.4.1", []safe.Level{with("2", "1.1.1", safe.Handler150)}, "P"}, // the core answers
		{"1.4.1", []safe.Level{with("2", "1.1.1", safe.HandlerUnknown)}, "P"},
		{"1.5.0", []safe.Level{with("2", "1.1.1", safe.Handler130)}, "H"}, // the handler asks the core
		{"1.5.0", []safe.Level{with("2", "1.2.0", safe.Handler141), with("3", "1.4.1", safe.Handler141)}, "H"},
		{"1.5.0", []safe.Level{with("2", "1.0.0", safe.Handler130)}, "-"}, // hands nothing on
		{"1.5.0", []safe.Level{with("2", "1.1.1", safe.Handler150)}, "-"},
		{"1.4.1", []safe.Level{with("2", "1.3.0", safe.Handler141), with("3", "1.4.1", safe.Handler141)}, "p"},
		{"1.4.1", []safe.Level{with("2", "1.4.1", safe.Handler130), with("3", "1.4.1", safe.Handler141)}, "-"},
		{"1.4.1", []safe.Level{with("2", "1.5.0", safe.Handler130), with("3", "1.4.1", safe.Handler130)}, "h"},
	} {
		p := parentOf(t, tt.parent)
		got, err := safe.Through(p, tt.levels)
		if w := wrap(p, got, err); w != tt.want {
			t.Errorf("%s over %+v: got %s, error %v, want %s", tt.parent, tt.levels, w, err, tt.want)
		}
	}
}

func TestThroughRefuses(t *testing.T) {
	two, three := level(t, "2", "1.4.1"), level(t, "3", "1.4.1")
	unknown := two
	unknown.Handler = safe.HandlerUnknown
	odd := two
	odd.Handler = 77
	noVersion := two
	noVersion.Version = safe.Version{}
	future := two
	future.Version = safe.Version{Major: 1, Minor: 6}
	at := func(a string) safe.Level {
		l := two
		l.Safe = addr(a)
		return l
	}
	var nine []safe.Level
	for i := range safe.MaxLevels + 1 {
		l := two
		l.Safe = common.Address{0: 9, 19: byte(i)}
		nine = append(nine, l)
	}
	for _, tt := range []struct {
		name   string
		change func(*safe.Parent)
		levels []safe.Level
		kind   error
		level  int
		says   []string
	}{
		{"no level", nil, nil, safe.ErrNestingDepth, -1, nil},
		{"nine levels", nil, nine, safe.ErrNestingDepth, -1, []string{"9 safes", "1 to 8"}},
		{"handler unknown", nil, []safe.Level{unknown}, safe.ErrHandlerUnknown, 0, []string{"fallbackHandler", "approveHash", two.Safe.Hex(), "1.4.1"}},
		{"handler of no kind", nil, []safe.Level{odd}, safe.ErrHandlerUnknown, 0, nil},
		{"handler of an old safe unknown", func(p *safe.Parent) { *p = parentOf(t, "1.5.0") }, []safe.Level{{Safe: two.Safe, Version: version(t, "1.1.1")}}, safe.ErrHandlerUnknown, 0, []string{"asks by hash"}},
		{"handler unknown below", nil, []safe.Level{three, unknown}, safe.ErrHandlerUnknown, 1, nil},
		{"impossible", nil, []safe.Level{level(t, "2", "1.5.0")}, safe.ErrNestingImpossible, 0,
			[]string{"version 1.5.0 cannot sign for", "of version 1.4.1", "approveHash of 0x1111111111111111111111111111111111111111 with " + parentHash}},
		{"version unknown", nil, []safe.Level{three, noVersion}, safe.ErrEraUnknown, 1, nil},
		{"version unknown, asked by hash", func(p *safe.Parent) { *p = parentOf(t, "1.5.0") }, []safe.Level{noVersion}, safe.ErrEraUnknown, 0, []string{"unknown"}},
		{"version of the future", nil, []safe.Level{future}, safe.ErrEraUnknown, 0, []string{"1.6.0"}},
		{"parent of the future", func(p *safe.Parent) { p.Version = future.Version }, []safe.Level{two}, safe.ErrEraUnknown, -1, nil},
		{"zero address", nil, []safe.Level{two, at("0x00")}, safe.ErrNestingSafe, 1, []string{"level 2"}},
		{"sentinel", nil, []safe.Level{at("0x01")}, safe.ErrNestingSafe, 0, nil},
		{"cycle", nil, []safe.Level{two, three, two}, safe.ErrNestingSafe, 2, []string{"again", two.Safe.Hex()}},
		{"parent below itself", nil, []safe.Level{two, at("0x1111111111111111111111111111111111111111")}, safe.ErrNestingSafe, 1, nil},
		{"parent of unknown version", func(p *safe.Parent) { p.Version = safe.Version{} }, []safe.Level{two}, safe.ErrEraUnknown, -1, nil},
		{"no chain", func(p *safe.Parent) { p.ChainID = nil }, []safe.Level{two}, safe.ErrChainUnknown, -1, nil},
		{"chain of the parent alone is no matter", func(p *safe.Parent) { *p = parentOf(t, "1.1.1"); p.ChainID = nil }, []safe.Level{two}, safe.ErrChainUnknown, 0, nil},
		{"other chain", func(p *safe.Parent) { p.ChainID = u(10) }, []safe.Level{two}, safe.ErrNestingHashes, -1, nil},
		{"other safe", func(p *safe.Parent) { p.Safe = addr("0x99") }, []safe.Level{two}, safe.ErrNestingHashes, -1, nil},
		{"other era", func(p *safe.Parent) { p.Version = version(t, "1.1.1") }, []safe.Level{two}, safe.ErrNestingHashes, -1, nil},
		{"other hash", func(p *safe.Parent) { p.Hashes.SafeTx[3]++ }, []safe.Level{two}, safe.ErrNestingHashes, -1, nil},
		{"other message", func(p *safe.Parent) { p.Hashes.Message[3]++ }, []safe.Level{two}, safe.ErrNestingHashes, -1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := parentOf(t, "1.4.1")
			if tt.change != nil {
				tt.change(&p)
			}
			got, err := safe.Through(p, tt.levels)
			var e *safe.NestingError
			if !errors.Is(err, tt.kind) || !errors.As(err, &e) || got != nil {
				t.Fatalf("got %v, error %v, want kind %v", got, err, tt.kind)
			}
			if e.Level != tt.level || e.Hint == "" {
				t.Errorf("level %d, hint %q, want level %d", e.Level, e.Hint, tt.level)
			}
			for _, s := range tt.says {
				if !strings.Contains(e.Message+"\n"+e.Hint, s) {
					t.Errorf("%s / %s\ndoes not say %q", e.Message, e.Hint, s)
				}
			}
		})
	}
}
