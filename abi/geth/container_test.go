package geth

import (
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// addressA and addressB are targets inside containers.
const (
	addressA = "0x000000000000000000000000000000000000aaaa"
	addressB = "0x000000000000000000000000000000000000bbbb"
)

// callLines are the lines of a call whose data has no declaration, or is empty.
func callLines(path string, operation int, to, value string, data string) string {
	p := path + "."
	lines := p + "operation " + strconv.Itoa(operation) + "\n" + p + "to " + to + "\n" + p + "value " + value + "\n" + p + "data "
	if data == "" {
		return lines + "0 empty"
	}
	n := strconv.Itoa(len(data) / 2)
	return lines + n + " unknown\n" + p + "selector 0x" + data[:8] + "\n" + p + "raw 0x" + data[8:]
}

// from returns the transcript from the first line that begins so.
func from(c *Call, prefix string) string {
	lines := c.Transcript()
	for i, l := range lines {
		if strings.HasPrefix(l, prefix) {
			return text(lines[i:])
		}
	}
	return ""
}

func TestContainers(t *testing.T) {
	one := []string{"aaaa", "7", "?", "1"}
	oneWant := func(kind string, operation int) string {
		return "container " + kind + " 1\n" + callLines("data."+kind, operation, addressA, "7", "0102030405")
	}
	noValueWant := func(kind string) string {
		return "container " + kind + " 1\n" + callLines("data."+kind, 0, addressA, "0", "0102030405")
	}
	content := []string{"5", "<0102030405"}
	with := func(offset string, more ...string) []string {
		out := append([]string{}, one...)
		out[2] = offset
		return append(append(out, more...), content...)
	}
	plain := func(offset string, more ...string) []string {
		return append(append([]string{"aaaa", "7", offset}, more...), content...)
	}
	pair := []string{"2", "40", "c0", "aaaa", "40", "5", "<0102030405", "bbbb", "40", "0"}
	pairWant := func(kind string, operation int) string {
		return "container " + kind + " 2\n" + callLines("data."+kind+"[0]", operation, addressA, "0", "0102030405") + "\n" +
			callLines("data."+kind+"[1]", operation, addressB, "0", "")
	}
	triple := []string{"2", "40", "e0", "aaaa", "1", "60", "5", "<0102030405", "bbbb", "0", "60", "0"}
	quad := []string{"2", "40", "100", "aaaa", "1", "7", "80", "5", "<0102030405", "bbbb", "0", "0", "80", "0"}
	valued := []string{"2", "40", "e0", "aaaa", "7", "60", "5", "<0102030405", "bbbb", "0", "60", "0"}
	lists := []string{"2", "aaaa", "bbbb", "2", "7", "0", "2", "40", "80", "5", "<0102030405", "0"}
	pairs := []string{"2", "aaaa", "bbbb", "2", "40", "80", "5", "<0102030405", "0"}
	listsWant := func(kind string) string {
		return "container " + kind + " 2\n" + callLines("data."+kind+"[0]", 0, addressA, "7", "0102030405") + "\n" +
			callLines("data."+kind+"[1]", 0, addressB, "0", "")
	}
	calls := []string{"2", "40", "80", "5", "<0102030405", "0"}
	target := testTarget.Hex()
	callsWant := "container multicall 2\n" + callLines("data.multicall[0]", 0, target, "0", "0102030405") + "\n" +
		callLines("data.multicall[1]", 0, target, "0", "")

	for _, c := range []struct {
		decl   string
		opened string // line of the argument whose bytes are opened
		args   []string
		want   string
	}{
		{"execTransaction(address to,uint256 value,bytes data,uint8 operation,uint256 a,uint256 b,uint256 c,address d,address e,bytes sigs)", "arg[2] bytes data opened 5",
			append(with("140", "2", "3", "4", "5", "6", "180"), "1", "<ee"), oneWant("execTransaction", 1)},
		{"execTransactionFromModule(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("execTransactionFromModule", 1)},
		{"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("execTransactionFromModuleReturnData", 1)},
		{"execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)", "arg[2] bytes - opened 5", with("c0", "9", "1"), oneWant("execTransactionWithRole", 1)},
		{"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)", "arg[2] bytes - opened 5", with("c0", "9", "1"), oneWant("execTransactionWithRoleReturnData", 1)},
		{"execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)", "arg[2] bytes - opened 5", with("c0", "9", "1"), oneWant("execTransactionWithRole", 1)},
		{"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,uint16,bool)", "arg[2] bytes - opened 5", with("c0", "9", "1"), oneWant("execTransactionWithRoleReturnData", 1)},
		{"executeNextTx(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("executeNextTx", 1)},
		{"executeUserOp(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("executeUserOp", 1)},
		{"executeUserOpWithErrorString(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("executeUserOpWithErrorString", 1)},
		{"executeTransaction(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("executeTransaction", 1)},
		{"execute(address,uint256,bytes,uint8)", "arg[2] bytes - opened 5", with("80"), oneWant("execute", 1)},
		{"execute(address,uint256,bytes)", "arg[2] bytes - opened 5", plain("60"), oneWant("execute", 0)},
		{"execute_ncC(address,uint256,bytes)", "arg[2] bytes - opened 5", plain("60"), oneWant("execute_ncC", 0)},
		{"invoke(address,uint256,bytes)", "arg[2] bytes - opened 5", plain("60"), oneWant("invoke", 0)},
		{"tryCatch(address,uint256,bytes)", "arg[2] bytes - opened 5", plain("60"), oneWant("tryCatch", 0)},
		{"tryCatchLimit(address,uint256,bytes,uint256)", "arg[2] bytes - opened 5", plain("80", "1"), oneWant("tryCatchLimit", 0)},
		{"executeCall(address,bytes)", "arg[1] bytes - opened 5", append([]string{"aaaa", "40"}, content...), noValueWant("executeCall")},
		{"executeProposal(string,bytes32[],address,uint256,bytes,uint8)", "arg[4] bytes - opened 5",
			append([]string{"c0", "e0", "aaaa", "7", "120", "1", "0", "1", "9"}, content...), oneWant("executeProposal", 1)},
		{"executeProposalWithIndex(string,bytes32[],address,uint256,bytes,uint8,uint256)", "arg[4] bytes - opened 5",
			append([]string{"e0", "100", "aaaa", "7", "140", "1", "0", "0", "1", "9"}, content...), oneWant("executeProposalWithIndex", 1)},
		{"plot(address,bytes32,bytes,uint256)", "arg[2] bytes - opened 5", append([]string{"aaaa", "9", "80", "1"}, content...),
			"container plot 1\n" + callLines("data.plot", 1, addressA, "0", "0102030405")},
		{"exec(address,bytes32,bytes,uint256)", "arg[2] bytes - opened 5", append([]string{"aaaa", "9", "80", "1"}, content...),
			"container exec 1\n" + callLines("data.exec", 1, addressA, "0", "0102030405")},
		{"queueTransaction(address,uint256,string,bytes,uint256,bool)", "arg[3] bytes - opened 5",
			append([]string{"aaaa", "7", "c0", "e0", "9", "1", "0"}, content...), oneWant("queueTransaction", 1)},
		{"executeTransaction(address,uint256,string,bytes,uint256,bool)", "arg[3] bytes - opened 5",
			append([]string{"aaaa", "7", "c0", "e0", "9", "0", "0"}, content...), oneWant("executeTransaction", 0)},
		{"executeBySender((address,uint256,bytes)[])", "arg[0][0].2 bytes - opened 5", append([]string{"20"}, valued...), listsWant("executeBySender")},
		{"executeBySelf((address,uint256,bytes)[])", "arg[0][0].2 bytes - opened 5", append([]string{"20"}, valued...), listsWant("executeBySelf")},
		{"execute((address,uint256,bytes)[],bytes)", "arg[0][0].2 bytes - opened 5", append(append([]string{"40", "1c0"}, valued...), "0"), listsWant("execute")},
		{"multiCall(address,(address,uint256,bytes)[])", "arg[1][0].2 bytes - opened 5", append([]string{"aaaa", "40"}, valued...), listsWant("multiCall")},
		{"batch((address,address,uint256,bytes)[])", "arg[0][0].3 bytes - opened 5",
			[]string{"20", "2", "40", "100", "aaaa", "cccc", "7", "80", "5", "<0102030405", "bbbb", "cccc", "0", "80", "0"}, listsWant("batch")},
		{"executeBatch_y6U(address[],uint256[],bytes[])", "arg[2][0] bytes - opened 5", append([]string{"60", "c0", "120"}, lists...), listsWant("executeBatch_y6U")},
		{"multicallWithNodeCheck(bytes32,bytes[])", "arg[1][0] bytes - opened 5", append([]string{"9", "40"}, calls...), callsWant},
		{"multicall((address,bytes,uint256,bool,bytes32)[])", "arg[0][0].1 bytes - opened 5",
			[]string{"20", "2", "40", "120", "aaaa", "a0", "7", "1", "9", "5", "<0102030405", "bbbb", "a0", "0", "0", "0", "0"}, listsWant("multicallTo")},
		{"batch(bytes[],bool)", "arg[0][0] bytes - opened 5", append([]string{"40", "1"}, calls...), callsWant},
		{"relay(address,uint256,bytes)", "arg[2] bytes - opened 5", plain("60"), oneWant("relay", 0)},
		{"schedule(address,uint256,bytes,bytes32,bytes32,uint256)", "arg[2] bytes - opened 5", plain("c0", "1", "2", "3"), oneWant("schedule", 0)},
		{"execute(address,uint256,bytes,bytes32,bytes32)", "arg[2] bytes - opened 5", plain("a0", "1", "2"), oneWant("execute", 0)},
		{"execute(address,bytes)", "arg[1] bytes - opened 5", append([]string{"aaaa", "40"}, content...), noValueWant("execute")},
		{"schedule(address target,bytes data,uint48 when)", "arg[1] bytes data opened 5", append([]string{"aaaa", "60", "9"}, content...), noValueWant("schedule")},
		{"aggregate((address,bytes)[])", "arg[0][0].1 bytes - opened 5", append([]string{"20"}, pair...), pairWant("aggregate", 0)},
		{"blockAndAggregate((address target,bytes callData)[])", "arg[0][0].1 bytes callData opened 5", append([]string{"20"}, pair...), pairWant("blockAndAggregate", 0)},
		{"tryAggregate(bool,(address,bytes)[])", "arg[1][0].1 bytes - opened 5", append([]string{"1", "40"}, pair...), pairWant("tryAggregate", 0)},
		{"tryBlockAndAggregate(bool,(address,bytes)[])", "arg[1][1].1 bytes - opened 0", append([]string{"1", "40"}, pair...), pairWant("tryBlockAndAggregate", 0)},
		{"aggregate3((address,bool,bytes)[])", "arg[0][0].2 bytes - opened 5", append([]string{"20"}, triple...), pairWant("aggregate3", 0)},
		{"aggregate3Value((address,bool,uint256,bytes)[])", "arg[0][0].3 bytes - opened 5", append([]string{"20"}, quad...), listsWant("aggregate3Value")},
		{"executeBatch((address,uint256,bytes)[])", "arg[0][0].2 bytes - opened 5", append([]string{"20"}, valued...), listsWant("executeBatch")},
		{"execute((address,uint256,bytes)[])", "arg[0][0].2 bytes - opened 5", append([]string{"20"}, valued...), listsWant("execute")},
		{"execute(bytes32 callId,(address to,uint256 value,bytes data)[] actions,uint256 allowFailureMap)", "arg[1][0].2 bytes data opened 5",
			append([]string{"9", "60", "3"}, valued...), listsWant("execute")},
		{"executeBatch(address[],bytes[])", "arg[1][0] bytes - opened 5", append([]string{"40", "a0"}, pairs...), pairWant("executeBatch", 0)},
		{"multicall(address[],bytes[])", "arg[1][1] bytes - opened 0", append([]string{"40", "a0"}, pairs...), pairWant("multicallTo", 0)},
		{"scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)", "arg[2][0] bytes - opened 5", append([]string{"c0", "120", "180", "1", "2", "3"}, lists...), listsWant("scheduleBatch")},
		{"executeBatch(address[],uint256[],bytes[],bytes32,bytes32)", "arg[2][0] bytes - opened 5", append([]string{"a0", "100", "160", "1", "2"}, lists...), listsWant("executeBatch")},
		{"executeBatch(address[],uint256[],bytes[])", "arg[2][1] bytes - opened 0", append([]string{"60", "c0", "120"}, lists...), listsWant("executeBatch")},
		{"propose(address[],uint256[],bytes[],string)", "arg[2][0] bytes - opened 5",
			append(append([]string{"80", "e0", "140", "200"}, lists...), "2", "<6869"), listsWant("propose")},
		{"execute(address[],uint256[],bytes[],bytes32)", "arg[2][0] bytes - opened 5", append([]string{"80", "e0", "140", "1"}, lists...), listsWant("execute")},
		{"queue(address[],uint256[],bytes[],bytes32)", "arg[2][1] bytes - opened 0", append([]string{"80", "e0", "140", "1"}, lists...), listsWant("queue")},
		{"multicall(bytes[])", "arg[0][0] bytes - opened 5", append([]string{"20"}, calls...), callsWant},
		{"multicall(uint256,bytes[])", "arg[1][0] bytes - opened 5", append([]string{"9", "40"}, calls...), callsWant},
		{"multicall(bytes32,bytes[])", "arg[1][1] bytes - opened 0", append([]string{"9", "40"}, calls...), callsWant},
	} {
		t.Run(c.decl, func(t *testing.T) {
			got := decodeArgs(t, enc(c.args...), c.decl)
			if got.Status != Decoded {
				t.Fatalf("status %q, want %q", got.Status, Decoded)
			}
			if line := linesWith(got, c.opened); len(line) != 1 || line[0] != c.opened {
				t.Errorf("opened %q, want %q", line, c.opened)
			}
			if got := from(got, "container"); got != c.want {
				t.Errorf("container\n%s\nwant\n%s", got, c.want)
			}
			got = decodeArgs(t, join(enc(c.args...), []byte{0xee}), c.decl)
			if want := "suffix 0xee\n" + c.want; from(got, "suffix") != want {
				t.Errorf("with a suffix\n%s\nwant\n%s", from(got, "suffix"), want)
			}
			got = decodeArgs(t, enc(c.args[1:]...), c.decl)
			if got.Status != Noncanonical || got.Container != "" || len(got.Children) != 0 {
				t.Errorf("noncanonical bytes are %q and were opened as %q", got.Status, got.Container)
			}
		})
	}
	if got, want := len(shapes), 68; got != want {
		t.Errorf("%d shapes, want %d", got, want)
	}
}

// TestNoContainers holds signatures that resemble a container.
func TestNoContainers(t *testing.T) {
	for _, c := range []struct {
		decl string
		args []byte
	}{
		{"multisend(bytes)", enc("20", "0")},
		{"multiSend(bytes,bytes)", enc("40", "60", "0", "0")},
		{"multicall(uint8,bytes[])", enc("1", "40", "0")},
		{"multicall(string[])", enc("20", "0")},
		{"execute(address,uint256,string)", enc("1", "2", "60", "0")},
		{"aggregate((address,string)[])", enc("20", "0")},
		{"aggregate3((address,bool,bytes))", enc("20", "1", "1", "60", "0")},
		{"executeBatch(address[],uint256[],bytes[],bytes32)", enc("80", "a0", "c0", "1", "0", "0", "0")},
		{"execute(address,uint256,bytes,uint16)", enc("1", "2", "80", "1", "0")},
		{"execute(address,uint256,bytes,bool)", enc("1", "2", "80", "1", "0")},
		{"relay(address,uint256,bytes,uint8)", enc("1", "2", "80", "1", "0")},
		{"relay(address,uint128,bytes)", enc("1", "2", "60", "0")},
		{"relay(address,bytes)", enc("1", "40", "0")},
		{"execute(address,string)", enc("1", "40", "0")},
		{"execute(bytes32,string)", enc("1", "40", "0")},
		{"execute(bytes31,bytes)", enc("0", "40", "0")},
		{"executeFromExecutor(bytes,bytes)", enc("40", "60", "0", "0")},
		{"execute(bytes,bytes)", enc("40", "60", "0", "0")},
		{"execute(bytes32,(address,uint256,bytes)[])", enc("1", "40", "0")},
		{"multicall(address[],string[])", enc("40", "60", "0", "0")},
		{"executeBatch(bytes[],address[])", enc("40", "60", "0", "0")},
		{"cancelTransaction(address,uint256,string,bytes,uint256)", enc("1", "2", "a0", "c0", "9", "0", "0")},
		{"queueTransaction(address,uint256,bytes,bytes,uint256)", enc("1", "2", "a0", "c0", "9", "0", "0")},
		{"forward(string)", enc("20", "0")},
		{"newVote(bytes)", enc("20", "0")},
		{"execute(address,bytes,uint48)", enc("1", "60", "9", "0")},
		{"schedule(address,bytes)", enc("1", "40", "0")},
		{"schedule(address,bytes,uint40)", enc("1", "60", "9", "0")},
		{"schedule(address,bytes,uint256)", enc("1", "60", "9", "0")},
		{"executeBatch((address,uint256,bytes))", enc("20", "1", "2", "60", "0")},
		{"executeBatch((address,uint256,bytes)[1])", enc("20", "20", "1", "2", "60", "0")},
		{"executeBatch((address,bool,bytes)[])", enc("20", "1", "20", "1", "1", "60", "0")},
		{"executeBatch((address,bytes)[])", enc("20", "1", "20", "1", "40", "0")},
		{"propose(address[],uint256[],bytes[])", enc("60", "80", "a0", "0", "0", "0")},
		{"propose(address[],uint256[],bytes[],bytes)", enc("80", "a0", "c0", "e0", "0", "0", "0", "0")},
		{"propose(address[],uint256[],bytes[],bytes[],string)", enc("a0", "c0", "e0", "100", "120", "0", "0", "0", "0", "0")},
		{"execute(address[],uint256[],bytes[])", enc("60", "80", "a0", "0", "0", "0")},
		{"execute(address[],uint256[],bytes[],uint256)", enc("80", "a0", "c0", "1", "0", "0", "0")},
		{"queue(address[],uint256[],bytes[])", enc("60", "80", "a0", "0", "0", "0")},
		{"queue(address[],uint256[],bytes[],string)", enc("80", "a0", "c0", "e0", "0", "0", "0", "0")},
	} {
		got := decodeArgs(t, c.args, c.decl)
		if got.Status != Decoded || got.Container != "" || linesWith(got, "container") != nil || !canReencode(got.Args) {
			t.Errorf("%s: status %q, container %q", c.decl, got.Status, got.Container)
		}
	}
}

func TestEmptyContainers(t *testing.T) {
	for _, c := range []struct {
		decl, want string
		args       []byte
	}{
		{"multiSend(bytes)", "container multiSend 0", enc("20", "0")},
		{"multicall(bytes[])", "container multicall 0", enc("20", "0")},
		{"aggregate3((address,bool,bytes)[])", "container aggregate3 0", enc("20", "0")},
		{"executeBatch(address[],uint256[],bytes[])", "container executeBatch 0", enc("60", "80", "a0", "0", "0", "0")},
		{"executeBatch((address,uint256,bytes)[])", "container executeBatch 0", enc("20", "0")},
		{"propose(address[],uint256[],bytes[],string)", "container propose 0", enc("80", "a0", "c0", "e0", "0", "0", "0", "0")},
		{"execute(address[],uint256[],bytes[],bytes32)", "container execute 0", enc("80", "a0", "c0", "1", "0", "0", "0")},
		{"queue(address[],uint256[],bytes[],bytes32)", "container queue 0", enc("80", "a0", "c0", "1", "0", "0", "0")},
		{"execute((address,uint256,bytes)[])", "container execute 0", enc("20", "0")},
		{"executeBatch(address[],bytes[])", "container executeBatch 0", enc("40", "60", "0", "0")},
		{"multicall(address[],bytes[])", "container multicallTo 0", enc("40", "60", "0", "0")},
		{"propose(address[],uint256[],string[],bytes[],string)", "container propose 0", enc("a0", "c0", "e0", "100", "120", "0", "0", "0", "0", "0")},
		{"forward(bytes)", "container forward 0", enc("20", "0")},
		{"newVote(bytes,string)", "container newVote 0", enc("40", "60", "0", "0")},
	} {
		if got := from(decodeArgs(t, c.args, c.decl), "container"); got != c.want {
			t.Errorf("%s: %q, want %q", c.decl, got, c.want)
		}
	}
}

func TestOperationOfOneCall(t *testing.T) {
	for _, c := range []struct{ operation, want string }{
		{"0", ""}, {"1", ""}, {"2", "fault operation 0 2"}, {"ff", "fault operation 0 255"},
	} {
		for _, decl := range []string{"executeNextTx(address,uint256,bytes,uint8)", "execute(address,uint256,bytes,uint8)"} {
			got := decodeArgs(t, enc("aaaa", "7", "80", c.operation, "0"), decl)
			if fault := text(linesWith(got, "fault")); fault != c.want {
				t.Errorf("%s, operation %s: %q, want %q", decl, c.operation, fault, c.want)
			}
			if len(got.Children) != 1 || got.Children[0].Operation != unhex(c.operation)[0] {
				t.Errorf("%s, operation %s: the call is not listed", decl, c.operation)
			}
		}
	}
}

func TestDelegatecallVariantOfMulticall3(t *testing.T) {
	near := common.HexToAddress("0x93dc480940585d9961bfceab58124ffd3d60f76b")
	args := join(testSelector[:], enc("20", "1", "20", "aaaa", "1", "60", "0")) // true for one declaration, 1 wei for the other
	for _, c := range []struct {
		name string
		to   common.Address
		decl string
		want byte
	}{
		{"there", multicall3Delegatecall, "aggregate3((address,bool,bytes)[])", 1},
		{"elsewhere", near, "aggregate3((address,bool,bytes)[])", 0},
		{"batch there", multicall3Delegatecall, "executeBatch((address,uint256,bytes)[])", 1},
		{"batch elsewhere", near, "executeBatch((address,uint256,bytes)[])", 0},
	} {
		got := mustDecode(t, Input{To: c.to, Data: args}, only(c.decl))
		if len(got.Children) != 1 || got.Children[0].Operation != c.want {
			t.Errorf("%s: operation %v, want %d", c.name, got.Children, c.want)
		}
	}
	args = join(testSelector[:], enc("20", "1", "20", "0"))
	got := mustDecode(t, Input{To: multicall3Delegatecall, Data: args}, only("multicall(bytes[])"))
	if got.Children[0].Operation != 0 {
		t.Error("multicall at the delegatecall variant is no aggregate, but has operation 1")
	}
}

func TestLengthsDiffer(t *testing.T) {
	for _, c := range []struct {
		name, fault string
		args        []byte
	}{
		{"targets", "fault lengths 2 1 1", enc("60", "c0", "100", "2", "aaaa", "bbbb", "1", "7", "1", "20", "1", "<dd")},
		{"values", "fault lengths 1 2 1", enc("60", "a0", "100", "1", "aaaa", "2", "7", "8", "1", "20", "1", "<dd")},
		{"datas", "fault lengths 1 1 0", enc("60", "a0", "e0", "1", "aaaa", "1", "7", "0")},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decodeArgs(t, c.args, "executeBatch(address[],uint256[],bytes[])")
			if got, want := from(got, "container"), "container executeBatch 0\n"+c.fault; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if !canReencode(got.Args) {
				t.Error("bytes are announced as opened, and no call shows them")
			}
		})
	}
}

func TestLengthsOfPairs(t *testing.T) {
	for _, decl := range []string{"executeBatch(address[],bytes[])", "multicall(address[],bytes[])"} {
		for fault, args := range map[string][]byte{
			"fault lengths 1 0": enc("40", "80", "1", "aaaa", "0"),
			"fault lengths 0 1": enc("40", "60", "0", "1", "20", "1", "<dd"),
		} {
			got := decodeArgs(t, args, decl)
			if lines := text(linesWith(got, "fault")); lines != fault || len(got.Children) != 0 || !canReencode(got.Args) {
				t.Errorf("%s: %q with %d calls, want %q and nothing opened", decl, lines, len(got.Children), fault)
			}
		}
	}
}

// TestLengthsDifferWithMore holds the parallel lists that have an argument
// behind them.
func TestLengthsDifferWithMore(t *testing.T) {
	for _, c := range []struct {
		kind, decl string
		args       []byte
	}{
		{"propose", "propose(address[],uint256[],bytes[],string)", enc("80", "c0", "e0", "140", "1", "aaaa", "0", "1", "20", "0", "0")},
		{"execute", "execute(address[],uint256[],bytes[],bytes32)", enc("80", "c0", "e0", "1", "1", "aaaa", "0", "1", "20", "0")},
		{"queue", "queue(address[],uint256[],bytes[],bytes32)", enc("80", "c0", "e0", "1", "1", "aaaa", "0", "1", "20", "0")},
	} {
		got := decodeArgs(t, c.args, c.decl)
		if got, want := from(got, "container"), "container "+c.kind+" 0\nfault lengths 1 0 1"; got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.decl, got, want)
		}
		if !canReencode(got.Args) {
			t.Errorf("%s: bytes are announced as opened, and no call shows them", c.decl)
		}
	}
}

func TestNesting(t *testing.T) {
	lookup := book{"abcdef01": {"multicall(bytes[] calls)"}, "00000001": {"execute(address,uint256,bytes)"}}.lookup
	inner := join(unhex("00000001"), enc("aaaa", "7", "60", "2", "<beef"))
	data := join(testSelector[:], enc("20", "2", "40", "60", "0"), numberWord(len(inner)), inner, make([]byte, 28))
	got := mustDecode(t, Input{Operation: 1, To: testTarget, Data: data}, lookup)
	p := "data.multicall[1]."
	want := "container multicall 2\n" + callLines("data.multicall[0]", 0, testTarget.Hex(), "0", "") + `
` + p + `operation 0
` + p + `to ` + testTarget.Hex() + `
` + p + `value 0
` + p + `data 164 decoded
` + p + `selector 0x00000001
` + p + `candidate[0] execute(address,uint256,bytes) decoded
` + p + `function execute(address,uint256,bytes)
` + p + `arg[0] address - ` + addressA + `
` + p + `arg[1] uint256 - 7
` + p + `arg[2] bytes - opened 2
` + p + `container execute 1
` + p + `data.execute.operation 0
` + p + `data.execute.to ` + addressA + `
` + p + `data.execute.value 7
` + p + `data.execute.data 2 short
` + p + `data.execute.raw 0xbeef`
	if got := from(got, "container"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if d := got.Children[1].Children[0].Depth; d != 3 {
		t.Errorf("depth %d, want 3", d)
	}
}
