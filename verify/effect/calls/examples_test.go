package calls

import (
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var (
	nobody  common.Address
	five    = append(make([]byte, 31), 5)
	noBytes = []byte{}
	authV   = []any{a1, a2, n(5), n(0), n(0), five, n(27), five, five}
	auth    = []any{a1, a2, n(5), n(0), n(0), five, noBytes}
	moved   = want{effect.Transfer, a1, a2, target}
	fromIt  = want{effect.Transfer, target, a2, target}
	changed = at(effect.ControlChanged, nobody)
	ordered = at(effect.OrderSigned, nobody)
	created = at(effect.ContractCreated, nobody)
)

var moneyExamples = map[string]example{
	"send(address,uint256,bytes)":                                                      {[]any{a1, n(5), noBytes}, at(effect.Transfer, a1)},
	"push(address,uint256)":                                                            {[]any{a1, n(5)}, at(effect.Transfer, a1)},
	"pull(address,uint256)":                                                            {[]any{a1, n(5)}, want{effect.Transfer, a1, theSafe, target}},
	"move(address,address,uint256)":                                                    {[]any{a1, a2, n(5)}, moved},
	"operatorSend(address,address,uint256,bytes,bytes)":                                {[]any{a1, a2, n(5), noBytes, noBytes}, moved},
	"transferFromAndCall(address,address,uint256)":                                     {[]any{a1, a2, n(5)}, moved},
	"transferFromAndCall(address,address,uint256,bytes)":                               {[]any{a1, a2, n(5), noBytes}, moved},
	"transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)": {auth, moved},
	"transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)": {authV, moved},
	"receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)":                  {auth, moved},
	"receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)":  {authV, moved},
	"mint(address,uint256)":                     {[]any{a1, n(5)}, at(effect.Minted, a1)},
	"burn(uint256)":                             {[]any{n(5)}, at(effect.Burned, nobody)},
	"burn(uint256,bytes)":                       {[]any{n(5), noBytes}, at(effect.Burned, nobody)},
	"burnFrom(address,uint256)":                 {[]any{a1, n(5)}, want{effect.Burned, a1, nobody, target}},
	"operatorBurn(address,uint256,bytes,bytes)": {[]any{a1, n(5), noBytes, noBytes}, want{effect.Burned, a1, nobody, target}},
	"rescueERC20(address,address,uint256)":      {[]any{a1, a2, n(5)}, fromIt},
	"rescueTokens(address,address,uint256)":     {[]any{a1, a2, n(5)}, fromIt},
	"sweep(address,address)":                    {[]any{a1, a2}, fromIt},
	"sweepERC20(address,address)":               {[]any{a1, a2}, fromIt},
	"sweepETH(address)":                         {[]any{a2}, fromIt},
	"redeem(uint256,address,address)":           {[]any{n(5), a2, a1}, want{effect.VaultWithdrawn, a1, a2, target}},
	"withdraw(uint256,address,address)":         {[]any{n(5), a2, a1}, want{effect.VaultWithdrawn, a1, a2, target}},
	"withdrawStake(address)":                    {[]any{a2}, fromIt},
	"executeAllowanceTransfer(address,address,address,uint96,address,uint96,address,bytes)": {[]any{a1, a3, a2, n(5), nobody, n(0), a1, noBytes}, moved},
	"resetAllowance(address,address)":                               {[]any{a1, a2}, at(effect.AllowanceGranted, a1)},
	"setPreSignature(bytes,bool)":                                   {[]any{five, true}, ordered},
	"create((address,bytes32,bytes),bool)":                          {[]any{[]any{a1, five, noBytes}, true}, ordered},
	"createWithContext((address,bytes32,bytes),address,bytes,bool)": {[]any{[]any{a1, five, noBytes}, a2, noBytes, true}, ordered},
	"execute(bytes,bytes)":                                          {[]any{five, five}, created},
}

var controlExamples = map[string]example{
	"uninstallModule(uint256,address,bytes)":                      {[]any{n(1), a2, noBytes}, want{effect.ModuleDisabled, a2, nobody, target}},
	"removeSupportedInterfaceBatch(bytes4,bytes4[])":              {[]any{five[28:], []any{}}, at(effect.FallbackMethodChanged, nobody)},
	"configure((uint256,uint256,uint176))":                        {[]any{[]any{n(1), n(2), n(3)}}, at(effect.SignerConfigured, nobody)},
	"simulateAndRevert(address,bytes)":                            {[]any{a1, noBytes}, at(effect.Simulated, a1)},
	"simulate(address,bytes)":                                     {[]any{a1, noBytes}, at(effect.Simulated, a1)},
	"requiredTxGas(address,uint256,bytes,uint8)":                  {[]any{a1, n(0), noBytes, n(1)}, at(effect.Simulated, a1)},
	"updatePauser(address)":                                       {[]any{a1}, at(effect.RoleGranted, a1)},
	"updateBlacklister(address)":                                  {[]any{a1}, at(effect.RoleGranted, a1)},
	"removeMinter(address)":                                       {[]any{a1}, want{effect.RoleRevoked, a1, nobody, target}},
	"renounceRole(bytes32,address)":                               {[]any{five, a1}, want{effect.RoleRevoked, a1, nobody, target}},
	"renounceRole(uint64,address)":                                {[]any{n(1), a1}, want{effect.RoleRevoked, a1, nobody, target}},
	"revokeRole(uint64,address)":                                  {[]any{n(1), a1}, want{effect.RoleRevoked, a1, nobody, target}},
	"updateDelay(uint256)":                                        {[]any{n(0)}, changed},
	"setDelay(uint256)":                                           {[]any{n(0)}, changed},
	"changeDefaultAdminDelay(uint48)":                             {[]any{n(0)}, changed},
	"setTxCooldown(uint256)":                                      {[]any{n(0)}, changed},
	"setTxExpiration(uint256)":                                    {[]any{n(0)}, changed},
	"setTxNonce(uint256)":                                         {[]any{n(0)}, changed},
	"setVotingDelay(uint48)":                                      {[]any{n(0)}, changed},
	"setVotingPeriod(uint32)":                                     {[]any{n(0)}, changed},
	"setProposalThreshold(uint256)":                               {[]any{n(0)}, changed},
	"updateQuorumNumerator(uint256)":                              {[]any{n(0)}, changed},
	"setGrantDelay(uint64,uint32)":                                {[]any{n(0), n(0)}, changed},
	"setTargetAdminDelay(address,uint32)":                         {[]any{a1, n(0)}, changed},
	"setTargetClosed(address,bool)":                               {[]any{a1, true}, changed},
	"setRoleGuardian(uint64,uint64)":                              {[]any{n(0), n(0)}, changed},
	"setAllowance(bytes32,uint128,uint128,uint128,uint64,uint64)": {[]any{five, n(0), n(0), n(0), n(0), n(0)}, changed},
	"revokeGuardianWithThreshold(address,address,uint256)":        {[]any{a1, a2, n(0)}, changed},
}

// TestSeveral: each of several effects of one call is told apart.
func TestSeveral(t *testing.T) {
	pull := func(signature string, permitted, details any, more ...any) abi.Root {
		return abi.Root{To: target, Data: data(t, signature, append([]any{[]any{permitted, n(1), n(2)}, details, a1}, more...)...)}
	}
	one := []any{a3, n(9)}
	for _, tt := range []struct {
		name string
		root abi.Root
		kind effect.Kind
		from common.Address
		to   []common.Address
		of   []uint64
	}{
		{"erc1155", abi.Root{To: target, Data: data(t, "safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)", a1, a2, []any{n(1), n(2)}, []any{n(3), n(4)}, noBytes)}, effect.Transfer, a1, []common.Address{a2, a2}, []uint64{3, 4}},
		{"disperse ether", abi.Root{To: target, Data: data(t, "disperseEther(address[],uint256[])", []any{a1, a2}, []any{n(3), n(4)})}, effect.Transfer, theSafe, []common.Address{a1, a2}, []uint64{3, 4}},
		{"disperse token", abi.Root{To: target, Data: data(t, "disperseToken(address,address[],uint256[])", a3, []any{a1, a2}, []any{n(3), n(4)})}, effect.Transfer, theSafe, []common.Address{a1, a2}, []uint64{3, 4}},
		{"permit2 transfers", abi.Root{To: target, Data: data(t, "transferFrom((address,address,uint160,address)[])", []any{[]any{a1, a2, n(3), a3}, []any{a1, a3, n(4), a3}})}, effect.Transfer, a1, []common.Address{a2, a3}, []uint64{3, 4}},
		{"permit2 batch", abi.Root{To: target, Data: data(t, "permit(address,((address,uint160,uint48,uint48)[],address,uint256),bytes)", a1, []any{[]any{[]any{a2, n(3), n(0), n(0)}, []any{a3, n(4), n(0), n(0)}}, a3, n(0)}, noBytes)}, effect.Approve, a1, []common.Address{a3, a3}, []uint64{3, 4}},
		{"permit2 pull", pull("permitTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,bytes)", one, []any{a2, n(3)}, noBytes), effect.Transfer, a1, []common.Address{a2}, []uint64{3}},
		{"permit2 pull of several", pull("permitTransferFrom(((address,uint256)[],uint256,uint256),(address,uint256)[],address,bytes)", []any{one, one}, []any{[]any{a2, n(3)}, []any{a3, n(4)}}, noBytes), effect.Transfer, a1, []common.Address{a2, a3}, []uint64{3, 4}},
		{"permit2 lockdown", abi.Root{To: target, Data: data(t, "lockdown((address,address)[])", []any{[]any{a3, a1}})}, effect.Approve, theSafe, []common.Address{a1}, []uint64{0}},
		{"recovery", abi.Root{To: target, Data: data(t, "executeRecovery(address,address[],uint256)", a3, []any{a1, a2}, n(1))}, effect.OwnersRecovered, nobody, []common.Address{a1, a2}, nil},
		{"recovery in the end", abi.Root{To: target, Data: data(t, "finalizeRecovery(address)", a3)}, effect.OwnersRecovered, nobody, []common.Address{nobody}, nil},
		{"methods", abi.Root{To: target, Data: data(t, "addSupportedInterfaceBatch(bytes4,bytes32[])", []byte{1, 2, 3, 4}, []any{append(make([]byte, 12), a1[:]...), append(make([]byte, 12), a2[:]...)})}, effect.FallbackMethodChanged, theSafe, []common.Address{a1, a2}, nil},
		{"modules", abi.Root{To: target, Data: data(t, "enableModules(address[])", []any{a1, a2})}, effect.ModuleEnabled, theSafe, []common.Address{a1, a2}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var to []common.Address
			var of []uint64
			for _, e := range derive(t, tt.root, 1) {
				if e.Kind != tt.kind || e.From != tt.from || !e.Fact {
					t.Errorf("got %s from %s (fact %t), want %s from %s", e.Kind, e.From, e.Fact, tt.kind, tt.from)
				}
				to = append(to, e.To)
				if e.Amount != nil {
					of = append(of, e.Amount.Uint64())
				}
			}
			if !slices.Equal(to, tt.to) || !slices.Equal(of, tt.of) {
				t.Errorf("got %v to %v, want %v to %v", of, to, tt.of, tt.to)
			}
		})
	}
	uneven := abi.Root{To: target, Data: data(t, "disperseEther(address[],uint256[])", []any{a1, a2}, []any{n(3)})}
	if es := derive(t, uneven, 1); len(es) != 1 || es[0].Kind != effect.Call {
		t.Errorf("lists of different lengths give %d effects, the first %s; want one plain call", len(es), es[0].Kind)
	}
}

