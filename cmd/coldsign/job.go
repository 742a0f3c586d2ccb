package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
)

// job is what check, verify, decode and hash have in common: the same request
// for each of the files.
type job struct {
	mode    verify.Mode
	command string // if it is not the name of the mode
	files   []string
	fields  map[string]string // instead of a file
	given   verify.Given
	hash    *common.Hash
	compare []common.Hash
	dialect string
	intent  string // file name, "" for none
	book    string // file name of the address book, "" for none
	lists   []string
	abis    abiFiles
	receipt string // file to write the receipt to, "" for none
	sidecar bool   // an intent beside the file is taken
	above   bool   // a policy above the file is taken
	config  bool   // the policy of the configuration folder is taken, as verify does
	ask     asked  // what verify takes beside
	named   *options
	failOn  string
	via     []common.Address // of sign
	json    bool
	format  string
	folders map[string]error // folders that cannot be checked, with why
	places  places           // the policies above the files
	kept    verify.Kept      // of policies, address book and lists, once they are read
	stream  bool             // lines of standard input in place of files
	keyed   bool             // the lines are envelopes
	jobs    int              // files that are looked at at once, 0 for as many as there are processors

	known    known // what the files of book and lists hold
	knownErr error // why they could not be read
}

// known is what the signer knows of addresses. It is read once, for all files.
type known struct {
	book      *verify.Named
	lists     []verify.Named
	policy    policyFile // that --policy names
	policyErr error      // why it could not be read
	words     *verify.Descriptors
	abis      *verify.ABIs
	names     *catalogue.Signatures
}

// newJob reads the flags that the four commands share. All mistakes of the
// command line are found here, before the first byte of a file is read.
func newJob(p *program, o *options, mode verify.Mode, args []string) (*job, error) {
	return (&job{}).from(p, o, mode, args)
}

func (j *job) from(p *program, o *options, mode verify.Mode, args []string) (*job, error) {
	*j = job{command: j.command, config: j.config, mode: mode, files: args, dialect: o.text("dialect"), intent: o.text("intent"), book: o.text("address-book"), lists: o.texts("list"), fields: o.fields(), named: o}
	if known := proposal.Dialects(); j.dialect != "" && !slices.Contains(known, j.dialect) {
		return nil, usagef("the dialects are "+strings.Join(known, ", "), "there is no dialect %s", report.Quote(j.dialect))
	}
	var err error
	if j.given, err = o.givenFlags(); err != nil {
		return nil, err
	}
	if j.compare, err = o.pasted("compare"); err != nil {
		return nil, err
	}
	if j.hash, err = o.hash("safe-tx-hash"); err != nil {
		return nil, err
	}
	if j.abis, err = abiFlags(o.texts("abi")); err != nil {
		return nil, err
	}
	if j.format, err = o.choice("format", j.formatsOf(mode == verify.ModeSign || j.command != "")...); err != nil {
		return nil, err
	}
	j.json = j.format == "json"
	if j.failOn, err = o.choice("fail-on", "critical", "high"); err != nil {
		return nil, err
	}
	if err := j.streamFlags(o); err != nil {
		return nil, err
	}
	if j.jobs, err = o.jobs(); err != nil {
		return nil, err
	}
	return j, j.inputs(p)
}

// fieldNames are the SafeTx fields by flag. The first four make a proposal: with
// any of them the flags take the place of a file.
var fieldNames = []struct{ flag, field string }{
	{"to", "to"}, {"value", "value"}, {"data", "data"}, {"operation", "operation"},
	{"nonce", "nonce"}, {"safe-tx-gas", "safeTxGas"}, {"base-gas", "baseGas"}, {"gas-price", "gasPrice"},
	{"gas-token", "gasToken"}, {"refund-receiver", "refundReceiver"},
}

// fields returns the SafeTx that the flags describe, nil if they describe none.
func (o *options) fields() map[string]string {
	if !o.given("to") && !o.given("value") && !o.given("data") && !o.given("operation") {
		return nil
	}
	m := make(map[string]string)
	for _, f := range fieldNames {
		if o.given(f.flag) {
			m[f.field] = o.text(f.flag)
		}
	}
	return m
}

// verifies reports whether every line of evidence must be there.
func (j *job) verifies() bool { return j.mode == verify.ModeVerify || j.mode == verify.ModeSign }

// word is the command's, as reports name it.
func (j *job) word() string {
	if j.command != "" {
		return j.command
	}
	return j.mode.String()
}

