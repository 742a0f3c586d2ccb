package ledger_test

import (
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/ledger"
	"github.com/coldsign/coldsign/verify/sign/ledger/hid"
)

// usb is the model behind packets, which it joins and cuts by itself.
type usb struct {
	m       *model
	command []byte
	replies [][]byte
}

func (u *usb) Write(p []byte) (int, error) {
	part := p[5:]
	if binary.BigEndian.Uint16(p[3:5]) == 0 {
		u.command = nil
	}
	u.command = append(u.command, part...)
	size := int(binary.BigEndian.Uint16(u.command))
	if len(u.command) < 2+size {
		return len(p), nil
	}
	reply, err := u.m.Exchange(u.command[2 : 2+size])
	if err != nil {
		return 0, err
	}
	rest := append([]byte{byte(len(reply) >> 8), byte(len(reply))}, reply...)
	for i := byte(0); len(rest) > 0; i++ {
		packet := make([]byte, 64)
		copy(packet, []byte{1, 1, 5, 0, i})
		n := copy(packet[5:], rest)
		rest = rest[n:]
		u.replies = append(u.replies, packet)
	}
	return len(p), nil
}

func (u *usb) Read(p []byte) (int, error) {
	if len(u.replies) == 0 {
		return 0, io.EOF
	}
	n := copy(p, u.replies[0])
	u.replies = u.replies[1:]
	return n, nil
}

func TestOverPackets(t *testing.T) {
	for name, tx := range transactions() {
		r, err := ledger.Transaction(domainOf(safe.EraDataGas), tx)
		if err != nil {
			t.Fatal(err)
		}
		for _, how := range flows {
			a, err := ledger.Open(hid.New(&usb{m: newModel(t)}), ledger.DefaultPath())
			if err != nil {
				t.Fatal(err)
			}
			if sig, err := a.Sign(r, how); err != nil || recovered(t, sig, r.Digest()) != a.Address() {
				t.Errorf("%s, flow %d: %v", name, how, err)
			}
		}
	}
	if _, err := ledger.Open(hid.New(&usb{m: &model{spoil: func(int, []byte) ([]byte, error) { return nil, io.ErrClosedPipe }}}), ledger.DefaultPath()); !errors.Is(err, ledger.ErrTransport) {
		t.Errorf("a device that is pulled out: %v", err)
	}
}

// TestBounds: both packages bound a command and a reply alike.
func TestBounds(t *testing.T) {
	if ledger.MaxAPDU != hid.MaxCommand || ledger.MaxReply != hid.MaxReply {
		t.Errorf("%d and %d, %d and %d", ledger.MaxAPDU, hid.MaxCommand, ledger.MaxReply, hid.MaxReply)
	}
}
