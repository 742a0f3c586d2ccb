// Package markdown writes reports as one GitHub-flavoured Markdown document, for a comment
// on a pull request or a ticket. It decides nothing.
//
// All text of a report is untrusted, and a comment has more readers than a renderer: after
// it, GitHub makes links of mentions, issue numbers, commits and addresses of pages wherever
// they stand as text. So a text is taken apart into words. A plain word stands as it is; all
// others stand in code spans, inside which nothing is read. Longer text stands in fenced
// blocks. No other text of a report is written, and no tag but our own.
//
// A comment holds 65,536 characters. What does not fit is left out from the least important
// on, and that it was is said at the top: first the whole report, then notices, effects and
// hashes. The verdict of every file that does not pass stays; of critical and high findings,
// if not even they fit, the codes with their numbers.
package markdown
