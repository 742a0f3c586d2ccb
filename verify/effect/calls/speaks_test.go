package calls

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
)

// A function that is a name and no more is a change of control if the name says so and it
// takes an address; a number alone gives nobody anything.
func TestNamesThatSpeakOfControl(t *testing.T) {
	for declaration, want := range map[string]effect.Kind{
		"setAuthorizer(address newAuthorizer)":                                             effect.ControlChanged,
		"grantRoles(bytes32[] roles,address account)":                                      effect.ControlChanged,
		"grantPermissions(bytes32[] actionIds,address account,address[] where)":            effect.ControlChanged,
		"setAppointee(address account,address appointee,address target,bytes4 selector)":   effect.ControlChanged,
		"setImplementation(uint32 gameType,address impl)":                                  effect.ControlChanged,
		"set_gauge_manager(address manager)":                                               effect.ControlChanged,
		"_setPauseGuardian(address newPauseGuardian)":                                      effect.ControlChanged,
		"updateAllowedForwardedExternalCalls(bytes4 selector,address target,bool allowed)": effect.ControlChanged,
		"setOperatorFeeScalars(uint32 operatorFeeScalar,uint64 operatorFeeConstant)":       effect.Call,
		"removeMarket(address market)":                                                     effect.Call,
		"depositBribe(bytes32 a,address token,uint256 c,uint256 d,uint256 e)":              effect.Call,
		"ownerMint(address to)":                                                            effect.Call,
	} {
		d, err := encode.ParseDeclaration(declaration)
		if err != nil {
			t.Fatal(err)
		}
		args := make([]any, len(d.Inputs))
		for i, p := range d.Inputs {
			args[i] = zeroOf(p.Type)
		}
		raw, err := encode.Call(d, args)
		if err != nil {
			t.Fatalf("%s: %v", declaration, err)
		}
		tree, err := abi.Decode(abi.Root{To: target, Data: raw}, func(common.Address, [4]byte) []string { return []string{declaration} })
		if err != nil {
			t.Fatal(err)
		}
		if got := Derive(tree, Context{Chain: 1}); len(got) != 1 || got[0].Kind != want {
			t.Errorf("%s: got %v, want %v", declaration, got, want)
		}
	}
}
