package measure

import "testing"

// TestString: a measure that nobody filled in must not read as protection.
func TestString(t *testing.T) {
	tests := []struct {
		measure Measure
		want    string
	}{
		{Measure{}, ": not tried"},
		{Measure{Name: "files"}, "files: not tried"},
		{Measure{"files", Held, "all"}, "files: held: all"},
		{Measure{"files", NotAvailable, "why"}, "files: not available: why"},
		{Measure{"files", Failed, "why"}, "files: failed: why"},
		{Measure{"files", Status(9), ""}, "files: unknown"},
	}
	for _, tt := range tests {
		if got := tt.measure.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
