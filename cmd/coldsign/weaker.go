package main

// What the systems lack, in a sentence each. They are about what this program does on
// them, and stand whatever the measures of this run say.
const (
	noRights    = "nothing takes sockets, new programs or files from the process on this system: the program holds no code that dials or starts programs, but a bug that lets a stranger's code run would let that do all that you can do"
	noFilter    = "there is no filter of system calls for this processor: the program holds no code that dials or starts programs, but a bug that lets a stranger's code run would let that make sockets and start programs"
	debuggers   = "another program of the same user may read the memory of the process, as far as the system lets it debug others"
	notForked   = "secrets in memory are not left out of core files one by one; core files are turned off as a whole"
	unlocked    = "secrets in memory are not locked, so they may reach the swap file: encrypt the disk"
	crashReport = "a crash may be reported with a part of the memory: turn the error reports of the system off on this machine"
	modes       = "who may read the journal and the signature follows from their folder, because file modes mean little here: keep them in a folder that is yours alone"
	unsynced    = "the name of a new file cannot be brought to the disk apart from the file, so a power cut may lose a journal that was made just before"
	unknownHere = "nobody has tried this system: take what is said above for all that is known"
)

// weaker says what is weaker on a system than where the program was made for.
func weaker(system, processor string) []string {
	switch system {
	case "linux":
		all := []string{"the names, sizes and times of files can still be looked at, because Landlock does not refuse that; before Linux 5.13 it does not refuse to open them either"}
		if processor != "amd64" && processor != "arm64" {
			all = append(all, noFilter)
		}
		return all
	case "openbsd":
		return []string{"secrets in memory are not locked, because the pledge leaves that out: they may reach the swap, which OpenBSD encrypts unless it was turned off"}
	case "freebsd":
		return []string{noRights, debuggers}
	case "darwin", "netbsd", "dragonfly":
		return []string{noRights, debuggers, notForked}
	case "windows":
		return []string{noRights, debuggers, unlocked, crashReport, modes, unsynced}
	}
	return []string{noRights, debuggers, unknownHere}
}
