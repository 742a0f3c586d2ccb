package calls

import (
	"encoding/json"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

var (
	theSafe  = common.HexToAddress("0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE")
	a1       = common.Address{19: 0x11}
	a2       = common.Address{19: 0x22}
	a3       = common.Address{19: 0x33}
	target   = common.Address{19: 0x77}
	callOnly = common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2")
	only150  = common.HexToAddress("0xA83c336B20401Af773B6219BA5027174338D1836")
	multi3   = common.HexToAddress("0xcA11bde05977b3631167028862bE2a173976CA11")
)

func data(t *testing.T, signature string, args ...any) []byte {
	t.Helper()
	d, err := encode.ParseDeclaration(signature)
	if err != nil {
		t.Fatal(err)
	}
	out, err := encode.Call(d, args)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func derive(t *testing.T, root abi.Root, chain uint64) []effect.Effect {
	t.Helper()
	return deriveWith(t, root, Context{Chain: chain, Safe: theSafe})
}

func deriveWith(t *testing.T, root abi.Root, ctx Context) []effect.Effect {
	t.Helper()
	tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(ctx.Chain, to, sel) })
	if err != nil {
		t.Fatal(err)
	}
	return Derive(tree, ctx)
}

func call(to common.Address, b []byte) safe.InnerCall {
	return safe.InnerCall{To: to, Value: new(uint256.Int), Data: b}
}

// batchOf is a batch through the published library.
func batchOf(t *testing.T, calls ...safe.InnerCall) abi.Root {
	t.Helper()
	return abi.Root{Operation: 1, To: callOnly, Data: batch(t, calls...)}
}

func n(x int64) *big.Int { return big.NewInt(x) }

// example is a call with what it must be read as.
type example struct {
	args []any
	want want
}

type want struct {
	kind     effect.Kind
	from, to common.Address
	target   common.Address
}

func at(k effect.Kind, to common.Address) want { return want{k, theSafe, to, target} }

