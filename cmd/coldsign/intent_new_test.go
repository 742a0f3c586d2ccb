package main

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
)

// TestNewAsksEveryKind: the dialogue leads to an intent for every kind of action in
// each of its forms, by the answers of its example. Where the example holds a whole
// intent, the answer is the name of its file.
func TestNewAsksEveryKind(t *testing.T) {
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			t.Run(f.Kind+" "+w.Name, func(t *testing.T) {
				inFolder(t)
				keys := slices.Clone(w.Keys)
				answers := []string{"1", "0x849D52316331967b6fF1198e5E32A0eB168D039d", "71", f.Kind}
				if w.Name != "" {
					answers = append(answers, w.Name)
				}
				for i, k := range keys {
					if k.Value == intent.FormIntent {
						keys[i].Example = `"inside/child.yaml"`
					}
					answers = append(answers, typedExample(keys[i])...)
				}
				got := typing(strings.NewReader(strings.Join(append(answers, "", "", "", "71", ""), "\n")), "intent", "new")
				write(t, "meant.yaml", intentOf(71, f.Example(intent.Way{Keys: keys})))
				want := typing(nil, "intent", "fmt", "meant.yaml")
				if got.code != exitDone || want.code != exitDone || got.stdout != want.stdout {
					t.Errorf("exit %d\n%swant (exit %d)\n%s\n%s%s", got.code, got.stdout, want.code, want.stdout, got.stderr, want.stderr)
				}
				if strings.Contains(got.stderr, "no: ") {
					t.Errorf("an answer was refused:\n%s", got.stderr)
				}
			})
		}
	}
}

// typedExample is the example of a key as a person types it: without quotes, a call
// and arguments line by line, and nothing where there is no question.
func typedExample(k intent.FormKey) []string {
	s := strings.ReplaceAll(k.Example, `"`, "")
	switch {
	case len(k.Words) == 1:
		return nil
	case k.Value == intent.FormArguments:
		return strings.Split(strings.Trim(s, "[]"), ", ")
	case k.Value == intent.FormInnerCall:
		function, args, _ := strings.Cut(strings.Trim(s, "{}"), ", args: ")
		return append([]string{strings.TrimPrefix(function, "function: ")}, strings.Split(strings.Trim(args, "[]"), ", ")...)
	}
	return []string{s}
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

// FuzzIntentNew: whatever is typed, the dialogue ends; it writes a canonical intent
// or nothing, and no control character.
func FuzzIntentNew(f *testing.F) {
	head := "1\n0x849D52316331967b6fF1198e5E32A0eB168D039d\n71\n"
	for _, s := range []string{"", "1", head, head + "reject\n\n\n\n71\n", head + "send\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\n1 ETH\n\n\"\"\n\n71\n",
		head + "call\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\nf((uint8,string)[2],bytes)\n[[1,a],[2,\"\"]]\n0x\n1 wei\n\nnote: x\nmultisend\n\n\n71\n",
		head + "transfer\nerc20\n0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48\n6\n5 raw\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\n\nundo\nreject\n\n\ngasToken\n0x0000000000000000000000000000000000000000\n\n71\n",
		head + "csv\n../x\ntestdata/intent.txt\n", head + "approve-hash\nintent\n1.3.0\ntestdata/intent.txt\n", head + "set-guard\nnone\n\n\nmulticall\n0xcA11bde05977b3631167028862bE2a173976CA11\naggregate\nmultisend\n0x9641d764fc13c8B624c04430C7356C1C7C8102e2\n\n\n71\n",
		head + "upgrade\n0x90F79bf6EB2c4f870365E785982E1f101E93b906\n0x70997970C51812dc3A010C7d01b50e0d17dc79C8\n\nf(bytes)\n0x\n\n\n\n71\n",
		head + "deploy\ncreate-as-safe\n0x9b35Af71d77eaf8d7e40252370304687390A1A52\n0x60\n\n1 wei\nundo\nmigrate-safe\nold\n0x6851D6fDFAfD08c0295C392436245E5bc78B0185\n\n\nreplaces\n[0x11]\n\n\n71\n",
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
		env := verify.IntentEnv()
		env.Open, env.Proposal = (&program{}).below(""), verify.IntentProposal(nil)
		in, err := intent.Parse([]byte(got.stdout), env)
		if err != nil || string(intent.Format(in)) != got.stdout {
			t.Fatalf("%v: %q", err, got.stdout)
		}
		if !strings.Contains(typed, in.Nonce.Dec()) {
			t.Fatalf("the nonce %s was not typed", in.Nonce.Dec())
		}
	})
}

// TestMayLack: what only a policy knows may be left out only with one.
func TestMayLack(t *testing.T) {
	alone, policy := &draft{}, &draft{env: intent.Env{Symbol: func(uint64, string) (common.Address, bool) { return common.Address{}, false }}}
	for need, want := range map[intent.Need][2]bool{intent.Required: {false, false}, intent.Optional: {true, true}, intent.ByPolicy: {false, true}} {
		k := intent.FormKey{Need: need}
		if got := [2]bool{alone.mayLack(k), policy.mayLack(k)}; got != want {
			t.Errorf("%d: without and with a policy %v, want %v", need, got, want)
		}
	}
}

// TestBlamedOnlyOnce: a key that can have one value only is not asked for again, or
// the dialogue would not end.
func TestBlamedOnlyOnce(t *testing.T) {
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			for _, k := range w.Keys {
				asked := blamed(f, w, "actions[0]."+f.Kind+"."+k.Name, 0)
				if len(k.Words) == 1 != (len(asked) == 0) {
					t.Errorf("%s %s %s: %d keys are asked for again", f.Kind, w.Name, k.Name, len(asked))
				}
			}
			if asked := blamed(f, w, "actions[0]."+f.Kind, 0); len(asked) > 0 {
				t.Errorf("%s %s: %d keys are blamed for the whole", f.Kind, w.Name, len(asked))
			}
		}
	}
}
