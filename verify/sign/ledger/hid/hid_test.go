package hid_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/coldsign/coldsign/verify/sign/ledger/hid"
)

// bus has packets to read, and remembers those that are written.
type bus struct {
	in    [][]byte
	end   error // after the last packet
	reads int
	out   [][]byte
	write func(p []byte) (int, error)
}

func (b *bus) Read(p []byte) (int, error) {
	b.reads++
	if len(b.in) == 0 {
		return 0, b.end
	}
	n := copy(p, b.in[0])
	b.in = b.in[1:]
	return n, nil
}

func (b *bus) Write(p []byte) (int, error) {
	b.out = append(b.out, bytes.Clone(p))
	if b.write != nil {
		return b.write(p)
	}
	return len(p), nil
}

// frame cuts a reply as a device does; fill stands behind its end.
func frame(reply []byte, fill byte) [][]byte {
	var out [][]byte
	for i := 0; i == 0 || len(reply) > 0; i++ {
		p := []byte{1, 1, 5, byte(i >> 8), byte(i)}
		if i == 0 {
			p = append(p, byte(len(reply)>>8), byte(len(reply)))
		}
		n := min(64-len(p), len(reply))
		p, reply = append(p, reply[:n]...), reply[n:]
		for len(p) < 64 {
			p = append(p, fill)
		}
		out = append(out, p)
	}
	return out
}

var command = []byte{0xe0, 0x06, 0, 0, 0}

func counting(n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(i + i/256)
	}
	return out
}

func TestReplies(t *testing.T) {
	for n := 2; n <= hid.MaxReply; n++ {
		want := counting(n)
		b := &bus{in: append(frame(want, 0xee), frame([]byte{0x90, 0x00}, 0)...), end: io.EOF}
		l := hid.New(b)
		for _, want := range [][]byte{want, {0x90, 0x00}} {
			if got, err := l.Exchange(command); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d bytes: got %x, %v", n, got, err)
			}
		}
		if _, err := l.Exchange(command); !errors.Is(err, io.EOF) {
			t.Fatalf("at the end: %v", err)
		}
	}
}

func TestCommands(t *testing.T) {
	for n := 5; n <= hid.MaxCommand; n++ {
		want := counting(n)
		b := &bus{in: frame([]byte{0x90, 0x00}, 0)}
		if _, err := hid.New(b).Exchange(want); err != nil {
			t.Fatal(err)
		}
		for i, p := range frame(want, 0) {
			if i >= len(b.out) || !bytes.Equal(b.out[i], p) {
				t.Fatalf("%d bytes: packet %d of %x", n, i, b.out)
			}
		}
		if len(b.out) != len(frame(want, 0)) {
			t.Fatalf("%d bytes: %d packets", n, len(b.out))
		}
	}
	// from the documentation: 0101, 05, 0000, length, command
	b := &bus{in: frame([]byte{0x90, 0x00}, 0)}
	if _, err := hid.New(b).Exchange(command); err != nil || !bytes.HasPrefix(b.out[0], []byte{1, 1, 5, 0, 0, 0, 5, 0xe0, 6, 0, 0, 0, 0}) {
		t.Errorf("got %x, %v", b.out, err)
	}
	for _, n := range []int{0, 4, hid.MaxCommand + 1} {
		b := &bus{}
		if _, err := hid.New(b).Exchange(make([]byte, n)); !errors.Is(err, hid.ErrCommand) || len(b.out)+b.reads != 0 {
			t.Errorf("command of %d bytes: %v", n, err)
		}
	}
}

