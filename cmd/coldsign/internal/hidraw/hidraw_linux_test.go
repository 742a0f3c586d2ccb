package hidraw

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The beginnings of report descriptors: for commands, for FIDO, of a keyboard.
var (
	commands = []byte{0x06, 0xa0, 0xff, 0x09, 0x01, 0xa1, 0x01}
	fido     = []byte{0x06, 0xd0, 0xf1, 0x09, 0x01, 0xa1, 0x01}
	keyboard = []byte{0x05, 0x01, 0x09, 0x06, 0xa1, 0x01}
)

// fake is a tree as the kernel shows it.
type fake struct {
	t *testing.T
	system
}

func newFake(t *testing.T) fake {
	t.Helper()
	f := fake{t, system{class: filepath.Join(t.TempDir(), "class"), nodes: t.TempDir(), same: func(int, Info) error { return nil }}}
	if err := os.Mkdir(f.class, 0o700); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f fake) file(name, text string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

// device adds one, with a pipe as its node: what is written to it can be read from it.
func (f fake) device(node, id, name string, descriptor []byte) {
	f.t.Helper()
	dir := filepath.Join(f.class, node)
	f.file(filepath.Join(dir, "device", "uevent"), "DRIVER=hid-generic\nHID_ID="+id+"\nHID_NAME="+name+"\nHID_PHYS=usb-0000:00:14.0-1/input0\n")
	f.file(filepath.Join(dir, "device", "report_descriptor"), string(descriptor))
	f.file(filepath.Join(dir, "dev"), "240:3\n")
	if err := unix.Mkfifo(filepath.Join(f.nodes, node), 0o600); err != nil && !errors.Is(err, unix.EEXIST) {
		f.t.Fatal(err)
	}
}

const nano = "0003:00002C97:00005011"

func TestCandidates(t *testing.T) {
	f := newFake(t)
	f.device("hidraw10", nano, "Ledger Nano X", commands)
	f.device("hidraw2", "0003:00002C97:00006011", "Ledger Stax", commands)
	f.device("hidraw0", nano, "its second interface", fido)
	f.device("hidraw1", nano, "its third interface", keyboard)
	f.device("hidraw3", "0003:0000046D:0000C52B", "a mouse", commands)
	f.device("hidraw4", "0005:00002C97:00005011", "over the air", commands)
	f.device("hidraw5", "0003:00012C97:00005011", "another vendor in the low half", commands)
	f.device("hidraw6", "0003:2C97", "short", commands)
	f.device("hidraw7", "", "none", commands)
	f.device("hidraw8", nano, "no descriptor", nil)
	f.device("hidraw9", "0003:0000046D:0000C52B", "a mouse\nHID_ID="+nano, commands)
	f.device("hidraw01", nano, "no name of a node", commands)
	f.device("xhidraw1", nano, "no name of a node", commands)
	f.device("hidraw11", nano, "no number", commands)
	f.file(filepath.Join(f.class, "hidraw11", "dev"), "240\n")
	f.file(filepath.Join(f.class, "hidraw12"), "a file")
	got, err := f.candidates()
	if err != nil {
		t.Fatal(err)
	}
	want := []Info{{"hidraw2", "Ledger Stax", 0x6011, unix.Mkdev(240, 3)}, {"hidraw10", "Ledger Nano X", 0x5011, unix.Mkdev(240, 3)}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOpenOne(t *testing.T) {
	f := newFake(t)
	refused := func(want error, says ...string) {
		t.Helper()
		d, info, err := f.open()
		var e *Error
		if !errors.As(err, &e) || e.Kind != want || e.Hint == "" || d != nil || info != (Info{}) {
			t.Fatalf("got %v, %v, error %v, want %v", d, info, err, want)
		}
		for _, s := range says {
			if !strings.Contains(e.Msg+e.Hint, s) {
				t.Errorf("%q does not say %q", e.Msg+e.Hint, s)
			}
		}
	}
	refused(ErrNone, "no Ledger is connected", "--export")
	f.device("hidraw4", nano, "Nano\x1b[2J", commands)
	d, info, err := f.open()
	if err != nil || info.Node != "hidraw4" || strings.Contains(info.String(), "\x1b") {
		t.Fatalf("got %q, %v", info, err)
	}
	defer d.Close()
	if err := os.Remove(filepath.Join(f.nodes, "hidraw4")); err != nil {
		t.Fatal(err)
	}
	refused(ErrOpen, "does not show /dev/hidraw4")
	f.device("hidraw5", nano, "Nano", commands)
	refused(ErrSeveral, "2 Ledgers", `/dev/hidraw4 "Nano\x1b[2J"`, `/dev/hidraw5 "Nano"`)
	if err := os.RemoveAll(f.class); err != nil {
		t.Fatal(err)
	}
	refused(ErrNone)
}

func TestOpenAnother(t *testing.T) {
	f := newFake(t)
	f.device("hidraw0", nano, "Nano", commands)
	node := filepath.Join(f.nodes, "hidraw0")
	if err := os.Remove(node); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/null", node); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.open(); !errors.Is(err, ErrOpen) {
		t.Errorf("a symbolic link: %v", err)
	}
	f.nodes = t.TempDir()
	f.file(filepath.Join(f.nodes, "hidraw0"), "a file")
	f.same = sameDevice
	if _, _, err := f.open(); !errors.Is(err, ErrOpen) || !strings.Contains(err.Error(), "not the device") {
		t.Errorf("a file: %v", err)
	}
	null, err := os.OpenFile("/dev/null", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if err := sameDevice(int(null.Fd()), Info{Node: "hidraw0", number: unix.Mkdev(240, 3)}); err == nil || err.Error() != "it is another file" {
		t.Errorf("/dev/null instead of the node: %v", err)
	}
	if err := sameDevice(int(null.Fd()), Info{Node: "hidraw0", number: unix.Mkdev(1, 3)}); !errors.Is(err, unix.ENOTTY) && !errors.Is(err, unix.EINVAL) {
		t.Errorf("a node of the right number without the driver: %v", err)
	}
	if err := sameDescriptor(int(null.Fd())); err == nil {
		t.Error("/dev/null has a descriptor")
	}
}

func opened(t *testing.T) *Device {
	t.Helper()
	f := newFake(t)
	f.device("hidraw0", nano, "Nano", commands)
	d, _, err := f.open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func TestWrite(t *testing.T) {
	d := opened(t)
	packet := bytes.Repeat([]byte{7}, packetSize)
	if n, err := d.Write(packet); n != packetSize || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	got := make([]byte, 200)
	n, err := d.Read(got)
	if err != nil || !bytes.Equal(got[:n], append([]byte{0}, packet...)) {
		t.Errorf("the kernel got %x, %v", got[:n], err)
	}
	for _, n := range []int{0, 63, 65} {
		if _, err := d.Write(make([]byte, n)); err == nil {
			t.Errorf("a packet of %d bytes is written", n)
		}
	}
}

// within fails instead of waiting for ever.
func within(t *testing.T, d *Device, want error) {
	t.Helper()
	done := make(chan error, 1)
	go func() {
		_, err := io.ReadFull(d, make([]byte, packetSize))
		done <- err
	}()
	select {
	case err := <-done:
		if !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it still waits")
	}
}

func TestCloseEndsRead(t *testing.T) {
	d := opened(t)
	time.AfterFunc(20*time.Millisecond, func() { _ = d.Close() })
	within(t, d, os.ErrClosed)
	if _, err := d.Write(make([]byte, packetSize)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("write after close: %v", err)
	}
}

func TestDeadline(t *testing.T) {
	d := opened(t)
	if err := d.SetDeadline(time.Now().Add(20 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	within(t, d, os.ErrDeadlineExceeded)
}

// TestKernel: on this machine it says what there is, and fails without a panic.
func TestKernel(t *testing.T) {
	found, err := Candidates()
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		t.Skipf("NOT TESTED: %v is connected, and is left alone", found)
	}
	if _, _, err := Open(); !errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
}

func FuzzEvent(f *testing.F) {
	f.Add("HID_ID=" + nano + "\nHID_NAME=x\n")
	f.Add("HID_ID=0003:0000046D:0000C52B\nHID_NAME=a\nHID_ID=" + nano)
	f.Fuzz(func(t *testing.T, event string) {
		id := line([]byte(event), "HID_ID")
		if strings.Contains(id, "\n") {
			t.Fatalf("a value of two lines: %q", id)
		}
		bus, maker, _, ok := parseID(id)
		if ok && bus == busUSB && maker == vendor && !strings.Contains(strings.ToUpper(id), "2C97") {
			t.Fatalf("%q is taken for a Ledger", id)
		}
		if first, _, _ := strings.Cut(event, "\n"); strings.HasPrefix(first, "HID_ID=") && id != first[len("HID_ID="):] {
			t.Fatalf("%q is read from behind the first line of %q", id, event)
		}
	})
}
