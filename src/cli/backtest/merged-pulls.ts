import { RefusalError } from '../../core/refusal.ts'
import { tellingLine } from '../../core/telling-line.ts'
import { runGit, type GitOptions } from '../../process/git.ts'

/** A pull request that was merged, as the history tells it; commits are hex. */
export interface MergedPull {
  readonly number: number
  readonly title: string
  /** What it was merged into. */
  readonly base: string
  readonly head: string
  /** The newest commit of the branch so many days after the merge. */
  readonly after: string
}

const daySeconds = 86_400

/** Pull requests that the first-parent history of a commit names, the newest first: `Merge pull request #1 from …`, or `… (#1)` when squashed. */
export async function mergedPulls(
  tip: string,
  count: number,
  days: number,
  options: Pick<GitOptions, 'cwd' | 'env'>,
): Promise<MergedPull[]> {
  const format = '--format=%H%x00%P%x00%ct%x00%s%x00%b%x01'
  const { code, stdout, stderr } = await runGit(['log', '--first-parent', format, tip, '--'], options)
  if (code !== 0) throw new RefusalError(`git cannot read the history: ${tellingLine(stderr)}`)
  const history = stdout.split('\x01').map((entry) => entry.replace(/^\n/, '').split('\0'))
  const times = history.map(([sha = '', , time = '0']) => ({ sha, time: Number(time) }))
  const found: MergedPull[] = []
  for (const [index, [sha = '', parents = '', time = '0', subject = '', body = '']] of history.entries()) {
    if (found.length === count) break
    const [base = '', second] = parents.split(' ')
    const merged = /^Merge pull request #(\d+) /.exec(subject)?.[1]
    const squashed = /\(#(\d+)\)$/.exec(subject)?.[1]
    const number = second === undefined ? squashed : merged
    if (number === undefined || base === '') continue
    const title = second === undefined ? subject.replace(/ \(#\d+\)$/, '') : body.trim().split('\n')[0] || subject
    const end = Number(time) + days * daySeconds
    const after = times.slice(0, index).find((each) => each.time <= end)?.sha ?? sha
    found.push({ number: Number(number), title, base, head: second ?? sha, after })
  }
  return found
}
