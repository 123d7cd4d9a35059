import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Diagnostic } from '../core/diagnostic.ts'
import { runtimeFacts } from '../agents/registry.ts'
import { compile, compileWithPatterns, type Compilation } from '../workflow/compile.ts'
import { sha256 } from '../workflow/sha256.ts'
import { detectImport, importFile } from '../workflow/import-file.ts'
import { complain } from './complain.ts'
import { quoted, type UsageMistake } from './parse-arguments.ts'
import { showDiagnostics } from './show-diagnostics.ts'
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
      hint: 'name a FILE',
    }
  )
}

/** Reads and compiles a file; a mistake says why it cannot be read. */
export async function compileFile(path: string, around: Surroundings): Promise<Compilation | UsageMistake> {
  const bytes = readBytes(resolve(around.cwd, path))
  if ('mistake' in bytes) return { mistake: `cannot read ${path}: ${bytes.mistake}` }
  if (!isUtf8(bytes)) return { mistake: `cannot read ${path}: it is not text in UTF-8` }
  const text = bytes.toString()
  const runtimes = runtimeFacts()
  const read = (name: string): string | undefined => {
    const other = readBytes(resolve(around.cwd, name))
    return 'mistake' in other ? undefined : other.toString()
  }
  const compiling = (source: string): Promise<Compilation> =>
    compileWithPatterns(source, (checkPattern) => compile(path, source, { read, runtimes, checkPattern }))
  if (detectImport(text) === undefined) return compiling(text)
  const imported = importFile(path, text)
  if (imported.text === undefined) return { ...imported, plan: undefined, diagnostics: [...imported.diagnostics] }
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
export async function compileOrComplain(path: string, around: Surroundings): Promise<Compilation | undefined> {
  const compiled = await compileFile(path, around)
  if ('mistake' in compiled) {
    complain(around, compiled)
    return undefined
  }
  showDiagnostics(compiled.diagnostics, compiled.sources, around)
  return compiled.plan === undefined ? undefined : compiled
}

function readBytes(path: string): Buffer | UsageMistake {
  try {
    if (statSync(path).isDirectory()) return { mistake: 'it is a directory' }
    return readFileSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { mistake: code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : code }
  }
}
