import { parseDocument, type YAMLError } from 'yaml'
import { createDiagnostics, type Diagnostics } from './diagnostics.ts'
import { createNodeReader } from './node-reader.ts'
import type { Origins } from './origins.ts'
import type { SourceFile } from './source-file.ts'
import { streamYaml } from './stream-yaml.ts'
import { describeSyntaxError, reportNesting, spoilsNextLine } from './yaml-errors.ts'

/** From how many characters on a text is read in slices of at least `sliceSize`, to spare memory. */
export interface SliceLimits {
  readonly streamFrom: number
  readonly sliceSize: number
}

const standardLimits: SliceLimits = { streamFrom: 20_000, sliceSize: 2048 }

/**
 * The plain data of a YAML text: maps, lists, strings, numbers, booleans and null, with anchors and merge keys resolved.
 * Undefined when it cannot be read at all; everything wrong with it as YAML is reported.
 */
export function readYaml(
  file: SourceFile,
  origins: Origins,
  diagnostics: Diagnostics,
  limits: SliceLimits = standardLimits,
): unknown {
  const lines = new Set<number>()
  const report = (errors: readonly YAMLError[]): void => {
    for (const error of errors) {
      const { code, message, hint, range } = describeSyntaxError(error, file)
      if (!lines.has(range.start.line)) diagnostics.error(code, message, range, { hint })
      lines.add(range.start.line)
      if (spoilsNextLine(error)) lines.add(range.start.line + 1)
    }
  }
  try {
    if (file.text.length >= limits.streamFrom) {
      // What is wrong with the data is said only when it is YAML to the end.
      const found = createDiagnostics()
      const value = streamYaml(file.text, limits.sliceSize, createNodeReader(file, origins, found), report)
      if (lines.size > 0) return undefined
      for (const { code, message, range, ...details } of found.sorted([]))
        if (range !== undefined) diagnostics.error(code, message, range, details)
      return value
    }
    // Duplicate keys are found by the reader: the parser would compare every key with every other.
    const document = parseDocument(file.text, { uniqueKeys: false, prettyErrors: false, keepSourceTokens: false })
    report([...document.errors, ...document.warnings])
    return lines.size > 0 ? undefined : createNodeReader(file, origins, diagnostics).read(document.contents, 0)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    reportNesting(file, diagnostics)
    return undefined
  }
}
