package hidraw

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
)

// childVariable holds the tree of the child that gives up its files.
const childVariable = "COLDSIGN_HIDRAW_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		if err := confinedChild(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// confinedChild opens the device, gives up every file, and uses it.
func confinedChild(dir string) error {
	state := sandbox.Install()
	s := system{class: filepath.Join(dir, "class"), nodes: filepath.Join(dir, "nodes"), same: func(int, Info) error { return nil }}
	d, _, err := s.open()
	if err != nil {
		return err
	}
	files := sandbox.Confine(sandbox.Paths{})
	fmt.Printf("state: %s\nfiles: %s\n", state, files)
	if files.Status == measure.Held {
		if _, err := unix.Open(filepath.Join(s.nodes, "hidraw0"), unix.O_RDWR|unix.O_NONBLOCK, 0); !errors.Is(err, fs.ErrPermission) {
			return fmt.Errorf("it can be opened again: %w", err)
		}
	}
	packet := bytes.Repeat([]byte{5}, packetSize)
	if _, err := d.Write(packet); err != nil {
		return err
	}
	got := make([]byte, 100)
	if n, err := d.Read(got); err != nil || n != packetSize+1 {
		return fmt.Errorf("read %d bytes: %w", n, err)
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = d.Close() })
	if _, err := d.Read(got); !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("a closed read gives %w", err)
	}
	return nil
}

// TestConfined: what was opened before is usable after every file was given up, and
// nothing can be opened then.
func TestConfined(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	f := fake{t, system{class: filepath.Join(dir, "class"), nodes: filepath.Join(dir, "nodes")}}
	if err := os.Mkdir(f.nodes, 0o700); err != nil {
		t.Fatal(err)
	}
	f.device("hidraw0", nano, "Nano", commands)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childVariable+"="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("child: %v\n%s", err, out)
	}
	if !strings.Contains(string(out), "files: held") {
		t.Skipf("NOT TESTED: files are not refused here: %s", out)
	}
}
