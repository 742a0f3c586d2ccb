package sandbox

import (
	"strings"
	"testing"
)

// TestStateString: a state that nobody filled in must not read as protection.
func TestStateString(t *testing.T) {
	tests := []struct {
		name  string
		state State
		want  string
	}{
		{"zero", State{}, "not available"},
		{"failed", State{NoDump: true, Why: "because"}, "not available: because"},
		{"held", State{Held: true, NoDump: true}, "refused by the kernel"},
		{"sockets", State{Held: true, NoDump: true, Sockets: 2}, "2 open descriptors are sockets"},
		{"dumps", State{Held: true}, "core dumps could not be turned off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.state.String(); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}
