// Package hid carries the commands of a Ledger in the packets of its USB interface.
//
// It decides how bytes are cut and joined, and nothing about what they say. What is read
// is untrusted: a packet of another size, channel or tag, out of sequence, or a reply
// longer than the bound is an error, and after an error nothing more is written or read.
// A reply is read as one packet after the other until its announced length is there, so
// no device can keep this package reading for longer than that; one that sends nothing
// can, until its reader is closed or has a deadline.
//
// # Packets
//
// Every packet has 64 bytes: the channel 0101, the tag 05, a sequence number of two bytes
// that begins at 0, and payload. The payload of the first begins with the length of the
// whole in two bytes. Numbers are big endian. What fills the last packet up is written as
// zeros, and is not looked at when read. (doc/ethapp.adoc of LedgerHQ/app-ethereum,
// "Transport protocol".)
package hid

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// PacketSize is that of every packet, in both directions.
const PacketSize = 64

const (
	channel    = 0x0101
	tagAPDU    = 0x05
	headerSize = 5 // channel, tag, sequence
	room       = PacketSize - headerSize
)

// Bounds of a command and of a reply, in bytes.
const (
	MaxCommand = 5 + 255
	MaxReply   = 256 + 2
	minReply   = 2 // a status word
)

// The kinds of errors, for errors.Is, beside those of the reader and writer.
var (
	ErrCommand = errors.New("not a command") // too short or too long
	ErrPacket  = errors.New("bad packet")    // what the device sent is not as the package comment says
)

// Link is one connection to a device. It is not for several goroutines at once.
type Link struct {
	rw     io.ReadWriter
	failed error
}

// New makes a link. One Read of rw has to give one packet, and one Write takes one.
func New(rw io.ReadWriter) *Link { return &Link{rw: rw} }

// Exchange writes one command, once, and reads the reply to it.
func (l *Link) Exchange(apdu []byte) ([]byte, error) {
	if l.failed != nil {
		return nil, l.failed
	}
	reply, err := l.exchange(apdu)
	l.failed = err
	return reply, err
}

func (l *Link) exchange(apdu []byte) ([]byte, error) {
	if len(apdu) < headerSize || len(apdu) > MaxCommand {
		return nil, fmt.Errorf("%w: it has %d bytes, want %d to %d", ErrCommand, len(apdu), headerSize, MaxCommand)
	}
	for _, p := range packets(apdu) {
		n, err := l.rw.Write(p[:])
		if err == nil && n != PacketSize {
			err = io.ErrShortWrite
		}
		if err != nil {
			return nil, fmt.Errorf("writing to the device: %w", err)
		}
	}
	return l.reply()
}

// packets cuts a payload, whose length goes before it.
func packets(payload []byte) [][PacketSize]byte {
	rest := append(binary.BigEndian.AppendUint16(nil, uint16(len(payload))), payload...)
	var out [][PacketSize]byte
	for seq := 0; len(rest) > 0; seq++ {
		var p [PacketSize]byte
		binary.BigEndian.PutUint16(p[0:], channel)
		p[2] = tagAPDU
		binary.BigEndian.PutUint16(p[3:], uint16(seq))
		rest = rest[copy(p[headerSize:], rest):]
		out = append(out, p)
	}
	return out
}

// reply joins packets to the length that the first of them announces.
func (l *Link) reply() ([]byte, error) {
	first, err := l.packet(0)
	if err != nil {
		return nil, err
	}
	size := int(binary.BigEndian.Uint16(first[:]))
	if size < minReply || size > MaxReply {
		return nil, fmt.Errorf("%w: the reply is announced with %d bytes, want %d to %d", ErrPacket, size, minReply, MaxReply)
	}
	out := append(make([]byte, 0, size+room), first[2:]...)
	for seq := 1; len(out) < size; seq++ {
		next, err := l.packet(seq)
		if err != nil {
			return nil, err
		}
		out = append(out, next[:]...)
	}
	return out[:size], nil
}

// packet reads one packet and returns its payload.
func (l *Link) packet(seq int) (payload [room]byte, err error) {
	var p [PacketSize + 1]byte // one more, to see a longer one
	n, err := l.rw.Read(p[:])
	switch {
	case n == 0 && err == nil:
		err = io.ErrNoProgress
		fallthrough
	case n == 0:
		return payload, fmt.Errorf("reading from the device: %w", err)
	case n != PacketSize:
		return payload, fmt.Errorf("%w: packet %d has %d bytes, want %d", ErrPacket, seq, n, PacketSize)
	}
	if c := binary.BigEndian.Uint16(p[0:]); c != channel {
		return payload, fmt.Errorf("%w: packet %d is of channel %04x, want %04x", ErrPacket, seq, c, channel)
	}
	if p[2] != tagAPDU {
		return payload, fmt.Errorf("%w: packet %d has tag %02x, want %02x", ErrPacket, seq, p[2], tagAPDU)
	}
	if s := int(binary.BigEndian.Uint16(p[3:])); s != seq {
		return payload, fmt.Errorf("%w: packet %d says that it is number %d", ErrPacket, seq, s)
	}
	copy(payload[:], p[headerSize:PacketSize])
	return payload, nil
}
