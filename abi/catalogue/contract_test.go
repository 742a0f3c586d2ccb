package catalogue

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

func TestReleases(t *testing.T) {
	if len(releases) != 73 {
		t.Fatalf("got %d rows, want 73", len(releases))
	}
	for _, r := range releases {
		t.Run(r.name+" "+r.version+" "+r.variant, func(t *testing.T) {
			all, ok := PublishedAnywhere(common.HexToAddress(r.address))
			if !ok || len(all) != 1 {
				t.Fatalf("got %d contracts at %s, want 1", len(all), r.address)
			}
			c := all[0]
			if c.Name != r.name || c.Version != r.version || c.Variant != r.variant || c.Address.Hex() != r.address {
				t.Errorf("got %s %s %s at %s", c.Name, c.Version, c.Variant, c.Address)
			}
			if got := c.CodeHash.Hex()[:10]; got != r.code {
				t.Errorf("code hash: got %s, want %s", got, r.code)
			}
			if c.Role == RoleUnknown || c.Source == "" {
				t.Errorf("role %v, source %q", c.Role, c.Source)
			}
		})
	}
}

func TestModules(t *testing.T) {
	for _, m := range modules {
		all, _ := PublishedAnywhere(common.HexToAddress(m.address))
		i := slices.IndexFunc(all, func(c Contract) bool { return c.Version == m.version })
		if i < 0 || all[i].Address.Hex() != m.address || all[i].Role == RoleUnknown || all[i].CodeHash != (common.Hash{}) {
			t.Errorf("module %s at %s: got %v", m.version, m.address, all)
			continue
		}
		if got := len(all[i].Chains()); got != m.chains {
			t.Errorf("module %s at %s: got %d chains, want %d", m.version, m.address, got, m.chains)
		}
	}
}

func TestContractTable(t *testing.T) {
	counts := map[string]int{}
	last := ""
	for _, r := range records(t, "contracts", contractTable, 10) {
		if common.HexToAddress(r[0]).Hex() != r[0] {
			t.Errorf("%s is not in EIP-55", r[0])
		}
		if key := strings.ToLower(r[0]); key < last {
			t.Errorf("%s stands after %s", r[0], last)
		} else {
			last = key
		}
		if parseRole(r[3]) == RoleUnknown || contractSource(r[6]) == "" {
			t.Errorf("%s: role %q, source %q", r[0], r[3], r[6])
		}
		if c := parseContract(strings.Join(r, "\t")); len(c.Chains()) == 0 || c.Address.Hex() != r[0] {
			t.Errorf("%s is published on no chain or read as %s", r[0], c.Address)
		}
		counts[r[6]]++
	}
	if counts["safe-deployments"] != 73 || counts["safe-modules"] != 13 {
		t.Errorf("got %v, want 73 deployments and 13 modules", counts)
	}
}

// The table proves itself where init code is published: the address is the
// CREATE2 address with salt 0 (EIP-1014).
func TestCreate2(t *testing.T) {
	n := 0
	for record, rest := contractTable.next(); record != ""; record, rest = rest.next() {
		c := parseContract(record)
		if c.Deployer == (common.Address{}) && c.InitCodeHash == (common.Hash{}) {
			continue
		}
		n++
		if got := crypto.CreateAddress2(c.Deployer, [32]byte{}, c.InitCodeHash[:]); got != c.Address {
			t.Errorf("%s %s: CREATE2 gives %s, the table says %s", c.Name, c.Version, got, c.Address)
		}
	}
	if n != 41 {
		t.Errorf("recomputed %d addresses, want 41", n)
	}
}

