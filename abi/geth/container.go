package geth

import (
	"fmt"
	"math/big"
	"reflect"

	"github.com/ethereum/go-ethereum/common"
)

// form is how a container holds its calls. The zero value is no container.
type form uint8

const (
	formNone          form = iota
	formOne                // to in argument 0, data in the opened one, value in the one between, if there is one
	formTuples             // the opened argument is a list of (to, …, data)
	formParallel           // lists of to, value, data in arguments 0 to 2
	formPairs              // lists of to and data in arguments 0 and 1
	formNamed              // to, value, name, data in arguments 0 to 3
	formNamedParallel      // lists of to, value, name, data in arguments 0 to 3
	formSelf               // the last argument is a list of data for the same target
	formMultiSend          // argument 0 is packed
	formAccount            // a mode and data in the form that the mode says
	formScript             // argument 0 is an EVM script
	formProposal           // to, value, data, operation in arguments 2 to 5
	formBundle             // argument 0 is a list of (to, data, value, …)
	formPause              // to in argument 0, data in argument 2, by delegatecall
)

// shape is what is known of a container by its signature.
type shape struct {
	kind      string // the function's name, unless others have it and do something else
	form      form
	operation bool // formOne: argument 3 is the operation; formNamed: argument 5 says whether it is a delegatecall
	opened    int  // the argument whose bytes are shown as calls
}

