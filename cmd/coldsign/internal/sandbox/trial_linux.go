package sandbox

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// trial is a file or folder that must not open once the rules are in force.
type trial struct{ name string } // "" if everything is granted

// former are names that an earlier Confine granted. After it the root folder is
// closed already, so only one of them can show that a later one took something.
var former struct {
	sync.Mutex
	names []string
}

const mostFormer = 32

func remember(p Paths) {
	former.Lock()
	defer former.Unlock()
	former.names = nil
	for _, name := range slices.Concat(p.ReadFiles, p.ReadBelow, p.WriteIn, p.MakeFolders) {
		if abs, err := filepath.Abs(name); err == nil && len(former.names) < mostFormer {
			former.names = append(former.names, abs)
		}
	}
}

// choose looks for what opens now and is not granted, so that a refusal is due to
// the rules: the root folder, which everybody may list, or what an earlier call
// granted. If nothing opens any more, the trial shows that nothing was given back.
func choose(r *ruleset) trial {
	former.Lock()
	defer former.Unlock()
	var t trial
	for _, name := range append([]string{"/"}, former.names...) {
		if r.covers(name) {
			continue
		}
		if t.name == "" {
			t.name = name
		}
		if open(name) == nil {
			return trial{name}
		}
	}
	return t
}

// covers reports whether the rules let something be opened: it, or a folder above
// it, is granted. What cannot be looked at counts as granted, because it shows
// nothing.
func (r *ruleset) covers(name string) bool {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return true
	}
	for {
		var st unix.Stat_t
		if err := unix.Stat(real, &st); err != nil || r.granted[inode{uint64(st.Dev), st.Ino}] {
			return true
		}
		if real == filepath.Dir(real) {
			return false
		}
		real = filepath.Dir(real)
	}
}

// outcome tries to open it.
func (t trial) outcome() (measure.Status, string) {
	if t.name == "" {
		return measure.NotTried, "the root folder is among those of this run, so nothing is left to be refused"
	}
	err := open(t.name)
	switch {
	case err == nil:
		return measure.Failed, fmt.Sprintf("the rules are in force, and %q could still be opened", t.name)
	case !errors.Is(err, unix.EACCES):
		return measure.Failed, fmt.Sprintf("the rules are in force, and opening %q failed with %q instead of EACCES", t.name, err.Error())
	}
	return measure.Held, ""
}

func open(name string) error {
	fd, err := unix.Open(name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	return unix.Close(fd)
}
