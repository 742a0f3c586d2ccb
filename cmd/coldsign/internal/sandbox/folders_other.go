//go:build !unix

package sandbox

// syncFolder does nothing: these systems have no such call.
func syncFolder(string) error { return nil }
