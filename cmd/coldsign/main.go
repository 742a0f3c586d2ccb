// Command coldsign reads a proposal for a Safe multisig transaction on a machine
// without a network, and says what signing it would do. It decides between
// "verified", "no objection", "refused" and "could not check"; every byte of
// every file named on its command line is untrusted.
//
// The program does not dial, listen, or start programs: no such code is linked
// (symbols_test.go), and where the operating system allows it the process gives
// up the right to (package internal/sandbox) before it reads the first byte. It
// writes to standard output and standard error, to files that the command line names
// and to its own state folder; selftest, and nothing else, makes a temporary folder
// (TMPDIR) and removes it. Of its environment it reads beside that NO_COLOR and TERM,
// which choose colours, and where the user keeps configuration and state (HOME,
// XDG_CONFIG_HOME, XDG_STATE_HOME and what other systems have in their place).
package main

import (
	"os"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/secret"
	"github.com/coldsign/coldsign/verify"
)

func main() {
	state := sandbox.Install()
	w := world{env: os.Getenv, config: configFolder(), state: stateFolder(), columns: func() int { return columns(os.Stdout) }, errors: func() int { return columns(os.Stderr) }, sandbox: state, confine: sandbox.Confine, ledger: openLedger, lock: secret.LockProcess, interactive: func() bool { return terminal(os.Stdin) }, console: func() (console, error) { return openConsole(os.Stdin, os.Stderr) }, verify: verify.Verify}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, w))
}
