package proposal

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// other is a form that is recognised so that a person is told what the file is,
// but that is no proposal, or none that is read yet.
type other struct {
	what  string
	match func(v *strictjson.Value) bool
}

func has(keys ...string) func(*strictjson.Value) bool {
	return func(v *strictjson.Value) bool { return hasAll(v, keys...) }
}

// firstOf applies a match to the first item of a page or list.
func firstOf(match func(*strictjson.Value) bool) func(*strictjson.Value) bool {
	return func(v *strictjson.Value) bool {
		items := listItems(v)
		return len(items) > 0 && match(&items[0])
	}
}

// anyOf applies a match to all items: the gateway puts headings between them.
func anyOf(match func(*strictjson.Value) bool) func(*strictjson.Value) bool {
	return func(v *strictjson.Value) bool {
		items := listItems(v)
		for i := range items {
			if match(&items[i]) {
				return true
			}
		}
		return false
	}
}

func isEmptyPage(v *strictjson.Value) bool {
	results := v.Get("results")
	return results.Is(strictjson.Array) && len(results.Items) == 0
}

func method(name string) func(*strictjson.Value) bool {
	return func(v *strictjson.Value) bool { return scalar(v.Get("method")) == name }
}

// others are tried in order; the first match names the file.
var others = []other{
	{"an OpenAPI description of a service", has("openapi")},
	{"an OpenAPI description of a service", has("swagger")},
	{"a Foundry broadcast, the transactions of a plain account: not supported yet", isBroadcast},
	{"a wallet_sendCalls request (EIP-5792): not supported yet", isSendCalls},
	{"a message of the Safe Apps SDK: not supported yet", isSafeApps},
	{"one frame of an animated QR code of op-txverify: not supported yet; scan all of them into one file", has("id", "part", "total", "data")},
	{"a module transaction, which needs no signatures of the owners", has("module", "moduleTransactionId")},
	{"a list of module transactions, which need no signatures of the owners", firstOf(has("module", "moduleTransactionId"))},
	{"a list of user operations of ERC-4337: give the file of one", firstOf(isUserOperation)},
	{"information about a Safe (its owners, threshold and nonce)", has("owners", "threshold", "nonce")},
	{"a list of messages of a Safe, not of transactions: give the file of one", firstOf(has("messageHash", "message"))},
	{"a list of messages of a Safe, not of transactions: give the file of one", anyOf(isGatewayMessage)},
	{"a list of the Client Gateway, which does not hold the data of its transactions: give the details of one", firstOf(isGatewayItem)},
	{"the decode of calldata without the transaction", has("method", "parameters")},
	{"a list of signatures without the transaction", firstOf(has("owner", "signature"))},
	{"one signature without the transaction", func(v *strictjson.Value) bool { return v.Has("signature") && len(v.Members) == 1 }},
	{"the creation of a Safe, which the owners do not sign", has("creator", "factoryAddress")},
	{"the description of a chain", has("chainName", "nativeCurrency")},
	{"an export of Safe{Wallet}'s settings and address book", func(v *strictjson.Value) bool { return hasAll(v.Get("data"), "addressBook") }},
	{"a transfer that has happened", has("transferId")},
	{"a list of transfers that have happened", firstOf(has("transferId"))},
	{"a list of Safes", has("safes")},
	{"a list of token balances", firstOf(has("balance", "token"))},
	{"a delegate of the service", has("delegate", "delegator")},
	{"a list of delegates of the service", firstOf(has("delegate", "delegator"))},
	{"a gas estimate", func(v *strictjson.Value) bool { return v.Has("safeTxGas") && len(v.Members) == 1 }},
	{"a request for a plain Ethereum transaction of one account: not supported", isEthTransaction},
	{"a contract's ABI", firstOf(has("type", "inputs"))},
	{"an empty page of a list", isEmptyPage},
}

func isBroadcast(v *strictjson.Value) bool {
	list := v.Get("transactions")
	if !list.Is(strictjson.Array) || len(list.Items) == 0 {
		return false
	}
	return list.Items[0].Has("transactionType") || list.Items[0].Has("transaction")
}

func isSendCalls(v *strictjson.Value) bool {
	return method("wallet_sendCalls")(v) || hasAll(v, "calls", "chainId")
}

func isSafeApps(v *strictjson.Value) bool {
	return method("sendTransactions")(v) || hasAll(v, "txs")
}

func isGatewayItem(v *strictjson.Value) bool {
	switch scalar(v.Get("type")) {
	case "TRANSACTION", "DATE_LABEL", "LABEL", "CONFLICT_HEADER":
		return true
	}
	return false
}

func isGatewayMessage(v *strictjson.Value) bool {
	return scalar(v.Get("type")) == "MESSAGE"
}

func isEthTransaction(v *strictjson.Value) bool {
	return method("eth_sendTransaction")(v) || hasAll(v, "from", "to", "data")
}

// unrecognised says what an input is that no dialect takes.
func unrecognised(in *input) error {
	if in.root == nil {
		return notProposal("%s", nameText(in.text))
	}
	v := in.root
	for _, o := range others {
		if o.match(v) {
			return notProposal("the file is %s", o.what)
		}
	}
	return notProposal("%s", nameJSON(v))
}

func nameJSON(v *strictjson.Value) string {
	if v.Kind != strictjson.Object {
		return fmt.Sprintf("the file is JSON that holds %s, in no form of a proposal that is known", v.Kind)
	}
	var names []string
	for i := range v.Members[:min(len(v.Members), 6)] {
		names = append(names, quote(clip(v.Members[i].Key, 32)))
	}
	if len(names) == 0 {
		return "the file is an empty JSON object"
	}
	return fmt.Sprintf("the file is a JSON object in no form of a proposal that is known; it holds the keys %s", strings.Join(names, ", "))
}

// nameText names text that is no JSON.
func nameText(s string) string {
	low := strings.ToLower(clip(s, 200))
	line, _, _ := strings.Cut(low, "\n")
	switch {
	case strings.HasPrefix(low, "ur:"):
		return "the file is a QR code of the UR kind (ERC-4527): not supported yet"
	case strings.HasPrefix(low, "part:"):
		return "the file is one frame of an animated QR code of op-txverify: not supported yet; scan all of them into one file"
	case strings.HasPrefix(line, "token_type,token_address") || strings.HasPrefix(line, "token_address,receiver"):
		return "the file is a CSV airdrop: not supported yet, and its amounts need the tokens' decimals"
	case strings.HasPrefix(low, "import ") || strings.HasPrefix(low, "const "):
		return "the file is the source of a program, not data"
	case strings.HasPrefix(low, "eyj") && strings.Count(s, ".") == 4:
		return "the file is encrypted (JWE, as Safe TXE uses): not supported"
	case strings.HasPrefix(s, "0x"):
		if b, p := parseHex(s); p == nil {
			return fmt.Sprintf("the file holds %d bytes of hex that are neither execTransaction nor a raw transaction nor an EIP-712 pre-image", len(b))
		}
		return "the file begins with 0x but is no hex"
	}
	return "the file is plain text beginning with " + quote(clip(s, 40))
}