// shapes lists the containers (package abi, Containers). They are opened at
// whatever address: at a foreign one the calls are no facts, but their dangers
// must be seen. execute and executeBatch of a contract that does something else
// with its arguments are opened as well, for the same reason.
var shapes = map[string]shape{
	"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)": {kind: "execTransaction", form: formOne, operation: true, opened: 2},

	"execTransactionFromModule(address,uint256,bytes,uint8)":                         {kind: "execTransactionFromModule", form: formOne, operation: true, opened: 2},
	"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)":               {kind: "execTransactionFromModuleReturnData", form: formOne, operation: true, opened: 2},
	"execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)":              {kind: "execTransactionWithRole", form: formOne, operation: true, opened: 2},
	"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)":    {kind: "execTransactionWithRoleReturnData", form: formOne, operation: true, opened: 2},
	"execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)":               {kind: "execTransactionWithRole", form: formOne, operation: true, opened: 2},
	"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,uint16,bool)":     {kind: "execTransactionWithRoleReturnData", form: formOne, operation: true, opened: 2},
	"executeNextTx(address,uint256,bytes,uint8)":                                     {kind: "executeNextTx", form: formOne, operation: true, opened: 2},
	"executeUserOp(address,uint256,bytes,uint8)":                                     {kind: "executeUserOp", form: formOne, operation: true, opened: 2},
	"executeUserOpWithErrorString(address,uint256,bytes,uint8)":                      {kind: "executeUserOpWithErrorString", form: formOne, operation: true, opened: 2},
	"executeTransaction(address,uint256,bytes,uint8)":                                {kind: "executeTransaction", form: formOne, operation: true, opened: 2},
	"execute(address,uint256,bytes,uint8)":                                           {kind: "execute", form: formOne, operation: true, opened: 2},
	"executeProposal(string,bytes32[],address,uint256,bytes,uint8)":                  {kind: "executeProposal", form: formProposal, opened: 4},
	"executeProposalWithIndex(string,bytes32[],address,uint256,bytes,uint8,uint256)": {kind: "executeProposalWithIndex", form: formProposal, opened: 4},
	"plot(address,bytes32,bytes,uint256)":                                            {kind: "plot", form: formPause, opened: 2},
	"exec(address,bytes32,bytes,uint256)":                                            {kind: "exec", form: formPause, opened: 2},
	"execute(address,uint256,bytes)":                                                 {kind: "execute", form: formOne, opened: 2},
	"execute_ncC(address,uint256,bytes)":                                             {kind: "execute_ncC", form: formOne, opened: 2},
	"invoke(address,uint256,bytes)":                                                  {kind: "invoke", form: formOne, opened: 2},
	"tryCatch(address,uint256,bytes)":                                                {kind: "tryCatch", form: formOne, opened: 2},
	"tryCatchLimit(address,uint256,bytes,uint256)":                                   {kind: "tryCatchLimit", form: formOne, opened: 2},
	"executeCall(address,bytes)":                                                     {kind: "executeCall", form: formOne, opened: 1},
	"relay(address,uint256,bytes)":                                                   {kind: "relay", form: formOne, opened: 2},
	"schedule(address,uint256,bytes,bytes32,bytes32,uint256)":                        {kind: "schedule", form: formOne, opened: 2},
	"execute(address,uint256,bytes,bytes32,bytes32)":                                 {kind: "execute", form: formOne, opened: 2},
	"execute(address,bytes)":                                                         {kind: "execute", form: formOne, opened: 1},
	"schedule(address,bytes,uint48)":                                                 {kind: "schedule", form: formOne, opened: 1},
	"aggregate((address,bytes)[])":                                                   {kind: "aggregate", form: formTuples, opened: 0},
	"blockAndAggregate((address,bytes)[])":                                           {kind: "blockAndAggregate", form: formTuples, opened: 0},
	"tryAggregate(bool,(address,bytes)[])":                                           {kind: "tryAggregate", form: formTuples, opened: 1},
	"tryBlockAndAggregate(bool,(address,bytes)[])":                                   {kind: "tryBlockAndAggregate", form: formTuples, opened: 1},
	"aggregate3((address,bool,bytes)[])":                                             {kind: "aggregate3", form: formTuples, opened: 0},
	"aggregate3Value((address,bool,uint256,bytes)[])":                                {kind: "aggregate3Value", form: formTuples, opened: 0},
	"executeBatch((address,uint256,bytes)[])":                                        {kind: "executeBatch", form: formTuples, opened: 0},
	"executeBySender((address,uint256,bytes)[])":                                     {kind: "executeBySender", form: formTuples, opened: 0},
	"executeBySelf((address,uint256,bytes)[])":                                       {kind: "executeBySelf", form: formTuples, opened: 0},
	"execute((address,uint256,bytes)[],bytes)":                                       {kind: "execute", form: formTuples, opened: 0},
	"multiCall(address,(address,uint256,bytes)[])":                                   {kind: "multiCall", form: formTuples, opened: 1},
	"batch((address,address,uint256,bytes)[])":                                       {kind: "batch", form: formTuples, opened: 0},
	"executeBatch_y6U(address[],uint256[],bytes[])":                                  {kind: "executeBatch_y6U", form: formParallel, opened: 2},
	"scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)":             {kind: "scheduleBatch", form: formParallel, opened: 2},
	"executeBatch(address[],uint256[],bytes[],bytes32,bytes32)":                      {kind: "executeBatch", form: formParallel, opened: 2},
	"executeBatch(address[],uint256[],bytes[])":                                      {kind: "executeBatch", form: formParallel, opened: 2},
	"propose(address[],uint256[],bytes[],string)":                                    {kind: "propose", form: formParallel, opened: 2},
	"execute(address[],uint256[],bytes[],bytes32)":                                   {kind: "execute", form: formParallel, opened: 2},
	"queue(address[],uint256[],bytes[],bytes32)":                                     {kind: "queue", form: formParallel, opened: 2},
	"multicall(bytes[])":                                                             {kind: "multicall", form: formSelf, opened: 0},
	"multicall(uint256,bytes[])":                                                     {kind: "multicall", form: formSelf, opened: 1},
	"multicall(bytes32,bytes[])":                                                     {kind: "multicall", form: formSelf, opened: 1},
	"multicall((address,bytes,uint256,bool,bytes32)[])":                              {kind: "multicallTo", form: formBundle, opened: 0},
	"multicallWithNodeCheck(bytes32,bytes[])":                                        {kind: "multicall", form: formSelf, opened: 1},
	"batch(bytes[],bool)":                                                            {kind: "multicall", form: formSelf, opened: 0},
	"executeWithoutChainIdValidation(bytes[])":                                       {kind: "executeWithoutChainIdValidation", form: formSelf, opened: 0},
	"execute((address,uint256,bytes)[])":                                             {kind: "execute", form: formTuples, opened: 0},
	"execute(bytes32,(address,uint256,bytes)[],uint256)":                             {kind: "execute", form: formTuples, opened: 1},
	"executeBatch(address[],bytes[])":                                                {kind: "executeBatch", form: formPairs, opened: 1},
	"multicall(address[],bytes[])":                                                   {kind: "multicallTo", form: formPairs, opened: 1},
	"queueTransaction(address,uint256,string,bytes,uint256)":                         {kind: "queueTransaction", form: formNamed, opened: 3},
	"executeTransaction(address,uint256,string,bytes,uint256)":                       {kind: "executeTransaction", form: formNamed, opened: 3},
	"queueTransaction(address,uint256,string,bytes,uint256,bool)":                    {kind: "queueTransaction", form: formNamed, operation: true, opened: 3},
	"executeTransaction(address,uint256,string,bytes,uint256,bool)":                  {kind: "executeTransaction", form: formNamed, operation: true, opened: 3},
	"propose(address[],uint256[],string[],bytes[],string)":                           {kind: "propose", form: formNamedParallel, opened: 3},
	"execute(bytes32,bytes)":                                                         {kind: "execute", form: formAccount, opened: 1},
	"executeFromExecutor(bytes32,bytes)":                                             {kind: "executeFromExecutor", form: formAccount, opened: 1},
	"forward(bytes)":                                                                 {kind: "forward", form: formScript, opened: 0},
	"newVote(bytes,string)":                                                          {kind: "newVote", form: formScript, opened: 0},
	"newVote(bytes,string,bool,bool)":                                                {kind: "newVote", form: formScript, opened: 0},
	"multiSend(bytes)":                                                               {kind: "multiSend", form: formMultiSend, opened: 0},
}

