// Package sandbox makes the process give up what an offline verifier never
// needs, before it reads the first byte that somebody else wrote. Install, first
// thing in main, takes new sockets, new programs and looking into other processes.
// Confine, once the command line says which files are meant, takes every other
// file; called again with less, it takes those too. A bug in a decoder can then
// still crash the program or make it lie, but not call home, start a shell, type
// into the terminal or read the key file.
//
// It decides nothing about a proposal. Where the operating system has no such
// means, or refuses them, the states say so and the program goes on: the linked
// program holds no code that dials or starts processes in any case, which a test
// over its symbol table shows. Each measure is tried after it is taken; Measures
// puts them in words.
//
// What stays possible on Linux: everything with a descriptor that is open already,
// also if it was a socket when the program was started; the names, sizes and times
// of files (stat), which Landlock does not restrict; a name outside may be tested
// for being there.
package sandbox

import "fmt"

// State says what Install took. The zero value is nothing.
type State struct {
	Held   bool   // sockets and new programs are refused: tried, not assumed
	Failed bool   // they were taken, and the trial shows that they are not refused
	Why    string // why Held is false, "" if it is true
	NoDump bool   // no core dump; on Linux also no debugger of the same user
	// DumpFailed says that core dumps were turned off and the system still has them
	// on; DumpWhy is why NoDump is false.
	DumpFailed bool
	DumpWhy    string
	// Sockets counts the descriptors that were sockets when the program was
	// started. Writing to one is not refused: who starts the program gave it.
	// Counted is false where they cannot be counted.
	Sockets int
	Counted bool
}

// String is one sentence for version.
func (s State) String() string {
	if s.Failed {
		return "failed: " + s.Why
	}
	if !s.Held {
		return "not available: " + s.Why
	}
	text := "sockets, new programs, tracing and core dumps are refused by the kernel (tried at start)"
	if !s.NoDump {
		text = "sockets, new programs and tracing are refused by the kernel (tried at start); core dumps could not be turned off"
	}
	if s.Sockets > 0 {
		text += fmt.Sprintf("; %d open descriptors are sockets that whoever started the program gave it", s.Sockets)
	}
	return text
}

// Install gives up the rights for every thread of the process, for good. It is
// called once, first thing in main.
func Install() State {
	s := State{}
	s.noDump()
	s.Sockets, s.Counted = inheritedSockets()
	s.install()
	return s
}
