package proposal

// propose is the body that clients post to the Transaction Service
// (POST /safes/{safe}/multisig-transactions/). Its hash key is
// contractTransactionHash. The Safe stands in the URL, and in newer bodies under
// safe.
type propose struct{}

var proposeKeys = keys("safe", "to", "value", "data", "operation", "nonce", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver",
	"contractTransactionHash", "sender", "signature", "origin", "chainId")

var proposeForm = txForm{
	value: asText | amount | script, gas: asToken | asText | script, gasPrice: asToken | asText | script, nonce: asToken | asText | script,
	emptyData: true, nullAddress: true,
}

func (propose) name() string { return "propose" }

func (propose) sniff(in *input) int {
	if looksLikeSafeTx(in.root) && in.root.Has("contractTransactionHash") {
		return exactMatch
	}
	return noMatch
}

func (propose) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	proposeKeys.checkRoot(o)
	p := &Proposal{Tx: r.safeTx(plainFields(o), proposeForm)}
	o.field("safe").safe()
	o.field("chainId").chainID(asToken | asText)
	o.claimHash(&p.Claims, "contractTransactionHash", HashSafeTx)
	o.claimSender(&p.Claims)
	return p, nil
}

// claimSender reads the one signature of a proposal that is about to be posted.
func (o object) claimSender(c *Claims) {
	o.claimOne(c, "sender", "signature")
}

// claimOne reads one signature beside the one who gives it and proposes.
func (o object) claimOne(c *Claims, sender, signature string) {
	one := o.field(signature).signed(o.field(sender), "")
	c.Proposer = one.Owner
	if one.Signature != nil {
		c.Confirmations = append(c.Confirmations, one)
	}
}

// gatewayPropose is the body that Safe{Wallet} posts to the Client Gateway
// (POST /v1/chains/{chain}/transactions/{safe}/propose): all numbers but the
// operation are strings.
type gatewayPropose struct{}

var gatewayProposeKeys = keys("to", "value", "data", "nonce", "operation", "safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver",
	"safeTxHash", "sender", "signature", "origin")

var gatewayProposeForm = txForm{
	value: asText | amount | script, gas: asToken | asText | script, gasPrice: asText | amount | script, nonce: asToken | asText | script,
	emptyData: true, nullAddress: true,
}

func (gatewayPropose) name() string { return "gateway-propose" }

func (gatewayPropose) sniff(in *input) int {
	if looksLikeSafeTx(in.root) && hasAll(in.root, "safeTxHash", "sender") {
		return exactMatch
	}
	return noMatch
}

func (gatewayPropose) read(r *reader, in *input) (*Proposal, error) {
	o := object{r, in.root, ""}
	gatewayProposeKeys.checkRoot(o)
	p := &Proposal{Tx: r.safeTx(plainFields(o), gatewayProposeForm)}
	o.claimHash(&p.Claims, "safeTxHash", HashSafeTx)
	o.claimSender(&p.Claims)
	return p, nil
}
