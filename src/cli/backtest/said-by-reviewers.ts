import { fieldOf } from '../../core/field-of.ts'
import { listAll } from '../../github/own-author.ts'
import { describeApiError, type Api } from '../../github/api.ts'
import { openGithub } from '../github-access.ts'
import type { Surroundings } from '../surroundings.ts'

/** A comment of a person on lines of a pull request, where it was put. */
export interface ReviewerComment {
  /** Hex. */
  readonly commit: string
  readonly path: string
  readonly line: number
  readonly endLine: number
  /** They are lines that the pull request removes. */
  readonly side?: 'left'
  readonly text: string
  readonly at: string
}

/** What asks for them; or why nobody can. */
export type Reviewers =
  | { readonly ask: (pull: number) => Promise<readonly ReviewerComment[] | undefined> }
  | { readonly unknown: string }

const askMs = 60_000

/** Asks GitHub for what people other than the author said on lines; undefined for a pull request of which it does not tell. */
export async function openReviewers(
  { environment }: Surroundings,
  remote: string,
  complain: (message: string) => void,
): Promise<Reviewers> {
  const access = await openGithub(environment, remote)
  if ('unknown' in access) return access
  const { api, owner, repo } = access
  return {
    async ask(pull) {
      try {
        return await commentsOf(api, { owner, repo, pull_number: pull }, AbortSignal.timeout(askMs))
      } catch (error) {
        complain(`what was said of #${pull} is unknown: ${describeApiError(error)}`)
        return undefined
      }
    },
  }
}

async function commentsOf(
  api: Api,
  place: { readonly owner: string; readonly repo: string; readonly pull_number: number },
  signal: AbortSignal,
): Promise<ReviewerComment[]> {
  const { data } = await api('GET /repos/{owner}/{repo}/pulls/{pull_number}', place, signal)
  const author = loginOf(data)
  const listed = await listAll(api, 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', place, signal)
  return listed.flatMap((each): ReviewerComment[] => {
    const isPerson = fieldOf(fieldOf(each, 'user'), 'type') === 'User'
    const isAnswer = typeof fieldOf(each, 'in_reply_to_id') === 'number'
    const line = numberOf(fieldOf(each, 'original_line')) ?? numberOf(fieldOf(each, 'line'))
    const side = fieldOf(each, 'side') === 'LEFT' ? ({ side: 'left' } as const) : {}
    if (!isPerson || isAnswer || line === undefined || loginOf(each) === author) return []
    const start = numberOf(fieldOf(each, 'original_start_line')) ?? numberOf(fieldOf(each, 'start_line'))
    const text = (key: string): string => textOf(fieldOf(each, key))
    const commit = text('original_commit_id')
    const lines = { path: text('path'), line: start ?? line, endLine: line, ...side }
    return [{ commit, ...lines, text: text('body'), at: text('created_at') }]
  })
}

function loginOf(data: unknown): string {
  return textOf(fieldOf(fieldOf(data, 'user'), 'login'))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
