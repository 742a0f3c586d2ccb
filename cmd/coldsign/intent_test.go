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

// allVersions has one version of each hash rule, and each with contracts of its own.
var allVersions = []string{"0.1.0", "1.1.1", "1.3.0", "1.4.1", "1.5.0"}

// onlyVersions are the Safes that have the function of a way.
var onlyVersions = map[string][]string{
	"set-module-guard":                 {"1.5.0"}, // ModuleManager.sol has it from there on
	"migrate-safe library":             {"1.3.0"}, // what the published library is for
	"migrate-safe library-and-handler": {"1.3.0"},
	"migrate-safe old":                 {"1.1.1"}, // changeMasterCopy, up to 1.2.0
	"sign-message own":                 {"1.1.1"}, // the Safe's own signMessage, up to 1.2.0
}

// notVerified are the ways that verify does not pass with an intent alone, and why.
var notVerified = map[string]string{
	"delegatecall": "the code is published by nobody: it takes a policy that lists the target and a proof of its code",
}

// alone are the kinds that are no part of a batch.
var alone = map[string]bool{"reject": true}

// published are the keys that must name a contract of Safe or a known deployer.
var published = map[string]bool{"via": true, "library": true, "singleton": true, "fallback-handler": true}

// meant is an action for a test, in one of its forms.
type meant struct {
	name, yaml string
	delegates  bool // a batch file cannot say it
}

// everyMeant lists each way of each kind by its example, and what the examples do
// not show.
func everyMeant() []meant {
	var out []meant
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			name := strings.TrimSpace(f.Kind + " " + w.Name)
			out = append(out, meant{name, f.Example(w), delegates(name)})
		}
	}
	return append(out,
		meant{"set-guard none", `set-guard: {guard: none}`, false},
		meant{"upgrade plain", `upgrade: {proxy: "0x90F79bf6EB2c4f870365E785982E1f101E93b906", implementation: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"}`, false},
		meant{"upgrade none", `upgrade: {proxy: "0x90F79bf6EB2c4f870365E785982E1f101E93b906", implementation: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", call: none}`, false},
		meant{"sign-message own", `sign-message: {library: none, text: "hello"}`, false},
		meant{"call named inside", `call: {to: "0x90F79bf6EB2c4f870365E785982E1f101E93b906", function: "propose(address,bytes)", args: ["0x70997970C51812dc3A010C7d01b50e0d17dc79C8", {function: "upgradeTo(address)", args: ["0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"]}]}`, false},
		meant{"exec-nested file", `exec-nested: {intent: inside/child.yaml, version: 1.3.0, signatures: own}`, false},
		meant{"approve-hash file", `approve-hash: {intent: inside/child.yaml, version: 1.3.0}`, false},
	)
}

func delegates(name string) bool {
	for _, d := range []string{"delegatecall", "migrate-safe library", "deploy create-as-safe", "sign-message"} {
		if strings.HasPrefix(name, d) {
			return true
		}
	}
	return false
}

// included are the files that the examples name.
var included = map[string]string{
	"creation.hex":      "0x600160005260206000f3\n",
	"payroll.csv":       "recipient,token,amount\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496,ETH,1.5\n0x70997970C51812dc3A010C7d01b50e0d17dc79C8,0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48,20\n",
	"inside/child.yaml": "coldsign: intent/v1\nchain: 1\nsafe: \"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4\"\nnonce: 4\nactions: {csv: pay.csv}\n",
	"inside/pay.csv":    "recipient,token,amount\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496,ETH,1.5\n0x70997970C51812dc3A010C7d01b50e0d17dc79C8,ETH,2\n",
	"proposal.json": `{"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","to":"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496","value":"1","data":null,"operation":0,"safeTxGas":"0","baseGas":"0","gasPrice":"0",` +
		`"gasToken":"0x0000000000000000000000000000000000000000","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":"4"}`,
}

// inFolder goes to a new folder that holds the files.
func inFolder(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("inside", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range included {
		write(t, name, text)
	}
}

// otherExample is the example of a way with other addresses and amounts.
func otherExample(r *rand.Rand, f intent.Form, w intent.Way) string {
	keys := slices.Clone(w.Keys)
	for i, k := range keys {
		switch {
		case k.Value == intent.FormAddress && !published[k.Name]:
			var a common.Address
			for j := range a {
				a[j] = byte(r.Uint32())
			}
			keys[i].Example = fmt.Sprintf("%q", a.Hex())
		case k.Value == intent.FormNativeAmount || k.Value == intent.FormNativeBounds:
			keys[i].Example = fmt.Sprintf("\"%d wei\"", r.Uint64())
		}
	}
	return f.Example(intent.Way{Keys: keys})
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
	for _, m := range everyMeant() {
		t.Run(m.name, func(t *testing.T) {
			if why := notVerified[m.name]; why != "" {
				t.Skip(why)
			}
			inFolder(t)
			for _, version := range versionsOf(m) {
				buildAndVerify(t, version, sayable(m), m.yaml)
			}
		})
	}
}

func versionsOf(m meant) []string {
	if v := onlyVersions[m.name]; v != nil {
		return v
	}
	return allVersions
}

// sayable are the forms that can say an action.
func sayable(m meant) []string {
	return slices.DeleteFunc(compose.Dialects(), func(d string) bool { return d == "tx-builder" && m.delegates })
}

// TestBuildOthers: the same with other addresses and amounts.
func TestBuildOthers(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2025))
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			name := strings.TrimSpace(f.Kind + " " + w.Name)
			if notVerified[name] != "" {
				continue
			}
			t.Run(name, func(t *testing.T) {
				inFolder(t)
				version := versionsOf(meant{name: name})[0]
				for range 3 {
					buildAndVerify(t, version, []string{"propose"}, otherExample(r, f, w))
				}
			})
		}
	}
}

