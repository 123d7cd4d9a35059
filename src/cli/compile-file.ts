import { isUtf8 } from 'node:buffer'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../core/diagnostic.ts'
import { runtimeFacts } from '../agents/registry.ts'
import { readNamedFile } from '../process/read-named-file.ts'
import { compile, compileWithChecks, type ReadFile, type Compilation } from '../workflow/compile.ts'
import { sha256 } from '../core/sha256.ts'
import { tracesOf } from '../workflow/foreign-traces.ts'
import { complain } from './complain.ts'
import { defaultPaths, findDefaultFile } from './find-root.ts'
import { quoted } from './parse-arguments.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import type { Surroundings } from './surroundings.ts'
import type { Refusal } from '../core/refusal.ts'

/** The file a command is about, as diagnostics name it: the one named, else the nearest of the usual places that exists. */
export function chooseFile(operand: string | undefined, around: Surroundings): string | Refusal {
  if (operand !== undefined) return pathFromRoot(operand, around)
  const found = findDefaultFile(around.cwd, around.root)
  if (found !== undefined) return pathFromRoot(found, around)
  const where = around.cwd === around.root ? 'here' : `in ${around.cwd} or above it, up to ${around.root}`
  return { mistake: `no file was named, and there is no ${defaultPaths[0]} ${where}`, hint: 'name a FILE' }
}

/** A path given here as the root sees it, and so diagnostics and journals name it; absolute where it leads out of there. */
export function pathFromRoot(path: string, { cwd, root }: Surroundings): string {
  if (cwd === root && !isAbsolute(path)) return path
  const inside = relative(root, resolve(cwd, path))
  return inside.startsWith('..') || isAbsolute(inside) ? resolve(cwd, path) : inside.replaceAll(sep, '/')
}

/** Reads and compiles a file; a mistake says why it cannot be read. */
export async function compileFile(
  path: string,
  around: Surroundings,
  inputs?: Readonly<Record<string, string>>,
): Promise<Compilation | Refusal> {
  const bytes = readNamedFile(resolve(around.root, path))
  if (bytes === undefined) return { mistake: `cannot read ${path}: there is no such file` }
  if ('problem' in bytes)
    return {
      mistake: `cannot read ${path}: ${bytes.problem.replace(/^cannot be read: /, '').replace(/^is /, 'it is ')}`,
    }
  if (!isUtf8(bytes)) return { mistake: `cannot read ${path}: it is not text in UTF-8` }
  const text = bytes.toString()
  const runtimes = runtimeFacts()
  const read: ReadFile = (name) => {
    const other = readNamedFile(resolve(around.root, name))
    return Buffer.isBuffer(other) ? other.toString() : other
  }
  const compiling = (source: string): Promise<Compilation> =>
    compileWithChecks(source, (checks) => compile(path, source, { read, runtimes, ...checks, inputs }))
  if (tracesOf(text).length === 0) return compiling(text)
  const { detectImport, importFile } = await import('../workflow/import-file.ts')
  if (detectImport(text) === undefined) return compiling(text)
  const imported = importFile(path, text)
  if (imported.text === undefined)
    return { ...imported, plan: undefined, diagnostics: [...imported.diagnostics], missedInputs: [] }
  const compiled = await compiling(imported.text)
  return {
    ...compiled,
    plan: compiled.plan && { ...compiled.plan, source: { path, sha256: sha256(text) } },
    diagnostics: [importNotice(path), ...imported.diagnostics, ...compiled.diagnostics],
  }
}

function importNotice(path: string): Diagnostic {
  return {
    code: 'imported-file',
    severity: 'notice',
    message: `${path} is in another tool's format and was imported; places below are those of the imported file`,
    hint: `keep the import: orchestrator import ${quoted(path)} > orchestrator.yml`,
  }
}

/** Compiles a file to run it: says what is wrong with it on standard error; undefined when there is no plan. */
export async function compileOrComplain(
  path: string,
  around: Surroundings,
  inputs?: Readonly<Record<string, string>>,
): Promise<Compilation | undefined> {
  const compiled = await compileFile(path, around, inputs)
  if ('mistake' in compiled) {
    complain(around, compiled)
    return undefined
  }
  await showDiagnostics(compiled.diagnostics, compiled.sources, around)
  return compiled.plan === undefined ? undefined : compiled
}
