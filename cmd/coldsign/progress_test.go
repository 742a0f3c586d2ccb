package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestProgressLine: the bar holds numbers, is as long as the terminal bears, and never
// longer than all.
func TestProgressLine(t *testing.T) {
	for _, tt := range []struct {
		b    *progress
		want string
	}{
		{&progress{total: 10000}, "[........................]   0 %  0 of 10000 files, 0 refused, 0/s"},
		{&progress{total: 10000, done: 4321, refused: 12}, "[##########..............]  43 %  4321 of 10000 files, 12 refused, 2160/s"},
		{&progress{total: 3, done: 3}, "[########################] 100 %  3 of 3 files, 0 refused, 1/s"},
		{&progress{done: 7, refused: 1}, "7 lines, 1 refused, 3/s"},
	} {
		if got := tt.b.line(2 * time.Second); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// TestProgressErased: what is drawn is erased before anything else is written, is never
// wider than the terminal, and a bar that is not there does nothing.
func TestProgressErased(t *testing.T) {
	var out bytes.Buffer
	b := &progress{w: &out, width: func() int { return 20 }, total: 9, stop: make(chan struct{})}
	b.hide()
	if out.Len() != 0 {
		t.Errorf("%q was written before anything was drawn", out.String())
	}
	b.step(true)
	b.draw()
	b.draw()
	_, _ = (&besideBar{&out, b, true}).Write([]byte("REFUSED\n"))
	b.end()
	const bar = "\r\x1b[K[##................"
	if want := bar + bar + "\r\x1b[KREFUSED\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	var none *progress
	none.step(false)
	none.hide()
	none.end()
}

// TestProgressWhere: only a terminal gets one, and only one that can erase a line.
func TestProgressWhere(t *testing.T) {
	for _, tt := range []struct {
		name  string
		env   map[string]string
		width int
		want  bool
	}{
		{"a terminal", map[string]string{"TERM": "xterm"}, 80, true},
		{"a pipe", map[string]string{"TERM": "xterm"}, 0, false},
		{"a dumb terminal", map[string]string{"TERM": "dumb"}, 80, false},
		{"no TERM", nil, 80, false},
		{"NO_COLOR", map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, 80, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &program{stderr: &strings.Builder{}, world: world{env: func(n string) string { return tt.env[n] }, errors: func() int { return tt.width }}}
			b := p.progress(5)
			if got := b != nil; got != tt.want {
				t.Errorf("a bar: %v, want %v", got, tt.want)
			}
			b.end()
		})
	}
}
