package proposal

import (
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/safe"
)

// A setting is one function by which a Safe changes itself, as the gateway names
// it in settingsInfo.
type setting struct {
	kind      string // settingsInfo.type
	signature string
	args      []settingArg
}

// settingArg is one argument that settingsInfo repeats.
type settingArg struct {
	key    string
	index  int
	number bool // a number, else an address under {value, name}
}

// settings are the functions of the Safe contracts (OwnerManager, ModuleManager,
// GuardManager, FallbackManager; changeMasterCopy up to 1.1.1). All arguments
// are static words.
var settings = []setting{
	{"ADD_OWNER", "addOwnerWithThreshold(address,uint256)", []settingArg{{"owner", 0, false}, {"threshold", 1, true}}},
	{"REMOVE_OWNER", "removeOwner(address,address,uint256)", []settingArg{{"owner", 1, false}, {"threshold", 2, true}}},
	{"SWAP_OWNER", "swapOwner(address,address,address)", []settingArg{{"oldOwner", 1, false}, {"newOwner", 2, false}}},
	{"CHANGE_THRESHOLD", "changeThreshold(uint256)", []settingArg{{"threshold", 0, true}}},
	{"ENABLE_MODULE", "enableModule(address)", []settingArg{{"module", 0, false}}},
	{"DISABLE_MODULE", "disableModule(address,address)", []settingArg{{"module", 1, false}}},
	{"SET_FALLBACK_HANDLER", "setFallbackHandler(address)", []settingArg{{"handler", 0, false}}},
	{"SET_GUARD", "setGuard(address)", []settingArg{{"guard", 0, false}}},
	{"DELETE_GUARD", "setGuard(address)", nil},
	{"CHANGE_MASTER_COPY", "changeMasterCopy(address)", []settingArg{{"implementation", 0, false}}},
}

// settingsChange compares the description of a change of the Safe's settings,
// which is a call of the Safe to itself.
func (d described) settingsChange(c *Claims) {
	if d.tx.Operation != safe.Call || d.info.r.safe != nil && *d.info.r.safe != d.tx.To {
		d.lie(d.info.field("type"), "describes a change of the Safe's settings, but the transaction is no call of the Safe to itself")
	}
	d.settingsDecode(c)
	what := d.info.child("settingsInfo")
	kind := what.field("type")
	if !kind.val.Given() {
		return
	}
	i := slices.IndexFunc(settings, func(s setting) bool { return s.kind == kind.text() })
	if i < 0 {
		d.info.r.fact("the gateway describes a change of settings of the kind %s; such a description is not compared with the data", quote(kind.text()))
		return
	}
	d.settingArgs(what, &settings[i])
}

// settingsDecode compares the description's own decode with that of txData. If
// there is none beside it, it is the only claim about the data, and is compared
// with the data as such.
func (d described) settingsDecode(c *Claims) {
	f := d.info.field("dataDecoded")
	own := f.decoded()
	switch {
	case own == nil:
	case c.Decoded == nil:
		d.knownSetting(f, own.Method)
		c.Decoded = own
	case own.Method != c.Decoded.Method:
		d.lie(f, "names the method %s, but %s names %s", quote(own.Method), c.Decoded.Where, quote(c.Decoded.Method))
	case !slices.EqualFunc(own.Params, c.Decoded.Params, func(a, b ClaimedParam) bool { return a.Type == b.Type && a.Value == b.Value }):
		d.lie(f, "has other arguments than %s", c.Decoded.Where)
	}
}

// knownSetting compares the selector of a method of the Safe.
func (d described) knownSetting(f field, method string) {
	for i := range settings {
		if s := &settings[i]; s.method() == method && s.selector() != selector(d.tx.Data) {
			d.lie(f, "names the method %s (selector 0x%x), but the data begins with 0x%x", quote(method), s.selector(), head(d.tx.Data))
			return
		}
	}
}

func (d described) settingArgs(what object, s *setting) {
	words := (len(d.tx.Data) - 4) / 32
	if selector(d.tx.Data) != s.selector() || words < s.words() {
		d.lie(what.field("type"), "says %s, but the data, %d bytes beginning with 0x%x, is no call of %s", s.kind, len(d.tx.Data), head(d.tx.Data), s.signature)
		return
	}
	for _, a := range s.args {
		if a.number {
			d.number(what.field(a.key), wordNumber(d.tx.Data, a.index), "the data says")
			continue
		}
		d.address(what.addressInfo(a.key), wordAddress(d.tx.Data, a.index), "the data says")
	}
	if s.kind == "DELETE_GUARD" && !wordNumber(d.tx.Data, 0).IsZero() {
		d.lie(what.field("type"), "says that the guard is removed, but the data sets one")
	}
}

// method is the name without the types.
func (s *setting) method() string {
	name, _, _ := strings.Cut(s.signature, "(")
	return name
}

// words is the number of arguments.
func (s *setting) words() int { return strings.Count(s.signature, ",") + 1 }

func (s *setting) selector() [4]byte { return [4]byte(crypto.Keccak256([]byte(s.signature))[:4]) }
