package journal_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify/journal"
)

// childVar names the journal that a child process writes into until it is killed.
const childVar = "COLDSIGN_TEST_JOURNAL_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childVar); path != "" {
		if err := writeForever(path, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForever appends records and reports each one, with the head of the journal after
// it, once it is acknowledged.
func writeForever(path string, out io.Writer) error {
	j, err := journal.Open(path)
	if errors.Is(err, journal.ErrMissing) {
		j, err = journal.Init(path, start)
	}
	if err != nil {
		return err
	}
	for {
		if _, err := fmt.Fprintln(out, j.Len(), j.Head()); err != nil {
			return err
		}
		if _, err := j.Append(record(uint64(j.Len()))); err != nil {
			return err
		}
	}
}

// victim is a journal whose writers are killed.
type victim struct {
	t     *testing.T
	path  string
	acked map[int]string // head after each acknowledged record
	stats *killStats
}

type killStats struct {
	sync.Mutex
	kills, idle, records, unacked, torn int
}

// TestKill kills writing processes 1,000 times, at any moment from before the file is
// made to the middle of a record. No acknowledged record is lost, and what is left is
// whole, or torn and says so.
func TestKill(t *testing.T) {
	kills, workers, each := 1000, 4, 10
	if testing.Short() {
		kills = 100
		t.Logf("NOT TESTED IN FULL with -short: %d kills instead of 1000", kills)
	}
	dir := t.TempDir()
	var stats killStats
	jobs := make(chan int)
	var done sync.WaitGroup
	for range workers {
		done.Go(func() {
			for n := range jobs {
				v := &victim{t, filepath.Join(dir, fmt.Sprint(n)), map[int]string{}, &stats}
				for range each {
					v.kill()
				}
			}
		})
	}
	for n := range kills / each {
		jobs <- n
	}
	close(jobs)
	done.Wait()
	t.Logf("%d kills, %d of them before the first record; %d records acknowledged, %d on the disk without, %d torn",
		stats.kills, stats.idle, stats.records, stats.unacked, stats.torn)
	if stats.kills != kills || stats.records < kills || stats.idle > kills/2 {
		t.Error("too few records were written between the kills: the test proves little")
	}
}

func (v *victim) kill() {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childVar+"="+v.path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = v.start(cmd)
	}
	if err != nil {
		v.t.Error(err)
		return
	}
	acked, died := v.listen(out, cmd.Process)
	_ = cmd.Wait()
	if died {
		v.t.Error("the writer ended by itself")
	}
	v.stats.Lock()
	defer v.stats.Unlock()
	v.stats.kills++
	v.stats.records += acked
	if acked == 0 {
		v.stats.idle++
	}
	v.inspect()
}

// start waits while another goroutine looks at its journal: until the new process runs
// its program it shares the open files of this one, and with them their locks.
func (v *victim) start(cmd *exec.Cmd) error {
	v.stats.Lock()
	defer v.stats.Unlock()
	return cmd.Start()
}

// listen notes what is acknowledged until the end of the pipe. It kills the writer a
// moment after some line, or sometimes after its start.
func (v *victim) listen(out io.Reader, p *os.Process) (acked int, died bool) {
	shot := make(chan error, 1)
	shoot := func(after time.Duration) { time.AfterFunc(after, func() { shot <- p.Kill() }) }
	trigger, armed := 1+rand.IntN(6), false
	if rand.IntN(10) == 0 {
		armed = true
		shoot(time.Duration(rand.IntN(20)) * time.Millisecond)
	}
	lines := bufio.NewScanner(out)
	for n := 1; lines.Scan(); n++ {
		var length int
		var head string
		if _, err := fmt.Sscan(lines.Text(), &length, &head); err != nil || len(head) != 64 {
			break // the line was cut by the kill
		}
		if n > 1 || length == 1 {
			acked++
		}
		v.acked[length] = head
		if n >= trigger && !armed {
			armed = true
			shoot(time.Duration(rand.IntN(1500)) * time.Microsecond)
		}
	}
	if !armed {
		return acked, true
	}
	return acked, <-shot != nil
}

// inspect opens what is left, and repairs it by hand where it is torn.
func (v *victim) inspect() {
	j, err := journal.Open(v.path)
	var e *journal.Error
	switch {
	case errors.Is(err, journal.ErrMissing) && len(v.acked) == 0:
		return
	case errors.Is(err, journal.ErrTorn) && errors.As(err, &e):
		v.stats.torn++
		if e.Offset == 0 && len(v.acked) == 0 {
			if err := os.Remove(v.path); err != nil {
				v.t.Error(err)
			}
			return
		}
		if err := os.Truncate(v.path, e.Offset); err != nil {
			v.t.Error(err)
		}
		j, err = journal.Open(v.path)
	}
	if err != nil {
		v.t.Errorf("%s after %d acknowledged records: %v", v.path, len(v.acked), err)
		return
	}
	for n, head := range v.acked {
		if j.HeadAt(n) != head {
			v.t.Errorf("record %d was acknowledged with the head %s; now it is %q", n, head, j.HeadAt(n))
		}
	}
	v.stats.unacked += j.Len() - len(v.acked)
	if err := j.Close(); err != nil {
		v.t.Error(err)
	}
}
