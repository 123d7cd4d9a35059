import { listNames } from '../core/list-names.ts'
import type { CommitChange, Deed } from '../core/effect.ts'
import { isObject } from '../core/is-object.ts'
import { isNamed } from '../core/name-list.ts'
import { plainLine } from '../core/plain-text.ts'
import { createReading, labelLimit, type Allowed, type Answer } from './deed-reading.ts'
import { readDispatches, readPatchDeeds } from './read-further-deeds.ts'

/** What to do, or why nothing of it may be done. */
export type ReadDeeds = { readonly deeds: readonly Deed[] } | { readonly refused: string }

/**
 * What an instance asks for, held against what its file allows. An answer that is JSON asks by keys (`issue`, `comment`, `labels`, `close`, `dispatch`); one
 * that is text is the body of the issue, the comment and the pull request.
 */
export function readDeeds(
  id: string,
  { rules, bounds }: Allowed,
  answer: Answer,
  subject: number | undefined,
): ReadDeeds {
  const deeds: Deed[] = []
  const reading = createReading(id, answer)
  const { problems, bounded } = reading
  const target = (kind: string, on: string | undefined): number => {
    const number = on === undefined ? subject : Number(on)
    if (number !== undefined && Number.isSafeInteger(number) && number > 0) return number
    const why = on === undefined ? 'the event is about none' : `\`on\` is ${JSON.stringify(on)}`
    problems.push(`\`${kind}\` needs the number of an issue or pull request, and ${why}`)
    return 0
  }

  if (rules.issue !== undefined) {
    const { title, titlePrefix, key = '', labels = [], expiresMs, max } = rules.issue
    const asked = bounded('issue', max)
    for (const [index, one] of asked.entries())
      deeds.push({
        kind: 'issue',
        identity: JSON.stringify([id, key, index]),
        title: reading.titleOf('issue', title, titlePrefix, one),
        body: reading.bodyOf('issue', one),
        labels,
      })
    if (expiresMs !== undefined)
      for (let index = asked.length; index < max; index++)
        deeds.push({ kind: 'expire', identity: JSON.stringify([id, key, index]), afterMs: expiresMs })
  }
  if (rules.comment !== undefined)
    for (const [index, asked] of bounded('comment', rules.comment.max).entries())
      deeds.push({
        kind: 'comment',
        identity: JSON.stringify([id, index]),
        on: target('comment', rules.comment.on),
        body: reading.bodyOf('comment', asked),
      })
  if (rules.labels !== undefined) {
    const { allow, max, on } = rules.labels
    const labels = [...new Set(reading.askedFor('labels').map((label) => (typeof label === 'string' ? label : '')))]
    const allowed = [allow, bounds?.labels?.allow ?? ['*']]
    const strange = labels.filter(
      (label) => label === '' || label.length > labelLimit || !allowed.every((names) => isNamed(label, names)),
    )
    if (strange.length > 0)
      problems.push(`${strange.map((label) => JSON.stringify(label)).join(', ')}: not among the \`labels\` allowed`)
    if (labels.length > max) problems.push(`it asks for ${labels.length} \`labels\`, and \`max\` is ${max}`)
    if (labels.length > 0) deeds.push({ kind: 'labels', on: target('labels', on), labels })
  }
  if (rules.close !== undefined && asksToClose(answer))
    deeds.push({ kind: 'close', on: target('close', rules.close.on) })
  deeds.push(...readPatchDeeds(reading, { rules, bounds }), ...readDispatches(reading, { rules, bounds }))
  return problems.length > 0 ? { refused: plainLine(problems.join('; ')) } : { deeds }
}

/** What deeds come to, for people: `issue "Nightly", labels bug on #3`. */
export function describeDeeds(deeds: readonly Deed[]): string {
  return deeds
    .flatMap((deed) => {
      switch (deed.kind) {
        case 'issue':
          return `issue ${JSON.stringify(deed.title)}`
        case 'expire':
          return []
        case 'comment':
          return `comment on #${deed.on}`
        case 'labels':
          return `labels ${deed.labels.join(', ')} on #${deed.on}`
        case 'close':
          return `close #${deed.on}`
        case 'pull-request':
          return `pull request ${JSON.stringify(deed.title)} (${listFiles(deed.change)})`
        case 'push':
          return `commit ${JSON.stringify(deed.title)} on the pull request (${listFiles(deed.change)})`
        case 'dispatch':
          return `run of ${deed.workflow}`
      }
    })
    .join(', ')
}

function listFiles({ files }: CommitChange): string {
  return listNames(files.map(({ path }) => path))
}

function asksToClose({ json }: Answer): boolean {
  return isObject(json) && json['close'] === true
}
