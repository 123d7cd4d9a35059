import { createStyle } from '../report/style.ts'
import { commandTable } from './command-table.ts'
import type { Command, Option } from './command.ts'
import { exitCodeHelp } from './exit-code.ts'
import { optionsOf } from './parse-arguments.ts'

/** The help of the program. */
export function renderProgramHelp(colour: boolean): string {
  const style = createStyle(colour)
  const entries = [
    ...commandTable.map(({ name, about }) => [name, about] as const),
    ['help', 'show the help of a command'] as const,
    ['version', 'show the version'] as const,
  ]
  return [
    `${style.bold('orchestrator')}: run AI agents and commands from one file, in CI and on your machine`,
    '',
    style.bold('Usage'),
    '  orchestrator COMMAND [OPTIONS] [FILE]',
    '',
    style.bold('Commands'),
    ...columns(entries.map(([name, summary]) => [style.cyan(name), name.length, summary])),
    '',
    style.bold('Examples'),
    ...columns(
      [
        ['orchestrator check', 'report every mistake in .github/orchestrator.yml'],
        ['orchestrator run FILE --simulate', 'try a pipeline with no key and at no cost'],
        ['orchestrator once "Explain this repository"', 'one prompt, no file'],
      ].map(([line = '', about = '']) => [line, line.length, style.dim(about)]),
    ),
    '',
    style.bold('Exit codes'),
    ...columns(exitCodeHelp.map(([code, about]) => [code, code.length, about])),
    '',
    style.dim('`orchestrator help COMMAND` explains each command.'),
    '',
  ].join('\n')
}

/** The help of one command. */
export function renderCommandHelp(command: Command, colour: boolean): string {
  const style = createStyle(colour)
  const options = Object.entries(optionsOf(command)).map(([name, option]): Row => {
    const { text, width } = describeOption(name, option)
    const choices = option.choices === undefined ? '' : `: ${option.choices.join(', ')}`
    return [
      style.cyan(text),
      width,
      `${option.about}${choices}${option.repeatable === true ? ' (may be repeated)' : ''}`,
    ]
  })
  const examples = command.examples.map(([line, about]): Row => [line, line.length, style.dim(about)])
  return [
    `${style.bold(`orchestrator ${command.name}`)}: ${command.about}`,
    '',
    style.bold('Usage'),
    ...command.usage.map((usage) => `  orchestrator ${command.name} ${usage}`.trimEnd()),
    '',
    style.bold('Options'),
    ...columns(options),
    ...(command.notes ?? []).flatMap((note) => ['', note]),
    '',
    style.bold('Examples'),
    ...columns(examples),
    '',
    style.bold('Exit codes'),
    ...columns(exitCodeHelp.map(([code, about]) => [code, code.length, about])),
    '',
  ].join('\n')
}

function describeOption(name: string, { short, value, valueIsOptional }: Option): { text: string; width: number } {
  const argument = value === undefined ? '' : valueIsOptional === true ? ` [${value}]` : ` ${value}`
  const text = `${short === undefined ? '    ' : `-${short}, `}--${name}${argument}`
  return { text, width: text.length }
}

/** What is shown, its width without colours, what it means. */
type Row = readonly [text: string, width: number, about: string]

function columns(rows: readonly Row[]): string[] {
  const widest = Math.min(44, Math.max(0, ...rows.map(([, width]) => width)))
  return rows.map(([text, width, about]) => `  ${text}${' '.repeat(Math.max(2, widest - width + 2))}${about}`.trimEnd())
}
