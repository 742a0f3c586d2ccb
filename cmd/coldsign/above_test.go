package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const wei5 = `{"safe":"` + deskSafe + `","to":"` + payroll + `","value":"5","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":7}`

const abovePolicy = "coldsign: policy/v1\nversion: 1\ntreasury: Example\nchains:\n  1:\n    names: {cold-reserve: \"" + payroll + "\"}\n    safes: {main-vault: {address: \"" + deskSafe + "\", version: 1.4.1}}\n"

const denying = abovePolicy + "    deny: [{to: cold-reserve, function: send}]\n"

// place writes files with the folders that they lie in; a name that ends in / is a
// folder.
func (d *desk) place(files map[string]string) {
	d.t.Helper()
	for name, text := range files {
		dir := filepath.Dir(name)
		if strings.HasSuffix(name, "/") {
			dir = name
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			d.t.Fatal(err)
		}
		if dir != name {
			d.file(name, text)
		}
	}
}

// TestPolicyAbove: check takes the one policy of the repository, and no other.
func TestPolicyAbove(t *testing.T) {
	const found, none, many = "POLICY_FORBIDDEN", "no policy was given", "2 policies lie above it"
	for _, tt := range []struct {
		name  string
		files map[string]string
		code  int
		says  string
	}{
		{"at the root", map[string]string{"repo/.git/": "", "repo/coldsign.yaml": denying}, exitRefused, found},
		{"beside the file", map[string]string{"repo/.git/": "", "repo/a/b/coldsign.yaml": denying}, exitRefused, found},
		{"above the repository", map[string]string{"repo/.git/": "", "coldsign.yaml": denying}, exitDone, none},
		{"no repository", map[string]string{"repo/coldsign.yaml": denying}, exitDone, none},
		{"in another folder", map[string]string{"repo/.git/": "", "repo/c/coldsign.yaml": denying}, exitDone, none},
		{"a nearer one that allows", map[string]string{"repo/.git/": "", "repo/coldsign.yaml": denying, "repo/a/coldsign.yaml": abovePolicy}, exitUnchecked, many},
		{"a repository inside, without a policy", map[string]string{"repo/.git/": "", "repo/coldsign.yaml": denying, "repo/a/.git/": ""}, exitRefused, found},
		{"a repository inside, with one that allows", map[string]string{"repo/.git/": "", "repo/coldsign.yaml": denying, "repo/a/.git/": "", "repo/a/coldsign.yaml": abovePolicy}, exitUnchecked, many},
		{"a submodule", map[string]string{"repo/.git/": "", "repo/coldsign.yaml": denying, "repo/a/.git": "gitdir: elsewhere\n"}, exitRefused, found},
		{"a worktree", map[string]string{"repo/.git": "gitdir: elsewhere\n", "repo/coldsign.yaml": denying}, exitRefused, found},
		{"not a policy", map[string]string{"repo/.git/": "", "repo/coldsign.yaml": "coldsign: policy/v2\n"}, exitUnchecked, "cannot be used"},
		{"a folder of that name", map[string]string{"repo/.git/": "", "repo/coldsign.yaml/": ""}, exitUnchecked, "is a directory"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			tt.files["repo/a/b/tx.json"] = wei5
			d.place(tt.files)
			got := d.want(tt.code, tt.says, "check", "--chain", "1", "repo/a/b/tx.json")
			if tt.says == found && !strings.Contains(strings.Join(strings.Fields(got.stdout), " "), "found above the proposal") {
				t.Errorf("the report does not say where the policy was:\n%s", got.stdout)
			}
			if tt.says == many {
				d.want(exitRefused, found, "check", "--chain", "1", "--policy", "repo/coldsign.yaml", "repo/a/b/tx.json")
			}
		})
	}
}

