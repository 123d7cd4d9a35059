import type { Task } from '../core/task.ts'
import type { Redactor } from '../core/redactor.ts'
import type { Served } from '../agents/proxy/forward.ts'
import { readErrorMessage, readReply } from '../agents/proxy/read-reply.ts'
import type { CountedApi } from '../agents/proxy/count-usage.ts'
import { writeFileAtomically } from '../journal/write-file.ts'
import type { Reply } from '../simulate/reply.ts'
import { type RecordedAttempt, writeRules } from '../simulate/write-rules.ts'

/** Keeps what the models of a run answer, as rules that give it again. */
export interface Recorder {
  add(task: Pick<Task, 'id' | 'attempt'>, api: CountedApi, served: readonly Served[]): void
  /** Writes them, without secrets. Throws as `node:fs` does. */
  write(path: string, redactor: Redactor): void
}

/** An empty one. */
export function createRecorder(): Recorder {
  const attempts: RecordedAttempt[] = []
  return {
    add({ id, attempt }, api, served) {
      const replies = served.flatMap((each) => replyOf(api, each) ?? [])
      if (replies.length > 0) attempts.push({ instance: id, attempt, replies })
    },
    write: (path, redactor) => writeFileAtomically(path, redactor.text(writeRules(attempts))),
  }
}

/** Undefined for what the simulation answers by itself: Gemini CLI's own questions, which it does not stream. */
function replyOf(
  api: CountedApi,
  { path, status, count, answer = '', retryAfter }: Served,
): Partial<Reply> | undefined {
  if (api === 'generate-content' && path.endsWith(':generateContent')) return undefined
  if (status === null) return { text: '', tools: [], breakOff: 'cut' }
  if (status >= 400) {
    const message = readErrorMessage(answer)
    return {
      error: { status, message: message || `status ${status}`, ...(retryAfter !== undefined && { retryAfter }) },
    }
  }
  const said = readReply(api, answer)
  return {
    text: said?.text ?? '',
    tools: said?.tools ?? [],
    ...(count !== undefined && { usage: count.usage }),
    ...(count?.complete !== true && { breakOff: 'cut' as const }),
  }
}
