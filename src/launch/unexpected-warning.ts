import type { Conclusion } from '../agents/agent.ts'
import type { Failure } from '../core/failure.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Task } from '../core/task.ts'
import { warningKinds } from '../core/expectation.ts'

/** What `expect.no-warnings` makes of the warnings of an attempt that is none the worse for them otherwise. */
export function unexpectedWarning(
  { expect: { noWarnings } }: Task,
  { remarks, denials }: Pick<Conclusion, 'remarks' | 'denials'>,
): Failure | undefined {
  if (noWarnings === undefined) return undefined
  const kinds: ReadonlySet<string> = new Set(noWarnings === true ? warningKinds : noWarnings)
  if (kinds.has('denied') && denials > 0)
    return { kind: 'denied', detail: `${denials} tool calls were denied (expect.no-warnings)` }
  const found = remarks.filter(({ kind }) => kind !== undefined && kinds.has(kind)).map(({ text }) => text)
  return found.length === 0
    ? undefined
    : { kind: 'no-output', detail: plainLine(`${found.join('; ')} (expect.no-warnings)`) }
}
