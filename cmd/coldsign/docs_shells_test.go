package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writeDocuments writes the documents into a folder, together with files whose names would
// run something in a shell that looks at them twice.
func writeDocuments(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range manuals(t) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "files"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tx.json", "$(touch PWNED).json", "`touch PWNED`.json", "a;touch PWNED;.json", "--help", "new\nline.json"} {
		if err := os.WriteFile(filepath.Join(dir, "files", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shell runs a script in the folder of hostile names. The test is skipped, and says so,
// where the shell is not installed.
func shell(t *testing.T, dir string, command ...string) string {
	t.Helper()
	path, err := exec.LookPath(command[0])
	if err != nil {
		t.Skipf("NOT TESTED: %s is not installed", command[0])
	}
	cmd := exec.Command(path, command[1:]...)
	cmd.Dir = filepath.Join(dir, "files")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir, "ZDOTDIR="+dir, "TERM=dumb")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command[0], err, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "files", "PWNED")); err == nil {
		t.Fatal("completing ran the name of a file")
	}
	return string(out)
}

// completions are lines to complete and words that must, and must not, be offered.
var completions = []struct {
	name      string
	words     []string
	want, not []string
}{
	{"commands", []string{"coldsign", ""}, []string{"check", "verify", "sign", "intent", "help"}, []string{"lint", "--intent"}},
	{"begun command", []string{"coldsign", "ve"}, []string{"verify", "version"}, []string{"check"}},
	{"words of a group", []string{"coldsign", "policy", ""}, []string{"lint", "trust", "schema"}, []string{"check"}},
	{"help", []string{"coldsign", "help", "ch"}, []string{"check"}, nil},
	{"flags", []string{"coldsign", "verify", "--i"}, []string{"--intent", "--intent-signature"}, []string{"--fail-on", "--import"}},
	{"flags of a word of a group", []string{"coldsign", "intent", "fmt", "--"}, []string{"--check", "--policy"}, []string{"--intent"}},
	{"values", []string{"coldsign", "check", "--fail-on", ""}, []string{"critical", "high"}, []string{"text"}},
	{"values of another command", []string{"coldsign", "signatures", "combine", "--form", ""}, []string{"packed", "json"}, []string{"service"}},
	{"a value that looks like a command", []string{"coldsign", "check", "--fail-on", "c"}, []string{"critical"}, []string{"check"}},
	{"hostile words", []string{"coldsign", "$(touch PWNED)", ""}, nil, []string{"check"}},
}

func compare(t *testing.T, offered, want, not []string) {
	t.Helper()
	for _, w := range want {
		if !slices.Contains(offered, w) {
			t.Errorf("%s is not among %q", w, offered)
		}
	}
	for _, w := range not {
		if slices.Contains(offered, w) {
			t.Errorf("%s is among %q", w, offered)
		}
	}
}

// TestBashCompletion sources the script in a real bash and completes as readline does.
func TestBashCompletion(t *testing.T) {
	dir := writeDocuments(t)
	for _, tt := range completions {
		t.Run(tt.name, func(t *testing.T) {
			script := `. ../coldsign.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _coldsign; printf '%s\n' "${COMPREPLY[@]}"`
			out := shell(t, dir, slices.Concat([]string{"bash", "--norc", "-uc", script, "bash"}, tt.words)...)
			compare(t, strings.Fields(out), tt.want, tt.not)
		})
	}
	t.Run("file names are left to readline", func(t *testing.T) {
		if out := shell(t, dir, "bash", "--norc", "-c", `. ../coldsign.bash; COMP_WORDS=(coldsign check ''); COMP_CWORD=2; _coldsign; echo "${#COMPREPLY[@]}"; complete -p coldsign`); out != "0\ncomplete -o default -F _coldsign coldsign\n" {
			t.Errorf("got %q", out)
		}
	})
}

// TestFishCompletion asks fish itself, which completes a line without a terminal.
func TestFishCompletion(t *testing.T) {
	dir := writeDocuments(t)
	for _, tt := range completions {
		t.Run(tt.name, func(t *testing.T) {
			var line []string
			for _, w := range tt.words {
				if strings.ContainsAny(w, "$(") {
					w = "'" + w + "'"
				}
				line = append(line, w)
			}
			out := shell(t, dir, "fish", "--no-config", "-c", `source ../coldsign.fish; complete -C "$argv[1]"`, strings.Join(line, " "))
			var offered []string
			for _, l := range strings.Split(out, "\n") {
				w, _, _ := strings.Cut(l, "\t")
				offered = append(offered, w)
			}
			compare(t, offered, tt.want, tt.not)
		})
	}
}

// TestZshCompletion runs the function in zsh with the two builtins that only a line editor
// has in their places: what it would offer is printed.
func TestZshCompletion(t *testing.T) {
	dir := writeDocuments(t)
	for _, tt := range completions {
		t.Run(tt.name, func(t *testing.T) {
			script := `compadd() { shift; print -rl -- "$@" }; _files() { print FILES }; words=("$@"); CURRENT=$#; . ../_coldsign`
			offered := strings.Fields(shell(t, dir, slices.Concat([]string{"zsh", "-fc", script, "zsh"}, tt.words)...))
			last := tt.words[len(tt.words)-1]
			// compadd itself keeps only what begins with the word.
			offered = slices.DeleteFunc(offered, func(w string) bool { return !strings.HasPrefix(w, last) })
			compare(t, offered, tt.want, tt.not)
		})
	}
	t.Run("files", func(t *testing.T) {
		if out := shell(t, dir, "zsh", "-fc", `compadd() { shift; print -rl -- "$@" }; _files() { print FILES }; words=("$@"); CURRENT=$#; . ../_coldsign`, "zsh", "coldsign", "verify", "--intent", ""); out != "FILES\n" {
			t.Errorf("got %q", out)
		}
	})
}

// TestPowerShellCompletion looks at what can be seen without PowerShell: nothing in the
// script is expanded, and every flag is there.
func TestPowerShellCompletion(t *testing.T) {
	text := string(manuals(t)["coldsign.ps1"])
	for _, no := range []string{"Invoke-Expression", "iex ", "\"", "`", "& "} {
		if strings.Contains(text, no) {
			t.Errorf("the script holds %q", no)
		}
	}
	for name := range flagTable {
		if name != "h" && name != "version" && !strings.Contains(text, "'--"+name+"'") {
			t.Errorf("the script does not hold --%s", name)
		}
	}
}

// TestManual: two programs that read manual pages have nothing to say about ours, and
// every command and flag is in it.
func TestManual(t *testing.T) {
	dir := writeDocuments(t)
	page := filepath.Join(dir, "coldsign.1")
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range documented(t) {
		if want := "coldsign " + strings.Join(c.Words, " "); c.Words[0] != "help" && !strings.Contains(strings.ReplaceAll(string(raw), `\`, ""), want) && len(c.Words) == 1 {
			t.Errorf("the page does not hold %q", want)
		}
	}
	t.Run("groff", func(t *testing.T) {
		if out := shell(t, dir, "groff", "-man", "-ww", "-z", "-Tutf8", page); out != "" {
			t.Error(out)
		}
		if out := shell(t, dir, "groff", "-man", "-Tascii", page); !strings.Contains(out, "coldsign check [FLAGS] FILE|FOLDER") {
			t.Error("the page does not show the usage of check")
		}
	})
	t.Run("mandoc", func(t *testing.T) {
		if out := shell(t, dir, "mandoc", "-T", "lint", "-W", "warning", page); out != "" {
			t.Error(out)
		}
	})
}
