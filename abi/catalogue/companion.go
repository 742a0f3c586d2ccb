package catalogue

// Companion returns the contract of a role that belongs to the release of
// another one: the same version and variant, published on the same chain. Of
// several fallback handlers it is the one for compatibility, which Safe's own
// tools set.
func Companion(chain uint64, of Contract, role Role) (Contract, bool) {
	sets := deployedOn(chain)
	for record, rest := contractTable.next(); record != ""; record, rest = rest.next() {
		if field(record, 2) != of.Version || field(record, 4) != of.Variant || parseRole(field(record, 3)) != role || !hasWord(sets, field(record, 5)) {
			continue
		}
		if role == RoleFallbackHandler && field(record, 1) != "CompatibilityFallbackHandler" {
			continue
		}
		return parseContract(record), true
	}
	return Contract{}, false
}
