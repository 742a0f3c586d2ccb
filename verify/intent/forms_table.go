package intent

import (
	"slices"
	"strconv"
)

// The addresses of the examples. Those of contracts that have to be the published
// ones say which they are.
const (
	exampleSomebody  = `"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"`
	exampleSomeone   = `"0x70997970C51812dc3A010C7d01b50e0d17dc79C8"`
	exampleContract  = `"0x90F79bf6EB2c4f870365E785982E1f101E93b906"`
	exampleToken     = `"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"`
	exampleNFT       = `"0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"`
	exampleItems     = `"0x495f947276749Ce646f68AC8c248420045cb7b5e"`
	exampleSafe      = `"0x849D52316331967b6fF1198e5E32A0eB168D039d"`
	exampleMultiSend = `"0x9641d764fc13c8B624c04430C7356C1C7C8102e2"` // MultiSendCallOnly 1.4.1
	exampleMulticall = `"0xcA11bde05977b3631167028862bE2a173976CA11"` // Multicall3
	exampleCreator   = `"0x9b35Af71d77eaf8d7e40252370304687390A1A52"` // CreateCall 1.4.1
	exampleDeployer  = `"0x4e59b44847b379578588920cA78FbF26c0B4956C"`
	exampleSignLib   = `"0xd53cd0aB83D845Ac265BE939c57F53AD838012c9"` // SignMessageLib 1.4.1
	exampleMigration = `"0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6"` // SafeMigration 1.4.1
	exampleSingleton = `"0x41675C099F32341bf84BFc5382aF534df5C7461a"` // Safe 1.4.1
	exampleSingleL2  = `"0x29fcB43b46531BcA003ddC8FCB67FFE91900C762"` // SafeL2 1.4.1
	exampleHandler   = `"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99"` // CompatibilityFallbackHandler 1.4.1
	exampleMaster    = `"0x6851D6fDFAfD08c0295C392436245E5bc78B0185"` // GnosisSafe 1.2.0
	exampleWord      = `"0x3131313131313131313131313131313131313131313131313131313131313131"`
	exampleCode      = `"0x600160005260206000f3"`
	exampleInside    = `{"coldsign": "intent/v1", "chain": 1, "safe": "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", "nonce": 4, ` +
		`"actions": [{"send": {"amount": "2 gwei", "to": "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"}}]}`
)

func key(name string, v ValueForm, asks, example string) FormKey {
	return FormKey{Name: name, Value: v, Asks: asks, Example: example}
}

func (k FormKey) optional() FormKey {
	k.Need = Optional
	return k
}

func (k FormKey) byPolicy() FormKey {
	k.Need = ByPolicy
	return k
}

// oneOf is a key with words; the first is the example.
func oneOf(name, asks string, words ...string) FormKey {
	return FormKey{Name: name, Value: FormWord, Asks: asks, Example: strconv.Quote(words[0]), Words: words}
}

func onlyWay(keys ...FormKey) []Way { return []Way{{Keys: keys}} }

func way(name, does string, keys ...FormKey) Way { return Way{name, does, keys} }

// Keys that several actions have.
var (
	keyToken     = key("token", FormToken, "the token's contract", exampleToken)
	keyNFT       = key("token", FormToken, "contract of the collection", exampleNFT)
	keyDecimals  = key("decimals", FormNumber, "decimals of the token, if the amount is in whole tokens without symbol", `6`).optional()
	keyAmount    = key("amount", FormTokenBounds, "amount in whole tokens, such as 1250.5, or base units, such as 1250500000 raw", `"1250.5"`)
	keyID        = key("id", FormNumber, "number of the token in its collection", `7`)
	keyTo        = key("to", FormAddress, "who gets them", exampleSomebody)
	keySpender   = key("spender", FormAddress, "who may spend", exampleContract)
	keyOperator  = key("operator", FormAddress, "who may move every token", exampleContract)
	keyFunction  = key("function", FormFunction, "name and types, such as setFee(uint256)", `"setFee(uint256)"`)
	keyArgs      = key("args", FormArguments, "one value for each type", `["30"]`).optional()
	keyThreshold = key("threshold", FormNumber, "how many owners must sign from then on", `2`)
	keyRole      = key("role", FormRole, "32 bytes in hex, or the constant's name, such as MINTER_ROLE", `"MINTER_ROLE"`)
	keySingleton = key("singleton", FormAddress, "the code that the Safe runs afterwards", exampleSingleton)
	keyVersion   = key("version", FormSafeVersion, "what the other Safe's VERSION() returns", `"1.3.0"`).byPolicy()
	keyIntent    = key("intent", FormIntent, "file with the intent of the other Safe", exampleInside)
	keyCode      = key("code", FormHex, "creation code with constructor arguments, 0x and hex digits", exampleCode)
	keyCodeFile  = key("code-file", FormFile, "file with the creation code, 0x and hex digits", `"creation.hex"`)
	keyMigrator  = key("library", FormAddress, "the migration library", exampleMigration)
)

