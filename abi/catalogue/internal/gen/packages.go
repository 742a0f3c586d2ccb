package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// npmPackage is one line of packages.txt.
type npmPackage struct {
	id, name, version, licence string
	names                      bool // whether names of parameters are taken
}

func (p npmPackage) folder() string {
	return strings.ReplaceAll(p.name, "/", "+") + "@" + p.version
}

// parsePackages reads the format described at the head of packages.txt.
func parsePackages(text string) ([]npmPackage, error) {
	var all []npmPackage
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 6 || f[4] != "names" && f[4] != "types" {
			return nil, fmt.Errorf("packages: %q is not ID PACKAGE VERSION LICENCE names|types SHA-512", strings.TrimSpace(line))
		}
		p := npmPackage{id: f[0], name: f[1], version: f[2], licence: f[3], names: f[4] == "names"}
		if p.names && !permissive[p.licence] {
			return nil, fmt.Errorf("packages: names of %s are not taken under %s", p.name, p.licence)
		}
		all = append(all, p)
	}
	return all, nil
}

// fromPackages returns the tables made from the unpacked packages.
func fromPackages(dir, packagesText string) (map[string]string, error) {
	packages, err := parsePackages(packagesText)
	if err != nil {
		return nil, err
	}
	found := map[string][]string{}
	for _, p := range packages {
		if found[p.id], err = functionsOf(filepath.Join(dir, p.folder())); err != nil {
			return nil, err
		}
		if len(found[p.id]) == 0 {
			return nil, fmt.Errorf("packages: %s %s holds no function", p.name, p.version)
		}
	}
	i := slices.IndexFunc(packages, func(p npmPackage) bool { return p.id == labelPackage })
	if i < 0 {
		return nil, fmt.Errorf("packages: %s is not listed", labelPackage)
	}
	labels, err := labelTable(filepath.Join(dir, packages[i].folder()))
	if err != nil {
		return nil, err
	}
	return map[string]string{"functions.tsv": functionTable(packages, found), "packages.tsv": packageTable(packages), "labels.tsv": labels}, nil
}

// packageTable returns id, package, version and licence by id.
func packageTable(packages []npmPackage) string {
	var lines []string
	for _, p := range packages {
		lines = append(lines, strings.Join([]string{p.id, p.name, p.version, p.licence}, "\t"))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// permissive are the licences under which more than the bare signature, which is a fact,
// is taken.
var permissive = map[string]bool{"MIT": true, "Apache-2.0": true, "ISC": true, "AGPL-3.0-or-later_OR_MIT": true, "GPL-3.0-or-later_OR_MIT": true}

// rehearsal matches what a package contains for its own tests: such contracts are never
// deployed to be used, and a signature that only they have says nothing about real calls.
// It is matched against each part of the path inside the package.
var rehearsal = regexp.MustCompile(
	`(?i:(^|[^a-z])(tests?|mocks?|scripts?|stubs?|fakes?|examples?|samples?|fixtures?|harness|echidna|certora|forge-std|ds-test|node_modules)([^a-z]|$))` +
		`|^I?(Mock|Test|Fake|Dummy|Stub|Sample|Example|Malicious|Attack|Evil|Exposed|Reverting|Revert|Echidna|Forge|Std|Vm|Deploy)[A-Z_]` +
		`|(Mock|Test|Tests|Tester|Testing|Harness|Stub|Fake|Dummy|Example|Examples|Exposed|Script|Invariants|Attacker|Reverter|Reverting|Malicious)(_?[vV]?[0-9_]+)?([.]|$)` +
		`|Test(able|Helper|Base|Util|ERC|Token|Hook|Router|V[0-9])|^I?(Vm|VmSafe|console|console2)[.]|[.][ts][.]sol$`)

// forTests matches functions that test frameworks ask for.
var forTests = regexp.MustCompile(`^(test|invariant|statefulFuzz|check|prove)_|^(test|testFail|testFuzz)[A-Z_0-9]|^(setUp|IS_TEST|IS_SCRIPT|failed|beforeTestSetup|targetArtifacts|targetArtifactSelectors|targetContracts|targetSelectors|targetSenders|targetInterfaces|excludeArtifacts|excludeContracts|excludeSenders|excludeSelectors|echidna_.*|exposed_.*)\(`)

// isRehearsal reports whether a file of a package belongs to its tests.
func isRehearsal(path string) bool {
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(path), "/"), rehearsal.MatchString)
}

// functionsOf returns the declarations in the files of an unpacked package, by file name.
func functionsOf(dir string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		inside, err := filepath.Rel(dir, path)
		if err != nil || !holdsABI(inside) || isRehearsal(inside) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, f := range functionsIn(string(text)) {
			if !seen[f] && !forTests.MatchString(f) {
				seen[f] = true
				out = append(out, f)
			}
		}
		return nil
	})
	return out, err
}

// holdsABI reports whether a file is read: data and programs, no type declarations.
func holdsABI(path string) bool {
	if strings.HasSuffix(path, ".d.ts") || strings.HasSuffix(path, ".d.mts") || strings.HasSuffix(path, ".min.js") {
		return false
	}
	return slices.Contains([]string{".json", ".js", ".mjs", ".cjs", ".ts"}, filepath.Ext(path))
}
