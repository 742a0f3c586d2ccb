// Package clearsign says what a call or a typed message does in the words of an
// ERC-7730 descriptor ("Structured Data Clear Signing Format", version 2.0.0, and
// threshold and message of format amount from 2.1.0), offline.
//
// These words stand beside ours and never instead of them. A descriptor is
// written by whoever sent it to the registry, and the standard lets it hide
// fields, call a delegatecall "Transaction" and leave arguments out. So nothing
// here decides anything: a rendering can only add, and what it does not show it
// lists in Hidden. A failure to render says that there are no such words, nothing
// about the transaction.
//
// # Trust
//
// Untrusted in form and in meaning are the bundle's files and the data. Trusted
// is what a Source answers. The signer pins the bundle by Digest, which covers
// every JSON file; an attestation of ERC-8176 covers a descriptor without what it
// includes. Every text of a Rendering may hold any character (terminal escapes,
// bidirectional overrides, newlines, our own words) and is bounded only in
// length: the caller escapes it and marks whose words it is.
//
// # Bundle
//
// A bundle is a folder, or any fs.FS (a zip archive); every ".json" file in it, at any depth, is read once and
// counts for the digest. At most 8192 files, 2 MiB each, 64 MiB in all; names are
// printable ASCII; links and other irregular files are refused. JSON is read
// strictly (package strictjson: no duplicate, case-folding or escaped keys, no
// trailing data), at most 32 deep with 100,000 values a file.
//
// A file is a descriptor if its $schema is called erc7730-v… or it has a context,
// display or includes; others are passed over. The version comes from the name of
// the schema: erc7730-v2.schema.json or erc7730-v2.X.Y.schema.json; other major
// versions, drafts and release candidates are refused. A descriptor that binds to
// nothing (no deployments, domain, domainSeparator or factory) or has no display is
// only there to be included.
//
// includes is one relative path inside the bundle, at most 8 files deep, without
// cycles; addresses (https, ipfs) are refused, because what is there was not
// pinned. Merging: objects key by key, the including file wins; fields with the
// same path are merged, others appended; any other list is replaced. Format keys
// are the same if they are so without spaces after commas.
//
// A descriptor that is not valid is left out whole and told by Problems: the
// reasons are those of packages descriptor, key and path. Two deviations, both
// because of what is in use: Options.StrictKeys is off, and a field with "visible":
// "never" whose path the key does not have is dropped instead of refused.
//
// # Binding
//
// A call needs a deployment with its chain and target, or with what the Source
// says that its target runs. A message needs the descriptor's deployments, domain
// values and domainSeparator, all that there are; its domain must have
// verifyingContract and a chain. The chain is chainId; where the domain's type has
// none, a salt that is a number of at most 64 bits is taken as the chain, with a
// notice, as meta-transactions of several chains have it. A factory cannot be
// checked offline and binds to nothing.
//
// The format of a call is found by its selector, that of a message by its whole
// encodeType. Two descriptors for one function or message are ErrAmbiguous: which
// of them is meant is nobody's to guess.
//
// # Data
//
// Calldata is decoded by the descriptor's own key (package value): anything but the
// canonical encoding is ErrNotCanonical, bytes after the arguments are Suffix. Messages come from package eip712 without problems.
//
// Paths: package path. A list that a path goes through, by "[]", "[a:b]" or at its
// end, gives one field for each element. A parameter's path takes, for the lists
// that it goes through, the elements of the field's lists in the same order, and
// each must have as many elements; a parameter that remains a list is an error.
// An index or slice outside its list or bytes is an error, and nothing is clamped.
// Slices of a number are those of its type's width, big-endian.
//
// Groups: paths are joined; a group over a list shows all its fields for each
// element, with "sequential" each field for all elements; "bundled" deals out the
// elements of the lists inside it, which must be equally long.
//
// # Formats
//
//	raw                 decimal; true, false; EIP-55 address; 0x hex; text
//	amount              N SYMBOL of the chain; from threshold on: message, or "All"
//	tokenAmount         N SYMBOL; from threshold on: message, or "Unlimited", and SYMBOL;
//	                    an unknown token: the number, and no message
//	nftName             COLLECTION #N, or the number
//	date                YYYY-MM-DD hh:mm:ssZ; the number after the year 9999 or if the
//	                    time of the block is not known
//	duration            HH:MM:SS, hours as many as there are
//	unit                N and base without space; with prefix the SI prefix between
//	enum                the word; the raw value if there is none
//	chainId             the chain's name, or the number
//	calldata            a rendering inside; the raw bytes if no descriptor fits
//	addressName         "Sender" for senderAddress; the name from the allowed sources
//	                    "local" and "ens" in their order, not of another type than types;
//	                    else the address
//	tokenTicker         SYMBOL, or the address
//	interoperableAddressName
//	                    the name, or ADDRESS@eip155:CHAIN#CHECKSUM (ERC-7930, version 1,
//	                    EVM chains); anything else raw
//
// N has all digits, a point, no separators, no trailing zeros. A format on a value
// of a type that it does not apply to is ErrDoesNotFit. Numbers may be bytes of at
// most 32; addresses may be 20 bytes, a word with 12 zeros before, or a number of
// 160 bits. An encrypted value is its fallbackLabel, or "[Encrypted]".
//
// metadata.token is believed only with Options.OwnToken. chainId and chainIdPath
// of calldata, and maps, are in the text of the standard and not in its schema;
// they are read.
//
// # Visibility
//
// Shown are always, optional, and ifNotIn for values that are not listed. A value
// that mustMatch does not list ends the rendering with ErrMustMatch, also inside
// embedded calldata. Everything else, and every part of the data that no field
// shows whole, is in Hidden with its Reason and raw value; so is a value sent with a
// call that the descriptor does not show.
//
// interpolatedIntent: "{path}" is the text of the field with that path, which must
// be always visible; elements of a list are joined by ", "; "{{" and "}}" are braces.
// Whatever does not work out leaves InterpolatedIntent empty.
//
// # Bounds
//
// One rendering, with all inside it: 6 deep, 4096 fields, 4 MiB of text, 1 MiB of
// calldata, 131,072 steps along paths. Beyond them there is no rendering (ErrTooLong).
//
// Most callers need Load, Bundle.Digest, Bundle.Call and Bundle.Message. Bundle.Bound
// and Bundle.Declarations give what else a bundle knows of a contract.
package clearsign
