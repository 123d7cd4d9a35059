import { listedNames } from '../workflow/listed.ts'
import type { CommandLine, Option } from './command.ts'
import { quoted } from './parse-arguments.ts'
import type { Refusal } from '../core/refusal.ts'

/** The option by which inputs of a file are given. */
export const inputOption: Option = { value: 'k=v', short: 'i', repeatable: true, about: 'an input of the file' }

/** Inputs as a command line gives them, by name. */
export function readGivenInputs(line: CommandLine): { readonly inputs: Record<string, string> } | Refusal {
  const entries: [string, string][] = []
  for (const text of line.values('input')) {
    const at = text.indexOf('=')
    if (at < 1) return { mistake: `--input must be name=value, not ${quoted(text)}` }
    entries.push([text.slice(0, at), text.slice(at + 1)])
  }
  return { inputs: Object.fromEntries(entries) }
}

/** A line about required inputs without a value, which decide something: `where` it is left out. */
export function describeMissed(names: readonly string[], where: string): string {
  const options = names.map((name) => `--input ${name}=…`).join(' ')
  return `What reads ${listedNames(names, 'and', 'nothing')} is missing ${where}: give ${options}`
}
