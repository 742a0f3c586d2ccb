package strict

import "encoding/binary"

// callsScript begins the only kind of EVM script that aragonOS has an executor
// for out of the box.
const callsScript = 1

// scriptHeader is the length of an entry without its data: to, length.
const scriptHeader = 20 + 4

// openScript: argument 0 is an EVM script (package abi, EVM scripts). An app
// either runs it at once or keeps it for a vote; both end in these calls.
func openScript(d *decoder, c *Call) error {
	body := c.Args[0].Bytes
	if len(body) == 0 {
		c.Args[0].setOpened()
		return nil
	}
	if len(body) < 4 || binary.BigEndian.Uint32(body) != callsScript {
		c.fault("script %s", appendHex(nil, body[:min(4, len(body))]))
		return nil
	}
	c.Args[0].setOpened()
	for offset := 4; offset < len(body); {
		call, used := scriptEntry(body[offset:])
		if used == 0 {
			c.fault("framing %d", offset)
			return nil
		}
		if err := d.add(c, call); err != nil {
			return err
		}
		offset += used
	}
	return nil
}

// scriptEntry reads the entry at the start of left and returns its length, 0 if
// it is not all there.
func scriptEntry(left []byte) (call Call, used int) {
	if len(left) < scriptHeader {
		return Call{}, 0
	}
	data := left[scriptHeader:]
	n := uint64(binary.BigEndian.Uint32(left[20:scriptHeader]))
	if n > uint64(len(data)) {
		return Call{}, 0
	}
	return Call{To: [20]byte(left[:20]), Data: data[:n:n]}, scriptHeader + int(n)
}
