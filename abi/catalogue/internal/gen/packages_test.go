package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestPackagesAreGenerated(t *testing.T) {
	dir := os.Getenv("COLDSIGN_PACKAGES")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_PACKAGES is not set, so the functions of the npm packages were NOT generated again")
	}
	tables, err := fromPackages(dir, packagesText)
	if err == nil {
		tables["functions.tsv"], err = functions(tables["functions.tsv"], read(t, "curated.txt"), read(t, "named.txt"))
	}
	compare(t, tables, err)
}

// Without the packages at least this can be seen: what is written by hand stands in the
// table once, and nothing else that was.
func TestNamedAreGenerated(t *testing.T) {
	table, err := functions(read(t, "tables/functions.tsv"), read(t, "curated.txt"), read(t, "named.txt"))
	compare(t, map[string]string{"functions.tsv": table}, err)
}

func TestWithNamed(t *testing.T) {
	const before = "00000001\tp\tf(bool)\n00000002\thand:old\tgone()\n"
	curated := []section{{id: "c", declarations: []string{"f(bool b)"}}}
	got, err := withNamed(before, curated, []section{{id: "n", grade: "interface", declarations: []string{"g(address to)"}}})
	if want := selectorOf("g(address)") + "\thand:n\tg(address to)\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for name, s := range map[string]section{
		"in curated.txt too":        {id: "n", grade: "interface", declarations: []string{"f(bool)"}},
		"twice":                     {id: "n", grade: "interface", declarations: []string{"g(bool)", "g(bool b)"}},
		"guess":                     {id: "n", grade: "database", declarations: []string{"g(bool)"}},
		"tied to published address": {id: "n", grade: "interface", published: []string{"Safe 1.4.1"}, declarations: []string{"g(bool)"}},
	} {
		if _, err := withNamed(before, curated, []section{s}); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
}

