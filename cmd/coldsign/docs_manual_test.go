package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/docs"
	"github.com/coldsign/coldsign/verify"
)

var (
	docsFolder  = flag.String("docs", "", "write manual page and completions into this folder")
	docsVersion = flag.String("docs-version", "(devel)", "the version that the manual page names")
	docsDate    = flag.Int64("docs-date", 0, "the date that the manual page names, in seconds since 1970")
)

// manuals are the files of a release that are made from the table of commands. They are
// made here, in a test, because only package main knows the table, and the program itself
// shall hold nothing that is needed at build time alone.
func manuals(t *testing.T) map[string][]byte {
	t.Helper()
	all := documented(t)
	if err := docs.Check(all); err != nil {
		t.Fatal(err)
	}
	page := docs.Page{Version: *docsVersion, Date: time.Unix(*docsDate, 0), Main: mainHelp, Notes: limitsText}
	return map[string][]byte{
		"coldsign.1":    docs.Man(page, all),
		"coldsign.bash": docs.Bash(all),
		"_coldsign":     docs.Zsh(all),
		"coldsign.fish": docs.Fish(all),
		"coldsign.ps1":  docs.PowerShell(all),
	}
}

// TestDocuments writes manual page and completions, where -docs names a folder; .ci/release
// does. Made twice they are the same.
func TestDocuments(t *testing.T) {
	files := manuals(t)
	again := manuals(t)
	for name, data := range files {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s differs when it is made again", name)
		}
		if *docsFolder == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(*docsFolder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// documented turns the table of commands into what package docs writes.
func documented(t *testing.T) []docs.Command {
	t.Helper()
	var out []docs.Command
	add := func(c command, words ...string) {
		d := docs.Command{Words: words, Help: c.help}
		for _, name := range append([]string{"help"}, c.flags...) {
			d.Flags = append(d.Flags, docs.Flag{Name: name, Takes: flagTable[name], Values: choices(t, words, name)})
		}
		out = append(out, d)
	}
	for _, c := range commands() {
		if c.sub == nil {
			add(c, c.name)
		}
		for _, s := range c.sub {
			add(s, c.name, s.name)
		}
	}
	return out
}

var oneOf = regexp.MustCompile(`(?:, not one of|the (?:dialects|forms|devices) are) ([a-z0-9-]+(?:, (?:or )?[a-z0-9-]+)*)`)

// choices asks the program itself which values a flag has: of one that has few, it names
// them all when it refuses another.
func choices(t *testing.T, words []string, name string) []string {
	t.Helper()
	if !flagTable[name] || !slices.Contains([]string{"format", "fail-on", "form", "dialect", "device"}, name) && !(name == "to" && words[0] == "intent") {
		return nil
	}
	line := slices.Concat(words, []string{"--" + name, "?"})
	c, _ := findCommand(words...)
	key := [2]string{"key-file", "x"}
	if name == "device" {
		key[0] = "export"
	}
	for _, other := range [][2]string{{"intent", "x"}, {"safe-version", "1.4.1"}, key} {
		if slices.Contains(c.flags, other[0]) {
			line = append(line, "--"+other[0], other[1])
		}
	}
	for _, files := range [][]string{{"x"}, {}, {"x", "y"}} {
		var stdout, stderr bytes.Buffer
		w := world{state: "nowhere", env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify}
		run(slices.Concat(line, files), strings.NewReader(""), &stdout, &stderr, w)
		if found := oneOf.FindStringSubmatch(strings.Join(strings.Fields(stderr.String()), " ")); found != nil {
			return strings.Split(strings.ReplaceAll(found[1], "or ", ""), ", ")
		}
	}
	t.Fatalf("coldsign %s does not say which values there are", strings.Join(line, " "))
	return nil
}
