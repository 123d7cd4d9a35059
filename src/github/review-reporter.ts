import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import type { Changes } from '../core/changes.ts'
import type { MergedFinding } from '../core/finding.ts'
import type { Reporter, ReporterEntry } from '../core/reporter.ts'
import { planReview, renderReview } from '../report/review.ts'
import type { ReportModel } from '../report/report-model.ts'
import { commentMarker, commentStart } from './comment-key.ts'
import { targetOf } from './comment-reporter.ts'
import { keyMark, postReview, usualLimits, type InlineComment, type PostingLimits } from './post-review.ts'
import type { StepReporting } from './step-reporting.ts'
import { explainRefusal } from './sticky-comment.ts'

/** GitHub takes at most 65,536 characters; what is left is for the keys of what the text says. */
const bodyBytes = 50_000
const keysAtMost = 600

const none: Changes = { base: null, head: null, diffFile: null, files: [] }

/** Findings as a review of the pull request, where the file asks for it. */
export const reviewReporter: ReporterEntry<StepReporting, ReportModel> = {
  name: 'review',
  when: (step) => step.settings.review !== undefined && targetOf(step) !== undefined,
  create: (step) => createReviewReporter(step),
}

/** Reports when the run has ended; without findings only to take back what an earlier run asked for. */
export function createReviewReporter(
  step: Pick<StepReporting, 'context' | 'inputs' | 'settings' | 'connect' | 'directory'>,
  limits: PostingLimits = usualLimits,
): Reporter<ReportModel> {
  const { context, inputs, settings, connect, directory } = step
  const { review: wanted } = settings
  const target = targetOf(step)
  return {
    name: 'review',
    async onEnd(state, signal, model) {
      const changes = state.started?.context.changes
      if (wanted === undefined || target === undefined) return undefined
      if (connect === undefined) throw new Error('The review could not be posted: there is no `github-token`')
      const isClean = model.verdict?.verdict === 'clean'
      if (model.findings.length === 0 && !(isClean && wanted.requestsChanges === true))
        return { detail: 'there is nothing to say' }
      // Lines are those of the head; where the event does not name it (a comment on a pull request), or git looked at something else, none is known.
      const commit = context.pullRequest?.headSha
      const own = changes !== undefined && changes.head === commit ? changes : none
      const diff = own.diffFile === null ? Buffer.alloc(0) : readFileSync(join(directory, own.diffFile))
      const planned = planReview(model, own, diff, wanted)
      const { workflow, job, runId, runAttempt } = context
      const start = commentStart({ workflow, job, key: inputs.commentKey, name: `review of ${model.name}` })
      const position = { run: Number(runId), attempt: Number(runAttempt) }
      const keyOf = createKeys()
      const comments = planned.comments.map((comment) => ({ ...comment, key: keyOf(comment.subject) }))
      const findings = new Map<InlineComment, MergedFinding>(comments.map((comment) => [comment, comment.finding]))
      const foldedKeys = planned.folded
        .slice(0, keysAtMost)
        .map(({ path, line, category, title }) => keyOf([path ?? '', String(line), category ?? '', title]))
      try {
        return await postReview(
          await connect(),
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
                  : isClean
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
      } catch (error) {
        throw new Error(explainRefusal(error).replace('comment', 'review'), { cause: error })
      }
    },
  }
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
