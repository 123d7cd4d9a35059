import type { TokenHolder } from './github-api.ts'
import type { Operation } from './github-contract.ts'
import { git, gitWith } from './git-repository.ts'
import type { Issues } from './github-issues.ts'

/** A pull request that was opened by the API. */
export interface OpenedPull {
  readonly number: number
  readonly branch: string
  readonly base: string
  readonly draft: boolean
  /** Who was asked for a review: people and teams. */
  readonly reviewers: Set<string>
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

const root = '/repos/{owner}/{repo}'
const documentation = 'https://docs.github.com/rest'

/**
 * Trees, commits, branches and pull requests of a loopback GitHub, in the real repository `origin`. `described` is a pull request as GitHub describes one.
 */
export function createGitData(
  origin: string,
  repository: string,
  issues: Issues,
  described: Readonly<Record<string, unknown>>,
): {
  readonly pulls: OpenedPull[]
  answer(operation: Operation, url: URL, body: unknown, holder: TokenHolder): Answer | undefined
  /** Undefined for a query that is not about refs. */
  graphql(text: string): Answer | undefined
} {
  const pulls: OpenedPull[] = []
  const refuse = (status: number, message: string): Answer => ({
    status,
    body: { message, documentation_url: documentation },
  })
  return {
    pulls,
    graphql(text) {
      const { query, variables } = JSON.parse(text)
      if (/repository\(owner: \$owner, name: \$repo\) \{ id \}/.test(query))
        return { status: 200, body: { data: { repository: { id: 'R_1' } } } }
      if (!query.startsWith('mutation($input: UpdateRefsInput!) { updateRefs(input: $input)')) return undefined
      const [{ name, beforeOid, afterOid }] = variables.input.refUpdates
      if (resolve(name) !== beforeOid)
        return { status: 200, body: { data: { updateRefs: null }, errors: [{ message: `${name} is elsewhere` }] } }
      git(origin, 'update-ref', name, afterOid)
      return { status: 200, body: { data: { updateRefs: { clientMutationId: null } } } }
    },
    answer({ method, path, parameters }, url, body, holder) {
      const sent: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
      const text = (key: string): string => (typeof sent[key] === 'string' ? sent[key] : '')
      switch (`${method} ${path}`) {
        case `post ${root}/git/trees`: {
          const sha = writeTree(
            origin,
            sent['base_tree'] === undefined ? undefined : text('base_tree'),
            Array.isArray(sent['tree']) ? sent['tree'] : [],
          )
          return { status: 201, body: { sha, url: `https://api.github.com/${sha}`, truncated: false, tree: [] } }
        }
        case `post ${root}/git/commits`: {
          const [parent] = Array.isArray(sent['parents']) ? sent['parents'].map(String) : []
          const how = parent === undefined ? [] : ['-p', parent]
          const sha = gitWith(text('message'), origin, 'commit-tree', text('tree'), ...how)
            .toString()
            .trim()
          return { status: 201, body: showCommit(sha) }
        }
        case `get ${root}/git/trees/{tree_sha}`: {
          const of = parameters['tree_sha'] ?? ''
          const how = url.searchParams.has('recursive') ? ['-r', '-t'] : []
          const tree = git(origin, 'ls-tree', '-l', ...how, of)
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => {
              const [, mode, type, sha, size, path] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/.exec(line) ?? []
              const at = `https://api.github.com/repos/${repository}/git/${type}s/${sha}`
              return { path, mode, type, sha, url: at, ...(type === 'blob' && { size: Number(size) }) }
            })
          return { status: 200, body: { sha: of, url: `https://api.github.com/${of}`, truncated: false, tree } }
        }
        case `get ${root}/git/blobs/{file_sha}`: {
          const sha = parameters['file_sha'] ?? ''
          const content = gitWith('', origin, 'cat-file', 'blob', sha)
          const at = `https://api.github.com/repos/${repository}/git/blobs/${sha}`
          const rest = { size: content.length, node_id: 'B_1', url: at }
          return { status: 200, body: { sha, encoding: 'base64', content: content.toString('base64'), ...rest } }
        }
        case `get ${root}/git/commits/{commit_sha}`:
          return { status: 200, body: showCommit(parameters['commit_sha'] ?? '') }
        case `get ${root}/git/ref/{ref}`: {
          const sha = resolve(`refs/${parameters['ref']}`)
          return sha === undefined
            ? refuse(404, 'Not Found')
            : { status: 200, body: showRef(`refs/${parameters['ref']}`, sha) }
        }
        case `post ${root}/git/refs`:
          if (resolve(text('ref')) !== undefined) return refuse(422, 'Reference already exists')
          git(origin, 'update-ref', text('ref'), text('sha'))
          return { status: 201, body: showRef(text('ref'), text('sha')) }
        case `patch ${root}/git/refs/{ref}`: {
          const ref = `refs/${parameters['ref']}`
          const at = resolve(ref)
          if (at === undefined) return refuse(422, 'Reference does not exist')
          const base = git(origin, 'merge-base', at, text('sha')).trim()
          if (sent['force'] !== true && base !== at) return refuse(422, 'Update is not a fast forward')
          git(origin, 'update-ref', ref, text('sha'))
          return { status: 200, body: showRef(ref, text('sha')) }
        }
        case `get ${root}/pulls`: {
          const head = url.searchParams.get('head')
          const found = pulls.filter(({ branch, number }) => {
            const isOpen = issues.all.find((issue) => issue.number === number)?.state === 'open'
            return isOpen && (head === null || head === `${repository.split('/')[0]}:${branch}`)
          })
          // The one that was there from the beginning is not ours to tell of.
          return found.length === 0 ? undefined : { status: 200, body: found.map(showPull) }
        }
        case `post ${root}/pulls`: {
          const branch = text('head')
          if (resolve(`refs/heads/${branch}`) === undefined) return refuse(422, 'Validation Failed')
          if (pulls.some((pull) => pull.branch === branch)) return refuse(422, 'A pull request already exists')
          const issue = issues.open(holder, text('title'), text('body'), [], 'pull request')
          const pull = {
            number: issue.number,
            branch,
            base: text('base'),
            draft: sent['draft'] === true,
            reviewers: new Set<string>(),
          }
          pulls.push(pull)
          return { status: 201, body: showPull(pull) }
        }
        case `post ${root}/pulls/{pull_number}/requested_reviewers`: {
          const pull = pulls.find(({ number }) => number === Number(parameters['pull_number']))
          if (pull === undefined) return refuse(404, 'Not Found')
          for (const key of ['reviewers', 'team_reviewers'])
            if (Array.isArray(sent[key])) for (const name of sent[key]) pull.reviewers.add(String(name))
          return { status: 201, body: showPull(pull) }
        }
        case `patch ${root}/pulls/{pull_number}`: {
          const pull = pulls.find(({ number }) => number === Number(parameters['pull_number']))
          const issue = issues.all.find(({ number }) => number === pull?.number)
          if (pull === undefined || issue === undefined) return refuse(404, 'Not Found')
          Object.assign(issue, { title: text('title'), body: text('body') })
          return { status: 200, body: showPull(pull) }
        }
        default:
          return undefined
      }
    },
  }