// inputs settles that there is something to read, and standard input at most once.
func (j *job) inputs(p *program) error {
	switch {
	case j.fields != nil && len(j.files) > 0:
		return usagef("give either files, or the fields as flags", "both a file and fields (--to, --value, --data, --operation) are given")
	case j.fields != nil && j.dialect != "":
		return usagef("leave --dialect out", "fields given as flags have no dialect")
	case j.fields == nil && len(j.files) == 0 && !j.stream:
		return usagef("name the proposal, or - for standard input; see coldsign help "+j.word(), "no file is given")
	case len(j.compare) > 0 && (j.stream || len(j.files) > 1 || len(j.files) == 1 && (isFolder(j.files) || isPattern(j.files[0]))):
		return usagef("run the command for the one file", "--compare is about one transaction")
	case j.intent != "" && len(j.files) == 1 && isPattern(j.files[0]):
		return usagef("name the file", "one intent cannot belong to a pattern")
	case j.intent != "" && isFolder(j.files):
		return usagef("name the file", "one intent cannot belong to a folder")
	case j.intent != "" && len(j.files) > 1:
		return usagef("run the command once for each file", "one intent cannot belong to %d files", len(j.files))
	}
	p.stdinRead = j.stream
	for _, name := range slices.Concat([]string{j.intent, j.book, j.named.text("policy"), j.named.text("signatures"), j.named.text("descriptors")}, j.lists, slices.Collect(maps.Values(j.abis)), j.files) {
		if name != "-" {
			continue
		}
		if p.stdinRead {
			return usagef("put one of the two in a file", "standard input (-) is named twice")
		}
		p.stdinRead = true
	}
	return nil
}

// isFolder reports whether the one argument is a folder.
func isFolder(files []string) bool {
	if len(files) != 1 {
		return false
	}
	info, err := os.Stat(files[0])
	return err == nil && info.IsDir()
}

// flagsName stands for a file name where the fields came as flags.
const flagsName = "(flags)"

// do answers for every file and keeps the worst exit code.
func (j *job) do(p *program) error {
	if j.stream {
		return j.doStream(p)
	}
	files := j.files
	if j.fields != nil {
		files = []string{flagsName}
	}
	j.known, j.knownErr = j.readKnown(p)
	defer j.closeJournal()
	if len(files) == 1 {
		if err := j.show(p, j.record(p, j.one(p, files[0]))); err != nil {
			return fmt.Errorf("the report cannot be written: %w", err)
		}
		return nil
	}
	return j.many(p, files)
}

// one answers for one file.
func (j *job) one(p *program, name string) *report.Report { return j.look(p, subject{name: name}) }

// look answers for one payload. Whatever goes wrong, the answer is a report, and never a
// pass. Several payloads are looked at at once: nothing that they share is changed.
func (j *job) look(p *program, s subject) (r *report.Report) {
	defer func() {
		if v := recover(); v != nil {
			r = j.unchecked(s.name, fmt.Errorf("internal error: %v", v))
		}
		r.ID = s.id
	}()
	req, err := j.request(p, s)
	if err != nil {
		return j.unchecked(s.name, err)
	}
	r, err = p.world.verify(req)
	if err == nil && r == nil {
		err = errors.New("internal error: no report")
	}
	if err != nil {
		return j.unchecked(s.name, err)
	}
	j.mention(r, s)
	return r
}

// readKnown reads the address book and the lists. One that cannot be read leaves
// every file unchecked: without it another question would be answered.
func (j *job) readKnown(p *program) (k known, err error) {
	if j.named.given("policy") {
		k.policy, _, k.policyErr = p.policy(j.named)
	}
	if j.book != "" {
		raw, err := p.read(j.book, addressbook.MaxSize)
		if err != nil {
			return k, fmt.Errorf("the address book %s %w", report.Quote(j.book), err)
		}
		k.book = &verify.Named{Name: j.book, Raw: raw}
	}
	if name := j.named.text("descriptors"); name != "" {
		if k.words, err = p.descriptors(name); err != nil {
			return k, err
		}
	}
	if k.names, err = p.signatureList(j.named.text("signatures")); err != nil {
		return k, err
	}
	if k.abis, err = p.contractABIs(j.abis); err != nil {
		return k, err
	}
	for _, name := range j.lists {
		raw, err := p.read(name, lists.MaxSize)
		if err != nil {
			return k, fmt.Errorf("the list %s %w", report.Quote(name), err)
		}
		k.lists = append(k.lists, verify.Named{Name: name, Raw: raw})
	}
	return k, nil
}

