package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/coldsign/coldsign/verify/report"
)

// flagTable lists every flag; the value says whether it takes a value. No flag
// turns a refusal into a pass.
var flagTable = map[string]bool{
	"help": false, "h": false, "version": false, "verbose": false, "all": false, "full": false, "stream": false, "keyed": false, "jobs": true,
	"format": true, "fail-on": true, "intent": true, "dialect": true, "abi": true, "address-book": true, "descriptors": true, "list": true,
	"chain": true, "safe": true, "safe-version": true, "safe-tx-hash": true, "compare": true,
	"to": true, "value": true, "data": true, "operation": true,
	"receipt": true, "signature": true, "signatures": true, "key": true, "keys": true,
	"owners": true, "threshold": true, "current-nonce": true,
	"policy": true, "digest": true, "name": true, "safe-info": true, "treasury": true,
	"intent-signature": true, "approval": true,
	"journal": true, "length": true, "head": true, "last": true,
	"nonce": true, "safe-tx-gas": true, "base-gas": true, "gas-price": true, "gas-token": true, "refund-receiver": true,
	"ledger": false, "path": true, "key-file": true, "export": true, "import": true, "device": true, "form": true,
	"approved": true, "via": true, "tx-nonce": true, "gas-limit": true, "max-fee": true, "max-priority-fee": true,
	"check": false, "output": true, "multisend": true, "sender": true,
}

// repeated lists the flags that may stand more than once: each adds a value, and
// none replaces another.
var repeated = map[string]bool{"abi": true, "approval": true, "compare": true, "list": true, "signature": true, "key": true, "approved": true, "via": true}

// The flags that several commands share.
var (
	givenFlags = []string{"chain", "safe", "safe-version", "nonce", "safe-tx-gas", "base-gas", "gas-price", "gas-token", "refund-receiver", "owners", "threshold", "current-nonce"}
	knownFlags = []string{"address-book", "list", "policy", "abi", "descriptors", "signatures"}
	manyFlags  = []string{"stream", "keyed", "jobs"}
	inputFlags = flags([]string{"format", "dialect", "safe-tx-hash", "compare", "to", "value", "data", "operation"}, givenFlags, knownFlags)
)

func flags(sets ...[]string) []string {
	var out []string
	for _, s := range sets {
		out = append(out, s...)
	}
	return out
}

// options are the flags of one command with what the command line gave.
type options struct {
	names  []string
	values map[string]*value
}

func newOptions(p *program, names ...string) *options {
	o := &options{names: names, values: make(map[string]*value, len(names))}
	for _, n := range names {
		o.values[n] = &value{name: n, takes: flagTable[n], p: p}
	}
	return o
}

func (o *options) cliFlags() []cli.Flag {
	var out []cli.Flag
	for _, n := range o.names {
		out = append(out, &cli.GenericFlag{Name: n, Value: o.values[n]})
	}
	return out
}

// given reports whether the flag stands on the command line.
func (o *options) given(name string) bool {
	v, ok := o.values[name]
	return ok && v.set
}

// text returns the flag's value, "" if it was not given.
func (o *options) text(name string) string {
	if !o.given(name) {
		return ""
	}
	return o.values[name].text
}

// texts returns all values of a repeated flag, in the order of the command line.
func (o *options) texts(name string) []string {
	if v, ok := o.values[name]; ok {
		return v.all
	}
	return nil
}

// value is one flag. It takes text, once: of a flag given twice the library would
// silently take the last, and a script that appends to a command line could so
// change the chain or the intent. A repeated flag keeps every value.
type value struct {
	name  string
	text  string
	all   []string
	takes bool
	set   bool
	p     *program
}

// String is empty: the library prints and copies what it returns.
func (v *value) String() string { return "" }

// IsBoolFlag tells package flag that the flag stands alone.
func (v *value) IsBoolFlag() bool { return !v.takes }

// Set takes the text of the command line.
func (v *value) Set(text string) error {
	err := v.check(text)
	if err != nil && v.p.problem == nil {
		v.p.problem = err
	}
	v.text, v.set, v.all = text, true, append(v.all, text)
	return err
}

func (v *value) check(text string) error {
	switch {
	case v.set && !repeated[v.name]:
		return usagef("give it once", "flag --%s is given twice", v.name)
	case !v.takes && text != "true":
		return usagef("write it without =", "flag --%s takes no value", v.name)
	case v.takes && text == "":
		return usagef("an empty value is often a shell variable that is not set", "flag --%s has an empty value", v.name)
	case v.takes && strings.HasPrefix(text, "-") && text != "-":
		return usagef("give a value; a file name that begins with - is written ./-name", "flag --%s is followed by %s, which looks like another flag", v.name, report.Quote(text))
	}
	return nil
}
