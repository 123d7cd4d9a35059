import type { CommandLine } from './command.ts'

/** What `--format` names among the formats of a command; the parser has refused any other. Default: the first. */
export function chooseFormat<Format>(line: CommandLine, formats: Readonly<Record<string, Format>>): Format {
  const name = line.value('format') ?? Object.keys(formats)[0] ?? ''
  const format = formats[name]
  if (format === undefined) throw new Error(`the format ${name} is a choice of the command and in no table`)
  return format
}
