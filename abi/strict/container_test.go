package strict

import (
	"fmt"
	"strings"
	"testing"
)

// tuples and arrays of the container tests: two calls each.
var (
	toA, toB     = address(0xa), address(0xb)
	pair         = slice(dyn(addr(toA), content("\x01")), dyn(addr(toB), content("")))
	pairFlag     = slice(dyn(addr(toA), num(1), content("\x01")), dyn(addr(toB), num(0), content("")))
	pairValue    = slice(dyn(addr(toA), num(1), num(5), content("\x01")), dyn(addr(toB), num(0), num(6), content("")))
	pairAmount   = slice(dyn(addr(toA), num(5), content("\x01")), dyn(addr(toB), num(6), content("")))
	targets      = slice(addr(toA), addr(toB))
	values       = slice(num(5), num(6))
	payloads     = slice(content("\x01"), content(""))
	oneCall      = []item{addr(toA), num(5), content("\x01")}
	oneNoValue   = []item{addr(toA), content("\x01")}
	oneOperation = []item{addr(toA), num(5), content("\x01"), num(1)}
)

func join(a []item, b ...item) []item { return append(a[:len(a):len(a)], b...) }

// children describes the calls of a container: path operation to value data.
func children(c *Call) string {
	var out []string
	for _, k := range c.Children {
		out = append(out, fmt.Sprintf("%s %d %x %s 0x%x", k.Path, k.Operation, k.To[19], appendUint(nil, k.Value), k.Data))
	}
	return strings.Join(out, "; ")
}

