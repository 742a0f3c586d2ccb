package docs

import (
	"fmt"
	"strings"
)

const made = "# Made from coldsign's table of commands. It runs nothing: every word in it is fixed,\n# and file names are left to the shell.\n"

// Bash writes the completion for bash 3.2 and later.
func Bash(commands []Command) []byte {
	var b strings.Builder
	b.WriteString("# bash completion for coldsign\n" + made + `
_coldsign() {
	local cur="${COMP_WORDS[COMP_CWORD]}" prev="" command="" words="" w
	COMPREPLY=()
	[ "$COMP_CWORD" -gt 0 ] && prev="${COMP_WORDS[COMP_CWORD-1]}"
	[ "$COMP_CWORD" -gt 1 ] && command="${COMP_WORDS[1]}"
	case "$command" in
`)
	fmt.Fprintf(&b, "\t%s)\n\t\tif [ \"$COMP_CWORD\" -gt 2 ]; then command=\"$command ${COMP_WORDS[2]}\"; fi ;;\n\tesac\n", strings.Join(groups(commands), "|"))
	b.WriteString("\tcase \"$command\" in\n")
	fmt.Fprintf(&b, "\t\"\") words=\"%s\" ;;\n", strings.Join(first(commands), " "))
	for _, g := range groups(commands) {
		fmt.Fprintf(&b, "\t%s) words=\"%s\" ;;\n", g, strings.Join(second(commands, g), " "))
	}
	fmt.Fprintf(&b, "\thelp) words=\"%s\" ;;\n\tesac\n", strings.Join(first(commands), " "))
	b.WriteString("\tcase \"$command $prev\" in\n")
	for _, c := range commands {
		for _, f := range c.Flags {
			if f.Takes {
				fmt.Fprintf(&b, "\t\"%s --%s\") words=\"%s\" ;;\n", c.name(), f.Name, strings.Join(f.Values, " "))
			}
		}
	}
	b.WriteString("\t*)\n\t\tcase \"$command:$cur\" in\n")
	for _, c := range commands {
		if len(c.Flags) > 0 {
			fmt.Fprintf(&b, "\t\t\"%s:-\"*) words=\"%s\" ;;\n", c.name(), c.dashed())
		}
	}
	b.WriteString(`		esac ;;
	esac
	for w in $words; do
		case "$w" in "$cur"*) COMPREPLY+=("$w") ;; esac
	done
}
complete -o default -F _coldsign coldsign
`)
	return []byte(b.String())
}

// Zsh writes the completion for zsh, as the file _coldsign.
func Zsh(commands []Command) []byte {
	var b strings.Builder
	b.WriteString("#compdef coldsign\n" + made + `
_coldsign() {
	local command="" prev="${words[CURRENT-1]}" cur="${words[CURRENT]}"
	(( CURRENT > 2 )) && command="${words[2]}"
	case "$command" in
`)
	fmt.Fprintf(&b, "\t%s)\n\t\tif (( CURRENT > 3 )); then command=\"$command ${words[3]}\"; fi ;;\n\tesac\n", strings.Join(groups(commands), "|"))
	b.WriteString("\tcase \"$command\" in\n")
	fmt.Fprintf(&b, "\t'') compadd -- %s; return ;;\n", strings.Join(first(commands), " "))
	for _, g := range groups(commands) {
		fmt.Fprintf(&b, "\t%s) compadd -- %s; return ;;\n", g, strings.Join(second(commands, g), " "))
	}
	fmt.Fprintf(&b, "\thelp) compadd -- %s; return ;;\n\tesac\n", strings.Join(first(commands), " "))
	b.WriteString("\tcase \"$command $prev\" in\n")
	for _, c := range commands {
		for _, f := range c.Flags {
			if f.Takes && f.Values != nil {
				fmt.Fprintf(&b, "\t'%s --%s') compadd -- %s; return ;;\n", c.name(), f.Name, strings.Join(f.Values, " "))
			} else if f.Takes {
				fmt.Fprintf(&b, "\t'%s --%s') _files; return ;;\n", c.name(), f.Name)
			}
		}
	}
	b.WriteString("\tesac\n\tif [[ \"$cur\" == -* ]]; then\n\t\tcase \"$command\" in\n")
	for _, c := range commands {
		if len(c.Flags) > 0 {
			fmt.Fprintf(&b, "\t\t'%s') compadd -- %s ;;\n", c.name(), c.dashed())
		}
	}
	b.WriteString("\t\tesac\n\t\treturn\n\tfi\n\t_files\n}\n\n_coldsign \"$@\"\n")
	return []byte(b.String())
}

