package strict

import (
	"fmt"
	"strconv"
)

// opener lists the calls that c carries: it appends to c.Children and c.Faults
// and marks the bytes that it opened. c.Container is set before.
type opener func(d *decoder, c *Call) error

// openers holds the functions that carry calls, by signature (package abi,
// Containers). They are opened at whatever address: the shape costs nothing to
// imitate, and what looks like a batch must not hide its content. Whether the
// calls are really made is not said here.
var openers map[string]opener

// The table refers to functions that reach Decode's recursion and through it the
// table, so it is filled at start.
func init() {
	openers = map[string]opener{
		"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)": openOne,
		"execTransactionFromModule(address,uint256,bytes,uint8)":                                     openOne,
		"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)":                           openOne,
		"execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)":                          openOne,
		"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)":                openOne,
		"execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)":                           openOne,
		"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,uint16,bool)":                 openOne,
		"executeNextTx(address,uint256,bytes,uint8)":                                                 openOne,
		"executeUserOp(address,uint256,bytes,uint8)":                                                 openOne,
		"executeUserOpWithErrorString(address,uint256,bytes,uint8)":                                  openOne,
		"executeTransaction(address,uint256,bytes,uint8)":                                            openOne,
		"execute(address,uint256,bytes,uint8)":                                                       openOne,
		"executeProposal(string,bytes32[],address,uint256,bytes,uint8)":                              openProposal,
		"executeProposalWithIndex(string,bytes32[],address,uint256,bytes,uint8,uint256)":             openProposal,
		"plot(address,bytes32,bytes,uint256)":                                                        openPaused,
		"exec(address,bytes32,bytes,uint256)":                                                        openPaused,
		"execute(address,uint256,bytes)":                                                             openPlain,
		"execute_ncC(address,uint256,bytes)":                                                         openPlain,
		"invoke(address,uint256,bytes)":                                                              openPlain,
		"tryCatch(address,uint256,bytes)":                                                            openPlain,
		"tryCatchLimit(address,uint256,bytes,uint256)":                                               openPlain,
		"relay(address,uint256,bytes)":                                                               openPlain,
		"schedule(address,uint256,bytes,bytes32,bytes32,uint256)":                                    openPlain,
		"execute(address,uint256,bytes,bytes32,bytes32)":                                             openPlain,
		"execute(address,bytes)":                                                                     openNoValue,
		"executeCall(address,bytes)":                                                                 openNoValue,
		"schedule(address,bytes,uint48)":                                                             openNoValue,
		"aggregate((address,bytes)[])":                                                               openTuples,
		"blockAndAggregate((address,bytes)[])":                                                       openTuples,
		"tryAggregate(bool,(address,bytes)[])":                                                       openTuples,
		"tryBlockAndAggregate(bool,(address,bytes)[])":                                               openTuples,
		"aggregate3((address,bool,bytes)[])":                                                         openTuples,
		"aggregate3Value((address,bool,uint256,bytes)[])":                                            openTuples,
		"executeBatch((address,uint256,bytes)[])":                                                    openTuples,
		"execute((address,uint256,bytes)[])":                                                         openTuples,
		"executeBySender((address,uint256,bytes)[])":                                                 openTuples,
		"executeBySelf((address,uint256,bytes)[])":                                                   openTuples,
		"multiCall(address,(address,uint256,bytes)[])":                                               openTuples,
		"batch((address,address,uint256,bytes)[])":                                                   openTuples,
		"execute((address,uint256,bytes)[],bytes)":                                                   openSigned,
		"execute(bytes32,(address,uint256,bytes)[],uint256)":                                         openActions,
		"scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)":                         openParallel,
		"executeBatch(address[],uint256[],bytes[],bytes32,bytes32)":                                  openParallel,
		"executeBatch(address[],uint256[],bytes[])":                                                  openParallel,
		"executeBatch_y6U(address[],uint256[],bytes[])":                                              openParallel,
		"propose(address[],uint256[],bytes[],string)":                                                openParallel,
		"execute(address[],uint256[],bytes[],bytes32)":                                               openParallel,
		"queue(address[],uint256[],bytes[],bytes32)":                                                 openParallel,
		"executeBatch(address[],bytes[])":                                                            openPairs,
		othersMulticall:                                                                              openPairs,
		"queueTransaction(address,uint256,string,bytes,uint256)":                                     openNamed,
		"executeTransaction(address,uint256,string,bytes,uint256)":                                   openNamed,
		"queueTransaction(address,uint256,string,bytes,uint256,bool)":                                openNamedEither,
		"executeTransaction(address,uint256,string,bytes,uint256,bool)":                              openNamedEither,
		"propose(address[],uint256[],string[],bytes[],string)":                                       openNamedParallel,
		"multicall(bytes[])":                                                                         openSelf,
		"multicall(uint256,bytes[])":                                                                 openSelf,
		"multicall(bytes32,bytes[])":                                                                 openSelf,
		bundleMulticall:                                                                              openBundle,
		nodeMulticall:                                                                                openSelf,
		boringMulticall:                                                                              openSelfFirst,
		"executeWithoutChainIdValidation(bytes[])":                                                   openSelf,
		"multiSend(bytes)":                                                                           openMultiSend,
		"execute(bytes32,bytes)":                                                                     openAccount,
		"executeFromExecutor(bytes32,bytes)":                                                         openAccount,
		"forward(bytes)":                                                                             openScript,
		"newVote(bytes,string)":                                                                      openScript,
		"newVote(bytes,string,bool,bool)":                                                            openScript,
	}
}

