package report

// The real cases that explanations name, in one place so that date and loss are
// the same everywhere. Losses are in USD as they were reported at the time.
//
// Sources (facts only, no text of theirs): FBI PSA I-022625 (Bybit; US government
// publication); SunWeb3Sec/DeFiHackLabs, tayvano/lazarus-bluenoroff-research and
// clearsign-dev/clearsign (Bybit, WazirX, Radiant, EigenLayer, Florence, Ionic,
// Badger, Wintermute); incrypthos.com (Request Finance); public reports of
// SlowMist (UXLINK, Uniswap), Blockaid and Halborn (SquidRouterModule), Scam
// Sniffer (EIP-7702), Lookonchain (permits), the Optimism Foundation (20 million
// OP), samczsun (Tornado Cash) and OpenSea. Bybit, WazirX and Radiant were
// recomputed: every hash and signature named below is in fixtures/incidents.
const (
	bybit          = "Bybit, 2025-02-21, about 1.5 billion USD"
	wazirx         = "WazirX, 2024-07-18, about 235 million USD"
	radiant        = "Radiant, 2024-10-16, about 50 million USD"
	eigenLayer     = "EigenLayer investor, 2024-10-05, 5.7 million USD"
	florence       = "Florence Finance, 2023-11-30, 1.45 million USD"
	superfortune   = "Superfortune, 2026-05-27, about 15 million USD"
	requestFinance = "A 2-of-4 Safe that paid through Request Finance, 2025-09, 3.05 million USD"
	ionic          = "Ionic, 2025-02-04, 8.6 million USD"
	badger         = "Badger, 2021-12-02, about 120 million USD"
	uxlink         = "UXLINK, 2025-09-22, about 11.3 million USD"
	squidModule    = "SquidRouterModule (third-party code), 2026-05-25, about 3.2 million USD"
	uniswapLP      = "Uniswap V3 liquidity providers, 2022-07-11, 7,500 ETH, about 8 million USD"
	wintermute     = "Wintermute, 2022-06-08, 20 million OP, about 17 million USD"
	tornado        = "Tornado Cash governance, 2023-05-20, 483,000 TORN, about 0.9 million USD"
	batch7702      = "Two accounts under EIP-7702, 2025-08, 1.54 and about 1 million USD"
	spWETH         = "One account, 2024-09-28, 12,083 spWETH, about 32 million USD"
	openSea        = "OpenSea users, 2022-02-19, about 1.7 million USD"
	wethMistake    = "One account, 2022-01-30, 195 WETH, about 0.5 million USD"
)
