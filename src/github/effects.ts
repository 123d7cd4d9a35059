import type { Deed, EffectPerformer } from '../core/effect.ts'
import { unreachable } from '../core/unreachable.ts'
import { ApiError, describeApiError, type Api } from './api.ts'
import { commentMarker, commentStart, type RunPosition } from './comment-key.ts'
import { insist } from './insist.ts'
import { writeIssue } from './own-issue.ts'
import { BranchError, pushCommit, writePullRequest } from './own-pull-request.ts'
import { writeComment, type CommentTarget } from './sticky-comment.ts'

/** What changes on GitHub are made with, and made for. */
export interface EffectOptions {
  readonly connect: (() => Promise<Api>) | undefined
  readonly repository: { readonly owner: string; readonly name: string }
  readonly graphqlUrl: string
  readonly isPersonal: boolean
  /** The issue or pull request of the event. */
  readonly subject: number | undefined
  /** The branch that the workflow runs on; undefined on a tag and for a pull request. */
  readonly branch: string | undefined
  /** The branch of the event's pull request; undefined where there is none, or it is in another repository. */
  readonly headBranch: string | undefined
  /** Set where the event is not trusted. */
  readonly refusal: string | undefined
  readonly scope: { readonly workflow: string; readonly job: string; readonly name: string }
  readonly position: RunPosition
  readonly commit: string
  /** A line of Markdown of ours. */
  readonly footer: string
  readonly redact: (text: string) => string
}

/** Longest for all that one instance asks for. */
const limitMs = 120_000
/** Characters that GitHub takes. */
const bodyLimit = 65_536

/**
 * Does on GitHub what instances ask for. Each thing is looked for first by its marker, which it begins with: an issue by the workflow and the instance it is
 * of, a comment also by the workflow run, so that whatever was killed or is run again does nothing twice.
 */
export function createEffectPerformer(options: EffectOptions): EffectPerformer {
  const { connect, subject } = options
  const refusal = connect === undefined ? 'there is no `github-token`' : options.refusal
  return {
    subject,
    ...(refusal !== undefined && { refusal }),
    async perform(deeds) {
      if (connect === undefined) return refusal
      const { showMarkdown } = await import('../report/answer-markdown.ts')
      const ready = deeds.map((deed) => ({ deed, text: textOf(deed, options, showMarkdown) }))
      for (const { deed, text } of ready)
        if (text.body.length > bodyLimit) return `the body of \`${deed.kind}\` is longer than GitHub takes`
      const done: string[] = []
      for (const { deed, text } of ready)
        try {
          await performOne(await connect(), deed, text, options, AbortSignal.timeout(limitMs))
          done.push(deed.kind)
        } catch (error) {
          const so = done.length === 0 ? '' : `; done before: ${done.join(', ')}`
          return `${explainRefusal(deed, error)}${so}`
        }
      return undefined
    },
  }
}

/** A body with the marker it is known by; both empty for what has none. */
interface DeedText {
  readonly start: string
  readonly body: string
}

function textOf(
  deed: Deed,
  { scope, position, commit, footer, redact }: EffectOptions,
  show: (markdown: string, redact: (text: string) => string) => string,
): DeedText {
  const { workflow, job, name } = scope
  if (deed.kind === 'pull-request' || deed.kind === 'push') {
    const start = commentStart({ workflow, job, name, key: JSON.stringify([deed.kind, deed.identity]) })
    const said = deed.kind === 'push' || deed.body.trim() === '' ? '' : `${show(deed.body, redact)}\n\n`
    return { start, body: `${commentMarker(start, position, commit)}\n${said}${footer}\n` }
  }
  if (deed.kind !== 'issue' && deed.kind !== 'comment') return { start: '', body: '' }
  // A later run of the workflow updates its issue, and comments anew.
  const run = deed.kind === 'issue' ? '' : String(position.run)
  const start = commentStart({ workflow, job, name, key: JSON.stringify([deed.kind, deed.identity, run]) })
  const body = `${commentMarker(start, position, commit)}\n${show(deed.body, redact)}\n\n${footer}\n`
  return { start, body }
}

async function performOne(
  api: Api,
  deed: Deed,
  { start, body }: DeedText,
  { repository: { owner, name: repo }, graphqlUrl, isPersonal, position, scope, ...where }: EffectOptions,
  signal: AbortSignal,
): Promise<void> {
  const at = (number: number): CommentTarget => ({ owner, repo, number, graphqlUrl, isPersonal })
  switch (deed.kind) {
    case 'issue':
      await writeIssue(api, at(0), { title: deed.title, body, labels: deed.labels }, { start, position }, signal)
      return
    case 'comment':
      await writeComment(api, at(deed.on), body, { start, position }, signal)
      return
    case 'labels':
      // What has a label already is left as it is.
      await insist(signal, () =>
        api(
          'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
          { owner, repo, issue_number: deed.on, labels: deed.labels },
          signal,
        ),
      )
      return
    case 'close':
      await api(
        'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
        { owner, repo, issue_number: deed.on, state: 'closed' },
        signal,
      )
      return
    case 'pull-request': {
      const base = deed.base ?? where.branch
      if (base === undefined) throw new BranchError('the workflow runs on no branch: name one in `base`')
      const branch = deed.branch ?? branchOf(scope.name, deed.identity)
      if (branch === base) throw new BranchError(`the branch ${branch} is the one it would be for`)
      const { title, labels, draft, change } = deed
      const text = { title, body, branch, base, labels, draft }
      await insist(signal, () => writePullRequest({ api, owner, repo, signal }, text, change, trailerOf(start)))
      return
    }
    case 'push': {
      const branch = where.headBranch
      if (branch === undefined)
        throw new BranchError('the event has no pull request whose branch is in this repository')
      await insist(signal, () =>
        pushCommit({ api, owner, repo, signal }, branch, deed.change, deed.title, trailerOf(start)),
      )
      return
    }
    default:
      unreachable(deed)
  }
}

/** The last line of a commit of ours, by which it is known again. */
function trailerOf(start: string): string {
  return `Orchestrator-Effect: ${/orchestrator:(\S+)/.exec(start)?.[1] ?? ''}`
}

function branchOf(name: string, identity: string): string {
  const [id] = JSON.parse(identity) as [string]
  const part = (text: string): string => text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'run'
  return `orchestrator/${part(name)}/${part(id)}`
}

function explainRefusal(deed: Deed, error: unknown): string {
  const what = `\`${deed.kind}\` was not done on GitHub (${describeApiError(error)})`
  if (!(error instanceof ApiError)) return what
  switch (error.status) {
    case 401:
      return `${what}: the input \`github-token\` is not a valid token`
    case 403:
      return `${what}: give the job ${permissionsFor(deed)}`
    case 404:
      return `${what}: the token does not see it, or there is none of this number`
    case 410:
      return `${what}: issues are turned off in this repository`
    default:
      return what
  }
}

function permissionsFor({ kind }: Deed): string {
  if (kind === 'push') return '`permissions: contents: write`'
  if (kind === 'pull-request')
    return '`permissions: contents: write` and `pull-requests: write`, and let Actions open pull requests (Settings, Actions, General)'
  return '`permissions: issues: write`, and `pull-requests: write` for a pull request'
}
