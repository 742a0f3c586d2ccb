package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// mostUnveiled is below what the kernel takes for one process (unveil(2), E2BIG).
const mostUnveiled = 96

// unveiled says that the kernel takes no more names: it can be told once only.
var unveiled struct {
	sync.Mutex
	done bool
}

// confine shows the kernel the names once and gives up unveil. A later call can
// give up promises: all reading, or all writing, but no single name.
func confine(p Paths) FilesState {
	unveiled.Lock()
	defer unveiled.Unlock()
	first := !unveiled.done
	if first {
		if err := unveilAll(p); err != nil {
			return unavailable("the kernel refuses unveil: " + err.Error())
		}
		unveiled.done = true
	}
	if err := unix.PledgePromises(needed(p)); err != nil {
		return unavailable("the kernel refuses the pledge: " + err.Error())
	}
	if tooMany(p) {
		return unavailable("more files are named than unveil takes, so any file can be read")
	}
	return outcome(p, first)
}

// outcome tries to list the root folder, which everybody may elsewhere.
func outcome(p Paths, first bool) FilesState {
	if covers(p, "/") {
		return FilesState{Detail: "the root folder is among those of this run, so nothing is left to be refused"}
	}
	if f, err := os.Open("/"); err == nil {
		_ = f.Close()
		return FilesState{Status: measure.Failed, Detail: "unveil is locked, and the root folder could still be opened"}
	}
	state := FilesState{Status: measure.Held, Detail: "only the files of this run can be opened (unveil)"}
	if !first {
		state.Detail += "; single names that the first call granted cannot be given up"
	}
	return state
}

func covers(p Paths, name string) bool {
	for _, folders := range [][]string{p.ReadBelow, p.WriteIn, p.MakeFolders} {
		for _, folder := range folders {
			if real, err := filepath.EvalSymlinks(folder); err == nil && real == name {
				return true
			}
		}
	}
	return false
}

// needed is what a call leaves of the promises.
func needed(p Paths) string {
	switch {
	case len(p.WriteIn)+len(p.MakeFolders)+len(p.NameIn) > 0:
		return basic + writing
	case len(p.ReadFiles)+len(p.ReadBelow) > 0:
		return basic + reading
	}
	return basic
}

func tooMany(p Paths) bool { return len(p.ReadFiles)+len(p.ReadBelow) > mostUnveiled }

// unveilAll shows the kernel every name. The first one hides all others; without
// any, the root folder is hidden by hand, later it could not be shown again. With
// too many, everything can be read, and writing stays with the folders.
func unveilAll(p Paths) error {
	shown := 0
	if tooMany(p) {
		p.ReadFiles, p.ReadBelow = nil, []string{"/"}
	}
	for _, kind := range []struct {
		names  []string
		folder bool
		flags  string
	}{
		{p.ReadFiles, false, "r"},
		{p.ReadBelow, true, "r"},
		{p.NameIn, true, "rc"}, // the file that gets the new name has to be seen
		{p.WriteIn, true, "rwc"},
		{p.MakeFolders, true, "rwc"},
	} {
		for _, name := range kind.names {
			n, err := unveil(name, kind.folder, kind.flags)
			if err != nil {
				return err
			}
			shown += n
		}
	}
	if shown == 0 {
		if err := unix.Unveil("/", ""); err != nil {
			return err
		}
	}
	return unix.UnveilBlock()
}

// unveil shows the kernel one name and what it leads to, and returns how many it
// took. A missing file is shown too: what is hidden looks to stat as if it were not
// there, whether it is or not.
func unveil(name string, folder bool, flags string) (int, error) {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() != folder {
		return 0, nil
	}
	names := []string{name}
	if real, err := filepath.EvalSymlinks(name); err == nil && real != name {
		names = append(names, real)
	}
	shown := 0
	for _, n := range names {
		err := unix.Unveil(n, flags)
		switch {
		case err == nil:
			shown++
		case !errors.Is(err, unix.ENOENT) && !errors.Is(err, unix.ENOTDIR) && !errors.Is(err, unix.EACCES):
			return shown, err
		}
	}
	return shown, nil
}
