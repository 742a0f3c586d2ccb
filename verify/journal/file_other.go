//go:build !unix

package journal

// noFollow is nothing here: what the name stands for is looked at before and after
// opening.
const noFollow = 0

// syncFolder does nothing: these systems have no such call.
func syncFolder(string) error { return nil }