// TestDeployers: a contract without functions deploys its calldata, whatever its
// first four bytes look like.
func TestDeployers(t *testing.T) {
	code := append(make([]byte, 32), 0x60, 0x00)
	for at, want := range map[string]effect.Kind{
		"0x4e59b44847b379578588920cA78FbF26c0B4956C": effect.ContractCreated,
		"0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7": effect.ContractCreated,
		"0x4e59b44847b379578588920cA78FbF26c0B4956D": effect.OpaqueCall,
	} {
		if got := derive(t, abi.Root{To: common.HexToAddress(at), Data: code}, 1)[0].Kind; got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

// TestFollow: each change of the Safe stands on those before it, and code that
// nobody can read leaves nothing known.
func TestFollow(t *testing.T) {
	state := effect.State{Owners: []common.Address{a1, a2}, Threshold: uint256.NewInt(2)}
	calls := batchOf(t,
		call(theSafe, data(t, "addOwnerWithThreshold(address,uint256)", a3, n(3))),
		call(target, data(t, "changeThreshold(uint256)", n(9))),
		call(theSafe, data(t, "changeThreshold(uint256)", n(1))))
	es := deriveWith(t, calls, Context{Chain: 1, Safe: theSafe, State: state})
	for i, want := range []string{"2", "", "3"} {
		got := ""
		if b := es[i].Before.Threshold; b != nil {
			got = b.Dec()
		}
		if got != want {
			t.Errorf("effect %d: threshold before = %q, want %q", i, got, want)
		}
	}
	if n := len(es[2].Before.Owners); n != 3 {
		t.Errorf("%d owners before the last change, want 3", n)
	}
	unknown := abi.Root{Operation: 1, To: multi3, Data: data(t, "aggregate3((address,bool,bytes)[])", []any{
		[]any{theSafe, false, data(t, "changeThreshold(uint256)", n(1))}})}
	if es := deriveWith(t, unknown, Context{Chain: 1, Safe: theSafe, State: state}); es[0].Before.Threshold == nil {
		t.Errorf("a known library leaves the threshold known, but it is not")
	}
}

var bridgeExamples = func() map[string]example {
	home, there := at(effect.Bridged, theSafe), at(effect.Bridged, a2)
	word20 := append(make([]byte, 12), a2[:]...)
	return map[string]example{
		"depositETH(uint32,bytes)":                                     {[]any{n(1), noBytes}, home},
		"depositETHTo(address,uint32,bytes)":                           {[]any{a2, n(1), noBytes}, there},
		"bridgeETH(uint32,bytes)":                                      {[]any{n(1), noBytes}, home},
		"bridgeETHTo(address,uint32,bytes)":                            {[]any{a2, n(1), noBytes}, there},
		"depositERC20(address,address,uint256,uint32,bytes)":           {[]any{a1, a3, n(5), n(1), noBytes}, home},
		"depositERC20To(address,address,address,uint256,uint32,bytes)": {[]any{a1, a3, a2, n(5), n(1), noBytes}, there},
		"bridgeERC20(address,address,uint256,uint32,bytes)":            {[]any{a1, a3, n(5), n(1), noBytes}, home},
		"bridgeERC20To(address,address,address,uint256,uint32,bytes)":  {[]any{a1, a3, a2, n(5), n(1), noBytes}, there},
		"withdraw(address,uint256,uint32,bytes)":                       {[]any{a1, n(5), n(1), noBytes}, home},
		"withdrawTo(address,address,uint256,uint32,bytes)":             {[]any{a1, a2, n(5), n(1), noBytes}, there},
		"depositTransaction(address,uint256,uint64,bool,bytes)":        {[]any{a2, n(5), n(1), false, noBytes}, there},
		"depositEth()": {nil, want{effect.Bridged, theSafe, common.HexToAddress("0x6c0f5afE5afE5afE5afE5aFe5aFe5Afe5Afe6c0f"), target}},
		"createRetryableTicket(address,uint256,uint256,address,address,uint256,uint256,bytes)": {[]any{a2, n(5), n(1), a3, a3, n(1), n(1), noBytes}, there},
		"outboundTransfer(address,address,uint256,uint256,uint256,bytes)":                      {[]any{a1, a2, n(5), n(1), n(1), noBytes}, there},
		"outboundTransferCustomRefund(address,address,address,uint256,uint256,uint256,bytes)":  {[]any{a1, a3, a2, n(5), n(1), n(1), noBytes}, there},
		"depositForBurn(uint256,uint32,bytes32,address)":                                       {[]any{n(5), n(0), word20, a1}, there},
		"depositForBurn(uint256,uint32,bytes32,address,bytes32,uint256,uint32)":                {[]any{n(5), n(0), word20, a1, five, n(1), n(1)}, there},
		"send((uint32,bytes32,uint256,uint256,bytes,bytes,bytes),(uint256,uint256),address)":   {[]any{[]any{n(1), word20, n(5), n(5), noBytes, noBytes, noBytes}, []any{n(1), n(0)}, a1}, there},
	}
}()

// TestValueIsSaidOnce: what a call carries is said by one effect, also where its
// function is known for something else: a contract named disperse can keep it all.
func TestValueIsSaidOnce(t *testing.T) {
	carries := func(root abi.Root) abi.Root { root.Value = uint256.NewInt(100); return root }
	for _, tt := range []struct {
		name  string
		root  abi.Root
		kinds []effect.Kind
	}{
		{"disperse", abi.Root{To: target, Data: data(t, "disperseEther(address[],uint256[])", []any{a1}, []any{n(1)})}, []effect.Kind{effect.Call, effect.Transfer}},
		{"approve", abi.Root{To: target, Data: data(t, "approve(address,uint256)", a1, n(0))}, []effect.Kind{effect.Call, effect.Approve}},
		{"ticket", abi.Root{To: target, Data: data(t, "createRetryableTicket(address,uint256,uint256,address,address,uint256,uint256,bytes)", a2, n(1), n(1), a3, a3, n(1), n(1), noBytes)}, []effect.Kind{effect.Call, effect.Bridged}},
		{"bridge of all", abi.Root{To: target, Data: data(t, "bridgeETHTo(address,uint32,bytes)", a2, n(1), noBytes)}, []effect.Kind{effect.Bridged}},
		{"payment", abi.Root{To: target}, []effect.Kind{effect.Transfer}},
		{"plain", abi.Root{To: target, Data: data(t, "deposit()")}, []effect.Kind{effect.Call}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var kinds []effect.Kind
			said := 0
			for _, e := range derive(t, carries(tt.root), 1) {
				kinds = append(kinds, e.Kind)
				if e.Value != nil && e.Value.Uint64() == 100 {
					said++
				}
			}
			if !slices.Equal(kinds, tt.kinds) || said != 1 {
				t.Errorf("got %v with the value %d times, want %v and once", kinds, said, tt.kinds)
			}
		})
	}
}
