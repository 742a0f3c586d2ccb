package verify

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// bind settles which Safe and which fields are meant: what the signer gives goes
// before what the file says, and a difference between the two is a finding.
func (r *run) bind() {
	r.from = map[string]report.Provenance{}
	r.bindChain()
	r.bindSafe()
	r.fromPolicy()
	r.bindVersion()
	r.bindTx()
}

func (r *run) bindChain() {
	given, from := r.req.Given.Chain, report.Given
	if given == nil && r.intent != nil {
		given, from = r.intent.Chain, r.intentSays()
	}
	file := r.p.Chain
	switch {
	case given != nil && file != nil && !given.Eq(file):
		r.add("CHAIN_MISMATCH", "chain", fmt.Sprintf("the file is for chain %s, but chain %s was given", file.Dec(), given.Dec()), "check which chain is meant; a signature for the wrong one is lost or misused")
		fallthrough
	case given != nil:
		r.chain, r.from["chain"] = given, from
	case file != nil:
		r.chain, r.from["chain"] = file, report.Claimed
	}
}

func (r *run) bindSafe() {
	given, from := r.req.Given.Safe, report.Given
	if given == nil && r.intent != nil {
		given, from = &r.intent.Safe, r.intentSays()
	}
	file := r.p.Safe
	switch {
	case given != nil && file != nil && *given != *file:
		r.add("SAFE_ADDRESS_MISMATCH", "safe", fmt.Sprintf("the file is for the Safe %s, but %s was given", report.Group(*file), report.Group(*given)), "check which Safe is meant")
		fallthrough
	case given != nil:
		r.safe, r.from["address"] = *given, from
	case file != nil:
		r.safe, r.from["address"] = *file, report.Claimed
	}
}

// bindVersion takes the version from the signer. What the file says of it is
// compared, and used only where nothing is verified: check, decode and hash.
func (r *run) bindVersion() {
	given := r.req.Given.Version
	if r.p.Version != "" {
		claimed, err := safe.ParseVersion(r.p.Version)
		switch {
		case err != nil:
			r.add("UNSUPPORTED_SAFE_VERSION", "version", "the file names a version whose hash rule is not known: "+err.Error(), "ask the Safe for VERSION() and pass it with --safe-version")
		case given.IsZero():
			r.version, r.from["version"] = claimed, report.Claimed
		case claimed.Era() != given.Era():
			r.add("SAFE_VERSION_MISMATCH", "version", fmt.Sprintf("the file says version %s, but %s was given", claimed, given), "ask the Safe for VERSION()")
		}
	}
	if !given.IsZero() {
		r.version, r.from["version"] = given, report.Given
		if r.flags.Version.IsZero() {
			r.from["version"] = r.policySays()
		}
	}
	r.era = r.version.Era()
	if r.p.Era == safe.EraUnknown {
		return
	}
	if r.era == safe.EraUnknown {
		r.era, r.from["version"] = r.p.Era, report.Claimed
		return
	}
	if r.era != r.p.Era {
		r.add("SAFE_VERSION_MISMATCH", "domain", fmt.Sprintf("the typed data has the form of %s, but version %s was given", r.p.Era, r.version), "a device would sign the typed data as it stands; ask the Safe for VERSION()")
	}
}

// bindTx copies the fields and fills those that the file does not have from what
// the signer gives.
func (r *run) bindTx() {
	r.fields = map[string]report.Provenance{}
	switch {
	case r.p.Tx != nil:
		tx := *r.p.Tx
		r.tx = &tx
	case len(r.p.Batch) > 0:
		r.bindBatch()
	default:
		return
	}
	for _, name := range []string{"to", "value", "data", "operation"} {
		r.fields[name] = r.origin()
	}
	g := r.req.Given
	r.number("nonce", &r.tx.Nonce, g.Nonce, r.intentNumber(func() *uint256.Int { return r.intent.Nonce }))
	r.number("safeTxGas", &r.tx.SafeTxGas, g.SafeTxGas, r.intentNumber(func() *uint256.Int { return r.intent.SafeTxGas }))
	r.number("baseGas", &r.tx.BaseGas, g.BaseGas, r.intentNumber(func() *uint256.Int { return r.intent.BaseGas }))
	r.number("gasPrice", &r.tx.GasPrice, g.GasPrice, r.intentNumber(func() *uint256.Int { return r.intent.GasPrice }))
	r.account("gasToken", &r.tx.GasToken, g.GasToken, func() common.Address { return r.intent.GasToken })
	r.account("refundReceiver", &r.tx.RefundReceiver, g.RefundReceiver, func() common.Address { return r.intent.RefundReceiver })
}

