package catalogue

import (
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

func selectorOf(signature string) [4]byte { return [4]byte(crypto.Keccak256([]byte(signature))[:4]) }

// knownSelectors are the functions of Safe and its surroundings, computed
// elsewhere.
var knownSelectors = []struct{ selector, signature string }{
	{"0x20c13b0b", "isValidSignature(bytes,bytes)"},
	{"0x1626ba7e", "isValidSignature(bytes32,bytes)"},
	{"0x5fd7e97d", "safeSignature(bytes32,bytes32,bytes,bytes)"},
	{"0x934f3a11", "checkSignatures(bytes32,bytes,bytes)"},
	{"0xf855438b", "checkSignatures(address,bytes32,bytes)"},
	{"0x12fb68e0", "checkNSignatures(bytes32,bytes,bytes,uint256)"},
	{"0x1fcac7f3", "checkNSignatures(address,bytes32,bytes,uint256)"},
	{"0x6a761202", "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)"},
	{"0xd4d9bdcd", "approveHash(bytes32)"},
	{"0xe86637db", "encodeTransactionData(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,uint256)"},
	{"0xd8d11f78", "getTransactionHash(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,uint256)"},
	{"0x23031640", "encodeMessageDataForSafe(address,bytes)"},
	{"0xaffed0e0", "nonce()"},
	{"0xffa1ad74", "VERSION()"},
	{"0xf698da25", "domainSeparator()"},
	{"0xa619486e", "masterCopy()"},
	{"0xb4faba09", "simulateAndRevert(address,bytes)"},
	{"0xbd61951d", "simulate(address,bytes)"},
	{"0xc4ca3a9c", "requiredTxGas(address,uint256,bytes,uint8)"},
	{"0x0ec78d9e", "setup(address[],uint256,address,bytes)"},
	{"0xa97ab18a", "setup(address[],uint256,address,bytes,address,uint256,address)"},
	{"0xb63e800d", "setup(address[],uint256,address,bytes,address,address,uint256,address)"},
	{"0x7de7edef", "changeMasterCopy(address)"},
	{"0x610b5925", "enableModule(address)"},
	{"0xe009cfde", "disableModule(address,address)"},
	{"0x0d582f13", "addOwnerWithThreshold(address,uint256)"},
	{"0xf8dc5dd9", "removeOwner(address,address,uint256)"},
	{"0xe318b52b", "swapOwner(address,address,address)"},
	{"0x694e80c3", "changeThreshold(uint256)"},
	{"0xf08a0323", "setFallbackHandler(address)"},
	{"0xe19a9dd9", "setGuard(address)"},
	{"0xe068df37", "setModuleGuard(address)"},
	{"0x468721a7", "execTransactionFromModule(address,uint256,bytes,uint8)"},
	{"0x5229073f", "execTransactionFromModuleReturnData(address,uint256,bytes,uint8)"},
	{"0x8d80ff0a", "multiSend(bytes)"},
	{"0x85a5affe", "signMessage(bytes)"},
	{"0x4c8c9ea1", "performCreate(uint256,bytes)"},
	{"0x4847be6f", "performCreate2(uint256,bytes,bytes32)"},
	{"0xf6682ab0", "migrateSingleton()"},
	{"0xed007fc6", "migrateWithFallbackHandler()"},
	{"0x07f464a4", "migrateL2Singleton()"},
	{"0x68cb3d94", "migrateL2WithFallbackHandler()"},
	{"0xef2624ae", "migrateToL2(address)"},
	{"0xd9a20812", "migrateFromV111(address,address)"},
	{"0xfe51f643", "setupToL2(address)"},
	{"0x8fd3ab80", "migrate()"},
	{"0x82ad56cb", "aggregate3((address,bool,bytes)[])"},
	{"0x174dea71", "aggregate3Value((address,bool,uint256,bytes)[])"},
	{"0x1688f0b9", "createProxyWithNonce(address,bytes,uint256)"},
	{"0x4662f9d6", "createProxyWithNonceL2(address,bytes,uint256)"},
	{"0xec9e80bb", "createChainSpecificProxyWithNonce(address,bytes,uint256)"},
	{"0x1a334b0b", "createChainSpecificProxyWithNonceL2(address,bytes,uint256)"},
	{"0xd18af54d", "createProxyWithCallback(address,bytes,uint256,address)"},
	{"0x61b69abd", "createProxy(address,bytes)"},
	{"0x64f95acc", "setSafeMethod(bytes4,bytes32)"},
	{"0x3365582c", "setDomainVerifier(bytes32,address)"},
	{"0x7f73528b", "setSupportedInterface(bytes4,bool)"},
	{"0xbeaeb388", "setAllowance(address,address,uint96,uint16,uint32)"},
	{"0xe71bdf41", "addDelegate(address)"},
	{"0xdd43a79f", "removeDelegate(address,bool)"},
	{"0xc19bf50e", "resetAllowance(address,address)"},
	{"0x885133e3", "deleteAllowance(address,address)"},
	{"0x4515641a", "executeAllowanceTransfer(address,address,address,uint96,address,uint96,address,bytes)"},
	{"0x7bb37428", "executeUserOp(address,uint256,bytes,uint8)"},
	{"0x541d63c8", "executeUserOpWithErrorString(address,uint256,bytes,uint8)"},
	{"0x8d0dc49f", "enableModules(address[])"},
	{"0xc6fe8747", "execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)"},
	{"0xee072baf", "executeNextTx(address,uint256,bytes,uint8)"},
	{"0x46ba2307", "setTxNonce(uint256)"},
	{"0x0dd9692f", "configure((uint256,uint256,uint176))"},
	{"0xa9059cbb", "transfer(address,uint256)"},
	{"0x1163b2b0", "sweepETH(address)"},
	{"0x582515c7", "sweepERC20(address,address)"},
}

func TestKnownSelectors(t *testing.T) {
	for _, k := range knownSelectors {
		t.Run(k.signature, func(t *testing.T) {
			for _, d := range Declarations(selector(t, k.selector)) {
				if types(d.Text) == k.signature {
					return
				}
			}
			t.Errorf("%s is not known at %s", k.signature, k.selector)
		})
	}
}

// containers are the signatures that package abi opens (its package comment).
var containers = []string{
	"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
	"execTransactionFromModule(address,uint256,bytes,uint8)",
	"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)",
	"execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)",
	"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)",
	"executeNextTx(address,uint256,bytes,uint8)",
	"executeUserOp(address,uint256,bytes,uint8)",
	"executeUserOpWithErrorString(address,uint256,bytes,uint8)",
	"execute(address,uint256,bytes)",
	"schedule(address,uint256,bytes,bytes32,bytes32,uint256)",
	"execute(address,uint256,bytes,bytes32,bytes32)",
	"aggregate((address,bytes)[])",
	"blockAndAggregate((address,bytes)[])",
	"tryAggregate(bool,(address,bytes)[])",
	"tryBlockAndAggregate(bool,(address,bytes)[])",
	"aggregate3((address,bool,bytes)[])",
	"aggregate3Value((address,bool,uint256,bytes)[])",
	"scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)",
	"executeBatch(address[],uint256[],bytes[],bytes32,bytes32)",
	"executeBatch(address[],uint256[],bytes[])",
	"multicall(bytes[])",
	"multicall(uint256,bytes[])",
	"multicall(bytes32,bytes[])",
	"multiSend(bytes)",
}

func TestContainers(t *testing.T) {
	for _, signature := range containers {
		t.Run(signature, func(t *testing.T) {
			if texts := Lookup(0, common.Address{}, selectorOf(signature)); len(texts) != 1 || types(texts[0]) != signature {
				t.Errorf("got %q, want one declaration of it", texts)
			}
		})
	}
}

// The identifiers of interfaces are the exclusive or of their selectors
// (ERC-165), published apart from the signatures.
func TestInterfaceIDs(t *testing.T) {
	for _, c := range []struct {
		id        string
		functions []string
	}{
		{"0xe6d7a83a", []string{
			"checkTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes,address)",
			"checkAfterExecution(bytes32,bool)"}},
		{"0x58401ed8", []string{"checkModuleTransaction(address,uint256,bytes,uint8,address)", "checkAfterModuleExecution(bytes32,bool)"}},
		{"0x01ffc9a7", []string{"supportsInterface(bytes4)"}},
		{"0xd9b67a26", []string{
			"balanceOf(address,uint256)", "balanceOfBatch(address[],uint256[])", "setApprovalForAll(address,bool)",
			"isApprovedForAll(address,address)", "safeTransferFrom(address,address,uint256,uint256,bytes)",
			"safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)"}},
		{"0x80ac58cd", []string{
			"balanceOf(address)", "ownerOf(uint256)", "approve(address,uint256)", "getApproved(uint256)",
			"setApprovalForAll(address,bool)", "isApprovedForAll(address,address)", "transferFrom(address,address,uint256)",
			"safeTransferFrom(address,address,uint256)", "safeTransferFrom(address,address,uint256,bytes)"}},
		{"0xb0202a11", []string{
			"transferAndCall(address,uint256)", "transferAndCall(address,uint256,bytes)", "transferFromAndCall(address,address,uint256)",
			"transferFromAndCall(address,address,uint256,bytes)", "approveAndCall(address,uint256)", "approveAndCall(address,uint256,bytes)"}},
		{"0x7965db0b", []string{
			"hasRole(bytes32,address)", "getRoleAdmin(bytes32)", "grantRole(bytes32,address)", "revokeRole(bytes32,address)",
			"renounceRole(bytes32,address)"}},
		{"0x1f931c1c", []string{"diamondCut((address,uint8,bytes4[])[],address,bytes)"}},
		{"0x48e2b093", []string{"facets()", "facetFunctionSelectors(address)", "facetAddresses()", "facetAddress(bytes4)"}},
		{"0x51945447", []string{"execute(address,uint256,bytes,uint8)"}},
	} {
		t.Run(c.id, func(t *testing.T) {
			var got [4]byte
			for _, f := range c.functions {
				sel := selectorOf(f)
				if SelectorGrade(1, common.Address{}, sel) != GradeInterface {
					t.Errorf("%s is not known as an interface", f)
				}
				for i := range got {
					got[i] ^= sel[i]
				}
			}
			if got != selector(t, c.id) {
				t.Errorf("got %x, want %s", got, c.id)
			}
		})
	}
}

func TestLookupGrades(t *testing.T) {
	callOnly := common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D")
	for _, c := range []struct {
		name  string
		chain uint64
		to    common.Address
		sel   string
		grade Grade
		texts []string
	}{
		{"published", 1, callOnly, "0x8d80ff0a", GradePublished, []string{"multiSend(bytes transactions)"}},
		{"published on another chain only", 424242424242, callOnly, "0x8d80ff0a", GradeInterface, []string{"multiSend(bytes transactions)"}},
		{"unknown chain", 0, callOnly, "0x8d80ff0a", GradeInterface, []string{"multiSend(bytes transactions)"}},
		{"a published contract that does not declare it", 1, callOnly, "0xa9059cbb", GradeInterface, []string{"transfer(address to,uint256 value)"}},
		{"removed in a later version", 1, common.HexToAddress("0x41675C099F32341bf84BFc5382aF534df5C7461a"), "0x7de7edef",
			GradeInterface, []string{"changeMasterCopy(address masterCopy)"}},
		{"present in an earlier version", 1, common.HexToAddress("0x34CfAC646f301356fAa8B21e94227e3583Fe3F5F"), "0x7de7edef",
			GradePublished, []string{"changeMasterCopy(address masterCopy)"}},
		{"interface", 1, common.Address{19: 1}, "0xa9059cbb", GradeInterface, []string{"transfer(address to,uint256 value)"}},
		{"guess", 1, common.Address{19: 1}, "0x1163b2b0", GradeDatabase, []string{"sweepETH(address receiver)"}},
		{"unknown", 1, common.Address{19: 1}, "0x00000001", GradeUnknown, nil},
		{"beyond the last selector", 1, common.Address{19: 1}, "0xffffffff", GradeUnknown, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			sel := selector(t, c.sel)
			if got := SelectorGrade(c.chain, c.to, sel); got != c.grade {
				t.Errorf("grade: got %v, want %v", got, c.grade)
			}
			if got := Lookup(c.chain, c.to, sel); !slices.Equal(got, c.texts) {
				t.Errorf("texts: got %q, want %q", got, c.texts)
			}
		})
	}
}

