import { fieldOf } from '../core/field-of.ts'
import type { Deed, DoneDeed, Performed } from '../core/effect.ts'
import { isNamed } from '../core/name-list.ts'
import { unreachable } from '../core/unreachable.ts'
import { headOf } from '../core/cut-text.ts'
import { showMarkdown } from '../report/answer-markdown.ts'
import { inert } from '../report/markdown-text.ts'
import { ApiError, describeApiError, isLocked, tooOften, type Api } from './api.ts'
import { commentMarker, commentStart } from './comment-key.ts'
import type { EffectOptions } from './effect-options.ts'
import { insist } from './insist.ts'
import { closeExpiredIssue, writeIssue } from './own-issue.ts'
import { pushCommit, writePullRequest } from './own-pull-request.ts'
import { BranchError } from './own-branch.ts'
import { startWorkflow } from './own-workflow-run.ts'
import { writeComment, type CommentTarget } from './sticky-comment.ts'

/** Longest for all that one instance asks for. */
const limitMs = 120_000
/** Characters that GitHub takes. */
const bodyLimit = 65_536

/** Does deeds one after the other, up to the first that cannot be done; before any is, their texts are held against GitHub's limits. */
export async function performDeeds(
  api: Api,
  deeds: readonly Deed[],
  options: EffectOptions,
  again: boolean,
): Promise<Performed> {
  const ready = deeds.map((deed) => ({ deed, text: textOf(deed, options) }))
  for (const { deed, text } of ready)
    if (text.body.length > bodyLimit)
      return { done: [], problem: `the body of \`${deed.kind}\` is longer than GitHub takes` }
  const done: DoneDeed[] = []
  for (const { deed, text } of ready)
    try {
      const what = await performOne(api, deed, text, { ...options, again }, AbortSignal.timeout(limitMs))
      done.push({ kind: deed.kind, ...what })
    } catch (error) {
      const so = done.length === 0 ? '' : `; done before: ${done.map(({ kind }) => kind).join(', ')}`
      return { done, problem: `${explainRefusal(deed, error)}${so}` }
    }
  return { done }
}

/** And of a title. */
const titleLimit = 256

/**
 * A title that mentions nobody and closes nothing: of pull requests and commits it ends up in a commit message, where GitHub obeys `closes #12` and
 * `closes https://github.com/o/r/issues/12` once it is merged.
 */
function harmlessTitle(title: string): string {
  return headOf(inert(title).replaceAll(/(\/(?:issues|pull|discussions)\/)(?=\d)/gi, '$1\u200B'), titleLimit)
}

/** A body with the marker it is known by; both empty for what has none. */
interface DeedText {
  readonly start: string
  readonly body: string
}

function textOf(deed: Deed, { scope, position, commit, footer, redact }: EffectOptions): DeedText {
  const { workflow, job, name } = scope
  if (deed.kind === 'pull-request' || deed.kind === 'push') {
    const start = commentStart({ workflow, job, name, key: JSON.stringify([deed.kind, deed.identity]) })
    const said = deed.kind === 'push' || deed.body.trim() === '' ? '' : `${showMarkdown(deed.body, redact)}\n\n`
    return { start, body: `${commentMarker(start, position, commit)}\n${said}${footer}\n` }
  }
  if (deed.kind === 'labels' || deed.kind === 'close') return { start: '', body: '' }
  // A later run of the workflow updates its issue; it comments anew, and starts workflows anew.
  const run = deed.kind === 'issue' || deed.kind === 'expire' ? '' : String(position.run)
  const kind = deed.kind === 'expire' ? 'issue' : deed.kind
  const start = commentStart({ workflow, job, name, key: JSON.stringify([kind, deed.identity, run]) })
  if (deed.kind === 'expire' || deed.kind === 'dispatch') return { start, body: '' }
  const body = `${commentMarker(start, position, commit)}\n${showMarkdown(deed.body, redact)}\n\n${footer}\n`
  return { start, body }
}