func (r *run) intentNumber(get func() *uint256.Int) *uint256.Int {
	if r.intent == nil {
		return nil
	}
	return get()
}

// origin says who gives the fields: the signer by flags, or the file.
func (r *run) origin() report.Provenance {
	if r.req.Fields != nil {
		return report.Given
	}
	return report.Claimed
}

// intentSays is how far the intent's word goes: that of the sidecar is no better
// than the file's.
func (r *run) intentSays() report.Provenance {
	if r.req.IntentOrigin == "sidecar" {
		return report.Beside
	}
	return report.Given
}

// number settles one number: the file's, contradicted loudly by a flag, or one
// that was given. The intent's own comparison with the file's number is its match.
func (r *run) number(name string, field **uint256.Int, flag, intent *uint256.Int) {
	if *field != nil {
		r.fields[name] = r.origin()
		if flag != nil && !flag.Eq(*field) {
			r.contradiction(name, (*field).Dec(), flag.Dec())
		}
		return
	}
	from := report.Given
	if flag == nil {
		flag, from = intent, r.intentSays()
	}
	if flag != nil {
		*field, r.fields[name] = flag, from
	}
}

// account settles gasToken and refundReceiver. They are part of a file if its
// numbers are; else they are given, and zero if nobody says anything.
func (r *run) account(name string, field *common.Address, flag *common.Address, intent func() common.Address) {
	if r.fileHasGas() {
		r.fields[name] = r.origin()
		if flag != nil && *flag != *field {
			r.contradiction(name, report.Group(*field), report.Group(*flag))
		}
		return
	}
	switch {
	case flag != nil:
		*field, r.fields[name] = *flag, report.Given
	case r.intent != nil:
		*field, r.fields[name] = intent(), r.intentSays()
	}
}

// fileHasGas reports whether the dialect carries the gas fields at all.
func (r *run) fileHasGas() bool { return r.p.Tx != nil && r.p.Tx.GasPrice != nil }

func (r *run) contradiction(field, file, given string) {
	r.add("NONCE_CONFLICT", field, fmt.Sprintf("the file has %s %s, but %s was given", field, file, given), "check which transaction is meant")
}

// bindBatch turns a batch into the SafeTx that the wallet would propose: a
// delegatecall to the MultiSendCallOnly of the Safe's version on its chain,
// unless the intent names another library. Without version or chain the batch
// stays unbound and has no hash (decision 18).
func (r *run) bindBatch() {
	r.unbound = true
	body, err := safe.PackMultiSend(r.p.Batch)
	if err != nil {
		r.add("INVALID_OPERATION", "transactions", "the batch cannot be packed: "+err.Error(), "have the batch built again")
		body = nil
	}
	r.tx = &safe.Tx{Value: new(uint256.Int), Operation: safe.DelegateCall, Data: safe.MultiSendCalldata(body)}
	if r.intent != nil && r.intent.MultiSend != nil {
		r.bindLibrary(*r.intent.MultiSend)
		return
	}
	if lib := r.defaultLibrary(); lib != (common.Address{}) {
		r.bindLibrary(lib)
	}
}

// defaultLibrary is the library that a batch goes through unless the intent
// names another, or zero while version or chain are not known.
func (r *run) defaultLibrary() common.Address {
	if r.version.IsZero() || r.chainID() == 0 {
		return common.Address{}
	}
	if r.stated != nil && r.stated.MultiSend != nil {
		return *r.stated.MultiSend
	}
	lib, _ := catalogue.DefaultMultiSendCallOnly(r.chainID(), r.version.String())
	return lib
}

func (r *run) bindLibrary(lib common.Address) {
	r.library, r.tx.To, r.unbound = lib, lib, false
}
