package ledger

import "encoding/binary"

// Transport carries one command to the device and returns its whole reply, data and
// status word. It sends each command once, and bounds what it takes; the caller's reply
// may be changed by the next call. Package hid is one.
type Transport interface {
	Exchange(apdu []byte) (reply []byte, err error)
}

// Bounds of the protocol: a length is one byte.
const (
	maxData  = 255
	MaxAPDU  = 5 + maxData // header and data
	MaxReply = 256 + 2     // data and status word
)

// The commands of the app that are used (class e0).
const (
	class                = 0xe0
	insAddress      byte = 0x02
	insConfig       byte = 0x06
	insSign         byte = 0x0c
	insDefinition   byte = 0x1a
	insImplementing byte = 0x1c
)

// command is one APDU. data has at most maxData bytes: a path with two hashes has 105, and
// everything else is cut.
type command struct {
	ins, p1, p2 byte
	data        []byte
	answer      int    // bytes of data in the reply
	doing       string // for errors
}

func (c command) apdu() []byte {
	return append([]byte{class, c.ins, c.p1, c.p2, byte(len(c.data))}, c.data...)
}

// send sends it, once, and returns the data of the reply.
func (c command) send(t Transport) ([]byte, error) {
	reply, err := t.Exchange(c.apdu())
	if err != nil {
		return nil, fail(ErrTransport, "see that the device is connected and unlocked, with the Ethereum app open, and start again", "%s: %v", c.doing, err)
	}
	return c.read(reply)
}

// read takes a reply apart. A status word that refuses counts whatever stands before it.
func (c command) read(reply []byte) ([]byte, error) {
	const hint = "nothing of it was used; another program may be talking to the device, or it is not a Ledger"
	n := len(reply) - 2
	if n < 0 || len(reply) > MaxReply {
		return nil, fail(ErrReply, hint, "%s: the reply has %d bytes, want 2 to %d", c.doing, len(reply), MaxReply)
	}
	if word := binary.BigEndian.Uint16(reply[n:]); word != statusOK {
		return nil, statusError(word, c.doing)
	}
	if n != c.answer {
		return nil, fail(ErrReply, hint, "%s: the reply has %d bytes of data, want %d", c.doing, n, c.answer)
	}
	return reply[:n], nil
}
