package catalogue

// releases are the contracts of the Safe releases with the first four bytes of
// the hash of their runtime code, retyped from safe-global/safe-deployments
// at commit d0989c9.
var releases = []struct{ version, name, variant, address, code string }{
	{"1.0.0", "GnosisSafe", "canonical", "0xb6029EA3B2c51D09a50B53CA8012FeEB05bDa35A", "0xe1f1593d"},
	{"1.0.0", "ProxyFactory", "canonical", "0x12302fE9c02ff50939BaAaaf415fc226C078613C", "0x84a375ad"},
	{"1.1.1", "CreateAndAddModules", "canonical", "0xF61A721642B0c0C8b334bA3763BA1326F53798C0", "0x83941bb4"},
	{"1.1.1", "CreateCall", "canonical", "0x8538FcBccba7f5303d2C679Fa5d7A629A8c9bf4A", "0x9de5afc9"},
	{"1.1.1", "DefaultCallbackHandler", "canonical", "0xd5D82B6aDDc9027B22dCA772Aa68D5d74cdBdF44", "0x919a9f5d"},
	{"1.1.1", "GnosisSafe", "canonical", "0x34CfAC646f301356fAa8B21e94227e3583Fe3F5F", "0x56b8be58"},
	{"1.1.1", "MultiSend", "canonical", "0x8D29bE29923b68abfDD21e541b9374737B49cdAD", "0xe4e9b4d4"},
	{"1.1.1", "ProxyFactory", "canonical", "0x76E2cFc1F5Fa8F6a5b3fC4c8F4788F0116861F9B", "0x0f0bb9c1"},
	{"1.2.0", "GnosisSafe", "canonical", "0x6851D6fDFAfD08c0295C392436245E5bc78B0185", "0x2ae2d123"},
	{"1.3.0", "CompatibilityFallbackHandler", "canonical", "0xf48f2B2d2a534e402487b3ee7C18c33Aec0Fe5e4", "0x03e69f7c"},
	{"1.3.0", "CompatibilityFallbackHandler", "eip155", "0x017062a1dE2FE6b99BE3d9d37841FeD19F573804", "0x03e69f7c"},
	{"1.3.0", "CompatibilityFallbackHandler", "zksync", "0x2f870a80647BbC554F3a0EBD093f11B4d2a7492A", "0x017e9a83"},
	{"1.3.0", "CreateCall", "canonical", "0x7cbB62EaA69F79e6873cD1ecB2392971036cFAa4", "0x8155d988"},
	{"1.3.0", "CreateCall", "eip155", "0xB19D6FFc2182150F8Eb585b79D4ABcd7C5640A9d", "0x8155d988"},
	{"1.3.0", "CreateCall", "zksync", "0xcB8e5E438c5c2b45FbE17B02Ca9aF91509a8ad56", "0x98095337"},
	{"1.3.0", "GnosisSafe", "canonical", "0xd9Db270c1B5E3Bd161E8c8503c55cEABeE709552", "0xbba688fb"},
	{"1.3.0", "GnosisSafe", "eip155", "0x69f4D1788e39c87893C980c06EdF4b7f686e2938", "0xbba688fb"},
	{"1.3.0", "GnosisSafe", "zksync", "0xB00ce5CCcdEf57e539ddcEd01DF43a13855d9910", "0x551b7fdf"},
	{"1.3.0", "GnosisSafeL2", "canonical", "0x3E5c63644E683549055b9Be8653de26E0B4CD36E", "0x21842597"},
	{"1.3.0", "GnosisSafeL2", "eip155", "0xfb1bffC9d739B8D520DaF37dF666da4C687191EA", "0x21842597"},
	{"1.3.0", "GnosisSafeL2", "zksync", "0x1727c2c531cf966f902E5927b98490fDFb3b2b70", "0xe2ca0683"},
	{"1.3.0", "MultiSend", "canonical", "0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761", "0x0208282b"},
	{"1.3.0", "MultiSend", "eip155", "0x998739BFdAAdde7C933B942a68053933098f9EDa", "0x81db0e4a"},
	{"1.3.0", "MultiSend", "zksync", "0x0dFcccB95225ffB03c6FBB2559B530C2B7C8A912", "0xd9aa004a"},
	{"1.3.0", "MultiSendCallOnly", "canonical", "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", "0xa9865ac2"},
	{"1.3.0", "MultiSendCallOnly", "eip155", "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B", "0xa9865ac2"},
	{"1.3.0", "MultiSendCallOnly", "zksync", "0xf220D3b4DFb23C4ade8C88E526C1353AbAcbC38F", "0x064ddbf2"},
	{"1.3.0", "GnosisSafeProxyFactory", "canonical", "0xa6B71E26C5e0845f74c812102Ca7114b6a896AB2", "0x337d7f54"},
	{"1.3.0", "GnosisSafeProxyFactory", "eip155", "0xC22834581EbC8527d974F8a1c97E1bEA4EF910BC", "0x337d7f54"},
	{"1.3.0", "GnosisSafeProxyFactory", "zksync", "0xDAec33641865E4651fB43181C6DB6f7232Ee91c2", "0x55daa5d3"},
	{"1.3.0", "SignMessageLib", "canonical", "0xA65387F16B013cf2Af4605Ad8aA5ec25a2cbA3a2", "0x3ac65dea"},
	{"1.3.0", "SignMessageLib", "eip155", "0x98FFBBF51bb33A056B08ddf711f289936AafF717", "0x3ac65dea"},
	{"1.3.0", "SignMessageLib", "zksync", "0x357147caf9C0cCa67DfA0CF5369318d8193c8407", "0x9da86f7e"},
	{"1.3.0", "SimulateTxAccessor", "canonical", "0x59AD6735bCd8152B84860Cb256dD9e96b85F69Da", "0xb3fb9763"},
	{"1.3.0", "SimulateTxAccessor", "eip155", "0x727a77a074D1E6c4530e814F89E618a3298FC044", "0x66712e1d"},
	{"1.3.0", "SimulateTxAccessor", "zksync", "0x4191E2e12E8BC5002424CE0c51f9947b02675a44", "0x18c486b7"},
	{"1.4.1", "CompatibilityFallbackHandler", "canonical", "0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99", "0x7c6007a5"},
	{"1.4.1", "CompatibilityFallbackHandler", "zksync", "0x9301E98DD367135f21bdF66f342A249c9D5F9069", "0x331ff834"},
	{"1.4.1", "CreateCall", "canonical", "0x9b35Af71d77eaf8d7e40252370304687390A1A52", "0x2b3060c5"},
	{"1.4.1", "CreateCall", "zksync", "0xAAA566Fe7978bB0fb0B5362B7ba23038f4428D8f", "0x3aa5b033"},
	{"1.4.1", "MultiSend", "canonical", "0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526", "0x0e4f7fc6"},
	{"1.4.1", "MultiSend", "zksync", "0x309D0B190FeCCa8e1D5D8309a16F7e3CB133E885", "0xcb372f27"},
	{"1.4.1", "MultiSendCallOnly", "canonical", "0x9641d764fc13c8B624c04430C7356C1C7C8102e2", "0xecd5bd14"},
	{"1.4.1", "MultiSendCallOnly", "zksync", "0x0408EF011960d02349d50286D20531229BCef773", "0x44c70b30"},
	{"1.4.1", "Safe", "canonical", "0x41675C099F32341bf84BFc5382aF534df5C7461a", "0x1fe2df85"},
	{"1.4.1", "Safe", "zksync", "0xC35F063962328aC65cED5D4c3fC5dEf8dec68dFa", "0xfa4d4fc0"},
	{"1.4.1", "SafeL2", "canonical", "0x29fcB43b46531BcA003ddC8FCB67FFE91900C762", "0xb1f92697"},
	{"1.4.1", "SafeL2", "zksync", "0x610fcA2e0279Fa1F8C00c8c2F71dF522AD469380", "0x520462eb"},
	{"1.4.1", "SafeMigration", "canonical", "0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6", "0xc00d7921"},
	{"1.4.1", "SafeMigration", "zksync", "0x817756C6c555A94BCEE39eB5a102AbC1678b09A7", "0x6815c12f"},
	{"1.4.1", "SafeProxyFactory", "canonical", "0x4e1DCf7AD4e460CfD30791CCC4F9c8a4f820ec67", "0x50c3cdc4"},
	{"1.4.1", "SafeProxyFactory", "zksync", "0xc329D02fd8CB2fc13aa919005aF46320794a8629", "0xa4915e4a"},
	{"1.4.1", "SafeToL2Migration", "canonical", "0xfF83F6335d8930cBad1c0D439A841f01888D9f69", "0xa83e7be2"},
	{"1.4.1", "SafeToL2Migration", "zksync", "0xa26620d1f8f1a2433F0D25027F141aaCAFB3E590", "0x2a68d940"},
	{"1.4.1", "SafeToL2Setup", "canonical", "0xBD89A1CE4DDe368FFAB0eC35506eEcE0b1fFdc54", "0x2f25df28"},
	{"1.4.1", "SafeToL2Setup", "zksync", "0x199A9df0224031c20Cc27083A4164c9c8F1Bcb39", "0x0bbcc509"},
	{"1.4.1", "SignMessageLib", "canonical", "0xd53cd0aB83D845Ac265BE939c57F53AD838012c9", "0x525c754a"},
	{"1.4.1", "SignMessageLib", "zksync", "0xAca1ec0a1A575CDCCF1DC3d5d296202Eb6061888", "0x3e762bdc"},
	{"1.4.1", "SimulateTxAccessor", "canonical", "0x3d4BA2E0884aa488718476ca2FB8Efc291A46199", "0x91f82615"},
	{"1.4.1", "SimulateTxAccessor", "zksync", "0xdd35026932273768A3e31F4efF7313B5B7A7199d", "0xe772f957"},
	{"1.5.0", "CompatibilityFallbackHandler", "canonical", "0x3EfCBb83A4A7AfcB4F68D501E2c2203a38be77f4", "0x3c6a85bc"},
	{"1.5.0", "CreateCall", "canonical", "0x2Ef5ECfbea521449E4De05EDB1ce63B75eDA90B4", "0x6b7d8d29"},
	{"1.5.0", "ExtensibleFallbackHandler", "canonical", "0x85a8ca358D388530ad0fB95D0cb89Dd44Fc242c3", "0xba5bafdf"},
	{"1.5.0", "MultiSend", "canonical", "0x218543288004CD07832472D464648173c77D7eB7", "0xca1147a1"},
	{"1.5.0", "MultiSendCallOnly", "canonical", "0xA83c336B20401Af773B6219BA5027174338D1836", "0xcdbdcec3"},
	{"1.5.0", "Safe", "canonical", "0xFf51A5898e281Db6DfC7855790607438dF2ca44b", "0xdda019cb"},
	{"1.5.0", "SafeL2", "canonical", "0xEdd160fEBBD92E350D4D398fb636302fccd67C7e", "0x18019322"},
	{"1.5.0", "SafeMigration", "canonical", "0x6439e7ABD8Bb915A5263094784C5CF561c4172AC", "0x52d7472f"},
	{"1.5.0", "SafeProxyFactory", "canonical", "0x14F2982D601c9458F93bd70B218933A6f8165e7b", "0x967dae4c"},
	{"1.5.0", "SafeToL2Setup", "canonical", "0x900C7589200010D6C6eCaaE5B06EBe653bc2D82a", "0xf6034d84"},
	{"1.5.0", "SignMessageLib", "canonical", "0x4FfeF8222648872B3dE295Ba1e49110E61f5b5aa", "0xd6184085"},
	{"1.5.0", "SimulateTxAccessor", "canonical", "0x07EfA797c55B5DdE3698d876b277aBb6B893654C", "0x706db4bb"},
	{"1.5.0", "TokenCallbackHandler", "canonical", "0x54e86d004d71a8D2112ec75FaCE57D730b0433F3", "0xcbc72317"},
}

