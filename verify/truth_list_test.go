package verify_test

// refusedAt says of each case, form by form, the earliest stage that refuses it with
// what its signers believed, and how it stands to that:
//
//   - another transaction: INTENT_MISMATCH, and a line with both sides
//     ~  INTENT_MISMATCH by the bytes around calls that are all as declared
//     !  INTENT_MISMATCH, and there are no calls to compare with
//   - no fields could be read, so there is nothing to compare
//     =  the very transaction that was believed; what is wrong stands beside it
//
// *N stands for N forms in a row. All but + needs a reason in early.
const refusedAt = `
A01-delegatecall-transfer-selector risk+*4
A02-delegatecall-unknown-selector  risk+*2
A03-changeMasterCopy-self          risk+*2
A04-migration-genuine              risk+*2
A06-multisend-inner-delegate       risk+*3
A07-multisend-nested-multisend     risk+*2
A08-delegatecall-value             risk+
A11-createcall                     risk+*2
A12-signmessage                    risk+*3
B01-addOwner-threshold1            risk+*3
B02-swapOwner                      risk+*2
B03-removeOwner-lower              risk+*2
B05-enableModule                   risk+*3
B06-setGuard-zero                  risk+*2
B07-setGuard-attacker              risk+*2
B09-fallback-handler-token         risk+*2
B11-hidden-in-batch                risk+
B12-multisend15-zero-to            risk+*2
B14-setup-delegatecall             risk+*2
B15-create-fake-singleton          risk+*2
B17-allowance-module               risk+*2
B19-nested-exec                    risk+*3
B20-approveHash-blind              risk+*2
C01-gastoken-refund-drain          risk+*3
C02-basegas-eth-drain              risk+*3
C04-safetxgas-failure              intent+
D01-unlimited-approve              risk+*4
D03-approve-in-batch-lookalike     risk+*2
D05-setApprovalForAll              risk+*2
D07-permit-safemessage             risk!*4
D08-cow-presign                    risk+*2
D09-address-poisoning              risk+*4
D10-batch-one-recipient-swapped    risk+*2
D11-decimals-confusion             risk+ intent+ risk+
D13-ownership-transfer             risk+*8
D14-proxy-upgrade                  risk+*6
E01-signature-over-other-hash      signatures=*3
E02-same-nonce-competitor          journal-*2 intent+
E03-hash-field-lies                hash=*2 hash+
E04-version-domain-confusion       hash=*3
E05-no-chainid-replay              verified=
E07-wrong-chain                    hash=*3
E08-v0-contract-signature          signatures=*3 verified=
E09-v1-approved-hash               verified=*2 signatures=
E10-ethsign-v31                    verified=
E12-malleable-compact              signatures=*2
E13-future-nonce                   intent+
E14-typed-data-decoy               parse-*7
E15-legacy-dataGas                 hash=*2
E16-message-is-safetxhash          risk!*3
E17-safe4337-op                    risk!*4
E18-eip7702-auth                   risk!*2
E19-7702-execute-batch             risk+*2
F01-multisend-truncated-tail       decode+*3
F03-multisend-length-short         decode+*2
F05-multisend-op2                  decode+*2
F07-dirty-address-bits             decode+*3
F08-uint8-out-of-range             decode+ decode- decode+
F10-noncanonical-offset            decode+*3
F12-trailing-calldata              decode+*2
F13-short-calldata                 decode+*2
F14-selector-collision             risk+ decode=
F15-huge-calldata                  risk+*2
F16-nested-blobs                   decode!*3
F17-hex-syntax                     parse-*5
F18-empty-data-contract            verified=*4
G01-duplicate-keys                 read-*3
G02-case-variant-keys              read-*3
G05-null-missing-operation         parse-*3
G06-float-precision                parse+ parse-*2
G08-digit-lookalikes               parse-*8
G09-range                          parse-*5
G10-trailing-document              read-*4
G11-dataDecoded-lies               decode+*5
G13-bidi-zero-width                read=*4
G14-homoglyph                      read=*3
G15-terminal-escape                read=*5
G16-checksum                       parse= parse-*2 parse=
G18-size-bomb                      read- read=
G19-forged-owner-field             signatures=*2
H01-counterfactual-other-chain     risk=*2
H03-mutable-target                 risk+
H04-listed-address                 risk+*6
X-builder-operation-ignored        parse=
X-change-threshold                 risk+*2
X-credit-delegation                risk+
X-deadlock                         risk+*6
X-disable-module                   risk+
X-extensible-handler               risk+*2
X-fallback-handler-self            risk+
X-foreign-library                  risk+*2
X-grant-role                       risk+*2
X-hash-only                        parse!
X-increase-allowance               risk+*3
X-invalid-utf8                     read-*3
X-library-of-other-chain           risk+*3
X-library-of-other-version         risk+
X-listed-behind-multicall          risk+*2
X-lookalike-of-library             risk+*2
X-method-not-encodable             parse+*2
X-module-guard-removed             risk+
X-multisend-by-call                decode+*2
X-multisend-length-overrun         decode+*2
X-non-ascii-key                    read-*3
X-other-safe                       hash=*2
X-permit-in-calldata               risk+*2
X-permit2-approve                  risk+*2
X-raise-threshold                  risk+
X-raw-transaction                  risk+
X-refund-to-tx-origin              risk+
X-setup-handler                    risk+
X-setup-payment                    risk+
X-signer-not-owner                 signatures=
X-suspicious-recipient             risk+*4
X-token-call-as-delegatecall       risk+*2
X-transfer-from-third-party        risk+
X-unsorted-signatures              signatures=*4
X-zero-address-target              risk+*2
badger-2021-12-02                  risk+
bybit-2025-02-21                   journal- risk+*3 signatures=
eigenlayer-otc-2024-10-05          risk+*2
eip7702-batch-phishing-2025        risk+
florence-2023-11-30                risk+*2
ionic-2025-02-04                   risk+*2  
nexus-mutual-2020-12-14            risk+
radiant-2024-10-16                 risk+*2 verified=
request-finance-lookalike-2025-09  risk+*2
squidroutermodule-2026-05-25       risk+
uxlink-2025-09-22                  risk+
wazirx-2024-07-18                  risk+ signatures=
wintermute-op-2022-06              risk=
`