// standard of a token; where it is absent and the policy knows none, it is ERC-20.
func standard(s string) FormKey {
	k := oneOf("standard", "standard of the token", s)
	if s == erc20 {
		return k.optional()
	}
	return k.byPolicy()
}

func previous(of, in string) FormKey {
	return key("previous", FormPrevious, "entry before the "+of+" in the order of "+in+", or the word first", `"first"`)
}

func setOrRemove(name, what string) FormKey {
	return key(name, FormAccountOrNone, "the new "+what+", or the word none to remove it", exampleContract)
}

// forms is the table of actions. Each kind that Parse knows has its line here; a
// test compares kinds and keys.
var forms = []Form{
	{"send", "pays in the chain's own currency", onlyWay(
		key("to", FormAddress, "who is paid", exampleSomebody),
		key("amount", FormNativeBounds, "amount with its unit, such as 1.5 ETH", `"1 gwei"`))},
	{"transfer", "moves tokens", []Way{
		way("erc20", "fungible tokens of the Safe", keyToken.byPolicy(), keyDecimals, keyAmount, keyTo, standard(erc20)),
		way("from", "fungible tokens of somebody who allowed it", keyToken.byPolicy(), keyDecimals,
			key("amount", FormTokenAmount, keyAmount.Asks, keyAmount.Example), key("from", FormAddress, "whose tokens they are", exampleSomeone), keyTo, standard(erc20)),
		way("erc721", "one token of a collection", keyNFT, keyID, key("from", FormAddress, "whose it is; the Safe's if left out", exampleSomeone).optional(), keyTo,
			oneOf("function", "safeTransferFrom or transferFrom; safeTransferFrom if left out", safeTransferFrom, transferFrom).optional(), standard(erc721)),
		way("erc1155", "several of one token of a collection", key("token", FormToken, keyNFT.Asks, exampleItems), keyID, key("amount", FormNumber, "how many", `3`),
			key("from", FormAddress, "whose they are; the Safe's if left out", exampleSomeone).optional(), keyTo, standard(erc1155)),
	}},
	{"call", "calls one function with all its arguments", onlyWay(
		key("to", FormAddress, "the contract that is called", exampleSomebody), keyFunction, keyArgs,
		key("value", FormNativeAmount, "what is sent along, with its unit; nothing if left out", `"2 gwei"`).optional(),
		key("suffix", FormHex, "bytes behind the arguments; none if left out", `"0xdeadbeef"`).optional())},
	{"reject", "only uses up the nonce; stands alone", onlyWay()},

	{"approve", "lets somebody spend tokens of the Safe", []Way{
		way("erc20", "up to an amount of fungible tokens", keyToken.byPolicy(), keyDecimals, keyAmount, keySpender, standard(erc20)),
		way("unlimited", "fungible tokens without limit", keyToken, oneOf("amount", "how much", unlimited), keySpender, standard(erc20)),
		way("erc721", "one token of a collection", keyNFT, keyID, key("spender", FormAddress, "who may move it", exampleSomebody), standard(erc721)),
	}},
	{"revoke", "withdraws the right to spend", []Way{
		way("spender", "of who may spend fungible tokens", keyToken, keySpender, standard(erc20)),
		way("erc721", "of everybody to one token of a collection", keyNFT, keyID, standard(erc721)),
		way("operator", "of who may move every token of a collection", keyNFT, keyOperator),
	}},
	{"approve-all", "lets somebody move every token of a collection", onlyWay(keyNFT, keyOperator)},

	{"add-owner", "adds an owner of the Safe", onlyWay(key("owner", FormAddress, "the new owner", exampleSomebody), keyThreshold)},
	{"remove-owner", "removes an owner of the Safe", onlyWay(key("owner", FormAddress, "the owner who goes", exampleSomebody), previous("owner", "getOwners()"), keyThreshold)},
	{"swap-owner", "replaces an owner of the Safe", onlyWay(key("old", FormAddress, "the owner who goes", exampleSomebody),
		key("new", FormAddress, "the owner who comes", exampleSomeone), previous("old one", "getOwners()"))},
	{"change-threshold", "changes how many owners must sign", onlyWay(keyThreshold)},
	{"enable-module", "lets a contract act for the Safe without signatures", onlyWay(key("module", FormAddress, "the module", exampleContract))},
	{"disable-module", "takes that right from a module", onlyWay(key("module", FormAddress, "the module that goes", exampleContract), previous("module", "getModulesPaginated()"))},
	{"set-guard", "sets or removes the guard of transactions", onlyWay(setOrRemove("guard", "guard"))},
	{"set-module-guard", "sets or removes the guard of modules (from 1.5.0 on)", onlyWay(setOrRemove("guard", "module guard"))},
	{"set-fallback-handler", "sets or removes the fallback handler", onlyWay(setOrRemove("handler", "fallback handler"))},
	{"migrate-safe", "replaces the Safe's own code", []Way{
		way("library", "by a migration library", key("singleton", FormAddress, keySingleton.Asks, exampleSingleL2), keyMigrator,
			oneOf("function", "function of the library: migrateL2Singleton, migrateSingleton or migrateToL2", "migrateL2Singleton", "migrateSingleton", "migrateToL2")),
		way("library-and-handler", "by a migration library, with the fallback handler", keySingleton, keyMigrator,
			oneOf("function", "function of the library: migrateWithFallbackHandler, migrateL2WithFallbackHandler or migrateFromV111", "migrateWithFallbackHandler", "migrateL2WithFallbackHandler", "migrateFromV111"),
			key("fallback-handler", FormAddress, "the fallback handler afterwards", exampleHandler)),
		way("old", "by changeMasterCopy, up to 1.2.0", key("singleton", FormAddress, keySingleton.Asks, exampleMaster)),
	}},

	{"upgrade", "replaces the code behind a proxy", onlyWay(
		key("proxy", FormAddress, "the proxy", exampleContract), key("implementation", FormAddress, "its new code", exampleSomeone),
		key("admin", FormAddress, "its admin contract, if that is called", exampleSomebody).optional(),
		key("call", FormInnerCall, "function that then runs, such as init(), or the word none for upgradeToAndCall with empty bytes", `{"function": "setFee(uint256)", "args": ["30"]}`).optional())},
	{"transfer-ownership", "hands a contract to another owner", onlyWay(
		key("of", FormAddress, "the contract", exampleContract), key("to", FormAddress, "the new owner", exampleSomebody))},
	{"grant-role", "gives somebody a role on a contract", onlyWay(key("on", FormAddress, "the contract", exampleContract), keyRole, key("account", FormAddress, "who gets the role", exampleSomebody))},
	{"revoke-role", "takes a role away", onlyWay(key("on", FormAddress, "the contract", exampleContract), keyRole, key("account", FormAddress, "who loses the role", exampleSomebody))},

	{"deploy", "creates a contract", slices.Concat(deployWays("", "code in hex", keyCode), deployWays("-file", "code in a file", keyCodeFile))},
	{"sign-message", "signs a message in the name of the Safe, for good", []Way{
		way("text", "a text that people read", keyMessageLibrary, key("text", FormText, "the text", `"hello"`)),
		way("bytes", "bytes as they stand", keyMessageLibrary, key("bytes", FormHex, "0x and hex digits", exampleWord)),
	}},
	{"delegatecall", "runs foreign code with all rights of the Safe; needs a policy that lists it", onlyWay(
		key("to", FormAddress, "the contract whose code runs", exampleContract), keyFunction, keyArgs, key("code-hash", FormBytes32, "keccak256 of its runtime code", exampleWord))},
	{"exec-nested", "makes another Safe execute its transaction", onlyWay(keyVersion, keyIntent,
		key("signatures", FormSignatures, "0x and hex digits, or the word own if this Safe is an owner there", `"own"`))},
	{"approve-hash", "approves a transaction of another Safe", []Way{
		way("intent", "by its intent", keyVersion, keyIntent),
		way("proposal", "by its proposal, which is judged by every rule", keyVersion,
			key("proposal", FormFile, "file with the proposal of the other Safe", `"proposal.json"`)),
	}},
}

