import type { StoredComment, TokenHolder } from './github-api.ts'
import type { StoredInlineComment, StoredReview } from './github-reviews.ts'

/** What became of a comment of a review: its conversation. */
export interface StoredThread {
  resolvedBy: TokenHolder | undefined
  minimizedReason: string | undefined
  editor: TokenHolder | undefined
  readonly replies: { readonly author: TokenHolder; readonly body: string }[]
  readonly thumbsDown: TokenHolder[]
}

/** Reviews of another pull request of the repository. */
export interface OtherPull {
  readonly number: number
  readonly reviews: readonly StoredReview[]
}

/** The conversations of a loopback GitHub and what GraphQL can do with them. */
export interface Threads {
  of(comment: StoredInlineComment): StoredThread
  /** Answers a query or mutation about threads; undefined for any other. */
  answer(text: string, holder: TokenHolder | undefined): { readonly status: number; readonly body: unknown } | undefined
}

/** What the server has. */
export interface ThreadsOptions {
  readonly number: number
  readonly reviews: readonly StoredReview[]
  readonly others: readonly OtherPull[]
  /** Whether the token may resolve threads: the job's own needs `contents: write`. */
  readonly mayResolve: () => boolean
  readonly violations: string[]
  readonly comments: readonly StoredComment[]
}

/** Keeps them by GitHub's rules: a selection gets what it names and nothing else, `resolvedBy` is never an app, refusals are answers of 200. */
export function createThreads(options: ThreadsOptions): Threads {
  const { reviews, others, violations, mayResolve, comments } = options
  const kept = new Map<StoredInlineComment, StoredThread>()
  const of = (comment: StoredInlineComment): StoredThread => {
    const known = kept.get(comment)
    if (known !== undefined) return known
    const made = { resolvedBy: undefined, minimizedReason: undefined, editor: undefined, replies: [], thumbsDown: [] }
    kept.set(comment, made)
    return made
  }
  const everything = (): StoredInlineComment[] =>
    [...reviews, ...others.flatMap((each) => each.reviews)].flatMap(({ comments }) => comments)
  return {
    of,
    answer(text, holder) {
      if (!/\bcomments\(last|reviewThreads|ReviewThread\(|inimizeComment\(input/.test(text)) return undefined
      const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> }
      if (/classifier: OUTDATED/.test(query)) return undefined
      if (holder === undefined) return { status: 401, body: { message: 'Bad credentials' } }
      const mutation = /^mutation\(\$id: ID!\) \{ (\w+)\(input: \{ (?:threadId|subjectId): \$id/.exec(query)?.[1]
      if (mutation !== undefined) return mutate(mutation, String(variables['id']), holder)
      const whole = {
        repository: {
          pullRequest: {
            comments: {
              pageInfo: { hasPreviousPage: false, startCursor: null },
              nodes: comments
                .filter(({ issue }) => issue === options.number)
                .map(({ body, author, editor }) => ({
                  body,
                  author: actor(author),
                  editor: editor === undefined ? null : actor(editor),
                })),
            },
            reviewThreads: page(threadsOf(reviews), variables['before']),
          },
          pullRequests: {
            nodes: [{ number: options.number, reviews }, ...others].map(({ number, reviews: own }) => ({
              number,
              reviewThreads: { nodes: threadsOf(own) },
            })),
          },
        },
      }
      return { status: 200, body: { data: select(whole, readSelection(query), violations) } }
    },
  }

  function mutate(name: string, id: string, holder: TokenHolder) {
    const comment = everything().find((each) => `PRRT_${each.id}` === id || `PRRC_${each.id}` === id)
    const isThread = name === 'resolveReviewThread' || name === 'unresolveReviewThread'
    const refused = !holder.write || (isThread && !mayResolve())
    if (comment === undefined || refused) {
      const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }]
      return { status: 200, body: { data: { [name]: null }, errors } }
    }
    const thread = of(comment)
    if (name === 'resolveReviewThread') thread.resolvedBy = holder
    else if (name === 'unresolveReviewThread') thread.resolvedBy = undefined
    else if (name === 'minimizeComment') thread.minimizedReason = 'resolved'
    else if (name === 'unminimizeComment') thread.minimizedReason = undefined
    else violations.push(`a mutation we do not know: ${name}`)
    return { status: 200, body: { data: { [name]: { clientMutationId: null } } } }
  }

  function threadsOf(own: readonly StoredReview[]): object[] {
    return own.flatMap((review) =>
      review.state === 'PENDING'
        ? []
        : review.comments.map((comment) => {
            const { resolvedBy, minimizedReason, editor, replies, thumbsDown } = of(comment)
            const said = {
              path: comment.path,
              originalLine: comment.line,
              originalStartLine: comment.startLine ?? null,
              originalCommit: { oid: review.commit },
            }
            const first = {
              ...said,
              id: `PRRC_${comment.id}`,
              body: comment.body,
              isMinimized: minimizedReason !== undefined,
              minimizedReason: minimizedReason ?? null,
              author: actor(review.author),
              editor: editor === undefined ? null : actor(editor),
              reactions: { nodes: thumbsDown.map(({ login }) => ({ user: { login } })) },
            }
            const others = replies.map((reply, index) => ({
              ...said,
              id: `PRRC_${comment.id}_${index}`,
              body: reply.body,
              isMinimized: false,
              minimizedReason: null,
              author: actor(reply.author),
              editor: null,
              reactions: { nodes: [] },
            }))
            return {
              id: `PRRT_${comment.id}`,
              diffSide: comment.side,
              isResolved: resolvedBy !== undefined,
              resolvedBy: resolvedBy?.type === 'User' ? { login: resolvedBy.login } : null,
              comments: { nodes: [first, ...others] },
            }
          }),
    )
  }
}

/** The last fifty before a cursor. */
function page(nodes: readonly object[], before: unknown): object {
  const end = typeof before === 'string' ? Number(before) : nodes.length
  const start = Math.max(0, end - 50)
  return {
    pageInfo: { hasPreviousPage: start > 0, startCursor: String(start) },
    nodes: nodes.slice(start, end),
  }
}

/** GraphQL names an app without the `[bot]` of REST. */
function actor({ login, type }: TokenHolder): object {
  return { __typename: type, login: login.replace(/\[bot\]$/, '') }
}

type Selection = Map<string, Selection>

function readSelection(query: string): Selection {
  const words: readonly string[] = query.replaceAll(/\([^()]*\)/g, '').match(/\w+:?|[{}]/g) ?? []
  const root: Selection = new Map()
  const open: Selection[] = [root]
  let last: Selection = root
  let alias = ''
  for (const word of words.slice(words.indexOf('{')))
    if (word === '{') open.push(last)
    else if (word === '}') last = open.pop() ?? root
    else {
      if (word.endsWith(':')) {
        alias = word.slice(0, -1)
        continue
      }
      last = new Map()
      open.at(-1)?.set(alias === '' ? word : `${alias}:${word}`, last)
      alias = ''
    }
  return root
}

function select(value: unknown, selection: Selection, violations: string[]): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => select(each, selection, violations))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    [...selection].map(([name, inner]) => {
      const [shown = '', field = shown] = name.split(':')
      if (!(field in value)) violations.push(`GraphQL has no field ${field} here`)
      return [shown, select(Reflect.get(value, field), inner, violations)]
    }),
  )
}
