import { appendFileSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createActions, type StoredRun } from './github-actions.ts'
import { page } from './page.ts'
import { createDispatches, type DispatchedRun } from './github-dispatches.ts'
import { answerCheckRuns, type StoredCheckRun } from './github-check-runs.ts'
import { createGitData, type OpenedPull } from './github-git.ts'
import { createIssues, type StoredIssue } from './github-issues.ts'
import { loadContract, type Operation } from './github-contract.ts'
import { git, gitWith } from './git-repository.ts'
import { createReviews, type StoredInlineComment, type StoredReview } from './github-reviews.ts'
import { createThreads, type OtherPull, type StoredThread } from './github-threads.ts'
import { listen, readBody, type Listening } from './loopback.ts'

/** Who a token belongs to and whether it may write. */
export interface TokenHolder {
  readonly login: string
  readonly type: 'User' | 'Bot'
  readonly write: boolean
}

/** One pull request of the repository, by its commits. */
export interface PullRequestFacts {
  readonly number: number
  readonly baseSha: string
  readonly headSha: string
  readonly headRepository: string
}

/** A loopback GitHub with a real repository behind it. */
export interface GithubApiOptions {
  readonly repository: string
  /** Bare git repository. */
  readonly origin: string
  readonly pullRequest: PullRequestFacts
  readonly tokens: Readonly<Record<string, TokenHolder>>
  /** Permission by login; others have `read`. */
  readonly permissions?: Readonly<Record<string, 'admin' | 'write' | 'read' | 'none'>>
}

/** A comment as the server keeps it. */
export interface StoredComment {
  readonly id: number
  readonly issue: number
  readonly author: TokenHolder
  body: string
  /** Folded away, as outdated. */
  isMinimized?: true
  /** Who was the last to edit it. */
  editor?: TokenHolder
  reactions?: string[]
}

/** A request the server got, and its answer. Headers are left out: the token is in them. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly body: string
  readonly status: number
}

/** Requests to refuse: the next `times` that match, after so many others that do. */
export interface Refusal {
  readonly after?: number
  readonly method?: string
  readonly path?: RegExp
  readonly times?: number
  /** 0: the connection is lost. */
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly message?: string
  /** Carry the request out all the same: an answer that got lost. */
  readonly afterwards?: boolean
}

/** Requests whose answers are kept back: they are carried out, and answered once they are let go. */
export interface Hold {
  readonly method?: string
  readonly path: RegExp
  /** How many; default all. */
  readonly times?: number
}

/** The running server. `violations` says where we or the server itself broke GitHub's contract. */
export interface GithubApi extends Listening {
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly comments: StoredComment[]
  readonly checkRuns: StoredCheckRun[]
  /** Of Actions. */
  readonly runs: StoredRun[]
  readonly reviews: StoredReview[]
  /** Uploads to code scanning, decoded. */
  readonly sarifs: unknown[]
  /** What GitHub says of them, the answer of each time it is asked; then that it is done. */
  readonly sarifStatuses: object[]
  readonly issues: StoredIssue[]
  /** Those that were opened by the API. */
  readonly pulls: OpenedPull[]
  /** Reviews of other pull requests of the repository. */
  readonly otherPulls: OtherPull[]
  /** The conversation that a comment of a review began. */
  threadOf(comment: StoredInlineComment): StoredThread
  /** Whether tokens may resolve threads; they may unless told otherwise. */
  letResolve(may: boolean): void
  /** Of workflows, started by the API. */
  readonly workflowRuns: DispatchedRun[]
  readonly requests: SeenRequest[]
  readonly violations: string[]
  addComment(author: TokenHolder, body: string): StoredComment
  /** The pull request has another head, or base, from now on. */
  move(to: Partial<Pick<PullRequestFacts, 'headSha' | 'baseSha'>>): void
  refuse(refusal: Refusal): void
  /** Forgets all refusals. */
  accept(): void
  /** Keeps answers back; `all` resolves once `times` requests are waiting, `release` lets them and all later ones go. */
  hold(hold: Hold): { readonly all: Promise<void>; release(): void }
  /** Resolves once a request matched; rejects after `withinMs`. */
  seen(matches: (request: SeenRequest) => boolean, withinMs: number): Promise<SeenRequest>
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly raw?: string
  readonly headers?: Readonly<Record<string, string>>
}