// othersMulticall calls others. Every other multicall calls itself and keeps its
// caller, and who reads the path of a call must not take the one for the other:
// those of ENS and of BoringSolidity, which have names of their own, do the same
// and so are of the same kind. Morpho's Bundler3 calls others.
const (
	othersMulticall     = "multicall(address[],bytes[])"
	kindOthersMulticall = "multicallTo"

	bundleMulticall = "multicall((address,bytes,uint256,bool,bytes32)[])"
	nodeMulticall   = "multicallWithNodeCheck(bytes32,bytes[])"
	boringMulticall = "batch(bytes[],bool)"
	kindMulticall   = "multicall"
)

// delegatingMulticall is Multicall3Delegatecall, which makes its calls by
// DELEGATECALL (superchain-ops).
var delegatingMulticall = [20]byte{
	0x93, 0xdc, 0x48, 0x09, 0x40, 0x58, 0x5d, 0x99, 0x61, 0xbf,
	0xce, 0xab, 0x58, 0x12, 0x4f, 0xfd, 0x3d, 0x60, 0xf7, 0x6a,
}

// delegating returns the operation of the calls in the tuples of c.
func delegating(c *Call) byte {
	if c.To == delegatingMulticall {
		return 1
	}
	return 0
}

// add lists a call of a container of many.
func (d *decoder) add(c *Call, call Call) error {
	index := strconv.Itoa(len(c.Children))
	return d.addAt(c, call, "["+index+"]")
}

// addAt lists a call whose path ends in suffix.
func (d *decoder) addAt(c *Call, call Call, suffix string) error {
	call.Depth = c.Depth + 1
	if err := d.count(call.Depth); err != nil {
		return err
	}
	dot := ""
	if c.Path != "" {
		dot = "."
	}
	call.Path = c.Path + dot + "data." + c.Container + suffix
	c.Children = append(c.Children, &call)
	return nil
}

// fault records a deviation in the words of the transcript.
func (c *Call) fault(format string, args ...any) {
	c.Faults = append(c.Faults, fmt.Sprintf(format, args...))
}

// checkOperation records an operation that no contract executes.
func (c *Call) checkOperation(index int, operation byte) {
	if operation > 1 {
		c.fault("operation %d %d", index, operation)
	}
}

// openOne: to, value, data, operation are arguments 0 to 3.
func openOne(d *decoder, c *Call) error {
	operation := c.Args[3].Bytes[31]
	c.checkOperation(0, operation)
	return openWith(d, c, operation)
}

// openProposal: the call of a proposal stands behind its name and the hashes of
// all its calls (Zodiac Reality, executeProposal).
func openProposal(d *decoder, c *Call) error {
	operation := c.Args[5].Bytes[31]
	c.checkOperation(0, operation)
	return d.addAt(c, Call{
		Operation: operation,
		To:        [20]byte(c.Args[2].Bytes),
		Value:     [32]byte(c.Args[3].Bytes),
		Data:      c.Args[4].setOpened(),
	}, "")
}

// openPaused: the target is code that the pause's proxy runs as its own, and the
// word beside it the hash that this code must have (Maker, DSPause).
func openPaused(d *decoder, c *Call) error {
	return d.addAt(c, Call{Operation: 1, To: [20]byte(c.Args[0].Bytes), Data: c.Args[2].setOpened()}, "")
}

