package verify_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// TestCorpus runs check over real files of other people's repositories: each is
// read, refused by name, or said to be no proposal; the decoders never differ.
// What the fields must be is tested in verify/proposal.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the real payloads were NOT run")
	}
	count := map[report.Verdict]int{}
	codes := map[string]int{}
	for _, part := range []string{"batches", "service"} {
		err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Base(filepath.Dir(path)) == part {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, File: path, Input: raw})
			count[rep.Verdict]++
			for _, c := range slices.Compact(slices.Sorted(slices.Values(severe(rep)))) {
				codes[c]++
			}
			switch {
			case rep.Verdict == report.Refused && len(severe(rep)) == 0:
				t.Errorf("%s is refused by no name: %s", path, rep.Summary)
			case rep.Verdict == report.Unchecked && rep.Failure == "":
				t.Errorf("%s is unchecked without a reason", path)
			case slices.Contains(codesOf(rep), "DECODERS_DISAGREE"):
				t.Errorf("%s: the decoders disagree: %s", path, rep.Summary)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("files: %v; files by code: %v", count, codes)
	if count[report.NoObjection] == 0 || count[report.Refused] == 0 || count[report.Unchecked] == 0 {
		t.Error("one of the three answers was never given: the corpus is not what it should be")
	}
}
