package main

// list is one published list. Two lists of one series are snapshots of the same
// thing at different dates.
type list struct {
	id, date, title, series, source, licence string
}

// lists stand in the order of the table.
var lists = []list{
	{"bingx", "2024-09-19", "BingX theft, direct recipients", "", "tayvano/lazarus-bluenoroff-research, hacks-and-thefts/bingx.md (1d22fef2)", facts},
	{"bybit", "2025-02-21", "Bybit theft, attack stage", "", "Verichains preliminary report v1.0; tayvano/lazarus-bluenoroff-research, hacks-and-thefts/bybit.md (10be18ec)", facts},
	{"fbi-bybit", "2025-02-26", "FBI PSA I-022625-PSA (Bybit, TraderTraitor)", "", "https://www.ic3.gov/psa/2025/psa250226", "work of the US government"},
	{"florence", "2023-11-30", "Florence Finance, address poisoning", "", "clearsign-dev/clearsign, signing-core/bench/results/detect.json", facts},
	{"nexus", "2020-12-14", "Nexus Mutual, recipient of the tampered transfer", "", "clearsign-dev/clearsign, signing-core/bench/results/detect.json", facts},
	{"ofac-2024", "2024-09-27", "OFAC SDN list, Ethereum", "ofac", "0xB10C/ofac-sanctioned-digital-currency-addresses, branch lists (tool: MIT)", "work of the US government"},
	{"ofac-2026", "2026-06-25", "OFAC SDN list, Ethereum", "ofac", "ultrasoundmoney, address list with names (MIT)", "work of the US government"},
	{"overlap", "2025-02-22", "wallet shared by the Bybit and Phemex thefts", "", "ZachXBT, https://x.com/zachxbt/status/1893211577836302365", facts},
	{"phemex", "2025-01-23", "Phemex theft, initial recipients", "", "tayvano/lazarus-bluenoroff-research, hacks-and-thefts/phemex.md (1d22fef2)", facts},
	{"poloniex", "2023-11-10", "Poloniex theft, a sample of ten", "", "tayvano/lazarus-bluenoroff-research, hacks-and-thefts/poloniex.md (69b91b57)", facts},
	{"radiant", "2024-10-16", "Radiant theft, attack stage", "", "tayvano/lazarus-bluenoroff-research, hacks-and-thefts; clearsign-dev/clearsign", facts},
	{"wazirx", "2024-07-18", "WazirX theft, attack stage", "", "tayvano/lazarus-bluenoroff-research, hacks-and-thefts; clearsign-dev/clearsign", facts},
}

// facts: no licence was seen; addresses are facts and carry none.
const facts = "facts; no licence seen"

// from says where in the input a list stands: path is a dotted path in a JSON
// file, where a list stands for all its elements, and "csv" in a CSV file of
// address and label.
type from struct {
	list, file, path, label string
}

// sources stand in the order in which they are read; the first label of an
// address in a list counts.
var sources = []from{
	{"bingx", "lists/bingx_20240919.json", "addresses", ""},
	{"fbi-bybit", "lists/bybit_fbi_psa_20250226.json", "addresses", ""},
	{"ofac-2024", "lists/ofac_eth_0xB10C_20240927.json", "", ""},
	{"ofac-2026", "lists/ofac_eth_ultrasound_20260625.csv", "csv", ""},
	{"overlap", "lists/overlap.json", "entries.address", ""},
	{"phemex", "lists/phemex_20250123.json", "ethereum", "theft wallet on Ethereum"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.arbitrum", "theft wallet on Arbitrum"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.avax", "theft wallet on Avalanche"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.base", "theft wallet on Base"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.bsc", "theft wallet on BNB Chain"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.optimism", "theft wallet on Optimism"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.polygon", "theft wallet on Polygon"},
	{"phemex", "lists/phemex_20250123.json", "other_chains.zksync", "theft wallet on zkSync"},
	{"poloniex", "lists/poloniex_20231110_sample.json", "addresses", ""},

	{"bybit", "incidents/bybit-2025-02-21.json", "attackerEoas.deployerExecutor", "deployed the contracts and executed the theft"},
	{"bybit", "incidents/bybit-2025-02-21.json", "attackerEoas.ethReceiver", "received the ETH"},
	{"bybit", "incidents/bybit-2025-02-21.json", "attackerEoas.stEthMEthHolder", "received stETH and mETH"},
	{"bybit", "incidents/bybit-2025-02-21.json", "attackerEoas.cmEthHolder", "received cmETH"},
	{"bybit", "incidents/bybit-2025-02-21.json", "attackerEoas.tester", "rehearsed the attack"},
	{"bybit", "incidents/bybit-2025-02-21.json", "attackerEoas.testWallet", "wallet of the rehearsal"},
	{"bybit", "incidents/bybit-2025-02-21.json", "rehearsal.testSafe", "Safe of the attackers, for the rehearsal"},
	{"bybit", "incidents/bybit-2025-02-21.json", "contracts.trampoline.address", "contract that was run by delegatecall"},
	{"bybit", "incidents/bybit-2025-02-21.json", "contracts.implementation.address", "implementation that swept the Safe"},
	{"bybit", "incidents/bybit-2025-02-21.json", "contracts.otherContract", "contract of the attackers"},
	{"bybit", "lists/bybit_other.json", "addresses", "moved stolen ETH"},

	{"wazirx", "incidents/wazirx-2024-07-18.json", "attackerEoas.caller", "deployed the contracts and called them"},
	{"wazirx", "incidents/wazirx-2024-07-18.json", "attackerEoas.drain", "received the tokens"},
	{"wazirx", "incidents/wazirx-2024-07-18.json", "attackerEoas.tester", "rehearsed the attack"},
	{"wazirx", "incidents/wazirx-2024-07-18.json", "attackerEoas.others", "account of the attackers"},
	{"wazirx", "incidents/wazirx-2024-07-18.json", "rehearsal.testSafe", "Safe of the attackers, for the rehearsal"},
	{"wazirx", "incidents/wazirx-2024-07-18.json", "contracts.helperTrampoline.address", "contract that was run by delegatecall"},
	{"wazirx", "incidents/wazirx-2024-07-18.json", "contracts.implementation.address", "implementation that swept the Safe"},

	{"radiant", "incidents/radiant-2024-10-16.json", "contracts.newOwner", "contract that became the owner of the pools"},
	{"radiant", "incidents/radiant-2024-10-16.json", "contracts.maliciousLendingPool", "lending pool of the attackers"},
	{"radiant", "incidents/radiant-2024-10-16.json", "attackerEoas", "account of the attackers"},

	{"florence", "incidents/florence-2023-11-30.json", "safeTx.recipient", "look-alike that was paid"},
	{"nexus", "incidents/nexus-mutual-2020-12-14.json", "recipient", "received the NXM"},
}
