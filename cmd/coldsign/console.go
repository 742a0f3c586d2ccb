package main

import (
	"errors"
	"io"
	"os"

	"golang.org/x/term"
)

// console is the person at the terminal: what is shown to him, and what he types.
type console interface {
	// Show writes lines that are printable already.
	Show(lines ...string) error
	// Line shows a prompt and returns what was typed, without the end of the line. It
	// returns io.EOF when the terminal is closed.
	Line(prompt string) (string, error)
	// Passphrase is Line without echo, into memory that the caller holds and clears.
	Passphrase(prompt string, into []byte) (n int, err error)
	// Quiet turns the echo off until the function that it returns is called, so that
	// nothing that is typed while a key is opened is seen.
	Quiet() (loud func())
	// Size is that of the terminal; 0 if it is not known.
	Size() (width, height int)
	// Restore leaves the terminal as it was found, with echo.
	Restore()
}

// errNoConsole says that nobody can confirm here.
var errNoConsole = errors.New("there is no terminal")

// ttyConsole talks on standard error and listens on standard input, so that standard
// output holds the signature alone. Both have to be terminals: what was not seen cannot
// be confirmed, and a file or a pipe is no person.
type ttyConsole struct {
	in, out *os.File
	found   *term.State
}

func openConsole(in, out *os.File) (console, error) {
	if !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return nil, errNoConsole
	}
	found, err := term.GetState(int(in.Fd()))
	if err != nil {
		return nil, errNoConsole
	}
	sane(in)
	return ttyConsole{in, out, found}, nil
}

// Show writes the lines.
func (c ttyConsole) Show(lines ...string) error {
	for _, l := range lines {
		if _, err := io.WriteString(c.out, l+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// maxTyped bounds a line; a terminal in canonical mode gives no more than 4096 bytes.
const maxTyped = 4096

// Line reads one line and nothing behind it. What was typed before the prompt stood there
// is thrown away: a pasted text turns no pages, and nobody answers a question that he has
// not seen.
func (c ttyConsole) Line(prompt string) (string, error) {
	flush(int(c.in.Fd()))
	if _, err := io.WriteString(c.out, prompt); err != nil {
		return "", err
	}
	var line []byte
	var one [1]byte
	for len(line) < maxTyped {
		n, err := c.in.Read(one[:])
		switch {
		case err != nil:
			return "", err
		case n == 0:
			return "", io.EOF
		case one[0] == '\n':
			return string(line), nil
		case one[0] != '\r':
			line = append(line, one[0])
		}
	}
	return "", errTooLong
}

// Passphrase reads a line with the echo off.
func (c ttyConsole) Passphrase(prompt string, into []byte) (int, error) {
	n, err := readSecret(c.in, into, func() error {
		_, err := io.WriteString(c.out, prompt)
		return err
	})
	if _, werr := io.WriteString(c.out, "\n"); err == nil {
		err = werr
	}
	return n, err
}

var errTooLong = errors.New("the line is too long")

// Quiet turns the echo off.
func (c ttyConsole) Quiet() (loud func()) { return quiet(c.in) }

// Restore leaves the terminal as it was found.
func (c ttyConsole) Restore() {
	_ = term.Restore(int(c.in.Fd()), c.found) // the process ends; there is nobody to tell
}

// Size is that of the terminal.
func (c ttyConsole) Size() (width, height int) {
	width, height, err := term.GetSize(int(c.out.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}
