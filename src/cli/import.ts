import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command, CommandLine } from './command.ts'
import { showDiagnostics } from './compile-file.ts'
import { complain } from './complain.ts'
import type { ExitCode } from './exit-code.ts'
import { quoted } from './parse-arguments.ts'
import type { Surroundings } from './surroundings.ts'

/** `orchestrator import FILE`. */
export const importCommand: Command = {
  name: 'import',
  about: 'turn an instance list or a list of stages into an orchestration file, on standard output',
  usage: ['FILE'],
  maxOperands: 1,
  options: {},
  notes: ['Comments in the result say where a meaning changed. `run` and `check` take such a FILE directly as well.'],
  examples: [['orchestrator import instances.json > .github/orchestrator.yml', '']],
  run: importForeign,
}

async function importForeign(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = line.operands[0]
  if (path === undefined) {
    complain(around, { mistake: 'there is no FILE to import', hint: 'orchestrator import --help' })
    return 2
  }
  let text: string
  try {
    text = readFileSync(resolve(around.cwd, path), 'utf8')
  } catch {
    complain(around, { mistake: `cannot read ${quoted(path)}` })
    return 2
  }
  const { importFile } = await import('../workflow/import-file.ts')
  const imported = importFile(path, text)
  showDiagnostics(imported.diagnostics, imported.sources, around)
  if (imported.text === undefined) return 2
  around.out.write(imported.text)
  return 0
}