func TestContainers(t *testing.T) {
	delegating := [20]byte(unhex("93dc480940585d9961bfceab58124ffd3d60f76a"))
	both := func(kind, value1, value2 string, operation int) string {
		return fmt.Sprintf("data.%s[0] %d a %s 0x01; data.%s[1] %d b %s 0x", kind, operation, value1, kind, operation, value2)
	}
	for _, row := range []struct {
		decl string
		to   [20]byte
		args []item
		want string
		open int // values rendered as opened
	}{
		{"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", toB,
			join(oneOperation, num(0), num(0), num(0), num(0), num(0), content("sig")), "data.execTransaction 1 a 5 0x01", 1},
		{"execTransactionFromModule(address,uint256,bytes,uint8)", toB, oneOperation, "data.execTransactionFromModule 1 a 5 0x01", 1},
		{"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)", toB, oneOperation, "data.execTransactionFromModuleReturnData 1 a 5 0x01", 1},
		{"execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)", toB, join(oneOperation, num(0), num(1)),
			"data.execTransactionWithRole 1 a 5 0x01", 1},
		{"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)", toB, join(oneOperation, num(0), num(1)),
			"data.execTransactionWithRoleReturnData 1 a 5 0x01", 1},
		{"execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)", toB, join(oneOperation, num(7), num(1)),
			"data.execTransactionWithRole 1 a 5 0x01", 1},
		{"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,uint16,bool)", toB, join(oneOperation, num(7), num(1)),
			"data.execTransactionWithRoleReturnData 1 a 5 0x01", 1},
		{"executeNextTx(address,uint256,bytes,uint8)", toB, oneOperation, "data.executeNextTx 1 a 5 0x01", 1},
		{"executeUserOp(address,uint256,bytes,uint8)", toB, oneOperation, "data.executeUserOp 1 a 5 0x01", 1},
		{"executeUserOpWithErrorString(address,uint256,bytes,uint8)", toB, oneOperation, "data.executeUserOpWithErrorString 1 a 5 0x01", 1},
		{"executeTransaction(address,uint256,bytes,uint8)", toB, oneOperation, "data.executeTransaction 1 a 5 0x01", 1},
		{"execute(address,uint256,bytes,uint8)", toB, oneOperation, "data.execute 1 a 5 0x01", 1},
		{"executeProposal(string,bytes32[],address,uint256,bytes,uint8)", toB, join([]item{content("id"), slice(num(7))}, oneOperation...),
			"data.executeProposal 1 a 5 0x01", 1},
		{"executeProposalWithIndex(string,bytes32[],address,uint256,bytes,uint8,uint256)", toB, join(join([]item{content("id"), slice(num(7))}, oneOperation...), num(0)),
			"data.executeProposalWithIndex 1 a 5 0x01", 1},
		{"plot(address,bytes32,bytes,uint256)", toB, []item{addr(toA), num(7), content("\x01"), num(9)}, "data.plot 1 a 0 0x01", 1},
		{"exec(address,bytes32,bytes,uint256)", toB, []item{addr(toA), num(7), content("\x01"), num(9)}, "data.exec 1 a 0 0x01", 1},
		{"execute_ncC(address,uint256,bytes)", toB, oneCall, "data.execute_ncC 0 a 5 0x01", 1},
		{"invoke(address,uint256,bytes)", toB, oneCall, "data.invoke 0 a 5 0x01", 1},
		{"tryCatch(address,uint256,bytes)", toB, oneCall, "data.tryCatch 0 a 5 0x01", 1},
		{"tryCatchLimit(address,uint256,bytes,uint256)", toB, join(oneCall, num(9)), "data.tryCatchLimit 0 a 5 0x01", 1},
		{"executeCall(address,bytes)", toB, oneNoValue, "data.executeCall 0 a 0 0x01", 1},
		{"queueTransaction(address,uint256,string,bytes,uint256,bool)", toB, []item{addr(toA), num(5), content(""), content("\x01"), num(9), num(1)},
			"data.queueTransaction 1 a 5 0x01", 1},
		{"executeTransaction(address,uint256,string,bytes,uint256,bool)", toB, []item{addr(toA), num(5), content(""), content("\x01"), num(9), num(0)},
			"data.executeTransaction 0 a 5 0x01", 1},
		{"execute(address,uint256,bytes)", toB, oneCall, "data.execute 0 a 5 0x01", 1},
		{"relay(address,uint256,bytes)", toB, oneCall, "data.relay 0 a 5 0x01", 1},
		{"schedule(address,uint256,bytes,bytes32,bytes32,uint256)", toB, join(oneCall, num(1), num(1), num(1)), "data.schedule 0 a 5 0x01", 1},
		{"execute(address,uint256,bytes,bytes32,bytes32)", toB, join(oneCall, num(1), num(1)), "data.execute 0 a 5 0x01", 1},
		{"execute(address,bytes)", toB, oneNoValue, "data.execute 0 a 0 0x01", 1},
		{"schedule(address,bytes,uint48)", toB, join(oneNoValue, num(9)), "data.schedule 0 a 0 0x01", 1},
		{"execute(address,bytes)", delegating, oneNoValue, "data.execute 0 a 0 0x01", 1},

		{"aggregate((address,bytes)[])", toB, []item{pair}, both("aggregate", "0", "0", 0), 2},
		{"blockAndAggregate((address,bytes)[])", toB, []item{pair}, both("blockAndAggregate", "0", "0", 0), 2},
		{"tryAggregate(bool,(address,bytes)[])", toB, []item{num(1), pair}, both("tryAggregate", "0", "0", 0), 2},
		{"tryBlockAndAggregate(bool,(address,bytes)[])", toB, []item{num(1), pair}, both("tryBlockAndAggregate", "0", "0", 0), 2},
		{"aggregate3((address,bool,bytes)[])", toB, []item{pairFlag}, both("aggregate3", "0", "0", 0), 2},
		{"aggregate3Value((address,bool,uint256,bytes)[])", toB, []item{pairValue}, both("aggregate3Value", "5", "6", 0), 2},
		{"aggregate((address,bytes)[])", delegating, []item{pair}, both("aggregate", "0", "0", 1), 2},
		{"aggregate3((address,bool,bytes)[])", delegating, []item{pairFlag}, both("aggregate3", "0", "0", 1), 2},
		{"aggregate3Value((address,bool,uint256,bytes)[])", delegating, []item{pairValue}, both("aggregate3Value", "5", "6", 1), 2},
		{"executeBatch((address,uint256,bytes)[])", toB, []item{pairAmount}, both("executeBatch", "5", "6", 0), 2},
		{"executeBatch((address,uint256,bytes)[])", delegating, []item{pairAmount}, both("executeBatch", "5", "6", 1), 2},
		{"executeBatch((address,uint256,bytes)[])", toB, []item{slice()}, "", 0},
		{"executeBySender((address,uint256,bytes)[])", toB, []item{pairAmount}, both("executeBySender", "5", "6", 0), 2},
		{"executeBySelf((address,uint256,bytes)[])", toB, []item{pairAmount}, both("executeBySelf", "5", "6", 0), 2},
		{"execute((address,uint256,bytes)[],bytes)", toB, []item{pairAmount, content("sig")}, both("execute", "5", "6", 0), 2},
		{"multiCall(address,(address,uint256,bytes)[])", toB, []item{addr(toB), pairAmount}, both("multiCall", "5", "6", 0), 2},
		{"batch((address,address,uint256,bytes)[])", toB,
			[]item{slice(dyn(addr(toA), addr(toB), num(5), content("\x01")), dyn(addr(toB), addr(toA), num(6), content("")))}, both("batch", "5", "6", 0), 2},
		{"execute((address,uint256,bytes)[])", toB, []item{pairAmount}, both("execute", "5", "6", 0), 2},
		{"execute(bytes32,(address,uint256,bytes)[],uint256)", toB, []item{num(7), pairAmount, num(3)}, both("execute", "5", "6", 0), 2},
		{"execute(bytes32,(address,uint256,bytes)[],uint256)", toB, []item{num(7), slice(), num(3)}, "", 0},
		{"aggregate3((address,bool,bytes)[])", toB, []item{slice()}, "", 0},

		{"scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)", toB,
			[]item{targets, values, payloads, num(0), num(0), num(0)}, both("scheduleBatch", "5", "6", 0), 2},
		{"executeBatch(address[],uint256[],bytes[],bytes32,bytes32)", toB,
			[]item{targets, values, payloads, num(0), num(0)}, both("executeBatch", "5", "6", 0), 2},
		{"executeBatch(address[],uint256[],bytes[])", toB, []item{targets, values, payloads}, both("executeBatch", "5", "6", 0), 2},
		{"executeBatch_y6U(address[],uint256[],bytes[])", toB, []item{targets, values, payloads}, both("executeBatch_y6U", "5", "6", 0), 2},
		{"propose(address[],uint256[],bytes[],string)", toB,
			[]item{targets, values, payloads, content("why")}, both("propose", "5", "6", 0), 2},
		{"execute(address[],uint256[],bytes[],bytes32)", toB,
			[]item{targets, values, payloads, num(1)}, both("execute", "5", "6", 0), 2},
		{"execute(address[],uint256[],bytes[],bytes32)", toB,
			[]item{slice(addr(toA)), slice(num(5)), slice(content("\x01")), num(1)}, "data.execute[0] 0 a 5 0x01", 1},
		{"queue(address[],uint256[],bytes[],bytes32)", toB,
			[]item{targets, values, payloads, num(1)}, both("queue", "5", "6", 0), 2},
		{"executeBatch(address[],uint256[],bytes[])", delegating, []item{targets, values, payloads}, both("executeBatch", "5", "6", 0), 2},

		{"executeBatch(address[],bytes[])", toB, []item{targets, payloads}, both("executeBatch", "0", "0", 0), 2},
		{"executeBatch(address[],bytes[])", delegating, []item{targets, payloads}, both("executeBatch", "0", "0", 0), 2},
		{"executeBatch(address[],bytes[])", toB, []item{slice(), slice()}, "", 0},

		{"multicall(bytes[])", toB, []item{payloads}, "data.multicall[0] 0 b 0 0x01; data.multicall[1] 0 b 0 0x", 2},
		{"multicall(uint256,bytes[])", toB, []item{num(9), payloads}, "data.multicall[0] 0 b 0 0x01; data.multicall[1] 0 b 0 0x", 2},
		{"multicall(bytes32,bytes[])", toB, []item{num(9), payloads}, "data.multicall[0] 0 b 0 0x01; data.multicall[1] 0 b 0 0x", 2},

		{"executeWithoutChainIdValidation(bytes[])", toB, []item{payloads},
			"data.executeWithoutChainIdValidation[0] 0 b 0 0x01; data.executeWithoutChainIdValidation[1] 0 b 0 0x", 2},

		{"multiSend(bytes)", toB, []item{content(string(packed(0, toA, 5, []byte{1})) + string(packed(1, toB, 6, nil)))},
			"data.multiSend[0] 0 a 5 0x01; data.multiSend[1] 1 b 6 0x", 1},
		{"multiSend(bytes)", toB, []item{content("")}, "", 1},
	} {
		t.Run(fmt.Sprintf("%s at %x", row.decl, row.to[19]), func(t *testing.T) {
			for _, suffix := range []string{"", "\x00"} {
				data := append(calldata(row.args...), suffix...)
				c := decodeAt(t, row.to, data, row.decl)
				name, _, _ := strings.Cut(row.decl, "(")
				if c.Container != name || len(c.Faults) != 0 {
					t.Fatalf("status %s container %q faults %q, want %q and none", c.Status, c.Container, c.Faults, name)
				}
				if got := children(c); got != row.want {
					t.Errorf("calls\ngot  %s\nwant %s", got, row.want)
				}
				if got := strings.Count(rendered(c), " opened "); got != row.open {
					t.Errorf("%d values opened, want %d", got, row.open)
				}
				checkRoundTrip(t, c)
			}
		})
	}
}

