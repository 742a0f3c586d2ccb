package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/policy"
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

// policyOf returns the policy that a file is judged by, nil for none. Verify takes it
// from --policy or the configuration folder; check also from above the file, in the
// same repository, where both are reviewed.
func (j *job) policyOf(p *program, name string) (*verify.Policy, error) {
	f, found, err := j.policyFile(p, name)
	if err != nil || !found {
		return nil, err
	}
	out := &verify.Policy{Named: verify.Named{Name: f.name, Raw: f.raw}, Origin: f.origin, Open: p.below(f.name)}
	if j.mode == verify.ModeVerify {
		sum := sha256.Sum256(f.raw)
		out.Trusted, err = p.trusted(hex.EncodeToString(sum[:]))
	}
	return out, err
}

func (j *job) policyFile(p *program, name string) (f policyFile, found bool, err error) {
	switch {
	case j.named.given("policy"):
		if j.known.policy == nil { // read once, for all files
			f, _, err := p.policy(j.named)
			if err != nil {
				return f, false, err
			}
			j.known.policy = &f
		}
		return *j.known.policy, true, nil
	case j.mode == verify.ModeVerify:
		return p.policy(j.named)
	case j.above && j.fields == nil && name != "-":
		return p.policyAbove(name)
	}
	return f, false, nil
}

// policyAbove looks for a policy from the folder of a file up to the root of its git
// repository, and takes the nearest. Outside a repository none is taken: who may write
// above it is not known.
func (p *program) policyAbove(name string) (f policyFile, found bool, err error) {
	dir, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return f, false, &inputError{"its folder cannot be found: " + cause(err), ""}
	}
	for root := false; !root; dir = filepath.Dir(dir) {
		here, err := exists(filepath.Join(dir, policyName))
		if err != nil {
			return f, false, err
		}
		if here && f.name == "" {
			f.name = filepath.Join(dir, policyName)
		}
		if root, err = exists(filepath.Join(dir, ".git")); err != nil {
			return f, false, err
		}
		if !root && filepath.Dir(dir) == dir {
			return policyFile{}, false, nil
		}
	}
	if f.name == "" {
		return f, false, nil
	}
	f.origin = "found above the proposal"
	if f.raw, err = p.read(f.name, policy.MaxSize); err != nil {
		return f, false, fmt.Errorf("the policy %s %w", report.Quote(f.name), err)
	}
	return f, true, nil
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
	if j.mode != verify.ModeVerify {
		return nil
	}
	req.Now, req.Program = p.now(), version()
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