const bodyLimit = 65_536
/** Those that GitHub's published schema knows. */
const checkedQueries = new Set<string>(
  JSON.parse(readFileSync(new URL('github-queries.json', import.meta.url), 'utf8')),
)
const documentation = 'https://docs.github.com/rest'
const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/github/pull-request.opened.json', import.meta.url), 'utf8'),
)

/** Who opened the pull request. */
const pullRequestAuthor: string = fixture.pull_request.user.login

/** Starts the server on a free port of 127.0.0.1. */
export async function startGithubApi(given: GithubApiOptions): Promise<GithubApi> {
  let options = given
  const contract = loadContract()
  const comments: StoredComment[] = []
  const checkRuns: StoredCheckRun[] = []
  const reviews: StoredReview[] = []
  const sarifs: unknown[] = []
  const sarifStatuses: object[] = []
  const issues = createIssues(options.repository, options.pullRequest.number, fixture.sender)
  const data = createGitData(options.origin, options.repository, issues, fixture.pull_request)
  const actions = createActions(options.repository, fixture.repository)
  const dispatches = createDispatches(options.repository, fixture.repository)
  const requests: SeenRequest[] = []
  const violations: string[] = []
  const refusals: { readonly refusal: Refusal; left: number; passing: number }[] = []
  const waiting = new Set<(request: SeenRequest) => void>()
  const holds: { hold: Hold; left: number; full(): void; readonly released: Promise<void> }[] = []
  let nextId = 1000
  const kept = createReviews(
    reviews,
    () => ({ ...options.pullRequest, origin: options.origin, author: pullRequestAuthor }),
    () => nextId++,
  )

  const otherPulls: OtherPull[] = []
  let mayResolve = true
  const threads = createThreads({
    number: options.pullRequest.number,
    reviews,
    others: otherPulls,
    mayResolve: () => mayResolve,
    comments,
    violations,
  })

  const addComment = (author: TokenHolder, body: string, issue = options.pullRequest.number): StoredComment => {
    const comment = { id: nextId++, issue, author, body }
    comments.push(comment)
    return comment
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback')
    const method = request.method ?? 'GET'
    const archive = actions.archive(url.pathname)
    if (archive !== undefined) {
      // Where artifacts lie knows no token of GitHub's, and must not be told one.
      if (request.headers.authorization !== undefined) violations.push('a token was sent to where artifacts lie')
      response.writeHead(200, { 'content-type': 'application/zip' }).end(archive)
      return
    }
    const text = await readBody(request)
    const answer = respond(method, url, text, request)
    const seen = { method, url: request.url ?? '', body: text, status: answer.status }
    requests.push(seen)
    const held = holds.find(
      ({ hold, left }) => left > 0 && (hold.method ?? method) === method && hold.path.test(url.pathname),
    )
    if (held !== undefined) {
      if (--held.left === 0) held.full()
      await held.released
    }
    // An answer that gets lost with its connection.
    if (answer.status === 0) response.destroy()
    const payload = answer.raw ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
    if (answer.status > 0)
      response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers })
    if (answer.status > 0) response.end(payload)
    for (const check of waiting) check(seen)
  }

  function respond(method: string, url: URL, text: string, request: IncomingMessage): Answer {
    const token = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const holder = options.tokens[token]
    if (url.pathname === '/graphql') noteQuery(text)
    const ofThreads = url.pathname === '/graphql' ? threads.answer(text, holder) : undefined
    if (ofThreads !== undefined) {
      const refused = takeRefusal(method, url.pathname)
      return refused === undefined ? ofThreads : problem(refused.status, refused.message ?? 'Server Error')
    }
    if (url.pathname === '/graphql') {
      const refused = takeRefusal(method, url.pathname)
      if (refused !== undefined) return problem(refused.status, refused.message ?? 'Server Error', refused.headers)
      if (/\bminimizeComment\b/.test(text)) return minimize(text, holder)
      return holder?.write === true ? (data.graphql(text) ?? viewer(holder)) : viewer(holder)
    }
    const operation = contract.find(method, url.pathname)
    if (operation === undefined) {
      violations.push(`${method} ${url.pathname} is no operation we know`)
      return problem(404, 'Not Found')
    }
    const body = text === '' ? undefined : JSON.parse(text)
    const named = `${method} ${url.pathname}`
    violations.push(...contract.checkRequest(operation, url.searchParams, body).map((what) => `${named}: ${what}`))
    const refused = takeRefusal(method, url.pathname)
    if (refused !== undefined) {
      if (refused.afterwards === true) carryOut(operation, url, body, holder, request)
      return problem(refused.status, refused.message ?? 'Server Error', refused.headers)
    }
    if (holder === undefined) return problem(401, 'Bad credentials')
    const answer = carryOut(operation, url, body, holder, request)
    if (answer.raw === undefined)
      violations.push(
        ...contract.checkAnswer(operation, answer.status, answer.body).map((what) => `answer to ${named}: ${what}`),
      )
    return answer
  }

  /** What was never held against GitHub's schema is a violation: see scripts/check-graphql.ts. */
  function noteQuery(sent: string): void {
    const record = process.env['RECORD_GRAPHQL']
    if (record !== undefined) appendFileSync(record, `${JSON.stringify(JSON.parse(sent))}\n`)
    const { query = '' } = JSON.parse(sent) as { query?: string }
    if (record === undefined && !checkedQueries.has(query.replaceAll(/\s+/g, ' ').trim()))
      violations.push(`a query that is not held against GitHub's schema: ${query}`)
  }

  function takeRefusal(method: string, path: string): Refusal | undefined {
    const found = refusals.find(
      ({ refusal, left }) =>
        left > 0 && (refusal.method ?? method) === method && (refusal.path === undefined || refusal.path.test(path)),
    )
    if (found !== undefined && found.passing-- > 0) return undefined
    if (found !== undefined) found.left--
    return found?.refusal
  }

  function carryOut(
    operation: Operation,
    url: URL,
    body: unknown,
    holder: TokenHolder | undefined,
    request: IncomingMessage,
  ): Answer {
    const { owner, repo } = operation.parameters
    if (`${owner}/${repo}` !== options.repository || holder === undefined) return problem(404, 'Not Found')
    const accept = request.headers.accept ?? ''
    const number = Number(operation.parameters['issue_number'] ?? operation.parameters['pull_number'])
    const comment = comments.find(({ id }) => id === Number(operation.parameters['comment_id']))
    const review = reviews.find(({ id }) => id === Number(operation.parameters['review_id']))
    const sent = typeof body === 'object' && body !== null ? String(Reflect.get(body, 'body') ?? '') : ''
    const writes = operation.method !== 'get'
    if (writes && !holder.write) return problem(403, 'Resource not accessible by integration')
    if (writes && sent.length > bodyLimit) return tooLong()
    const answered = answerCheckRuns(operation, url, body, checkRuns, options.repository)
    if (answered !== undefined) return answered
    const dispatched = dispatches.answer(operation, url, body)
    if (dispatched !== undefined) return dispatched
    const ofActions = actions.answer(operation, url, listening.url.replace('127.0.0.1', 'localhost'))
    if (ofActions !== undefined) return ofActions
    const ofIssues = issues.answer(operation, url, body, holder)
    if (ofIssues !== undefined) return ofIssues
    const ofGit = data.answer(operation, url, body, holder)
    if (ofGit !== undefined) return ofGit
    switch (`${operation.method} ${operation.path}`) {
      case 'get /repos/{owner}/{repo}/issues/{issue_number}/comments':
        return page(comments.filter(({ issue }) => issue === number).map(show), url)
      case 'post /repos/{owner}/{repo}/issues/{issue_number}/comments':
        if (!issues.all.some((issue) => issue.number === number)) return problem(404, 'Not Found')
        return { status: 201, body: show(addComment(holder, sent, number)) }
      case 'get /repos/{owner}/{repo}/issues/comments/{comment_id}':
        return comment === undefined ? problem(404, 'Not Found') : { status: 200, body: show(comment) }
      case 'patch /repos/{owner}/{repo}/issues/comments/{comment_id}':
        if (comment === undefined) return problem(404, 'Not Found')
        Object.assign(comment, { body: sent, editor: holder })
        return { status: 200, body: show(comment) }
      case 'post /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': {
        if (comment === undefined) return problem(404, 'Not Found')
        const content = String(Reflect.get(Object(body), 'content'))
        ;(comment.reactions ??= []).push(content)
        const user = { ...fixture.sender, login: holder.login }
        return { status: 201, body: { id: 1, node_id: 'RC_1', user, content, created_at: '2026-01-02T03:04:05Z' } }
      }
      case 'delete /repos/{owner}/{repo}/issues/comments/{comment_id}':
        if (comment === undefined) return problem(404, 'Not Found')
        comments.splice(comments.indexOf(comment), 1)
        return { status: 204 }
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}':
        if (otherPulls.some((each) => each.number === number))
          return { status: 200, body: { ...pullRequestOf(options), number } }
        if (number !== options.pullRequest.number) return problem(404, 'Not Found')
        if (/\bdiff\b/.test(accept)) return { status: 200, raw: diff(), headers: { 'content-type': 'text/plain' } }
        return { status: 200, body: pullRequestOf(options) }
      case 'get /repos/{owner}/{repo}/pulls': {
        const isWanted = url.searchParams.get('head')?.endsWith(`:${fixture.pull_request.head.ref}`) ?? true
        return page(isWanted ? [pullRequestOf(options)] : [], url)
      }
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}/files':
        if (number !== options.pullRequest.number) return problem(404, 'Not Found')
        return page(diffEntries(options), url)
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}/reviews':
        return page(
          reviews.filter(({ state, author }) => state !== 'PENDING' || author.login === holder.login).map(showReview),
          url,
        )
      case 'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews': {
        const created = kept.create(body ?? {}, holder)
        if (!('errors' in created)) return { status: 200, body: showReview(created) }
        const message = 'Unprocessable Entity'
        return { status: 422, body: { message, errors: created.errors, documentation_url: documentation } }
      }
      case 'delete /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}':
        if (review?.state !== 'PENDING') return problem(422, 'Can not delete a non-pending pull request review')
        reviews.splice(reviews.indexOf(review), 1)
        return { status: 200, body: showReview(review) }
      case 'put /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals':
        if (review?.state !== 'CHANGES_REQUESTED')
          return problem(422, 'Can not dismiss a commented pull request review')
        review.state = 'DISMISSED'
        return { status: 200, body: showReview(review) }
      case 'get /repos/{owner}/{repo}/pulls/{pull_number}/comments':
        return page(
          (otherPulls.find((each) => each.number === number)?.reviews ?? reviews).flatMap((each) =>
            each.state === 'PENDING' ? [] : each.comments.map((one) => showInline(one, each)),
          ),
          url,
        )
      case 'get /repos/{owner}/{repo}/collaborators/{username}/permission':
        return permissionOf(operation.parameters['username'] ?? '', options)
      case 'post /repos/{owner}/{repo}/code-scanning/sarifs':
        if (Buffer.from(String(Reflect.get(Object(body), 'sarif')), 'base64').length > 10_485_760)
          return problem(413, 'The sarif field is too large')
        sarifs.push(
          JSON.parse(gunzipSync(Buffer.from(String(Reflect.get(Object(body), 'sarif')), 'base64')).toString()),
        )
        return { status: 202, body: { id: `sarif-${sarifs.length}` } }
      case 'get /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}':
        return { status: 200, body: sarifStatuses.shift() ?? { processing_status: 'complete', errors: null } }
      case 'get /repos/{owner}/{repo}/contents/{path}':
        return contents(operation.parameters['path'] ?? '', url.searchParams.get('ref') ?? 'main', accept)
      default:
        return problem(404, 'Not Found')
    }
  }

  /** GraphQL answers 200 to what it refuses, too. */
  function minimize(text: string, holder: TokenHolder | undefined): Answer {
    if (holder === undefined) return problem(401, 'Bad credentials')
    const { query, variables } = JSON.parse(text) as { query: string; variables: { id?: string } }
    const isMutation =
      /^mutation\(\$id: ID!\) \{ minimizeComment\(input: \{ subjectId: \$id, classifier: OUTDATED \}\) \{ clientMutationId \} \}$/.test(
        query,
      )
    if (!isMutation) violations.push(`a mutation we do not know: ${query}`)
    const comment = comments.find(({ id }) => `IC_${id}` === variables.id)
    if (comment === undefined || !holder.write)
      return { status: 200, body: { data: { minimizeComment: null }, errors: [{ type: 'NOT_FOUND' }] } }
    comment.isMinimized = true
    return { status: 200, body: { data: { minimizeComment: { clientMutationId: null } } } }
  }

  function show(comment: StoredComment): object {
    const server = `https://github.com/${options.repository}`
    const api = `https://api.github.com/repos/${options.repository}/issues`
    return {
      id: comment.id,
      node_id: `IC_${comment.id}`,
      url: `${api}/comments/${comment.id}`,
      html_url: `${server}/pull/${comment.issue}#issuecomment-${comment.id}`,
      issue_url: `${api}/${comment.issue}`,
      body: comment.body,
      user: { ...fixture.sender, login: comment.author.login, type: comment.author.type },
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
      author_association: comment.author.type === 'Bot' ? 'NONE' : 'CONTRIBUTOR',
      performed_via_github_app: null,
    }
  }

  function showReview({ id, author, body, state, commit }: StoredReview): object {
    const html = `https://github.com/${options.repository}/pull/${options.pullRequest.number}#pullrequestreview-${id}`
    const pull = `https://api.github.com/repos/${options.repository}/pulls/${options.pullRequest.number}`
    return {
      id,
      node_id: `PRR_${id}`,
      user: { ...fixture.sender, login: author.login, type: author.type },
      body,
      state,
      commit_id: commit,
      html_url: html,
      pull_request_url: pull,
      _links: { html: { href: html }, pull_request: { href: pull } },
      ...(state !== 'PENDING' && { submitted_at: '2026-01-02T03:04:05Z' }),
      author_association: 'NONE',
    }
  }

  function showInline({ id, path, line, startLine, side, body }: StoredInlineComment, review: StoredReview): object {
    const pull = `https://api.github.com/repos/${options.repository}/pulls/${options.pullRequest.number}`
    const html = `https://github.com/${options.repository}/pull/${options.pullRequest.number}#discussion_r${id}`
    return {
      id,
      node_id: `PRRC_${id}`,
      url: `${pull}/comments/${id}`,
      pull_request_review_id: review.id,
      diff_hunk: '@@',
      path,
      line,
      original_line: line,
      ...(startLine !== undefined && { start_line: startLine, start_side: side }),
      side,
      commit_id: review.commit,
      original_commit_id: review.commit,
      user: { ...fixture.sender, login: review.author.login, type: review.author.type },
      body,
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
      html_url: html,
      pull_request_url: pull,
      author_association: 'NONE',
      _links: { self: { href: `${pull}/comments/${id}` }, html: { href: html }, pull_request: { href: pull } },
    }
  }

  function diff(): string {
    return git(options.origin, 'diff', `${options.pullRequest.baseSha}...${options.pullRequest.headSha}`)
  }

  function contents(path: string, ref: string, accept: string): Answer {
    try {
      const text = readFollowing(options.origin, `${ref}:${path}`)
      if (text === undefined) return problem(404, 'Not Found')
      if (/\braw\b/.test(accept))
        return { status: 200, raw: text, headers: { 'content-type': `${accept}; charset=utf-8` } }
      const sha = git(options.origin, 'rev-parse', `${ref}:${path}`).trim()
      const url = `https://api.github.com/repos/${options.repository}/contents/${encodeURI(path)}`
      const content = Buffer.from(text).toString('base64')
      const links = { self: url, git: url, html: url }
      const rest = { url, git_url: url, html_url: url, download_url: url, _links: links }
      const name = path.split('/').at(-1)
      return {
        status: 200,
        body: { type: 'file', encoding: 'base64', size: text.length, name, path, content, sha, ...rest },
      }
    } catch {
      return problem(404, 'Not Found')
    }
  }

  const listening = await listen(
    createServer((request, response) => {
      serve(request, response).catch((error: unknown) => {
        violations.push(`the server failed: ${String(error)}`)
        response.destroy()
      })
    }),
  )
  return {
    ...listening,
    apiUrl: listening.url,
    graphqlUrl: `${listening.url}/graphql`,
    comments,
    checkRuns,
    runs: actions.runs,
    reviews,
    sarifs,
    sarifStatuses,
    issues: issues.all,
    pulls: data.pulls,
    otherPulls,
    threadOf: threads.of,
    letResolve: (may) => (mayResolve = may),
    workflowRuns: dispatches.runs,
    requests,
    violations,
    addComment: (author, body) => addComment(author, body),
    move(to) {
      options = { ...options, pullRequest: { ...options.pullRequest, ...to } }
    },
    refuse: (refusal) =>
      refusals.push({ refusal, left: refusal.times ?? Number.POSITIVE_INFINITY, passing: refusal.after ?? 0 }),
    accept: () => refusals.splice(0),
    hold(hold) {
      const [full, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const held = {
        hold,
        left: hold.times ?? Number.POSITIVE_INFINITY,
        full: full.resolve,
        released: released.promise,
      }
      holds.push(held)
      return {
        all: full.promise,
        release() {
          holds.splice(holds.indexOf(held), 1)
          released.resolve()
        },
      }
    },
    seen(matches, withinMs) {
      const already = requests.find(matches)
      if (already !== undefined) return Promise.resolve(already)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no such request in time')), withinMs)
        const check = (request: SeenRequest): void => {
          if (!matches(request)) return
          clearTimeout(timer)
          waiting.delete(check)
          resolve(request)
        }
        waiting.add(check)
      })
    },
  }
}

