package hidraw

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// system is where the kernel shows its devices; tests have their own.
type system struct {
	class, nodes string
	same         func(fd int, want Info) error // that the open node is the device
}

var kernel = system{class: "/sys/class/hidraw", nodes: "/dev", same: sameDevice}

// Candidates lists the Ledgers that are connected, without opening them.
func Candidates() ([]Info, error) { return kernel.candidates() }

// Open opens the Ledger, if exactly one is connected.
func Open() (*Device, Info, error) { return kernel.open() }

func (s system) candidates() ([]Info, error) {
	entries, err := os.ReadDir(s.class)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fail(ErrNone, withoutDriver, "the list of devices cannot be read: %v", err)
	}
	var out []Info
	for _, e := range entries {
		if i, ok := readInfo(filepath.Join(s.class, e.Name()), e.Name()); ok {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b Info) int { return compareNodes(a.Node, b.Node) })
	return out, nil
}

func (s system) open() (*Device, Info, error) {
	found, err := s.candidates()
	if err != nil {
		return nil, Info{}, err
	}
	info, err := one(found)
	if err != nil {
		return nil, Info{}, err
	}
	name := filepath.Join(s.nodes, info.Node)
	// Non-blocking, so that Close ends a Read. No symbolic link stands in /dev for a
	// device of this name unless somebody put it there.
	fd, err := unix.Open(name, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC|unix.O_NOFOLLOW|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, Info{}, openError(info, err)
	}
	if err := s.same(fd, info); err != nil {
		_ = unix.Close(fd) // there is a better error already
		return nil, Info{}, fail(ErrOpen, "disconnect it, connect it again, and start again", "%s is not the device that the kernel lists: %v", name, err)
	}
	return &Device{os.NewFile(uintptr(fd), name)}, info, nil
}

func openError(i Info, err error) error {
	hint := "disconnect it, connect it again, and start again"
	switch {
	case errors.Is(err, fs.ErrPermission):
		hint = "allow your user to use it by the maker's udev rules (20-hw1.rules), and connect it again; or " + withoutDriver
	case errors.Is(err, fs.ErrNotExist):
		hint = "this container or system does not show /dev/" + i.Node + "; or " + withoutDriver
	}
	return fail(ErrOpen, hint, "%s cannot be opened: %v", i, err)
}

// sameDevice looks at what was opened: the node has the number that the kernel lists,
// and the driver behind it names vendor and interface. A name in /dev proves nothing.
func sameDevice(fd int, want Info) error {
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return err
	}
	if st.Mode&unix.S_IFMT != unix.S_IFCHR || uint64(st.Rdev) != want.number {
		return errors.New("it is another file")
	}
	info, err := unix.IoctlHIDGetRawInfo(fd)
	if err != nil {
		return err
	}
	if info.Bustype != unix.BUS_USB || uint16(info.Vendor) != vendor || uint16(info.Product) != want.Product {
		return errors.New("another device has come to its place")
	}
	return sameDescriptor(fd)
}

func sameDescriptor(fd int) error {
	size, err := unix.IoctlGetUint32(fd, unix.HIDIOCGRDESCSIZE)
	if err != nil {
		return err
	}
	d := unix.HIDRawReportDescriptor{Size: size}
	if size > uint32(len(d.Value)) {
		return errors.New("its descriptor is too long")
	}
	if err := unix.IoctlHIDGetDesc(fd, &d); err != nil {
		return err
	}
	if !isCommandInterface(d.Value[:min(size, d.Size)]) {
		return errors.New("it is not the interface for commands")
	}
	return nil
}
