// Package evmtest holds no code of the program. Its tests run the published Safe
// contracts of each version in go-ethereum's EVM and compare what they do with
// what package safe says: the hash of a transaction and of a message, which
// signature blobs are accepted, how a MultiSend body is read.
//
// The contracts are not committed. .ci/fetch-safe-artifacts fetches them; the
// tests find them where COLDSIGN_ARTIFACTS points and are skipped without.
package evmtest
