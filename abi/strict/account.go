package strict

import "strconv"

// The call types of ERC-7579 whose data have a form.
const (
	typeSingle   = 0x00
	typeBatch    = 0x01
	typeDelegate = 0xff
)

// The selectors of ERC-7821, in a mode of type batch.
var (
	selectorOpData  = [4]byte{0x78, 0x21, 0x00, 0x01}
	selectorBatches = [4]byte{0x78, 0x21, 0x00, 0x02}
)

// mode is the first argument of an account's execute: call type (1), exec type
// (1), unused (4), selector (4), payload (22).
type mode [32]byte

func (m mode) callType() byte    { return m[0] }
func (m mode) execType() byte    { return m[1] }
func (m mode) selector() [4]byte { return [4]byte(m[6:10]) }

// known reports whether the standards say everything about the mode. A payload
// is not: ERC-7579 itself names a hook in it, which is code that runs beside the
// calls.
func (m mode) known() bool {
	if !allEqual(m[2:6], 0) || !allEqual(m[10:], 0) {
		return false
	}
	switch m.selector() {
	case [4]byte{}:
		t := m.callType()
		return (t == typeSingle || t == typeBatch || t == typeDelegate) && m.execType() <= 1
	case selectorOpData, selectorBatches:
		return m.callType() == typeBatch && m.execType() == 0
	}
	return false
}

// openAccount: argument 0 is the mode, argument 1 what it is about. An unknown
// mode is read as far as its call type goes, since an account that ignores the
// rest of the mode executes exactly that.
func openAccount(d *decoder, c *Call) error {
	m := mode(c.Args[0].Bytes)
	if !m.known() {
		c.fault("mode %s", appendHex(nil, m[:]))
	}
	switch m.callType() {
	case typeSingle:
		return openFixed(d, c, 0, 20+32)
	case typeDelegate:
		return openFixed(d, c, 1, 20)
	case typeBatch:
		if m.selector() == selectorBatches {
			return openBatches(d, c)
		}
		return openOnlyBatch(d, c, m.selector() == selectorOpData)
	}
	return nil
}

// openFixed lists the call in packed fields: the target, the value if the fields
// have room for it, and the data behind the fields.
func openFixed(d *decoder, c *Call, operation byte, fields int) error {
	if len(c.Args[1].Bytes) < fields {
		c.fault("framing 0")
		return nil
	}
	body := c.Args[1].setOpened()
	call := Call{Operation: operation, To: [20]byte(body[:20]), Data: body[fields:]}
	copy(call.Value[:], body[20:fields])
	return d.addAt(c, call, "")
}

// The encodings of ERC-7821: of one batch, of one batch with opData, of batches.
var (
	batchCall  = newTuple([]param{{typ: elementary["address"]}, {typ: elementary["uint256"]}, {typ: elementary["bytes"]}})
	plainBatch = newTuple([]param{{typ: newSlice(batchCall)}})
	fullBatch  = newTuple([]param{{typ: newSlice(batchCall)}, {typ: elementary["bytes"]}})
	batchList  = newTuple([]param{{typ: newSlice(elementary["bytes"])}})
)

func openOnlyBatch(d *decoder, c *Call, opData bool) error {
	ok, err := openBatch(d, c, 0, c.Args[1].Bytes, opData)
	if ok {
		c.Args[1].setOpened()
	}
	return err
}

func openBatches(d *decoder, c *Call) error {
	body := c.Args[1].Bytes
	args, used, ok := batchList.decodeArgs(body)
	if !ok {
		c.fault("framing 0")
		return nil
	}
	c.Args[1].setOpened()
	list := args[0].Elems
	for i := range list {
		if _, err := openBatch(d, c, i, list[i].Bytes, true); err != nil {
			return err
		}
	}
	c.suffix(len(list), body[used:])
	return nil
}

// openBatch lists the calls of one batch and reports whether it could be read.
// With opData the batch may have a second part; which of the two forms it has
// follows from where the first part begins, so no bytes fit both.
func openBatch(d *decoder, c *Call, number int, body []byte, opData bool) (ok bool, err error) {
	form := plainBatch
	if first, isLength := length(body); opData && isLength && first == 64 {
		form = fullBatch
	}
	args, used, ok := form.decodeArgs(body)
	if !ok {
		c.fault("framing %d", number)
		return false, nil
	}
	if len(args) == 2 {
		c.OpData = append(c.OpData, strconv.Itoa(number)+" "+string(appendHex(nil, args[1].Bytes)))
	}
	c.suffix(number, body[used:])
	return true, openList(d, c, args[0].Elems, 0)
}

// suffix records bytes behind a batch. No encoder writes them, and an account
// may read them.
func (c *Call) suffix(number int, rest []byte) {
	if len(rest) > 0 {
		c.fault("suffix %d %s", number, appendHex(nil, rest))
	}
}
