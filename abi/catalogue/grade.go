package catalogue

// Grade says who vouches for a declaration. A higher grade is more trusted. The
// zero value vouches for nothing.
type Grade uint8

// The grades.
const (
	GradeUnknown   Grade = iota
	GradeDatabase        // a name from a list of signatures: a guess that satisfies nothing
	GradeInterface       // a published standard, or the source of a widely used contract, at an address we do not know
	GradeGiven           // the signer's intent or policy names it; never returned by this package
	GradePublished       // the contract that Safe published at this address on this chain declares it
)

var gradeNames = [...]string{"unknown", "database", "interface", "given", "published"}

// String returns the word used in reports.
func (g Grade) String() string {
	if int(g) >= len(gradeNames) {
		return gradeNames[GradeUnknown]
	}
	return gradeNames[g]
}

func parseGrade(word string) Grade {
	switch word {
	case "interface":
		return GradeInterface
	case "database":
		return GradeDatabase
	}
	return GradeUnknown
}