func TestPublished(t *testing.T) {
	for _, c := range []struct {
		name    string
		chain   uint64
		address string
		want    string // name and version, "" for not published
	}{
		{"1.0.0 singleton on mainnet", 1, "0xb6029EA3B2c51D09a50B53CA8012FeEB05bDa35A", "GnosisSafe 1.0.0"},
		{"1.0.0 singleton where only 1.1.1 is", 246, "0xb6029EA3B2c51D09a50B53CA8012FeEB05bDa35A", ""},
		{"1.1.1 singleton there", 246, "0x34CfAC646f301356fAa8B21e94227e3583Fe3F5F", "GnosisSafe 1.1.1"},
		{"1.1.1 singleton on Optimism", 10, "0x34CfAC646f301356fAa8B21e94227e3583Fe3F5F", ""},
		{"call-only 1.3.0 canonical on mainnet", 1, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", "MultiSendCallOnly 1.3.0"},
		{"call-only 1.3.0 eip155 on mainnet", 1, "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B", "MultiSendCallOnly 1.3.0"},
		{"eip155 on a chain that has canonical only", 3, "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B", ""},
		{"canonical on a chain that has eip155 only", 16, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ""},
		{"zksync variant on zkSync", 324, "0xf220D3b4DFb23C4ade8C88E526C1353AbAcbC38F", "MultiSendCallOnly 1.3.0"},
		{"zksync variant on mainnet", 1, "0xf220D3b4DFb23C4ade8C88E526C1353AbAcbC38F", ""},
		{"last digit off by one", 1, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130E", ""},
		{"first digit off by one", 1, "0x50A2aCCbd92BCA938b02010E17A5b8929b49130D", ""},
		{"unknown chain", 0, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ""},
		{"chain without Safe", 987654321987, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ""},
		{"largest chain id", 1<<64 - 1, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ""},
		{"zero address", 1, "0x0000000000000000000000000000000000000000", ""},
		{"last address", 1, "0xffffffffffffffffffffffffffffffffffffffff", ""},
		{"module", 1, "0xCFbFaC74C26F8647cBDb8c5caf80BB5b32E43134", "AllowanceModule 0.1.0"},
		{"module on a chain with its other address", 137, "0xCFbFaC74C26F8647cBDb8c5caf80BB5b32E43134", ""},
		{"module at that address", 137, "0x1Fb403834C911eB98d56E74F5182b0d64C3b3b4D", "AllowanceModule 0.1.0"},
		{"two versions at one address: the newest", 1, "0xc2b78104907F722DABAc4C69f826a522B2754De4", "DaimoP256Verifier 0.2.1"},
		{"migration came to fewer chains", 5, "0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6", ""},
		{"than the rest of 1.4.1", 5, "0x41675C099F32341bf84BFc5382aF534df5C7461a", "Safe 1.4.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := common.HexToAddress(c.address)
			got, ok := Published(c.chain, a)
			name := got.Name + " " + got.Version
			if !ok {
				name = ""
			}
			if name != c.want {
				t.Errorf("got %q, want %q", name, c.want)
			}
			if ok && got.Address != a {
				t.Errorf("got the contract of %s", got.Address)
			}
		})
	}
}

func TestPublishedAnywhere(t *testing.T) {
	all, ok := PublishedAnywhere(common.HexToAddress("0xc2b78104907F722DABAc4C69f826a522B2754De4"))
	if !ok || len(all) != 2 || all[0].Version != "0.2.1" || all[1].Version != "0.2.0" {
		t.Errorf("two versions at one address: got %v", all)
	}
	if all, ok := PublishedAnywhere(common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130E")); ok || all != nil {
		t.Errorf("one digit off: got %v", all)
	}
}

// The sizes of the chain sets of safe-deployments 1.37.63.
func TestChains(t *testing.T) {
	for address, want := range map[string]int{
		"0xb6029EA3B2c51D09a50B53CA8012FeEB05bDa35A": 6,
		"0x34CfAC646f301356fAa8B21e94227e3583Fe3F5F": 9,
		"0x40A2aCCbd92BCA938b02010E17A5b8929b49130D": 337,
		"0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B": 273,
		"0xf220D3b4DFb23C4ade8C88E526C1353AbAcbC38F": 16,
		"0x9641d764fc13c8B624c04430C7356C1C7C8102e2": 407,
		"0x0408EF011960d02349d50286D20531229BCef773": 7,
		"0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6": 341,
		"0xA83c336B20401Af773B6219BA5027174338D1836": 125,
	} {
		all, _ := PublishedAnywhere(common.HexToAddress(address))
		if len(all) != 1 || len(all[0].Chains()) != want || !slices.IsSorted(all[0].Chains()) {
			t.Errorf("%s: got %v, want %d chains in order", address, all, want)
		}
	}
}

func TestRoleNames(t *testing.T) {
	for r := RoleUnknown; r <= RoleSignatureVerifier; r++ {
		if parseRole(r.String()) != r {
			t.Errorf("role %d is written %q and read %v", r, r, parseRole(r.String()))
		}
	}
	if Role(200).String() != "unknown" || Grade(200).String() != "unknown" {
		t.Error("a value out of range must read unknown")
	}
}