// TestAboveIsNotYours: what lay above the proposal is never called the signer's own.
func TestAboveIsNotYours(t *testing.T) {
	d := newDesk(t)
	const hex = "0x1111111111111111111111111111111111111111"
	d.place(map[string]string{
		"repo/.git/":         "",
		"repo/coldsign.yaml": abovePolicy + "    tokens: {GOLD: {address: \"" + hex + "\", decimals: 2}}\n",
		"repo/tx.json":       wei5,
		"book.csv":           "address,name,chainId\n" + stranger + ",Ops,1\n",
		"i.yaml":             plainIntent + "actions:\n  - transfer: {token: \"" + hex + "\", amount: \"10\", decimals: 2, to: \"" + payroll + "\"}\n",
	})
	d.want(exitDone, "", "intent", "build", "--to", "typed-data", "--safe-version", "1.4.1", "--output", "repo/gold.json", "i.yaml")
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	path := `the policy found at "` + filepath.Join(folder, "repo", "coldsign.yaml") + `"`
	got := d.want(exitDone, `("cold-reserve" in `+path+")", "check", "--chain", "1", "repo/tx.json")
	if all := strings.Join(strings.Fields(got.stdout), " "); strings.Contains(all, "your policy") || !strings.Contains(all, "version 1.4.1 [beside]") {
		t.Errorf("%s", got.stdout)
	}
	got = d.want(exitDone, "only "+path+` says that the token at 0x1111 1111 1111 1111 1111 1111 1111 1111 1111 1111 is "GOLD" (2 decimals)`, "check", "--chain", "1", "repo/gold.json")
	if strings.Contains(got.stdout, "your policy") {
		t.Errorf("%s", got.stdout)
	}
	d.want(exitDone, `("cold-reserve" in your policy)`, "check", "--chain", "1", "--policy", "repo/coldsign.yaml", "repo/tx.json")
	// It makes nobody known whom the signer's own address book does not name.
	d.want(exitRefused, "UNKNOWN_RECIPIENT", "check", "--chain", "1", "--address-book", "book.csv", "repo/tx.json")
	d.want(exitDone, `("cold-reserve" in your policy)`, "check", "--chain", "1", "--address-book", "book.csv", "--policy", "repo/coldsign.yaml", "repo/tx.json")
}

// TestNoPlaceToLookIn: flags and standard input lie in no repository, which is said.
func TestNoPlaceToLookIn(t *testing.T) {
	d := newDesk(t)
	d.place(map[string]string{".git/": "", "coldsign.yaml": denying, "tx.json": wei5})
	const says = "the policy of a repository: flags and standard input lie in no folder"
	flags := append([]string{"--chain", "1", "--safe", deskSafe, "--safe-version", "1.4.1"}, pay("7", "5")...)
	d.want(exitDone, says, append([]string{"check"}, flags...)...)
	d.stdin = wei5
	d.want(exitDone, says, "check", "--chain", "1", "-")
	for _, args := range [][]string{append([]string{"check", "--policy", "coldsign.yaml"}, flags...), {"check", "--chain", "1", "tx.json"}} {
		if got := d.want(exitRefused, "POLICY_FORBIDDEN", args...); strings.Contains(got.stdout, says) {
			t.Errorf("a policy was used:\n%s", got.stdout)
		}
	}
}

// TestPolicyAboveEach: files of several folders in one run are judged each by the policy
// above it, however many folders there are.
func TestPolicyAboveEach(t *testing.T) {
	d := newDesk(t)
	files := map[string]string{}
	for i := range 3 * mostPlaces {
		policy := abovePolicy
		if i%2 == 1 {
			policy = denying
		}
		repo := fmt.Sprintf("repos/%03d/", i)
		files[repo+".git/"], files[repo+"coldsign.yaml"] = "", policy
		files[repo+"a.json"], files[repo+"deep/b.json"] = wei5, wei5
	}
	d.place(files)
	for _, jobs := range []string{"1", "7"} {
		got := d.want(exitRefused, "", "check", "--chain", "1", "--jobs", jobs, "repos")
		for i := range 3 * mostPlaces {
			word := []string{"NO OBJECTION: ", "REFUSED: "}[i%2]
			for _, name := range []string{"a.json", "deep/b.json"} {
				if want := word + fmt.Sprintf("%q", fmt.Sprintf("repos/%03d/%s", i, name)); !strings.Contains(got.stdout, want) {
					t.Errorf("%s jobs: no %s in\n%s", jobs, want, got.stdout)
				}
			}
		}
	}
}
