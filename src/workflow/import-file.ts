import type { Diagnostic } from '../core/diagnostic.ts'
import { createDiagnostics, type Diagnostics } from './diagnostics.ts'
import { isObject } from '../core/is-object.ts'
import { tracesOf, type ForeignFormat } from './foreign-traces.ts'
import { budgetKeys, importInstances, instanceKeys } from './import-instances.ts'
import { readForeign, type Imported, type ImportReader } from './import-reader.ts'
import { importStages } from './import-stages.ts'
import { createOrigins } from './origins.ts'
import { printFile } from './print-file.ts'
import { readYaml } from './read-yaml.ts'
import { instanceKeyShape, orchestrationShape } from './shape.ts'
import { createSourceFile } from './source-file.ts'

/** An imported file as text; `text` is undefined when the foreign file has errors. */
export interface ImportedFile {
  readonly text: string | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** The foreign file by its name, to show diagnostics with. */
  readonly sources: ReadonlyMap<string, string>
}

/** Which foreign format a text is in, if any: an orchestration file whose `instances` are a list by mistake is none. Fast for what is none. Never throws. */
export function detectImport(text: string): ForeignFormat | undefined {
  const candidates = tracesOf(text)
  if (candidates.length === 0) return undefined
  const source = createSourceFile('', text)
  const value = readYaml(source, createOrigins(source), createDiagnostics())
  if (!isObject(value)) return undefined
  return candidates.find((format) => {
    const list = value[format]
    if (!Array.isArray(list)) return false
    return format === 'instances' ? isInstanceList(value, list) : !isObject(value['instances'])
  })
}

/** What only an instance list has decides; then what only an orchestration file has; then whether there is something to import. */
function isInstanceList(root: Readonly<Record<string, unknown>>, list: readonly unknown[]): boolean {
  if (list.length === 0) return true
  const items = list.filter((item) => isObject(item))
  if (items.some((item) => Object.keys(item).some((key) => isImportedKey(key) && !isInstanceKey(key)))) return true
  if (isObject(root['budget']) && Object.keys(root['budget']).some((key) => budgetKeys.includes(key))) return true
  const hasOurs = (item: object): boolean =>
    Object.keys(item).some((key) => key === 'id' || (isInstanceKey(key) && !isImportedKey(key)))
  if (Object.keys(root).some(isDocumentKey) || items.some(hasOurs)) return false
  return items.some(({ command, prompt }) => typeof command === 'string' || typeof prompt === 'string')
}

function isImportedKey(key: string): boolean {
  return instanceKeys.includes(key)
}

function isDocumentKey(key: string): boolean {
  return key !== 'instances' && key !== 'budget' && orchestrationShape().keys?.get(key) !== undefined
}

function isInstanceKey(key: string): boolean {
  return instanceKeyShape(key) !== undefined
}

/**
 * Turns a foreign file into an orchestration file, with comments where a meaning changed. What is wrong with the
 * foreign file is reported at its place there.
 */
export function importFile(path: string, text: string): ImportedFile {
  const source = createSourceFile(path, text)
  const sources = new Map([[path, source.text]])
  const origins = createOrigins(source)
  const diagnostics = createDiagnostics()
  const value = readYaml(source, origins, diagnostics)
  const root =
    value === undefined ? undefined : readForeign(value, 'the file', origins.ofPlain({}), origins, diagnostics)
  const imported = root && importRoot(root, diagnostics)
  return {
    text:
      imported === undefined || diagnostics.hasErrors
        ? undefined
        : printFile(imported.file, { header: imported.header, comments: imported.comments }),
    diagnostics: diagnostics.sorted([path]),
    sources,
  }
}

function importRoot(root: ImportReader, diagnostics: Diagnostics): Imported | undefined {
  if (Array.isArray(root.map['stages'])) return importStages(root, diagnostics)
  if (Array.isArray(root.map['instances'])) return importInstances(root, diagnostics)
  diagnostics.error(
    'import-unknown-format',
    'the file has neither a list of `instances` nor a list of `stages`',
    root.range(),
    {
      hint: 'An orchestration file, which has a map of instances, needs no import.',
    },
  )
  return undefined
}
