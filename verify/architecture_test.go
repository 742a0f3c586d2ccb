package verify_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/coldsign/coldsign/"

// embedded is the only part of the fixtures that gets into the program: a few files.
const embedded = module + "fixtures/incidents/bybit"

// deps lists what a package is made of, itself left out.
func deps(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", module+pkg).Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v", pkg, err)
	}
	list := strings.Fields(string(out))
	if !slices.Contains(list, module+pkg) {
		t.Fatalf("go list -deps %s does not list the package itself: the test would prove nothing", pkg)
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == module+pkg })
}

func isStd(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return !strings.Contains(first, ".")
}

// TestDependencyRules holds the rules of the architecture, above all that the
// two decoders share no code.
func TestDependencyRules(t *testing.T) {
	own := func(p string) bool { return strings.HasPrefix(p, module) }
	under := func(prefixes ...string) func(string) bool {
		return func(p string) bool {
			for _, x := range prefixes {
				if p == x || strings.HasPrefix(p, x+"/") {
					return true
				}
			}
			return false
		}
	}
	const geth = "github.com/ethereum/go-ethereum"
	encoder := func(d string) bool {
		return own(d) && d != module+"verify/report" || under("encoding/xml", "html/template", "text/template")(d)
	}
	network := under("net", "net/http", "crypto/tls", "os/exec", "plugin")
	for _, rule := range []struct {
		pkg    string
		reason string
		bad    func(dep string) bool
	}{
		{"abi/strict", "the first decoder uses the standard library only", func(d string) bool { return !isStd(d) && !strings.HasPrefix(d, "vendor/") }},
		{"abi/geth", "the second decoder imports nothing of ours", own},
		{"verify/report", "report is a leaf", own},
		{"verify/report/sarif", "an encoder knows reports only, and writes its own markup", encoder},
		{"verify/report/junit", "an encoder knows reports only, and writes its own markup", encoder},
		{"verify/report/annotate", "an encoder knows reports only, and writes its own markup", encoder},
		{"verify/report/markdown", "an encoder knows reports only, and writes its own markup", encoder},
		{"verify/report/html", "an encoder knows reports only, and writes its own markup", encoder},
		{"verify/effect", "effect is a leaf", own},
		{"verify/safe", "the protocol imports nothing of ours", own},
		{"verify/safe", "the protocol needs only common and crypto of go-ethereum", func(d string) bool {
			return strings.HasPrefix(d, geth) && !under(geth+"/common", geth+"/crypto", geth+"/internal", geth+"/log", geth+"/rlp")(d)
		}},
		{"verify/sshsig", "signature files need the standard library only", func(d string) bool { return !isStd(d) && !strings.HasPrefix(d, "vendor/") }},
		{"verify/receipt", "comparing receipts is offline", network},
		{"abi", "decoding is offline", network},
		{"verify", "verification is offline", network},
		{"verify/proposal", "reading is offline", network},
		{"verify/proposal", "reading decodes no calldata by the decoders", under(module+"abi/strict", module+"abi/geth")},
		{"verify/journal", "the journal is offline", network},
		{"verify/plainyaml", "reading a file decides nothing about a transaction", func(d string) bool { return own(d) && d != module+"verify/report" }},
		{"verify/policy", "the policy stands by itself: it reads no proposal and no intent", under(module+"verify/proposal/builder", module+"verify/intent", module+"verify/risk", module+"verify/journal")},
		{"verify/policy", "judging is offline", network},
		{"verify/intent", "an intent is read without the proposal", under(module+"verify/proposal", module+"verify/risk", module+"verify/policy")},
		{"verify/intent", "reading is offline", network},
		{"verify/clearsign", "words of others are read by neither decoder, and judge nothing", under(module+"abi/strict", module+"abi/geth", module+"abi/catalogue", module+"verify/effect", module+"verify/risk", module+"verify/intent", module+"verify/policy")},
		{"verify/clearsign", "reading is offline", network},
		{"verify/sigtext", "reading a signature decides nothing", func(d string) bool {
			return own(d) && !under(module+"verify/report", module+"verify/eip55", module+"verify/proposal/strictjson", module+"verify/safe")(d)
		}},
		{"verify/sigtext", "reading is offline", network},
		{"verify/sign/keyfile", "a key file knows nothing of what is signed", func(d string) bool {
			return own(d) && !under(module+"verify/report", module+"verify/eip55", module+"verify/proposal/strictjson")(d)
		}},
		{"verify/sign", "what signs does not open keys", under(module + "verify/sign/keyfile")},
		{"verify", "what approves does not sign", under(module + "verify/sign")},
		{"cmd/coldsign/internal/screen", "the review reads no terminal and no file of its own", func(d string) bool {
			return own(d) && d != module+"verify/report"
		}},
		{"cmd/coldsign", "the offline program holds no network stack", under("net/http", "crypto/tls", "plugin")},
		{"cmd/coldsign", "what makes a release is not part of it", under(module+"cmd/coldsign/internal/docs", module+"cmd/coldsign/internal/release", module+"cmd/coldsign/internal/sbom", module+"cmd/coldsign/internal/licence")},
		{"cmd/coldsign", "vectors are for tests only, but for what selftest embeds", func(d string) bool { return under(module+"fixtures")(d) && d != embedded }},
		{"cmd/coldsign", "samples are for tests only", under(module + "verify/report/sample")},
		{"cmd/coldsign", "validators and renderers are for tests only", under("github.com/santhosh-tekuri/jsonschema", "github.com/yuin/goldmark")},
		{"cmd/coldsign", "the EVM belongs to simulation only", under(geth+"/core/vm", geth+"/core/state")},
	} {
		t.Run(rule.pkg+": "+rule.reason, func(t *testing.T) {
			for _, d := range deps(t, rule.pkg) {
				if rule.bad(d) {
					t.Errorf("%s is made of %s", rule.pkg, d)
				}
			}
		})
	}
}

// TestOnlySelftestEmbeds looks at direct imports: outside tests, the fixtures are for
// selftest alone, and of them nothing but the few files.
func TestOnlySelftestEmbeds(t *testing.T) {
	found := 0
	for pkg, imports := range directImports(t) {
		for _, i := range imports {
			if i != module+"fixtures" && !strings.HasPrefix(i, module+"fixtures/") {
				continue
			}
			found++
			if i != embedded || pkg != module+"cmd/coldsign/internal/selftest" {
				t.Errorf("%s imports %s", pkg, i)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d imports of fixtures found, want 1: by selftest, of what it embeds", found)
	}
	if d := deps(t, strings.TrimPrefix(embedded, module)); slices.ContainsFunc(d, func(p string) bool { return !isStd(p) }) {
		t.Errorf("%s is made of more than its files: %v", embedded, d)
	}
}

// directImports lists what each package imports outside its tests.
func directImports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		pkg, imports, _ := strings.Cut(line, ": ")
		all[pkg] = strings.Fields(imports)
	}
	return all
}

// TestOnlyAbiJoinsTheDecoders looks at direct imports: nobody else may hold both
// decoders' answers in hand.
func TestOnlyAbiJoinsTheDecoders(t *testing.T) {
	joined := 0
	for pkg, imports := range directImports(t) {
		for _, i := range imports {
			if i != module+"abi/strict" && i != module+"abi/geth" {
				continue
			}
			joined++
			if pkg != module+"abi" {
				t.Errorf("%s imports %s", pkg, i)
			}
		}
	}
	if joined != 2 {
		t.Errorf("%d imports of the decoders found, want 2: by package abi, once each", joined)
	}
}
