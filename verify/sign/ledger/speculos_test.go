//go:build speculos

package ledger_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/ledger"
)

// simulator speaks to Speculos: four bytes of length and the command; four bytes of
// length without the status word, data, status word.
type simulator struct{ conn net.Conn }

func (s simulator) Exchange(apdu []byte) ([]byte, error) {
	if _, err := s.conn.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(apdu))), apdu...)); err != nil {
		return nil, err
	}
	var size [4]byte
	if _, err := io.ReadFull(s.conn, size[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > ledger.MaxReply-2 {
		return nil, fmt.Errorf("a reply of %d bytes", n)
	}
	reply := make([]byte, n+2)
	_, err := io.ReadFull(s.conn, reply)
	return reply, err
}

// TestSpeculos signs at a simulator that a person, or a script, presses the buttons of:
//
//	COLDSIGN_SPECULOS=127.0.0.1:9999 go test -tags speculos -run Speculos -v ./verify/sign/ledger
//
// with "Blind signing" and "Raw messages" on.
func TestSpeculos(t *testing.T) {
	where := os.Getenv("COLDSIGN_SPECULOS")
	if where == "" {
		t.Skip("NOT TESTED: COLDSIGN_SPECULOS names no simulator")
	}
	for _, how := range flows {
		for name, tx := range transactions() {
			t.Run(fmt.Sprintf("%s/%d", name, how), func(t *testing.T) {
				conn, err := net.DialTimeout("tcp", where, 5*time.Second)
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				r, err := ledger.Transaction(domainOf(safe.EraChainID), tx)
				if err != nil {
					t.Fatal(err)
				}
				a, err := ledger.Open(simulator{conn}, ledger.DefaultPath())
				if err != nil {
					t.Fatal(err)
				}
				sig, err := a.Sign(r, how)
				if err != nil || recovered(t, sig, r.Digest()) != a.Address() {
					t.Fatalf("%x, %v", sig, err)
				}
			})
		}
	}
}

// TestSimulatorProtocol is the same against the device model, so that this file is known
// to work before somebody has a simulator.
func TestSimulatorProtocol(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	m := newModel(t)
	go func() {
		for {
			var size [4]byte
			if _, err := io.ReadFull(server, size[:]); err != nil {
				return
			}
			apdu := make([]byte, binary.BigEndian.Uint32(size[:]))
			if _, err := io.ReadFull(server, apdu); err != nil {
				return
			}
			reply, _ := m.Exchange(apdu)
			if _, err := server.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(reply)-2)), reply...)); err != nil {
				return
			}
		}
	}()
	a, err := ledger.Open(simulator{client}, ledger.DefaultPath())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Sign(messageRequest(t), ledger.ByFields); err != nil {
		t.Error(err)
	}
}
