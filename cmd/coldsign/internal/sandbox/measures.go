package sandbox

import (
	"fmt"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/secret"
)

// Measures lists what protects the process, in a fixed order, for selftest. It
// tries the memory for secrets itself.
func Measures(s State, f FilesState) []measure.Measure {
	return []measure.Measure{s.calls(), f.Measure(), s.dumps(), s.inherited(), secret.Try()}
}

func (s State) calls() measure.Measure {
	m := measure.Measure{Name: "system calls", Detail: s.Why}
	switch {
	case s.Failed:
		m.Status = measure.Failed
	case s.Held:
		m.Status, m.Detail = measure.Held, "sockets, new programs and tracing are refused by the kernel"
	case s.Why != "":
		m.Status = measure.NotAvailable
	}
	return m
}

func (s State) dumps() measure.Measure {
	m := measure.Measure{Name: "core dumps", Detail: s.DumpWhy}
	switch {
	case s.DumpFailed:
		m.Status = measure.Failed
	case s.NoDump:
		m.Status, m.Detail = measure.Held, "turned off"
	case s.DumpWhy != "":
		m.Status = measure.NotAvailable
	}
	return m
}

func (s State) inherited() measure.Measure {
	m := measure.Measure{Name: "inherited sockets"}
	switch {
	case s.Sockets > 0:
		m.Status = measure.NotAvailable
		m.Detail = fmt.Sprintf("%d open descriptors are sockets that whoever started the program gave it, and writing to them is not refused", s.Sockets)
	case s.Counted:
		m.Status, m.Detail = measure.Held, "there are none"
	case s != State{}:
		m.Status, m.Detail = measure.NotAvailable, "they cannot be counted on this system"
	}
	return m
}
