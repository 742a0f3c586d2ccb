package main

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// The keys are the first three of the well-known development mnemonic: public.
var keys = []string{
	"ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
	"59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
	"5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
}

var usdc = common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")

// drawn is an address or a number of the i-th proposal that no other has.
func drawn(what string, i int) []byte {
	return crypto.Keccak256([]byte(what), binary.BigEndian.AppendUint64(nil, uint64(i)))
}

// record is the i-th proposal on Ethereum, as the Transaction Service records it: every
// second one pays ether, the others a token.
func record(i, signers int) []byte {
	safe, payee := common.BytesToAddress(drawn("safe", i)), common.BytesToAddress(drawn("payee", i))
	to, value, data := payee, fmt.Sprintf("%d", 1e15+uint64(i)*1e9), []byte(nil)
	if i%2 == 1 {
		amount := big.NewInt(1e9 + int64(i))
		to, value = usdc, "0"
		data = append(crypto.Keccak256([]byte("transfer(address,uint256)"))[:4], append(word(payee.Big()), word(amount)...)...)
	}
	hash := safeTxHash(safe, to, value, data, i)
	shown := "null"
	if data != nil {
		shown = `"0x` + hex.EncodeToString(data) + `"`
	}
	return fmt.Appendf(nil, `{"safe":"%s","to":"%s","value":"%s","data":%s,"operation":0,"gasToken":"%s","safeTxGas":"0","baseGas":"0","gasPrice":"0","refundReceiver":"%s","nonce":"%d",`+
		`"executionDate":null,"submissionDate":"2026-03-02T09:00:00Z","modified":"2026-03-02T09:00:00Z","blockNumber":null,"transactionHash":null,"safeTxHash":"%s","proposer":null,"executor":null,`+
		`"isExecuted":false,"isSuccessful":null,"origin":"{}","confirmationsRequired":3,"confirmations":[%s],"trusted":true,"signatures":null}`,
		safe.Hex(), to.Hex(), value, shown, common.Address{}.Hex(), common.Address{}.Hex(), i, hash.Hex(), strings.Join(confirmations(hash, signers), ","))
}

func confirmations(hash common.Hash, signers int) []string {
	var out []string
	for _, hexKey := range keys[:signers] {
		key, err := crypto.HexToECDSA(hexKey)
		if err != nil {
			panic(err) // the keys stand above
		}
		sig, err := crypto.Sign(hash[:], key)
		if err != nil {
			panic(err)
		}
		sig[64] += 27
		out = append(out, fmt.Sprintf(`{"owner":"%s","submissionDate":"2026-03-02T09:00:00Z","transactionHash":null,"signature":"0x%s","signatureType":"EOA"}`,
			crypto.PubkeyToAddress(key.PublicKey).Hex(), hex.EncodeToString(sig)))
	}
	return out
}

func word(n *big.Int) []byte { return n.FillBytes(make([]byte, 32)) }

func number(decimal string) *big.Int {
	n, ok := new(big.Int).SetString(decimal, 10)
	if !ok {
		panic("not a number: " + decimal)
	}
	return n
}

// safeTxHash is the hash of a SafeTx of version 1.3.0 and later on Ethereum, gas and
// refund fields zero (EIP-712, Safe.sol).
func safeTxHash(safe, to common.Address, value string, data []byte, nonce int) common.Hash {
	none := word(new(big.Int))
	domain := crypto.Keccak256(crypto.Keccak256([]byte("EIP712Domain(uint256 chainId,address verifyingContract)")), word(big.NewInt(1)), word(safe.Big()))
	typ := crypto.Keccak256([]byte("SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,uint256 nonce)"))
	message := crypto.Keccak256(typ, word(to.Big()), word(number(value)), crypto.Keccak256(data), none, none, none, none, none, none, word(big.NewInt(int64(nonce))))
	return crypto.Keccak256Hash([]byte{0x19, 0x01}, domain, message)
}
