import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Compilation } from '../workflow/compile.ts'
import { countDiagnostics, renderDiagnostics } from '../report/diagnostic-text.ts'
import { complain } from './complain.ts'
import type { UsageMistake } from './parse-arguments.ts'
import type { Surroundings } from './surroundings.ts'

/** Where an orchestration file is looked for when none is named. */
const defaultPaths = ['.github/orchestrator.yml', '.github/orchestrator.yaml', 'orchestrator.yml', 'orchestrator.yaml']

/** The file a command is about: the one named, else the first of the usual places that exists. */
export function chooseFile(operand: string | undefined, around: Surroundings): string | UsageMistake {
  if (operand !== undefined) return operand
  const found = defaultPaths.find((path) => existsSync(join(around.cwd, path)))
  return (
    found ?? {
      mistake: `no file was named, and there is no ${defaultPaths[0]} here`,
      hint: 'name one: orchestrator run FILE',
    }
  )
}

/** Reads and compiles a file; a mistake says why it cannot be read. */
export async function compileFile(path: string, around: Surroundings): Promise<Compilation | UsageMistake> {
  const text = readText(resolve(around.cwd, path))
  if (typeof text !== 'string') return { mistake: `cannot read ${path}: ${text.mistake}` }
  const { runtimeFacts } = await import('../agents/registry.ts')
  const runtimes = runtimeFacts()
  const read = (name: string): string | undefined => {
    const other = readText(resolve(around.cwd, name))
    return typeof other === 'string' ? other : undefined
  }
  const { compile } = await import('../workflow/compile.ts')
  return compile(path, text, { read, runtimes })
}

/** Compiles a file to run it: says what is wrong with it on standard error; undefined when there is no plan. */
export async function compileOrComplain(path: string, around: Surroundings): Promise<Compilation | undefined> {
  const compiled = await compileFile(path, around)
  if ('mistake' in compiled) {
    complain(around, compiled)
    return undefined
  }
  showDiagnostics(compiled.diagnostics, compiled.sources, around)
  return compiled.plan === undefined ? undefined : compiled
}

/** Writes diagnostics with their source lines to standard error, and how many there are. */
export function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  around: Surroundings,
): void {
  if (diagnostics.length === 0) return
  const { colour, columns } = around.err
  around.err.write(`${renderDiagnostics(diagnostics, sources, 'text', { colour, columns: columns() })}\n`)
  around.err.write(`${countDiagnostics(diagnostics)}\n`)
}

function readText(path: string): string | { readonly mistake: string } {
  try {
    if (statSync(path).isDirectory()) return { mistake: 'it is a directory' }
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { mistake: code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : code }
  }
}
