// Package measure is the vocabulary in which the program says what protects its
// own process. A measure that nobody took, that the system lacks, and that was
// taken and does not hold are three different words: only the last is an alarm.
package measure

// Status says how far a measure got. The zero value is that nobody tried.
type Status int

const (
	NotTried     Status = iota
	Held                // taken, and a trial shows that it holds
	NotAvailable        // the system has no such means, or refuses it to this process
	Failed              // taken, and a trial shows that it does not hold
)

func (s Status) String() string {
	switch s {
	case NotTried:
		return "not tried"
	case Held:
		return "held"
	case NotAvailable:
		return "not available"
	case Failed:
		return "failed"
	}
	return "unknown"
}

// Measure is one line of selftest.
type Measure struct {
	Name   string // "files", "core dumps"
	Status Status
	Detail string // what is refused, or why it is not; may be ""
}

func (m Measure) String() string {
	text := m.Name + ": " + m.Status.String()
	if m.Detail != "" {
		text += ": " + m.Detail
	}
	return text
}