async function performOne(
  api: Api,
  deed: Deed,
  { start, body }: DeedText,
  {
    repository: { owner, name: repo },
    graphqlUrl,
    isPersonal,
    position,
    scope,
    again,
    ...where
  }: EffectOptions & { readonly again: boolean },
  signal: AbortSignal,
): Promise<Omit<DoneDeed, 'kind'>> {
  const at = (number: number): CommentTarget => ({ owner, repo, number, graphqlUrl, isPersonal })
  const repository = { api, owner, repo, graphqlUrl, signal }
  switch (deed.kind) {
    case 'issue':
      return writeIssue(
        api,
        at(0),
        { title: harmlessTitle(deed.title), body, labels: deed.labels },
        { start, position },
        signal,
      )
    case 'expire':
      await insist(signal, () => closeExpiredIssue(api, at(0), { start, position }, deed.afterMs, signal))
      return {}
    case 'comment':
      return { url: (await writeComment(api, at(deed.on), body, { start, position }, signal)).url }
    case 'labels':
      // What has a label already is left as it is.
      await insist(signal, () =>
        api(
          'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
          { owner, repo, issue_number: deed.on, labels: deed.labels },
          signal,
        ),
      )
      return { number: deed.on }
    case 'close': {
      const { data } = await api(
        'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
        { owner, repo, issue_number: deed.on, state: 'closed' },
        signal,
      )
      const url = fieldOf(data, 'html_url')
      return { number: deed.on, ...(typeof url === 'string' && { url }) }
    }
    case 'pull-request': {
      const base = deed.base ?? where.branch
      if (base === undefined) throw new BranchError('the workflow runs on no branch: name one in `base`')
      const branch = deed.branch ?? branchOf(scope.name, deed.identity)
      if (branch === base) throw new BranchError(`the branch ${branch} is the one it would be for`)
      const { labels, draft, change, reviewers = [], teamReviewers = [] } = deed
      const text = { title: harmlessTitle(deed.title), body, branch, base, labels, draft, reviewers, teamReviewers }
      return insist(signal, () => writePullRequest(repository, text, change, { trailer: trailerOf(start), position }))
    }
    case 'push': {
      const branch = where.headBranch
      if (branch === undefined)
        throw new BranchError('the event has no pull request whose branch is in this repository')
      const strange = (deed.branches ?? []).some((names) => !isNamed(branch, names))
      if (strange) throw new BranchError(`the branch ${branch} is not among the \`branches\` that \`push\` allows`)
      const identity = { trailer: trailerOf(start), position }
      await insist(signal, () => pushCommit(repository, branch, deed.change, harmlessTitle(deed.title), identity))
      return {}
    }
    case 'dispatch': {
      const ref = deed.ref ?? where.branch
      if (ref === undefined) throw new BranchError('the workflow runs on no branch: name one in `ref`')
      return startWorkflow(repository, { ...deed, ref }, { id: digestOf(start), position, again })
    }
    default:
      return unreachable(deed) ?? {}
  }
}

/** The last line of a commit of ours, by which it is known again. */
function trailerOf(start: string): string {
  return `Orchestrator-Effect: ${digestOf(start)}`
}

function digestOf(start: string): string {
  return /orchestrator:(\S+)/.exec(start)?.[1] ?? ''
}

function branchOf(name: string, identity: string): string {
  const [id] = JSON.parse(identity) as [string]
  const part = (text: string): string => text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'run'
  return `orchestrator/${part(name)}/${part(id)}`
}

function explainRefusal(deed: Deed, error: unknown): string {
  const what = `\`${deed.kind}\` was not done on GitHub (${describeApiError(error)})`
  if (!(error instanceof ApiError)) return what
  if (isLocked(error)) return `${what}: the conversation is locked, and this token may not write there; unlock it`
  if (error.isLimit) return `${what}: ${tooOften}`
  switch (error.status) {
    case 401:
      return `${what}: the input \`github-token\` is not a valid token`
    case 403:
      return `${what}: give the job ${permissionsFor(deed)}`
    case 404:
      return deed.kind === 'dispatch'
        ? `${what}: there is no such workflow on the default branch, or the token does not see it`
        : `${what}: the token does not see it, or there is none of this number`
    case 410:
      return `${what}: issues are turned off in this repository`
    default:
      return what
  }
}

function permissionsFor({ kind }: Deed): string {
  if (kind === 'dispatch') return '`permissions: actions: write`'
  if (kind === 'push') return '`permissions: contents: write`'
  if (kind === 'pull-request')
    return '`permissions: contents: write` and `pull-requests: write`, and let Actions open pull requests (Settings, Actions, General)'
  return '`permissions: issues: write`, and `pull-requests: write` for a pull request'
}
