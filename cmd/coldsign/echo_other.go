//go:build !linux && !darwin && !freebsd && !openbsd && !netbsd && !dragonfly

package main

import (
	"os"

	"golang.org/x/term"
)

// readSecret reads a line without echo into memory that the caller holds.
func readSecret(f *os.File, into []byte, ask func() error) (int, error) {
	if err := ask(); err != nil {
		return 0, err
	}
	text, err := term.ReadPassword(int(f.Fd()))
	n := copy(into, text)
	if err == nil && n < len(text) {
		err = errTooLong
	}
	clear(text)
	return n, err
}

// flush does nothing: what is typed ahead is read here.
func flush(int) {}

// quiet and sane have no means here; readSecret turns the echo off by itself.
func quiet(*os.File) (loud func()) { return func() {} }

func sane(*os.File) {}
