package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"
)

// When a run is long enough for a bar, and how often it is drawn.
const (
	progressAfter = time.Second
	progressEvery = 100 * time.Millisecond
)

// progress is a line at the foot of the terminal on standard error that says how far a
// long run has come. It holds numbers only, nothing of any file, and is gone whenever
// something else is written to that terminal, and at the end. A nil progress does nothing.
type progress struct {
	mu      sync.Mutex
	w       io.Writer
	width   func() int
	total   int // 0 if it is not known
	done    int
	refused int
	began   time.Time
	shown   bool
	stop    chan struct{}
	stopped sync.WaitGroup
}

// progress begins a bar if there is a terminal that can erase a line, and a person who
// wants more than words of it.
func (p *program) progress(total int) *progress {
	typed := total == 0 && p.world.interactive != nil && p.world.interactive() // the lines are typed there
	if p.world.errors == nil || p.world.errors() <= 0 || !p.colours() || typed || piped(p.stdout) {
		return nil
	}
	b := &progress{w: p.stderr, width: p.world.errors, total: total, began: time.Now(), stop: make(chan struct{})}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, interrupts...)
	b.stopped.Go(func() { b.follow(signals) })
	return b
}

// piped reports whether a stream is a pipe. What reads it, such as a pager, may have the
// terminal for itself.
func piped(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err != nil || info.Mode()&os.ModeNamedPipe != 0
}

// follow draws until the end. An interrupt would leave half a line on the terminal, so it
// is taken here, and ends the process as it would have.
func (b *progress) follow(signals chan os.Signal) {
	defer signal.Stop(signals)
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if time.Since(b.began) >= progressAfter {
				b.draw()
			}
		case <-signals:
			b.mu.Lock() // for good: nothing is drawn any more
			b.erase()
			_, _ = io.WriteString(b.w, "coldsign: stopped: not every file was looked at\n") // there is nobody else to tell
			os.Exit(exitUnchecked)
		case <-b.stop:
			return
		}
	}
}

// step counts one file.
func (b *progress) step(refused bool) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	if refused {
		b.refused++
	}
}

// hide erases the bar until it is drawn again.
func (b *progress) hide() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.erase()
}

// end erases the bar and draws no other.
func (b *progress) end() {
	if b == nil {
		return
	}
	close(b.stop)
	b.stopped.Wait()
	b.hide()
}

func (b *progress) erase() {
	if b.shown {
		_, _ = io.WriteString(b.w, eraseLine) // a terminal that is gone has no bar
		b.shown = false
	}
}

func (b *progress) draw() {
	b.mu.Lock()
	defer b.mu.Unlock()
	line := b.line(time.Since(b.began))
	if most := b.width() - 1; len(line) > most { // the last column would begin a new line
		line = line[:max(most, 0)]
	}
	_, _ = io.WriteString(b.w, eraseLine+line)
	b.shown = true
}

// eraseLine goes to the beginning of the line and erases it (ECMA-48, EL).
const eraseLine = "\r\x1b[K"

// barWidth is the width of the bar itself in columns.
const barWidth = 24

func (b *progress) line(since time.Duration) string {
	rate := int(float64(b.done) / max(since.Seconds(), 0.001))
	if b.total == 0 {
		return fmt.Sprintf("%d lines, %d refused, %d/s", b.done, b.refused, rate)
	}
	full := min(b.done*barWidth/b.total, barWidth)
	return fmt.Sprintf("[%s%s] %3d %%  %d of %d files, %d refused, %d/s", strings.Repeat("#", full), strings.Repeat(".", barWidth-full),
		b.done*100/b.total, b.done, b.total, b.refused, rate)
}
