package hidraw

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const (
	vendor  = 0x2c97 // Ledger SAS
	busUSB  = 0x0003
	maxFile = 4096 // a page: sysfs gives no more
)

// isCommandInterface reports whether a report descriptor begins with the usage page for
// commands: the item 06 (usage page, two bytes), little endian ffa0. The other interfaces
// of a Ledger are for FIDO (f1d0) and a keyboard.
func isCommandInterface(descriptor []byte) bool {
	return bytes.HasPrefix(descriptor, []byte{0x06, 0xa0, 0xff})
}

// readInfo reads what the kernel knows of one device; ok says that it is a Ledger's
// interface for commands. Files that are missing or not as expected are no Ledger.
func readInfo(dir, node string) (i Info, ok bool) {
	if _, ok := nodeNumber(node); !ok {
		return Info{}, false
	}
	event, err := readFile(filepath.Join(dir, "device", "uevent"))
	if err != nil {
		return Info{}, false
	}
	bus, maker, product, ok := parseID(line(event, "HID_ID"))
	if !ok || bus != busUSB || maker != vendor {
		return Info{}, false
	}
	descriptor, err := readFile(filepath.Join(dir, "device", "report_descriptor"))
	if err != nil || !isCommandInterface(descriptor) {
		return Info{}, false
	}
	number, err := readFile(filepath.Join(dir, "dev"))
	if err != nil {
		return Info{}, false
	}
	i = Info{Node: node, Name: line(event, "HID_NAME"), Product: product}
	i.number, ok = parseDev(string(number))
	return i, ok
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile))
}

// line returns the first value of a key. Those behind it may be the device's: its name
// comes after the numbers, and may hold line ends.
func line(event []byte, key string) string {
	for l := range strings.Lines(string(event)) {
		if value, ok := strings.CutPrefix(strings.TrimSuffix(l, "\n"), key+"="); ok {
			return value
		}
	}
	return ""
}

// parseID reads 0003:00002C97:00005011: bus, vendor, product.
func parseID(text string) (bus, vendor uint64, product uint16, ok bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return 0, 0, 0, false
	}
	var n [3]uint64
	for i, bits := range []int{16, 32, 16} {
		v, err := strconv.ParseUint(parts[i], 16, bits)
		if err != nil {
			return 0, 0, 0, false
		}
		n[i] = v
	}
	return n[0], n[1], uint16(n[2]), true
}

// parseDev reads 240:3, the numbers of the node.
func parseDev(text string) (uint64, bool) {
	major, minor, ok := strings.Cut(strings.TrimSuffix(text, "\n"), ":")
	a, errA := strconv.ParseUint(major, 10, 32)
	b, errB := strconv.ParseUint(minor, 10, 32)
	if !ok || errA != nil || errB != nil {
		return 0, false
	}
	return unix.Mkdev(uint32(a), uint32(b)), true
}

// nodeNumber reads the number of a name like hidraw3.
func nodeNumber(node string) (uint64, bool) {
	digits, ok := strings.CutPrefix(node, "hidraw")
	n, err := strconv.ParseUint(digits, 10, 16)
	return n, ok && err == nil && digits == strconv.FormatUint(n, 10)
}

func compareNodes(a, b string) int {
	x, _ := nodeNumber(a)
	y, _ := nodeNumber(b)
	return cmp.Compare(x, y)
}