// multicall3Delegatecall runs each of its calls as a delegatecall, unlike the
// contract it resembles (package abi, Containers).
var multicall3Delegatecall = common.HexToAddress("0x93dc480940585d9961bfceab58124ffd3d60f76a")

// box is an opened container.
type box struct {
	calls  []Input
	single bool // there can be only one call, so its path has no number
	faults []string
	opData []string
	opened int // the argument whose bytes the calls show, -1 if none
}

// open takes the calls out of the arguments of a call to the target to.
//
// Its type assertions cannot fail: the shape was found by the signature, the
// signature fixes the Go types that the library gives, and every shape is
// tested.
func (s shape) open(to common.Address, args []any) box {
	switch s.form {
	case formOne:
		return s.openOne(args)
	case formTuples:
		return s.openTuples(to, args)
	case formParallel:
		return s.openParallel(args)
	case formPairs:
		return s.openPairs(args)
	case formNamed:
		return s.openNamed(args)
	case formNamedParallel:
		return s.openNamedParallel(args)
	case formSelf:
		return s.openSelf(to, args)
	case formMultiSend:
		return s.openMultiSend(to, args)
	case formAccount:
		return s.openAccount(args)
	case formScript:
		return s.openScript(args)
	case formProposal:
		return s.openProposal(args)
	case formBundle:
		return s.openBundle(args)
	case formPause:
		in := Input{Operation: 1, To: args[0].(common.Address), Data: args[s.opened].([]byte)}
		return box{opened: s.opened, calls: []Input{in}, single: true}
	}
	return box{opened: -1}
}

func (s shape) openOne(args []any) box {
	in := Input{To: args[0].(common.Address), Data: args[s.opened].([]byte)}
	if s.opened == 2 {
		in.Value = bigWord(args[1])
	}
	if s.operation {
		in.Operation = args[3].(uint8)
	}
	b := box{opened: s.opened, calls: []Input{in}, single: true}
	b.checkOperation(0, in.Operation)
	return b
}

