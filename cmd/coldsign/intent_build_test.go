package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/proposal/compose"
)

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
