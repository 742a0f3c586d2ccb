package strict

// entryHeader is the length of an entry without its data: operation, to, value,
// length of the data.
const entryHeader = 1 + 20 + 32 + 32

// loopStops is the number of bytes at which the contract's loop stops: it
// compares an offset that begins at 32 with the length.
const loopStops = 32

// wordsMultiSend is the MultiSend of 0.1.0 and 1.0.0, whose entries are words.
var wordsMultiSend = [20]byte{
	0xe7, 0x4d, 0x6a, 0xf1, 0x67, 0x0f, 0xb6, 0x56, 0x0d, 0xd6,
	0x1e, 0xe2, 0x9e, 0xb5, 0x7c, 0x7b, 0xc0, 0x27, 0xce, 0x4e,
}

// openMultiSend: the only argument holds the entries.
func openMultiSend(d *decoder, c *Call) error {
	body := c.Args[0].setOpened()
	if c.To == wordsMultiSend {
		return openWords(d, c, body)
	}
	return openPacked(d, c, body)
}

// openPacked lists packed entries as the contract executes them, also those that
// are cut off: a decoder that stops there hides a call that the chain makes.
func openPacked(d *decoder, c *Call, body []byte) error {
	for offset := 0; offset < len(body); {
		used, err := packedEntry(d, c, body[offset:], offset)
		if err != nil {
			return err
		}
		offset += used
	}
	return nil
}

// packedEntry lists the entry at the start of left and returns how many bytes
// it takes: all of them, if no entry can follow.
func packedEntry(d *decoder, c *Call, left []byte, offset int) (used int, err error) {
	if len(left) <= loopStops {
		c.fault("trailing %d %s", offset, appendHex(nil, left))
		return len(left), nil
	}
	index := len(c.Children)
	var header [entryHeader]byte // the contract reads missing bytes as zero
	copy(header[:], left)
	data := []byte(nil)
	if len(left) < entryHeader {
		c.fault("truncated %d %d", index, len(left))
		used = len(left)
	} else {
		data = left[entryHeader:]
		n, ok := length(header[53:85])
		if !ok || n > len(data) {
			c.fault("overrun %d %s %d", index, appendUint(nil, [32]byte(header[53:85])), len(data))
			n = len(data)
		}
		data = data[:n:n]
		used = entryHeader + n
	}
	c.checkOperation(index, header[0])
	return used, d.add(c, Call{
		Operation: header[0],
		To:        [20]byte(header[1:21]),
		Value:     [32]byte(header[21:53]),
		Data:      data,
	})
}

// openWords lists entries of words. The old contract is read strictly: whatever
// deviates ends the list with a fault, since what that contract would make of it
// depends on its memory.
func openWords(d *decoder, c *Call, body []byte) error {
	for offset := 0; offset < len(body); {
		call, used, ok := wordsEntry(body[offset:])
		if !ok {
			c.fault("framing %d", offset)
			return nil
		}
		c.checkOperation(len(c.Children), call.Operation)
		if err := d.add(c, call); err != nil {
			return err
		}
		offset += used
	}
	return nil
}

// wordsTypes are the four words before the data, in the encoding of a tuple
// (uint8,address,uint256,bytes), whose offset 0x80 they also share.
var wordsTypes = newTuple([]param{
	{typ: elementary["uint8"]}, {typ: elementary["address"]}, {typ: elementary["uint256"]}, {typ: elementary["bytes"]},
})

// wordsEntry reads the entry at the start of left.
func wordsEntry(left []byte) (call Call, used int, ok bool) {
	v, used, ok := wordsTypes.decodeArgs(left)
	if !ok {
		return Call{}, 0, false
	}
	return Call{
		Operation: v[0].Bytes[31],
		To:        [20]byte(v[1].Bytes),
		Value:     [32]byte(v[2].Bytes),
		Data:      v[3].Bytes,
	}, used, true
}