// openPlain: to, value, data are arguments 0 to 2, always a CALL.
func openPlain(d *decoder, c *Call) error { return openWith(d, c, 0) }

func openWith(d *decoder, c *Call, operation byte) error {
	return d.addAt(c, Call{
		Operation: operation,
		To:        [20]byte(c.Args[0].Bytes),
		Value:     [32]byte(c.Args[1].Bytes),
		Data:      c.Args[2].setOpened(),
	}, "")
}

// openNoValue: to and data are arguments 0 and 1, always a CALL without value.
func openNoValue(d *decoder, c *Call) error {
	return d.addAt(c, Call{To: [20]byte(c.Args[0].Bytes), Data: c.Args[1].setOpened()}, "")
}

// openTuples: the last argument is an array of tuples, whose first component is
// the target and whose last is the data; the value, if there is one, is the only
// uint256. It is found by type, since (address,bool,bytes) and
// (address,uint256,bytes) have as many components.
func openTuples(d *decoder, c *Call) error {
	return openList(d, c, c.Args[len(c.Args)-1].Elems, delegating(c))
}

// openSigned: a signature for the calls stands behind them (Ambire).
func openSigned(d *decoder, c *Call) error {
	return openList(d, c, c.Args[0].Elems, delegating(c))
}

// openActions: the array of tuples stands between a name and a map of calls that
// may fail (Aragon OSx, IExecutor.sol).
func openActions(d *decoder, c *Call) error {
	return openList(d, c, c.Args[1].Elems, delegating(c))
}

func openList(d *decoder, c *Call, list []Value, operation byte) error {
	for i := range list {
		parts := list[i].Elems
		call := Call{
			Operation: operation,
			To:        [20]byte(parts[0].Bytes),
			Data:      parts[len(parts)-1].setOpened(),
		}
		for j := range parts {
			if parts[j].Type == "uint256" {
				call.Value = [32]byte(parts[j].Bytes)
			}
		}
		if err := d.add(c, call); err != nil {
			return err
		}
	}
	return nil
}

// openBundle: to, data, value are the first three components of each tuple
// (Bundler3.sol). Whether a failure is skipped, and the hash of what the target may
// call back with, stand behind.
func openBundle(d *decoder, c *Call) error {
	for _, tuple := range c.Args[0].Elems {
		parts := tuple.Elems
		call := Call{To: [20]byte(parts[0].Bytes), Data: parts[1].setOpened(), Value: [32]byte(parts[2].Bytes)}
		if err := d.add(c, call); err != nil {
			return err
		}
	}
	return nil
}

// openParallel: targets, values and data are arguments 0 to 2, one array each.
// With unequal lengths no one can say which belong together.
func openParallel(d *decoder, c *Call) error {
	to, value, data := c.Args[0].Elems, c.Args[1].Elems, c.Args[2].Elems
	if len(to) != len(value) || len(to) != len(data) {
		c.fault("lengths %d %d %d", len(to), len(value), len(data))
		return nil
	}
	for i := range to {
		call := Call{To: [20]byte(to[i].Bytes), Value: [32]byte(value[i].Bytes), Data: data[i].setOpened()}
		if err := d.add(c, call); err != nil {
			return err
		}
	}
	return nil
}

// openPairs: targets and data are arguments 0 and 1, one array each.
func openPairs(d *decoder, c *Call) error {
	to, data := c.Args[0].Elems, c.Args[1].Elems
	if len(to) != len(data) {
		c.fault("lengths %d %d", len(to), len(data))
		return nil
	}
	for i := range to {
		if err := d.add(c, Call{To: [20]byte(to[i].Bytes), Data: data[i].setOpened()}); err != nil {
			return err
		}
	}
	return nil
}

// openSelf: the last argument is an array of calldata for the same target.
func openSelf(d *decoder, c *Call) error {
	return openSelfList(d, c, c.Args[len(c.Args)-1].Elems)
}

// openSelfFirst: whether a failing call stops the others stands behind the array.
func openSelfFirst(d *decoder, c *Call) error {
	return openSelfList(d, c, c.Args[0].Elems)
}

func openSelfList(d *decoder, c *Call, list []Value) error {
	for i := range list {
		if err := d.add(c, Call{To: c.To, Data: list[i].setOpened()}); err != nil {
			return err
		}
	}
	return nil
}
