//lint:file-ignore SA1019 the tests look at the number itself, as a thief would, and make numbers that are no keys

package keyfile

import (
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/sign/keyfile/keyfiletest"
)

// The test vectors of the specification ("Web3 Secret Storage", section Test Vectors on
// ethereum.org, formerly the Ethereum wiki): one key under both KDFs. The last two are
// from go-ethereum's accounts/keystore/testdata/v3_test_vector.json: keys whose leading
// zeros an old program left out, encrypted as 31 and 30 bytes.
var vectors = []struct {
	name, kdf, params              string
	iv, ciphertext, mac, pass, key string
	refused                        string
	slow                           bool
}{
	{
		name: "pbkdf2", kdf: "pbkdf2",
		params: `"c":262144,"dklen":32,"prf":"hmac-sha256","salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"`,
		iv:     "6087dab2f9fdbbfaddc31a909735c1e6", ciphertext: "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
		mac: "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2", pass: "testpassword",
		key: "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d",
	},
	{
		name: "scrypt", kdf: "scrypt", slow: true,
		params: `"dklen":32,"n":262144,"r":1,"p":8,"salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"`,
		iv:     "83dbcc02d8ccb40e466191a123791e0e", ciphertext: "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
		mac: "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097", pass: "testpassword",
		key: "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d",
	},
	{
		name: "31 bytes", kdf: "scrypt", refused: "crypto.ciphertext has 31 bytes",
		params: `"dklen":32,"n":2,"r":8,"p":1,"salt":"711f816911c92d649fb4c84b047915679933555030b3552c1212609b38208c63"`,
		iv:     "e0c41130a323adc1446fc82f724bca2f", ciphertext: "9517cd5bdbe69076f9bf5057248c6c050141e970efa36ce53692d5d59a3984",
		mac: "d5e116151c6aa71470e67a7d42c9620c75c4d23229847dcc127794f0732b0db5", pass: "foo",
	},
	{
		name: "30 bytes", kdf: "scrypt", refused: "crypto.ciphertext has 30 bytes",
		params: `"dklen":32,"n":2,"r":8,"p":1,"salt":"d0769e608fb86cda848065642a9c6fa046845c928175662b8e356c77f914cd3b"`,
		iv:     "3ca92af36ad7c2cd92454c59cea5ef00", ciphertext: "108b7d34f3442fc26ab1ab90ca91476ba6bfa8c00975a49ef9051dc675aa",
		mac: "75d0e6759f7b3cefa319c3be41680ab6beea7d8328653474bd06706d4cc67420", pass: "foo",
	},
}

func TestVectors(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			if v.slow && testing.Short() {
				t.Skip("NOT TESTED with -short: the vector takes a second and 32 MiB")
			}
			raw := fmt.Sprintf(`{"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":%q},"ciphertext":%q,"kdf":%q,"kdfparams":{%s},"mac":%q},"id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}`,
				v.iv, v.ciphertext, v.kdf, v.params, v.mac)
			if v.refused != "" {
				_, err := Parse([]byte(raw))
				wantError(t, err, ErrFile, v.refused)
				return
			}
			want, err := crypto.HexToECDSA(v.key)
			if err != nil {
				t.Fatal(err)
			}
			k, err := mustParse(t, raw).Open([]byte(v.pass))
			if err != nil {
				t.Fatal(err)
			}
			if k.secret.private.D.Cmp(want.D) != 0 || k.Address() != crypto.PubkeyToAddress(want.PublicKey) {
				t.Errorf("got the key of %s, want that of %s", k.Address(), crypto.PubkeyToAddress(want.PublicKey))
			}
		})
	}
}

// TestGeth opens what geth writes, in its two strengths.
func TestGeth(t *testing.T) {
	for _, tt := range []struct {
		name string
		n, p int
	}{
		{"light", keystore.LightScryptN, keystore.LightScryptP},
		{"standard", keystore.StandardScryptN, keystore.StandardScryptP},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.n == keystore.StandardScryptN && testing.Short() {
				t.Skip("NOT TESTED with -short: the standard file takes seconds and 256 MiB")
			}
			key := keyfiletest.Key(t, tt.name)
			f := mustParse(t, string(keyfiletest.JSON(t, key, passphrase, tt.n, tt.p)))
			k, err := f.Open([]byte(passphrase))
			if err != nil {
				t.Fatal(err)
			}
			want := crypto.PubkeyToAddress(key.PublicKey)
			claimed, ok := f.Address()
			if k.Address() != want || claimed != want || !ok {
				t.Errorf("the key is of %s and the file claims %s, want %s", k.Address(), claimed, want)
			}
			if f.Weak() != "" {
				t.Errorf("Weak() = %q of a file as geth writes it", f.Weak())
			}
			if sig, err := k.Sign(common.Hash{1}); err != nil || sig == ([65]byte{}) {
				t.Errorf("Sign = %x, %v", sig, err)
			}
		})
	}
}
