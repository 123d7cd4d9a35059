import type { ByteRedactor, Redactor } from '../core/redactor.ts'
import { createSecretScanner } from './secret-scanner.ts'
import { secretForms } from './secret-forms.ts'
import { longestEscape, tokenShapes } from './token-shapes.ts'

/** What stands in place of a secret; never longer than one, so that masking never needs more room. */
const mask = Buffer.from('***')

/** Room for what is masked or joined: text and chunks up to this size are handled without allocating. */
const scratchBytes = 98_304

/**
 * Masks the given values (from four characters on) in every form of `secretForms`, and whatever looks like a token of a known
 * provider. Text and streams are scanned as bytes, in one pass whatever the number of secrets. The views that a stream
 * returns are valid until the next call of anything of the same redactor.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const scanner = createSecretScanner(secrets.flatMap(secretForms), tokenShapes())
  const scratch = Buffer.allocUnsafeSlow(scratchBytes)
  const room = (length: number): Buffer =>
    length <= scratch.length ? scratch.subarray(0, length) : Buffer.allocUnsafeSlow(length)

  const createStream = (): ByteRedactor => {
    let held: Uint8Array = nothing
    let before: Uint8Array = nothing
    const take = (chunk: Uint8Array, final: boolean): Uint8Array => {
      const bytes = held.length === 0 ? chunk : join(held, chunk, room(held.length + chunk.length))
      const { spans, safe } = scanner.scan(bytes, final, before)
      const seen = bytes.subarray(Math.max(0, safe - longestEscape), safe)
      before = Buffer.concat([before, seen]).subarray(-longestEscape)
      held = safe === bytes.length ? nothing : Buffer.from(bytes.subarray(safe))
      if (spans.length > 0) return maskSpans(bytes, spans, safe, bytes === chunk ? room(safe) : bytes)
      return safe === bytes.length ? bytes : bytes.subarray(0, safe)
    }
    return { push: (chunk) => take(chunk, false), end: () => take(nothing, true) }
  }

  return {
    text(value) {
      const bytes = value.length * 3 > scratch.length ? Buffer.from(value) : scratch.subarray(0, scratch.write(value))
      const { spans } = scanner.scan(bytes, true, nothing)
      return spans.length === 0 ? value : Buffer.from(maskSpans(bytes, spans, bytes.length, bytes)).toString()
    },
    stream: createStream,
  }
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
