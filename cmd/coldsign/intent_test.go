package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/proposal/compose"
)

// typing runs one command line with the real pipeline and a person who types.
func typing(stdin io.Reader, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, interactive: func() bool { return true }, verify: verify.Verify}
	code := run(args, stdin, &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

// notVerified are the kinds of actions that verify does not pass with an intent
// alone, and why.
var notVerified = map[string]string{}

// notInBatchFile are the kinds that a batch file cannot say, and why.
var notInBatchFile = map[string]string{}

// alone are the kinds that are no part of a batch.
var alone = map[string]bool{"reject": true}

// example is the form's example with other addresses and amounts.
func example(r *rand.Rand, f intent.Form) string {
	keys := make([]pair, len(f.Keys))
	for i, k := range f.Keys {
		keys[i] = pair{k.Name, k.Example}
		switch k.Value {
		case intent.FormAddress:
			var a common.Address
			for j := range a {
				a[j] = byte(r.Uint32())
			}
			keys[i].value = fmt.Sprintf("%q", a.Hex())
		case intent.FormNativeAmount:
			keys[i].value = fmt.Sprintf("\"%d wei\"", r.Uint64())
		}
	}
	return flow(f.Kind, keys)
}

func intentOf(nonce int, actions ...string) string {
	text := "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: " + fmt.Sprint(nonce) + "\nactions:\n"
	for _, a := range actions {
		text += "  - " + a + "\n"
	}
	return text
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBuildAndVerify: whatever kind of action and whatever form, what build makes of
// an intent is verified with that intent, and refused with any other.
func TestBuildAndVerify(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2025))
	var together []string
	for _, f := range intent.Forms() {
		t.Run(f.Kind, func(t *testing.T) {
			if why := notVerified[f.Kind]; why != "" {
				t.Skip(why)
			}
			there := slices.DeleteFunc(compose.Dialects(), func(d string) bool { return d == "tx-builder" && notInBatchFile[f.Kind] != "" })
			buildAndVerify(t, there, f.Example())
			for range 5 {
				buildAndVerify(t, there, example(r, f))
			}
		})
		if !alone[f.Kind] && notVerified[f.Kind] == "" && notInBatchFile[f.Kind] == "" {
			together = append(together, f.Example(), example(r, f))
		}
	}
	t.Run("together", func(t *testing.T) { buildAndVerify(t, compose.Dialects(), together...) })
}

func buildAndVerify(t *testing.T, forms []string, actions ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	write(t, "meant.yaml", intentOf(71, actions...))
	write(t, "other.yaml", intentOf(71, append(slices.Clone(actions[1:]), `send: {amount: "1 wei", to: "0x00000000000000000000000000000000000000aa"}`)...))
	for _, version := range []string{"0.1.0", "1.1.1", "1.3.0", "1.4.1", "1.5.0"} {
		for _, form := range forms {
			name := filepath.Join(t.TempDir(), form)
			if got := typing(nil, "intent", "build", "--to", form, "--safe-version", version, "--output", name, "meant.yaml"); got.code != exitDone || got.stdout != "" {
				t.Fatalf("%s for %s: exit %d\n%s%s", form, version, got.code, got.stdout, got.stderr)
			}
			if got := typing(nil, "verify", "--intent", "meant.yaml", "--safe-version", version, name); got.code != exitDone {
				t.Errorf("%s for %s %q: exit %d\n%s%s", form, version, actions, got.code, got.stdout, got.stderr)
			}
			if got := typing(nil, "verify", "--intent", "other.yaml", "--safe-version", version, name); got.code != exitRefused || !strings.Contains(got.stdout, "INTENT_MISMATCH") {
				t.Errorf("%s for %s %q with another intent: exit %d\n%s%s", form, version, actions, got.code, got.stdout, got.stderr)
			}
		}
	}
}

// TestBuildToStdout: the file and standard output hold the same bytes.
func TestBuildToStdout(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "meant.yaml", intentOf(71, "reject: {}"))
	for _, form := range compose.Dialects() {
		typing(nil, "intent", "build", "--to", form, "--safe-version", "1.4.1", "--output", form, "meant.yaml")
		raw, err := os.ReadFile(form)
		if err != nil {
			t.Fatal(err)
		}
		if got := typing(nil, "intent", "build", "--to", form, "--safe-version", "1.4.1", "meant.yaml"); got.code != exitDone || got.stdout != string(raw) {
			t.Errorf("%s: exit %d, %q and %q", form, got.code, got.stdout, raw)
		}
	}
}

// TestNewAsksEveryKind: the dialogue leads to an intent for every kind of action, by
// the answers of its example.
func TestNewAsksEveryKind(t *testing.T) {
	for _, f := range intent.Forms() {
		t.Run(f.Kind, func(t *testing.T) {
			answers := []string{"1", "0x849D52316331967b6fF1198e5E32A0eB168D039d", "71", f.Kind}
			for _, k := range f.Keys {
				answers = append(answers, typedExample(k))
			}
			answers = append(answers, "", "", "", "71", "")
			got := typing(strings.NewReader(strings.Join(answers, "\n")), "intent", "new")
			want, err := intent.Parse([]byte(intentOf(71, f.Example())), verify.IntentEnv())
			if err != nil {
				t.Fatal(err)
			}
			if got.code != exitDone || got.stdout != string(intent.Format(want)) {
				t.Errorf("exit %d\n%swant\n%s\n%s", got.code, got.stdout, intent.Format(want), got.stderr)
			}
			if strings.Contains(got.stderr, "no: ") {
				t.Errorf("an answer was refused:\n%s", got.stderr)
			}
		})
	}
}

