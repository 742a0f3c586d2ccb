package main

// roles maps the name of a published contract to the word of its role
// (catalogue.Role).
var roles = map[string]string{
	"GnosisSafe":                   "singleton",
	"Safe":                         "singleton",
	"GnosisSafeL2":                 "singleton-l2",
	"SafeL2":                       "singleton-l2",
	"ProxyFactory":                 "proxy-factory",
	"GnosisSafeProxyFactory":       "proxy-factory",
	"SafeProxyFactory":             "proxy-factory",
	"MultiSend":                    "multisend",
	"MultiSendCallOnly":            "multisend-call-only",
	"SignMessageLib":               "sign-message-lib",
	"CreateCall":                   "create-call",
	"DefaultCallbackHandler":       "fallback-handler",
	"CompatibilityFallbackHandler": "fallback-handler",
	"ExtensibleFallbackHandler":    "fallback-handler",
	"TokenCallbackHandler":         "fallback-handler",
	"SafeMigration":                "migration",
	"SafeToL2Migration":            "to-l2-migration",
	"SafeToL2Setup":                "to-l2-setup",
	"SimulateTxAccessor":           "simulate-tx-accessor",
	"CreateAndAddModules":          "module-setup",
	"AddModulesLib":                "module-setup",
	"SafeModuleSetup":              "module-setup",
	"AllowanceModule":              "module",
	"Safe4337Module":               "module",
	"SocialRecoveryModule":         "module",
	"SafeWebAuthnSharedSigner":     "signer",
	"SafeWebAuthnSignerFactory":    "signer-factory",
	"DaimoP256Verifier":            "signature-verifier",
}