// TestSelfByOtherNames: who reads the kind must know that these calls keep their
// caller.
func TestSelfByOtherNames(t *testing.T) {
	const want = "data.multicall[0] 0 b 0 0x01; data.multicall[1] 0 b 0 0x"
	for decl, args := range map[string][]item{nodeMulticall: {num(9), payloads}, boringMulticall: {payloads, num(1)}} {
		c := decodeAt(t, toB, calldata(args...), decl)
		if got := children(c); c.Container != "multicall" || got != want {
			t.Errorf("%s: %q %s, want multicall %s", decl, c.Container, got, want)
		}
	}
}

// TestBundle: this multicall calls others, and its fields stand in an order of
// their own.
func TestBundle(t *testing.T) {
	list := slice(dyn(addr(toA), content("\x01"), num(5), num(1), num(9)), dyn(addr(toB), content(""), num(6), num(0), num(0)))
	c := decodeAt(t, toB, calldata(list), bundleMulticall)
	const want = "data.multicallTo[0] 0 a 5 0x01; data.multicallTo[1] 0 b 6 0x"
	if got := children(c); c.Container != kindOthersMulticall || got != want {
		t.Errorf("%q %s, want %s", c.Container, got, want)
	}
	checkRoundTrip(t, c)
}

func TestNoContainer(t *testing.T) {
	for _, row := range []struct {
		name, decl string
		args       []item
	}{
		{"other operation type", "execute(address,uint256,bytes,uint16)", oneOperation},
		{"other value type", "execute(address,uint128,bytes,uint8)", oneOperation},
		{"execute with a string", "execute(address,string)", oneNoValue},
		{"execute with more", "execute(address,bytes,uint48)", join(oneNoValue, num(9))},
		{"relay without value", "relay(address,bytes)", oneNoValue},
		{"relay with operation", "relay(address,uint256,bytes,uint8)", oneOperation},
		{"schedule without time", "schedule(address,bytes)", oneNoValue},
		{"schedule with other time", "schedule(address,bytes,uint256)", join(oneNoValue, num(9))},
		{"tuples with a flag", "executeBatch((address,bool,bytes)[])", []item{pairFlag}},
		{"tuples without value", "executeBatch((address,bytes)[])", []item{pair}},
		{"tuples with other name", "aggregate((address,uint256,bytes)[])", []item{pairAmount}},
		{"tuples of fixed number", "executeBatch((address,uint256,bytes)[1])", []item{dyn(dyn(oneCall...))}},
		{"propose with bytes", "propose(address[],uint256[],bytes[],bytes)", []item{targets, values, payloads, content("why")}},
		{"pairs of strings", "executeBatch(address[],string[])", []item{targets, payloads}},
		{"multicall with values", "multicall(address[],uint256[],bytes[])", []item{targets, values, payloads}},
		{"role of other size", "execTransactionWithRole(address,uint256,bytes,uint8,uint8,bool)", join(oneOperation, num(7), num(1))},
		{"actions without a map", "execute(bytes32,(address,uint256,bytes)[])", []item{num(7), pairAmount}},
		{"actions with a small map", "execute(bytes32,(address,uint256,bytes)[],uint128)", []item{num(7), pairAmount, num(3)}},
		{"tuples in other order", "execute((bytes,address,uint256)[])", []item{slice(dyn(content("\x01"), addr(toA), num(5)))}},
		{"DSProxy with code", "execute(bytes,bytes)", []item{content("\x01"), content("\x02")}},
		{"cancelled transaction", "cancelTransaction(address,uint256,string,bytes,uint256)", []item{addr(toA), num(5), content(""), content("\x01"), num(9)}},
		{"propose with names as bytes", "propose(address[],uint256[],bytes[],bytes[],string)", []item{targets, values, payloads, payloads, content("why")}},
		{"execute without description", "execute(address[],uint256[],bytes[])", []item{targets, values, payloads}},
		{"queue without description", "queue(address[],uint256[],bytes[])", []item{targets, values, payloads}},
		{"cancel", "cancel(address[],uint256[],bytes[],bytes32)", []item{targets, values, payloads, num(1)}},
		{"other name", "exec(address,uint256,bytes)", oneCall},
		{"case", "Execute(address,uint256,bytes)", oneCall},
		{"approveHash", "approveHash(bytes32)", []item{num(1)}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := decode(t, calldata(row.args...), row.decl)
			if c.Status != "decoded" || c.Container != "" || len(c.Children) != 0 {
				t.Errorf("status %q container %q with %d calls, want decoded and none", c.Status, c.Container, len(c.Children))
			}
		})
	}
	c := decode(t, calldata(oneCall...)[:130], "execute(address,uint256,bytes)")
	if c.Status != "noncanonical" || c.Container != "" {
		t.Errorf("noncanonical: status %q container %q", c.Status, c.Container)
	}
}

