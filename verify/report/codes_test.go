package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

var (
	upperSnake  = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	techniqueID = regexp.MustCompile(`^[A-H][0-9]{2}$`)
	codeSpan    = regexp.MustCompile("`[^`]*`")
	// insider matches what a user cannot look up: our notes, and places in them.
	insider = regexp.MustCompile(`\.md\b|\.go\b|codes below|attacks|peers|clearsign|decision|\bspec\b`)
)

// TestCatalogue holds every entry to the form that explain and the encoders rely
// on: nothing is missing, and nothing would be read as markup.
func TestCatalogue(t *testing.T) {
	names := map[string]bool{}
	for _, c := range report.Codes() {
		t.Run(c.Name, func(t *testing.T) {
			if !upperSnake.MatchString(c.Name) || names[c.Name] {
				t.Errorf("the name is no UPPER_SNAKE, or is there twice")
			}
			names[c.Name] = true
			if c.Severity == report.SeverityUnknown || c.Stage == report.StageUnknown || c.Scope == report.ScopeUnknown {
				t.Errorf("severity %s, stage %s, scope %s", c.Severity, c.Stage, c.Scope)
			}
			declarable(t, c)
			words(t, c)
			for i, id := range c.Techniques {
				if !techniqueID.MatchString(id) || i > 0 && id <= c.Techniques[i-1] {
					t.Errorf("technique %q after %v", id, c.Techniques[:i])
				}
			}
		})
	}
}

// declarable: no honest intent excuses how a file, a hash, a signature or an
// encoding is made (decision 7).
func declarable(t *testing.T, c report.Code) {
	if c.Declarable && (c.Stage != report.StageRisk || c.Severity == report.Notice) {
		t.Errorf("declarable with stage %s and severity %s", c.Stage, c.Severity)
	}
	if c.Declarable && c.Declare == "" {
		t.Errorf("declarable, and nothing says how")
	}
	if teaches := strings.Contains(c.Declare, "`call: ") || strings.Contains(c.Declare, "`transfer: "); teaches && !c.Declarable {
		t.Errorf("not declarable, and %q shows how", c.Declare)
	}
}

func words(t *testing.T, c report.Code) {
	if c.Meaning == "" || c.Why == "" || c.Do == "" {
		t.Errorf("meaning %q, why %q, do %q", c.Meaning, c.Why, c.Do)
	}
	if strings.HasSuffix(c.Meaning, ".") {
		t.Errorf("the meaning %q is a phrase and ends with a period", c.Meaning)
	}
	for _, text := range []string{c.Why, c.Incident, c.Evidence, c.Do, c.Declare} {
		if text != "" && !strings.HasSuffix(text, ".") {
			t.Errorf("%q does not end with a period", text)
		}
	}
	for _, text := range []string{c.Meaning, c.Why, c.Incident, c.Evidence, c.Do, c.Declare} {
		if report.Escape(text) != text {
			t.Errorf("%q is not printable ASCII", text)
		}
		if found := insider.FindString(text); found != "" {
			t.Errorf("%q mentions %q, which a user does not have", text, found)
		}
		if plain := codeSpan.ReplaceAllString(text, ""); strings.ContainsAny(plain, "`*<>[]|\\#~") || strings.Contains(plain, "__") {
			t.Errorf("%q would be read as markup", text)
		}
		if strings.Contains(text, "  ") {
			t.Errorf("%q has two spaces in a row", text)
		}
	}
}

// TestIncidentsAreDated: a case that is named has a date and a loss.
func TestIncidentsAreDated(t *testing.T) {
	dated := regexp.MustCompile(`, 20[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?,? .*(USD|ETH|OP|WETH)`)
	n := 0
	for _, c := range report.Codes() {
		if c.Incident == "" {
			continue
		}
		n++
		if !dated.MatchString(c.Incident) {
			t.Errorf("%s: %q has no date or no loss", c.Name, c.Incident)
		}
	}
	if n < 20 {
		t.Errorf("%d codes name a case, want at least 20", n)
	}
}

var (
	shown       = regexp.MustCompile("`([a-z-]+: [{][^`]*)`")
	placeholder = regexp.MustCompile(`"<[^">]*>"`)
	signature   = regexp.MustCompile(`function: "[A-Za-z0-9_]+\(([^)]*)\)"`)
)

// TestDeclaredActionsParse: every action that an explanation shows is one in the
// grammar, once the names in angle brackets are replaced by values.
func TestDeclaredActionsParse(t *testing.T) {
	const account = `"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"`
	samples := map[string]string{"address": account, "bool": `"true"`, "bytes": `"0x00"`, "bytes4": `"0x00000000"`, "bytes32": `"0x` + strings.Repeat("00", 32) + `"`}
	env := intent.Env{NativeSymbol: func(uint64) (string, uint8, bool) { return "ETH", 18, true }}
	n := 0
	for _, c := range report.Codes() {
		for _, m := range shown.FindAllStringSubmatch(c.Declare, -1) {
			n++
			head, args, _ := strings.Cut(m[1], "args: ")
			action := placeholder.ReplaceAllString(head, account)
			if s := signature.FindStringSubmatch(head); s != nil {
				types := strings.Split(s[1], ",")
				values := strings.Split(strings.Trim(args, "[]}"), ", ")
				if len(values) != len(types) {
					t.Errorf("%s: %s has %d arguments, want %d", c.Name, m[1], len(values), len(types))
					continue
				}
				for i, v := range values {
					if sample, ok := samples[types[i]]; ok && placeholder.MatchString(v) {
						values[i] = sample
					}
					values[i] = placeholder.ReplaceAllString(values[i], `"1"`)
				}
				action += "args: [" + strings.Join(values, ", ") + "]}"
			}
			if strings.Contains(action, ".yaml") { // reads another file
				n--
				continue
			}
			file := "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 0\nactions:\n  - " + action + "\n"
			if _, err := intent.Parse([]byte(file), env); err != nil {
				t.Errorf("%s: %s is no action: %v\n%s", c.Name, m[1], err, file)
			}
		}
	}
	if n < 30 {
		t.Errorf("%d actions are shown, want at least 30", n)
	}
}

// TestTechniques compares the catalogue with the attack catalogue, both ways.
func TestTechniques(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the attack catalogue was NOT compared")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "techniques.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Techniques []struct {
			ID    string   `json:"id"`
			Flags []string `json:"expected_flags"`
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	all := report.ExplainAll()
	expected := map[string][]string{}
	for _, k := range file.Techniques {
		id, _, _ := strings.Cut(k.ID, "-")
		expected[id] = k.Flags
		if !strings.Contains(all, "\n- **"+id+"** ") {
			t.Errorf("%s has no name in explain --all", k.ID)
		}
		for _, flag := range k.Flags {
			if strings.HasPrefix(flag, "(none") {
				continue
			}
			c, ok := report.LookupCode(flag)
			if !ok {
				t.Errorf("%s expects %s, which is no code", k.ID, flag)
			} else if !slices.Contains(c.Techniques, id) {
				t.Errorf("%s expects %s, which names %v", k.ID, flag, c.Techniques)
			}
		}
	}
	for _, c := range report.Codes() {
		for _, id := range c.Techniques {
			if !slices.Contains(expected[id], c.Name) {
				t.Errorf("%s names %s, which expects %v", c.Name, id, expected[id])
			}
		}
	}
	if len(expected) < 80 {
		t.Errorf("%d techniques, want at least 80", len(expected))
	}
}
