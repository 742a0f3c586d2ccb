// Package sandbox makes the process give up what an offline verifier never
// needs, before it reads the first byte that somebody else wrote: new sockets,
// new programs, and looking into other processes. A bug in a decoder can then
// still crash the program or make it lie, but not call home, start a shell or
// type into the terminal.
//
// It decides nothing about a proposal. Where the operating system has no such
// means, or refuses them, Install says so in its State and the program goes on:
// the linked program holds no code that dials or starts processes in any case,
// which a test over its symbol table shows.
//
// What stays possible on Linux: reading and writing files with the user's
// rights, and writing to a descriptor that was a socket when the program was
// started.
package sandbox

import "fmt"

// State says what was given up. The zero value is nothing.
type State struct {
	Held   bool   // sockets and new programs are refused: tried, not assumed
	NoDump bool   // no core dump, and no debugger of the same user
	Why    string // why Held is false, "" if it is true
	// Sockets counts the descriptors that were sockets when the program was
	// started. Writing to one is not refused: who starts the program gave it.
	Sockets int
}

// String is one sentence for version and selftest.
func (s State) String() string {
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
func Install() State { return install() }
