import { resolve } from 'node:path'
import { readNamedText } from '../../process/read-named-file.ts'
import { importFile } from '../../workflow/import-file.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { quoted } from '../parse-arguments.ts'
import { showDiagnostics } from '../show-diagnostics.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator import` does. */
export async function importForeign(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = line.operands[0]
  if (path === undefined) return refuse(around, { mistake: 'no FILE to import', hint: 'orchestrator import --help' })
  const text = readNamedText(resolve(around.cwd, path))
  if (text === undefined) return refuse(around, { mistake: `cannot read ${quoted(path)}` })
  const imported = importFile(path, text)
  await showDiagnostics(imported.diagnostics, imported.sources, around)
  if (imported.text === undefined) return 2
  around.out.write(imported.text)
  return 0
}
