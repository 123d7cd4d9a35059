import type { ByteRedactor, Redactor } from '../core/redactor.ts'
import { createSecretScanner, type SecretScanner } from './secret-scanner.ts'
import { secretForms } from './secret-forms.ts'
import { tokenShapes } from './token-shapes.ts'

/** What stands in place of a secret; never longer than one, so that masking never needs more room. */
const mask = Buffer.from('***')

/** Strings up to a third of this are looked at without allocating. */
const scratchBytes = 65_536

/**
 * Masks the given values (from four characters on) in every form of `secretForms`, and whatever looks like a token of a known
 * provider. Text and streams are scanned as bytes, in one pass whatever the number of secrets. The views that a stream
 * returns are valid until the next call on any stream of the same redactor.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const scanner = createSecretScanner(secrets.flatMap(secretForms), tokenShapes())
  const scratch = Buffer.allocUnsafeSlow(scratchBytes)
  return {
    text(value) {
      const bytes =
        value.length * 3 <= scratchBytes ? scratch.subarray(0, scratch.write(value, 'utf8')) : Buffer.from(value)
      const found = scanner.scan(bytes, true)
      return found.spans.length === 0 ? value : maskSpans(bytes, found.spans, bytes.length).toString('utf8')
    },
    stream: () => createStream(scanner),
  }
}

function createStream(scanner: SecretScanner): ByteRedactor {
  let held: Uint8Array = new Uint8Array(0)
  const take = (chunk: Uint8Array, final: boolean): Uint8Array => {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const { spans, safe } = scanner.scan(bytes, final)
    held = safe === bytes.length ? new Uint8Array(0) : Buffer.from(bytes.subarray(safe))
    if (spans.length > 0) return maskSpans(bytes, spans, safe)
    return safe === bytes.length ? bytes : bytes.subarray(0, safe)
  }
  return {
    push: (chunk) => take(chunk, false),
    end: () => take(new Uint8Array(0), true),
  }
}

/** A copy of the first `length` bytes with each span (start and end, ascending) replaced by the mask. */
function maskSpans(bytes: Uint8Array, spans: readonly number[], length: number): Buffer {
  const masked = Buffer.allocUnsafeSlow(length)
  let from = 0
  let to = 0
  for (let index = 0; index < spans.length; index += 2) {
    const start = spans[index] ?? 0
    masked.set(bytes.subarray(from, start), to)
    to += start - from
    masked.set(mask, to)
    to += mask.length
    from = spans[index + 1] ?? length
  }
  masked.set(bytes.subarray(from, length), to)
  return masked.subarray(0, to + length - from)
}