// What keeps a form from being another transaction that can be compared.
const (
	signed    = "a signature is wrong, and what it is filed under is the transaction that was believed"
	beside    = "the file lies about the transaction that was believed, or beside it"
	torn      = "readers differ about what the file says, so no fields are taken from it"
	offChain  = "no transaction: what it is is said, and no intent can declare it"
	elsewhere = "the very payment that was believed, and the signer's own address book says that the recipient is on another chain"
)

// early are the cases that have other forms than another transaction.
var early = map[string]string{
	"D07-permit-safemessage":         offChain,
	"E01-signature-over-other-hash":  signed,
	"E02-same-nonce-competitor":      "of two proposals for one nonce none is chosen",
	"E03-hash-field-lies":            "the fields are those that were believed, and the hash beside them is another's",
	"E04-version-domain-confusion":   "the fields are those that were believed, and the hash beside them is another version's",
	"E05-no-chainid-replay":          "a property of the Safe: the payment is the one that was meant, on a chain that the signature does not name",
	"E07-wrong-chain":                "the file names another chain than the signer, who is followed; where he names none, the intent's is compared",
	"E08-v0-contract-signature":      signed + "; in the last form the one in doubt counts as none, and the payment is the one that was meant",
	"E09-v1-approved-hash":           signed + "; v=1 counts as none, and is the honest form of an owner who executes: the payment is the one that was meant",
	"E10-ethsign-v31":                signed + "; it is a true one: what the device showed is said, and the payment is the one that was meant",
	"E12-malleable-compact":          signed,
	"E14-typed-data-decoy":           torn,
	"E15-legacy-dataGas":             "the file names a version that has no hash; the fields are those that were believed",
	"E16-message-is-safetxhash":      offChain,
	"E17-safe4337-op":                offChain,
	"E18-eip7702-auth":               offChain,
	"F08-uint8-out-of-range":         torn + ", in the form whose own operation is 257",
	"F14-selector-collision":         beside,
	"F16-nested-blobs":               "deeper than any decoder follows, so there is no tree",
	"F17-hex-syntax":                 torn,
	"F18-empty-data-contract":        "not hostile: four spellings of empty data, which must mean one payment",
	"G01-duplicate-keys":             torn,
	"G02-case-variant-keys":          torn,
	"G05-null-missing-operation":     torn,
	"G06-float-precision":            torn,
	"G08-digit-lookalikes":           torn,
	"G09-range":                      torn,
	"G10-trailing-document":          torn,
	"G13-bidi-zero-width":            beside,
	"G14-homoglyph":                  beside,
	"G15-terminal-escape":            beside,
	"G16-checksum":                   torn + " where a name stands for an address; a wrong checksum stands beside the address that was believed",
	"G18-size-bomb":                  torn + " if it is too deep; too many signatures stand beside the fields that were believed",
	"G19-forged-owner-field":         signed,
	"H01-counterfactual-other-chain": elsewhere,
	"X-builder-operation-ignored":    beside,
	"X-hash-only":                    "66 bytes behind which nobody can look",
	"X-invalid-utf8":                 torn,
	"X-non-ascii-key":                torn,
	"X-other-safe":                   "the file names another Safe than the signer, who is followed; where he names none, the intent's is compared",
	"X-signer-not-owner":             signed,
	"X-unsorted-signatures":          signed,
	"bybit-2025-02-21":               "of the page with both records none is chosen, and the harmless one is what was believed; " + signed,
	"radiant-2024-10-16":             "the last form is the control: the change of owners that the team meant, verified with its own intent",
	"wazirx-2024-07-18":              "shown is the payment that was believed; " + signed,
	"wintermute-op-2022-06":          elsewhere,
}

