//go:build !unix

package main

// ignoreOthers has nothing to ignore here.
func ignoreOthers() {}