// openProposal opens the one call of a proposal of Zodiac's Reality module. The
// hashes beside it bind the calls of the whole proposal, this one among them.
func (s shape) openProposal(args []any) box {
	in := Input{Operation: args[5].(uint8), To: args[2].(common.Address), Value: bigWord(args[3]), Data: args[s.opened].([]byte)}
	b := box{opened: s.opened, calls: []Input{in}, single: true}
	b.checkOperation(0, in.Operation)
	return b
}

func (s shape) openTuples(to common.Address, args []any) box {
	b := box{opened: s.opened, calls: tupleCalls(args[s.opened])}
	for i := range b.calls {
		if to == multicall3Delegatecall {
			b.calls[i].Operation = 1
		}
	}
	return b
}

func tupleCalls(tuples any) []Input {
	list := reflect.ValueOf(tuples)
	calls := make([]Input, list.Len())
	for i := range calls {
		calls[i] = tupleCall(list.Index(i))
	}
	return calls
}

// tupleCall reads (to, data), (to, allowFailure, data), (to, value, data) or
// (to, allowFailure, value, data). Of these only the value is a uint256, and it
// stands before the data.
func tupleCall(tuple reflect.Value) Input {
	last := tuple.NumField() - 1
	in := Input{To: tuple.Field(0).Interface().(common.Address), Data: tuple.Field(last).Bytes()}
	if value, ok := tuple.Field(last - 1).Interface().(*big.Int); ok {
		in.Value = bigWord(value)
	}
	return in
}

// openBundle opens the calls of Morpho's Bundler3, whose order of fields is its own.
func (s shape) openBundle(args []any) box {
	list := reflect.ValueOf(args[s.opened])
	b := box{opened: s.opened}
	for i := range list.Len() {
		item := list.Index(i)
		b.calls = append(b.calls, Input{
			To:    item.Field(0).Interface().(common.Address),
			Data:  item.Field(1).Bytes(),
			Value: bigWord(item.Field(2).Interface()),
		})
	}
	return b
}

// openParallel opens nothing if the lists differ in length: which value belongs
// to which target is then anyone's guess.
func (s shape) openParallel(args []any) box {
	to, value, data := args[0].([]common.Address), args[1].([]*big.Int), args[2].([][]byte)
	if len(to) != len(value) || len(to) != len(data) {
		return box{opened: -1, faults: []string{fmt.Sprintf("lengths %d %d %d", len(to), len(value), len(data))}}
	}
	b := box{opened: s.opened, calls: make([]Input, len(to))}
	for i := range b.calls {
		b.calls[i] = Input{To: to[i], Value: bigWord(value[i]), Data: data[i]}
	}
	return b
}

func (s shape) openPairs(args []any) box {
	to, data := args[0].([]common.Address), args[1].([][]byte)
	if len(to) != len(data) {
		return box{opened: -1, faults: []string{fmt.Sprintf("lengths %d %d", len(to), len(data))}}
	}
	b := box{opened: s.opened}
	for i, a := range to {
		b.calls = append(b.calls, Input{To: a, Data: data[i]})
	}
	return b
}

func (s shape) openSelf(to common.Address, args []any) box {
	list := args[s.opened].([][]byte)
	b := box{opened: s.opened, calls: make([]Input, len(list))}
	for i, data := range list {
		b.calls[i] = Input{To: to, Data: data}
	}
	return b
}

func (s shape) openMultiSend(to common.Address, args []any) box {
	b := box{opened: s.opened}
	packed := args[s.opened].([]byte)
	if to == oldMultiSend {
		b.unpackWords(packed)
		return b
	}
	b.unpack(packed)
	return b
}

// checkOperation notes an operation that is neither call nor delegatecall. The
// call is listed all the same: what a foreign contract makes of the byte is not
// known.
func (b *box) checkOperation(index int, operation byte) {
	if operation > 1 {
		b.fault("operation %d %d", index, operation)
	}
}

func (b *box) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Sprintf(format, args...))
}

// bigWord returns a uint256, which the library gives as a *big.Int of at most 32
// bytes, as a word.
func bigWord(v any) (word [32]byte) {
	v.(*big.Int).FillBytes(word[:])
	return word
}