/** A file of a commit, links in it followed as GitHub does; undefined where they lead out of it. */
function readFollowing(origin: string, name: string): string | undefined {
  const answer = gitWith(`${name}\n`, origin, 'cat-file', '--batch', '--follow-symlinks')
  const [header = '', size] = /^[0-9a-f]+ blob (\d+)\n/.exec(answer.toString('latin1')) ?? []
  return size === undefined ? undefined : answer.subarray(header.length, header.length + Number(size)).toString('utf8')
}

function viewer(holder: TokenHolder | undefined): Answer {
  if (holder === undefined) return problem(401, 'Bad credentials')
  return { status: 200, body: { data: { viewer: { login: holder.login } } } }
}

function problem(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { message, documentation_url: documentation, status: String(status) } }
}

function tooLong(): Answer {
  const message = `Body is too long (maximum is ${bodyLimit} characters)`
  const errors = [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }]
  return { status: 422, body: { message: 'Validation Failed', errors, documentation_url: documentation } }
}

/** The pull request as GitHub describes it. */
function pullRequestOf({ pullRequest, repository }: GithubApiOptions): object {
  const { number, baseSha, headSha, headRepository } = pullRequest
  const described = fixture.pull_request
  return {
    ...described,
    number,
    auto_merge: null,
    base: { ...described.base, sha: baseSha, ref: 'main', repo: { ...described.base.repo, full_name: repository } },
    head: { ...described.head, sha: headSha, repo: { ...described.head.repo, full_name: headRepository } },
  }
}

