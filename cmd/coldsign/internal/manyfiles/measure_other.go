//go:build !unix

package main

import "errors"

func measure([]string) error { return errors.New("measuring takes a Unix system") }