func (j *job) request(p *program, s subject) (verify.Request, error) {
	var err error
	name := s.name
	req := verify.Request{Mode: j.mode, File: name, Dialect: j.dialect, Given: j.given, Fields: j.fields, SafeTxHash: j.hash, Compare: j.compare, FailOn: j.failOn,
		AddressBook: j.known.book, Lists: j.known.lists, Via: j.via, Descriptors: j.known.words, ABIs: j.known.abis, Names: j.known.names, Kept: &j.kept}
	if err = j.folders[name]; err != nil {
		return req, err
	}
	if j.knownErr != nil {
		return req, j.knownErr
	}
	if s.line {
		if err = j.policyOf(p, "-", &req); err != nil {
			return req, err
		}
		req.Input = s.raw
		return req, s.err
	}
	if err = j.policyOf(p, name, &req); err != nil {
		return req, err
	}
	intent, origin, err := j.intentOf(name)
	if err != nil {
		return req, err
	}
	if intent != "" {
		req.IntentName, req.IntentOrigin = intent, origin
		if req.Intent, err = p.read(intent, maxIntent); err != nil {
			return req, fmt.Errorf("the intent %s %w", report.Quote(intent), err)
		}
		req.Open = p.below(intent)
	}
	if err := j.evidence(p, &req); err != nil {
		return req, err
	}
	if j.fields != nil {
		return req, nil
	}
	req.Input, err = p.read(name, maxPayload)
	return req, err
}

// intentOf returns the intent's file name and where it comes from. Only check
// takes it from beside the proposal: who hands over a proposal can hand over an
// intent that matches it (decision 14).
func (j *job) intentOf(name string) (intent, origin string, err error) {
	if j.intent != "" {
		return j.intent, "--intent", nil
	}
	if !j.sidecar || j.fields != nil {
		return "", "", nil
	}
	beside, there, err := sidecarOf(name)
	if err != nil || !there {
		return "", "", err
	}
	return beside, "sidecar", nil
}

// mention says in a verify report that an intent lies beside the proposal, and in a
// check report that there is no place in which a policy would have been looked for.
func (j *job) mention(r *report.Report, s subject) {
	name := s.name
	if j.above && !j.named.given("policy") && (j.fields != nil || s.line || name == "-") {
		r.NotChecked = append(r.NotChecked, "the policy of a repository: flags and standard input lie in no folder, so none was looked for (--policy)")
	}
	if !j.verifies() || j.fields != nil || s.line {
		return
	}
	beside, there, err := sidecarOf(name)
	switch {
	case err != nil || !there:
	case j.intent != "" && sameFile(beside, j.intent):
		r.Facts = append(r.Facts, "the intent "+report.Quote(beside)+" lies beside the proposal: if both came from the same hand, their agreement proves nothing")
	default:
		r.Facts = append(r.Facts, "an intent "+report.Quote(beside)+" lies beside the proposal and was not used: "+j.mode.String()+" takes an intent from --intent only")
	}
}

// unchecked is the report about a file of which nothing is known.
func (j *job) unchecked(name string, err error) *report.Report {
	r := &report.Report{Command: j.word(), File: name, Verdict: report.Unchecked, Failure: err.Error(), Summary: err.Error()}
	var in *inputError
	var kept *journal.Error
	switch {
	case errors.As(err, &in):
		r.Hint = in.hint
	case errors.As(err, &kept):
		r.Hint = kept.Hint
	}
	return r
}

// exitCode maps a report to its exit code. Only the verdict that the command may
// give passes; any other is a mistake in this program and passes nothing.
func (j *job) exitCode(r *report.Report) int {
	switch {
	case r.Verdict == report.Refused:
		return exitRefused
	case r.Failure != "":
		return exitUnchecked
	case j.mode == verify.ModeCheck && r.Verdict == report.NoObjection:
		return exitDone
	case j.verifies() && r.Verdict == report.Verified:
		return exitDone
	case (j.mode == verify.ModeDecode || j.mode == verify.ModeHash) && r.Verdict == report.Unchecked:
		return exitDone
	}
	return exitUnchecked
}

// show writes one report, whole.
func (j *job) show(p *program, r *report.Report) error {
	w := j.writer(p, false)
	if err := w.begin(p.stdout); err != nil {
		return err
	}
	if err := j.give(p, p.stdout, w, j.answered(w, r)); err != nil {
		return err
	}
	return w.end(p.stdout, &p.tally)
}

// textOptions asks for colour only on a terminal that has it and a person who
// wants it (no-color.org).
func (p *program) textOptions() report.TextOptions {
	n := p.world.columns()
	return report.TextOptions{Width: n, Color: n > 0 && p.colours()}
}

func (p *program) colours() bool {
	term := p.world.env("TERM")
	return p.world.env("NO_COLOR") == "" && term != "" && term != "dumb"
}
