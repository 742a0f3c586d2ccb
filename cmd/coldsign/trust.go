package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// policyName is the policy in the user's configuration folder.
const policyName = "coldsign.yaml"

// policyFile is a policy as it was read.
type policyFile struct {
	name   string
	origin string // where the name comes from: "argument", "--policy" or "configuration folder"
	raw    []byte
}

// policy reads the policy that --policy names, else the one in the configuration
// folder; found is false if there is none. It is never looked for beside a proposal:
// who hands over a proposal can hand over a policy that allows it (decision 14).
func (p *program) policy(o *options) (f policyFile, found bool, err error) {
	f = policyFile{name: o.text("policy"), origin: "--policy"}
	if !o.given("policy") {
		if f.name, found, err = p.configuredPolicy(); err != nil || !found {
			return policyFile{}, false, err
		}
		f.origin = "configuration folder"
	}
	if f.raw, err = p.read(f.name, policy.MaxSize); err != nil {
		return f, false, fmt.Errorf("the policy %s %w", report.Quote(f.name), err)
	}
	return f, true, nil
}

// configuredPolicy names the policy of the configuration folder. A link to nowhere
// counts as one, and then cannot be read: a policy must not be passed over.
func (p *program) configuredPolicy() (name string, found bool, err error) {
	if p.world.config == "" {
		return "", false, nil
	}
	name = filepath.Join(p.world.config, policyName)
	_, err = os.Lstat(name)
	switch {
	case err == nil:
		return name, true, nil
	case errors.Is(err, fs.ErrNotExist):
		return "", false, nil
	}
	return "", false, &inputError{"the policy " + report.Quote(name) + " cannot be looked at: " + cause(err), "check the configuration folder"}
}

// The record of accepted policies: one line of JSON for each, in the state folder.
// Lines are only added, also when a policy is taken back. Beside it lie the policies
// themselves, to be compared with.
const (
	trustName = "trusted-policies"
	maxTrust  = 1 << 20
	trustHint = "compare the record with a copy; to begin anew, move it away and accept the policy again"
)

// accepted is a policy that the user has accepted, or taken back since.
type accepted struct {
	time      time.Time
	digest    string
	version   uint64
	treasury  string
	withdrawn bool
}

// trusted reports whether the policy with this digest was accepted, and no later one
// of its treasury since: a policy that was replaced is not trusted any more.
func (p *program) trusted(digest string) (bool, error) {
	all, err := p.accepted()
	if err != nil {
		return false, err
	}
	for _, a := range all {
		if a.digest != digest {
			continue
		}
		last, _, err := lastOf(all, a.treasury)
		return err == nil && last.digest == digest && !last.withdrawn, err
	}
	return false, nil
}

// lastOf returns what was said last of the greatest version of a treasury, by what its
// name looks like: a look-alike must not begin at version 1 again. A policy that was
// taken back still counts with its version: those before it may allow what it forbids.
func lastOf(all []accepted, treasury string) (last accepted, found bool, err error) {
	for _, a := range all {
		if label.Fold(a.treasury) != label.Fold(treasury) {
			continue
		}
		if found && a.version == last.version && a.digest != last.digest && !last.withdrawn {
			return last, true, &inputError{fmt.Sprintf("the record %s holds two policies of version %d", trustName, a.version), trustHint}
		}
		if !found || a.version >= last.version {
			last, found = a, true
		}
	}
	return last, found, nil
}

// standing returns the policies that are trusted, one of each treasury at most.
func standing(all []accepted) ([]accepted, error) {
	var out []accepted
	seen := map[string]bool{}
	for _, a := range all {
		if seen[label.Fold(a.treasury)] {
			continue
		}
		seen[label.Fold(a.treasury)] = true
		last, _, err := lastOf(all, a.treasury)
		if err != nil {
			return nil, err
		}
		if !last.withdrawn {
			out = append(out, last)
		}
	}
	return out, nil
}

