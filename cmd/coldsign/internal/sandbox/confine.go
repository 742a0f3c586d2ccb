package sandbox

import "github.com/coldsign/coldsign/cmd/coldsign/internal/measure"

// Paths are the files that the process still needs. The zero value is none: from
// then on nothing can be opened. A name is followed through symbolic links when
// Confine is called, and the right belongs to what it leads to then. A name that
// leads nowhere, or cannot be opened, or is not of the kind that its field says,
// gets no right; the rest is not held up by it.
type Paths struct {
	// ReadFiles are single files. A folder among them gets no right.
	ReadFiles []string
	// ReadBelow are folders whose files and folders, at any depth, can be read and
	// listed. os.OpenRoot and a walk need this. A symbolic link in one that leads
	// out of it does not lead to a readable file.
	ReadBelow []string
	// WriteIn are folders in which, at any depth, files can be made, opened for
	// reading and writing, linked within one folder, and removed, and which can be
	// listed and brought to the disk. It is a wide right: a bug could write any file
	// below.
	WriteIn []string
	// NameIn are folders in which, at any depth, a file that is open already can be
	// given another name by a link within its folder, and names can be removed. Nothing
	// in them can be opened, a new file only be made empty: enough for the end of an
	// output that was begun before.
	NameIn []string
	// MakeFolders are like WriteIn, and are made first where they are missing, with
	// mode 0700, and brought to the disk. The right to make them later would have to
	// lie with the folder above, often the home folder, and be a right to write
	// everything in there.
	MakeFolders []string
}

// FilesState says what Confine took. The zero value is nothing.
type FilesState struct {
	Status measure.Status
	Detail string
	// ABI is the version of Landlock that the kernel has, 0 for none. A version
	// below 3 does not refuse to truncate a file by its name.
	ABI int
}

// Measure is the state as a line of selftest.
func (f FilesState) Measure() measure.Measure {
	return measure.Measure{Name: "files", Status: f.Status, Detail: f.Detail}
}

// String is the state without its name.
func (f FilesState) String() string {
	if f.Detail == "" {
		return f.Status.String()
	}
	return f.Status.String() + ": " + f.Detail
}

// Confine takes from every thread of the process, for good, the right to open any
// file but these. What is open stays open. A later call can only take more.
func Confine(p Paths) FilesState {
	for _, folder := range p.MakeFolders {
		_ = makeFolder(folder) // what it is needed for will fail, and say why
	}
	return confine(p)
}

func unavailable(why string) FilesState {
	return FilesState{Status: measure.NotAvailable, Detail: why}
}