// modules are the addresses of safe-modules-deployments 3.0.10 with the number
// of chains.
var modules = []struct {
	version, address string
	chains           int
}{
	{"0.1.0", "0xCFbFaC74C26F8647cBDb8c5caf80BB5b32E43134", 13}, // allowance-module
	{"0.1.0", "0x1Fb403834C911eB98d56E74F5182b0d64C3b3b4D", 2},  // allowance-module
	{"0.1.1", "0xAA46724893dedD72658219405185Fb0Fc91e091C", 53}, // allowance-module
	{"0.2.0", "0x8EcD4ec46D4D2a6B64fE960B3D64e8B94B2234eb", 20}, // add-modules-lib
	{"0.2.0", "0xa581c4A4DB7175302464fF3C06380BC3270b4037", 20}, // safe-4337-module
	{"0.3.0", "0x75cf11467937ce3F2f357CE24ffc3DBF8fD5c226", 40}, // safe-4337-module
	{"0.3.0", "0x2dd68b007B46fBe91B9A7c3EDa5A7a1063cB5b47", 40}, // safe-module-setup
	{"0.2.0", "0xc2b78104907F722DABAc4C69f826a522B2754De4", 14}, // daimo-p256-verifier
	{"0.2.0", "0xF7488fFbe67327ac9f37D5F722d83Fc900852Fbf", 14}, // safe-webauthn-signer-factory
	{"0.2.1", "0xc2b78104907F722DABAc4C69f826a522B2754De4", 17}, // daimo-p256-verifier
	{"0.2.1", "0x94a4F6affBd8975951142c3999aEAB7ecee555c2", 16}, // safe-webauthn-shared-signer
	{"0.2.1", "0x1d31F259eE307358a26dFb23EB365939E8641195", 16}, // safe-webauthn-signer-factory
	{"0.1.0", "0x4Aa5Bf7D840aC607cb5BD3249e6Af6FC86C04897", 11}, // social-recovery-module
}
