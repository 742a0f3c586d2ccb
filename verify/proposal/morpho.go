package proposal

import "github.com/coldsign/coldsign/verify/proposal/strictjson"

// morpho is the flat record of morpho-org/safe-tx-hash (safe-tx.json): the ten
// fields with safe and chainId, all numbers as JSON integers, which its Python
// reader keeps exactly. Other hash scripts write the same record with numbers in
// strings and the Safe's version.
type morpho struct{}

var morphoKeys = keys("safe", "chainId", "to", "value", "data", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver", "nonce", "version", "safeVersion", "safeTxHash")

var morphoForm = txForm{
	value: asToken | asText, gas: asToken | asText, gasPrice: asToken | asText, nonce: asToken | asText,
	emptyData: true,
}

func (morpho) name() string { return "morpho" }

func (morpho) sniff(in *input) int {
	v := in.root
	if !looksLikeSafeTx(v) || !hasAll(v, "safe", "chainId") || count(v, "contractTransactionHash", "sender", "confirmations", "isExecuted", "submissionDate", "safeTxHash") > 0 {
		return noMatch
	}
	return exactMatch
}

func (morpho) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	morphoKeys.checkRoot(o)
	p := &Proposal{Tx: r.safeTx(plainFields(o), morphoForm)}
	o.field("safe").safe()
	o.field("chainId").chainID(asToken | asText)
	p.Version = o.version()
	o.claimHash(&p.Claims, "safeTxHash", HashSafeTx)
	return p, nil
}

// version reads the Safe's version under either name. Two that differ are a
// contradiction.
func (o object) version() string {
	a, b := o.field("version"), o.field("safeVersion")
	if a.text() != "" && b.text() != "" && a.text() != b.text() {
		o.r.refuse("SAFE_VERSION_MISMATCH", b.where(), b.at(), b.where()+" says "+quote(b.text())+", but "+a.where()+" says "+quote(a.text()), "the version decides the hash: find out which one the Safe has")
	}
	if a.val.Is(strictjson.String) && a.text() != "" {
		return a.text()
	}
	return b.text()
}