/** The payload of the event that opens this pull request. */
export function pullRequestEvent(options: GithubApiOptions): object {
  const repository = { ...fixture.repository, full_name: options.repository }
  return { ...fixture, number: options.pullRequest.number, pull_request: pullRequestOf(options), repository }
}

function diffEntries({ origin, pullRequest, repository }: GithubApiOptions): object[] {
  const range = `${pullRequest.baseSha}...${pullRequest.headSha}`
  const words = { A: 'added', D: 'removed', M: 'modified', T: 'changed' } as const
  return git(origin, 'diff', '--no-renames', '--raw', '--abbrev=40', range)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha, letter = 'M', filename = ''] = /^:\d+ \d+ \w+ (\w+) ([ADMT])\t(.*)$/.exec(line) ?? []
      const whole = git(origin, 'diff', '--no-renames', range, '--', filename)
      const patch = whole.slice(whole.indexOf('@@'))
      const count = (sign: string): number => patch.split('\n').filter((each) => each.startsWith(sign)).length
      const [additions, deletions] = [count('+'), count('-')]
      const url = `https://github.com/${repository}/blob/${pullRequest.headSha}/${filename}`
      const status = words[letter === 'A' || letter === 'D' || letter === 'T' ? letter : 'M']
      const changes = additions + deletions
      return {
        sha,
        filename,
        status,
        additions,
        deletions,
        changes,
        blob_url: url,
        raw_url: url,
        contents_url: url,
        patch,
      }
    })
}

function permissionOf(login: string, { permissions = {} }: GithubApiOptions): Answer {
  const permission = permissions[login] ?? 'read'
  const may = {
    pull: permission !== 'none',
    push: permission === 'admin' || permission === 'write',
    admin: permission === 'admin',
  }
  const user = { ...fixture.sender, login, role_name: permission, permissions: may }
  return { status: 200, body: { permission, role_name: permission, user } }
}
