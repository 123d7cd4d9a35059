import { fix } from './builtin-fix.ts'
import { nightlyAudit } from './builtin-nightly-audit.ts'
import { review } from './builtin-review.ts'

const files: Readonly<Record<string, string>> = { review, 'nightly-audit': nightlyAudit, fix }

/** The text of a built-in file; undefined where there is none of this name. */
export function readBuiltin(name: string): string | undefined {
  return Object.hasOwn(files, name) ? files[name] : undefined
}