func TestBadPackets(t *testing.T) {
	good := counting(200) // four packets
	change := func(packet, at int, to byte) func(p [][]byte) [][]byte {
		return func(p [][]byte) [][]byte { p[packet][at] = to; return p }
	}
	for name, tt := range map[string]struct {
		change func([][]byte) [][]byte
		want   error
		reads  int
	}{
		"channel":              {change(0, 0, 0), hid.ErrPacket, 1},
		"channel of a later":   {change(2, 1, 2), hid.ErrPacket, 3},
		"tag of a ping":        {change(0, 2, 2), hid.ErrPacket, 1},
		"tag of a later":       {change(3, 2, 6), hid.ErrPacket, 4},
		"begins with 1":        {change(0, 4, 1), hid.ErrPacket, 1},
		"sequence high byte":   {change(1, 3, 1), hid.ErrPacket, 2},
		"repeated":             {change(2, 4, 1), hid.ErrPacket, 3},
		"skipped":              {func(p [][]byte) [][]byte { return append(p[:1], p[2:]...) }, hid.ErrPacket, 2},
		"begins again":         {func(p [][]byte) [][]byte { return [][]byte{p[0], p[0]} }, hid.ErrPacket, 2},
		"length 0":             {func(p [][]byte) [][]byte { p[0][6] = 0; return p }, hid.ErrPacket, 1},
		"length 1":             {func(p [][]byte) [][]byte { p[0][6] = 1; return p }, hid.ErrPacket, 1},
		"length 259":           {func(p [][]byte) [][]byte { p[0][5], p[0][6] = 1, 3; return p }, hid.ErrPacket, 1},
		"length 65535":         {func(p [][]byte) [][]byte { p[0][5], p[0][6] = 255, 255; return p }, hid.ErrPacket, 1},
		"short packet":         {func(p [][]byte) [][]byte { p[0] = p[0][:63]; return p }, hid.ErrPacket, 1},
		"short later packet":   {func(p [][]byte) [][]byte { p[1] = p[1][:5]; return p }, hid.ErrPacket, 2},
		"long packet":          {func(p [][]byte) [][]byte { p[0] = append(p[0], 0); return p }, hid.ErrPacket, 1},
		"with a report number": {func(p [][]byte) [][]byte { p[0] = append([]byte{0}, p[0]...); return p }, hid.ErrPacket, 1},
		"empty packet":         {func(p [][]byte) [][]byte { p[1] = nil; return p }, io.ErrNoProgress, 2},
		"one byte":             {func(p [][]byte) [][]byte { return [][]byte{{1}} }, hid.ErrPacket, 1},
		"ends":                 {func(p [][]byte) [][]byte { return p[:3] }, os.ErrDeadlineExceeded, 4},
		"nothing":              {func([][]byte) [][]byte { return nil }, os.ErrDeadlineExceeded, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := &bus{in: tt.change(frame(good, 0)), end: os.ErrDeadlineExceeded}
			l := hid.New(b)
			got, err := l.Exchange(command)
			if !errors.Is(err, tt.want) || got != nil || b.reads != tt.reads || len(b.out) != 1 {
				t.Errorf("got %x, error %v, want %v; %d reads, want %d; %d writes, want 1", got, err, tt.want, b.reads, tt.reads, len(b.out))
			}
			b.in = frame([]byte{0x90, 0x00}, 0)
			if _, again := l.Exchange(command); again == nil || len(b.out) != 1 || b.reads != tt.reads {
				t.Errorf("after the error: %v, %d writes, %d reads", again, len(b.out), b.reads)
			}
		})
	}
}

// TestTruncated ends a reply after each of its packets, and cuts each packet at each byte.
func TestTruncated(t *testing.T) {
	for i, p := range frame(counting(200), 0) {
		for cut := range p {
			packets := frame(counting(200), 0)
			packets[i] = packets[i][:cut]
			if _, err := hid.New(&bus{in: packets, end: io.EOF}).Exchange(command); err == nil {
				t.Fatalf("packet %d cut to %d bytes is accepted", i, cut)
			}
		}
	}
}

// endless sends well-formed packets for ever.
type endless struct{ n int }

func (e *endless) Write(p []byte) (int, error) { return len(p), nil }

func (e *endless) Read(p []byte) (int, error) {
	clear(p[:64])
	copy(p, []byte{1, 1, 5, byte(e.n >> 8), byte(e.n), 1, 2})
	e.n++
	return 64, nil
}

func TestEndless(t *testing.T) {
	e := &endless{}
	reply, err := hid.New(e).Exchange(command)
	if err != nil || len(reply) != hid.MaxReply || e.n != 5 {
		t.Errorf("%d bytes, %v, %d packets read, want 5", len(reply), err, e.n)
	}
}

func TestWriteFails(t *testing.T) {
	for name, tt := range map[string]struct {
		write func([]byte) (int, error)
		want  error
	}{
		"closed": {func([]byte) (int, error) { return 0, os.ErrClosed }, os.ErrClosed},
		"short":  {func([]byte) (int, error) { return 63, nil }, io.ErrShortWrite},
	} {
		b := &bus{in: frame([]byte{0x90, 0x00}, 0), write: tt.write}
		l := hid.New(b)
		for range 2 {
			if _, err := l.Exchange(counting(200)); !errors.Is(err, tt.want) || len(b.out) != 1 || b.reads != 0 {
				t.Errorf("%s: %v, %d writes, %d reads", name, err, len(b.out), b.reads)
			}
		}
	}
}

// FuzzPackets: whatever is read, the reply is bounded and as announced, and reading ends.
func FuzzPackets(f *testing.F) {
	f.Add(bytes.Join(frame(counting(200), 0), nil), byte(64))
	f.Add(bytes.Join(frame([]byte{0x69, 0x85}, 0), nil), byte(64))
	f.Add(bytes.Join(frame(counting(258), 1), nil), byte(65))
	f.Fuzz(func(t *testing.T, raw []byte, size byte) {
		b := &bus{end: io.EOF}
		whole := raw
		for n := max(1, int(size)); len(raw) > 0; {
			b.in, raw = append(b.in, raw[:min(n, len(raw))]), raw[min(n, len(raw)):]
		}
		reply, err := hid.New(b).Exchange(command)
		if b.reads > 5 || len(b.out) != 1 {
			t.Fatalf("%d reads, %d writes", b.reads, len(b.out))
		}
		if err != nil {
			if reply != nil {
				t.Fatalf("%x beside %v", reply, err)
			}
			return
		}
		if len(reply) != int(binary.BigEndian.Uint16(whole[5:])) || len(reply) < 2 || len(reply) > hid.MaxReply {
			t.Fatalf("%d bytes of %x", len(reply), whole)
		}
		if want := bytes.Join(frame(reply, 0), nil); !bytes.Equal(want[:7+min(len(reply), 57)], whole[:7+min(len(reply), 57)]) {
			t.Fatalf("%x is not what was sent", reply)
		}
	})
}
