package geth

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// headerSize is the size of a packed entry without its data: operation (1), to
// (20), value (32), length (32).
const headerSize = 85

// unpack reads packed MultiSend entries as the contract's loop does, and notes
// where the bytes are not what an encoder writes. A decoder that stops at a
// truncated entry hides a call that is executed: the contract reads on, and
// finds zeros (MultiSend.sol of Safe 1.1.1 to 1.5.0: the loop runs while more
// than 32 bytes remain).
func (b *box) unpack(packed []byte) {
	for at := 0; at < len(packed); {
		rest := packed[at:]
		if len(rest) <= wordSize {
			b.fault("trailing %d %s", at, hexText(rest))
			return
		}
		if len(rest) < headerSize {
			b.truncated(rest)
			return
		}
		n := b.entry(rest)
		if n == 0 {
			return
		}
		at += n
	}
}

// truncated lists an entry whose header is cut off: the missing bytes are zeros,
// so its data is empty, whatever bytes of the length are there.
func (b *box) truncated(rest []byte) {
	var header [headerSize]byte
	copy(header[:], rest)
	b.fault("truncated %d %d", len(b.calls), len(rest))
	b.add(&header, nil)
}

// entry lists the entry at the start of rest, and returns its size, or 0 if it
// claims more data than there is and so ends the list. The length is a word and
// compared as one: near 2^256 nothing may wrap or be allocated.
func (b *box) entry(rest []byte) int {
	data := rest[headerSize:]
	length := new(uint256.Int).SetBytes(rest[53:headerSize])
	if length.GtUint64(uint64(len(data))) {
		b.fault("overrun %d %s %d", len(b.calls), length.Dec(), len(data))
		b.add((*[headerSize]byte)(rest), data)
		return 0
	}
	n := int(length.Uint64())
	b.add((*[headerSize]byte)(rest), data[:n])
	return headerSize + n
}

func (b *box) add(header *[headerSize]byte, data []byte) {
	b.checkOperation(len(b.calls), header[0])
	b.calls = append(b.calls, Input{
		Operation: header[0],
		To:        common.Address(header[1:21]),
		Value:     [32]byte(header[21:53]),
		Data:      data,
	})
}