// TestBuildTogether: everything that can stand in one batch, for each version.
func TestBuildTogether(t *testing.T) {
	for _, version := range allVersions {
		t.Run(version, func(t *testing.T) {
			inFolder(t)
			var together []string
			for _, m := range everyMeant() {
				if !alone[m.name] && notVerified[m.name] == "" && !m.delegates && slices.Contains(versionsOf(m), version) {
					together = append(together, m.yaml)
				}
			}
			buildAndVerify(t, version, compose.Dialects(), together...)
		})
	}
}

// TestNotVerified: what the table says that verify does not pass is built, and it
// does not.
func TestNotVerified(t *testing.T) {
	inFolder(t)
	for _, m := range everyMeant() {
		if notVerified[m.name] == "" {
			continue
		}
		write(t, "meant.yaml", intentOf(71, m.yaml))
		for _, form := range sayable(m) {
			name := filepath.Join(t.TempDir(), form)
			if got := typing(nil, "intent", "build", "--to", form, "--safe-version", "1.4.1", "--output", name, "meant.yaml"); got.code != exitDone {
				t.Fatalf("%s %s: exit %d\n%s", m.name, form, got.code, got.stderr)
			}
			if got := typing(nil, "verify", "--intent", "meant.yaml", "--safe-version", "1.4.1", name); got.code != exitRefused || strings.Contains(got.stdout, "INTENT_MISMATCH") {
				t.Errorf("%s %s: exit %d\n%s", m.name, form, got.code, got.stdout)
			}
		}
	}
}

// TestNotInBatchFile: a batch file has no delegatecall.
func TestNotInBatchFile(t *testing.T) {
	inFolder(t)
	for _, m := range everyMeant() {
		if !m.delegates {
			continue
		}
		write(t, "meant.yaml", intentOf(71, m.yaml))
		if got := typing(nil, "intent", "build", "--to", "tx-builder", "--safe-version", "1.4.1", "meant.yaml"); got.code != exitRefused || got.stdout != "" || !strings.Contains(got.stderr, "a delegatecall") {
			t.Errorf("%s: exit %d\n%s%s", m.name, got.code, got.stdout, got.stderr)
		}
		if err := os.Remove("meant.yaml"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBuildAround: what stands around the actions, and actions from a file.
func TestBuildAround(t *testing.T) {
	inFolder(t)
	const two = "actions:\n  - change-threshold: {threshold: 2}\n  - set-guard: {guard: none}\n"
	for name, text := range map[string]string{
		"csv":       "actions: {csv: payroll.csv}\n",
		"multicall": "multicall: {library: \"0xcA11bde05977b3631167028862bE2a173976CA11\", function: aggregate3}\nactions:\n  - transfer-ownership: {of: \"0x90F79bf6EB2c4f870365E785982E1f101E93b906\", to: \"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\"}\n  - call: {to: \"0x90F79bf6EB2c4f870365E785982E1f101E93b906\", function: \"setFee(uint256)\", args: [\"30\"]}\n",
		"replaces":  "replaces: \"0x1111111111111111111111111111111111111111111111111111111111111111\"\n" + two,
		"multisend": "multisend: \"0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526\"\n" + two,
	} {
		t.Run(name, func(t *testing.T) {
			head, _, _ := strings.Cut(intentOf(71), "actions:")
			write(t, "meant.yaml", head+text)
			write(t, "other.yaml", intentOf(71, "reject: {}"))
			forms := slices.DeleteFunc(compose.Dialects(), func(d string) bool { return d == "tx-builder" && strings.HasPrefix(name, "multi") })
			verifyForms(t, "1.4.1", forms, name)
		})
	}
}

func buildAndVerify(t *testing.T, version string, forms []string, actions ...string) {
	t.Helper()
	write(t, "meant.yaml", intentOf(71, actions...))
	write(t, "other.yaml", intentOf(71, append(slices.Clone(actions[1:]), `send: {amount: "1 wei", to: "0x00000000000000000000000000000000000000aa"}`)...))
	verifyForms(t, version, forms, actions...)
}

func verifyForms(t *testing.T, version string, forms []string, what ...string) {
	t.Helper()
	for _, form := range forms {
		name := filepath.Join(t.TempDir(), form)
		if got := typing(nil, "intent", "build", "--to", form, "--safe-version", version, "--output", name, "meant.yaml"); got.code != exitDone || got.stdout != "" {
			t.Fatalf("%s for %s %q: exit %d\n%s%s", form, version, what, got.code, got.stdout, got.stderr)
		}
		if got := typing(nil, "verify", "--intent", "meant.yaml", "--safe-version", version, name); got.code != exitDone {
			t.Errorf("%s for %s %q: exit %d\n%s%s", form, version, what, got.code, got.stdout, got.stderr)
		}
		if got := typing(nil, "verify", "--intent", "other.yaml", "--safe-version", version, name); got.code != exitRefused || !strings.Contains(got.stdout, "INTENT_MISMATCH") {
			t.Errorf("%s for %s %q with another intent: exit %d\n%s%s", form, version, what, got.code, got.stdout, got.stderr)
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
