import type { Reporter, ReporterEntry } from '../core/reporter.ts'
import { commentMarker, renderComment } from '../report/comment.ts'
import type { ReportModel } from '../report/report-model.ts'
import { ApiError, describeApiError, type Api } from './api.ts'
import type { StepReporting } from './step-reporting.ts'

/** A conversation to comment on. `graphqlUrl` is where GitHub says whose token we have. */
export interface CommentTarget {
  readonly owner: string
  readonly repo: string
  readonly number: number
  readonly graphqlUrl: string
}

/** A comment as we look at it. */
interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
  readonly login: string
}

/** The comment of a pull request, as the input `comment` says, else the file. */
export const commentReporter: ReporterEntry<StepReporting, ReportModel> = {
  name: 'comment',
  when: (step) => formOf(step) !== 'none' && targetOf(step) !== undefined,
  create(step) {
    const target = targetOf(step)
    const form = formOf(step)
    if (target === undefined || form === 'none') throw new Error('there is no pull request to comment on')
    if (step.connect === undefined) throw new Error('The comment could not be written: there is no `github-token`')
    return createCommentReporter(step.connect, target, form, `[Workflow run](${step.context.runUrl})`)
  },
}

function formOf({ inputs, settings }: StepReporting): 'sticky' | 'new' | 'none' {
  return inputs.comment ?? settings.comment
}

function targetOf({ context: { repository, pullRequest, graphqlUrl } }: StepReporting): CommentTarget | undefined {
  if (repository === undefined || pullRequest === undefined) return undefined
  return { owner: repository.owner, repo: repository.name, number: pullRequest.number, graphqlUrl }
}

/**
 * Reports to one comment of a pull request: `sticky` keeps updating its own, `new` writes another each time.
 * `footer` is a line of Markdown of ours.
 */
export function createCommentReporter(
  connect: () => Promise<Api>,
  target: CommentTarget,
  form: 'sticky' | 'new',
  footer: string,
): Reporter<ReportModel> {
  return {
    name: 'comment',
    async onEnd(_state, signal, report) {
      const body = renderComment(report, { footer })
      const marker = form === 'sticky' ? commentMarker(report.name) : undefined
      try {
        return { url: await writeComment(await connect(), target, body, marker, signal) }
      } catch (error) {
        throw new Error(explain(error), { cause: error })
      }
    },
  }
}

const writes = 3

/**
 * Updates the comment that is ours and holds the marker, or creates one; resolves to its URL. After a creation whose
 * fate is unknown (5xx) it looks again first, so that there is never a second comment.
 */
export async function writeComment(
  api: Api,
  target: CommentTarget,
  body: string,
  marker: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { owner, repo } = target
  for (let attempt = 1; ; attempt++) {
    try {
      const own = marker === undefined ? undefined : await findOwnComment(api, target, marker, signal)
      const answer = await (own === undefined
        ? api(
            'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
            { owner, repo, issue_number: target.number, body },
            signal,
          )
        : api(
            'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
            { owner, repo, comment_id: own.id, body },
            signal,
          ))
      return readComment(answer.data).url
    } catch (error) {
      const lost = error instanceof ApiError && (error.status === 404 || error.status >= 500)
      if (!lost || marker === undefined || attempt === writes) throw error
    }
  }
}

/** Our comment with this marker: a stranger's with the same text is not ours. Undefined when there is none. */
async function findOwnComment(
  api: Api,
  { owner, repo, number, graphqlUrl }: CommentTarget,
  marker: string,
  signal: AbortSignal,
): Promise<Comment | undefined> {
  let login: string | undefined
  for (let page = 1; ; page++) {
    const answer = await api(
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      { owner, repo, issue_number: number, per_page: 100, page },
      signal,
    )
    const marked = asList(answer.data)
      .map(readComment)
      .filter((comment) => comment.body.includes(marker))
    if (marked.length > 0) {
      login ??= await ownLogin(api, graphqlUrl, signal)
      const own = marked.find((comment) => comment.login === login || comment.login === `${login}[bot]`)
      if (own !== undefined) return own
    }
    if (!/\brel="next"/.test(String(answer.headers['link'] ?? ''))) return undefined
  }
}

/** The author of what is written with the token of a job that asked for no other. */
const jobTokenLogin = 'github-actions[bot]'

/** Who our token is. REST's `GET /user` refuses the tokens of apps, the job's own among them; GraphQL's viewer does not. */
async function ownLogin(api: Api, graphqlUrl: string, signal: AbortSignal): Promise<string> {
  try {
    const { data } = await api(`POST ${graphqlUrl}`, { query: '{ viewer { login } }' }, signal)
    const login = read(read(read(data, 'data'), 'viewer'), 'login')
    return typeof login === 'string' ? login : jobTokenLogin
  } catch (error) {
    if (error instanceof ApiError && error.status === 0) throw error
    return jobTokenLogin
  }
}

function explain(error: unknown): string {
  const what = `GitHub refused the comment (${describeApiError(error)})`
  if (!(error instanceof ApiError)) return `The comment could not be written: ${describeApiError(error)}`
  switch (error.status) {
    case 401:
      return `${what}: the input \`github-token\` is not a valid token.`
    case 403:
      return (
        `${what}: the token may not write comments. On a pull request from a fork it never may, and the report is in ` +
        'the job summary and the artifact; elsewhere give the job `permissions: pull-requests: write`.'
      )
    case 404:
      return `${what}: the token does not see this pull request; give the job \`permissions: pull-requests: write\`.`
    default:
      return error.status === 0 ? `The comment could not be written: ${error.message}` : `${what}.`
  }
}

function readComment(data: unknown): Comment {
  const id = read(data, 'id')
  const body = read(data, 'body')
  const url = read(data, 'html_url')
  const login = read(read(data, 'user'), 'login')
  return {
    id: typeof id === 'number' ? id : 0,
    body: typeof body === 'string' ? body : '',
    url: typeof url === 'string' ? url : '',
    login: typeof login === 'string' ? login : '',
  }
}

function asList(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : []
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
