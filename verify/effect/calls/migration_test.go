package calls

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

var (
	migration141 = common.HexToAddress("0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6")
	migration150 = common.HexToAddress("0x6439e7ABD8Bb915A5263094784C5CF561c4172AC")
	safe141      = common.HexToAddress("0x41675C099F32341bf84BFc5382aF534df5C7461a")
	safeL2141    = common.HexToAddress("0x29fcB43b46531BcA003ddC8FCB67FFE91900C762")
	handler141   = common.HexToAddress("0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99")
	safe150      = common.HexToAddress("0xFf51A5898e281Db6DfC7855790607438dF2ca44b")
	l2Migration  = common.HexToAddress("0xfF83F6335d8930cBad1c0D439A841f01888D9f69")
)

// TestMigrations: what a migration library does stands in its code, and is said
// all the same.
func TestMigrations(t *testing.T) {
	type got struct {
		kind effect.Kind
		to   common.Address
	}
	for _, tt := range []struct {
		name string
		root abi.Root
		want []got
	}{
		{"singleton", abi.Root{Operation: 1, To: migration141, Data: data(t, "migrateSingleton()")}, []got{{effect.ImplementationChanged, safe141}}},
		{"singleton and handler", abi.Root{Operation: 1, To: migration141, Data: data(t, "migrateL2WithFallbackHandler()")}, []got{{effect.ImplementationChanged, safeL2141}, {effect.FallbackHandlerChanged, handler141}}},
		{"the next release", abi.Root{Operation: 1, To: migration150, Data: data(t, "migrateSingleton()")}, []got{{effect.ImplementationChanged, safe150}}},
		{"to what the call says", abi.Root{Operation: 1, To: l2Migration, Data: data(t, "migrateToL2(address)", a1)}, []got{{effect.ImplementationChanged, a1}}},
		{"from 1.1.1", abi.Root{Operation: 1, To: l2Migration, Data: data(t, "migrateFromV111(address,address)", a1, a2)}, []got{{effect.ImplementationChanged, a1}, {effect.FallbackHandlerChanged, a2}}},
		{"another function", abi.Root{Operation: 1, To: migration141, Data: data(t, "transfer(address,uint256)", a1, n(1))}, []got{{effect.DelegateCalled, nobody}}},
		{"another address", abi.Root{Operation: 1, To: target, Data: data(t, "migrateSingleton()")}, []got{{effect.DelegateCalled, nobody}}},
		{"a call", abi.Root{To: migration141, Data: data(t, "migrateSingleton()")}, []got{{effect.Call, nobody}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			es := derive(t, tt.root, 1)
			if len(es) != len(tt.want) {
				t.Fatalf("%d effects, want %d", len(es), len(tt.want))
			}
			for i, w := range tt.want {
				if es[i].Kind != w.kind || es[i].To != w.to {
					t.Errorf("effect %d: %s to %s, want %s to %s", i, es[i].Kind, es[i].To, w.kind, w.to)
				}
			}
		})
	}
}

// TestMigrationConstructor proves from the published artifact that the library's
// init code, and so its address, binds the singletons and the handler that
// Companion names: SafeMigration(safe, safeL2, fallbackHandler).
func TestMigrationConstructor(t *testing.T) {
	dir := os.Getenv("COLDSIGN_ARTIFACTS")
	if dir == "" {
		t.Skip("COLDSIGN_ARTIFACTS is not set: the migration library was NOT compared with its published bytecode")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "1.5.0", "SafeMigration.json"))
	if err != nil {
		t.Fatal(err)
	}
	var artifact struct{ Bytecode string }
	if err := json.Unmarshal(raw, &artifact); err != nil {
		t.Fatal(err)
	}
	lib, ok := catalogue.Published(1, migration150)
	if !ok {
		t.Fatal("the library is not published")
	}
	init := hexutil.MustDecode(artifact.Bytecode)
	for _, role := range []catalogue.Role{catalogue.RoleSingleton, catalogue.RoleSingletonL2, catalogue.RoleFallbackHandler} {
		a := companion(1, lib, role)
		init = append(init, common.LeftPadBytes(a[:], 32)...)
	}
	if got := crypto.Keccak256Hash(init); got != lib.InitCodeHash {
		t.Errorf("init code hash = %s, want %s: the library holds other contracts", got, lib.InitCodeHash)
	}
}
