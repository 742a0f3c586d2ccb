package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inState runs one command line with a state folder.
func inState(t *testing.T, state string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(args, strings.NewReader(""), &stdout, &stderr, world{env: func(string) string { return "" }, columns: func() int { return 0 }, state: state})
	return outcome{code, stdout.String(), stderr.String()}
}

func onePolicy(t *testing.T, folder, treasury, version string) (name, digest string) {
	t.Helper()
	name = filepath.Join(folder, "p"+version+".yaml")
	text := "coldsign: policy/v1\nversion: " + version + "\ntreasury: " + treasury + "\nchains: {1: {}}\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name, strings.TrimSpace(inState(t, "", "policy", "digest", name).stdout)
}

// TestTrusted: what was accepted last is trusted, and nothing else; what cannot be
// read whole trusts nothing.
func TestTrusted(t *testing.T) {
	state := filepath.Join(t.TempDir(), "a", "b")
	p := &program{world: world{state: state}}
	trusted := func(digest string, want bool) {
		t.Helper()
		if got, err := p.trusted(digest); got != want || err != nil {
			t.Errorf("trusted(%.8s) = %v, %v, want %v", digest, got, err, want)
		}
	}
	folder := t.TempDir()
	v1, d1 := onePolicy(t, folder, "T", "1")
	v2, d2 := onePolicy(t, folder, "T", "2")
	trusted(d1, false)
	if got := inState(t, state, "policy", "trust", "--digest", d1, v1); got.code != exitDone {
		t.Fatalf("exit %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	trusted(d1, true)
	trusted(d2, false)
	if got := inState(t, state, "policy", "trust", "--digest", strings.ToUpper(d2), v2); got.code != exitDone {
		t.Fatalf("exit %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	trusted(d1, false) // replaced: it may allow what the new one forbids
	trusted(d2, true)
	for _, name := range []string{trustName, "policy-" + d1 + ".yaml"} {
		if info, err := os.Stat(filepath.Join(state, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}

	record := filepath.Join(state, trustName)
	raw, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	line := accepted{time: time.Unix(1, 0), digest: strings.Repeat("a", 64), version: 2, treasury: "T"}.line()
	for name, broken := range map[string][]byte{
		"torn":                raw[:len(raw)-1],
		"empty line":          append(bytes.Clone(raw), '\n'),
		"another key":         append(bytes.Clone(raw), `{"time":"2026-01-01T00:00:00Z","version":3,"digest":"`+d1+`","treasury":"T","x":1}`+"\n"...),
		"key twice":           append(bytes.Clone(raw), `{"time":"2026-01-01T00:00:00Z","version":3,"version":4,"digest":"`+d1+`"}`+"\n"...),
		"spaces":              append(bytes.Clone(raw), `{"time": "2026-01-01T00:00:00Z","version":3,"digest":"`+d1+`","treasury":"T"}`+"\n"...),
		"version with point":  append(bytes.Clone(raw), `{"time":"2026-01-01T00:00:00Z","version":3.0,"digest":"`+d1+`","treasury":"T"}`+"\n"...),
		"two of one version":  append(bytes.Clone(raw), line...),
		"not what was there":  []byte("\x00\x01\n"),
		"more than the limit": bytes.Repeat([]byte("x"), maxTrust+1),
	} {
		if err := os.WriteFile(record, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := p.trusted(d2); got || err == nil {
			t.Errorf("%s: trusted %v, error %v", name, got, err)
		}
		if got := inState(t, state, "policy", "trust", "--digest", d2, v2); got.code != exitUnchecked {
			t.Errorf("%s: trust exits %d, want %d\n%s", name, got.code, exitUnchecked, got.stderr)
		}
	}
	if now, err := os.ReadFile(record); err != nil || len(now) != maxTrust+1 && len(now) > 4096 {
		t.Errorf("the record was written to: %d bytes, %v", len(now), err)
	}
}

// TestDistrust: what was taken back is not trusted, nor what it replaced; another file
// may then have its version, and two files that are trusted may not.
func TestDistrust(t *testing.T) {
	state, folder := t.TempDir(), t.TempDir()
	v1, d1 := onePolicy(t, folder, "T", "1")
	v2, d2 := onePolicy(t, folder, "T", "2")
	v2b, d2b := onePolicy(t, t.TempDir(), "T # b", "2")
	old, dOld := onePolicy(t, t.TempDir(), "Before", "7")
	p := &program{world: world{state: state}}
	for _, step := range []struct {
		args    []string
		code    int
		trusted string // of d1, d2, d2b and dOld
	}{
		{[]string{"trust", "--digest", dOld, old}, exitDone, "d"},
		{[]string{"trust", "--digest", d1, v1}, exitDone, "ad"},
		{[]string{"trust", "--digest", d2, v2}, exitDone, "bd"},
		{[]string{"trust", "--digest", d2b, v2b}, exitRefused, "bd"},
		{[]string{"distrust", "--digest", d1}, exitRefused, "bd"},
		{[]string{"distrust", "--digest", strings.ToUpper(d2)}, exitDone, "d"},
		{[]string{"distrust", "--digest", d2}, exitRefused, "d"},
		{[]string{"trust", "--digest", d1, v1}, exitRefused, "d"},
		{[]string{"trust", "--digest", d2b, v2b}, exitDone, "cd"},
		{[]string{"trust", "--digest", d2, v2}, exitRefused, "cd"},
		{[]string{"distrust", "--digest", dOld}, exitDone, "c"},
		{[]string{"trust", "--digest", dOld, old}, exitDone, "cd"},
	} {
		got := inState(t, state, append([]string{"policy"}, step.args...)...)
		trusted := ""
		for i, d := range []string{d1, d2, d2b, dOld} {
			yes, err := p.trusted(d)
			if err != nil {
				t.Fatal(err)
			}
			if yes {
				trusted += string(rune('a' + i))
			}
		}
		if got.code != step.code || trusted != step.trusted {
			t.Errorf("%v: exit %d, want %d; trusted %q, want %q\n%s%s", step.args, got.code, step.code, trusted, step.trusted, got.stdout, got.stderr)
		}
	}
}

// TestTrustShowsWhatChanges: a limit that grows by its decimals is a change, and files
// that differ are never shown as the same.
func TestTrustShowsWhatChanges(t *testing.T) {
	state, folder := t.TempDir(), t.TempDir()
	write := func(name, version, decimals, comment string) string {
		at := filepath.Join(folder, name)
		text := "coldsign: policy/v1\nversion: " + version + "\ntreasury: T" + comment + "\nchains: {1: {limits: [{asset: {address: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48, decimals: " + decimals + "}, per-transaction: \"1000\"}]}}\n"
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	first := write("a", "1", "6", "")
	digest := strings.TrimSpace(inState(t, "", "policy", "digest", first).stdout)
	if got := inState(t, state, "policy", "trust", "--digest", digest, first); got.code != exitDone || strings.Contains(got.stdout, "wrong") {
		t.Fatal(got)
	}
	for _, tt := range []struct{ name, file, says, not string }{
		{"itself", first, "no fact changes", "WARNING"},
		{"more decimals", write("b", "2", "18", ""), "(18 decimals, 1000000000000000000000 base units)", "no fact"},
		{"decimals that are known to be others", write("c", "2", "18", ""), "wrong: chain 1, limits[0]: 18 decimals", "no fact"},
		{"a comment", write("d", "2", "6", " # x"), "WARNING: no fact that is shown here changes, but the files differ", "no fact changes"},
	} {
		got := inState(t, state, "policy", "trust", tt.file)
		all := strings.Join(strings.Fields(got.stdout), " ")
		if !strings.Contains(all, tt.says) || strings.Contains(all, tt.not) {
			t.Errorf("%s: want %q and not %q\n%s", tt.name, tt.says, tt.not, got.stdout)
		}
	}
}

// TestTrustWithoutCopy: if the policy that was accepted is gone or was changed, what
// changes is not shown as nothing.
func TestTrustWithoutCopy(t *testing.T) {
	state, folder := t.TempDir(), t.TempDir()
	v1, d1 := onePolicy(t, folder, "T", "1")
	v2, d2 := onePolicy(t, folder, "T", "2")
	if got := inState(t, state, "policy", "trust", "--digest", d1, v1); got.code != exitDone {
		t.Fatal(got)
	}
	old := filepath.Join(state, "policy-"+d1+".yaml")
	changed, err := os.ReadFile(v2)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := inState(t, state, "policy", "trust", "--digest", d2, v2); got.code != exitDone || !strings.Contains(got.stdout, "nobody can say what changes") {
		t.Errorf("exit %d\n%s", got.code, got.stdout)
	}
}

// TestNewLintsClean: what policy new writes is accepted by policy lint.
func TestNewLintsClean(t *testing.T) {
	got := inState(t, "", "policy", "new", "--chain", "1", "--safe", "0x849D52316331967b6fF1198e5E32A0eB168D039d", "--safe-version", "1.4.1",
		"--owners", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266,0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "--threshold", "2")
	if got.code != exitDone {
		t.Fatal(got)
	}
	name := filepath.Join(t.TempDir(), "new.yaml")
	if err := os.WriteFile(name, []byte(got.stdout), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := inState(t, "", "policy", "lint", name); got.code != exitDone || !strings.Contains(got.stdout, "0 wrong, 0 unwise") {
		t.Errorf("exit %d\n%s", got.code, got.stdout)
	}
}

// TestPolicyOrigin: a policy comes from the flag or the configuration folder, and
// what is there and cannot be read is no absence.
func TestPolicyOrigin(t *testing.T) {
	folder, config := t.TempDir(), t.TempDir()
	named, _ := onePolicy(t, folder, "T", "1")
	read := func(config string, flag string) (policyFile, bool, error) {
		p := &program{world: world{config: config}}
		o := newOptions(p, "policy")
		if flag != "" {
			if err := o.values["policy"].Set(flag); err != nil {
				t.Fatal(err)
			}
		}
		return p.policy(o)
	}
	for _, c := range []string{"", config, filepath.Join(config, "none")} {
		if f, found, err := read(c, ""); found || err != nil || f.name != "" {
			t.Errorf("in %q: %+v %v %v", c, f, found, err)
		}
	}
	if f, found, err := read(config, named); !found || err != nil || f.name != named || f.origin != "--policy" || len(f.raw) == 0 {
		t.Errorf("by flag: %+v %v %v", f, found, err)
	}
	if _, found, err := read(config, filepath.Join(folder, "none")); found || err == nil {
		t.Errorf("a flag that names nothing: %v %v", found, err)
	}
	at := filepath.Join(config, policyName)
	if err := os.WriteFile(at, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, found, err := read(config, ""); !found || err != nil || f.name != at || f.origin != "configuration folder" || string(f.raw) != "x" {
		t.Errorf("configured: %+v %v %v", f, found, err)
	}
	if f, _, err := read(config, named); err != nil || f.name != named {
		t.Errorf("the flag goes before the configured one: %+v %v", f, err)
	}
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", at); err != nil {
		t.Fatal(err)
	}
	if _, found, err := read(config, ""); found || err == nil {
		t.Errorf("a link to nowhere: %v %v", found, err)
	}
}
