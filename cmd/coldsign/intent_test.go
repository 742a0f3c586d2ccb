package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
)

// typing runs one command line with the real pipeline and a person who types.
func typing(stdin io.Reader, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, interactive: func() bool { return true }, verify: verify.Verify}
	code := run(args, stdin, &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

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
	"inside/child.yaml": "coldsign: intent/v1\nchain: 1\nsafe: \"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4\"\nnonce: 5\nactions: {csv: pay.csv}\n",
	"inside/pay.csv":    "recipient,token,amount\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496,ETH,1.5\n0x70997970C51812dc3A010C7d01b50e0d17dc79C8,ETH,2\n",
	"proposal.json": `{"safe":"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4","to":"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496","value":"1","data":null,"operation":0,"safeTxGas":"0","baseGas":"0","gasPrice":"0",` +
		`"gasToken":"0x0000000000000000000000000000000000000000","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":"6"}`,
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
	text := intentOf(71)
	action := "- call: {to: 0x00000000000000000000000000000000000000aa, function: f(string), args: [\"" + strings.Repeat("\u00e9", 4000) + "\"]}\n"
	for len(text)+len(action) < intent.MaxSize {
		text += action
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
