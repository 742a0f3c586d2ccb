package strict

// Compound's Timelock and the governors in front of it take the name of a
// function apart from its arguments, and hash the name when the call is made
// (package abi, Named calls). A name is what the caller writes; the function is
// what the name hashes to.

// openNamed: to, value, name, data are arguments 0 to 3.
func openNamed(d *decoder, c *Call) error {
	data, ok := d.namedData(c, &c.Args[2], &c.Args[3])
	if !ok {
		return nil
	}
	return d.addAt(c, Call{To: [20]byte(c.Args[0].Bytes), Value: [32]byte(c.Args[1].Bytes), Data: data}, "")
}

// openNamedEither: the last argument says whether the call is a delegatecall
// (Aave, ExecutorWithTimelock.sol).
func openNamedEither(d *decoder, c *Call) error {
	if err := openNamed(d, c); err != nil {
		return err
	}
	for _, child := range c.Children {
		child.Operation = c.Args[5].Bytes[31]
	}
	return nil
}

// openNamedParallel: targets, values, names and data are arguments 0 to 3, one
// array each.
func openNamedParallel(d *decoder, c *Call) error {
	to, value, name, data := c.Args[0].Elems, c.Args[1].Elems, c.Args[2].Elems, c.Args[3].Elems
	if len(to) != len(value) || len(to) != len(name) || len(to) != len(data) {
		c.fault("lengths %d %d %d %d", len(to), len(value), len(name), len(data))
		return nil
	}
	for i := range to {
		body, ok := d.namedData(c, &name[i], &data[i])
		if !ok {
			continue
		}
		if err := d.add(c, Call{To: [20]byte(to[i].Bytes), Value: [32]byte(value[i].Bytes), Data: body}); err != nil {
			return err
		}
	}
	return nil
}

// namedData returns the calldata that the contract makes of a name and data, and
// marks the data as opened. It refuses a name that it has no selector for.
func (d *decoder) namedData(c *Call, name, data *Value) ([]byte, bool) {
	if len(name.Bytes) == 0 {
		return data.setOpened(), true
	}
	if d.selector == nil {
		c.fault("selector")
		return nil, false
	}
	selector := d.selector(string(name.Bytes))
	return append(selector[:], data.setOpened()...), true
}
