// Command manyfiles writes proposals for benchmarks, and measures a command as a whole
// process. It is not part of the shipped program.
//
//	manyfiles files N CONFIRMATIONS FOLDER    N files in FOLDER
//	manyfiles lines N CONFIRMATIONS           N lines on standard output
//	manyfiles measure COMMAND [ARGUMENT...]   run it, and say what it took
//
// Every proposal is honest: a payment of ether or of a token as the Transaction Service
// records it, its hash computed here by the formula of the contracts, its confirmations
// signed over that hash. Safe, recipient, amount, nonce and signatures are its own, so
// that nothing that was computed for one file can serve another.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

func main() {
	if err := do(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "manyfiles:", err)
		os.Exit(1)
	}
}

func do(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "files":
		return eachOf(args, func(i int, text []byte) error {
			return os.WriteFile(filepath.Join(args[3], fmt.Sprintf("proposal-%06d.json", i)), append(text, '\n'), 0o644)
		})
	case len(args) == 3 && args[0] == "lines":
		w := bufio.NewWriter(os.Stdout)
		err := eachOf(args, func(_ int, text []byte) error {
			_, err := w.Write(append(text, '\n'))
			return err
		})
		return errors.Join(err, w.Flush())
	case len(args) > 1 && args[0] == "measure":
		return measure(args[1:])
	}
	return errors.New("see the comment of the package")
}

func eachOf(args []string, give func(int, []byte) error) error {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	signers, err := strconv.Atoi(args[2])
	if err != nil || signers > len(keys) {
		return fmt.Errorf("%q confirmations", args[2])
	}
	for i := range n {
		if err := give(i, record(i, signers)); err != nil {
			return err
		}
	}
	return nil
}