// typedExample is the example of a key as a person types it: without quotes, and
// arguments line by line.
func typedExample(k intent.FormKey) string {
	s := strings.ReplaceAll(k.Example, `"`, "")
	if k.Value == intent.FormArguments {
		return strings.ReplaceAll(strings.Trim(s, "[]"), ", ", "\n")
	}
	return s
}

// TestNewLongAnswers: an answer at the limit is read, one above it is asked for
// again, and a line without end is no person.
func TestNewLongAnswers(t *testing.T) {
	const rest = "\n0x849D52316331967b6fF1198e5E32A0eB168D039d\n71\nreject\n\n\n\n71\n"
	for _, tt := range []struct {
		name, first, say string
		code             int
	}{
		{"at the limit", strings.Repeat(" ", maxAnswer-2) + "1", "", exitDone},
		{"above the limit", strings.Repeat(" ", maxAnswer-1) + "1\n1", "the answer is longer than 4096 bytes", exitDone},
		{"far above the limit", strings.Repeat("x", 100*maxAnswer) + "\n1", "the answer is longer than 4096 bytes", exitDone},
		{"without end", strings.Repeat("x", 2*maxSkipped) + "\n1", "the answers ended", exitUnchecked},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := typing(strings.NewReader(tt.first+rest), "intent", "new")
			if got.code != tt.code || !strings.Contains(got.stderr, tt.say) || (got.stdout != "") != (tt.code == exitDone) {
				t.Errorf("exit %d\n%.500s\n%.2000s", got.code, got.stdout, got.stderr)
			}
		})
	}
}

// TestNewBrokenStreams: what cannot be read or written is no intent.
func TestNewBrokenStreams(t *testing.T) {
	if got := typing(brokenReader{}, "intent", "new"); got.code != exitUnchecked || got.stdout != "" {
		t.Errorf("exit %d, %q", got.code, got.stdout)
	}
	answers := "1\n0x849D52316331967b6fF1198e5E32A0eB168D039d\n71\nreject\n\n\n\n71\n"
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, interactive: func() bool { return true }}
	if code := run([]string{"intent", "new"}, strings.NewReader(answers), brokenWriter{}, io.Discard, w); code != exitUnchecked {
		t.Errorf("exit %d with a broken standard output", code)
	}
}

// TestIntentUnwritable: an intent that nobody could see was not shown.
func TestIntentUnwritable(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.yaml", intentOf(71, "reject: {}"))
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }}
	for _, args := range []string{"intent show a.yaml", "intent fmt a.yaml", "intent schema", "intent build --to propose --safe-version 1.4.1 a.yaml", "intent --help"} {
		if code := run(strings.Fields(args), nil, brokenWriter{}, io.Discard, w); code != exitUnchecked {
			t.Errorf("%s: exit %d", args, code)
		}
	}
}

// TestFmtTooLong: the canonical form of an intent at the limit can be above it, and
// what would not be read again is not printed.
func TestFmtTooLong(t *testing.T) {
	t.Chdir(t.TempDir())
	action := "- reject: {}"
	text := intentOf(71)
	for len(text)+200 < intent.MaxSize {
		action = "- send: {to: 0x00000000000000000000000000000000000000aa, amount: 1 wei}"
		text += action + "\n"
	}
	write(t, "long.yaml", text)
	if got := typing(nil, "intent", "show", "long.yaml"); got.code != exitDone {
		t.Fatalf("exit %d\n%s", got.code, got.stderr)
	}
	got := typing(nil, "intent", "fmt", "long.yaml")
	if got.code != exitRefused || got.stdout != "" || !strings.Contains(got.stderr, "its canonical form cannot be read") {
		t.Errorf("exit %d, %d bytes\n%s", got.code, len(got.stdout), got.stderr)
	}
}

// FuzzIntentNew: whatever is typed, the dialogue ends; it writes a canonical intent
// or nothing, and no control character.
func FuzzIntentNew(f *testing.F) {
	head := "1\n0x849D52316331967b6fF1198e5E32A0eB168D039d\n71\n"
	for _, s := range []string{"", "1", head, head + "reject\n\n\n\n71\n", head + "send\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\n1 ETH\n\n\"\"\n\n71\n",
		head + "call\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\nf((uint8,string)[2],bytes)\n[[1,a],[2,\"\"]]\n0x\n1 wei\n\nnote: x\nmultisend\n\n\n71\n",
		head + "transfer\n0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48\n6\n5 raw\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\n\nundo\nreject\n\n\ngasToken\n0x0000000000000000000000000000000000000000\n\n71\n",
		"\x1b[2J\n\xff\n[[[[\n" + head} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := typing(strings.NewReader(typed), "intent", "new")
		for _, c := range []byte(got.stdout + got.stderr) {
			if c != '\n' && (c < 0x20 || c > 0x7e) {
				t.Fatalf("byte %#x in the output", c)
			}
		}
		if got.code != exitDone {
			if got.stdout != "" || got.code != exitUnchecked {
				t.Fatalf("exit %d, output %q", got.code, got.stdout)
			}
			return
		}
		in, err := intent.Parse([]byte(got.stdout), verify.IntentEnv())
		if err != nil || string(intent.Format(in)) != got.stdout {
			t.Fatalf("%v: %q", err, got.stdout)
		}
		if !strings.Contains(typed, in.Nonce.Dec()) {
			t.Fatalf("the nonce %s was not typed", in.Nonce.Dec())
		}
	})
}