// accepted reads the record. One that cannot be read whole trusts nothing.
func (p *program) accepted() ([]accepted, error) {
	if p.world.state == "" {
		return nil, &inputError{"there is no folder for what this machine remembers", "set HOME or XDG_STATE_HOME"}
	}
	name := filepath.Join(p.world.state, trustName)
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	raw, err := p.read(name, maxTrust)
	if err != nil {
		return nil, fmt.Errorf("the record %s %w", report.Quote(name), err)
	}
	all, why := parseTrust(raw)
	if why != "" {
		return nil, &inputError{"the record " + report.Quote(name) + " " + why, trustHint}
	}
	return all, nil
}

func parseTrust(raw []byte) (all []accepted, why string) {
	switch {
	case len(raw) > maxTrust:
		return nil, fmt.Sprintf("has more than %d bytes", maxTrust)
	case len(raw) > 0 && raw[len(raw)-1] != '\n':
		return nil, "ends in the middle of a line"
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n")) {
		if len(raw) == 0 {
			return nil, ""
		}
		a, why := parseAccepted(line)
		if why != "" {
			return nil, fmt.Sprintf("is broken in line %d: %s", i+1, why)
		}
		all = append(all, a)
	}
	return all, ""
}

// parseAccepted reads exactly what line writes.
func parseAccepted(raw []byte) (a accepted, why string) {
	v, err := strictjson.Parse(raw, strictjson.Limits{Bytes: 4096, Depth: 2, Items: 10})
	if err != nil {
		return a, err.Error()
	}
	if !v.Is(strictjson.Object) {
		return a, "not an object"
	}
	for _, key := range []string{"time", "digest", "treasury"} {
		if !v.Get(key).Is(strictjson.String) {
			return a, "no text " + key
		}
	}
	if !v.Get("version").Is(strictjson.Number) {
		return a, "no number version"
	}
	a.digest, a.treasury = v.Get("digest").Text, v.Get("treasury").Text
	if a.time, err = time.Parse(time.RFC3339, v.Get("time").Text); err != nil {
		return a, "no time"
	}
	if a.version, err = strconv.ParseUint(v.Get("version").Text, 10, 64); err != nil || a.version == 0 {
		return a, "no version"
	}
	if len(a.digest) != 64 || strings.Trim(a.digest, "0123456789abcdef") != "" || label.Name(a.treasury, 100) != nil {
		return a, "no digest, or no treasury"
	}
	a.withdrawn = v.Get("withdrawn").Is(strictjson.Bool)
	if !bytes.Equal(a.line(), append(bytes.Clone(raw), '\n')) {
		return a, "not as it was written"
	}
	return a, ""
}

func (a accepted) line() []byte {
	end := "}\n"
	if a.withdrawn {
		end = `,"withdrawn":true` + end
	}
	return fmt.Appendf(nil, "{\"time\":%q,\"version\":%d,\"digest\":%q,\"treasury\":%s%s", a.time.UTC().Format(time.RFC3339), a.version, a.digest, strconv.QuoteToASCII(a.treasury), end)
}

// accept keeps the policy and then adds it to the record, on the disk before it
// returns.
func (p *program) accept(a accepted, raw []byte) error {
	if err := os.MkdirAll(p.world.state, 0o700); err != nil {
		return &inputError{"the folder " + report.Quote(p.world.state) + " cannot be made: " + cause(err), "check the folder above it"}
	}
	if _, err := p.acceptedText(a.digest); err != nil {
		if err := writeNew(p.acceptedName(a.digest), raw); err != nil {
			return err
		}
	}
	return p.note(a)
}

// note adds a line to the record.
func (p *program) note(a accepted) error {
	name := filepath.Join(p.world.state, trustName)
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.Write(a.line())
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return &inputError{"the record " + report.Quote(name) + " cannot be written: " + cause(err), "check the folder"}
	}
	return nil
}

func (p *program) acceptedName(digest string) string {
	return filepath.Join(p.world.state, "policy-"+digest+".yaml")
}

// acceptedText returns a policy that was accepted, as it was then.
func (p *program) acceptedText(digest string) (*policy.Policy, error) {
	raw, err := p.read(p.acceptedName(digest), policy.MaxSize)
	if err != nil {
		return nil, err
	}
	old, err := policy.Parse(raw)
	if err == nil && old.Digest() != digest {
		err = &inputError{"is not what was accepted", ""}
	}
	return old, err
}
