import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Changes } from '../core/changes.ts'
import type { MergedFinding } from '../core/finding.ts'
import type { Reporter } from '../core/reporter.ts'
import { planReview, renderReview } from '../report/review.ts'
import type { ReportModel } from '../report/report-model.ts'
import { commentMarker, commentStart } from './comment-key.ts'
import { targetOf } from './comment-target.ts'
import { threadMark } from './thread-mark.ts'
import { keyMark, postReview, usualLimits, type InlineComment, type PostingLimits } from './post-review.ts'
import { readRegular } from './read-regular.ts'
import type { StepReporting } from './step-reporting.ts'
import { explainRefusal } from './sticky-comment.ts'

/** GitHub takes at most 65,536 characters; what is left is for the keys of what the text says. */
const bodyBytes = 50_000
const keysAtMost = 600

const none: Changes = { base: null, head: null, diffFile: null, files: [] }

/** Reports when the run has ended: what is new is said, what is fixed is closed, and what an earlier run asked for is taken back. */
export function createReviewReporter(
  step: Pick<StepReporting, 'context' | 'inputs' | 'settings' | 'connect' | 'directory'>,
  limits: PostingLimits = usualLimits,
): Reporter<ReportModel> {
  const { context, settings, connect, directory } = step
  const { review: wanted } = settings
  const target = targetOf(step)
  return {
    name: 'review',
    async onEnd(state, signal, model) {
      const { changes, earlier } = state.started?.context ?? {}
      if (wanted === undefined || target === undefined) return undefined
      if (connect === undefined) throw new Error('The review could not be posted: there is no `github-token`')
      const isClean = model.verdict?.verdict === 'clean'
      const mayTakeBack = isClean && wanted.requestsChanges === true
      const hasThreads = earlier?.threads.some(({ pull }) => pull === target.number) === true
      if (model.findings.length === 0 && !mayTakeBack && !hasThreads) return { detail: 'there is nothing to say' }
      // Lines are those of the head; where the event does not name it (a comment on a pull request), or git looked at something else, none is known.
      const commit = context.pullRequest?.headSha
      const own = changes !== undefined && changes.head === commit ? changes : none
      const diff = readDiff(directory, own.diffFile)
      const { runId, runAttempt } = context
      const start = reviewStart(step, model.name)
      const position = { run: Number(runId), attempt: Number(runAttempt) }
      try {
        const api = await connect()
        const lasting = earlier === undefined ? undefined : await import('./lasting-threads.ts')
        const place = { target, scope: scopeOf(start), commit }
        const held = earlier && (await lasting?.holdAgainstThreads(api, place, earlier, model, state, signal))
        const shown = held === undefined ? model : { ...model, findings: held.fresh }
        const planned = planReview(shown, own, diff, wanted)
        const [keyOf, placeKeyOf] = [createKeys(), createKeys()]
        const comments = planned.comments.map(({ code, subject, finding, ...comment }) => {
          const subjectKey = keyOf(subject)
          // What a thread says is known by its code. A key only tells what this very run has posted.
          const key =
            held === undefined ? subjectKey : placeKeyOf([...subject, String(position.run), String(position.attempt)])
          const mark = threadMark(scopeOf(start), { ...finding, code })
          return { ...comment, finding, key, mark: held === undefined ? mark : `${mark}${keyMark([subjectKey])}` }
        })
        const findings = new Map<InlineComment, MergedFinding>(comments.map((comment) => [comment, comment.finding]))
        const foldedKeys = planned.folded
          .slice(0, keysAtMost)
          .map(({ path, category, title }) => keyOf([path ?? '', category ?? '', title]))
        const posted = await postReview(
          api,
          target,
          {
            ...(commit !== undefined && { commit }),
            identity: { start, position },
            comments,
            foldedKeys,
            stance:
              wanted.requestsChanges !== true
                ? 'comment'
                : model.verdict?.verdict === 'findings'
                  ? 'request-changes'
                  : isClean && held?.isOpen !== true
                    ? 'dismiss'
                    : 'comment',
            body(refused, isFirst) {
              const marker = commentMarker(start, position, commit ?? 'unknown')
              const also = refused.flatMap((comment) => findings.get(comment) ?? [])
              const folded = isFirst ? [...also, ...planned.folded] : also
              const keys = [...refused.map(({ key }) => key), ...(isFirst ? foldedKeys : [])]
              return renderReview(model, folded, { marker, maxBytes: bodyBytes, isFirst }) + keyMark(keys)
            },
          },
          signal,
          limits,
        )
        if (held === undefined || lasting === undefined || posted.isLate === true) return posted
        const done = await lasting.settleThreads(api, target, held, limits.pauseMs, signal)
        return { ...posted, detail: [posted.detail, ...done].join('; ') }
      } catch (error) {
        throw new Error(explainRefusal(error).replace('comment', 'review'), { cause: error })
      }
    },
  }
}

/** What the texts of all reviews of an orchestration begin with. */
export function reviewStart({ context, inputs }: Pick<StepReporting, 'context' | 'inputs'>, name: string): string {
  const { workflow, job } = context
  return commentStart({ workflow, job, key: inputs.commentKey, name: `review of ${name}` })
}

/** The word by which the marks of comments name their orchestration. */
export function scopeOf(start: string): string {
  return /:(\S+)/.exec(start)?.[1] ?? ''
}

/** Keys by which the same is known again: of equal subjects the second, third … have keys of their own. */
function createKeys(): (subject: readonly string[]) => string {
  const counts = new Map<string, number>()
  return (subject) => {
    const base = JSON.stringify(subject)
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return createHash('sha256').update(`${base}${count}`).digest('hex').slice(0, 20)
  }
}

/** What changed, where git has told. */
function readDiff(directory: string, file: string | null): Buffer {
  if (file === null) return Buffer.alloc(0)
  const diff = readRegular(join(directory, file))
  if (diff === undefined) throw new Error(`${file} is gone from the run directory`)
  return diff
}
