import type { TokenHolder } from './github-api.ts'
import type { Operation } from './github-contract.ts'

/** An issue as the server keeps it; a pull request is one too. */
export interface StoredIssue {
  readonly number: number
  readonly author: TokenHolder
  readonly isPullRequest: boolean
  title: string
  body: string
  state: 'open' | 'closed'
  readonly labels: Set<string>
}

/** The issues of a loopback GitHub: they and the pull requests share their numbers. */
export interface Issues {
  readonly all: StoredIssue[]
  open(
    author: TokenHolder,
    title: string,
    body: string,
    labels?: readonly string[],
    kind?: 'issue' | 'pull request',
  ): StoredIssue
  /** Undefined for an operation that is not about issues. */
  answer(
    operation: Operation,
    url: URL,
    body: unknown,
    holder: TokenHolder,
  ): { status: number; body: unknown } | undefined
}

const root = '/repos/{owner}/{repo}/issues'

/** `sender` is a user as GitHub describes one. */
export function createIssues(repository: string, pullRequest: number, sender: object): Issues {
  const author: TokenHolder = { login: 'Codertocat', type: 'User', write: true }
  const all: StoredIssue[] = [
    { number: pullRequest, author, isPullRequest: true, title: 'A change', body: '', state: 'open', labels: new Set() },
  ]
  const open: Issues['open'] = (by, title, body, labels = [], kind = 'issue') => {
    const number = Math.max(...all.map((issue) => issue.number)) + 1
    const issue: StoredIssue = {
      number,
      author: by,
      isPullRequest: kind === 'pull request',
      title,
      body,
      state: 'open',
      labels: new Set(labels),
    }
    all.push(issue)
    return issue
  }
  return {
    all,
    open,
    answer({ method, path, parameters }, url, body, holder) {
      const sent: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
      const labels = Array.isArray(sent['labels']) ? sent['labels'].filter((label) => typeof label === 'string') : []
      const issue = all.find(({ number }) => number === Number(parameters['issue_number']))
      switch (`${method} ${path}`) {
        case `get ${root}`: {
          const state = url.searchParams.get('state') ?? 'open'
          const size = Number(url.searchParams.get('per_page') ?? 30)
          const start = (Number(url.searchParams.get('page') ?? 1) - 1) * size
          const found = all.filter((each) => state === 'all' || each.state === state).toReversed()
          return { status: 200, body: found.slice(start, start + size).map(show) }
        }
        case `post ${root}`:
          return { status: 201, body: show(open(holder, text(sent['title']), text(sent['body']), labels)) }
        case `get ${root}/{issue_number}`:
          return issue && { status: 200, body: show(issue) }
        case `patch ${root}/{issue_number}`:
          if (issue === undefined) return undefined
          if (typeof sent['title'] === 'string') issue.title = sent['title']
          if (typeof sent['body'] === 'string') issue.body = sent['body']
          if (sent['state'] === 'open' || sent['state'] === 'closed') issue.state = sent['state']
          return { status: 200, body: show(issue) }
        case `post ${root}/{issue_number}/labels`:
          if (issue === undefined) return undefined
          for (const label of labels) issue.labels.add(label)
          return { status: 200, body: [...issue.labels].map(showLabel) }
        default:
          return undefined
      }
    },
  }

  function show(issue: StoredIssue): object {
    const api = `https://api.github.com/repos/${repository}`
    const url = `${api}/issues/${issue.number}`
    const page = `https://github.com/${repository}/${issue.isPullRequest ? 'pull' : 'issues'}/${issue.number}`
    const pull = {
      url: `${api}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
    }
    return {
      id: 9000 + issue.number,
      node_id: `I_${issue.number}`,
      url,
      repository_url: api,
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      html_url: page,
      number: issue.number,
      state: issue.state,
      title: issue.title,
      body: issue.body,
      user: { ...sender, login: issue.author.login, type: issue.author.type },
      labels: [...issue.labels].map(showLabel),
      assignee: null,
      milestone: null,
      locked: false,
      comments: 0,
      closed_at: issue.state === 'closed' ? '2026-01-02T03:04:05Z' : null,
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
      author_association: 'NONE',
      ...(issue.isPullRequest && { pull_request: pull }),
    }
  }

  function showLabel(name: string): object {
    const url = `https://api.github.com/repos/${repository}/labels/${encodeURIComponent(name)}`
    return { id: 1, node_id: 'L_1', url, name, description: null, color: 'ededed', default: false }
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