// A guess beside a true declaration is withheld, and published declarations
// come before those of interfaces.
func TestLookupOrder(t *testing.T) {
	defer func(d, s lines) { declarationTable, sectionTable = d, s }(declarationTable, sectionTable)
	declarationTable = "a9059cbb\tinterface\terc20\ttransfer(address to,uint256 value)\n" +
		"a9059cbb\tinterface\tsafe\tpublished(bytes4)\n" +
		"a9059cbb\tdatabase\tjunk\tmany_msg_babbage(bytes1)\n" +
		"a9059cbc\tdatabase\tjunk\tone()\n" +
		"a9059cbc\tdatabase\tjunk\ttwo()\n"
	sectionTable = "erc20\t\tERC-20\njunk\tMultiSend@1.3.0\ta database\nsafe\tMultiSend@1.3.0\tMultiSend\n"
	multiSend := common.HexToAddress("0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761")
	for _, c := range []struct {
		name  string
		chain uint64
		sel   string
		want  []string
	}{
		{"published first", 1, "a9059cbb", []string{"published(bytes4)", "transfer(address to,uint256 value)"}},
		{"no guess beside an interface", 0, "a9059cbb", []string{"transfer(address to,uint256 value)", "published(bytes4)"}},
		{"guesses alone", 1, "a9059cbc", []string{"one()", "two()"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Lookup(c.chain, multiSend, selector(t, c.sel)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if got := SelectorGrade(1, multiSend, selector(t, "a9059cbc")); got != GradeDatabase {
		t.Errorf("a guess tied to a published contract: got %v, want %v", got, GradeDatabase)
	}
	if got := Declarations(selector(t, "a9059cbb")); len(got) != 3 || got[2].Grade != GradeDatabase || got[0].Source != "ERC-20" {
		t.Errorf("Declarations: got %v, want three with the guess last", got)
	}
}

func FuzzLookup(f *testing.F) {
	f.Add(uint64(1), common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D").Bytes(), []byte{0x8d, 0x80, 0xff, 0x0a})
	f.Add(uint64(0), []byte{}, []byte{0xa9, 0x05, 0x9c, 0xbb})
	f.Fuzz(func(t *testing.T, chain uint64, to, selector []byte) {
		a := common.BytesToAddress(to)
		sel := [4]byte(append(selector, 0, 0, 0, 0)[:4])
		texts, grade := Lookup(chain, a, sel), SelectorGrade(chain, a, sel)
		if (len(texts) == 0) != (grade == GradeUnknown) {
			t.Errorf("%d texts with grade %v", len(texts), grade)
		}
		for _, text := range texts {
			if selectorOf(types(text)) != sel {
				t.Errorf("%q is not a declaration of %x", text, sel)
			}
		}
		c, published := Published(chain, a)
		if grade == GradePublished && !published {
			t.Errorf("grade published at %s, where nothing is", a)
		}
		if published && (chain == 0 || c.Address != a || !slices.Contains(c.Chains(), chain)) {
			t.Errorf("%v is not published on %d", c, chain)
		}
		if _, ok := Token(chain, a); ok && chain == 0 {
			t.Error("a token on an unknown chain")
		}
		if known, ok := ChainByID(chain); ok && known.ID != chain {
			t.Errorf("chain %d for %d", known.ID, chain)
		}
	})
}
