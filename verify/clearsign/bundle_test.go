package clearsign

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
)

func TestBound(t *testing.T) {
	const text = "f(uint256 a, address b)"
	b := load(t, file(format(text, "")), fileAt(other, format(text, "")), fileAt(other, format("f(uint256 x,address y)", "")))
	selector := [4]byte(call(t, text, 1, alice).Data)
	if got, want := fmt.Sprint(b.Bound(1, address(target))), "[{0.json Owner Contract}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := b.Bound(10, address(target)); got != nil {
		t.Errorf("another chain: %v", got)
	}
	if got, want := fmt.Sprint(b.Declarations(1, address(other), selector)), "[f(uint256 a,address b) f(uint256 x,address y)]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := b.Declarations(1, address(target), [4]byte{1}); got != nil {
		t.Errorf("another selector: %v", got)
	}
}

// TestProblems: one broken file leaves the others in use, and is told.
func TestProblems(t *testing.T) {
	good := file(format("f(uint256 a)", `{"path": "a", "label": "A"}`))
	fsys := fstest.MapFS{
		"good.json":    {Data: []byte(good)},
		"broken.json":  {Data: []byte(good[:len(good)-1])},
		"invalid.json": {Data: []byte(file(format("f(uint256 a)", `{"path": "b", "label": "A"}`)))},
		"old.json":     {Data: []byte(`{"$schema": "erc7730-v1.schema.json"}`)},
		"lost.json":    {Data: []byte(`{"$schema": "erc7730-v2.schema.json", "includes": "gone.json"}`)},
		"cases.json":   {Data: []byte(`{"tests": []}`)},
	}
	b, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]error{"broken.json": descriptor.ErrFile, "invalid.json": descriptor.ErrInvalid, "old.json": descriptor.ErrVersion, "lost.json": descriptor.ErrInclude}
	for _, p := range b.Problems() {
		if !errors.Is(p, want[p.File]) || want[p.File] == nil {
			t.Errorf("%v", p)
		}
		delete(want, p.File)
	}
	if len(want) != 0 || b.Descriptors() != 1 || b.Files() != 6 {
		t.Errorf("not told: %v; %d descriptors of %d files", want, b.Descriptors(), b.Files())
	}
	if _, err := b.Call(call(t, "f(uint256 a)", 5), nil); err != nil {
		t.Error(err)
	}
}

// TestZip: an archive is a bundle with the same digest.
func TestZip(t *testing.T) {
	files := map[string]string{"x/a.json": file(format("f(uint256 a)", `{"path": "a", "label": "A"}`)), "b.json": `{}`}
	folder := fstest.MapFS{}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	a, errA := Load(folder)
	b, errB := Load(archive)
	if errA != nil || errB != nil || a.Digest() != b.Digest() || b.Descriptors() != 1 {
		t.Errorf("%v, %v", errA, errB)
	}
}

// TestEmpty: a bundle of nothing has a digest and no words.
func TestEmpty(t *testing.T) {
	b, err := Load(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x", b.Digest()); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("the digest of no lines is %s", got)
	}
	if _, err := b.Call(call(t, "f(uint256 a)", 5), nil); !errors.Is(err, ErrNoDescriptor) {
		t.Error(err)
	}
}
