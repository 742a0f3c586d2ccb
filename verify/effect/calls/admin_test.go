package calls

import (
	"testing"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var adminExamples = func() map[string]example {
	selector := []byte{1, 2, 3, 4}
	owner, code, taken := at(effect.OwnershipTransferred, a1), at(effect.ImplementationChanged, a1), want{effect.RoleRevoked, a1, nobody, target}
	return map[string]example{
		"completeOwnershipHandover(address)":           {[]any{a1}, owner},
		"grantRoles(address,uint256)":                  {[]any{a1, n(1)}, at(effect.RoleGranted, a1)},
		"revokeRoles(address,uint256)":                 {[]any{a1, n(1)}, taken},
		"renounceRoles(uint256)":                       {[]any{n(1)}, want{effect.RoleRevoked, theSafe, nobody, target}},
		"setUserRole(address,uint8,bool)":              {[]any{a1, n(1), true}, at(effect.RoleGranted, a1)},
		"setRoleCapability(uint8,address,bytes4,bool)": {[]any{n(1), a1, selector, true}, at(effect.RoleWidened, a1)},
		"setPublicCapability(address,bytes4,bool)":     {[]any{a1, selector, true}, changed},
		"commit_transfer_ownership(address)":           {[]any{a1}, at(effect.OwnershipOffered, a1)},
		"apply_transfer_ownership()":                   {nil, changed},
		"allow(address,bool)":                          {[]any{a1, true}, at(effect.ApproveAll, a1)},
		"transferGovernor(address)":                    {[]any{a1}, owner},
		"setOperator(address,bool)":                    {[]any{a1, true}, at(effect.ApproveAll, a1)},
		"setRelayerApproval(address,address,bool)":     {[]any{a2, a1, true}, want{effect.ApproveAll, a2, a1, target}},
		"setACLAdmin(address)":                         {[]any{a1}, owner},
		"setPoolAdmin(address)":                        {[]any{a1}, owner},
		"setEmergencyAdmin(address)":                   {[]any{a1}, owner},
		"setAddress(bytes32,address)":                  {[]any{make([]byte, 32), a1}, changed},
		"setLendingPoolImpl(address)":                  {[]any{a1}, code},
		"setPoolConfiguratorImpl(address)":             {[]any{a1}, code},
		"setDelegate(address)":                         {[]any{a1}, at(effect.RoleGranted, a1)},
		"setPeer(uint32,bytes32)":                      {[]any{n(1), make([]byte, 32)}, changed},
		"addOwner(address)":                            {[]any{a1}, owner},
		"changeOwner(address)":                         {[]any{a1}, owner},
		"setMinter(address)":                           {[]any{a1}, at(effect.RoleGranted, a1)},
		"transferAdmin(address)":                       {[]any{a1}, owner},
		"transferGovernance(address)":                  {[]any{a1}, owner},
		"updateAdmin(address)":                         {[]any{a1}, owner},
	}
}()

// TestAdminTakenAway: the same functions with false take rights away.
func TestAdminTakenAway(t *testing.T) {
	selector := []byte{1, 2, 3, 4}
	for signature, x := range map[string]struct {
		args []any
		want effect.Kind
	}{
		"setUserRole(address,uint8,bool)":              {[]any{a1, n(1), false}, effect.RoleRevoked},
		"setRoleCapability(uint8,address,bytes4,bool)": {[]any{n(1), a1, selector, false}, effect.Call},
		"setPublicCapability(address,bytes4,bool)":     {[]any{a1, selector, false}, effect.Call},
		"allow(address,bool)":                          {[]any{a1, false}, effect.Call},
		"setOperator(address,bool)":                    {[]any{a1, false}, effect.Call},
		"setRelayerApproval(address,address,bool)":     {[]any{a2, a1, false}, effect.Call},
	} {
		es := derive(t, abi.Root{To: target, Data: data(t, signature, x.args...)}, 1)
		if len(es) != 1 || es[0].Kind != x.want {
			t.Errorf("%s: got %v, want one %s", signature, es, x.want)
		}
	}
}
