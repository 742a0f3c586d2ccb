package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

// asked is what verify takes beside proposal and intent.
type asked struct {
	journal   string // "" for the one of this machine, if there is one
	signature string // of the intent, "" for none
	approvals []string
	open      *journal.Journal
}

// maxSSHSignature bounds a signature file; one of ed25519 has some 300 bytes.
const maxSSHSignature = 64 << 10

// verifyFlags reads the flags that verify alone has.
func (j *job) verifyFlags(o *options) error {
	j.ask = asked{journal: o.text("journal"), signature: o.text("intent-signature"), approvals: o.texts("approval")}
	for _, name := range append([]string{j.ask.journal, j.ask.signature}, j.ask.approvals...) {
		if name == "-" {
			return usagef("name a file", "standard input (-) can be the proposal, the intent or the policy only")
		}
	}
	if j.ask.signature != "" && j.intent == "" {
		return usagef("name the intent with --intent", "flag --intent-signature without an intent")
	}
	return nil
}

func (p *program) now() time.Time {
	if p.world.clock != nil {
		return p.world.clock()
	}
	return time.Now()
}

// policyOf puts the policy that a file is judged by into the request, if there is one.
// Verify takes it from --policy or the configuration folder; check also from above the
// file, in the same repository, where both are reviewed.
func (j *job) policyOf(p *program, name string, req *verify.Request) error {
	f, found, err := j.policyFile(p, name)
	if err != nil {
		return err
	}
	if !found {
		req.Accepted, err = j.acceptedHere(p)
		return err
	}
	req.Policy = &verify.Policy{Named: verify.Named{Name: f.name, Raw: f.raw}, Origin: f.origin, Open: p.below(f.name)}
	if j.verifies() || j.command == "signatures" && p.world.state != "" {
		sum := sha256.Sum256(f.raw)
		req.Policy.Trusted, err = p.trusted(hex.EncodeToString(sum[:]))
	}
	return err
}

// acceptedHere names the treasuries whose policy verify must not do without.
func (j *job) acceptedHere(p *program) ([]string, error) {
	if !j.verifies() || p.world.state == "" {
		return nil, nil
	}
	all, err := p.accepted()
	var names []string
	for _, a := range all {
		if !slices.Contains(names, a.treasury) {
			names = append(names, a.treasury)
		}
	}
	return names, err
}

func (j *job) policyFile(p *program, name string) (f policyFile, found bool, err error) {
	switch {
	case j.named.given("policy"):
		return j.known.policy, j.known.policyErr == nil, j.known.policyErr
	case j.verifies() || j.config:
		return p.policy(j.named)
	case j.above && j.fields == nil && name != "-":
		return j.places.policyAbove(p, name)
	}
	return f, false, nil
}

// policiesAbove lists the policies of a file's repository above it, the nearest first.
func policiesAbove(name string) ([]string, error) {
	dir, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return nil, &inputError{"its folder cannot be found: " + cause(err), ""}
	}
	var all []string
	inside := 0 // how many of them lie in the outermost repository so far
	for above := ""; dir != above; above, dir = dir, filepath.Dir(dir) {
		here, err := exists(filepath.Join(dir, policyName))
		if err != nil {
			return nil, err
		}
		if here {
			all = append(all, filepath.Join(dir, policyName))
		}
		root, err := exists(filepath.Join(dir, ".git"))
		if err != nil {
			return nil, err
		}
		if root {
			inside = len(all)
		}
	}
	return all[:inside], nil
}

// exists reports whether there is anything of a name. A link to nowhere counts: what
// somebody put there is not passed over.
func exists(name string) (bool, error) {
	_, err := os.Lstat(name)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	}
	return false, &inputError{report.Quote(name) + " cannot be looked at: " + cause(err), ""}
}

// evidence reads what verify takes beside: the journal, whose lock is kept until the
// run ends, the author's signature, other people's receipts.
func (j *job) evidence(p *program, req *verify.Request) (err error) {
	if !j.verifies() {
		return nil
	}
	req.Now, req.Program, req.WritesReceipt = p.now(), version(), j.receipt != ""
	if req.Journal, err = j.openJournal(p); err != nil {
		return err
	}
	if j.ask.signature != "" {
		if req.IntentSignature, err = p.read(j.ask.signature, maxSSHSignature); err != nil {
			return fmt.Errorf("the signature %s %w", report.Quote(j.ask.signature), err)
		}
	}
	for _, name := range j.ask.approvals {
		r := verify.Receipt{Named: verify.Named{Name: name}}
		if r.Raw, err = p.read(name, receipt.MaxSize); err != nil {
			return fmt.Errorf("the receipt %s %w", report.Quote(name), err)
		}
		if there, err := exists(name + ".sig"); err == nil && !there {
			return &inputError{"the receipt " + report.Quote(name) + " has no signature beside it: " + report.Quote(name+".sig") + " does not exist", "have its approver sign it: ssh-keygen -Y sign -n coldsign-receipt -f KEY " + report.Quote(name)}
		}
		if r.Signature, err = p.read(name+".sig", maxSSHSignature); err != nil {
			return fmt.Errorf("the signature %s %w", report.Quote(name+".sig"), err)
		}
		req.Receipts = append(req.Receipts, r)
	}
	return nil
}

// openJournal opens the journal that --journal names, else the one of this machine. One
// that is there and cannot be used leaves the file unchecked.
func (j *job) openJournal(p *program) (*journal.Journal, error) {
	name := j.ask.journal
	if name == "" {
		if p.world.state == "" {
			return nil, nil
		}
		name = filepath.Join(p.world.state, "journal")
		if there, err := exists(name); err != nil || !there {
			return nil, err
		}
	}
	open, err := journal.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the journal %s cannot be used: %w", report.Quote(name), journalError(err))
	}
	j.ask.open = open
	return open, nil
}

func (j *job) closeJournal() {
	if j.ask.open != nil {
		_ = j.ask.open.Close() // every record was on the disk before it was acknowledged
	}
}