  function resolve(ref: string): string | undefined {
    try {
      return git(origin, 'rev-parse', '--verify', '--quiet', ref).trim()
    } catch {
      return undefined
    }
  }

  function showRef(ref: string, sha: string): object {
    const api = `https://api.github.com/repos/${repository}/git`
    return { ref, node_id: 'R_1', url: `${api}/${ref}`, object: { type: 'commit', sha, url: `${api}/commits/${sha}` } }
  }

  function showCommit(sha: string): object {
    const api = `https://api.github.com/repos/${repository}/git`
    const [tree = '', parent = ''] = git(origin, 'log', '-1', '--format=%T %P', sha).trim().split(' ')
    const person = { name: 'Mona', email: 'mona@example.com', date: '2026-01-02T03:04:05Z' }
    return {
      sha,
      node_id: 'C_1',
      url: `${api}/commits/${sha}`,
      html_url: `https://github.com/${repository}/commit/${sha}`,
      author: person,
      committer: person,
      message: git(origin, 'log', '-1', '--format=%B', sha).trimEnd(),
      tree: { sha: tree, url: `${api}/trees/${tree}` },
      parents:
        parent === ''
          ? []
          : [{ sha: parent, url: `${api}/commits/${parent}`, html_url: `https://github.com/${parent}` }],
      verification: { verified: true, reason: 'valid', signature: null, payload: null, verified_at: null },
    }
  }

  function showPull({ number, branch, base, draft, reviewers }: OpenedPull): object {
    const issue = issues.all.find((each) => each.number === number)
    const part = (key: string): object => Object(described[key])
    return {
      ...described,
      number,
      auto_merge: null,
      title: issue?.title,
      body: issue?.body,
      draft,
      requested_reviewers: [...reviewers].map((login) => ({ ...Object(described['user']), login })),
      head: { ...part('head'), ref: branch },
      base: { ...part('base'), ref: base },
    }
  }
}

/** The tree of `base` with some entries put in its place. */
function writeTree(origin: string, base: string | undefined, entries: readonly unknown[]): string {
  let lines = base === undefined ? '' : git(origin, 'ls-tree', '-r', base)
  for (const entry of entries) {
    const { path, mode, content, sha } = Object(entry)
    lines = lines
      .split('\n')
      .filter((line) => line.slice(line.indexOf('\t') + 1) !== path)
      .join('\n')
    if (sha === null) continue
    const oid = gitWith(String(content), origin, 'hash-object', '-w', '--stdin').toString().trim()
    lines += `${lines === '' || lines.endsWith('\n') ? '' : '\n'}${mode} blob ${oid}\t${path}\n`
  }
  return treeOf(
    origin,
    lines.split('\n').filter((line) => line !== ''),
  )
}

/** `git mktree` makes one level at a time. */
function treeOf(origin: string, lines: readonly string[]): string {
  const here: string[] = []
  const below = new Map<string, string[]>()
  for (const line of lines) {
    const [info = '', path = ''] = line.split('\t')
    const slash = path.indexOf('/')
    if (slash === -1) here.push(line)
    else {
      const name = path.slice(0, slash)
      below.set(name, [...(below.get(name) ?? []), `${info}\t${path.slice(slash + 1)}`])
    }
  }
  for (const [name, inner] of below) here.push(`040000 tree ${treeOf(origin, inner)}\t${name}`)
  return gitWith(here.map((line) => `${line}\n`).join(''), origin, 'mktree')
    .toString()
    .trim()
}
