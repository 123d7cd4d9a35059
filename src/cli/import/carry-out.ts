import { resolve } from 'node:path'
import { builtinAgents } from '../../agents/registry.ts'
import { isUtf8 } from 'node:buffer'
import { readNamedFile } from '../../process/read-named-file.ts'
import { importFile } from '../../workflow/import-file.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { pathFromRoot } from '../compile-file.ts'
import { printMadeFiles, writeMadeFiles } from '../made-files.ts'
import { quoted } from '../parse-arguments.ts'
import { showDiagnostics } from '../show-diagnostics.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator import` does. */
export async function importForeign(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = line.operands[0]
  if (path === undefined) return refuse(around, { mistake: 'no FILE to import', hint: 'orchestrator import --help' })
  const bytes = readNamedFile(resolve(around.cwd, path))
  if (bytes === undefined) return refuse(around, { mistake: `cannot read ${quoted(path)}: there is no such file` })
  if ('problem' in bytes) return refuse(around, { mistake: `${quoted(path)} ${bytes.problem}` })
  if (!isUtf8(bytes)) return refuse(around, { mistake: `cannot read ${quoted(path)}: it is not text in UTF-8` })
  const text = bytes.toString()
  const { looksLikeWorkflow } = await import('../../workflow/migrate-workflow.ts')
  if (looksLikeWorkflow(text)) return importWorkflow(path, text, line, around)
  for (const option of ['write', 'dry-run'])
    if (line.has(option))
      return refuse(around, { mistake: `--${option} goes with a workflow, and ${quoted(path)} is none` })
  const imported = importFile(path, text)
  await showDiagnostics(imported.diagnostics, imported.sources, around)
  if (imported.text === undefined) return 2
  around.out.write(imported.text)
  return 0
}

async function importWorkflow(path: string, text: string, line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const { migrateWorkflow } = await import('../../workflow/migrate-workflow.ts')
  const versions = Object.fromEntries(
    builtinAgents.flatMap(({ name, package: from }) => (from === undefined ? [] : [[name, from.version]])),
  )
  const { files, diagnostics, sources } = migrateWorkflow(pathFromRoot(path, around), text, versions)
  await showDiagnostics(diagnostics, sources, around)
  if (files.length === 0) return 2
  if (!line.has('write') || line.has('dry-run')) {
    printMadeFiles(files, around)
    return 0
  }
  const problem = writeMadeFiles(files, around)
  if (problem !== undefined) return refuse(around, problem)
  for (const file of files) around.out.write(`Wrote ${file.path}\n`)
  around.out.write(
    `Next: look at the comments in them, put the commit of a release in the place of @v1, and git rm ${quoted(path)}\n`,
  )
  return 0
}
