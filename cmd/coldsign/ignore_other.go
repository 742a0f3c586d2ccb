//go:build !unix

package main

// ignoreOthers has nothing to ignore here.
func ignoreOthers() {}

// closedPipes has nothing to do here: a closed pipe is an error.
func closedPipes() {}
