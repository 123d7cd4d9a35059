import type { Diagnostic, DiagnosticNote, SourceRange } from '../core/diagnostic.ts'

/** What a diagnostic may have besides code, message and place. */
export interface DiagnosticDetails {
  /** A hint that takes long to find is a function; of very many diagnostics, only the first have one. */
  readonly hint?: string | (() => string | undefined) | undefined
  readonly notes?: readonly DiagnosticNote[]
}

/** Collects what is wrong with a file and the files it includes. */
export interface Diagnostics {
  error(code: string, message: string, range: SourceRange, details?: DiagnosticDetails): void
  warning(code: string, message: string, range: SourceRange, details?: DiagnosticDetails): void
  notice(code: string, message: string, range: SourceRange, details?: DiagnosticDetails): void
  readonly hasErrors: boolean
  /** Everything so far, without repetitions: by file in the order given, then by position. */
  sorted(files: readonly string[]): Diagnostic[]
}

/** Most diagnostics kept of one compilation; nobody reads more, and a broken generator can make millions. */
const limit = 1000

/** Most hints that are looked for: each is a search through all names of the file. */
const searchLimit = 100

/** An empty collection. */
export function createDiagnostics(): Diagnostics {
  const found = new Map<string, Diagnostic>()
  let errors = 0
  let searches = 0

  function add(
    severity: Diagnostic['severity'],
    code: string,
    message: string,
    range: SourceRange,
    details: DiagnosticDetails,
  ): void {
    if (severity === 'error') errors++
    const key = `${range.file}\n${range.start.offset}\n${code}\n${message}`
    if (found.size >= limit || found.has(key)) return
    const { notes } = details
    const hint =
      typeof details.hint === 'function' ? (searches++ < searchLimit ? details.hint() : undefined) : details.hint
    found.set(key, {
      code,
      severity,
      message,
      range,
      ...(notes !== undefined && notes.length > 0 && { notes }),
      ...(hint !== undefined && { hint }),
    })
  }

  return {
    error: (code, message, range, details = {}) => add('error', code, message, range, details),
    warning: (code, message, range, details = {}) => add('warning', code, message, range, details),
    notice: (code, message, range, details = {}) => add('notice', code, message, range, details),
    get hasErrors() {
      return errors > 0
    },
    sorted(files) {
      const order = new Map(files.map((file, index) => [file, index]))
      const rank = (of: Diagnostic): number => order.get(of.range?.file ?? '') ?? files.length
      return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || offsetOf(a) - offsetOf(b))
    },
  }
}

function offsetOf(diagnostic: Diagnostic): number {
  return diagnostic.range?.start.offset ?? 0
}