func TestLengthsFault(t *testing.T) {
	decls := map[string][]item{
		"executeBatch(address[],uint256[],bytes[])":    nil,
		"propose(address[],uint256[],bytes[],string)":  {content("why")},
		"execute(address[],uint256[],bytes[],bytes32)": {num(1)},
		"queue(address[],uint256[],bytes[],bytes32)":   {num(1)},
	}
	one, two, three := slice(addr(toA)), values, slice(content("a"), content("b"), content("c"))
	for _, row := range []struct {
		name string
		args []item
		want string
	}{
		{"all differ", []item{one, two, three}, "lengths 1 2 3"},
		{"values", []item{targets, slice(num(1)), payloads}, "lengths 2 1 2"},
		{"data", []item{targets, values, three}, "lengths 2 2 3"},
		{"none", []item{slice(), values, payloads}, "lengths 0 2 2"},
	} {
		for decl, rest := range decls {
			t.Run(row.name+" "+decl, func(t *testing.T) {
				c := decode(t, calldata(join(row.args, rest...)...), decl)
				if got := strings.Join(c.Faults, ";"); got != row.want || len(c.Children) != 0 {
					t.Errorf("faults %q with %d calls, want %q without", got, len(c.Children), row.want)
				}
				if lines := rendered(c); strings.Contains(lines, "opened") {
					t.Errorf("opened bytes without listing them:\n%s", lines)
				}
			})
		}
	}
}