// TestReaders gives each signature of the table one example and demands its
// meaning; the list must be as long as the table.
func TestReaders(t *testing.T) {
	tests := map[string]example{
		"transfer(address,uint256)":                                               {[]any{a1, n(5)}, at(effect.Transfer, a1)},
		"transferFrom(address,address,uint256)":                                   {[]any{a1, a2, n(5)}, want{effect.Transfer, a1, a2, target}},
		"safeTransferFrom(address,address,uint256)":                               {[]any{a1, a2, n(5)}, want{effect.Transfer, a1, a2, target}},
		"safeTransferFrom(address,address,uint256,bytes)":                         {[]any{a1, a2, n(5), []byte{}}, want{effect.Transfer, a1, a2, target}},
		"safeTransferFrom(address,address,uint256,uint256,bytes)":                 {[]any{a1, a2, n(5), n(6), []byte{}}, want{effect.Transfer, a1, a2, target}},
		"approve(address,uint256)":                                                {[]any{a1, n(5)}, at(effect.Approve, a1)},
		"increaseAllowance(address,uint256)":                                      {[]any{a1, n(5)}, at(effect.Approve, a1)},
		"increaseApproval(address,uint256)":                                       {[]any{a1, n(5)}, at(effect.Approve, a1)},
		"setApprovalForAll(address,bool)":                                         {[]any{a1, true}, at(effect.ApproveAll, a1)},
		"addOwnerWithThreshold(address,uint256)":                                  {[]any{a1, n(1)}, at(effect.OwnerAdded, a1)},
		"removeOwner(address,address,uint256)":                                    {[]any{a1, a2, n(1)}, want{effect.OwnerRemoved, a2, common.Address{}, target}},
		"swapOwner(address,address,address)":                                      {[]any{a1, a2, a3}, want{effect.OwnerReplaced, a2, a3, target}},
		"changeThreshold(uint256)":                                                {[]any{n(1)}, at(effect.ThresholdChanged, common.Address{})},
		"enableModule(address)":                                                   {[]any{a1}, at(effect.ModuleEnabled, a1)},
		"disableModule(address,address)":                                          {[]any{a1, a2}, want{effect.ModuleDisabled, a2, common.Address{}, target}},
		"setGuard(address)":                                                       {[]any{a1}, at(effect.GuardChanged, a1)},
		"setModuleGuard(address)":                                                 {[]any{a1}, at(effect.ModuleGuardChanged, a1)},
		"setFallbackHandler(address)":                                             {[]any{a1}, at(effect.FallbackHandlerChanged, a1)},
		"changeMasterCopy(address)":                                               {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"upgradeTo(address)":                                                      {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"upgradeToAndCall(address,bytes)":                                         {[]any{a1, []byte{1}}, at(effect.ImplementationChanged, a1)},
		"upgrade(address,address)":                                                {[]any{a1, a2}, want{effect.ImplementationChanged, theSafe, a2, a1}},
		"upgradeAndCall(address,address,bytes)":                                   {[]any{a1, a2, []byte{}}, want{effect.ImplementationChanged, theSafe, a2, a1}},
		"setImplementation(address)":                                              {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"diamondCut((address,uint8,bytes4[])[],address,bytes)":                    {[]any{[]any{}, a1, []byte{}}, at(effect.ImplementationChanged, common.Address{})},
		"transferOwnership(address)":                                              {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"changeAdmin(address)":                                                    {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setOwner(address)":                                                       {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setPendingOwner(address)":                                                {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"setAuthority(address)":                                                   {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"beginDefaultAdminTransfer(address)":                                      {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"setSafeMethod(bytes4,bytes32)":                                           {[]any{[]byte{1, 2, 3, 4}, append(make([]byte, 12), a1[:]...)}, at(effect.FallbackMethodChanged, a1)},
		"addSupportedInterfaceBatch(bytes4,bytes32[])":                            {[]any{[]byte{1, 2, 3, 4}, []any{}}, at(effect.FallbackMethodChanged, common.Address{})},
		"setDomainVerifier(bytes32,address)":                                      {[]any{five, a1}, at(effect.DomainVerifierChanged, a1)},
		"installModule(uint256,address,bytes)":                                    {[]any{n(1), a1, []byte{}}, at(effect.ModuleEnabled, a1)},
		"createAndAddModules(address,bytes)":                                      {[]any{a1, []byte{}}, at(effect.ModuleEnabled, nobody)},
		"approveAndCall(address,uint256)":                                         {[]any{a1, n(5)}, at(effect.Approve, a1)},
		"transferAndCall(address,uint256)":                                        {[]any{a1, n(5)}, at(effect.Transfer, a1)},
		"transferAndCall(address,uint256,bytes)":                                  {[]any{a1, n(5), []byte{}}, at(effect.Transfer, a1)},
		"approveAndCall(address,uint256,bytes)":                                   {[]any{a1, n(5), []byte{}}, at(effect.Approve, a1)},
		"approveDelegation(address,uint256)":                                      {[]any{a1, n(5)}, at(effect.Approve, a1)},
		"approve(address,address,uint160,uint48)":                                 {[]any{a1, a2, n(5), n(0)}, at(effect.Approve, a2)},
		"permit(address,((address,uint160,uint48,uint48),address,uint256),bytes)": {[]any{a1, []any{[]any{a2, n(5), n(0), n(0)}, a3, n(0)}, []byte{}}, want{effect.Approve, a1, a3, target}},
		"transferFrom(address,address,uint160,address)":                           {[]any{a1, a2, n(5), a3}, want{effect.Transfer, a1, a2, target}},
		"permit(address,address,uint256,uint256,uint8,bytes32,bytes32)":           {[]any{a1, a2, n(5), n(0), n(27), five, five}, want{effect.Approve, a1, a2, target}},
		"permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)":      {[]any{a1, a2, n(5), n(0), true, n(27), five, five}, want{effect.Approve, a1, a2, target}},
		"hope(address)":                                                           {[]any{a1}, at(effect.ApproveAll, a1)},
		"authorizeOperator(address)":                                              {[]any{a1}, at(effect.ApproveAll, a1)},
		"setAuthorization(address,bool)":                                          {[]any{a1, true}, at(effect.ApproveAll, a1)},
		"setFlowPermissions(address,address,uint8,int96)":                         {[]any{a1, a2, n(1), n(1)}, at(effect.ApproveAll, a2)},
		"configureMinter(address,uint256)":                                        {[]any{a1, n(5)}, at(effect.RoleGranted, a1)},
		"addMinter(address)":                                                      {[]any{a1}, at(effect.RoleGranted, a1)},
		"updateMasterMinter(address)":                                             {[]any{a1}, at(effect.RoleGranted, a1)},
		"assignRoles(address,bytes32[],bool[])":                                   {[]any{a1, []any{five}, []any{true}}, at(effect.RoleGranted, a1)},
		"setDefaultRole(address,bytes32)":                                         {[]any{a1, five}, at(effect.RoleGranted, a1)},
		"setRoleAdmin(uint64,uint64)":                                             {[]any{n(1), n(2)}, changed},
		"setTargetFunctionRole(address,bytes4[],uint64)":                          {[]any{a1, []any{}, n(1)}, at(effect.RoleWidened, a1)},
		"allowTarget(bytes32,address,uint8)":                                      {[]any{five, a1, n(1)}, at(effect.RoleWidened, a1)},
		"scopeTarget(bytes32,address)":                                            {[]any{five, a1}, at(effect.RoleWidened, a1)},
		"addGuardianWithThreshold(address,uint256)":                               {[]any{a1, n(1)}, at(effect.RoleGranted, a1)},
		"setController(address)":                                                  {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setManager(address)":                                                     {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setAvatar(address)":                                                      {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setTarget(address)":                                                      {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"updateAuthority(address,address)":                                        {[]any{a1, a2}, want{effect.OwnershipTransferred, theSafe, a2, a1}},
		"deny(address)":                                                           {[]any{a1}, want{effect.RoleRevoked, a1, common.Address{}, target}},
		"setStorage(bytes32,bytes32)":                                             {[]any{five, five}, at(effect.ImplementationChanged, common.Address{})},
		"initialize(address,address,bytes)":                                       {[]any{a1, a2, []byte{}}, at(effect.ImplementationChanged, a1)},
		"setBeacon(address)":                                                      {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"proposeImplementation(address)":                                          {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"_acceptImplementation()":                                                 {nil, at(effect.ImplementationChanged, common.Address{})},
		"setup(address[],uint256,address,bytes,address,address,uint256,address)":  {[]any{[]any{a1}, n(1), a2, []byte{}, a3, a3, n(0), a3}, at(effect.SafeCreated, target)},
		"setup(address[],uint256,address,bytes,address,uint256,address)":          {[]any{[]any{a1}, n(1), a2, []byte{}, a3, n(0), a3}, at(effect.SafeCreated, target)},
		"allowFunction(bytes32,address,bytes4,uint8)":                             {[]any{five, a1, []byte{1, 2, 3, 4}, n(1)}, at(effect.RoleWidened, a1)},
		"scopeFunction(bytes32,address,bytes4,(uint8,uint8,uint8,bytes)[],uint8)": {[]any{five, a1, []byte{1, 2, 3, 4}, []any{}, n(1)}, at(effect.RoleWidened, a1)},
		"setTransactionUnwrapper(address,bytes4,address)":                         {[]any{a1, []byte{1, 2, 3, 4}, a2}, changed},
		"updateRescuer(address)":                                                  {[]any{a1}, at(effect.RoleGranted, a1)},
		"setUp(bytes)":                                                            {[]any{[]byte{1}}, changed},
		"updateTimelock(address)":                                                 {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"deployModule(address,bytes,uint256)":                                     {[]any{a1, []byte{1}, n(1)}, at(effect.ContractCreated, common.Address{})},
		"deploy(uint256,bytes32,bytes)":                                           {[]any{n(1), five, []byte{1}}, at(effect.ContractCreated, common.Address{})},
		"setup(address[],uint256,address,bytes)":                                  {[]any{[]any{a1}, n(1), a2, []byte{}}, at(effect.SafeCreated, target)},
		"transferOwnership(address,bool,bool)":                                    {[]any{a1, true, false}, at(effect.OwnershipTransferred, a1)},
		"nominateNewOwner(address)":                                               {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"rely(address)":                                                           {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setAdmin(address)":                                                       {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setPendingAdmin(address)":                                                {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"_setPendingAdmin(address)":                                               {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"setGovernance(address)":                                                  {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"setPendingGovernance(address)":                                           {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"setGovernor(address)":                                                    {[]any{a1}, at(effect.OwnershipTransferred, a1)},
		"_setImplementation(address)":                                             {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"_setImplementation(address,bool,bytes)":                                  {[]any{a1, true, []byte{}}, at(effect.ImplementationChanged, a1)},
		"_setPendingImplementation(address)":                                      {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"setPoolImpl(address)":                                                    {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"updateImplementation(address)":                                           {[]any{a1}, at(effect.ImplementationChanged, a1)},
		"upgradeBeaconToAndCall(address,bytes,bool)":                              {[]any{a1, []byte{}, true}, at(effect.ImplementationChanged, a1)},
		"setAddressAsProxy(bytes32,address)":                                      {[]any{five, a1}, at(effect.ImplementationChanged, a1)},
		"setCode(bytes)":                                                          {[]any{[]byte{1}}, at(effect.ImplementationChanged, common.Address{})},
		"grantRole(uint64,address,uint32)":                                        {[]any{n(1), a1, n(0)}, at(effect.RoleGranted, a1)},
		"changeProxyAdmin(address,address)":                                       {[]any{a1, a2}, want{effect.OwnershipTransferred, theSafe, a2, a1}},
		"renounceOwnership()":                                                     {nil, at(effect.OwnershipTransferred, common.Address{})},
		"grantRole(bytes32,address)":                                              {[]any{five, a1}, at(effect.RoleGranted, a1)},
		"revokeRole(bytes32,address)":                                             {[]any{five, a1}, want{effect.RoleRevoked, a1, common.Address{}, target}},
		"signMessage(bytes)":                                                      {[]any{[]byte{1}}, at(effect.MessageSigned, common.Address{})},
		"approveHash(bytes32)":                                                    {[]any{five}, at(effect.HashApproved, common.Address{})},
		"setAllowance(address,address,uint96,uint16,uint32)":                      {[]any{a1, a2, n(1), n(2), n(3)}, at(effect.AllowanceGranted, a1)},
		"addDelegate(address)":                                                    {[]any{a1}, at(effect.AllowanceGranted, a1)},
		"performCreate(uint256,bytes)":                                            {[]any{n(1), []byte{1}}, at(effect.ContractCreated, common.Address{})},
		"performCreate2(uint256,bytes,bytes32)":                                   {[]any{n(1), []byte{1}, five}, at(effect.ContractCreated, common.Address{})},
		"createProxyWithNonce(address,bytes,uint256)":                             {[]any{a1, []byte{1}, n(1)}, at(effect.SafeCreated, a1)},
		"createProxyWithNonceL2(address,bytes,uint256)":                           {[]any{a1, []byte{1}, n(1)}, at(effect.SafeCreated, a1)},
		"createChainSpecificProxyWithNonce(address,bytes,uint256)":                {[]any{a1, []byte{1}, n(1)}, at(effect.SafeCreated, a1)},
		"createChainSpecificProxyWithNonceL2(address,bytes,uint256)":              {[]any{a1, []byte{1}, n(1)}, at(effect.SafeCreated, a1)},
		"createProxyWithCallback(address,bytes,uint256,address)":                  {[]any{a1, []byte{1}, n(1), a2}, at(effect.SafeCreated, a1)},
		"createProxy(address,bytes)":                                              {[]any{a1, []byte{1}}, at(effect.SafeCreated, a1)},
		"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)": {[]any{a1, n(0), []byte{}, n(0), n(0), n(0), n(0), a2, a3, []byte{}}, at(effect.NestedExecution, common.Address{})},
	}
	maps.Copy(tests, moneyExamples)
	maps.Copy(tests, controlExamples)
	maps.Copy(tests, bridgeExamples)
	maps.Copy(tests, adminExamples)
	for signature := range readers {
		if signature == "withdrawTo(address,uint256)" {
			continue // only at the EntryPoints: TestNeighbours
		}
		if _, ok := tests[signature]; !ok {
			t.Errorf("%s has no example", signature)
		}
	}
	for signature, tt := range tests {
		t.Run(signature, func(t *testing.T) {
			root := abi.Root{To: target, Data: data(t, signature, tt.args...)}
			es := derive(t, root, 1)
			e := es[0]
			if got := (want{e.Kind, e.From, e.To, e.Target}); got != tt.want || !e.Fact || e.Actor != theSafe || e.Function != signature {
				t.Errorf("got %+v (fact %t, function %s), want %+v", got, e.Fact, e.Function, tt.want)
			}
			root.Operation = 1
			if e := derive(t, root, 1)[0]; e.Kind != effect.DelegateCalled || e.Function != "" {
				t.Errorf("by delegatecall it is described as %s %q", e.Kind, e.Function)
			}
		})
	}
}

// TestNeighbours are calls that look like one of the table and are not.
func TestNeighbours(t *testing.T) {
	for _, tt := range []struct {
		name string
		root abi.Root
		want effect.Kind
	}{
		{"approval withdrawn", abi.Root{To: target, Data: data(t, "setApprovalForAll(address,bool)", a1, false)}, effect.Call},
		{"payment", abi.Root{To: target, Value: uint256.NewInt(1)}, effect.Transfer},
		{"rejection", abi.Root{To: theSafe}, effect.Rejection},
		{"payment to itself", abi.Root{To: theSafe, Value: uint256.NewInt(1)}, effect.Transfer},
		{"empty call elsewhere", abi.Root{To: target}, effect.Transfer},
		{"unknown", abi.Root{To: target, Data: []byte{1, 2, 3, 4}}, effect.OpaqueCall},
		{"own message", abi.Root{To: theSafe, Data: data(t, "signMessage(bytes)", []byte{1})}, effect.MessageSigned},
		{"message at another target", abi.Root{To: target, Data: data(t, "signMessage(bytes)", []byte{1})}, effect.MessageSigned},
		{"permit withdrawn", abi.Root{To: target, Data: data(t, "permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)", a1, a2, n(5), n(0), false, n(27), make([]byte, 32), make([]byte, 32))}, effect.Call},
		{"roles taken", abi.Root{To: target, Data: data(t, "assignRoles(address,bytes32[],bool[])", a1, []any{five}, []any{false})}, effect.RoleRevoked},
		{"no roles at all", abi.Root{To: target, Data: data(t, "assignRoles(address,bytes32[],bool[])", a1, []any{}, []any{})}, effect.ControlChanged},
		{"minter without allowance", abi.Root{To: target, Data: data(t, "configureMinter(address,uint256)", a1, n(0))}, effect.RoleRevoked},
		{"stream rights withdrawn", abi.Root{To: target, Data: data(t, "setFlowPermissions(address,address,uint8,int96)", a1, a2, n(0), n(0))}, effect.Call},
		{"gas of a plain call", abi.Root{To: target, Data: data(t, "requiredTxGas(address,uint256,bytes,uint8)", a1, n(0), noBytes, n(0))}, effect.Call},
		{"wrapped tokens paid out", abi.Root{To: target, Data: data(t, "withdrawTo(address,uint256)", a1, n(5))}, effect.VaultWithdrawn},
		{"deposit paid out", abi.Root{To: common.HexToAddress("0x0000000071727De22E5E9d8BAf0edAc6f37da032"), Data: data(t, "withdrawTo(address,uint256)", a1, n(5))}, effect.Transfer},
		{"authorization withdrawn", abi.Root{To: target, Data: data(t, "setAuthorization(address,bool)", a1, false)}, effect.Call},
		{"short", abi.Root{To: target, Data: []byte{1, 2, 3}}, effect.OpaqueCall},
		{"noncanonical", abi.Root{To: target, Data: data(t, "transfer(address,uint256)", a1, n(5))[:67]}, effect.OpaqueCall},
		{"invalid operation", abi.Root{Operation: 2, To: target}, effect.OpaqueCall},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := derive(t, tt.root, 1)[0].Kind; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func batch(t *testing.T, calls ...safe.InnerCall) []byte {
	t.Helper()
	body, err := safe.PackMultiSend(calls)
	if err != nil {
		t.Fatal(err)
	}
	return safe.MultiSendCalldata(body)
}

// TestContainers: what is inside a container is a fact only at a known address
// on the right chain, and acts in the right name.
func TestContainers(t *testing.T) {
	send := safe.InnerCall{To: a1, Value: uint256.NewInt(1)}
	token := safe.InnerCall{To: target, Value: new(uint256.Int), Data: data(t, "transfer(address,uint256)", a1, n(5))}
	multi := data(t, "aggregate3((address,bool,bytes)[])", []any{[]any{target, false, token.Data}})
	for _, tt := range []struct {
		name  string
		root  abi.Root
		chain uint64
		kinds []effect.Kind
		fact  bool // of the last effect
		actor common.Address
	}{
		{"published library", abi.Root{Operation: 1, To: callOnly, Data: batch(t, send, token)}, 1, []effect.Kind{effect.Transfer, effect.Transfer}, true, theSafe},
		{"chain unknown", abi.Root{Operation: 1, To: callOnly, Data: batch(t, send, token)}, 0, []effect.Kind{effect.DelegateCalled, effect.Transfer, effect.Transfer}, false, theSafe},
		{"another address", abi.Root{Operation: 1, To: target, Data: batch(t, send, token)}, 1, []effect.Kind{effect.DelegateCalled, effect.Transfer, effect.Transfer}, false, theSafe},
		{"called", abi.Root{To: callOnly, Data: batch(t, send, token)}, 1, []effect.Kind{effect.Call, effect.Transfer, effect.Transfer}, false, callOnly},
		{"multicall3 called", abi.Root{To: multi3, Data: multi}, 1, []effect.Kind{effect.Call, effect.Transfer}, false, multi3},
		{"multicall3 delegatecalled", abi.Root{Operation: 1, To: multi3, Data: multi}, 1, []effect.Kind{effect.Transfer}, true, theSafe},
		{"multicall elsewhere", abi.Root{To: target, Data: multi}, 1, []effect.Kind{effect.Call, effect.Transfer}, false, target},
	} {
		t.Run(tt.name, func(t *testing.T) {
			es := derive(t, tt.root, tt.chain)
			var kinds []effect.Kind
			for _, e := range es {
				kinds = append(kinds, e.Kind)
			}
			last := es[len(es)-1]
			if !slices.Equal(kinds, tt.kinds) || last.Fact != tt.fact || last.Actor != tt.actor {
				t.Errorf("got %v, fact %t, actor %s; want %v, %t, %s", kinds, last.Fact, last.Actor, tt.kinds, tt.fact, tt.actor)
			}
		})
	}
}

// TestZeroTarget: in a 1.5.0 batch the zero address is the Safe itself.
func TestZeroTarget(t *testing.T) {
	inner := safe.InnerCall{Value: new(uint256.Int), Data: data(t, "changeThreshold(uint256)", n(1))}
	for lib, want := range map[common.Address]common.Address{only150: theSafe, callOnly: {}} {
		es := derive(t, abi.Root{Operation: 1, To: lib, Data: batch(t, inner)}, 1)
		if got := es[0].Target; got != want {
			t.Errorf("%s: target = %s, want %s", lib, got, want)
		}
	}
}

// harmless are sensitive-looking functions that give nobody anything: somebody
// takes or gives up a right, a delay or a limit changes, or the function is a
// container, whose calls are judged.
var harmless = map[string]bool{
	"_acceptAdmin()": true, "acceptAdmin()": true, "acceptDefaultAdminTransfer()": true, "acceptOwnership()": true,
	"renounceRole(bytes32,address)": true, "multiSend(bytes)": true, "execTransactionFromModule(address,uint256,bytes,uint8)": true,
	"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)": true, "setSupportedInterface(bytes4,bool)": true,
}

// delegated are functions of libraries, which mean something only by delegatecall.
var delegatedOnly = map[string]bool{
	"migrateFromV111(address,address)": true, "migrateL2Singleton()": true, "migrateL2WithFallbackHandler()": true, "migrateSingleton()": true,
	"migrateToL2(address)": true, "migrateWithFallbackHandler()": true, "setupToL2(address)": true, "migrate()": true,
}

// TestSensitiveFunctions: every function of the list of sensitive ones that gives
// control or rights has a reader, or stands above with a reason.
func TestSensitiveFunctions(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the list of sensitive functions was NOT compared")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "knowledge", "sensitive-selectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ Signature, Category string }
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, x := range list {
		switch x.Category {
		case "ownership", "proxy-upgrade", "roles", "allowance", "safe-exec", "safe-guard-handler", "safe-module", "safe-owner-change", "safe-singleton-swap":
			asked++
			if readers[x.Signature] == nil && several[x.Signature] == nil && !harmless[x.Signature] && !delegatedOnly[x.Signature] {
				t.Errorf("%s (%s) has no reader", x.Signature, x.Category)
			}
		}
	}
	if asked < 90 {
		t.Errorf("%d functions asked for, want at least 90", asked)
	}
}
