package proposal

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// typedData is the EIP-712 JSON that wallets sign (eth_signTypedData_v4). The
// order of the fields in types decides the type hash and signers ignore what the
// types do not name, so only the exact lists of the Safe contracts are read.
type typedData struct{}

var (
	typedKeys        = keys("types", "domain", "primaryType", "message")
	typedMessageKeys = keys("to", "value", "data", "operation", "safeTxGas", "baseGas", "dataGas", "gasPrice", "gasToken", "refundReceiver", "nonce")
)

// Wallets round number tokens; ethers writes every integer as a string.
var typedForm = txForm{
	value: asToken | asText | asHex | script, gas: asToken | asText | asHex | script,
	gasPrice: asToken | asText | asHex | script, nonce: asToken | asText | asHex | script,
	operationText: true,
}

// typeField is one entry of a type list.
type typeField struct{ typ, name string }

var (
	domainType      = []typeField{{"address", "verifyingContract"}}
	domainTypeChain = []typeField{{"uint256", "chainId"}, {"address", "verifyingContract"}}
	safeTxType      = safeTxTypeWith("baseGas")
	safeTxTypeOld   = safeTxTypeWith("dataGas") // before 1.0.0
)

func safeTxTypeWith(gas string) []typeField {
	return []typeField{{"address", "to"}, {"uint256", "value"}, {"bytes", "data"}, {"uint8", "operation"}, {"uint256", "safeTxGas"},
		{"uint256", gas}, {"uint256", "gasPrice"}, {"address", "gasToken"}, {"address", "refundReceiver"}, {"uint256", "nonce"}}
}

func (typedData) name() string { return "typed-data" }

// sniff takes every typed data that is, or pretends to be, a SafeTx. Other typed
// data is a message and no proposal.
func (typedData) sniff(in *input) int {
	v := in.root
	if !hasAll(v, "types", "message") && !hasAll(v, "types", "primaryType") {
		return noMatch
	}
	if resemblesSafeTx(v) {
		return exactMatch
	}
	return noMatch
}

// resemblesSafeTx is generous: a decoy with a misspelt type must be refused as a
// SafeTx, not waved through as some message.
func resemblesSafeTx(v *strictjson.Value) bool {
	if p := v.Get("primaryType"); p.Is(strictjson.String) && foldKey(p.Text) == "safetx" {
		return true
	}
	if types := v.Get("types"); types.Is(strictjson.Object) {
		for i := range types.Members {
			if foldKey(types.Members[i].Key) == "safetx" {
				return true
			}
		}
	}
	return count(v.Get("message"), "to", "value", "data", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce") >= 5
}

func (typedData) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	typedKeys.checkRoot(o)
	domain, message := o.child("domain"), o.child("message")
	if p := o.field("primaryType"); p.text() != "SafeTx" {
		p.notCanonical("the primary type is %s, expected \"SafeTx\"", quote(p.text()))
	}
	era := o.child("types").eraOfTypes()
	gasKey := "baseGas"
	if era == safe.EraDataGas {
		gasKey = "dataGas"
	}
	domain.exactKeys(domainKeys(era))
	message.exactKeys(messageKeys(gasKey))
	if r.broken {
		return nil, nil
	}
	f := plainFields(message)
	f.baseGas = message.field(gasKey)
	p := &Proposal{Era: era, Tx: r.safeTx(f, typedForm)}
	contract := domain.field("verifyingContract")
	a := contract.address()
	r.must(a)
	r.saySafe(contract.where(), contract.at(), a)
	if era.ChainBound() {
		c := domain.field("chainId")
		r.broken = c.absent() || r.broken
		c.chainID(asToken | asText | asHex | script)
	}
	return p, nil
}

func (f field) notCanonical(format string, args ...any) {
	f.bad(&problem{"TYPED_DATA_NOT_CANONICAL", fmt.Sprintf(format, args...), "only the exact types and domain of the Safe contracts give the hash that a device shows"})
	f.r.broken = true
}

// eraOfTypes matches the two type lists, which decide the hash rule.
func (o object) eraOfTypes() safe.Era {
	types, domain, tx := o.v, o.field("EIP712Domain"), o.field("SafeTx")
	if types == nil {
		o.field("SafeTx").notCanonical("there are no types")
		return safe.EraUnknown
	}
	for i := range types.Members {
		if m := &types.Members[i]; m.Key != "EIP712Domain" && m.Key != "SafeTx" {
			o.field(m.Key).notCanonical("the types hold another type, which signers use only if something refers to it")
		}
	}
	switch {
	case domain.isType(domainTypeChain) && tx.isType(safeTxType):
		return safe.EraChainID
	case domain.isType(domainType) && tx.isType(safeTxType):
		return safe.EraBaseGas
	case domain.isType(domainType) && tx.isType(safeTxTypeOld):
		return safe.EraDataGas
	case !domain.isType(domainType) && !domain.isType(domainTypeChain):
		domain.notCanonical("the domain's type is neither (address verifyingContract) nor (uint256 chainId, address verifyingContract)")
	default:
		tx.notCanonical("the type is not the SafeTx of a Safe contract with this domain: a field is missing, added, renamed, of another type or in another place")
	}
	return safe.EraUnknown
}

// isType reports whether the field holds exactly this type list.
func (f field) isType(want []typeField) bool {
	if !f.val.Is(strictjson.Array) || len(f.val.Items) != len(want) {
		return false
	}
	for i, w := range want {
		v := &f.val.Items[i]
		name, typ := v.Get("name"), v.Get("type")
		if len(v.Members) != 2 || !name.Is(strictjson.String) || !typ.Is(strictjson.String) || name.Text != w.name || typ.Text != w.typ {
			return false
		}
	}
	return true
}

func domainKeys(e safe.Era) []string {
	if e.ChainBound() {
		return []string{"chainId", "verifyingContract"}
	}
	return []string{"verifyingContract"}
}

func messageKeys(gas string) []string {
	list := safeTxTypeWith(gas)
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.name
	}
	return names
}

// exactKeys refuses every other key: signers that build the type from the keys
// would hash it, the others would not.
func (o object) exactKeys(want []string) {
	if o.v == nil {
		field{object: object{o.r, nil, ""}, key: o.path}.notCanonical("there is no such object")
		return
	}
	allowed := keys(want...)
	for i := range o.v.Members {
		if k := o.v.Members[i].Key; !allowed.exact[k] {
			o.field(k).notCanonical("the key is not part of it; signers ignore it or hash it")
		}
	}
}
