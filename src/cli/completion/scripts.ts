import type { Command } from '../command.ts'
import { optionsOf } from '../parse-arguments.ts'

/** What is completed of a command. */
export type Completed = Pick<Command, 'name' | 'about' | 'options'>

/** Writes the script for one shell. */
type WriteScript = (commands: readonly Completed[]) => string

/** The shells there is a script for. */
export const completionScripts = {
  bash: (commands) => `_orchestrator() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${namesOf(commands)}'
  else
    case "\${COMP_WORDS[1]} $before" in
${choicesOf(commands, (command, option, choices) => `      '${command} --${option}') words='${choices}' ;;`)}
      *)
        if [[ $word == -* ]]; then
          case "\${COMP_WORDS[1]}" in
${commands.map((command) => `            ${command.name}) words='${flagsOf(command)}' ;;`).join('\n')}
          esac
        fi
        ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _orchestrator orchestrator
`,
  zsh: (commands) => `_orchestrator() {
  if (( CURRENT == 2 )); then
    local -a names=(
${commands.map(({ name, about }) => `      ${single(`${name}:${about}`)}`).join('\n')}
    )
    _describe command names
    return
  fi
  case "$words[2]" in
${commands.map((command) => `    ${command.name}) _arguments ${zshOptions(command)} '*:file:_files' ;;`).join('\n')}
  esac
}
compdef _orchestrator orchestrator
`,
  fish: (commands) =>
    [
      ...commands.map(
        ({ name, about }) =>
          `complete -c orchestrator -n __fish_use_subcommand -f -a ${name} -d ${single(about, String.raw`\'`)}`,
      ),
      ...commands.flatMap((command) =>
        Object.entries(optionsOf(command)).map(([name, { short, value, valueIsOptional, choices, about }]) =>
          [
            `complete -c orchestrator -n '__fish_seen_subcommand_from ${command.name}' -l ${name}`,
            short === undefined ? '' : ` -s ${short}`,
            value === undefined || valueIsOptional === true ? '' : ' -r',
            choices === undefined ? '' : ` -f -a '${choices.join(' ')}'`,
            ` -d ${single(about, String.raw`\'`)}`,
          ].join(''),
        ),
      ),
      '',
    ].join('\n'),
  powershell: (commands) => `Register-ArgumentCompleter -Native -CommandName orchestrator -ScriptBlock {
  param($word, $line, $position)
  $flags = @{
${commands.map((command) => `    '${command.name}' = '${flagsOf(command)}'`).join('\n')}
  }
  $given = $line.CommandElements | ForEach-Object { $_.ToString() }
  $words = if ($given.Count -lt 2 -or ($given.Count -eq 2 -and $word -ne '')) { '${namesOf(commands)}' }
    elseif ($word.StartsWith('-')) { $flags[$given[1]] }
    else { '' }
  -split $words | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`,
} satisfies Record<string, WriteScript>

const namesOf = (commands: readonly Completed[]): string =>
  [...commands.map(({ name }) => name), 'help', 'version'].join(' ')

const flagsOf = (command: Completed): string =>
  Object.entries(optionsOf(command))
    .flatMap(([name, { short }]) => (short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`]))
    .join(' ')

/** A line for each option that takes one of some words. */
function choicesOf(
  commands: readonly Completed[],
  write: (command: string, option: string, choices: string) => string,
): string {
  return commands
    .flatMap(({ name, options }) =>
      Object.entries(options).flatMap(([option, { choices }]) =>
        choices === undefined ? [] : [write(name, option, choices.join(' '))],
      ),
    )
    .join('\n')
}

function zshOptions(command: Completed): string {
  return Object.entries(optionsOf(command))
    .map(([name, { value, valueIsOptional, choices, about }]) => {
      const what = about.replaceAll(/[[\]:]/g, ' ')
      const takes = choices === undefined ? `:${value}:_files` : `:${value}:(${choices.join(' ')})`
      return single(`--${name}[${what}]${value === undefined || valueIsOptional === true ? '' : takes}`)
    })
    .join(' ')
}

/** Quoted for a shell; what stands for a quote inside differs. */
const single = (text: string, quote = String.raw`'\''`): string => `'${text.replaceAll("'", quote)}'`
