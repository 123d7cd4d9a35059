import type { ByteRedactor, Redactor } from '../core/redactor.ts'
import { createSecretScanner, type Scan } from './secret-scanner.ts'
import { listedShapes } from './listed-form.ts'
import { secretForms, secretValues } from './secret-forms.ts'
import { spelledShapes } from './spelled-form.ts'
import { longestEscape, tokenShapes } from './token-shapes.ts'
import { createSight } from './visible-bytes.ts'
import { shortestWrapped, wrappedShapes } from './wrapped-form.ts'

/** What stands in place of a secret; never longer than one, so that masking never needs more room. */
const mask = Buffer.from('***')

/** Room for what is masked or joined: text and chunks up to this size are handled without allocating. */
const scratchBytes = 98_304

/** So much is held back of what may be the start of a secret with unseen characters in it; then these are given up. */
const longestHeld = 65_536

/**
 * Masks the given values (from four characters on) in every form of `secretForms`, and whatever looks like a token of a known
 * provider. Text and streams are scanned as bytes, in one pass whatever the number of secrets; and once more as they will be seen where that
 * may differ: taking colours or unseen characters out must not put a secret together again. The views that a stream returns are valid until
 * the next call of anything of the same redactor.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = new Set(secrets.flatMap(secretForms))
  const literals = [...forms].filter((form) => !isWrapped(form) || form !== form.trim())
  const wrapped = [...new Set([...forms].filter(isWrapped).map((form) => form.trim()))].flatMap(wrappedShapes)
  const values = [...new Set(secrets.flatMap(secretValues))]
  const written = [...values.flatMap(spelledShapes), ...values.flatMap(listedShapes)]
  const scanner = createSecretScanner(literals, [...tokenShapes(), ...wrapped, ...written])
  const sight = createSight()
  const scratch = Buffer.allocUnsafeSlow(scratchBytes)
  const room = (length: number): Buffer =>
    length <= scratch.length ? scratch.subarray(0, length) : Buffer.allocUnsafeSlow(length)

  /** What is found in the bytes as they are and as they will be seen. */
  const scanSeen = (bytes: Uint8Array, final: boolean, before: Uint8Array, cut: boolean): Scan => {
    const found = [scanner.scan(bytes, final, before, cut)]
    const seenBefore = (sight.mayDiffer(before) ? sight.views(before, true)[0]?.bytes : undefined) ?? before
    for (const view of sight.views(bytes, final)) {
      const { spans, safe } = scanner.scan(view.bytes, final, seenBefore, cut)
      found.push({
        spans: spans.map((position, index) =>
          index % 2 === 0 ? view.origin(position) : view.origin(position - 1) + 1,
        ),
        safe: safe === view.bytes.length ? bytes.length : view.origin(safe),
      })
    }
    return mergeScans(found)
  }

  const scan = (bytes: Uint8Array, final: boolean, before: Uint8Array, cut: boolean): Scan =>
    sight.mayDiffer(bytes) || sight.mayDiffer(before)
      ? scanSeen(bytes, final, before, cut)
      : scanner.scan(bytes, final, before, cut)

  const createStream = (): ByteRedactor => {
    let held: Uint8Array = nothing
    let before: Uint8Array = nothing
    const take = (chunk: Uint8Array, final: boolean, cut: boolean): Uint8Array => {
      if (chunk.length === 0 && held.length === 0) return nothing
      const bytes = held.length === 0 ? chunk : join(held, chunk, room(held.length + chunk.length))
      const { spans, safe } = scan(bytes, final, before, cut)
      const seen = bytes.subarray(Math.max(0, safe - longestEscape), safe)
      before = Buffer.concat([before, seen]).subarray(-longestEscape)
      held = safe === bytes.length ? nothing : hold(bytes.subarray(safe))
      if (spans.length > 0) return maskSpans(bytes, spans, safe, bytes === chunk ? room(safe) : bytes)
      return safe === bytes.length ? bytes : bytes.subarray(0, safe)
    }
    return { push: (chunk) => take(chunk, false, false), end: (cut = false) => take(nothing, true, cut) }
  }

  const hold = (bytes: Uint8Array): Uint8Array =>
    (bytes.length > longestHeld ? sight.views(bytes, false)[0]?.bytes : undefined) ?? Buffer.from(bytes)

  return {
    text(given) {
      const value = given.isWellFormed() ? given : given.replaceAll(loneSurrogate, '')
      const bytes = value.length * 3 > scratch.length ? Buffer.from(value) : scratch.subarray(0, scratch.write(value))
      const { spans } = scan(bytes, true, nothing, false)
      return spans.length === 0 ? value : Buffer.from(maskSpans(bytes, spans, bytes.length, bytes)).toString()
    },
    stream: createStream,
  }
}

/** Halves of characters, which no file can hold and nothing shows: they keep nothing apart. */
const loneSurrogate = /[\uD800-\uDFFF]/gu

function isWrapped(form: string): boolean {
  return form.length >= shortestWrapped || /\s/.test(form)
}

/** What several scans of the same bytes found together; nothing that one of them has not decided yet is decided. */
function mergeScans(scans: readonly Scan[]): Scan {
  let safe = Math.min(...scans.map((scan) => scan.safe))
  const pairs = scans
    .flatMap(({ spans }) =>
      spans.flatMap((start, index) => (index % 2 === 0 ? [[start, spans[index + 1] ?? start] as const] : [])),
    )
    .toSorted((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [start, end] of pairs) {
    const last = merged.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  for (const [start, end] of merged) if (start < safe && end > safe) safe = start
  return { spans: merged.filter(([start]) => start < safe).flat(), safe }
}

const nothing = new Uint8Array(0)

function join(first: Uint8Array, second: Uint8Array, target: Uint8Array): Uint8Array {
  target.set(first)
  target.set(second, first.length)
  return target
}

/**
 * Writes the first `length` bytes to `target` with each span (start and end, ascending) replaced by the mask. The target may be the
 * source: a mask is never longer than what it stands for.
 */
function maskSpans(bytes: Uint8Array, spans: readonly number[], length: number, target: Uint8Array): Uint8Array {
  let from = 0
  let to = 0
  for (let index = 0; index < spans.length; index += 2) {
    const start = spans[index] ?? 0
    target.set(bytes.subarray(from, start), to)
    to += start - from
    target.set(mask, to)
    to += mask.length
    from = spans[index + 1] ?? length
  }
  target.set(bytes.subarray(from, length), to)
  return target.subarray(0, to + length - from)
}
