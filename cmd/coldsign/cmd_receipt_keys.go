package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/sshsig"
)

// The largest file of keys, and the most keys in it.
const (
	maxKeysFile = 64 << 10
	maxKeys     = 200
)

// signers are the keys that may sign, by name.
type signers map[string]sshsig.Key

// add takes a key under a name. A name is not given twice, so that nobody's signature
// is shown under another's.
func (s signers) add(name, line string) error {
	k, err := sshsig.ParseKey(line)
	if err != nil {
		return err
	}
	if _, there := s[name]; there {
		return fmt.Errorf("the name %s stands twice among the keys", report.Quote(name))
	}
	if len(s) == maxKeys {
		return fmt.Errorf("there are more than %d keys", maxKeys)
	}
	s[name] = k
	return nil
}

// keys reads the flags --key.
func (o *options) keys() (signers, error) {
	s := signers{}
	for _, line := range o.texts("key") {
		fields := strings.SplitN(line, " ", 3)
		if len(fields) < 3 || strings.TrimSpace(fields[2]) == "" {
			return nil, usagef(`such as: --key "ssh-ed25519 AAAA... alice"`, "the key %s has no name behind it", report.Quote(line))
		}
		if err := s.add(fields[2], line); err != nil {
			return nil, usagef(hintOf(err), "flag --key: %s", err.Error())
		}
	}
	return s, nil
}

// more adds the keys of the file --keys.
func (s signers) more(p *program, name string) error {
	if name == "" {
		return nil
	}
	raw, err := p.read(name, maxKeysFile)
	if err != nil {
		return fmt.Errorf("the keys %s %w", report.Quote(name), err)
	}
	return s.read(name, raw)
}

// read takes the lines of a file: NAME TYPE BASE64, with one space between; empty
// lines and lines that begin with # are passed over.
func (s signers) read(file string, raw []byte) error {
	if len(raw) > maxKeysFile {
		return &inputError{fmt.Sprintf("the keys %s have more than %d bytes", report.Quote(file), maxKeysFile), ""}
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		name, key, _ := strings.Cut(line, " ")
		if err := s.add(name, key); err != nil {
			return &inputError{fmt.Sprintf("the keys %s, line %d: %s", report.Quote(file), i+1, err.Error()), hintOf(err)}
		}
	}
	return nil
}

func hintOf(err error) string {
	var e *sshsig.Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}

// signed is a signature file with who made it for which receipt: 0 for A, 1 for B.
type signed struct {
	file string
	of   int
	name string
}

// whoSigned verifies the signatures, each over one of the two receipts. All must
// hold; the reasons say which do not.
func (p *program) whoSigned(files []string, s signers, both [2]side) (found []signed, reasons []string, err error) {
	for _, f := range files {
		raw, err := p.read(f, sshsig.MaxSize)
		if err != nil {
			return nil, nil, fmt.Errorf("the signature %s %w", report.Quote(f), err)
		}
		x, why := s.of(f, raw, both)
		if why != "" {
			reasons = append(reasons, why)
			continue
		}
		found = append(found, x)
	}
	return found, append(reasons, s.onePerson(found)...), nil
}

// of finds the receipt that a signature is over.
func (s signers) of(file string, raw []byte, both [2]side) (x signed, why string) {
	for i, r := range both {
		name, err := sshsig.Verify(r.raw, raw, receipt.Namespace, s)
		if err == nil {
			return signed{file, i, name}, ""
		}
		why = "the signature " + report.Quote(file) + ": " + err.Error()
		if errors.Is(err, sshsig.ErrSignature) {
			why = "the signature " + report.Quote(file) + " is over neither receipt as it is here"
		}
	}
	return signed{}, why
}

// onePerson: two signatures by one person are not two people.
func (s signers) onePerson(found []signed) []string {
	for i, x := range found {
		if slices.ContainsFunc(found[:i], func(y signed) bool { return x.of != y.of && s[x.name] == s[y.name] }) {
			return []string{"both receipts are signed by " + report.Quote(x.name) + ": one person is not two"}
		}
	}
	return nil
}
