import type { Refusal } from '../../core/refusal.ts'
import { quoted } from '../parse-arguments.ts'

/** What `--max-parallel` says. */
export function readMaxParallel(text: string | undefined): number | undefined | Refusal {
  if (text === undefined) return undefined
  const count = Number(text)
  return Number.isInteger(count) && count >= 1
    ? count
    : { mistake: `--max-parallel must be a whole number of 1 or more, not ${quoted(text)}` }
}