func TestOperationFaultOfOneCall(t *testing.T) {
	for _, decl := range []string{
		"execTransactionFromModule(address,uint256,bytes,uint8)", "execute(address,uint256,bytes,uint8)",
	} {
		for operation, want := range map[uint64]string{0: "", 1: "", 2: "operation 0 2", 255: "operation 0 255"} {
			c := decode(t, calldata(join(oneCall, num(operation))...), decl)
			if got := strings.Join(c.Faults, ";"); got != want || len(c.Children) != 1 || c.Children[0].Operation != byte(operation) {
				t.Errorf("%s, operation %d: faults %q calls %s, want %q and one call", decl, operation, got, children(c), want)
			}
		}
		c := decode(t, calldata(join(oneCall, num(256))...), decl)
		if c.Status != "noncanonical" {
			t.Errorf("%s, operation 256: status %q, want noncanonical", decl, c.Status)
		}
	}
}

func TestNestedPaths(t *testing.T) {
	inner := calldata(addr(toA), num(1), content("\x01\x02"))
	middle := calldata(slice(content(string(inner)), content("")))
	body := string(packed(0, toB, 0, nil)) + string(packed(0, toB, 0, middle))
	c, err := Decode(Input{Data: append([]byte{1, 2, 3, 4}, list(content(body))...)}, func(_ [20]byte, s [4]byte) []string {
		if s == [4]byte{1, 2, 3, 4} {
			return []string{"multiSend(bytes transactions)"}
		}
		return []string{"multicall(bytes[] data)", "execute(address,uint256,bytes)"}
	}, wide)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	var walk func(*Call)
	walk = func(c *Call) {
		paths = append(paths, fmt.Sprintf("%d:%s", c.Depth, c.Path))
		for _, k := range c.Children {
			walk(k)
		}
	}
	walk(c)
	want := "1: 2:data.multiSend[0] 2:data.multiSend[1] 3:data.multiSend[1].data.multicall[0] " +
		"4:data.multiSend[1].data.multicall[0].data.execute 3:data.multiSend[1].data.multicall[1]"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("paths\ngot  %s\nwant %s", got, want)
	}
}