// Fish writes the completion for fish.
func Fish(commands []Command) []byte {
	var b strings.Builder
	b.WriteString("# fish completion for coldsign\n" + made + `
function __coldsign_at --description 'whether the line begins with these words and goes on'
	set -l words (commandline -opc)
	set -e words[1]
	set -l n (count $argv)
	test (count $words) -ge $n; or return 1
	test "$words[1..$n]" = "$argv"
end

function __coldsign_needs --description 'whether exactly these words stand before'
	set -l words (commandline -opc)
	set -e words[1]
	test "$words" = "$argv"
end

`)
	fmt.Fprintf(&b, "complete -c coldsign -f -n '__coldsign_needs' -a '%s'\n", strings.Join(first(commands), " "))
	for _, g := range groups(commands) {
		fmt.Fprintf(&b, "complete -c coldsign -f -n '__coldsign_needs %s' -a '%s'\n", g, strings.Join(second(commands, g), " "))
	}
	fmt.Fprintf(&b, "complete -c coldsign -f -n '__coldsign_needs help' -a '%s'\n", strings.Join(first(commands), " "))
	for _, c := range commands {
		for _, f := range c.Flags {
			how := ""
			switch {
			case f.Takes && f.Values != nil:
				how = " -x -a '" + strings.Join(f.Values, " ") + "'"
			case f.Takes:
				how = " -r -F"
			}
			kind := "-l"
			if len(f.Name) == 1 {
				kind = "-s"
			}
			fmt.Fprintf(&b, "complete -c coldsign -n '__coldsign_at %s' %s %s%s\n", c.name(), kind, f.Name, how)
		}
	}
	return []byte(b.String())
}

// PowerShell writes the completion for PowerShell 5 and later. Where it answers nothing,
// the shell completes file names by itself.
func PowerShell(commands []Command) []byte {
	var b strings.Builder
	quoted := func(words []string) string {
		if len(words) == 0 {
			return "@()"
		}
		return "@('" + strings.Join(words, "', '") + "')"
	}
	b.WriteString("# PowerShell completion for coldsign\n" + made + `
Register-ArgumentCompleter -Native -CommandName coldsign, coldsign.exe -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)
	$before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
	$command = ''
	if ($before.Count -gt 1) { $command = $before[1] }
`)
	fmt.Fprintf(&b, "\tif ($before.Count -gt 2 -and %s -ccontains $command) { $command = $command + ' ' + $before[2] }\n", quoted(groups(commands)))
	b.WriteString("\t$words = @()\n\tswitch -CaseSensitive -Exact ($command) {\n")
	fmt.Fprintf(&b, "\t\t'' { $words = %s }\n", quoted(first(commands)))
	for _, g := range groups(commands) {
		fmt.Fprintf(&b, "\t\t'%s' { $words = %s }\n", g, quoted(second(commands, g)))
	}
	fmt.Fprintf(&b, "\t\t'help' { $words = %s }\n\t}\n", quoted(first(commands)))
	b.WriteString("\tif ($wordToComplete -like '-*') {\n\t\tswitch -CaseSensitive -Exact ($command) {\n")
	for _, c := range commands {
		if len(c.Flags) > 0 {
			fmt.Fprintf(&b, "\t\t\t'%s' { $words = %s }\n", c.name(), quoted(strings.Fields(c.dashed())))
		}
	}
	b.WriteString("\t\t}\n\t}\n\tif ($before.Count -gt 0) {\n\t\tswitch -CaseSensitive -Exact ($command + ' ' + $before[-1]) {\n")
	for _, c := range commands {
		for _, f := range c.Flags {
			if f.Takes {
				fmt.Fprintf(&b, "\t\t\t'%s --%s' { $words = %s }\n", c.name(), f.Name, quoted(f.Values))
			}
		}
	}
	b.WriteString(`		}
	}
	$words | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`)
	return []byte(b.String())
}