var keyMessageLibrary = key("library", FormAccountOrNone, "Safe's SignMessageLib, or the word none for the Safe's own signMessage, up to 1.2.0", exampleSignLib)

// deployWays are the factories that a deploy goes through.
func deployWays(suffix, where string, code FormKey) []Way {
	creator := key("via", FormAddress, "Safe's CreateCall", exampleCreator)
	salt := key("salt", FormBytes32, "32 bytes in hex", exampleWord)
	return []Way{
		way("deployer"+suffix, "by a deterministic deployer (0x4e59...956C, 0x914d...43d7); "+where, key("via", FormAddress, "the deployer", exampleDeployer), code, salt),
		way("create"+suffix, "by Safe's CreateCall as creator; "+where, creator, code, salt.optional(), oneOf("operation", "how it is reached", "call")),
		way("create-as-safe"+suffix, "by the code of CreateCall, with the Safe as creator; "+where, creator, code, salt.optional(),
			oneOf("operation", "how it is reached", "delegatecall"), key("value", FormNativeAmount, "what the contract gets, with its unit; nothing if left out", `"1 gwei"`).optional()),
	}
}

// headerForm is what stands around the actions.
var headerForm = []FormKey{
	key("coldsign", formVersion, "form of the file", `"intent/v1"`),
	key("chain", FormNumber, "EIP-155 chain id, such as 1 for Ethereum", `1`),
	key("safe", FormAddress, "the Safe that acts", exampleSafe),
	key("nonce", FormNumber, "nonce of the transaction", `71`),
	key("safeTxGas", FormNumber, "gas for the call; 0 if left out", `0`).optional(),
	key("baseGas", FormNumber, "gas that is paid back beside it; 0 if left out", `0`).optional(),
	key("gasPrice", FormNumber, "base units of gasToken that are paid back per gas; 0 if left out", `0`).optional(),
	key("gasToken", FormAddress, "what is paid back in; the chain's own currency if left out", `"0x0000000000000000000000000000000000000000"`).optional(),
	key("refundReceiver", FormAddress, "who is paid back; whoever executes if left out", `"0x0000000000000000000000000000000000000000"`).optional(),
	key("multisend", FormAddress, "library around several actions; that of the Safe's version if left out", exampleMultiSend).optional(),
	{Name: "multicall", Value: FormMapping, Need: Optional, Asks: "Multicall3 around the actions, in place of a MultiSend",
		Example: `{"library": ` + exampleMulticall + `, "function": "aggregate3"}`, Keys: []FormKey{
			key("library", FormAddress, "address of Multicall3", exampleMulticall),
			oneOf("function", "aggregate3, aggregate3Value or aggregate", "aggregate3", "aggregate3Value", "aggregate")}},
	key("replaces", FormHashes, "safeTxHash that was signed for this nonce before, or a list of them", exampleWord).optional(),
	key("note", FormText, "free text, compared with nothing", `"paid by ticket 17"`).optional(),
	key("actions", formActions, "what the transaction does, in this order", `[{"reject": {}}]`),
}
