package main

// limitsText is what explain limits prints: what "verified" does not prove.
const limitsText = `What a pass does not prove

VERIFIED says that the hashes, both decoders, the rules, your intent and, where you
have one, your policy agree.
It does not say any of these:

  - That the intent was right. If the ticket or the call was forged, the wrong
    payment is verified. Write the intent from a source that the author of the
    proposal does not control.
  - That the chain will be in the same state. Owners, threshold, nonce, balances,
    prices and allowances may be others when the transaction is executed.
  - That the code stays. A contract behind a proxy, an account with delegated
    code, or a contract made anew at its address can change between signing and
    execution. The name of a function says what it is called, not what it does.
  - That names and declarations are complete. Both decoders share one table from
    selectors to declarations: a wrong entry there misleads both in the same way.
  - That an address belongs to whom you think. It is compared with what you wrote,
    to the last digit; whether that was copied from the right place is yours.
  - That a collected signature still counts. Whether a contract signature or an
    approved hash is valid stands on the chain only.
  - That a limit of the policy holds on the chain. It holds for what the journal of
    this machine has seen; other signers have other journals. It counts what moves by
    the standards of tokens; a call of another contract counts with its value only,
    unless the policy lists what may be called. What the policy states of the Safe
    is as old as the policy, and a journal that was cut or exchanged is seen only by
    whoever compares its length and head with a receipt.
  - That another person looked. A receipt says that he signed it.
  - That this laptop, its operating system, the Go compiler or this program is
    honest. Compare the program's checksum, and the hash with a second device.
  - That the device shows the whole transaction. Many do not show nonce and Safe
    address: only the hashes bind them, so compare the hashes digit by digit.

NO OBJECTION, from check, is less: no intent that came another way was compared.
NOT VERIFIED, from decode and hash, is nothing at all: they only show.
`
