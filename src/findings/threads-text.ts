import type { EarlierReview, PlacedThread } from '../core/review-thread.ts'
import { cutText } from '../core/cut-text.ts'

/** Most characters of all threads; those of the pull request that people touched come first. */
const mostCharacters = 60_000
const saidCharacters = 1500

const states: Readonly<Record<PlacedThread['standing'], string>> = {
  open: 'open',
  fixed: 'fixed',
  dismissed: 'dismissed by someone with write access to the repository: do not report it again',
}

const places: Readonly<Record<PlacedThread['place']['kind'], string>> = {
  same: '',
  changed: ', these lines changed since',
  gone: ', its code is gone',
  unknown: '',
}

/** Of lines of the file before the pull request. */
const leftPlaces: Readonly<Record<PlacedThread['place']['kind'], string>> = {
  same: ' of the old file, removed',
  changed: ' of the old file, some of these lines are no longer removed',
  gone: ' of the old file, these lines are no longer removed',
  unknown: ' of the old file, removed',
}

/** What earlier reviews said, what was answered and what became of it, for an agent to read as data; empty where nothing was said. */
export function threadsText({ threads }: EarlierReview<PlacedThread>): string {
  const rank = ({ standing, isTouched }: PlacedThread): number => (standing === 'dismissed' ? 0 : isTouched ? 1 : 2)
  const sorted = threads.toSorted((a, b) => rank(a) - rank(b))
  const parts: string[] = []
  let left = mostCharacters
  for (const thread of sorted) {
    const part = describe(thread)
    left -= part.length
    if (left < 0) break
    parts.push(part)
  }
  if (parts.length < sorted.length) parts.push(`(${sorted.length - parts.length} more threads are left out.)\n`)
  return parts.join('\n')
}

function describe({ place, side, standing, said, body, replies, path, line }: PlacedThread): string {
  const { path: now, line: start, endLine } = place.kind === 'gone' ? { path, line, endLine: line } : place
  const what = said === null ? '' : `, ${said.severity}${said.category === null ? '' : ` ${said.category}`}`
  const lines = [
    `## ${now}:${start}${endLine > start ? `-${endLine}` : ''}${side === 'left' ? leftPlaces[place.kind] : places[place.kind]}${what}`,
    `State: ${states[standing]}.`,
    cutText(body, saidCharacters),
    ...replies.map(({ author, text }) => `Answer of ${author}: ${cutText(text, saidCharacters)}`),
  ]
  return `${lines.join('\n')}\n`
}
