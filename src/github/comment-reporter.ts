import type { Reporter } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import { buildReport, type ReportModel } from '../report/report-model.ts'
import { manyRequests, type Api, type RequestCount } from './api.ts'
import { withCourse } from '../report/run-course.ts'
import { commentFormOf, targetOf } from './comment-target.ts'
import { commentMarker, commentStart, type RunPosition } from './comment-key.ts'
import { describeHistory, readHistory, rememberRun, withHistory } from './comment-history.ts'
import { reportFooter } from './report-footer.ts'
import type { StepReporting } from './step-reporting.ts'
import { explainRefusal, writeComment, type CommentTarget, type WrittenComment } from './sticky-comment.ts'

/** What the comments of a step are made of. */
export interface CommentOptions {
  readonly connect: () => Promise<Api>
  readonly target: CommentTarget
  /** `sticky` keeps updating its own, `new` writes another each time. */
  readonly form: 'sticky' | 'new'
  readonly scope: { readonly workflow: string; readonly job: string; readonly key: string }
  readonly position: RunPosition
  /** Hex; of the head of the pull request. */
  readonly commit: string
  /** A line of Markdown of ours. */
  readonly footer: string
  /** Told once the first comment was written, or could not be: the line on earlier runs, undefined where there is none. */
  readonly tellEarlier?: (line: string | undefined) => void
  /** Told its id as soon as it is known. */
  readonly tellId?: (id: number) => void
  /** Milliseconds before the first update of a run that goes on; default ten seconds. */
  readonly updateMs?: number
  /** Of all that is asked of GitHub. */
  readonly requests?: RequestCount
}

/** The comment of a pull request, as the input `comment` says, else the file. */
export function reportToComment(step: StepReporting): Reporter<ReportModel> {
  const { context, inputs, connect } = step
  const target = targetOf(step)
  const form = commentFormOf(step)
  if (target === undefined || form === 'none') throw new Error('there is no pull request to comment on')
  if (connect === undefined) throw new Error('The comment could not be written: there is no `github-token`')
  const { workflow, job, runId, runAttempt, pullRequest } = context
  const commit = pullRequest?.headSha ?? context.sha
  let tellEarlier: CommentOptions['tellEarlier']
  step.between.earlier = new Promise((resolve) => (tellEarlier = resolve))
  return createCommentReporter({
    connect,
    ...(tellEarlier && { tellEarlier }),
    ...(step.leaveComment && { tellId: step.leaveComment }),
    target,
    form,
    scope: { workflow, job, key: inputs.commentKey },
    position: { run: Number(runId), attempt: Number(runAttempt) },
    commit,
    footer: reportFooter(step),
    requests: step.requests,
  })
}

/** Each update of a run that goes on waits so many times as long as the one before, up to the longest: a long run asks little more than a short one. */
const updateGrowth = 3
const longestUpdateMs = 300_000

/** Longest wait for one update while the run goes on. */
const updateLimitMs = 30_000

/**
 * Reports to one comment of a pull request: as soon as the run begins, at its end, and in between now and then and only when something has changed. What
 * goes wrong on the way is the end's to say.
 */
export function createCommentReporter(options: CommentOptions): Reporter<ReportModel> {
  const { connect, target, form, scope, position, commit, footer, requests, tellEarlier, tellId } = options
  let { updateMs = 10_000 } = options
  let known: number | undefined
  let updating: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let ended = false

  const write = async (report: ReportModel, state: RunState, signal: AbortSignal): Promise<WrittenComment> => {
    const { renderComment } = await import('../report/comment.ts')
    const last = form === 'sticky' ? await lastReview(report, state) : ''
    const start = commentStart({ ...scope, name: report.name })
    let earlier: string | undefined
    const body = (before: string): string => {
      const past = readHistory(before)
      earlier = describeHistory(past, position.run)
      const marker = withHistory(commentMarker(start, position, commit), rememberRun(past, position.run, report))
      return renderComment({ ...report, ...(earlier !== undefined && { earlier }) }, { marker: marker + last, footer })
    }
    const identity = form === 'sticky' ? { start, position } : undefined
    try {
      const written = await writeComment(await connect(), target, body, identity, signal, known)
      if (known !== written.id) tellId?.(written.id)
      known = written.id
      return written
    } finally {
      tellEarlier?.(earlier)
    }
  }
  /** Of a run that goes on, after what is under way. */
  const update = (state: RunState): void => {
    updating = updating
      .then(() => {
        if (ended) return undefined
        return write(withCourse(buildReport(state), 'going'), state, AbortSignal.timeout(updateLimitMs))
      })
      .catch(() => {})
  }
  return {
    name: 'comment',
    leastMs: 800,
    onEvent(event, state) {
      if (form !== 'sticky' || ended) return
      if (event.type === 'run.started') return update(state)
      const isWorth = event.type.startsWith('attempt.') || event.type.startsWith('instance.')
      if (timer !== undefined || !isWorth || event.type === 'attempt.progress') return
      if (requests !== undefined && requests.made > manyRequests) return
      timer = setTimeout(() => {
        timer = undefined
        update(state)
      }, updateMs).unref()
      updateMs = Math.min(updateMs * updateGrowth, longestUpdateMs)
    },
    async onEnd(state: RunState, signal, report) {
      ended = true
      clearTimeout(timer)
      await Promise.race([updating, aborted(signal)])
      try {
        const { url, kept } = await write(report, state, signal)
        return { url, ...(kept !== undefined && { detail: kept }) }
      } catch (error) {
        throw new Error(explainRefusal(error), { cause: error })
      }
    },
    close() {
      clearTimeout(timer)
      tellEarlier?.(undefined)
    },
  }
}

/** What the next run is to know of this review, where the file has it go on; while the run does, what the last one left. */
async function lastReview(report: ReportModel, state: RunState): Promise<string> {
  const { started, ended } = state
  if (started?.plan.report.review?.scope === undefined) return ''
  const { nextReviewState, reviewStateLine } = await import('./review-state.ts')
  const known = started.context.earlier?.last
  return reviewStateLine(ended === undefined ? known : nextReviewState(state, report, known))
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