func TestFunctionsIn(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"json":            {`{"abi":[{"type":"function","name":"f","inputs":[{"name":"_to","type":"address"}]}]}`, []string{"f(address to)"}},
		"bare array":      {`[{"inputs":[],"name":"g","type":"function"},{"type":"event","name":"E","inputs":[]}]`, []string{"g()"}},
		"script":          {`export const abi = [{ type: 'function', name: "h", inputs: [{type: 'uint256', name: ''},], }] as const;`, []string{"h(uint256)"}},
		"minified":        {`var a=[{inputs:[{internalType:"uint256",name:"x",type:"uint256"}],name:"k",anonymous:!1,type:"function"}]`, []string{"k(uint256 x)"}},
		"comment":         {"[{ // f\n type: 'function', /* { */ name: 'f', inputs: [] }]", []string{"f()"}},
		"tuple":           {`[{"type":"function","name":"t","inputs":[{"name":"p","type":"tuple[]","components":[{"name":"a","type":"bool"},{"name":"b","type":"bytes"}]}]}]`, []string{"t((bool a,bytes b)[] p)"}},
		"struct by name":  {`[{"type":"function","name":"t","inputs":[{"name":"p","type":"Lib.S storage"}]}]`, nil},
		"a call inside":   {`[{type:"function",name:"t",inputs:make()}]`, nil},
		"a variable":      {`[{type:"function",name:n,inputs:[]}]`, nil},
		"alias":           {`[{type:"function",name:"t",inputs:[{type:"uint"}]}]`, nil},
		"no name":         {`[{type:"function",name:"",inputs:[]}]`, nil},
		"error":           {`[{type:"error",name:"t",inputs:[]}]`, nil},
		"cut":             {`[{type:"function",name:"t",inputs:[{type:"uint256"`, nil},
		"hostile name":    {`[{type:"function",name:"t",inputs:[{type:"bool",name:"x) evil("}]}]`, []string{"t(bool)"}},
		"hostile type":    {`[{type:"function",name:"t",inputs:[{type:"bool x,uint256"}]}]`, nil},
		"escaped name":    {`[{type:"function",name:"t",inputs:[{type:"bool",name:"x\u0061"}]}]`, []string{"t(bool)"}},
		"nothing":         {"", nil},
		"deep":            {strings.Repeat(`{inputs:[`, 200), nil},
		"inside function": {`f({abi:[{type:"function",name:"in",inputs:[]}], other: g()})`, []string{"in()"}},
	} {
		if got := functionsIn(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// Contracts for tests are left out, and nothing that only resembles one.
func TestRehearsal(t *testing.T) {
	for path, want := range map[string]bool{
		"contracts/test/Thing.json": true, "build/contracts/MockOracle.json": true, "abi/v0.8/VRFCoordinatorTestV2.json": true,
		"out/PoolTest.sol/PoolTest.json": true, "artifacts/forge-std/Base.json": true, "abi/TestToken.json": true, "dist/mocks/a.js": true,
		"out/Deploy.s.sol/Deploy.json": true, "Vm.json": true, "abi/FlashLoanReceiverExample.json": true, "lib/ds-test/x.json": true,
		"abi/LatestPrice.json": false, "abi/Attestation.json": false, "build/Deployer.json": false, "abi/DSProxy.json": false,
		"abi/ContestFactory.json": false, "abi/Forwarder.json": false, "abi/IPool.json": false, "abi/StandardBridge.json": false,
		"abi/IVMRouter.json": false, "abi/StdReference.json": true, "abi/ScriptedVault.json": false,
	} {
		if got := isRehearsal(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}

// A name counts only if all who may name a parameter agree.
func TestFunctionTable(t *testing.T) {
	packages := []npmPackage{
		{id: "a", names: true}, {id: "b", names: true}, {id: "types-only"},
	}
	found := map[string][]string{
		"a":          {"f(address to,uint256 amount)", "g((bool a,bytes b)[2] c)"},
		"b":          {"f(address TO,uint256 shares)", "f(address to,uint256 amount)", "g((bool a,bytes)[2] d)"},
		"types-only": {"h(bool secret)", "f(address owner,uint256 amount)"},
	}
	want := []string{"f(address to,uint256)", "g((bool a,bytes b)[2])", "h(bool)"}
	var got []string
	for line := range strings.Lines(functionTable(packages, found)) {
		got = append(got, strings.Split(strings.TrimSpace(line), "\t")[2])
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParsePackages(t *testing.T) {
	for name, text := range map[string]string{
		"names under a licence that gives none": "a @x/a 1.0.0 BUSL-1.1 names AAAA\n",
		"a word too few":                        "a @x/a 1.0.0 MIT names\n",
		"neither names nor types":               "a @x/a 1.0.0 MIT all AAAA\n",
	} {
		if _, err := parsePackages(text); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	all, err := parsePackages(packagesText)
	if err != nil || len(all) < 50 {
		t.Fatalf("got %d packages, %v", len(all), err)
	}
}

func TestLabelsIn(t *testing.T) {
	const text = "// src\nvar POOL = \"0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2\";\nvar NONE = \"0x0000000000000000000000000000000000000000\";\n" +
		"var ASSETS = {\n  X: \"0x4e033931ad43597d96D6bcc25c280717730B58B1\"\n};\nvar SHORT = \"0x87870Bca\";\n"
	if got := labelsIn("M", text+"var CHAIN_ID = 1;\n"); len(got) != 1 || got[0].name != "M POOL" || got[0].chain != 1 {
		t.Errorf("got %v, want POOL alone", got)
	}
	for name, tail := range map[string]string{"no chain": "", "two chains": "var CHAIN_ID = 1;\nvar CHAIN_ID = 10;\n", "chain 0": "var CHAIN_ID = 0;\n"} {
		if got := labelsIn("M", text+tail); got != nil {
			t.Errorf("%s: got %v, want nothing", name, got)
		}
	}
}