// unsayable are the honest acts that no intent can declare.
var unsayable = map[string]string{
	"D07-permit-safemessage.near":    "a text that the Safe signs off chain; the same text is verified as a transaction (.near.2)",
	"E16-message-is-safetxhash.near": "a text that the Safe signs off chain; the same text is verified as a transaction (.near.2)",
}

// wordless are forms that are read and decoded, and of which the attacker himself
// could write no intent.
var wordless = map[string]struct {
	forms int
	why   string
}{
	"A02-delegatecall-unknown-selector": {2, "its selector is that of no known name"},
	"A06-multisend-inner-delegate":      {2, "its selector is that of no known name; a contract that delegatecalls what stands in its arguments"},
	"A07-multisend-nested-multisend":    {2, "a batch in a batch"},
	"A08-delegatecall-value":            {1, "a value that is not sent, and no function"},
	"B12-multisend15-zero-to":           {2, "the zero address"},
	"F01-multisend-truncated-tail":      {2, "a batch that ends within an entry"},
	"F03-multisend-length-short":        {2, "an entry that ends within a call"},
	"F05-multisend-op2":                 {1, "an operation that does not exist"},
	"F07-dirty-address-bits":            {3, "arguments that no encoder writes"},
	"F08-uint8-out-of-range":            {1, "arguments that no encoder writes"},
	"F10-noncanonical-offset":           {3, "arguments that no encoder writes"},
	"F13-short-calldata":                {2, "data that select no function"},
	"X-multisend-length-overrun":        {2, "a batch that ends within an entry"},
	"X-zero-address-target":             {2, "the zero address"},
	"wazirx-2024-07-18":                 {1, "its selector is that of no known name"},
}
