package plainyaml

import (
	"errors"
	"strings"
	"testing"
)

var limits = Limits{What: "intent", MaxSize: 4096, MaxDepth: 8}

// TestLoadRefuses holds one file for each YAML feature by which two readers could
// see two files.
func TestLoadRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		kind       error
	}{
		{"anchor", "a: &x 1\n", ErrFeature},
		{"alias", "a: &x 1\nb: *x\n", ErrFeature},
		{"merge", "a: {b: 1}\n<<: {c: 2}\n", ErrFeature},
		{"tag", "a: !!str 1\n", ErrFeature},
		{"bare tag", "a: ! 1\n", ErrFeature},
		{"duplicate", "a: 1\na: 2\n", ErrKey},
		{"list as key", "[a]: 1\n", ErrFeature},
		{"two documents", "a: 1\n---\nb: 2\n", ErrSyntax},
		{"empty", "# nothing\n", ErrSyntax},
		{"directive", "%YAML 1.1\n---\na: 1\n", ErrFeature},
		{"bom", "\ufeffa: 1\n", ErrText},
		{"bidi escape", "a: \"\\u202e\"\n", ErrText},
		{"carriage return", "a: 1\rb: 2\n", ErrText},
		{"not utf-8", "a: \xff\n", ErrText},
		{"deep", "a: " + strings.Repeat("[", 9) + strings.Repeat("]", 9) + "\n", ErrLimit},
		{"large", "# " + strings.Repeat("x", 4096), ErrLimit},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Load([]byte(tt.text), limits)
			if err == nil {
				t.Fatalf("read as %v, want %v", n, tt.kind)
			}
			if !errors.Is(err, tt.kind) {
				t.Errorf("got %v, want %v", err, tt.kind)
			}
		})
	}
}

func top(t *testing.T, text string) *Node {
	t.Helper()
	n, err := Load([]byte("v: "+text+"\n"), limits)
	if err != nil {
		t.Fatal(err)
	}
	f, bad := n.Fields([]string{"v"}, nil)
	if bad != nil {
		t.Fatal(bad)
	}
	return f["v"]
}

func TestValues(t *testing.T) {
	number := func(n *Node) *Error { _, err := n.Number(); return err }
	address := func(n *Node) *Error { _, err := n.Address(); return err }
	target := func(n *Node) *Error { _, err := n.Target(); return err }
	truth := func(n *Node) *Error { _, err := n.Truth(); return err }
	word := func(n *Node) *Error { _, err := n.Hex("bytes4", 4); return err }
	words := func(n *Node) *Error { _, err := n.Words(); return err }
	small := func(n *Node) *Error { _, err := n.Small(77); return err }
	const max = "115792089237316195423570985008687907853269984665640564039457584007913129639935"
	for _, tt := range []struct {
		text string
		read func(*Node) *Error
		ok   bool
	}{
		{"0", number, true}, {max, number, true}, {"115792089237316195423570985008687907853269984665640564039457584007913129639936", number, false},
		{"010", number, false}, {"0x10", number, false}, {"1_0", number, false}, {"1e3", number, false}, {"-1", number, false}, {"~", number, false}, {"", number, false},
		{"77", small, true}, {"78", small, false},
		{"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", address, true}, {"0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", address, true},
		{"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eb48", address, false}, {"eth:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", address, false}, {"vitalik.eth", address, false},
		{"\"0x0000000000000000000000000000000000000000\"", target, false}, {"\"0x0000000000000000000000000000000000000000\"", address, true},
		{"true", truth, true}, {"True", truth, false}, {"yes", truth, false},
		{"\"0x01020304\"", word, true}, {"\"0x010203\"", word, false}, {"\"0x0102030\"", word, false},
		{"plain words", words, true}, {"12", words, false}, {"\"12\"", words, true}, {"[]", words, false},
	} {
		err := tt.read(top(t, tt.text))
		if (err == nil) != tt.ok {
			t.Errorf("%s: got error %v, want accepted %v", tt.text, err, tt.ok)
		}
	}
}

// FuzzLoad demands that whatever is read stays inside the bounds and is what a
// second reading gives.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("coldsign: intent/v1\nactions:\n  - send: {amount: \"1 ETH\", to: x}\n"))
	f.Add([]byte("a: &x [1, *x]\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := Load(raw, limits)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Kind == nil {
				t.Fatalf("error %T without kind: %v", err, err)
			}
			return
		}
		var walk func(n *Node, depth int)
		walk = func(n *Node, depth int) {
			if depth > limits.MaxDepth {
				t.Fatal("deeper than the limit")
			}
			if items, err := n.Items(); err == nil {
				for _, i := range items {
					walk(i, depth+1)
				}
			}
			if entries, err := n.Entries(); err == nil {
				seen := map[string]bool{}
				for _, e := range entries {
					if seen[e.Key] {
						t.Fatalf("the key %q twice", e.Key)
					}
					seen[e.Key] = true
					walk(e.Value, depth+1)
				}
			}
		}
		walk(n, 1)
	})
}
